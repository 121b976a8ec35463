"""Consent: one switch a purpose, its exact words, and what it means to turn it off again."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from memory import (
    PERSONALIZATION,
    PURPOSES,
    REMOTE_MODEL,
    SENSITIVE,
    AppError,
    Consent,
    ErasureReceipt,
    Memory,
    Purpose,
)
from pages.parts.privacy.words import in_force, purpose_ids, purpose_of, with_version
from pages.parts.receipt import draw_places, draw_receipt
from pages.parts.shared import at_time, attempt, draw_error, literal, visible
from pages.parts.tables import ROW_PIXELS, table_pixels
from pages.parts.whose import user

WITHDRAWING = "privacy_withdrawing"
"""The id of the offer whose withdrawal is asked about."""
RECEIPT = "privacy_receipt"


@dataclass(frozen=True, slots=True)
class Offer:
    """A purpose, and how it stands with it."""

    id: str
    """What the session knows it by."""
    purpose: Purpose
    given: Consent | None
    """The consent in force."""


def draw_consent(memory: Memory) -> None:
    receipt: ErasureReceipt | None = st.session_state.pop(RECEIPT, None)
    if receipt:
        draw_receipt(receipt)
    st.caption(
        "Nothing is agreed to beforehand. What you allow you can withdraw at any time; what was "
        "kept because of it is erased then, at once."
    )
    consents = memory.consents(user())
    offered = _offers(consents)
    for offer in offered:
        _draw_offer(memory, offer, remembers=PERSONALIZATION in in_force(consents))
    _draw_history(consents)
    asked = st.session_state.get(WITHDRAWING)
    for offer in offered:
        if offer.id == asked and offer.given:
            _ask_to_withdraw(memory, offer.purpose)


def _offers(consents: Sequence[Consent]) -> list[Offer]:
    """The built-in purposes first, then the person's own, the oldest first."""
    given = in_force(consents)
    ids = purpose_ids(consents)
    return [Offer(ident, purpose_of(name), given.get(name)) for ident, name in ids.items()]


def _draw_offer(memory: Memory, offer: Offer, *, remembers: bool) -> None:
    key = f"privacy_consent_{offer.id}"
    with st.container(border=True, key=f"privacy_offer_{offer.id}"):
        st.session_state[key] = offer.given is not None  # as it stands, also if another tab did it
        st.toggle(
            f"**{literal(offer.purpose.title)}**",
            key=key,
            on_change=_switched,
            args=(memory, offer.id),
        )
        st.markdown(offer.purpose.text)
        _draw_hint(offer.purpose.name, remembers=remembers)
        if offer.given:
            _draw_given(memory, offer.purpose, offer.given)
        else:
            st.caption(with_version("Not given", offer.purpose.text_version))


def _draw_hint(purpose: str, *, remembers: bool) -> None:
    if purpose == SENSITIVE and not remembers:
        title = PURPOSES[PERSONALIZATION].title
        st.caption(f":material/info: Without “{title}” nothing is kept anyway.")
    if purpose == REMOTE_MODEL:
        st.caption(
            ":material/info: It needs a model elsewhere that you chose, too; and before the first "
            "message goes you see exactly what goes."
        )


def _draw_given(memory: Memory, purpose: Purpose, given: Consent) -> None:
    since = f":material/check: Given on {at_time(given.granted_at)}"
    st.caption(with_version(since, given.text_version))
    if given.text_version == purpose.text_version:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(
            f":material/edit_note: The words have changed since ({purpose.text_version}); above "
            "are the new ones."
        )
        st.button(
            "Agree to the new words",
            key=f"privacy_consent_new_{purpose.name}",
            on_click=attempt,
            args=(memory.grant, user(), purpose.name),
        )


def _switched(memory: Memory, ident: str) -> None:
    """On: given at once. Off: asked first, and on until it is answered."""
    if st.session_state[f"privacy_consent_{ident}"]:
        attempt(memory.grant, user(), purpose_ids(memory.consents(user()))[ident])
    else:
        st.session_state[WITHDRAWING] = ident


# -- withdrawing ----------------------------------------------------------------------------


def _stay() -> None:
    st.session_state.pop(WITHDRAWING, None)


@st.dialog("Withdraw consent", on_dismiss=_stay)
def _ask_to_withdraw(memory: Memory, purpose: Purpose) -> None:
    try:
        footprint = memory.footprint(user(), purpose=purpose.name)
        st.markdown(f"**{literal(purpose.title)}**")
        if footprint.total:
            st.markdown("This was kept because you agreed. It is erased at once, and for good:")
            draw_places(footprint.places)
        else:
            st.markdown("Nothing is kept because of it, so nothing has to be erased.")
        with st.container(horizontal=True):
            withdraws = st.button(
                "Withdraw and erase" if footprint.total else "Withdraw",
                key="privacy_revoke_confirmed",
                type="primary",
            )
            stays = st.button("Leave it on", key="privacy_revoke_cancelled")
        if withdraws:
            with st.spinner("Erasing, and reading the file to check"):
                receipt = memory.revoke(user(), purpose.name)
            if receipt.total:
                st.session_state[RECEIPT] = receipt
    except AppError as error:
        draw_error(error)
        return
    if withdraws or stays:
        _stay()
        st.rerun()  # all of the page, without the dialog


# -- what was agreed to before --------------------------------------------------------------


def _draw_history(consents: Sequence[Consent]) -> None:
    if not consents:
        return
    import pandas as pd

    with st.expander("History", icon=":material/history:", key="privacy_consent_history"):
        latest = list(reversed(consents))
        st.dataframe(
            pd.DataFrame(
                {
                    "Purpose": [visible(purpose_of(c.purpose).title) for c in latest],
                    "Given": [at_time(c.granted_at) for c in latest],
                    "Withdrawn": [at_time(c.revoked_at) if c.revoked_at else "" for c in latest],
                    "Text": [c.text_version for c in latest],
                }
            ),
            key="privacy_consents",
            hide_index=True,
            row_height=ROW_PIXELS,
            height=table_pixels(len(latest)),
            alt="All consents, the latest first",
            column_config={
                "Purpose": st.column_config.TextColumn(width=190),
                "Given": st.column_config.TextColumn(width=170),
                "Withdrawn": st.column_config.TextColumn(
                    width=170, help="By you, or replaced by a consent to newer words."
                ),
                "Text": st.column_config.TextColumn(width=80, help="The version of the words."),
            },
        )
