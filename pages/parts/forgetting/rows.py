"""A memory as a row: what it says, what will become of it, and what can be done about that."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

import streamlit as st

from memory import Memory, MemoryItem, NotFound
from pages.parts.kinds import named
from pages.parts.shared import literal, literal_lines, on_day, shorten

PAGE = 10
"""Rows on a page: what a person looks through before deciding."""
TEXT = 160
"""Characters of a memory that are seen at once."""
WEEK_DAYS = 7


@dataclass(frozen=True, slots=True)
class Action:
    """A button of a row."""

    label: str
    icon: str
    do: Callable[..., object]
    args: tuple[object, ...]
    help: str = ""


def present(memory: Memory, item_id: int) -> MemoryItem | None:
    """None: it was erased meanwhile, by another tab or what is due."""
    try:
        return memory.item(item_id)
    except NotFound:
        return None


def draw_row(item: MemoryItem, told: str, actions: Mapping[str, Action]) -> None:
    """``told``: what will become of it. ``actions``: by the name that their keys begin with."""
    with st.container(border=True, gap="xsmall", key=f"forgetting_row_{item.id}"):
        left, right = st.columns([1.9, 1], vertical_alignment="center")
        with left:
            _draw_text(item)
            st.caption(f"{named(item.kind)} · {told}")
        with right, st.container(horizontal=True, horizontal_alignment="right", gap="xsmall"):
            for name, action in actions.items():
                st.button(
                    action.label,
                    key=f"forgetting_{name}_{item.id}",
                    icon=f":material/{action.icon}:",
                    help=action.help or None,
                    on_click=action.do,
                    args=action.args,
                )


def _draw_text(item: MemoryItem) -> None:
    short = shorten(item.text, TEXT)
    st.markdown(literal(short))
    if short.endswith("…") and not item.text.rstrip().endswith("…"):
        with st.expander("All of it", type="compact", key=f"forgetting_whole_{item.id}"):
            st.markdown(literal_lines(item.text))


def day_in_words(moment: datetime, now: datetime) -> str:
    """“today”, “tomorrow”, “on Thursday”, “in a week”, “on 3 May 2027”: in the person's zone."""
    day = moment.astimezone()
    ahead = (day.date() - now.astimezone().date()).days
    if 0 <= ahead < 2:
        return "tomorrow" if ahead else "today"
    if 0 < ahead < WEEK_DAYS:
        return f"on {day:%A}"
    return "in a week" if ahead == WEEK_DAYS else f"on {on_day(moment)}"
