"""Erasure: choose what, see where it lives, confirm in a word, watch it go, and get a receipt.

The session holds ids only: a title in it would outlive what it names.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import streamlit as st

from memory import AppError, ErasureReceipt, Memory, MemoryFilter
from pages.parts.chat.conversations import UNTITLED
from pages.parts.chat.held import HELD
from pages.parts.privacy.words import purpose_ids, purpose_of
from pages.parts.receipt import draw_places, draw_receipt
from pages.parts.shared import (
    PERSONALIZATION,
    capitalised,
    count_of,
    draw_empty,
    draw_error,
    on_day,
    shorten,
    visible,
)
from pages.parts.steps import OnStep, draw_steps
from pages.parts.sweeping import alone
from pages.parts.tables import ROW_PIXELS, table_pixels
from pages.parts.views import ADDRESS
from pages.parts.whose import ME, become, is_me, user
from pages.parts.yours.chat_desk import clear, desk

CONFIRM = "erase"
WHAT, SEARCH, WORD = "privacy_erase_what", "privacy_erase_search", "privacy_erase_word"
NOW = "privacy_erase_now"
"""What was confirmed and is to be erased in this run."""
PROBLEM = "privacy_erase_problem"
RECEIPT = "privacy_receipt"
OF_THE_CHAT = ("chat_conversation", "chat_shown", "chat_not_now", HELD)
NAMED = "entity"
"""In the address: the id of a name to erase."""
KINDS = {
    "everything": "Everything",
    "conversation": "A conversation",
    "entity": "A name",
    "purpose": "A purpose",
    "memory": "A memory",
}
MATCHES = 10
"""Memories that a search shows at once."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What to erase; without an id, everything."""

    kind: str
    id: str | int | None = None

    def scope(self, memory: Memory) -> dict[str, str | int | None]:
        """As ``footprint`` and ``erase`` take it."""
        if self.kind == "purpose":
            return {"purpose": purpose_ids(memory.consents(user()))[str(self.id)]}
        return {} if self.kind == "everything" else {self.kind: self.id}


def draw_erasure(memory: Memory) -> None:
    receipt: ErasureReceipt | None = st.session_state.pop(RECEIPT, None)
    if receipt:
        draw_receipt(receipt)
    if not memory.footprint(user()).total:
        draw_empty("Nothing is held about you", "There is nothing that could be erased.")
        return
    st.caption(
        "Erased at once and for good, to the last byte of the file; then the file is read to "
        "check. There is no undo. (“Forget” in the chat and in the Inspector has one.)"
    )
    choice = _draw_choice(memory)
    confirmed = st.session_state.pop(NOW, None)
    if choice is None:
        return
    if confirmed == choice:
        _erase(memory, choice)
        return
    if confirmed is not None:
        st.session_state[PROBLEM] = "Nothing was erased: the choice has changed. Look once more."
    _draw_confirmation(memory, choice)


# -- choosing -------------------------------------------------------------------------------


def _draw_choice(memory: Memory) -> Choice | None:
    kind = st.segmented_control(
        "What to erase",
        list(KINDS),
        format_func=lambda name: KINDS[name],
        default="entity" if NAMED in st.query_params else "everything",
        required=True,
        key=WHAT,
    )
    drawing = {
        "conversation": _draw_conversations,
        "entity": _draw_names,
        "purpose": _draw_purposes,
        "memory": _draw_memories,
    }
    if kind not in drawing:
        return Choice("everything")
    ident = drawing[kind](memory)
    return None if ident is None else Choice(kind, ident)


def _draw_conversations(memory: Memory) -> Hashable:
    found = memory.conversations(user())
    return _pick(
        "conversation",
        [conversation.id for conversation in found],
        {
            "Conversation": [visible(each.title) or UNTITLED for each in found],
            "Messages": [conversation.message_count for conversation in found],
            "Last": [on_day(conversation.updated_at) for conversation in found],
        },
        "No conversation is kept.",
    )


def _draw_names(memory: Memory) -> Hashable:
    found = memory.find_entities(user()).entities
    return _pick(
        "entity",
        [entity.id for entity in found],
        {
            "Name": [visible(entity.name) for entity in found],
            "What": [capitalised(entity.type) for entity in found],
            "Mentions": [entity.mention_count for entity in found],
        },
        "No name is known.",
        "With it goes every memory and message that holds the name.",
        st.query_params.get(NAMED, ""),
    )


def _draw_purposes(memory: Memory) -> Hashable:
    held = memory.privacy_report(user()).by_purpose
    names = purpose_ids(memory.consents(user()))
    return _pick(
        "purpose",
        list(names),
        {
            "Purpose": [visible(purpose_of(name).title) for name in names.values()],
            "Memories": [held.get(name, 0) for name in names.values()],
        },
        "There is no purpose.",
        "What was kept for it goes; the consent itself stands until you withdraw it.",
    )


def _draw_memories(memory: Memory) -> Hashable:
    search = st.text_input(
        "Search",
        key=SEARCH,
        type="search",
        placeholder="Search your memories",
        max_chars=200,
        label_visibility="collapsed",
    )
    found = memory.find(user(), MemoryFilter(search=search or ""), limit=MATCHES)
    more = found.total - len(found.items)
    return _pick(
        "memory",
        [item.id for item in found.items],
        {
            "Memory": [visible(shorten(item.text, 120)) for item in found.items],
            "Class": [capitalised(item.data_class) for item in found.items],
            "Told": [on_day(item.said_at) for item in found.items],
        },
        "No memory matches.",
        f"{count_of(more, 'other memory')}: search for more words." if more > 0 else "",
    )


def _pick(
    kind: str,
    ids: Sequence[Hashable],
    columns: dict[str, Sequence[object]],
    empty: str,
    caption: str = "",
    first_ticked: str = "",
) -> Hashable:
    """The id of the row that is ticked; None without one. ``first_ticked``: one that is to begin
    with."""
    if not ids:
        st.caption(empty)
        return None
    import pandas as pd

    first, *others = columns
    ticked = [row for row, ident in enumerate(ids) if str(ident) == first_ticked]
    selection = st.dataframe(
        pd.DataFrame(columns),
        # a list that has changed begins with nothing ticked: a row means another thing in it
        key=f"privacy_erase_{kind}_{hash(tuple(ids))}",
        hide_index=True,
        height=table_pixels(len(ids)),
        row_height=ROW_PIXELS,
        on_select="rerun",
        selection_mode="single-row",
        selection_default={"selection": {"rows": ticked}},
        alt=f"{KINDS[kind]} to choose",
        column_config={
            first: st.column_config.TextColumn(width=300),
            **{name: st.column_config.Column(width=120) for name in others},
        },
    )
    if caption:
        st.caption(caption)
    rows = selection["selection"]["rows"]
    if not rows:
        st.caption(":material/check_box_outline_blank: Tick one to see what goes with it.")
        return None
    return ids[rows[0]]


# -- confirming -----------------------------------------------------------------------------


def _draw_confirmation(memory: Memory, choice: Choice) -> None:
    try:
        footprint = memory.footprint(user(), **choice.scope(memory))
    except AppError as error:
        draw_error(error)
        return
    with st.container(border=True, key="privacy_erase"):
        st.markdown("## This goes")
        draw_places(footprint.places)
        if not footprint.total:
            st.caption("Nothing is kept there.")
            return
        with st.form("privacy_erase_form", border=False):
            st.text_input(f"Type “{CONFIRM}” to confirm", key=WORD, max_chars=20, width=280)
            label = "Erase everything" if choice.kind == "everything" else "Erase it"
            st.form_submit_button(
                label,
                key="privacy_erase_submit",
                type="primary",
                icon=":material/delete_forever:",
                on_click=_confirm,
                args=(choice,),
            )
        if problem := st.session_state.pop(PROBLEM, None):
            st.warning(problem, icon=":material/info:")


def _confirm(choice: Choice) -> None:
    if st.session_state[WORD].strip().lower() == CONFIRM:
        st.session_state[NOW] = choice
    else:
        st.session_state[PROBLEM] = f"Nothing was erased: type “{CONFIRM}” first."
    st.session_state[WORD] = ""


# -- erasing --------------------------------------------------------------------------------


def _erase(memory: Memory, choice: Choice) -> None:
    def erase(on_step: OnStep) -> ErasureReceipt:
        receipt = memory.erase(user(), **choice.scope(memory), on_step=on_step)
        _leave(choice)
        if choice.kind == "everything" and not is_me():
            become(ME)
            st.query_params[ADDRESS] = "erasure"
        st.session_state[RECEIPT] = receipt
        return receipt

    if draw_steps("Erasing", "Not erased", erase):
        st.rerun()


def _leave(choice: Choice) -> None:
    """What the session, and the app, know of what is gone."""
    of_chat = choice.kind in ("everything", "conversation") or choice.id == PERSONALIZATION
    for key in OF_THE_CHAT if of_chat else ():
        st.session_state.pop(key, None)
    st.session_state.pop(SEARCH, None)
    alone().forget(user())
    if choice.kind == "everything":
        clear(desk())
