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
    StageCounts,
)
from pages.parts.forgetting import example
from pages.parts.forgetting.curve_words import POLICIES, other_policy, percent, policy_name
from pages.parts.forgetting.lines import Line, draw_lines
from pages.parts.forgetting.rows import present
from pages.parts.forgetting.tried import ARTICLE, KEY, draw_controls, show_rules, tried_rules
from pages.parts.forgetting.what_if_chart import draw_archived
from pages.parts.shared import draw_error, literal, shorten
from pages.parts.sweeping import alone
from pages.parts.whose import user

NAMED = 10
"""How many of those that would go are named."""
TEXT = 70
LONGEST = 365
HORIZON = f"{KEY}horizon"
USED = f"{KEY}used"
"""Whether the rules were changed here just now."""
PROBLEM = f"{KEY}problem"
SHOWN = f"{KEY}shown"
"""The rules that the widgets were set to, which may be finer than they show."""
HORIZONS = {30: "30 days", 90: "90 days", 365: "A year"}


def draw_what_if(memory: Memory) -> None:
    if f"{KEY}policy" not in st.session_state:  # the view was opened just now
        show_rules(memory.forgetting_rules(user()))
        st.session_state.pop(USED, None)
    today = memory.forecast(user(), days=LONGEST)
    _draw_tried(memory, today)


@st.fragment
def _draw_tried(memory: Memory, today: Forecast) -> None:
    """A step of a slider works out the tried rules alone; of what holds it was given numbers."""
    if st.session_state.get(f"{KEY}moved"):
        del st.session_state[f"{KEY}moved"]
        st.rerun()  # the whole page goes by the rules that were just set
    controls, shown = st.columns([1, 1.9], gap="large")
    with controls:
        draw_controls(today.rules)
    with shown:
        tried = tried_rules()
        try:
            forecast = memory.forecast(user(), days=LONGEST, policy=tried)
        except InvalidInput as error:
            draw_error(error)
            return
        if today.counts[0] == StageCounts(0, 0, 0):
            _draw_example(memory, tried)
        else:
            _draw_comparison(memory, today, forecast)
    with controls:
        _draw_using(memory, tried)


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
    st.header(in_words(today, tried, days), anchor=False)
    draw_archived(today, tried, days)
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
            st.button(label, key=f"{KEY}try_{place}", on_click=show_rules, args=(rules,))


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
        if item := present(memory, each.item_id):
            text = literal(shorten(item.text, TEXT))
            lines.append(f"- **{text}**" if each.item_id in only_here else f"- :gray[{text}]")
    st.markdown("\n".join(lines) or ":gray[Nothing goes.]")
    if len(lost) > NAMED:
        st.caption(f"and {len(lost) - NAMED:,} more")


# -- using them -----------------------------------------------------------------------------


def _draw_using(memory: Memory, tried: ForgettingRules) -> None:
    if problem := st.session_state.pop(PROBLEM, None):
        st.error(problem, icon=":material/error:")
    held, earlier = memory.forgetting_rules(user()), memory.earlier_forgetting_rules(user())
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
        memory.set_forgetting_rules(user(), rules)
    except AppError as error:
        st.session_state[PROBLEM] = str(error)
        return
    show_rules(rules)
    alone().forget(user())
    st.session_state[USED] = st.session_state[f"{KEY}moved"] = True


# -- nothing yet ----------------------------------------------------------------------------


def _draw_example(memory: Memory, tried: ForgettingRules) -> None:
    example.draw_title("Move the settings, and see how long it would last by them.")
    example.draw_story()
    held, other = example.curve_of(memory), example.curve_of(memory, tried)
    draw_lines(
        [Line("Today’s rules", held), Line("These", other, thick=True)],
        memory.now(),
        example.DAYS,
        title="Strength by both sets of rules",
        key=f"{KEY}example_chart",
        alt=f"A made-up memory. By today’s rules: {example.in_words(memory, held)} By these: "
        f"{example.in_words(memory, other)}",
    )
    st.caption(f"By these: {example.in_words(memory, other)}")
