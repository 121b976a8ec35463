"""What the dialog of models keeps in the session while it is open: no key, and nothing said."""

from dataclasses import dataclass
from typing import Literal

import streamlit as st

from memory import ModelChoice, ModelOffer, Server
from pages.parts.fields import leave

OPEN = "model_open"
GROUP, PROVIDER = "model_group", "model_provider"
OFFERS, CHOSEN, TESTED, LOOKED = "model_offers", "model_chosen", "model_tested", "model_looked"
LISTED, NAMED = "model_listed", "model_named"
"""Offers of elsewhere by their server, and the beginning of the key of the field that names one."""
PROBLEM = "model_problem"
KEY, KEYS = "model_key", "model_keys"
HERE, ELSEWHERE = "On this computer", "Elsewhere"


@dataclass(frozen=True, slots=True)
class Picked:
    """What is chosen in the dialog, and not used yet."""

    choice: ModelChoice | None
    """None: the built-in answerer."""


def open_dialog(is_open: bool = False) -> None:
    """Each time anew: servers come and go."""
    for key in (GROUP, PROVIDER, OFFERS, CHOSEN, TESTED, LOOKED, LISTED, PROBLEM):
        st.session_state.pop(key, None)
    for server in Server:
        st.session_state.pop(name_field(server), None)
    st.session_state[OPEN] = is_open


def name_field(server: Server) -> str:
    return f"{NAMED}_{server.name.lower()}"


def listed(server: Server) -> tuple[ModelOffer, ...] | None:
    """None: not listed yet."""
    offers: dict[Server, tuple[ModelOffer, ...]] = st.session_state.get(LISTED, {})
    return offers.get(server)


def put_on_list(server: Server, offers: tuple[ModelOffer, ...]) -> None:
    st.session_state[LISTED] = {**st.session_state.get(LISTED, {}), server: offers}


def forget_tested() -> None:
    st.session_state.pop(TESTED, None)


# -- keys, which the session must not keep --------------------------------------------------


def key_field() -> str:
    """Another one after each use: the page keeps what was typed in a field that stays."""
    return f"{KEY}_{st.session_state.get(KEYS, 0)}"


def take_key() -> str:
    """What was typed, which is in the session no more."""
    field = key_field()
    key: str = st.session_state.get(field, "").strip()
    leave(field)
    st.session_state[KEYS] = st.session_state.get(KEYS, 0) + 1
    return key


def draw_enter_key(key: str, kind: Literal["primary", "tertiary"] = "tertiary") -> None:
    """The way to the dialog, where a key is wanted."""
    st.button(
        "Enter the key",
        key=key,
        type=kind,
        icon=":material/key:",
        on_click=open_dialog,
        args=(True,),
    )
