"""What became of a message in memory, said under its answer: what was remembered of it, what had
been said before, what waits in the inbox; and what the person can do about each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from memory import (
    Change,
    Doubt,
    Memory,
    MemoryItem,
    Message,
    ModelReading,
    Outcome,
    ProfileField,
    Proposal,
    Status,
)
from pages.parts.deciding import (
    INBOX,
    OF_WHAT_WAS_ASKED,
    SUGGESTED,
    Waiting,
    decide,
    draw_options,
    together,
)
from pages.parts.kinds import counted, named
from pages.parts.shared import attempt, literal, shorten, undo_minutes_left

READING_SECONDS = 60
"""How long a page looks whether a model has read the last message; one may take longer."""
UNUSABLE = "The model’s suggestions could not be used; what the rules found stands."


@dataclass(frozen=True, slots=True)
class Known:
    """What is known beside the messages themselves, asked for once and not for each of them."""

    fields: Mapping[int, Sequence[ProfileField]]
    """Of the profile, by the memory they come from."""
    again: Mapping[int, Sequence[MemoryItem]]
    """What was said once more, by the message that says it."""
    proposals: Mapping[int, Proposal]
    """What waits in the inbox, by its memory."""
    readings: Mapping[int, ModelReading]
    """What came of a model's reading, by the message that it read."""


def draw_remembered(memory: Memory, known: Known, asked: Message) -> None:
    items = memory.memories_of(asked.id) if asked.id > 0 else []
    gone = [item for item in items if item.status is Status.FORGOTTEN]
    forgotten = [item for item in gone if not item.is_guess]
    kept = [item for item in items if item.status not in (Status.FORGOTTEN, Status.PROPOSED)]
    if kept:
        _draw_kept(memory, known, asked, kept)
    if forgotten:
        with _line(f"forgotten_{asked.id}"):
            draw_put_back(memory, forgotten, f"chat_remembered_{asked.id}")
    else:
        for item in gone:
            _draw_not_taken(memory, item)
    for item in known.again.get(asked.id, ()):
        times = f"now {item.times_said:,} times" if item.times_said > 2 else "now twice"
        st.caption(f":material/repeat: Said before, {times}: {_quoted(item)}")
    found = (known.proposals[item.id] for item in items if item.id in known.proposals)
    for waiting in together(found):
        _draw_waiting(memory, waiting)
    reading = known.readings.get(asked.id)
    if reading is not None and reading.outcome is Outcome.UNUSABLE:
        st.caption(f":material/smart_toy: {UNUSABLE}")


def _line(key: str) -> DeltaGenerator:
    """What is so, and at its end what can be done about it."""
    return st.container(
        horizontal=True,
        wrap=False,
        vertical_alignment="center",
        gap="small",
        key=f"chat_became_{key}",
    )


# -- what is kept ---------------------------------------------------------------------------


def _draw_kept(memory: Memory, known: Known, asked: Message, kept: Sequence[MemoryItem]) -> None:
    """As what it states; a turn around that is only said where it is all there is."""
    told = [item for item in kept if not item.is_turn] or kept
    fields = {item.id: known.fields.get(item.id, ()) for item in kept}
    stated = ", ".join(_in_words(item, fields[item.id]) for item in told)
    with _line(f"kept_{asked.id}"):
        if len(told) == 1:
            st.caption(f":material/bookmark_added: Remembered: {stated} · {told[0].kind}")
        else:
            kinds = counted(item.kind for item in told)
            st.caption(f":material/bookmark_added: Remembered {kinds}: {stated}")
        _draw_forget("Undo", f"chat_remembered_{asked.id}_undo", memory, kept)
    if len(told) > 1:
        with st.expander("One by one", key=f"chat_one_by_one_{asked.id}", type="compact"):
            for item in told:
                with _line(f"one_{item.id}"):
                    st.caption(f"{named(item.kind)}: “{literal(item.text)}”")
                    _draw_forget("Forget", f"chat_one_{item.id}_undo", memory, [item])


def _draw_forget(label: str, key: str, memory: Memory, items: Sequence[MemoryItem]) -> None:
    st.button(
        label,
        key=key,
        type="tertiary",
        icon=":material/undo:" if label == "Undo" else ":material/ink_eraser:",
        on_click=attempt,
        args=(memory.change, [item.id for item in items], Change.FORGET),
    )


def draw_put_back(memory: Memory, items: Sequence[MemoryItem], key: str) -> None:
    minutes = min(undo_minutes_left(memory, item) for item in items)
    st.caption(
        ":material/ink_eraser: Forgotten. It is erased for good, here too, "
        f"in about {minutes} min or when Recollect closes."
    )
    st.button(
        "Put back",
        key=f"{key}_restore",
        type="tertiary",
        icon=":material/undo:",
        on_click=attempt,
        args=(memory.change, [item.id for item in items], Change.RESTORE),
    )


def _in_words(item: MemoryItem, fields: Sequence[ProfileField]) -> str:
    """“your name is Maya”, or its own words where it states no field, or more than fields."""
    stated = [f"your {field.field} is {literal(field.value)}" for field in reversed(fields)]
    if item.is_turn or not stated:
        stated.append(f"“{literal(shorten(item.text))}”")
    return ", ".join(stated)


# -- what waits -----------------------------------------------------------------------------


def _draw_waiting(memory: Memory, waiting: Waiting) -> None:
    """What reads like an instruction is decided where it is seen whole."""
    with st.container(gap=None, key=f"chat_became_waiting_{waiting.ids[0]}"):
        st.caption(_why(waiting))
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
            if waiting.rival is not None or waiting.doubt is not Doubt.INSTRUCTION:
                draw_options("chat", waiting, attempt, decide, memory, quiet=True)
            st.page_link(
                "pages/inspector.py",
                label="Open the inbox",
                icon=":material/inbox:",
                query_params=INBOX,
            )


def _why(waiting: Waiting) -> str:
    new = _quoted(waiting.whole)
    if waiting.doubt is not Doubt.INSTRUCTION and waiting.by_model:
        return f"{SUGGESTED}: {new} · {waiting.whole.kind}{_beside(waiting)}"
    if waiting.rival is not None:
        what = "This" if waiting.whole.is_turn else new
        return (
            f":material/compare_arrows: {what} is at odds with {_quoted(waiting.rival)}. "
            "Which holds?"
        )
    if waiting.options is OF_WHAT_WAS_ASKED:
        return f":material/inbox: Shall I remember {counted(waiting.kinds)}? {new}"
    return ":material/shield: It reads like an instruction to a model, and waits in the inbox"


def _beside(waiting: Waiting) -> str:
    """Which of the two it would be, where it is about something known."""
    if waiting.rival is None:
        return ""
    how = "a rewording of" if waiting.doubt is Doubt.REWORDING else "in the place of"
    return f" · {how} {_quoted(waiting.rival)}?"


def _draw_not_taken(memory: Memory, item: MemoryItem) -> None:
    with _line(f"not_taken_{item.id}"):
        st.caption(f":material/smart_toy: Not kept: {_quoted(item)}")
        st.button(
            "Undo",
            key=f"chat_not_taken_{item.id}_restore",
            type="tertiary",
            icon=":material/undo:",
            on_click=attempt,
            args=(memory.change, [item.id], Change.RESTORE),
        )


@st.fragment(run_every=2)
def redraw_when_read(memory: Memory, asked: Message) -> None:
    """A model reads the last message when it has been answered: what it suggests is drawn as soon
    as it is there. Until then nothing is drawn here."""
    if not is_being_read(memory, asked):
        st.rerun()


def is_being_read(memory: Memory, asked: Message) -> bool:
    """Whether it may still be: nobody tells of a reading that was cut short."""
    is_new = (memory.now() - asked.created_at).total_seconds() < READING_SECONDS
    return is_new and asked.id > 0 and not memory.read_by_model([asked.id])


def _quoted(item: MemoryItem) -> str:
    return f"“{literal(shorten(item.text).rstrip('.'))}”"
