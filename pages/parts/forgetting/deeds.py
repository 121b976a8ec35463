"""What the Forgetting page does to memories, and the one line that undoes the last of it.

All of these are callbacks. The session keeps ids and counts; a text in it would outlive an erasure.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from memory import AppError, Change, Memory
from pages.parts.shared import attempt, count_of
from pages.parts.sweeping import alone
from pages.parts.whose import user

DONE = "forgetting_done"
SAID = {
    Change.PIN: "Pinned",
    Change.UNPIN: "Unpinned",
    Change.ARCHIVE: "Let go of",
    Change.RESTORE: "Put back",
}
COUNTERPART = {
    Change.PIN: Change.UNPIN,
    Change.UNPIN: Change.PIN,
    Change.ARCHIVE: Change.RESTORE,
    Change.RESTORE: Change.ARCHIVE,
}
TOO_LATE = "Undo is no longer possible: it was changed or erased meanwhile."


@dataclass(frozen=True, slots=True)
class Done:
    """The last thing that was done, and what undoes it."""

    said: str
    undo: Change | None = None
    ids: tuple[int, ...] = ()


def keep(memory: Memory, ids: Sequence[int]) -> None:
    """As if each had been used. There is no way back: a use is a use."""

    def reinforce() -> None:
        memory.reinforce(ids)
        st.session_state[DONE] = Done(f"Kept {count_of(len(ids), 'memory')} fresh")

    attempt(reinforce)
    alone().forget(user())


def change(memory: Memory, ids: Sequence[int], what: Change) -> None:
    """All of them or none. Undo is for those that were not so before."""

    def do() -> None:
        before = [memory.item(ident) for ident in ids]
        after = memory.change(ids, what)
        changed = tuple(new.id for old, new in zip(before, after, strict=True) if old != new)
        said = f"{SAID[what]} {count_of(len(ids), 'memory')}"
        st.session_state[DONE] = Done(said, COUNTERPART[what] if changed else None, changed)

    attempt(do)
    alone().forget(user())


def undo(memory: Memory) -> None:
    done: Done = st.session_state.pop(DONE)
    try:
        memory.change(done.ids, done.undo or "")
    except AppError:
        st.session_state[DONE] = Done(TOO_LATE)
    else:
        st.toast("Undone.", icon=":material/check:")


def forget_done() -> None:
    st.session_state.pop(DONE, None)


def draw_done(memory: Memory) -> None:
    """One line; it stays until the next thing is done or another page is opened."""
    done: Done | None = st.session_state.get(DONE)
    if done is None:
        return
    icon = ":material/info:" if done.said == TOO_LATE else ":material/check:"
    with st.container(horizontal=True, vertical_alignment="center", key="forgetting_last"):
        st.caption(f"{icon} {done.said}", width="content")
        if done.undo:
            draw_undo("forgetting_undo", undo, memory)


def draw_undo(key: str, action: Callable[..., object], *args: object, label: str = "Undo") -> None:
    st.button(label, key=key, type="tertiary", icon=":material/undo:", on_click=action, args=args)
