"""What if: other rules over one's own memories, beside those that hold; using them, and back.

What is tried stands in the widgets alone until it is used.
"""

from dataclasses import replace

import streamlit as st

from memory import (
    AppError,
    Forecast,
    ForgettingRules,
    InvalidInput,
    Memory,
    NotFound,
    PolicyName,
    StageCounts,
)
from pages.parts.forgetting import charts, example
from pages.parts.forgetting.charts import Line
from pages.parts.forgetting.curve_words import (
    POLICIES,
    day_name,
    other_policy,
    percent,
    policy_name,
)
from pages.parts.shared import USER, draw_error, literal, shorten

NAMED = 10
"""How many of those that would go are named."""
TEXT = 70
PIXELS = 220
LONGEST = 365
ARTICLE = ForgettingRules()
KEY = "forgetting_what_if_"
HORIZON = f"{KEY}horizon"
USED = f"{KEY}used"
"""Whether the rules were changed here just now."""
PROBLEM = f"{KEY}problem"
SHOWN = f"{KEY}shown"
"""The rules that the widgets were set to, which may be finer than they show."""
HORIZONS = {30: "30 days", 90: "90 days", 365: "A year"}


def draw_what_if(memory: Memory) -> None:
    if f"{KEY}policy" not in st.session_state:  # the view was opened just now
        _show(memory.forgetting_rules(USER))
        st.session_state.pop(USED, None)
    today = memory.forecast(USER, days=LONGEST)
    _draw_tried(memory, today)


@st.fragment
def _draw_tried(memory: Memory, today: Forecast) -> None:
    """A step of a slider works out the tried rules alone; of what holds it was given numbers."""
    if st.session_state.get(f"{KEY}moved"):
        del st.session_state[f"{KEY}moved"]
        st.rerun()  # the whole page goes by the rules that were just set
    controls, shown = st.columns([1, 1.9], gap="large")
    with controls:
        _draw_controls(today.rules)
    with shown:
        tried = tried_rules()
        try:
            forecast = memory.forecast(USER, days=LONGEST, policy=tried)
        except InvalidInput as error:
            draw_error(error)
            return
        if today.counts[0] == StageCounts(0, 0, 0):
            _draw_example(memory, tried)
        else:
            _draw_comparison(memory, today, forecast)
    with controls:
        _draw_using(memory, tried)


# -- the controls ---------------------------------------------------------------------------


def _show(rules: ForgettingRules) -> None:
    st.session_state[SHOWN] = rules
    for name, value in _in_widgets(rules).items():
        st.session_state[KEY + name] = value


def _in_widgets(rules: ForgettingRules) -> dict[str, object]:
    """By the names of the widgets, in the person's units."""
    return {
        "policy": rules.policy,
        "loss": round(100 * rules.daily_loss, 1),
        "boost": round(100 * rules.boost),
        "floor": round(100 * rules.floor),
        "thresholds": (round(100 * rules.archived_below), round(100 * rules.fading_below)),
        "grace": rules.grace_days,
    }


def tried_rules() -> ForgettingRules:
    """As the widgets have them; what was not moved is as exact as it was."""
    shown: ForgettingRules = st.session_state[SHOWN]
    now = {name: st.session_state[KEY + name] for name in _in_widgets(shown)}
    archived, fading = now["thresholds"]
    moved = {
        "policy": {"policy": PolicyName(now["policy"])},
        "loss": {"daily_loss": now["loss"] / 100},
        "boost": {"boost": now["boost"] / 100},
        "floor": {"floor": now["floor"] / 100},
        "thresholds": {"fading_below": fading / 100, "archived_below": archived / 100},
        "grace": {"grace_days": now["grace"]},
    }
    changed = [moved[name] for name, value in _in_widgets(shown).items() if now[name] != value]
    return replace(shown, **{field: value for each in changed for field, value in each.items()})


def _draw_controls(held: ForgettingRules) -> None:
    with st.container(border=True, key=f"{KEY}controls"):
        st.segmented_control(
            "Policy",
            list(POLICIES),
            format_func=POLICIES.__getitem__,
            required=True,
            key=f"{KEY}policy",
            help="Exponential: the same share each day. Stability: ever more slowly, and the more "
            "slowly the more well-spaced its uses were.",
        )
        holds = round(100 * held.daily_loss, 1)  # a script may have set what no slider offers
        low, high = min(0.5, holds), max(20.0, holds)
        st.slider("Loss per day", low, high, step=0.5, format="%.1f%%", key=f"{KEY}loss")
        st.slider(
            "Boost of a use",
            0,
            100,
            step=5,
            format="%d%%",
            key=f"{KEY}boost",
            help="Share of what it lacks to full strength that a memory gains.",
        )
        st.slider(
            "Floor",
            0,
            100,
            step=5,
            format="%d%%",
            key=f"{KEY}floor",
            help="What your profile, and whatever is very important, never falls below.",
        )
        st.slider(
            "Archived below, fading below",
            0,
            100,
            format="%d%%",
            key=f"{KEY}thresholds",
            help="The lower one archives, the upper one warns.",
        )
        st.number_input(
            "Days of grace",
            0,
            3650,
            step=5,
            key=f"{KEY}grace",
            help="Days in the archive before a memory may be erased. No chart shows them.",
        )
        st.button(
            "The article’s settings",
            key=f"{KEY}article",
            type="tertiary",
            icon=":material/restart_alt:",
            on_click=_show,
            args=(ARTICLE,),
        )


# -- beside what holds ----------------------------------------------------------------------


def _draw_comparison(memory: Memory, today: Forecast, tried: Forecast) -> None:
    st.session_state.setdefault(HORIZON, 30)
    days = (
        st.segmented_control(
            "Horizon",
            list(HORIZONS),
            format_func=HORIZONS.__getitem__,
            required=True,
            key=HORIZON,
            label_visibility="collapsed",
        )
        or 30
    )
    st.subheader(in_words(today, tried, days), anchor=False)
    _draw_chart(today, tried, days)
    if tried.rules == today.rules:
        _draw_suggestions(today.rules)
        _draw_lost(memory, "By today’s rules", today, days, frozenset())
        return
    lost, would_be = today.lost_within(days), tried.lost_within(days)
    left, right = st.columns(2)
    with left:
        _draw_lost(memory, "By today’s rules", today, days, lost - would_be)
    with right:
        _draw_lost(memory, "By these", tried, days, would_be - lost)


def _draw_suggestions(held: ForgettingRules) -> None:
    """Nothing differs yet: something to begin with."""
    loss = 0.02 if held.daily_loss != 0.02 else ARTICLE.daily_loss
    other = other_policy(held)
    suggested = {
        f"At {percent(loss)} a day?": replace(held, daily_loss=loss),
        f"By {POLICIES[other].lower()}?": replace(held, policy=other),
    }
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption("Move a setting, or try:", width="content")
        for place, (label, rules) in enumerate(suggested.items()):
            st.button(label, key=f"{KEY}try_{place}", on_click=_show, args=(rules,))


def in_words(today: Forecast, tried: Forecast, days: int) -> str:
    """“At 5% a day you would lose 14 in 30 days; at 2%, 3.”"""
    lost, would_be = len(today.lost_within(days)), len(tried.lost_within(days))
    first, second = _named(today.rules, tried.rules)
    if today.rules == tried.rules:
        return f"{first} you would lose {_these(lost)} in {days} days."
    return f"{first} you would lose {_these(lost)} in {days} days; {second}, {_these(would_be)}."


def _these(count: int) -> str:
    return {0: "none", 1: "this one"}.get(count, f"these {count:,}")


def _named(today: ForgettingRules, tried: ForgettingRules) -> tuple[str, str]:
    if today.daily_loss != tried.daily_loss:
        return f"At {percent(today.daily_loss)} a day", f"at {percent(tried.daily_loss)}"
    return "By today’s rules", "by these"


def _draw_lost(
    memory: Memory, title: str, forecast: Forecast, days: int, only_here: frozenset[int]
) -> None:
    """The first to go first; those that only these rules take stand out."""
    lost = [
        each
        for each in forecast.leaving
        if each.archives_on is not None and each.archives_on <= days
    ]
    st.markdown(f"**{title}: {len(lost):,}**")
    lines = []
    for each in lost[:NAMED]:
        text = _text(memory, each.item_id)
        if text:
            lines.append(f"- **{text}**" if each.item_id in only_here else f"- :gray[{text}]")
    st.markdown("\n".join(lines) or ":gray[Nothing goes.]")
    if len(lost) > NAMED:
        st.caption(f"and {len(lost) - NAMED:,} more")


def _text(memory: Memory, item_id: int) -> str:
    """As Markdown; empty when it was erased meanwhile."""
    try:
        return literal(shorten(memory.item(item_id).text, TEXT))
    except NotFound:
        return ""


def _draw_chart(today: Forecast, tried: Forecast, days: int) -> None:
    import altair
    import pandas as pd

    forecasts = {"Today’s rules": today}
    if tried.rules != today.rules:
        forecasts["These"] = tried
    names = list(forecasts)
    rows = []
    for name, forecast in forecasts.items():
        for day, counts in enumerate(forecast.counts[: days + 1]):
            at = forecast.start + day * charts.DAY
            said = f"{day_name(at, forecast.start)}: {counts.archived:,} archived"
            rows.append((name, at, counts.archived, f"{said}, {counts.fading:,} fading"))
    frame = pd.DataFrame(rows, columns=["rules", "day", "archived", "words"])
    near = altair.selection_point(
        on="pointermove", clear="pointerout", nearest=True, empty=False, name="near"
    )
    base = altair.Chart(frame).encode(
        x=altair.X(
            "day:T",
            title=None,
            scale=altair.Scale(nice=False),
            axis=altair.Axis(grid=False, labelFlush=True, tickCount=6),
        ),
        y=altair.Y("archived:Q", title="Archived", axis=altair.Axis(format=",d", tickMinStep=1)),
        color=altair.Color(
            "rules:N",
            scale=altair.Scale(domain=names, range=charts.colours()[: len(names)]),
            legend=altair.Legend(orient="bottom", title=None, symbolType="stroke")
            if len(names) > 1
            else None,
        ),
    )
    lines = base.mark_line(interpolate="step-after", strokeWidth=2.5).encode(
        strokeDash=altair.StrokeDash(
            "rules:N",
            scale=altair.Scale(domain=names, range=[[1, 0], [6, 4]][: len(names)]),
            legend=None,
        )
    )
    points = (
        base.mark_circle(size=90)
        .encode(
            opacity=altair.condition(near, altair.value(1), altair.value(0)),
            tooltip=[
                altair.Tooltip("rules:N", title="title"),
                altair.Tooltip("words:N", title=" "),
            ],
        )
        .add_params(near)
    )
    st.altair_chart(
        altair.layer(lines, points).properties(height=PIXELS),
        key=f"{KEY}chart",
        alt=f"Archived memories after {days} days: {today.counts[days].archived:,} by today’s "
        f"rules, {tried.counts[days].archived:,} by these.",
    )


# -- using them -----------------------------------------------------------------------------


def _draw_using(memory: Memory, tried: ForgettingRules) -> None:
    if problem := st.session_state.pop(PROBLEM, None):
        st.error(problem, icon=":material/error:")
    held, earlier = memory.forgetting_rules(USER), memory.earlier_forgetting_rules(USER)
    if tried != held:
        st.button(
            "Use these settings",
            key=f"{KEY}use",
            type="primary",
            icon=":material/check:",
            on_click=_use,
            args=(memory, tried),
        )
    elif not st.session_state.get(USED):
        st.caption("These are the settings that hold.")
    if earlier is not None and earlier != held:
        with st.container(horizontal=True, vertical_alignment="center", key=f"{KEY}back_line"):
            fresh = st.session_state.get(USED) and tried == held
            said = "These settings hold since now." if fresh else "The settings were changed."
            st.caption(
                f":material/check: {said} Before: {rules_in_words(earlier)}.", width="content"
            )
            st.button(
                "Go back",
                key=f"{KEY}back",
                icon=":material/undo:",
                on_click=_use,
                args=(memory, earlier),
            )


def rules_in_words(rules: ForgettingRules) -> str:
    return (
        f"{policy_name(rules).lower()}, {percent(rules.daily_loss)} a day, fading below "
        f"{percent(rules.fading_below)}, archived below {percent(rules.archived_below)}"
    )


def _use(memory: Memory, rules: ForgettingRules) -> None:
    """A callback: draws nothing."""
    try:
        memory.set_forgetting_rules(USER, rules)
    except AppError as error:
        st.session_state[PROBLEM] = str(error)
        return
    _show(rules)
    st.session_state[USED] = st.session_state[f"{KEY}moved"] = True


# -- nothing yet ----------------------------------------------------------------------------


def _draw_example(memory: Memory, tried: ForgettingRules) -> None:
    st.markdown("**Nothing is remembered yet, so here is a made-up memory.**")
    st.caption("Move the settings, and see how long it would last by them.")
    example.draw_story()
    held, other = example.curve_of(memory), example.curve_of(memory, tried)
    charts.draw_lines(
        [Line("Today’s rules", held), Line("These", other, thick=True)],
        memory.now(),
        example.DAYS,
        key=f"{KEY}example_chart",
        alt=f"A made-up memory. By today’s rules: {example.in_words(memory, held)} By these: "
        f"{example.in_words(memory, other)}",
    )
    st.caption(f"By these: {example.in_words(memory, other)}")
