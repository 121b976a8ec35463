"""A server at an address that the person gives: on this computer, or elsewhere."""

import streamlit as st

from memory import AppError, KeyRefused, Memory, ModelNotConnected, ModelOffer, Server
from pages.parts.models.state import (
    CHOSEN,
    ELSEWHERE,
    GROUP,
    LOOKED,
    OFFERS,
    PROVIDER,
    forget_tested,
    key_field,
    name_field,
    put_on_list,
    take_key,
)
from pages.parts.shared import count_of, literal

ADDRESS, PASSES_ON = "model_address", "model_passes_on"
EXAMPLE = {False: "http://127.0.0.1:8080", True: "https://models.example.com/v1"}
NOT_HERE = "It is not on this computer, or passes on what it is asked"
AT_ADDRESS: dict[type[AppError], str] = {
    ModelNotConnected: "Nothing answers there. Start the server, or correct the address.",
    KeyRefused: "The server wants a key, or another one. Enter it, and look again.",
}
KEY_HELP = "Kept until Recollect ends; stored nowhere."


def draw_address(memory: Memory, *, is_elsewhere: bool) -> None:
    with st.form("model_look", border=False):
        st.text_input("Address", key=ADDRESS, placeholder=EXAMPLE[is_elsewhere])
        st.text_input("Key", key=key_field(), type="password", help=KEY_HELP)
        if not is_elsewhere:
            st.checkbox(
                NOT_HERE,
                key=PASSES_ON,
                help="Then what you say to it leaves this computer: it is masked, shown to you "
                "first, and counted.",
            )
        st.form_submit_button(
            "Look there", key="model_look_there", on_click=_look, args=(memory, is_elsewhere)
        )
    if looked := st.session_state.get(LOOKED):
        st.caption(literal(looked))


def _look(memory: Memory, is_elsewhere: bool) -> None:
    address, key = st.session_state.get(ADDRESS, "").strip(), take_key()
    leaves = is_elsewhere or st.session_state.get(PASSES_ON, False)
    try:
        found = memory.find_models_at(address, key=key, elsewhere=leaves)
    except AppError as error:
        st.session_state[LOOKED] = AT_ADDRESS.get(type(error), str(error))
        return
    if not found:
        st.session_state[LOOKED] = "The server has no model. Load one there, and look again."
        return
    forget_tested()
    if leaves:
        _offer_elsewhere(found)
    else:
        _offer_here(found)


def _offer_here(found: tuple[ModelOffer, ...]) -> None:
    known = {offer.choice: offer for offer in st.session_state.get(OFFERS, ())}
    offers = known | {each.choice: each for each in found}
    st.session_state[OFFERS] = tuple(offers.values())
    st.session_state[LOOKED] = f"{count_of(len(found), 'model')} found; see the list above."
    st.session_state[CHOSEN] = 1 + list(offers).index(found[0].choice)


def _offer_elsewhere(found: tuple[ModelOffer, ...]) -> None:
    put_on_list(Server.ELSEWHERE, found)
    st.session_state[LOOKED] = f"{count_of(len(found), 'model')} found."
    st.session_state[GROUP], st.session_state[PROVIDER] = ELSEWHERE, Server.ELSEWHERE
    st.session_state[name_field(Server.ELSEWHERE)] = found[0].choice.model
