"""One message of the chat: its text, what can be done with it, and what an answer was built on.

``draw_text`` draws every text, the answer that is still coming included: what was seen while it
streamed is what stands there afterwards.
"""

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from memory import (
    Ending,
    Memory,
    Message,
    MessageState,
    Role,
    Source,
    Status,
    failed_with,
)
from pages.parts.chat.asked import Asked
from pages.parts.chat.held import edit_field
from pages.parts.chat.kept_out import draw_masked, draw_not_kept, is_refused
from pages.parts.chat.remembered import Known, draw_put_back, draw_remembered
from pages.parts.chat.why import draw_why, telling
from pages.parts.copy import draw_copy
from pages.parts.fields import begin_with, leave
from pages.parts.models.state import draw_enter_key
from pages.parts.shared import attempt, count_of, literal, on_day, plain, visible
from pages.parts.whose import user

WANT_A_KEY = (Ending.KEY_MISSING, Ending.KEY_REFUSED)
AVATARS = {Role.USER: ":material/person:", Role.ASSISTANT: ".streamlit/icon.svg"}


@dataclass(frozen=True, slots=True)
class View:
    """What the messages of one run have in common."""

    memory: Memory
    known: Known
    marked: int | None
    """Id of the message that the conversation was opened at."""


def bubble(role: Role) -> DeltaGenerator:
    return st.chat_message(role.value, avatar=AVATARS.get(role))


def draw_text(role: Role, text: str) -> None:
    """The person's words are text; an answer is Markdown."""
    if role is Role.USER:
        st.text(visible(text))
    else:
        st.markdown(plain(text))


def draw_messages(view: View, messages: Sequence[Message], following: int) -> None:
    """``following``: how many more stand after these in the conversation."""
    asked: Message | None = None
    for number, message in enumerate(messages):
        after = following + len(messages) - number - 1
        with st.container(key="chat_marked") if message.id == view.marked else nullcontext():
            if message.state is MessageState.ERASED:
                bubble(message.role).caption(":material/ink_eraser: Erased")
            elif message.role is Role.USER:
                _draw_said(view.memory, message, after)
            else:
                _draw_answer(view, message, asked, after)
        asked = message if message.role is Role.USER else None


# -- what the person said -------------------------------------------------------------------


def _draw_said(memory: Memory, message: Message, after: int) -> None:
    """``after``: how many messages follow it."""
    with bubble(message.role):
        if st.session_state.get("chat_editing") == message.id:
            _draw_edit(message, after)
            return
        with st.container(horizontal=True, wrap=False, gap="xsmall", key=f"chat_said_{message.id}"):
            with st.container():
                draw_text(message.role, message.text)
            if after <= 1:
                _draw_edit_button(message)
            else:
                with st.popover(
                    "More",
                    key=f"chat_more_{message.id}",
                    type="tertiary",
                    icon=":material/more_horiz:",
                    help="Edit or copy",
                ):
                    _draw_edit_button(message)
                    draw_copy(message.text, f"chat_copy_{message.id}")
        draw_masked(memory, message)
        draw_not_kept(memory, message)


def _draw_edit_button(message: Message) -> None:
    st.button(
        "Edit",
        key=f"chat_edit_{message.id}",
        type="tertiary",
        icon=":material/edit:",
        on_click=_edit,
        args=(message.id,),
    )


def _edit(message_id: int | None) -> None:
    st.session_state["chat_editing"] = message_id


def _draw_edit(message: Message, after: int) -> None:
    field = edit_field(message.id)
    begin_with(field, message.text)
    st.text_area("Edit your message", key=field, label_visibility="collapsed")
    if after > 1:
        st.caption(
            f"This message and the {after} after it are replaced, and what I learnt from them is "
            "forgotten."
        )
    with st.container(horizontal=True):
        st.button(
            "Send",
            key="chat_edit_send",
            type="primary",
            on_click=_send_edit,
            args=(message.id,),
        )
        st.button("Cancel", key="chat_edit_cancel", on_click=_cancel_edit, args=(message.id,))


def _cancel_edit(message_id: int) -> None:
    leave(edit_field(message_id))
    _edit(None)


def _send_edit(message_id: int) -> None:
    """The text is in the session only until this run takes it up."""
    text = st.session_state.pop(edit_field(message_id), "")
    st.session_state["chat_editing"] = None
    st.session_state["chat_asked"] = Asked(text=text, replacing=message_id)


# -- the answer -----------------------------------------------------------------------------


def _draw_answer(view: View, message: Message, asked: Message | None, after: int) -> None:
    """``asked``: the message this one answers; what was remembered of it stands beneath."""
    with bubble(message.role):
        if message.text:
            draw_text(message.role, message.text)
        ending = _ending(view.memory, message)
        failed = ending not in (Ending.COMPLETE, Ending.STOPPED)
        _draw_sources(view, message)
        if asked is not None:
            draw_remembered(view.memory, view.known, asked)
        if asked is None or not is_refused(view.memory, asked):  # which says so itself
            draw_not_kept(view.memory, message)
        with st.container(
            horizontal=True, vertical_alignment="center", key=f"chat_became_answer_{message.id}"
        ):
            if not after:
                _draw_again(message.id, "Try again", ":material/refresh:")
                if failed:
                    _draw_again(message.id, "Answer from memory", ":material/book_2:", True)
                if ending in WANT_A_KEY:
                    draw_enter_key(f"chat_enter_key_{message.id}")
            if message.text or failed:
                draw_why(view.memory, message)
            if not after and message.text:
                draw_copy(message.text, f"chat_copy_{message.id}")


def _ending(memory: Memory, message: Message) -> Ending:
    """It is said why it is no more than it is."""
    if message.state is not MessageState.PARTIAL:
        return Ending.COMPLETE
    answered = memory.answered(user(), message.id)
    if answered is None or answered.ending is Ending.STOPPED:
        st.caption(":material/stop_circle: Stopped")
        return Ending.STOPPED
    st.warning(literal(str(failed_with(answered.ending, answered.model))), icon=":material/error:")
    return answered.ending


def _draw_again(answer_id: int, label: str, icon: str, from_memory: bool = False) -> None:
    st.button(
        label,
        key=f"chat_{'from_memory' if from_memory else 'again'}_{answer_id}",
        type="tertiary",
        icon=icon,
        on_click=_try_again,
        args=(answer_id, from_memory),
    )


def _try_again(answer_id: int, from_memory: bool) -> None:
    st.session_state["chat_editing"] = None
    st.session_state["chat_asked"] = Asked(answer=answer_id, from_memory=from_memory)


def _draw_sources(view: View, message: Message) -> None:
    sources = view.memory.sources(message.id)
    if not sources:
        return
    label = f"{count_of(len(sources), 'memory')} used"
    with st.expander(label, type="compact", key=f"chat_sources_{message.id}"):
        for source in sources:
            _draw_source(view.memory, message, source)


def _draw_source(memory: Memory, message: Message, source: Source) -> None:
    item = source.item
    st.markdown(f"> {literal(item.text)}")
    changed = f", corrected on {on_day(item.edited_at)}" if item.edited_at else ""
    st.caption(f"Told on {on_day(item.said_at)}{changed}. {literal(source.reason)}")
    if source.terms:
        numbers = " + ".join(f"{name} {value}" for name, value in telling(source.terms))
        st.caption(f"Score {source.score:.2f} = {numbers}. Cosine {source.similarity:.2f}.")
    key = f"chat_{message.id}_{item.id}"
    if item.status is Status.FORGOTTEN:
        draw_put_back(memory, [item], key)
    else:
        st.button(
            "Not right · Forget",
            key=f"{key}_forget",
            icon=":material/thumb_down:",
            on_click=attempt,
            args=(memory.forget, item.id),
        )
