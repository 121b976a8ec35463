"""Before anything leaves this computer: exactly what would, shown on a card that asks; or why it
may not, with the ways on."""

import streamlit as st

from memory import (
    PURPOSES,
    REMOTE_MODEL,
    AppError,
    BudgetSpent,
    ConsentRequired,
    KeyMissing,
    KeyRefused,
    Memory,
    ModelPlace,
    ModelUnavailable,
    NotAsShown,
    Outgoing,
    Review,
    Role,
    StaysHome,
)
from pages.parts.chat.asked import Asked
from pages.parts.chat.conversations import Place
from pages.parts.chat.held import LOOKS_FIRST, Held, answer_from_memory, send, take_back
from pages.parts.chat.messages import bubble, draw_text
from pages.parts.chat.outgoing import draw_outgoing
from pages.parts.models.state import draw_enter_key
from pages.parts.models.words import elsewhere
from pages.parts.shared import attempt, literal
from pages.parts.whose import user

HINDRANCES = (ConsentRequired, StaysHome, BudgetSpent, ModelUnavailable)
"""What has a way on, while what was asked waits."""
ALWAYS = "chat_review_always"
NOT_AGREED = "Nothing was sent: you have not agreed that anything goes to a model elsewhere."


def may_ask_first(memory: Memory, asked: Asked) -> bool:
    """Only then is it worked out ahead what would be sent: it takes as long as a turn."""
    if asked.as_shown or asked.from_memory:
        return False
    if st.session_state.get(LOOKS_FIRST):
        return True
    try:
        return memory.asks_before_sending(user())
    except ModelUnavailable:  # such as without its key: the card says so, and how to go on
        return elsewhere(memory, user()) is not None


def asks_first(memory: Memory, place: Place, asked: Asked) -> bool:
    """Also where something hinders it. Raises what else is wrong with it."""
    try:
        goes = _outgoing(memory, place, asked)
    except HINDRANCES:
        return True
    return goes is not None and (goes.asks_first or bool(st.session_state.get(LOOKS_FIRST)))


def _outgoing(memory: Memory, place: Place, asked: Asked) -> Outgoing | None:
    if asked.answer is not None:
        return memory.outgoing_anew(user(), asked.answer)
    return memory.outgoing(
        user(),
        asked.text,
        conversation_id=place.id,
        private=place.private,
        replacing=asked.replacing,
    )


def draw_held(memory: Memory, place: Place, held: Held) -> None:
    """What was asked, and the card."""
    if held.asked.text:
        with bubble(Role.USER):
            draw_text(Role.USER, held.asked.text)
    with st.container(border=True, key="chat_before_sending"):
        try:
            with st.spinner("One moment"):
                goes = _outgoing(memory, place, held.asked)
        except AppError as error:
            _draw_hindrance(memory, error)
            return
        if held.changed:
            st.warning(str(NotAsShown()), icon=":material/sync_problem:")
        if goes is None:
            st.markdown("No model is asked any more: it is answered from memory.")
            _draw_decision("", None)
            return
        _draw_review(memory, goes)


# -- what would be sent ---------------------------------------------------------------------


def _draw_review(memory: Memory, goes: Outgoing) -> None:
    draw_outgoing(memory, goes, "chat_review")
    _draw_decision(goes.digest, memory if goes.place is ModelPlace.REMOTE else None)


# A fragment: a second click does not end the run that the first one has begun.
@st.fragment
def _draw_decision(digest: str, memory: Memory | None) -> None:
    """``memory``: where the person can choose to be asked every time."""
    with st.container(horizontal=True):
        pressed = [
            st.button(
                "Send",
                key="chat_review_send",
                type="primary",
                icon=":material/send:",
                on_click=send,
                args=(digest,),
            ),
            _from_memory(),
            _do_not_send(),
        ]
    if memory is not None:
        st.session_state[ALWAYS] = memory.sending_review(user()) is Review.ALWAYS
        st.checkbox("Show me this every time", key=ALWAYS, on_change=choose_review, args=(memory,))
    if any(pressed):
        st.rerun()


def _from_memory() -> bool:
    return st.button(
        "Answer from memory",
        key="chat_review_from_memory",
        icon=":material/book_2:",
        help="By the built-in answerer: nothing is sent.",
        on_click=answer_from_memory,
    )


def _do_not_send() -> bool:
    return st.button(
        "Don’t send",
        key="chat_review_back",
        icon=":material/undo:",
        help="What you wrote goes back to where you wrote it.",
        on_click=take_back,
    )


def choose_review(memory: Memory) -> None:
    when = Review.ALWAYS if st.session_state[ALWAYS] else Review.FIRST
    attempt(memory.set_sending_review, user(), when)


# -- what hinders it ------------------------------------------------------------------------


def _draw_hindrance(memory: Memory, error: AppError) -> None:
    asks = isinstance(error, ConsentRequired) and error.purpose == REMOTE_MODEL
    st.warning(NOT_AGREED if asks else literal(str(error)), icon=":material/block:")
    if asks:
        purpose = PURPOSES[REMOTE_MODEL]
        st.markdown(f":material/handshake: **{purpose.title}**")
        st.markdown(purpose.text)
        st.caption("Once you agree you see exactly what would go, and decide.")
    _draw_ways_on(memory, asks=asks, keys=isinstance(error, KeyMissing | KeyRefused))
    if isinstance(error, StaysHome):
        _draw_link("What may be sent", "retention", ":material/tune:")
    elif isinstance(error, BudgetSpent):
        _draw_link("The budget", "sent", ":material/account_balance_wallet:")


def _draw_ways_on(memory: Memory, *, asks: bool, keys: bool) -> None:
    with st.container(horizontal=True):
        if asks:
            st.button(
                "Agree",
                key="chat_review_agree",
                type="primary",
                icon=":material/handshake:",
                on_click=attempt,
                args=(memory.grant, user(), REMOTE_MODEL),
            )
        elif keys:
            draw_enter_key("chat_review_key", "primary")
        else:
            st.button("Look again", key="chat_review_again", icon=":material/refresh:")
        _from_memory()
        _do_not_send()


def _draw_link(label: str, view: str, icon: str) -> None:
    st.page_link("pages/privacy.py", label=label, icon=icon, query_params={"view": view})
