"""What is asked and not sent yet: it waits for the person, who is shown what would leave this
computer, or told why it cannot.

Its text is in the session as long as it waits, and no longer.
"""

from dataclasses import dataclass, replace

import streamlit as st

from pages.parts.chat.asked import Asked

HELD = "chat_held"
LOOKS_FIRST = "chat_looks_first"
"""Whether the person wants to see what a model of this computer gets, too, while this session
lasts."""
COMPOSER = "chat_input"


@dataclass(frozen=True, slots=True)
class Held:
    conversation: str
    asked: Asked
    changed: bool = False
    """What would be sent is no longer what was shown."""


def hold(conversation: str, asked: Asked, *, changed: bool = False) -> None:
    waiting = replace(asked, as_shown="", typed=False)
    st.session_state[HELD] = Held(conversation, waiting, changed)


def held_in(conversation: str) -> Held | None:
    held: Held | None = st.session_state.get(HELD)
    return held if held is not None and held.conversation == conversation else None


def let_go() -> Held | None:
    """Returns what has waited."""
    held: Held | None = st.session_state.pop(HELD, None)
    return held


def send(as_shown: str) -> None:
    """Exactly what was shown, and once: a second click finds nothing that waits."""
    if held := let_go():
        st.session_state["chat_asked"] = replace(held.asked, as_shown=as_shown)


def answer_from_memory() -> None:
    if held := let_go():
        st.session_state["chat_asked"] = replace(held.asked, from_memory=True)


def take_back() -> None:
    """To where it was written: into the composer, or the field of the message that was edited. What
    asks for an answer once more was written nowhere."""
    held = let_go()
    if held is None or not held.asked.text:
        return
    if held.asked.replacing is None:
        st.session_state[COMPOSER] = held.asked.text
    else:
        st.session_state["chat_editing"] = held.asked.replacing
        st.session_state[edit_field(held.asked.replacing)] = held.asked.text


def leave_conversation() -> None:
    """Nothing that was typed is lost with it; what waits in a private chat goes with that."""
    held = let_go()
    if held is not None and held.asked.text:
        st.session_state[COMPOSER] = held.asked.text


def edit_field(message_id: int) -> str:
    return f"chat_edit_text_{message_id}"
