"""Chat: say something, get an answer from memory, see what was remembered and what was used."""

import time
import uuid
from collections.abc import Iterator

import streamlit as st

from memory import (
    AppError,
    Conversation,
    Memory,
    MemoryItem,
    Message,
    MessageState,
    Reply,
    Role,
    Source,
    Status,
)
from pages._shared import (
    PERSONALIZATION,
    USER,
    draw_empty,
    draw_error,
    enter,
    literal,
    on_day,
    plain,
    remembering,
    shorten,
    undo_minutes_left,
)
from pages._sidebar import page_part

SHOWN = 50
"""Messages drawn at first: hundreds take seconds to draw."""
RECENT = 8
"""Conversations in the sidebar before “All conversations”."""
AVATARS = {Role.USER: ":material/person:", Role.ASSISTANT: ".streamlit/icon.svg"}
SUGGESTIONS = (
    "What do you know about me?",
    "I prefer short answers with examples.",
    "What can you do?",
)
MASKED = {
    "SECRET": "a password or key",
    "EMAIL": "an e-mail address",
    "IBAN": "a bank account",
    "CREDIT_CARD": "a card number",
    "SSN": "a social security number",
    "DOB": "a date of birth",
    "ADDRESS": "an address",
    "ID": "an identifier",
    "IP": "an IP address",
    "PHONE": "a phone number",
    "NAME": "a name",
}


def draw() -> None:
    memory = enter("pages/chat.py")
    conversation = _current_conversation(memory)
    _draw_conversations(memory, conversation)
    messages = memory.messages(conversation, user_id=USER)
    st.title("Chat", anchor=False)
    welcome = st.empty()
    if not messages:
        with welcome.container():
            _draw_welcome(memory)
    _draw_messages(memory, messages)
    turn = st.container()
    _draw_consent(memory)
    prompt = st.chat_input(
        "Tell me something, or ask what I remember", key="chat_input", submit_mode="stop"
    )
    prompt = prompt or st.session_state.pop("chat_suggested", None)
    if prompt:
        welcome.empty()
        with turn:
            _take_turn(memory, conversation, prompt)


# -- conversations --------------------------------------------------------------------------


def _current_conversation(memory: Memory) -> str:
    """The one in the address; else the one of this session; else the latest; else a new one."""
    chosen = st.query_params.get("c") or st.session_state.get("chat_conversation")
    if not chosen:
        latest = memory.conversations(USER)[:1]
        chosen = latest[0].id if latest else uuid.uuid4().hex
    st.session_state["chat_conversation"] = chosen
    if remembering(memory):
        st.query_params["c"] = chosen
    return str(chosen)


def _open_conversation(conversation: str) -> None:
    st.session_state["chat_conversation"] = conversation
    st.session_state.pop("chat_shown", None)
    st.query_params.pop("c", None)


def _draw_conversations(memory: Memory, current: str) -> None:
    conversations = memory.conversations(USER)
    with page_part():
        st.space("xsmall")
        st.button(
            "New conversation",
            key="chat_new",
            icon=":material/add:",
            width="stretch",
            on_click=_open_conversation,
            args=(uuid.uuid4().hex,),
        )
        for conversation in conversations[:RECENT]:
            _draw_conversation(conversation, current)
        if len(conversations) > RECENT:
            with st.expander("Earlier", key="chat_earlier", type="compact"):
                for conversation in conversations[RECENT:]:
                    _draw_conversation(conversation, current)


def _draw_conversation(conversation: Conversation, current: str) -> None:
    st.button(
        literal(shorten(conversation.title, 34)) or "Conversation",
        key=f"chat_open_{conversation.id}",
        type="secondary" if conversation.id == current else "tertiary",
        help=f"{conversation.message_count} messages, last on {on_day(conversation.updated_at)}",
        on_click=_open_conversation,
        args=(conversation.id,),
    )


# -- one turn -------------------------------------------------------------------------------


def _take_turn(memory: Memory, conversation: str, prompt: str) -> None:
    """The typed text shows at once; after the answer all is drawn again, as it was stored."""
    said, answer = st.empty(), st.empty()
    said.chat_message("user", avatar=AVATARS[Role.USER]).text(prompt)
    reply: Reply | None = None
    try:
        with (
            answer.chat_message("assistant", avatar=AVATARS[Role.ASSISTANT]),
            st.spinner("One moment"),
        ):
            reply = memory.respond(USER, prompt, conversation_id=conversation)
        with answer.chat_message("assistant", avatar=AVATARS[Role.ASSISTANT]):
            # Without a cursor: Stop would leave it standing behind the last word.
            st.write_stream(_paced(reply, memory.settings.words_per_second))
    except AppError as error:
        answer.empty()
        draw_error(error)
        if reply is None:
            said.empty()
            _draw_unsent(prompt)
        return
    finally:
        # Stop raises through this script: what has arrived is kept.
        if reply is not None:
            reply.close()
    st.rerun()


def _paced(reply: Reply, words_per_second: int) -> Iterator[str]:
    """The built-in answerer is done at once: its words come at the pace of reading, so that they
    can be stopped. A model sets its own pace."""
    for piece in reply:
        yield plain(piece)
        if words_per_second and reply.sent is None:
            time.sleep(1 / words_per_second)


def _draw_unsent(prompt: str) -> None:
    st.caption("Your message was not sent. Here it is, to copy:")
    st.code(prompt, language=None, wrap_lines=True, height=160)


# -- messages -------------------------------------------------------------------------------


def _draw_messages(memory: Memory, messages: list[Message]) -> None:
    shown = st.session_state.get("chat_shown", SHOWN)
    if len(messages) > shown:
        st.button(
            f"Show earlier ({len(messages) - shown})",
            key="chat_show_earlier",
            on_click=lambda: st.session_state.update(chat_shown=shown + SHOWN),
        )
    asked: Message | None = None
    for message in messages[-shown:]:
        _draw_message(memory, message, asked)
        asked = message if message.role is Role.USER else None


def _draw_message(memory: Memory, message: Message, asked: Message | None) -> None:
    """``asked``: the message this one answers; what was remembered of it stands beneath."""
    with st.chat_message(message.role.value, avatar=AVATARS[message.role]):
        if message.state is MessageState.ERASED:
            st.caption(":material/ink_eraser: Erased")
            return
        if message.role is Role.USER:
            st.text(message.text)
        else:
            st.markdown(plain(message.text))
        if message.state is MessageState.PARTIAL:
            st.caption(":material/stop_circle: Stopped")
        if message.role is Role.ASSISTANT:
            if message.id > 0:
                _draw_sources(memory, message)
            if asked is not None:
                _draw_remembered(memory, asked)


def _draw_sources(memory: Memory, message: Message) -> None:
    sources = memory.sources(message.id)
    if not sources:
        return
    label = "1 memory used" if len(sources) == 1 else f"{len(sources)} memories used"
    with st.expander(label, type="compact", key=f"chat_sources_{message.id}"):
        for source in sources:
            _draw_source(memory, message, source)


def _draw_source(memory: Memory, message: Message, source: Source) -> None:
    item = source.item
    st.markdown(f"> {literal(item.text)}")
    changed = f", corrected on {on_day(item.edited_at)}" if item.edited_at else ""
    st.caption(f"Told on {on_day(item.said_at)}{changed}. {source.reason}")
    if source.terms:
        numbers = " + ".join(f"{name} {value:.2f}" for name, value in source.terms.items())
        st.caption(f"Score {source.score:.2f} = {numbers}. Cosine {source.similarity:.2f}.")
    key = f"chat_{message.id}_{item.id}"
    if item.status is Status.FORGOTTEN:
        _draw_put_back(memory, item, key)
    else:
        st.button(
            "Not right · Forget",
            key=f"{key}_forget",
            icon=":material/thumb_down:",
            on_click=_do,
            args=(memory.forget, item.id),
        )


def _draw_remembered(memory: Memory, asked: Message) -> None:
    if asked.masked:
        _draw_masked(asked)
    if asked.id < 0:
        return
    for item in memory.memories_of(asked.id):
        key = f"chat_remembered_{item.id}"
        with st.container(horizontal=True, vertical_alignment="center"):
            if item.status is Status.FORGOTTEN:
                _draw_put_back(memory, item, key)
                continue
            st.caption(f":material/bookmark_added: Remembered: {_in_words(memory, item)}")
            st.button(
                "Undo",
                key=f"{key}_undo",
                type="tertiary",
                icon=":material/undo:",
                on_click=_do,
                args=(memory.forget, item.id),
            )


def _draw_put_back(memory: Memory, item: MemoryItem, key: str) -> None:
    minutes = undo_minutes_left(memory, item)
    st.caption(
        ":material/ink_eraser: Forgotten. It is erased for good, here too, "
        f"in about {minutes} min or when Recollect closes."
    )
    st.button(
        "Put back",
        key=f"{key}_restore",
        type="tertiary",
        icon=":material/undo:",
        on_click=_do,
        args=(memory.restore, item.id),
    )


def _draw_masked(asked: Message) -> None:
    labels = [label.value for label in asked.masked]
    hidden = [MASKED[label] for label in labels if label != "SECRET"]
    if hidden:
        st.caption(f":material/visibility_off: Masked before storing: {', '.join(hidden)}")
    if "SECRET" in labels:
        st.caption(":material/key_off: A password or key was left out; it is stored nowhere")


def _in_words(memory: Memory, item: MemoryItem) -> str:
    """“your name is Maya, your database is PostgreSQL 14, “Hi, I'm Maya. I work on …””."""
    fields = [
        f"your {field.field} is {literal(field.value)}"
        for field in reversed(memory.profile(USER))
        if field.source_memory_id == item.id
    ]
    return ", ".join([*fields, f"“{literal(shorten(item.text))}”"])


def _do(action: object, item_id: int) -> None:
    """A button's action; what was erased meanwhile is said in words."""
    try:
        action(item_id)  # type: ignore[operator]
    except AppError as error:
        st.toast(str(error), icon=":material/error:")


# -- first steps ----------------------------------------------------------------------------


def _draw_welcome(memory: Memory) -> None:
    if memory.items(USER):
        draw_empty("A new conversation", "What you told me before is still here. Ask for it.")
    else:
        draw_empty(
            "Tell me something worth remembering",
            "Your name, what you work on, what you prefer. Come back tomorrow and ask.",
        )
    with st.container(horizontal=True, horizontal_alignment="center"):
        for number, suggestion in enumerate(SUGGESTIONS):
            st.button(
                suggestion,
                key=f"chat_suggestion_{number}",
                on_click=_suggest,
                args=(number,),
            )


def _suggest(number: int) -> None:
    st.session_state["chat_suggested"] = SUGGESTIONS[number]


def _draw_consent(memory: Memory) -> None:
    """Asks once a session, without blocking; afterwards only a quiet line."""
    if remembering(memory):
        return
    if st.session_state.get("chat_not_now"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(":material/bookmark_remove: Not remembering")
            _draw_turn_on(memory, "Turn on", "tertiary")
        return
    with st.container(border=True, key="chat_consent"):
        st.markdown("**May I remember what you tell me?**")
        st.caption(
            "Conversations and what I learn from them are kept in one file on this computer, so "
            "that I can use them next time. Nothing is sent anywhere. You can see, correct and "
            "erase all of it, and say no again at any time."
        )
        with st.container(horizontal=True):
            _draw_turn_on(memory, "Yes, remember", "primary")
            st.button(
                "Not now",
                key="chat_consent_not_now",
                on_click=lambda: st.session_state.update(chat_not_now=True),
            )


def _draw_turn_on(memory: Memory, label: str, kind: str) -> None:
    st.button(
        label,
        key="chat_consent_yes",
        type=kind,  # type: ignore[arg-type]
        on_click=memory.grant,
        args=(USER, PERSONALIZATION),
    )


draw()
