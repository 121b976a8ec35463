"""Chat: say something, get an answer from memory, see what was remembered and what was used."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import streamlit as st

from memory import Memory, Message, ProfileField, Role
from memory.example import SUGGESTIONS as OF_THE_EXAMPLE
from pages.parts.chat.asked import Asked
from pages.parts.chat.before_sending import draw_held
from pages.parts.chat.conversation_menu import draw_menu, draw_notice, set_memory
from pages.parts.chat.conversations import (
    Place,
    current_place,
    draw_conversations,
    open_at_end,
)
from pages.parts.chat.held import COMPOSER, held_in, take_back
from pages.parts.chat.messages import View, draw_messages
from pages.parts.chat.private import end_private_chat
from pages.parts.chat.remembered import Known, is_being_read, redraw_when_read
from pages.parts.chat.summary import draw_summary
from pages.parts.chat.turn import take_turn, wait_for_stopped_turn
from pages.parts.shared import (
    PERSONALIZATION,
    attempt,
    draw_empty,
    enter,
    remembering,
)
from pages.parts.start import example
from pages.parts.start.welcome import draw_other_beginnings
from pages.parts.whose import is_me, user

LOOK = Path(__file__).parent / "parts/chat/chat.css"
SHOWN = 50
"""Messages drawn at first: hundreds take seconds to draw."""
BEFORE = 4
"""Messages drawn before the one that a conversation is opened at."""
FIRST_SUGGESTIONS = (
    "What do you know about me?",
    "I prefer short answers with examples.",
    "What can you do?",
)
SUGGESTIONS = (
    "What do you know about me?",
    "What did I tell you last week?",
    "What can you do?",
)


def draw() -> None:
    memory = enter("pages/chat.py")
    st.html(LOOK)
    wait_for_stopped_turn()
    place = current_place(memory)
    draw_notice()
    draw_conversations(memory, place)
    _draw_head(memory, place)
    _draw_talk(memory, place)


# -- the head -------------------------------------------------------------------------------


def _draw_head(memory: Memory, place: Place) -> None:
    with st.container(
        horizontal=True,
        wrap=False,
        horizontal_alignment="distribute",
        vertical_alignment="center",
        key="chat_head",
    ):
        st.title("Chat", anchor=False, width="content")
        if remembering(memory) and not place.private:
            draw_menu(memory, place)
    if place.private:
        _draw_private(memory)
    elif place.stored and not place.stored.remembers:
        with st.container(horizontal=True, vertical_alignment="center", key="chat_memory_off"):
            st.caption(
                ":material/bookmark_remove: Memory is off in this conversation", width="content"
            )
            st.button(
                "Turn on",
                key="chat_memory_on",
                type="tertiary",
                on_click=set_memory,
                args=(memory, place.id, True),
            )


def _draw_private(memory: Memory) -> None:
    with st.container(border=True, key="chat_private_banner", gap="xsmall"):
        st.markdown(
            ":material/visibility_off: **Private:** nothing of this chat is stored. It is gone "
            "when you close or reload the page; it may use what I remember."
        )
        st.button(
            "End private chat",
            key="chat_end_private",
            type="tertiary",
            icon=":material/close:",
            on_click=end_private_chat,
            args=(memory,),
        )


# -- the conversation -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Window:
    """The part of the conversation that is drawn, counted from its end."""

    skip: int
    last: int
    at_end: bool
    """Whether one talks here, or reads what was said earlier."""


def _window(memory: Memory, place: Place) -> Window:
    shown = st.session_state.get("chat_shown", SHOWN)
    after = memory.count_following(place.opened_at) if place.opened_at else 0
    if after < BEFORE:
        return Window(0, shown, at_end=True)
    from_there = BEFORE + 1 + after
    skip = max(0, from_there - SHOWN)
    return Window(skip, from_there - skip + shown - SHOWN, at_end=False)


def _asked(window: Window, *, waits: bool) -> Asked | None:
    """What a button has asked for, or what was typed. Where one only reads there is no composer:
    with it the page would scroll to its end. ``waits``: something that was asked is not sent yet.
    """
    asked: Asked | None = st.session_state.pop("chat_asked", None)
    if not window.at_end:
        with st.bottom:
            st.button(
                "Show latest",
                key="chat_show_latest",
                icon=":material/arrow_downward:",
                on_click=open_at_end,
            )
        return asked
    prompt = st.chat_input(
        "Decide above first" if waits else "Tell me something, or ask what I remember",
        key=COMPOSER,
        submit_mode="stop",
        disabled=waits,
    )
    return Asked(text=prompt, typed=True) if prompt else asked


def _draw_talk(memory: Memory, place: Place) -> None:
    window = _window(memory, place)
    messages = memory.messages(place.id, user_id=user(), last=window.last, skip=window.skip)
    if "chat_asked" in st.session_state:
        take_back()  # something else is asked meanwhile
    asked = _asked(window, waits=held_in(place.id) is not None)
    held = held_in(place.id) if window.at_end and not asked else None
    if not messages and not asked and not held:
        _draw_welcome(memory, place)
    _draw_show_earlier(memory, place, window.skip + len(messages))
    draw_summary(memory, place.id)
    ids = [message.id for message in messages]
    goes = (held.asked if held else asked) or Asked()
    end = ids.index(goes.in_place_of) if goes.in_place_of in ids else len(ids)
    view = View(memory, _known(memory, messages), place.opened_at)
    draw_messages(view, messages[:end], following=window.skip + len(messages) - end)
    turn = st.container()
    for _ in messages[end:]:
        st.empty()  # what stood there would be seen until the answer has ended
    if not asked:
        _draw_what_is_read(memory, messages)
    _draw_consent(memory)
    with turn:
        if held:
            draw_held(memory, place, held)
        if held or (asked and not take_turn(memory, place, asked)):
            draw_messages(view, messages[end:], following=window.skip)


def _draw_what_is_read(memory: Memory, messages: Sequence[Message]) -> None:
    """As soon as a model has read the last message."""
    said = [message for message in messages if message.role is Role.USER]
    reads = memory.learns_with_model(user()) and memory.model_can_read_along(user())
    if said and reads and is_being_read(memory, said[-1]):
        redraw_when_read(memory, said[-1])


def _draw_show_earlier(memory: Memory, place: Place, drawn: int) -> None:
    earlier = memory.count_messages(user(), place.id) - drawn
    if earlier > 0:
        st.button(
            f"Show earlier ({earlier:,})",
            key="chat_show_earlier",
            icon=":material/arrow_upward:",
            on_click=_show_earlier,
        )


def _show_earlier() -> None:
    st.session_state["chat_shown"] = st.session_state.get("chat_shown", SHOWN) + SHOWN


def _known(memory: Memory, messages: Sequence[Message]) -> Known:
    said = [message.id for message in messages if message.role is Role.USER and message.id > 0]
    return Known(
        fields=_fields(memory),
        again=memory.said_again(said),
        proposals={proposal.item.id: proposal for proposal in memory.inbox(user())},
        readings=memory.read_by_model(said),
    )


def _fields(memory: Memory) -> Mapping[int, Sequence[ProfileField]]:
    found: dict[int, list[ProfileField]] = defaultdict(list)
    for field in memory.profile(user()):
        if field.source_memory_id is not None:
            found[field.source_memory_id].append(field)
    return found


# -- first steps ----------------------------------------------------------------------------


def _draw_welcome(memory: Memory, place: Place) -> None:
    knows = memory.find(user(), limit=0).total > 0
    if place.private:
        st.space("medium")
    elif knows:
        draw_empty("A new conversation", "What you told me before is still here. Ask for it.")
    else:
        draw_empty(
            "Tell me something worth remembering",
            "Your name, what you work on, what you prefer. Come back tomorrow and ask.",
        )
    if place.private or not _asks_for_consent(memory):  # one question at a time
        _draw_suggestions(_suggestions(knows=knows))
    if not (place.private or knows) and is_me():
        draw_other_beginnings(memory)


def _draw_suggestions(suggestions: Sequence[str]) -> None:
    with st.container(horizontal=True, horizontal_alignment="center"):
        for number, suggestion in enumerate(suggestions):
            st.button(
                suggestion,
                key=f"chat_suggestion_{number}",
                on_click=_ask,
                args=(suggestion,),
            )


def _suggestions(*, knows: bool) -> Sequence[str]:
    if example.is_open():
        return OF_THE_EXAMPLE
    return SUGGESTIONS if knows else FIRST_SUGGESTIONS


def _ask(suggestion: str) -> None:
    st.session_state["chat_asked"] = Asked(text=suggestion)


def _asks_for_consent(memory: Memory) -> bool:
    """Once a session."""
    return not (remembering(memory) or st.session_state.get("chat_not_now"))


def _draw_consent(memory: Memory) -> None:
    """Without blocking; afterwards only a quiet line."""
    if remembering(memory):
        return
    if not _asks_for_consent(memory):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(":material/bookmark_remove: Not remembering")
            _draw_turn_on(memory, "Turn on", "tertiary")
        return
    with st.container(border=True, key="chat_consent"):
        st.markdown("**May I remember what you tell me?**")
        st.caption(
            "Conversations and what I learn from them are kept in one file on this computer, so "
            "that I can use them next time. Keeping them sends nothing anywhere. You can see, "
            "correct and erase all of it, and say no again at any time."
        )
        with st.container(horizontal=True):
            _draw_turn_on(memory, "Yes, remember", "primary")
            st.button(
                "Not now",
                key="chat_consent_not_now",
                on_click=lambda: st.session_state.update(chat_not_now=True),
            )


def _draw_turn_on(memory: Memory, label: str, kind: Literal["primary", "tertiary"]) -> None:
    st.button(
        label,
        key="chat_consent_yes",
        type=kind,
        on_click=attempt,
        args=(memory.grant, user(), PERSONALIZATION),
    )


draw()
