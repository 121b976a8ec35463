"""Exploring with an example: a made-up person, lived through the door while one watches, opened
like any other, and removed in one click."""

from threading import Event

import streamlit as st

from memory import AppError, ErasureReceipt, Memory
from memory.example import NAME, USER_ID, Progress, is_there, live
from pages.parts.chat.conversations import new_conversation
from pages.parts.people.opening import switch
from pages.parts.shared import count_of, draw_error, literal
from pages.parts.start import tour
from pages.parts.steps import Drawing, OnStep, draw_steps
from pages.parts.sweeping import alone
from pages.parts.whose import ME, become, user
from pages.parts.yours.chat_desk import clear, desk

ASKED, REMOVING, REMOVED = "example_asked", "example_removing", "example_removed"


def is_open() -> bool:
    """Whether the memory that is shown is the example's."""
    return user() == USER_ID


def draw_offer(memory: Memory) -> None:
    """A card: to make the example, or to open it."""
    st.markdown("## :material/explore: Explore an example")
    if is_there(memory):
        st.caption(f"{NAME} is a made-up person. Her memory is apart from yours.")
        st.button("Open the example", key="example_open", on_click=switch, args=(memory, USER_ID))
        return
    st.caption(
        f"Three months of {NAME}, who is made up: what she said, and what was learnt from it. "
        "Takes about half a minute, stays apart from yours, and is gone in one click."
    )
    st.button("Explore", key="example_explore", on_click=_ask)


def _ask() -> None:
    st.session_state[ASKED] = True


def draw_dialog(memory: Memory) -> None:
    """When it was asked for: how far it is; then it is open."""
    if st.session_state.pop(ASKED, False):
        _make(memory)


@st.dialog(f"Three months of {NAME}", icon=":material/explore:", dismissible=False)
def _make(memory: Memory) -> None:
    drawing, stop = Drawing(), Event()
    st.caption("Each message goes through the same door as yours will.")
    bar = st.progress(0.0, "The models are being loaded")

    def tell(progress: Progress) -> None:
        words = f"{progress.day.day} {progress.day:%B %Y}"
        drawing.draw(lambda: bar.progress(progress.done / progress.total, words))
        if drawing.is_stopped:  # also when the page was closed
            stop.set()

    try:
        live(memory, on_step=tell, stop=stop)
    except AppError as error:
        drawing.end()
        bar.empty()
        draw_error(error)
        st.button("Close", key="example_close")
        return
    switch(memory, USER_ID)
    new_conversation(memory)
    tour.begin()
    drawing.end()
    st.rerun()


# -- when it is open ------------------------------------------------------------------------


def draw_banner(memory: Memory) -> None:
    """Above each page: what this is, and the ways out of it."""
    with st.container(border=True, key="example_banner", gap="xsmall"):
        with st.container(
            horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
        ):
            st.markdown(f":material/explore: **{literal(NAME)}** is made up.", width="content")
            with st.container(horizontal=True, width="content"):
                st.button("Back to yours", key="people_back", on_click=switch, args=(memory, ME))
                st.button(
                    "Remove the example",
                    key="example_remove",
                    icon=":material/ink_eraser:",
                    on_click=lambda: st.session_state.update({REMOVING: True}),
                )
        if st.session_state.pop(REMOVING, False):
            _remove(memory)


def _remove(memory: Memory) -> None:
    def erase(on_step: OnStep) -> ErasureReceipt:
        receipt = memory.erase(USER_ID, on_step=on_step)
        clear(desk())
        alone().forget(USER_ID)
        become(ME)
        st.session_state[REMOVED] = (receipt.total, receipt.verified)
        return receipt

    if draw_steps("Removing the example", "Not removed", erase):
        st.rerun()


def tell_removed() -> None:
    """Once, on the page that comes after it."""
    if REMOVED in st.session_state:
        rows, verified = st.session_state.pop(REMOVED)
        checked = (
            "the file was searched and holds nothing of it" if verified else "the rest follows"
        )
        st.toast(
            f"The example is removed: {count_of(rows, 'row')}; {checked}.",
            icon=":material/verified:",
        )
