"""The dialog of people: who there is, how each is called, and the way to erase one."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from memory import AppError, InvalidInput, Memory, MemoryFilter, Person, Status
from pages.parts.fields import begin_with
from pages.parts.people.opening import switch
from pages.parts.shared import count_of, literal
from pages.parts.whose import ME, YOU, called, user

OPEN = "people_dialog"
NEW, NAME, PROBLEM = "people_new", "people_name", "people_problem"
RENAMING = "people_renaming"
MAX_NAME = 60


def draw_way_to_people() -> None:
    st.button(
        "People",
        key="people_manage",
        icon=":material/group:",
        type="tertiary",
        help="Several people, each with a memory of their own",
        on_click=open_dialog,
        args=(True,),
    )


def open_dialog(is_open: bool = False) -> None:
    """Or close it; what was typed there goes."""
    for key in (NEW, NAME, PROBLEM, RENAMING):
        st.session_state.pop(key, None)
    st.session_state[OPEN] = is_open


def draw_dialog(memory: Memory) -> None:
    """If it is open."""
    if st.session_state.get(OPEN):
        _draw(memory)


@st.dialog("People", icon=":material/group:", width="medium", on_dismiss=open_dialog)
def _draw(memory: Memory) -> None:
    if not st.session_state.get(OPEN):
        st.rerun()  # it is done: the page without the dialog
    st.caption(
        "Each has a memory, consents and rules of their own, in the same file. Nothing of one is "
        "used for another. There is no lock between them: whoever opens Recollect can open all."
    )
    people = memory.people()
    if all(person.user_id != ME for person in people):
        with _row("people_row_me"):
            _draw_called("You", "Nothing is kept yet")
            _draw_open(memory, ME)
    for person in people:
        if st.session_state.get(RENAMING) == person.user_id:
            _draw_renaming(memory, person)
        else:
            _draw_person(memory, person)
    _draw_new(memory)
    if problem := st.session_state.pop(PROBLEM, None):
        st.error(literal(problem), icon=":material/error:")


# -- one of them ----------------------------------------------------------------------------


def _row(key: str) -> DeltaGenerator:
    return st.container(horizontal=True, vertical_alignment="center", border=True, key=key)


def _draw_called(name: str, caption: str) -> None:
    with st.container(gap=None, width="stretch"):
        st.markdown(f"**{literal(name)}**")
        st.caption(caption)


def _draw_person(memory: Memory, person: Person) -> None:
    held = count_of(
        memory.find(person.user_id, MemoryFilter(status=Status.ACTIVE), limit=0).total, "memory"
    )
    talks = count_of(len(memory.conversations(person.user_id)), "conversation")
    with _row(f"people_row_{person.user_id}"):
        _draw_called(called(person), f"{held} · {talks}")
        _draw_open(memory, person.user_id)
        st.button(
            "Rename",
            key=f"people_rename_{person.user_id}",
            type="tertiary",
            on_click=lambda: st.session_state.update({RENAMING: person.user_id}),
        )
        if st.button(
            "Erase…",
            key=f"people_erase_{person.user_id}",
            type="tertiary",
            help="On the Privacy page: you see what goes, and are asked once more",
            on_click=switch,
            args=(memory, person.user_id),
        ):
            st.switch_page("pages/privacy.py", query_params={"view": "erasure"})


def _draw_open(memory: Memory, user_id: str) -> None:
    if user_id == user():
        st.caption(":material/check: Open")
        return
    if st.button(
        "Open",
        key=f"people_switch_{user_id}",
        on_click=switch,
        args=(memory, user_id),
    ):
        st.rerun()


# -- names ----------------------------------------------------------------------------------


def _draw_renaming(memory: Memory, person: Person) -> None:
    begin_with(NAME, person.name)
    with st.form("people_renaming_form"):
        st.text_input("Name", key=NAME, max_chars=MAX_NAME)
        with st.container(horizontal=True):
            st.form_submit_button(
                "Save",
                key="people_renaming_save",
                type="primary",
                on_click=_rename,
                args=(memory, person.user_id),
            )
            st.form_submit_button(
                "Cancel", key="people_renaming_cancel", on_click=open_dialog, args=(True,)
            )


def _typed(field: str) -> str:
    """Raises InvalidInput for what stands for oneself in every list."""
    name = str(st.session_state[field])
    if name.strip().casefold() == YOU.casefold():
        raise InvalidInput("“You” stands for yourself here. Choose another name.")
    return name


def _rename(memory: Memory, user_id: str) -> None:
    try:
        memory.rename_person(user_id, _typed(NAME))
    except AppError as error:
        st.session_state[PROBLEM] = str(error)
    else:
        open_dialog(True)


def _draw_new(memory: Memory) -> None:
    with st.form("people_new_form", border=False):
        st.text_input("Add somebody", key=NEW, placeholder="Name", max_chars=MAX_NAME)
        st.form_submit_button(
            "Add and open",
            key="people_add",
            icon=":material/person_add:",
            on_click=_add,
            args=(memory,),
        )


def _add(memory: Memory) -> None:
    try:
        person = memory.add_person(_typed(NEW))
    except AppError as error:
        st.session_state[PROBLEM] = str(error)
    else:
        switch(memory, person.user_id)
