"""An answer beside what it would be without some of its memories."""

from collections.abc import Sequence

import streamlit as st

from memory import Memory, ModelChoice, Outgoing, Reply
from pages.parts.chat.outgoing import draw_outgoing
from pages.parts.fields import leave
from pages.parts.models.words import elsewhere, provider_of
from pages.parts.shared import literal, plain
from pages.parts.whose import user


def draw_compare(memory: Memory, answer_id: int, off: Sequence[int]) -> None:
    """``off``: ids of the memories that are switched off. The button, and what comes of it; where
    the person wants to see first what is sent, that comes between."""
    goes_to = elsewhere(memory, user())
    names = "without it" if len(off) == 1 else f"without these {len(off)}"
    again = st.button(
        f"Answer again {names if off else 'without what is off'}",
        key=f"chat_why_again_{answer_id}",
        type="primary",
        icon=":material/compare:",
        disabled=not off,
    )
    if goes_to is not None:
        st.caption(f":material/cloud_upload: It is sent to {_whom(goes_to)}.")
    field = _field(answer_id)
    if again:
        st.session_state[field] = tuple(off)
    if not off or st.session_state.get(field) != tuple(off):
        st.session_state.pop(field, None)  # other memories are off by now
        return
    shown = st.session_state.pop(f"{field}_shown", "")
    if not shown and goes_to is not None:
        goes = memory.outgoing_anew(user(), answer_id, without=off, rehearsed=True)
        if goes is not None and goes.asks_first:
            _draw_review(memory, goes, field)
            return
    st.session_state.pop(field)
    _draw_beside(memory, answer_id, off, shown)


def _whom(choice: ModelChoice) -> str:
    return f"{literal(choice.model)} at {literal(provider_of(choice))}"


def _field(answer_id: int) -> str:
    """Ids of the memories that it is about to be answered without."""
    return f"chat_why_without_{answer_id}"


def _draw_review(memory: Memory, goes: Outgoing, field: str) -> None:
    with st.container(border=True, key="chat_why_before_sending"):
        draw_outgoing(memory, goes, "chat_why_review")
        with st.container(horizontal=True):
            st.button(
                "Send",
                key="chat_why_send",
                type="primary",
                icon=":material/send:",
                on_click=_send,
                args=(field, goes.digest),
            )
            st.button(
                "Don’t send",
                key="chat_why_back",
                icon=":material/undo:",
                on_click=leave,
                args=(field,),
            )


def _send(field: str, as_shown: str) -> None:
    st.session_state[f"{field}_shown"] = as_shown


def _draw_beside(memory: Memory, answer_id: int, without: Sequence[int], as_shown: str) -> None:
    before, after = st.columns(2, gap="medium")
    with before, st.container(border=True, height="stretch"):
        st.markdown("**As it was**")
        st.markdown(plain(memory.message(answer_id).text))
    with after, st.container(border=True, height="stretch"):
        st.markdown(f"**Without {'it' if len(without) == 1 else 'them'}**")
        _stream(memory.rehearse(user(), answer_id, without=without, as_shown=as_shown))
    st.caption(
        "Answered again from what is known now, without what says the same in other memories, too; "
        "nothing of it is kept. A model may word the same thing differently each time: look at "
        "what it says, not at how."
    )


def _stream(reply: Reply) -> None:
    shown = st.empty()
    for _ in reply.watched():
        shown.markdown(plain(reply.text) or ":gray[One moment]")
