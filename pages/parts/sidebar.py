"""The sidebar under the navigation: who answers, with which instructions, and what is held."""

from contextvars import ContextVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from memory import AppError, BuildState, Learning, Memory, MemoryFilter, Status
from pages.parts.deciding import INBOX, together
from pages.parts.fields import keep_to
from pages.parts.models.dialog import draw_answerer, draw_dialog, draw_leaving
from pages.parts.people import dialog as people
from pages.parts.people.opening import draw_switch
from pages.parts.shared import attempt, count_of, draw_error, remembering
from pages.parts.start import help as helping
from pages.parts.sweeping import SWEEPS, alone

INSTRUCTIONS, LEARNS = "sidebar_instructions", "sidebar_learns_with_model"

BUILDS = {
    BuildState.DOWNLOADING: "A model is being downloaded",
    BuildState.BUILDING: "Another index is being built",
    BuildState.STOPPED: "An index is not finished",
    BuildState.READY: "Another index is ready",
}

_page_part: ContextVar[DeltaGenerator] = ContextVar("page_part")


def draw_sidebar(memory: Memory, user: str) -> None:
    """Before the page: one that is stopped in mid answer draws nothing after it."""
    with st.sidebar:
        draw_switch(memory)
        _page_part.set(st.container())
        st.space("small")
        draw_leaving(memory, user)
        _draw_model(memory, user)
        _draw_state(memory, user)
        with st.container(horizontal=True, key="sidebar_ways"):
            people.draw_way_to_people()
            helping.draw_way_to_help()
    _draw_dialogs(memory, user)


def _draw_dialogs(memory: Memory, user: str) -> None:
    """Of all of them one is open at most."""
    draw_dialog(memory, user)
    people.draw_dialog(memory)
    helping.draw_dialog(memory)


def page_part() -> DeltaGenerator:
    """Where a page puts what it adds to the sidebar, above the rest."""
    return _page_part.get()


def _draw_model(memory: Memory, user: str) -> None:
    with st.expander("Assistant", icon=":material/smart_toy:", key="sidebar_assistant"):
        draw_answerer(memory, user)
        keep_to(INSTRUCTIONS, memory.instructions(user))
        st.text_area(
            "Instructions for the assistant",
            key=INSTRUCTIONS,
            height=140,
            max_chars=2000,
            help="The system prompt: what a connected model is told first. The built-in "
            "answerer has no use for it.",
        )
        st.button(
            "Save instructions",
            key="sidebar_save_instructions",
            on_click=_save_instructions,
            args=(memory, user),
        )
        _draw_learning(memory, user)


def _draw_learning(memory: Memory, user: str) -> None:
    can = memory.model_can_read_along(user)
    if can is None:
        return
    st.session_state[LEARNS] = memory.learns_with_model(user)  # also when it was refused
    only_told = memory.learning(user) is Learning.TOLD
    st.toggle(
        "Learn with the model too",
        key=LEARNS,
        disabled=only_told or not can,
        on_change=_learn,
        args=(memory, user),
        help="After each answer the model reads your message once more and suggests what could be "
        "remembered beside what the rules found. A suggestion is used only after you accept it. "
        "Private chats and conversations without memory are not read.",
    )
    if not can:
        st.caption("Only a model on this computer that keeps to a form can read along.")
    elif only_told:
        st.caption("You chose that only what you say is remembered, so the model reads nothing.")


def _learn(memory: Memory, user: str) -> None:
    if st.session_state[LEARNS] != memory.learns_with_model(user):
        attempt(memory.set_learning_with_model, user, st.session_state[LEARNS])


def _save_instructions(memory: Memory, user: str) -> None:
    try:
        memory.set_instructions(user, st.session_state[INSTRUCTIONS])
    except AppError as error:
        draw_error(error)
    else:
        st.toast("Instructions saved.", icon=":material/check:")


def _draw_state(memory: Memory, user: str) -> None:
    state = "Remembering" if remembering(memory) else "Not remembering"
    in_use = MemoryFilter(status=Status.ACTIVE)
    held = count_of(memory.find(user, in_use, limit=0).total, "memory")
    waiting = len(together(memory.inbox(user)))
    if waiting:
        st.page_link(
            "pages/inspector.py",
            label=f"{waiting:,} in your inbox",
            icon=":material/inbox:",
            query_params=INBOX,
        )
    if alone().waiting(user):
        st.page_link(
            "pages/forgetting.py",
            label="A sweep waits for you",
            icon=":material/mop:",
            query_params=SWEEPS,
        )
    build = memory.index_build()
    if build is not None:
        st.page_link(
            "pages/privacy.py",
            label=BUILDS[build.state],
            icon=":material/manage_search:",
            query_params={"view": "yours"},
        )
    st.caption(f":material/lock: {state} · {held} · kept on this computer")
