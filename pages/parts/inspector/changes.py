"""What the Inspector does to memories, and the one line that undoes the last of it.

All of these are callbacks: they draw nothing, since what a callback draws while only a dialog
runs breaks the page. The session keeps ids and counts; a text in it would outlive an erasure.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

import streamlit as st

from memory import (
    AppError,
    Change,
    DataClass,
    ErasureReceipt,
    Memory,
    MemoryItem,
    Status,
)
from pages.parts import deciding
from pages.parts.deciding import Choice
from pages.parts.fields import leave
from pages.parts.receipt import draw_receipt
from pages.parts.shared import count_of
from pages.parts.whose import user

DONE = "inspector_done"
PROBLEM = "inspector_problem"
NEWS = "inspector_news"
OPENED = "memory"
"""In the address: the id of the memory on the card."""

SAID = {
    Change.PIN: "Pinned",
    Change.UNPIN: "Unpinned",
    Change.PAUSE: "Paused",
    Change.RESUME: "Resumed",
    Change.ARCHIVE: "Archived",
    Change.FORGET: "Forgot",
    Change.RESTORE: "Put back",
}
COUNTERPART = {
    Change.PIN: Change.UNPIN,
    Change.UNPIN: Change.PIN,
    Change.PAUSE: Change.RESUME,
    Change.RESUME: Change.PAUSE,
    Change.ARCHIVE: Change.RESTORE,
    Change.FORGET: Change.RESTORE,
}
"""What is put back goes back to where it was: ``_back``."""
DECIDED = {
    Choice.ACCEPT: "Remembered. It cannot go back into the inbox, but be forgotten like any other",
    Choice.REPLACE: "The new one holds. Forget it, and the old one holds again: there is no undo",
}
TAB, MEMORIES = "inspector_tab", "Memories"
REVERT, RECLASSIFY, UNMERGE = "revert", "reclassify", "unmerge"
INTO_ARCHIVE = "into the archive"
"""Of what was forgotten there."""
TOO_LATE = "Undo is no longer possible: it was changed or erased meanwhile."


@dataclass(frozen=True, slots=True)
class Done:
    """The last thing that was done, and what it needs to be undone."""

    said: str
    undo: str = ""
    """A ``Change``, or one of the words above; empty where there is no way back."""
    ids: tuple[int, ...] = ()
    edited_at: datetime | None = None
    """Of a correction: another one since then must not be undone in its place."""
    classes: tuple[DataClass, ...] = ()
    """Of a choice of class: the one before, and the one chosen, for the same reason."""
    receipt: ErasureReceipt | None = None


# -- doing ----------------------------------------------------------------------------------


def change(memory: Memory, ids: Sequence[int], what: Change) -> None:
    """All of them or none. Undo is for those that were not so before."""
    with _problems_in_words():
        before = [memory.item(ident) for ident in ids]
        after = memory.change(ids, what)
        changed = [old for old, new in zip(before, after, strict=True) if old != new]
        if what in (Change.FORGET, Change.ARCHIVE):
            close_card()
        st.session_state[DONE] = Done(
            f"{SAID[what]} {count_of(len(ids), 'memory')}",
            undo=_back(what, changed) if changed else "",
            ids=tuple(item.id for item in changed),
        )


def _back(what: Change, before: Sequence[MemoryItem]) -> str:
    """A list holds what is archived or what is not, never both."""
    archived = any(item.status is Status.ARCHIVED for item in before)
    if what is Change.RESTORE:
        return Change.ARCHIVE if archived else Change.FORGET
    return INTO_ARCHIVE if what is Change.FORGET and archived else COUNTERPART[what]


def edit(memory: Memory, item_id: int, field: str) -> None:
    """To the text in the field of that key."""

    def correct() -> MemoryItem:
        after = memory.edit(item_id, st.session_state[field])
        leave(field)
        return after

    _reword(memory, item_id, correct)


def bring_back(memory: Memory, item_id: int, version: int) -> None:
    """An earlier wording; version 0 is the last one before this."""
    if version == 0:
        _reword(memory, item_id, lambda: memory.revert(item_id))
        return
    _reword(memory, item_id, lambda: memory.edit(item_id, memory.revisions(item_id)[version].text))


def _reword(memory: Memory, item_id: int, action: Callable[[], MemoryItem]) -> None:
    with _problems_in_words():
        before = memory.item(item_id)
        after = action()
        if after.text != before.text:
            st.session_state[NEWS] = "Corrected. The next answer follows."
            st.session_state[DONE] = Done(
                "Corrected 1 memory", undo=REVERT, ids=(item_id,), edited_at=after.edited_at
            )


def classify(memory: Memory, item_id: int, field: str) -> None:
    """As the class in the field of that key."""
    with _problems_in_words():
        before = memory.item(item_id)
        if st.session_state[field] == before.data_class:
            return  # a card that leaves reports its field as changed
        after = memory.classify(item_id, st.session_state[field])
        open_card(item_id)  # which may stand elsewhere in its list now
        st.session_state[DONE] = Done(
            f"Made 1 memory {after.data_class}",
            undo=RECLASSIFY,
            ids=(item_id,),
            classes=(before.data_class, after.data_class),
        )


def merge(memory: Memory, ids: Sequence[int], field: str) -> None:
    """Into one with the text in the field of that key."""
    with _problems_in_words():
        merged = memory.merge(ids, st.session_state[field])
        leave(field)
        open_card(merged.id)
        said = f"Merged {count_of(len(ids), 'memory')} into one"
        st.session_state[DONE] = Done(said, undo=UNMERGE, ids=(merged.id,))


def unmerge(memory: Memory, item_id: int) -> None:
    with _problems_in_words():
        parts = memory.unmerge(item_id)
        close_card()
        said = f"Undid the merge: {count_of(len(parts), 'memory')} in use again"
        st.session_state[DONE] = Done(said)


def set_field(memory: Memory, name: str, value: str, instead_of: str = "") -> None:
    """Of the profile; of a field with several values, in the place of ``instead_of``."""
    with _problems_in_words():
        before = {field.source_memory_id for field in memory.profile(user())}
        made = memory.set_profile(user(), name, value, instead_of=instead_of)
        if made.id not in before:
            st.session_state[DONE] = Done("Set 1 field", undo=Change.FORGET, ids=(made.id,))


def remove_field(memory: Memory, name: str, value: str) -> None:
    """With its history, by forgetting what says it."""
    with _problems_in_words():
        gone = memory.unset_profile(user(), name, value)
        said = f"Removed 1 field, and forgot {count_of(len(gone), 'memory')}"
        ids = tuple(item.id for item in gone)
        st.session_state[DONE] = Done(said, undo=Change.RESTORE, ids=ids)


def erase(memory: Memory, item_id: int) -> None:
    with _problems_in_words():
        receipt = memory.erase(user(), memory=item_id)
        close_card()
        st.session_state[DONE] = Done("Erased 1 memory", receipt=receipt)


def decide(memory: Memory, ids: Sequence[int], choice: Choice) -> None:
    """What waits in the inbox. Rejected, it can be put back; accepted, there is no way back in."""
    with _problems_in_words():
        before = {proposal.item.id for proposal in memory.inbox(user())}
        deciding.decide(memory, ids, choice)
        gone = before - {proposal.item.id for proposal in memory.inbox(user())}
        if choice is Choice.REJECT:
            minutes = max(1, memory.settings.undo_seconds // 60)
            said = f"Not kept. Erased for good in about {minutes} min, or when Recollect closes"
            st.session_state[DONE] = Done(said, undo=Change.RESTORE, ids=tuple(gone))
        else:
            st.session_state[DONE] = Done(DECIDED[choice])


def open_in_list(item_id: int) -> None:
    """On its card, from another tab."""
    st.session_state[TAB] = MEMORIES
    open_card(item_id)


def open_card(item_id: int) -> None:
    st.query_params[OPENED] = str(item_id)


def close_card() -> None:
    """What is gone from the list makes room for the first of it."""
    st.query_params.pop(OPENED, None)


@contextmanager
def _problems_in_words() -> Iterator[None]:
    try:
        yield
    except AppError as error:
        st.session_state[PROBLEM] = str(error)


# -- undoing --------------------------------------------------------------------------------


def undo(memory: Memory) -> None:
    done: Done = st.session_state.pop(DONE)
    try:
        _undo(memory, done)
    except AppError:
        st.session_state[DONE] = Done(TOO_LATE)
    else:
        st.session_state[NEWS] = "Undone."


def _undo(memory: Memory, done: Done) -> None:
    if done.undo == UNMERGE:
        memory.unmerge(done.ids[0])
        close_card()
    elif done.undo == REVERT:
        if memory.item(done.ids[0]).edited_at != done.edited_at:
            raise AppError(TOO_LATE)
        memory.revert(done.ids[0])
    elif done.undo == RECLASSIFY:
        before, after = done.classes
        if memory.item(done.ids[0]).data_class is not after:
            raise AppError(TOO_LATE)
        memory.classify(done.ids[0], before)
    elif done.undo == INTO_ARCHIVE:
        memory.change(done.ids, Change.RESTORE)
        memory.change(done.ids, Change.ARCHIVE)
    else:
        memory.change(done.ids, done.undo)


# -- saying so ------------------------------------------------------------------------------


def draw_news() -> None:
    """What happened since the last run, in passing."""
    if problem := st.session_state.pop(PROBLEM, None):
        st.toast(problem, icon=":material/error:")
    if news := st.session_state.pop(NEWS, None):
        st.toast(news, icon=":material/check:")


def draw_done(memory: Memory) -> None:
    """One line; it stays until the next thing is done or another page is opened."""
    done: Done | None = st.session_state.get(DONE)
    if done is None:
        return
    icon = ":material/info:" if done.said == TOO_LATE else ":material/check:"
    st.caption(f"{icon} {done.said}", width="content")
    if done.undo:
        st.button(
            "Undo",
            key="inspector_undo",
            type="tertiary",
            icon=":material/undo:",
            on_click=undo,
            args=(memory,),
        )


def draw_last_receipt() -> None:
    """Of the last thing done, if that was an erasure."""
    done: Done | None = st.session_state.get(DONE)
    if done and done.receipt:
        draw_receipt(done.receipt)


def forget_done() -> None:
    st.session_state.pop(DONE, None)


# -- in dialogs -----------------------------------------------------------------------------


def close_after(button: str) -> None:
    """First in a dialog: back to the page when its button was pressed and all went well."""
    if st.session_state.get(button) and PROBLEM not in st.session_state:
        st.rerun()


def has_problem() -> bool:
    """Whether the last thing was not done."""
    return PROBLEM in st.session_state


def draw_problem() -> None:
    """Last in a dialog: why it is still open."""
    if problem := st.session_state.pop(PROBLEM, None):
        st.error(problem, icon=":material/error:")
