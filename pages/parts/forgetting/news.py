"""What the app did by itself since the person last looked, and what it leaves for them to do."""

from collections.abc import Sequence
from contextlib import suppress

import streamlit as st

from memory import Memory, StoreUnavailable, Sweep
from pages.parts.forgetting.deeds import draw_undo, forget_done
from pages.parts.forgetting.rows import day_in_words
from pages.parts.shared import attempt, capitalised, count_of, has_arrived
from pages.parts.sweeping import SWEEPS, alone
from pages.parts.whose import user

TOLD = "forgetting_told"
"""Sweeps that are told on this visit; they hold no texts."""


def draw_news(memory: Memory) -> None:
    """Told once: until another page is opened, or it is undone."""
    if has_arrived():
        forget_done()
        st.session_state[TOLD] = ()
    with suppress(StoreUnavailable):  # told above the page; and this once more, another time
        st.session_state[TOLD] = (*memory.tell_sweeps(user()), *st.session_state[TOLD])
    told: Sequence[Sweep] = st.session_state[TOLD]
    if told:
        with st.container(horizontal=True, vertical_alignment="center", key="forgetting_news"):
            st.caption(f":material/mop: {in_words(memory, told)}", width="content")
            if any(sweep.undoable for sweep in told):
                draw_undo("forgetting_undo_news", _undo, memory)
    _draw_waiting(memory)


def in_words(memory: Memory, told: Sequence[Sweep]) -> str:
    """“Yesterday 3 memories went into the archive.” Of several sweeps, since the first of them."""
    archived = sum(sweep.archived for sweep in told)
    erased = sum(sweep.purged for sweep in told)
    parts = []
    if archived:
        parts.append(f"{count_of(archived, 'memory')} went into the archive")
    if erased:
        were = "was" if erased == 1 else "were"
        parts.append(f"{count_of(erased, 'memory')} {were} erased")
    return f"{_past_day(memory, told)} {' and '.join(parts)}."


def _past_day(memory: Memory, told: Sequence[Sweep]) -> str:
    first, now = told[-1].at, memory.now()
    days = (now.astimezone().date() - first.astimezone().date()).days
    day = {0: "today", 1: "yesterday"}.get(days) or day_in_words(first, now)
    if len(told) > 1 and days:
        return f"Since {day.removeprefix('on ')}"
    return capitalised(day)


def _undo(memory: Memory) -> None:
    def put_back() -> None:
        for sweep in st.session_state[TOLD]:
            memory.undo_sweep(sweep.id)
        st.session_state[TOLD] = ()
        st.toast("Undone: they are in use again.", icon=":material/check:")

    attempt(put_back)


def _draw_waiting(memory: Memory) -> None:
    """As it is when the page is opened: some may have been kept since the app looked."""
    found = alone()
    if found.waiting(user()) and has_arrived():
        found.look_at(memory.plan_sweep(user(), unattended=True))
    waiting = found.waiting(user())
    if waiting is None:
        return
    taken, held = waiting
    st.page_link(
        "pages/forgetting.py",
        label=f"A sweep waits for you: it would take {taken:,} of {count_of(held, 'memory')}",
        icon=":material/mop:",
        query_params=SWEEPS,
    )
