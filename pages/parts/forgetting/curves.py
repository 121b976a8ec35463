"""How strong some memories were and will be, each use a jump.

Each has a letter: the choice of one is kept by the session, in which no text may stand.
"""

from collections.abc import Sequence
from datetime import datetime

import streamlit as st

from memory import Curve, Memory, MemoryItem
from pages.parts.forgetting.chosen import IN_USE, LETTERS, PICKED, SHOWN, shown
from pages.parts.forgetting.curve_words import POLICIES, day_name, other_policy, policy_name
from pages.parts.forgetting.example import draw_example
from pages.parts.forgetting.lines import Line, draw_lines
from pages.parts.forgetting.one_curve import draw_one
from pages.parts.shared import count_of, literal, shorten, visible
from pages.parts.whose import user

TEXT = 42
"""Characters of a memory in the legend, which a phone must hold."""
WHICH, DAYS, FOCUS = (
    "forgetting_curves_which",
    "forgetting_curves_days",
    "forgetting_curves_focus",
)
ADDRESS = "memory"
"""In the address: ``/forgetting?view=curves&memory=3,7``."""
DIGITS = 18
"""No id is longer."""
CHOICES = {
    "mix": "A mix",
    "fading": "Fading next",
    "strongest": "Strongest",
    "used": "Most used",
    "picked": "Picked",
}
NONE = {
    "used": "Nothing was used yet. Ask something in the chat that a memory answers.",
    "fading": "Nothing fades within a year.",
}
SPANS = {30: "30 days", 90: "90 days", 365: "A year"}


def draw_curves(memory: Memory) -> None:
    if not memory.find(user(), IN_USE, limit=0).total:
        draw_example(memory)
        return
    with st.container(
        horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute"
    ):
        which, days = _draw_which(), _draw_days()
    items = shown(memory, which)
    if not items:
        _draw_none(which)
        return
    curves = [memory.curve(item.id, days=days) for item in items]
    st.space("xsmall")  # a chart's toolbar covers what stands right above it
    chart = st.container()
    focus = _draw_focus(items)
    compare = draw_one(memory, items[focus], curves[focus])
    with chart:
        if compare:
            _draw_comparison(memory, items[focus], curves[focus], days)
        else:
            _draw_chart(memory, items, curves, days, focus)
    _draw_table(memory, items, curves)


# -- which ----------------------------------------------------------------------------------


def _draw_which() -> str:
    asked = _asked()
    if asked:
        st.session_state[PICKED] = asked
        st.session_state[WHICH] = "picked"
    if WHICH not in st.session_state:  # the view was opened just now
        st.session_state[WHICH] = "mix"
        st.session_state.pop(SHOWN, None)
    chosen = st.pills(
        "Memories",
        list(CHOICES),
        format_func=CHOICES.__getitem__,
        required=True,
        key=WHICH,
        wrap=True,
        on_change=_choose_anew,
    )
    return chosen or "mix"


def _asked() -> tuple[int, ...]:
    """Ids in the address, as a list or one by one; what is no id is left out."""
    words = ",".join(st.query_params.get_all(ADDRESS)).split(",")
    ids = (int(word) for word in words if word.isdecimal() and len(word) <= DIGITS)
    return tuple(dict.fromkeys(ids))[: len(LETTERS)]


def _choose_anew() -> None:
    """Those that were picked stay picked while others are looked at."""
    st.session_state.pop(SHOWN, None)
    picked = st.session_state.get(PICKED, ())
    if st.session_state[WHICH] == "picked" and picked:
        st.query_params[ADDRESS] = ",".join(map(str, picked))
    else:
        st.query_params.pop(ADDRESS, None)


def _draw_days() -> int:
    st.session_state.setdefault(DAYS, 90)
    chosen = st.segmented_control(
        "To come",
        list(SPANS),
        format_func=SPANS.__getitem__,
        required=True,
        key=DAYS,
        persist_state="session",
    )
    return chosen or 90


def _draw_none(which: str) -> None:
    if which != "picked":
        st.caption(NONE[which])
        return
    st.caption(
        "Nothing is picked. Open a memory in the Inspector and press “See its curve”, or tick up "
        "to five and press “Curves”."
    )
    if st.button("Open the Inspector", key="forgetting_to_inspector", icon=":material/search:"):
        st.switch_page("pages/inspector.py")


# -- the chart ------------------------------------------------------------------------------


def _draw_chart(
    memory: Memory, items: Sequence[MemoryItem], curves: Sequence[Curve], days: int, focus: int
) -> None:
    now = memory.now()
    lines = [
        Line(f"{letter} · {_named(item)}", curve, thick=place == focus)
        for place, (letter, item, curve) in enumerate(zip(LETTERS, items, curves, strict=False))
    ]
    draw_lines(
        lines,
        now,
        days,
        title="Strength over time",
        key="forgetting_curves_chart",
        alt=f"Strength of {count_of(len(items), 'memory')} in the past and over the next {days} "
        "days if they are not used. "
        + " ".join(
            f"{letter}: {curve.points[0][1]:.0%} now, {curve.points[-1][1]:.0%} then."
            for letter, curve in zip(LETTERS, curves, strict=False)
        ),
    )


def _named(item: MemoryItem) -> str:
    return visible(shorten(item.text, TEXT))


def _draw_comparison(memory: Memory, item: MemoryItem, curve: Curve, days: int) -> None:
    """The same memory by both policies; that which holds first."""
    rules = memory.forgetting_rules(user())
    other = other_policy(rules)
    compared = memory.curve(item.id, days=days, policy=other)
    names = (f"{policy_name(rules)}, which holds", POLICIES[other])
    draw_lines(
        [Line(names[0], curve, thick=True), Line(names[1], compared)],
        memory.now(),
        days,
        title="Strength by both policies",
        key="forgetting_curves_compared",
        alt=f"Strength of one memory by both policies. {names[0]}: {curve.points[0][1]:.0%} now, "
        f"{curve.points[-1][1]:.0%} in {days} days. {names[1]}: {compared.points[0][1]:.0%} now, "
        f"{compared.points[-1][1]:.0%} then.",
    )


def _draw_focus(items: Sequence[MemoryItem]) -> int:
    """The place of the memory in focus."""
    letters = list(LETTERS[: len(items)])
    if st.session_state.get(FOCUS) not in letters:
        st.session_state[FOCUS] = letters[0]
    if len(items) == 1:
        return 0
    chosen = st.segmented_control(
        "In focus", letters, required=True, key=FOCUS, label_visibility="collapsed"
    )
    return letters.index(chosen or letters[0])


# -- as a table -----------------------------------------------------------------------------


def _draw_table(memory: Memory, items: Sequence[MemoryItem], curves: Sequence[Curve]) -> None:
    """Its cells are Markdown."""
    now = memory.now()
    retained = memory.retention_of(items)
    fades = ["fading" if kept.fading else _day(kept.fades_at, now) for kept in retained]
    with st.expander("As a table", type="compact", key="forgetting_curves_table"):
        st.table(
            {
                "": list(LETTERS[: len(items)]),
                "Memory": [literal(shorten(item.text, TEXT)) for item in items],
                "Strength": [f"{kept.strength:.0%}" for kept in retained],
                "Uses": [f"{item.access_count:,}" for item in items],
                "Fades": fades,
                "Archived": [_day(kept.archives_at, now) for kept in retained],
            },
            border="horizontal",
            hide_index=True,
            alt="The same as the chart",
        )


def _day(moment: datetime | None, now: datetime) -> str:
    return "never" if moment is None else day_name(moment, now)
