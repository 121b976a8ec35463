"""What a model made of the turns that a conversation outgrew: seen, and erased on its own."""

import streamlit as st

from memory import AppError, Memory
from pages.parts.receipt import draw_receipt
from pages.parts.shared import count_of, draw_error, literal, on_day, plain
from pages.parts.whose import user


def draw_summary(memory: Memory, conversation: str) -> None:
    """Above the conversation, where there is one."""
    made = memory.summary(user(), conversation)
    receipt_key = f"chat_summary_receipt_{conversation}"
    if receipt := st.session_state.pop(receipt_key, None):
        draw_receipt(receipt)
    if made is None:
        return
    with st.expander("Summary of earlier turns", key="chat_summary", type="compact"):
        st.markdown(plain(made.text))
        st.caption(
            f"Made by {literal(made.model)} on {on_day(made.made_at)} of "
            f"{count_of(len(made.message_ids), 'message')} that no longer fit into what the model "
            "reads; it is given this instead. It may be wrong: the messages themselves are all "
            "still here."
        )
        st.button(
            "Erase the summary",
            key="chat_summary_erase",
            icon=":material/ink_eraser:",
            on_click=_erase,
            args=(memory, conversation, receipt_key),
            help="To the last byte. The model makes another one when more turns have left.",
        )


def _erase(memory: Memory, conversation: str, receipt_key: str) -> None:
    try:
        st.session_state[receipt_key] = memory.erase_summary(user(), conversation)
    except AppError as error:
        draw_error(error)
