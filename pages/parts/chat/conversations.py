"""Conversations beside the chat: which one is open, the list in the sidebar, and the search."""

import re
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from memory import AppError, Conversation, Memory, Message, Role
from pages.parts.chat.held import leave_conversation
from pages.parts.chat.private import PRIVATE, end_private_chat, gone_with_the_session
from pages.parts.shared import literal, on_day, remembering, shorten
from pages.parts.sidebar import page_part
from pages.parts.whose import user

RECENT = 8
"""Conversations in the sidebar before “Earlier”."""
EARLIER = 50
"""Drawn there: what is older is found by searching."""
RESULTS = 20
SNIPPET_BEFORE = 24
SNIPPET_CHARACTERS = 90
UNTITLED = "Empty conversation"
LATE_SECONDS = 3
"""How long after leaving a conversation a run may still come with its address: one that a timer
asked for before the browser had the new one."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the person is in the chat."""

    id: str
    private: bool
    """Nothing of it is stored."""
    stored: Conversation | None
    """What is kept of it; None as long as that is nothing."""
    opened_at: int | None
    """Id of the message it was opened at; None: at its end."""


# -- which one is open ----------------------------------------------------------------------


def current_place(memory: Memory) -> Place:
    """The conversation in the address; else the one of this session; else the latest; else a
    new one."""
    if _comes_late():
        st.query_params.pop("c")
    private = st.session_state.get(PRIVATE)
    if private and "c" not in st.query_params:
        gone_with_the_session(memory, user(), private)
        return Place(private, True, None, None)
    if private:
        end_private_chat(memory)
    known = memory.conversations(user())
    chosen = st.query_params.get("c") or st.session_state.get("chat_conversation")
    if not chosen:
        chosen = known[0].id if known else uuid.uuid4().hex
    st.session_state["chat_conversation"] = chosen
    if remembering(memory):
        st.query_params["c"] = chosen
    else:
        gone_with_the_session(memory, user(), chosen)
    stored = next((one for one in known if one.id == chosen), None)
    return Place(chosen, False, stored, _opened_at(memory, chosen))


def _comes_late() -> bool:
    """Whether the address is that of a conversation which was just left for another one."""
    address = st.query_params.get("c")
    if "m" in st.query_params or address == st.session_state.get("chat_conversation"):
        return False
    left_at = st.session_state.get("chat_left", {}).get(address)
    return left_at is not None and time.monotonic() - left_at < LATE_SECONDS


def _opened_at(memory: Memory, conversation: str) -> int | None:
    wanted = st.query_params.get("m", "")
    if not wanted.isdecimal():
        return None
    try:
        message = memory.message(int(wanted))
    except AppError:
        return None
    is_there = message.conversation_id == conversation and message.user_id == user()
    return message.id if is_there and message.replaced_at is None else None


def open_conversation(memory: Memory, conversation: str, message: int | None = None) -> None:
    end_private_chat(memory)
    if left := st.query_params.get("c"):
        st.session_state.setdefault("chat_left", {})[left] = time.monotonic()
    st.session_state["chat_conversation"] = conversation
    leave_conversation()
    for key in ("chat_shown", "chat_editing"):
        st.session_state.pop(key, None)
    st.query_params.pop("c", None)
    st.query_params.pop("m", None)
    if message is not None:
        st.query_params["m"] = str(message)


def new_conversation(memory: Memory) -> None:
    open_conversation(memory, uuid.uuid4().hex)


def open_at_end() -> None:
    """No longer at a message."""
    st.query_params.pop("m", None)
    st.session_state.pop("chat_shown", None)


# -- private chats --------------------------------------------------------------------------


def start_private_chat(memory: Memory) -> None:
    new_conversation(memory)
    st.session_state[PRIVATE] = uuid.uuid4().hex


# -- the sidebar ----------------------------------------------------------------------------


def draw_conversations(memory: Memory, place: Place) -> None:
    with page_part(), st.container(key="chat_conversations", gap="xsmall"):
        st.space("xxsmall")
        st.button(
            "New conversation",
            key="chat_new",
            icon=":material/add:",
            width="stretch",
            on_click=new_conversation,
            args=(memory,),
        )
        if remembering(memory) and not place.private:
            st.button(
                "Private chat",
                key="chat_start_private",
                icon=":material/visibility_off:",
                type="tertiary",
                width="stretch",
                help="Nothing of it is stored",
                on_click=start_private_chat,
                args=(memory,),
            )
        _draw_list_or_results(memory, place.id)


@st.fragment
def _draw_list_or_results(memory: Memory, current: str) -> None:
    """Alone when one types: the page, and an answer that is coming, stay as they are."""
    conversations = memory.conversations(user())
    if not any(one.message_count for one in conversations):
        return
    query = st.text_input(
        "Search conversations",
        key="chat_search",
        type="search",
        live=True,
        placeholder="Search conversations",
        max_chars=200,
        label_visibility="collapsed",
    )
    with st.container(key="chat_list", gap=None):
        if query and query.strip():
            _draw_results(memory, conversations, query)
        else:
            _draw_list(memory, conversations, current)


def _draw_list(memory: Memory, conversations: list[Conversation], current: str) -> None:
    listed = [one for one in conversations if one.message_count or one.id == current]
    recent = listed[:RECENT]
    recent += [one for one in listed[RECENT:] if one.id == current]
    earlier = [one for one in listed if one not in recent]
    for conversation in recent:
        _draw_conversation(memory, conversation, current)
    if not earlier:
        return
    expander = st.expander("Earlier", key="chat_earlier", type="compact", on_change="rerun")
    if expander.open:
        with expander:
            for conversation in earlier[:EARLIER]:
                _draw_conversation(memory, conversation, current)
            if len(earlier) > EARLIER:
                st.caption("Search finds the older ones.")


def _draw_conversation(memory: Memory, conversation: Conversation, current: str) -> None:
    opened = st.button(
        literal(shorten(conversation.title, 60)) or UNTITLED,
        key=f"chat_open_{conversation.id}",
        type="secondary" if conversation.id == current else "tertiary",
        width="stretch",
        wrap=False,
        help=f"{conversation.message_count} messages, last on {on_day(conversation.updated_at)}",
        on_click=open_conversation,
        args=(memory, conversation.id),
    )
    if opened:
        st.rerun()  # the page too, not the list alone


# -- the search -----------------------------------------------------------------------------


def _draw_results(memory: Memory, conversations: list[Conversation], query: str) -> None:
    found = memory.search_messages(user(), query, limit=RESULTS + 1)
    if not found:
        st.caption("No message holds these words. Try fewer, or a part of one.")
        return
    titles = {one.id: one.title for one in conversations}
    for message in found[:RESULTS]:
        _draw_result(memory, message, titles.get(message.conversation_id, ""), query.split())
    if len(found) > RESULTS:
        st.caption(f"The latest {RESULTS} are shown. Another word narrows them down.")


def _draw_result(memory: Memory, message: Message, title: str, words: Sequence[str]) -> None:
    opened = st.button(
        snippet(message.text, words),
        key=f"chat_found_{message.id}",
        type="tertiary",
        width="stretch",
        wrap=True,
        on_click=open_conversation,
        args=(memory, message.conversation_id, message.id),
    )
    who = "You" if message.role is Role.USER else "Answer"
    st.caption(f"{who} · {on_day(message.said_at)} · {literal(shorten(title, 22)) or UNTITLED}")
    if opened:
        st.rerun()


def snippet(text: str, words: Sequence[str]) -> str:
    """Markdown of the place where the first of the words is found, with all of them marked."""
    line = " ".join(text.split())
    wanted = re.compile("|".join(map(re.escape, words)), re.IGNORECASE)
    first = wanted.search(line)
    start = max(0, first.start() - SNIPPET_BEFORE) if first else 0
    if start:
        start = line.find(" ", start, first.start() if first else None) + 1 or start
    part = line[start : start + SNIPPET_CHARACTERS]
    pieces, end = ["…" if start else ""], 0
    for match in wanted.finditer(part):
        pieces += [literal_piece(part[end : match.start()]), _marked(match[0])]
        end = match.end()
    pieces += [literal_piece(part[end:]), "…" if start + len(part) < len(line) else ""]
    return "".join(pieces)


def literal_piece(text: str) -> str:
    """As ``literal``, with the spaces at both ends, which join it to its neighbours."""
    before = " " if text[:1].isspace() else ""
    after = " " if text[-1:].isspace() and text.strip() else ""
    return f"{before}{literal(text)}{after}"


def _marked(word: str) -> str:
    """Bold; Markdown knows it only round letters and digits when it begins within a word."""
    return f"**{literal(word)}**" if word.isalnum() else literal(word)
