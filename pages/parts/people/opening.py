"""From one person to another, in the sidebar and above each page."""

import streamlit as st

from memory import Memory
from pages.parts.chat.private import end_private_chat
from pages.parts.shared import attempt, literal
from pages.parts.whose import GONE, ME, become, everybody, is_me, user

OPEN = "people_open"


def switch(memory: Memory, user_id: str) -> None:
    """A callback. Who is opened here is also who is shown the next time."""
    end_private_chat(memory)
    become(user_id)
    attempt(memory.choose_person, user_id)


def draw_switch(memory: Memory) -> None:
    """In the sidebar, above all else; nothing as long as there is nobody else."""
    names = everybody(memory)
    if len(names) == 1:
        return
    st.session_state[OPEN] = user()  # as it is, also when another control has changed it
    st.selectbox(
        "Whose memory",
        list(names),
        format_func=lambda user_id: names.get(user_id, ""),
        key=OPEN,
        on_change=_switch_to_chosen,
        args=(memory,),
    )


def _switch_to_chosen(memory: Memory) -> None:
    switch(memory, st.session_state[OPEN])


def draw_banner(memory: Memory) -> None:
    """Above a page that shows the memory of another person than oneself."""
    if st.session_state.pop(GONE, None):
        st.toast("The person who was open here was erased.", icon=":material/person_off:")
    if is_me():
        return
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
