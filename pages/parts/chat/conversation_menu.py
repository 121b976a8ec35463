"""What can be done with the open conversation: its menu and the dialogs behind it."""

import streamlit as st

from memory import BUILT_IN, AppError, Memory, NotFound, Review
from pages.parts.chat.conversations import Place, new_conversation
from pages.parts.chat.held import LOOKS_FIRST
from pages.parts.fields import begin_with, leave
from pages.parts.models.words import elsewhere
from pages.parts.shared import count_of, draw_error, literal, shorten
from pages.parts.whose import user

RENAME = ":material/edit: Rename"
MEMORY_OFF = ":material/bookmark_remove: Turn memory off here"
MEMORY_ON = ":material/bookmark_added: Turn memory on here"
COPY_CONTEXT = ":material/content_copy: Copy context for another chat"
SHOW_ALWAYS = ":material/preview: Show what is sent, every time"
SHOW_FIRST = ":material/preview_off: Show what is sent the first time only"
LOOK_FIRST = ":material/preview: Show what the model gets, every time"
LOOK_NO_MORE = ":material/preview_off: Don’t show what the model gets"
DELETE = ":material/delete: Delete"

FORGET_TOO = "Also forget what was learnt from it"
KEEP_MEMORIES = "Keep the memories"
# What a person knows of; indexes and caches that go along are not worth a line here.
COUNTED = {"messages": "message", "memories": "memory"}


def draw_menu(memory: Memory, place: Place) -> None:
    """Beneath its name, as the title of the page's part that changes."""
    stored = place.stored
    talked = stored is not None and stored.message_count > 0
    switch = MEMORY_OFF if stored is None or stored.remembers else MEMORY_ON
    shows = [] if memory.answerer(user()) == BUILT_IN else [_show(memory)]
    chosen = st.menu_button(
        literal(shorten(stored.title, 60)) if stored and stored.title else "This conversation",
        [RENAME, switch, *shows, COPY_CONTEXT, DELETE] if talked else [switch, *shows],
        key="chat_menu",
        type="tertiary",
        wrap=False,
    )
    if chosen == RENAME:
        leave(_title_key(place.id))  # what was typed in a dialog that was dismissed just now
        _rename(memory, place.id)
    elif chosen == COPY_CONTEXT:
        _copy_context(memory, place.id)
    elif chosen == DELETE:
        _delete(memory, place.id)
    elif chosen in shows:
        _choose_showing(memory, chosen)
        st.rerun()
    elif chosen:
        set_memory(memory, place.id, chosen == MEMORY_ON)
        st.rerun()


def set_memory(memory: Memory, conversation: str, on: bool) -> None:
    try:
        memory.set_conversation_memory(user(), conversation, on)
    except AppError as error:
        _notice(str(error), ":material/error:")


def _show(memory: Memory) -> str:
    """Elsewhere it is a choice that is kept; here it holds while the session lasts."""
    if elsewhere(memory, user()) is not None:
        return SHOW_FIRST if memory.sending_review(user()) is Review.ALWAYS else SHOW_ALWAYS
    return LOOK_NO_MORE if st.session_state.get(LOOKS_FIRST) else LOOK_FIRST


def _choose_showing(memory: Memory, chosen: str) -> None:
    if chosen in (LOOK_FIRST, LOOK_NO_MORE):
        st.session_state[LOOKS_FIRST] = chosen == LOOK_FIRST
        return
    try:
        memory.set_sending_review(user(), Review.ALWAYS if chosen == SHOW_ALWAYS else Review.FIRST)
    except AppError as error:
        _notice(str(error), ":material/error:")
    else:
        _notice(
            "From now on you see what is sent before it goes."
            if chosen == SHOW_ALWAYS
            else "From now on messages go without being shown again."
        )


def draw_notice() -> None:
    """What a dialog or a callback has left to say, in the page's own run."""
    if notice := st.session_state.pop("chat_notice", None):
        text, icon = notice
        st.toast(text, icon=icon)


def _notice(text: str, icon: str = ":material/check:") -> None:
    st.session_state["chat_notice"] = (text, icon)


# -- rename ---------------------------------------------------------------------------------


@st.dialog("Rename", on_dismiss="rerun")
def _rename(memory: Memory, conversation: str) -> None:
    """Given the id: what a dialog is given stays in the session, and would outlive an erasure."""
    if st.session_state.get("chat_rename_save") and "chat_problem" not in st.session_state:
        st.rerun()  # it is done: the page without the dialog
    field = _title_key(conversation)
    title = next((one.title for one in memory.conversations(user()) if one.id == conversation), "")
    with st.form("chat_rename", border=False):
        begin_with(field, title)
        st.text_input("Title", key=field, label_visibility="collapsed")
        st.caption("Left empty, it is called by the first thing you said.")
        st.form_submit_button(
            "Save",
            key="chat_rename_save",
            type="primary",
            on_click=_save_title,
            args=(memory, conversation),
        )
    if problem := st.session_state.pop("chat_problem", None):
        st.error(problem, icon=":material/error:")


def _save_title(memory: Memory, conversation: str) -> None:
    field = _title_key(conversation)
    try:
        memory.rename_conversation(user(), conversation, st.session_state[field])
    except AppError as error:
        st.session_state["chat_problem"] = str(error)
    else:
        leave(field)
        _notice("Renamed.")


def _title_key(conversation: str) -> str:
    return f"chat_title_{conversation}"


# -- take along -----------------------------------------------------------------------------


@st.dialog("Copy context for another chat", width="medium")
def _copy_context(memory: Memory, conversation: str) -> None:
    try:
        text = memory.handoff(user(), conversation)
    except AppError as error:
        draw_error(error)
        return
    st.caption(
        f"{count_of(len(text.split()), 'word')}: what was said here and what I know beside it. "
        "Pasted into an assistant elsewhere, it leaves this computer."
    )
    st.code(text, language=None, wrap_lines=True, height=360)


# -- delete ---------------------------------------------------------------------------------


@st.dialog("Delete this conversation")
def _delete(memory: Memory, conversation: str) -> None:
    choice = st.radio(
        "What was learnt from it",
        [FORGET_TOO, KEEP_MEMORIES],
        key="chat_delete_what",
        label_visibility="collapsed",
    )
    try:
        going = memory.footprint(
            user(), conversation=conversation, keep_memories=choice == KEEP_MEMORIES
        ).places
    except NotFound:
        st.rerun()  # it is done: the page without the dialog
    told = [count_of(going[place], noun) for place, noun in COUNTED.items() if going.get(place)]
    st.caption(
        f"{' and '.join(told) or 'An empty conversation'}, with every copy and index in the file, "
        "is erased at once. There is no undo."
    )
    st.button(
        "Delete",
        key="chat_delete",
        type="primary",
        icon=":material/delete:",
        on_click=_erase,
        args=(memory, conversation),
    )
    if problem := st.session_state.pop("chat_problem", None):
        st.error(problem, icon=":material/error:")


def _erase(memory: Memory, conversation: str) -> None:
    """Draws nothing: what a callback draws while only the dialog runs breaks the page."""
    keep = st.session_state["chat_delete_what"] == KEEP_MEMORIES
    try:
        receipt = memory.erase(user(), conversation=conversation, keep_memories=keep)
    except AppError as error:
        st.session_state["chat_problem"] = str(error)
        return
    new_conversation(memory)
    if receipt.verified:
        _notice("Erased and verified.", ":material/verified:")
    else:
        _notice(f"Erased, not yet verified. {receipt.pending}", ":material/hourglass_top:")
