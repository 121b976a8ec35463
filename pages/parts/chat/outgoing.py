"""Exactly what a model would be given, before it is."""

import streamlit as st

from memory import Memory, ModelPlace, Outgoing
from pages.parts.chat.given import draw_left_out, draw_pseudonyms, draw_what_is_given
from pages.parts.models.words import dollars
from pages.parts.shared import count_of, literal


def draw_outgoing(memory: Memory, goes: Outgoing, key: str) -> None:
    """The whole of it, whom it goes to, and what it may cost: the last beside what decides, as the
    head of a long one is out of sight by then."""
    whom = f"**{literal(goes.model)}**"
    if goes.place is ModelPlace.REMOTE:
        whom += f" at **{literal(goes.provider)}**"
        st.markdown(
            f":material/cloud_upload: **Before anything leaves this computer:** this is exactly "
            f"what {whom} gets."
        )
    else:
        st.markdown(f":material/preview: This is exactly what {whom} gets, on this computer.")
    draw_what_is_given(goes.messages, key)
    if goes.place is ModelPlace.REMOTE:
        draw_pseudonyms(goes.pseudonyms)
    if goes.report.left_out:
        draw_left_out(memory, goes.report, key, "Stays here")
    tokens = count_of(goes.report.tokens, "token")
    st.markdown(" · ".join((f"{tokens} to {whom}", *map(literal, _cost(goes)))))


def _cost(goes: Outgoing) -> list[str]:
    if goes.place is not ModelPlace.REMOTE:
        return []
    if goes.most_cost is None:
        return ["nobody says what it costs"]
    return [f"at most {dollars(goes.most_cost)}, with the longest answer"]
