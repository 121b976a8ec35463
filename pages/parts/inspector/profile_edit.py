"""The dialogs of the profile: a field changed, added or removed.

A field goes by the memory that says it and its place among what that says: what a button or a
dialog is given stays in the session, and a name or a value there would outlive an erasure.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import streamlit as st

from memory import Memory, ProfileField
from pages.parts.fields import begin_with, leave
from pages.parts.inspector import changes
from pages.parts.shared import count_of, literal, literal_lines, shorten
from pages.parts.whose import user

FIRST = ("name", "role", "employer", "location")
"""Who one is stands above what one uses."""
NEW_NAME, NEW_VALUE, ADD = "profile_new_name", "profile_new_value", "profile_new_save"
GONE = "This field is no longer in your profile. Close this, and look at it again."
LONGEST = 200
"""Characters of a value."""
SHOWN_CHARACTERS = 160


@dataclass(frozen=True, slots=True)
class Place:
    memory_id: int
    number: int
    """Among the fields of that memory, from 0."""

    @property
    def key(self) -> str:
        return f"{self.memory_id}_{self.number}"


def ordered(fields: Sequence[ProfileField]) -> list[ProfileField]:
    """Values of one field side by side, the latest first."""

    def rank(field: ProfileField) -> tuple[int, str]:
        return (FIRST.index(field.field) if field.field in FIRST else len(FIRST), field.field)

    return sorted(fields, key=rank)


def places(fields: Sequence[ProfileField]) -> Iterator[Place]:
    """Of fields in their order."""
    counts: Counter[int] = Counter()
    for field in fields:
        memory_id = field.source_memory_id or 0
        yield Place(memory_id, counts[memory_id])
        counts[memory_id] += 1


def label(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _found(memory: Memory, place: Place) -> ProfileField | None:
    fields = ordered(memory.profile(user()))
    return dict(zip(places(fields), fields, strict=True)).get(place)


# -- changing -------------------------------------------------------------------------------


def open_edit(memory: Memory, place: Place) -> None:
    leave(_value_key(place))  # what was typed in a dialog that was dismissed just now
    _edit(memory, place)


def _value_key(place: Place) -> str:
    return f"profile_value_{place.key}"


@st.dialog("Change a field", on_dismiss="rerun")
def _edit(memory: Memory, place: Place) -> None:
    save = f"profile_save_{place.key}"
    changes.close_after(save)
    field = _found(memory, place)
    if field is None:
        st.caption(GONE)
        return
    st.caption("It takes the place of the old value, which stays in the history.")
    begin_with(_value_key(place), field.value)
    st.text_input(literal(label(field.field)), key=_value_key(place), max_chars=LONGEST)
    st.button("Save", key=save, type="primary", on_click=_save, args=(memory, place))
    changes.draw_problem()


def _save(memory: Memory, place: Place) -> None:
    field, key = _found(memory, place), _value_key(place)
    if field is None:
        return
    changes.set_field(memory, field.field, st.session_state[key], field.value)
    if not changes.has_problem():
        leave(key)


# -- adding ---------------------------------------------------------------------------------


def open_adding(memory: Memory) -> None:
    leave(NEW_NAME)
    leave(NEW_VALUE)
    _adding(memory)


@st.dialog("Add a field", on_dismiss="rerun")
def _adding(memory: Memory) -> None:
    changes.close_after(ADD)
    st.caption("It becomes a memory of yours, and follows your privacy rules as any other.")
    st.text_input("Field", key=NEW_NAME, max_chars=40, placeholder="favourite colour")
    st.text_input("Value", key=NEW_VALUE, max_chars=LONGEST, placeholder="green")
    st.button("Add", key=ADD, type="primary", on_click=_add, args=(memory,))
    changes.draw_problem()


def _add(memory: Memory) -> None:
    changes.set_field(memory, st.session_state[NEW_NAME], st.session_state[NEW_VALUE])
    if not changes.has_problem():
        leave(NEW_NAME)
        leave(NEW_VALUE)


# -- removing -------------------------------------------------------------------------------


def open_removal(memory: Memory, place: Place) -> None:
    _removal(memory, place)


@st.dialog("Remove this field?", on_dismiss="rerun")
def _removal(memory: Memory, place: Place) -> None:
    """Shows what goes: other fields may have been said in the same words."""
    confirm = f"profile_removed_{place.key}"
    changes.close_after(confirm)
    field = _found(memory, place)
    if field is None:
        st.caption(GONE)
        return
    going = memory.plan_unset_profile(user(), field.field, field.value)
    st.markdown(f"**{literal(label(field.field))}** goes with its earlier values.")
    st.caption(f"To be forgotten, with Undo for some minutes: {count_of(len(going), 'memory')}")
    for item in going:
        st.markdown(literal_lines(shorten(item.text, SHOWN_CHARACTERS), "> "))
    st.button(
        "Remove",
        key=confirm,
        type="primary",
        icon=":material/delete:",
        on_click=_remove,
        args=(memory, place),
    )
    changes.draw_problem()


def _remove(memory: Memory, place: Place) -> None:
    field = _found(memory, place)
    if field is not None:
        changes.remove_field(memory, field.field, field.value)
