"""From one person to another."""

import streamlit as st

from memory import Memory
from pages.parts.chat.private import end_private_chat
from pages.parts.shared import attempt
from pages.parts.whose import become, everybody, user

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
