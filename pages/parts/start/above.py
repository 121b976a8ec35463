"""What stands above a page: whose memory it shows, if that is not one's own, and the tour."""

import streamlit as st

from memory import Memory
from pages.parts.people.opening import switch
from pages.parts.shared import literal
from pages.parts.start import example, tour
from pages.parts.whose import GONE, ME, everybody, is_me, user


def draw_above(memory: Memory) -> None:
    if st.session_state.pop(GONE, None):
        st.toast("The person who was open here was erased.", icon=":material/person_off:")
    example.tell_removed()
    if example.is_open():
        example.draw_banner(memory)
    elif not is_me():
        _draw_banner(memory)
    tour.draw_tour()
    example.draw_dialog(memory)


def _draw_banner(memory: Memory) -> None:
    with st.container(
        horizontal=True,
        horizontal_alignment="distribute",
        vertical_alignment="center",
        border=True,
        key="people_banner",
    ):
        st.markdown(
            f":material/person: The memory of **{literal(everybody(memory).get(user(), ''))}**",
            width="content",
        )
        st.button("Back to yours", key="people_back", on_click=switch, args=(memory, ME))
