"""The models elsewhere: whose they are, the key for them, and which there are.

Nobody is asked anything but by the buttons that say so.
"""

import streamlit as st

from memory import AppError, KeySource, Memory, ModelChoice, ModelOffer, Provider, Server
from pages.parts.models.address import KEY_HELP, draw_address
from pages.parts.models.state import (
    LOOKED,
    PROBLEM,
    PROVIDER,
    Picked,
    forget_tested,
    key_field,
    listed,
    name_field,
    put_on_list,
    take_key,
)
from pages.parts.models.words import (
    elsewhere,
    in_short,
    is_in_the_clear,
    size_and_price,
    where,
)
from pages.parts.shared import count_of, literal

ANOTHER = "Another address"
ABOUT_ADDRESS = (
    "Of any OpenAI-compatible server on another computer, or of a program on this one that passes "
    "on what it is asked. What you say to it leaves this computer."
)
IN_THE_CLEAR = (
    "The address begins with http, not https: on its way everything is sent in the clear, and can "
    "be read and changed by whoever passes it on."
)
LOOPBACK = ("http://127.", "http://localhost", "http://[::1]")


def draw_elsewhere(memory: Memory, user: str) -> Picked | None:
    """None: none is picked yet."""
    now = elsewhere(memory, user)
    providers = {each.server: each for each in memory.providers()}
    if PROVIDER not in st.session_state:
        st.session_state[PROVIDER] = now.server if now else next(iter(providers))
    chosen: Server = st.pills(
        "Whose",
        [*providers, Server.ELSEWHERE],
        key=PROVIDER,
        required=True,
        format_func=lambda server: ANOTHER if server is Server.ELSEWHERE else server.value,
        label_visibility="collapsed",
        on_change=_another,
    )
    if chosen is Server.ELSEWHERE:
        st.caption(ABOUT_ADDRESS)
        draw_address(memory, is_elsewhere=True)
    else:
        _draw_key(memory, providers[chosen])
    offers = _offers(memory, chosen, now)
    offer = _draw_models(chosen, offers, now)
    if chosen is not Server.ELSEWHERE:
        _draw_look_up(memory, providers[chosen])
    if offer is None:
        return None
    if offer.choice != now or offer in (listed(chosen) or ()):  # of one in use less is known here
        _draw_cost(offer, is_listed=offer in offers)
    if is_in_the_clear(offer.choice):
        _draw_in_the_clear(offer.choice)
    return Picked(offer.choice)


def _another() -> None:
    forget_tested()
    st.session_state.pop(LOOKED, None)


# -- the key --------------------------------------------------------------------------------


def _draw_key(memory: Memory, provider: Provider) -> None:
    if provider.key_from is KeySource.ENVIRONMENT:
        st.caption(f":material/key: Its key comes from `{provider.variable}`.")
    elif provider.key_from is KeySource.TYPED:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(f":material/key: You typed its key. {KEY_HELP}", width="content")
            st.button(
                "Forget it",
                key="model_forget_key",
                type="tertiary",
                on_click=_set_key,
                args=(memory, provider.server, ""),
            )
    else:
        with st.form("model_key_form", border=False):
            st.text_input("Key", key=key_field(), type="password")
            st.caption(f"{KEY_HELP} It can also be set as `{provider.variable}`.")
            st.form_submit_button(
                "Take this key",
                key="model_take_key",
                on_click=_take_key,
                args=(memory, provider.server),
            )


def _take_key(memory: Memory, server: Server) -> None:
    if key := take_key():
        _set_key(memory, server, key)


def _set_key(memory: Memory, server: Server, key: str) -> None:
    forget_tested()
    try:
        memory.set_key(server, key)
    except AppError as error:
        st.session_state[PROBLEM] = str(error)


# -- which there are ------------------------------------------------------------------------


def _offers(memory: Memory, server: Server, now: ModelChoice | None) -> tuple[ModelOffer, ...]:
    """By the table that comes with Recollect, or as they were looked up. The one in use is among
    them."""
    found = listed(server)
    if found is None and server is not Server.ELSEWHERE:
        with st.spinner("Reading the list of models"):
            found = memory.provider_models(server)
        put_on_list(server, found)
    found = found or ()
    if now is not None and now.server is server and now not in [each.choice for each in found]:
        found = (*found, ModelOffer(now))
    return found


def _draw_models(
    server: Server, offers: tuple[ModelOffer, ...], now: ModelChoice | None
) -> ModelOffer | None:
    """A name that is on no list can be typed, too."""
    if not offers and server is Server.ELSEWHERE:
        return None
    known = {offer.choice.model: offer for offer in offers}
    field = name_field(server)
    if field not in st.session_state and now is not None and now.server is server:
        st.session_state[field] = now.model
    name: str | None = st.selectbox(
        "Model",
        list(known),
        index=None,
        key=field,
        format_func=lambda model: in_short(known[model]) if model in known else model,
        help="With how many tokens it reads, and what a million of them costs, in and out.",
        placeholder="Choose one, or type its name",
        accept_new_options=True,
        on_change=forget_tested,
    )
    if not name or not name.strip():
        return None
    address = offers[0].choice.address if server is Server.ELSEWHERE else ""
    return known.get(name) or ModelOffer(ModelChoice(server, name.strip(), address))


def _draw_look_up(memory: Memory, provider: Provider) -> None:
    st.button(
        "Look up its models now",
        key="model_look_up",
        type="tertiary",
        icon=":material/sync:",
        help=f"{provider.server} is asked for its list, with your key and nothing else.",
        on_click=_look_up,
        args=(memory, provider.server),
    )
    if looked := st.session_state.get(LOOKED):
        st.caption(literal(looked))


def _look_up(memory: Memory, server: Server) -> None:
    try:
        found = memory.provider_models(server, look_up=True)
    except AppError as error:
        st.session_state[LOOKED] = str(error)
        return
    put_on_list(server, found)
    st.session_state[LOOKED] = f"{count_of(len(found), 'model')} found."


def _draw_cost(offer: ModelOffer, *, is_listed: bool) -> None:
    if told := size_and_price(offer):
        st.caption(literal(told.capitalize()))
    if not is_listed:
        st.caption(
            ":material/info: It is not on the list: what it costs may not be known, and is not "
            "counted in your monthly budget then."
        )
    elif offer.price is None:
        st.caption(
            ":material/info: Nobody says what it costs: it is not counted in your monthly budget."
        )


def _draw_in_the_clear(choice: ModelChoice) -> None:
    if choice.address.startswith(LOOPBACK):
        st.caption(f"{where(choice)}: a program on this computer passes it on.")
    else:
        st.warning(IN_THE_CLEAR, icon=":material/lock_open:")
