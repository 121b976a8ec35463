"""What was not stored of a message, said at the message: what was masked in it, and why it was not
kept; and what the person can do about each."""

from collections.abc import Callable, Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from memory import (
    PURPOSES,
    SENSITIVE,
    DataClass,
    Label,
    Memory,
    Message,
)
from pages.parts.chat.asked import Asked
from pages.parts.shared import (
    agreed,
    attempt,
    count_of,
    literal,
    remembering,
)
from pages.parts.whose import user

MASKED = {
    Label.EMAIL: "an e-mail address",
    Label.IBAN: "a bank account",
    Label.CREDIT_CARD: "a card number",
    Label.SSN: "a social security number",
    Label.DOB: "a date of birth",
    Label.ADDRESS: "an address",
    Label.ID: "an identifier",
    Label.IP: "an IP address",
    Label.PHONE: "a phone number",
    Label.NAME: "a name",
}
KEPT = "chat_values_kept"
"""Id of the message whose values were kept last."""
ALLOWING = "chat_allowing"
"""Id of the message that the consent to keep it is asked at."""


def _line(message: Message) -> DeltaGenerator:
    """What is so with a message, and what can be done about it."""
    return st.container(
        horizontal=True,
        vertical_alignment="center",
        gap="small",
        key=f"chat_privacy_{message.id}",
    )


# -- what was masked ------------------------------------------------------------------------


def draw_masked(memory: Memory, message: Message) -> None:
    """Under the person's message: for some minutes, what was masked can be kept after all."""
    hidden = [label for label in message.masked if label is not Label.SECRET]
    keepable = memory.keepable(message.id) if hidden and message.id > 0 else ()
    if keepable:
        with _line(message):
            _draw_masked_line(keepable)
            _draw_keep(memory, message.id, len(keepable))
    if others := [label for label in hidden if label not in keepable]:
        _draw_masked_line(others)
    if Label.SECRET in message.masked:
        st.caption(":material/key_off: A password or key was left out; it is stored nowhere")
    if st.session_state.get(KEPT) == message.id:
        st.caption(":material/visibility: Kept on this computer, as you said")


def _draw_masked_line(labels: Sequence[Label]) -> None:
    what = ", ".join(MASKED[label] for label in labels)
    st.caption(f":material/visibility_off: Masked before storing: {what}", width="content")


def _draw_keep(memory: Memory, message_id: int, count: int) -> None:
    st.button(
        f"Keep {'it' if count == 1 else 'them'} on this computer",
        key=f"chat_keep_{message_id}",
        type="tertiary",
        icon=":material/visibility:",
        help="Stored as you typed it, here and wherever you say it again. In Privacy you can have "
        "it masked again from then on.",
        on_click=attempt,
        args=(_keep, memory, message_id),
    )


def _keep(memory: Memory, message_id: int) -> None:
    memory.keep(message_id)
    st.session_state[KEPT] = message_id


# -- what was not kept ----------------------------------------------------------------------


def is_refused(memory: Memory, message: Message) -> bool:
    """Sensitive, and said without consent to keep such things: it lives in the process only."""
    sensitive = message.data_class is DataClass.SENSITIVE
    return message.id < 0 and bool(message.note) and sensitive and remembering(memory)


def draw_not_kept(memory: Memory, message: Message) -> None:
    """Why a message, or an answer, that should have been stored was not."""
    if is_refused(memory, message):
        _draw_refused(memory, message)
    elif message.id < 0 and message.note:
        st.caption(f":material/warning: Not saved. {literal(message.note)}")


def _draw_refused(memory: Memory, message: Message) -> None:
    allowed = agreed(memory, SENSITIVE)
    if st.session_state.get(ALLOWING) == message.id and not allowed:
        _draw_consent(memory, message)
        return
    note = literal(message.note)
    why = (
        f"Not kept when you said it: “{note}”"  # as it was then; by now it may be kept
        if allowed
        else f"Not kept: {note[:1].lower()}{note[1:]}"
    )
    with _line(message):
        st.caption(f":material/lock: {why}", width="content")
        if allowed:
            again = (_send_again, memory, message.conversation_id, message.id)
            _draw_unlock("Keep it now", message.id, attempt, *again)
        else:
            _draw_unlock("Allow and keep", message.id, _consider, message.id)


def _draw_unlock(label: str, message_id: int, on_click: Callable[..., None], *args: object) -> None:
    st.button(
        label,
        key=f"chat_sensitive_{message_id}",
        type="tertiary",
        icon=":material/bookmark_add:",
        on_click=on_click,
        args=args,
    )


def _draw_consent(memory: Memory, message: Message) -> None:
    """The exact words that are agreed to, and what else happens."""
    purpose = PURPOSES[SENSITIVE]
    with st.container(border=True, key="chat_sensitive_consent", gap="small"):
        st.markdown(f":material/lock: **{purpose.title}**")
        st.markdown(purpose.text)
        st.caption(_consequence(memory, message))
        with st.container(horizontal=True):
            st.button(
                "Allow and keep",
                key="chat_sensitive_allow",
                type="primary",
                on_click=attempt,
                args=(_allow, memory, message.conversation_id, message.id),
            )
            st.button("Not now", key="chat_sensitive_not_now", on_click=_consider, args=(None,))


def _consequence(memory: Memory, message: Message) -> str:
    """What is sent again takes with it what followed and lives in the process only."""
    standing = memory.messages(message.conversation_id, user_id=user())
    followed = [other for other in standing if other.id < 0 and other.id < message.id]
    lost = len(followed) - 1  # its own answer is given anew
    words = "This message is sent again, so that it is kept and answered anew."
    if lost > 0:
        words += f" {count_of(lost, 'later message')} that {'is' if lost == 1 else 'are'} not "
        words += "kept will be gone."
    return f"{words} You can withdraw this in Privacy at any time."


def _consider(message_id: int | None) -> None:
    st.session_state[ALLOWING] = message_id


def _allow(memory: Memory, conversation: str, message_id: int) -> None:
    memory.grant(user(), SENSITIVE)
    _send_again(memory, conversation, message_id)


def _send_again(memory: Memory, conversation: str, message_id: int) -> None:
    """The text is in the session only until this run takes it up."""
    _consider(None)
    st.session_state["chat_editing"] = None
    for message in memory.messages(conversation, user_id=user()):
        if message.id == message_id:
            st.session_state["chat_asked"] = Asked(text=message.text, replacing=message_id)
