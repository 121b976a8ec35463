"""Opening an encrypted file, and closing it again: what is typed is handed on and kept nowhere."""

from typing import Literal

import streamlit as st

from memory import AppError, StoreUnavailable, passphrase_from_env
from pages.parts.shared import open_memory, warm_up
from pages.parts.sweeping import keep_sweeping

OF_THE_CHAT = ("chat_conversation", "chat_shown", "chat_not_now")
"""What the session knows of the conversation that is open."""
MOST_CHARACTERS = 1_000
FIELD_PIXELS = 420


def draw_passphrase_field(
    label: str,
    key: str,
    *,
    autocomplete: str = "off",
    width: int | Literal["stretch"] = FIELD_PIXELS,
) -> None:
    """``autocomplete``: what a password manager takes it for. ``take`` has what was typed."""
    st.text_input(
        label,
        type="password",
        key=key,
        autocomplete=autocomplete,
        max_chars=MOST_CHARACTERS,
        width=width,
    )


def take(key: str) -> str:
    """What was typed into a field, which is empty then."""
    typed = str(st.session_state.get(key, ""))
    st.session_state[key] = ""
    return typed


def close_memory() -> None:
    """For everybody at this server: their pages are locked, or made anew, at the next thing they
    do. What works in the background ends first."""
    keep_sweeping.clear()
    warm_up.clear()
    open_memory.clear()
    for key in OF_THE_CHAT:
        st.session_state.pop(key, None)


def can_lock() -> bool:
    """Not where the environment opens it again at once."""
    return passphrase_from_env() is None


def try_to_open(passphrase: str | None) -> StoreUnavailable | None:
    """What hinders it."""
    try:
        open_memory(passphrase)
    except StoreUnavailable as error:
        return error
    except AppError:
        return None  # told by the page that is drawn next
    return None
