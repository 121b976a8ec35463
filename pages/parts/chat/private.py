"""A private chat is known by its id in the session's state alone: never by the address, which stays
in the browser's history, and never by the file."""

from collections.abc import Callable

import streamlit as st

from memory import Memory
from pages.parts.chat.held import held_in, let_go
from pages.parts.whose import user

PRIVATE = "chat_private"


def end_private_chat(memory: Memory) -> None:
    if private := st.session_state.pop(PRIVATE, None):
        if held_in(private):
            let_go()
        memory.drop_unstored(user(), private)


@st.cache_resource(scope="session", show_spinner=False, on_release=lambda drop: drop())
def gone_with_the_session(_memory: Memory, user_id: str, conversation: str) -> Callable[[], None]:
    """A reloaded page is another session: what was not stored must not wait in the process."""
    return lambda: _memory.drop_unstored(user_id, conversation)
