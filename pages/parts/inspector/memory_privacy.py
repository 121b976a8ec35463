"""Privacy on the Inspector's card: the class of a memory and why, what the person's rules make of
it, and the day it is erased on."""

from datetime import datetime, timedelta

import streamlit as st

from memory import (
    SENSITIVE,
    ClassReason,
    DataClass,
    Memory,
    MemoryItem,
    ModelPlace,
    Preset,
    PrivacyRules,
    Status,
)
from pages.parts.inspector import changes
from pages.parts.privacy.words import CLASSES
from pages.parts.shared import agreed, literal, on_day
from pages.parts.whose import user

ICONS = {
    DataClass.PUBLIC: ":material/public:",
    DataClass.INTERNAL: ":material/work:",
    DataClass.CONFIDENTIAL: ":material/lock:",
    DataClass.PERSONAL: ":material/person:",
    DataClass.SENSITIVE: ":material/shield:",
}
LOOKED_AT = 100
"""Calls of which it is told to whom they went."""
DAYS_IN_DAYS, MONTHS_IN_MONTHS = 60, 24
"""Up to here a time is told in the smaller unit."""


# -- the class ------------------------------------------------------------------------------


def draw_class(item: MemoryItem) -> None:
    """As a badge, with its reason if it is known."""
    reason = item.class_reason
    why = "chosen by you" if reason is ClassReason.CHOSEN else reason
    label = f"{item.data_class}: {why}" if why else item.data_class.value
    st.badge(label, icon=ICONS[item.data_class], color="gray")


def draw_class_choice(memory: Memory, item: MemoryItem) -> None:
    """For what may be used, or used again."""
    if item.status not in (Status.ACTIVE, Status.ARCHIVED):
        return
    field = f"inspector_class_{item.id}"
    with st.expander("Change its class", key=f"inspector_classes_{item.id}", type="compact"):
        st.caption("How long it is kept, and what it may be used for, follows from its class.")
        st.session_state[field] = item.data_class.value  # as it stands, also when one was refused
        st.radio(
            "Class",
            [data_class.value for data_class in CLASSES],
            captions=list(CLASSES.values()),
            key=field,
            label_visibility="collapsed",
            on_change=changes.classify,
            args=(memory, item.id, field),
        )
        if not agreed(memory, SENSITIVE):
            st.page_link(
                "pages/privacy.py",
                label="Consent to keep what is sensitive",
                icon=":material/handshake:",
                query_params={"view": "consent"},
            )


# -- the rules ------------------------------------------------------------------------------


def draw_not_recalled(item: MemoryItem, rules: PrivacyRules) -> None:
    if rules.classes[item.data_class].recalled:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(
            f":material/visibility_off: Not recalled: your rules for {item.data_class} memories",
            width="content",
        )
        st.page_link(
            "pages/privacy.py",
            label="Open the rules",
            icon=":material/tune:",
            query_params={"view": "retention"},
        )


def draw_sent(memory: Memory, item: MemoryItem) -> None:
    """How often it left this computer, and to whom, if ever."""
    times = memory.count_ledger(user(), place=ModelPlace.REMOTE, memory_id=item.id)
    if not times:
        return
    entries = memory.ledger(user(), place=ModelPlace.REMOTE, memory_id=item.id, limit=LOOKED_AT)
    whom = dict.fromkeys(entry.provider for entry in entries)
    often = "once" if times == 1 else f"{times:,} times"
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(
            f":material/cloud_upload: Sent {often}, to {literal(', '.join(whom))}, last on "
            f"{on_day(entries[0].at)}",
            width="content",
        )
        st.page_link(
            "pages/privacy.py",
            label="What left",
            icon=":material/outbox:",
            query_params={"view": "sent"},
        )


def draw_expiry(item: MemoryItem, rules: PrivacyRules, now: datetime) -> None:
    """A forgotten one is erased before that."""
    if item.status is Status.FORGOTTEN:
        return
    if item.expires_at is None:
        faded = "" if item.pinned else "it has faded, or "
        st.caption(f":material/schedule: Kept until {faded}you erase it")
        return
    words = (
        f":material/schedule: Erased {time_left(item.expires_at, now)} ({on_day(item.expires_at)})"
    )
    if _may_be_put_off(item, rules):
        words += " unless it is used"
    days = rules.classes[item.data_class].days
    if days is None:  # the rules were changed just now, in another tab
        st.caption(words)
    else:
        share = (item.expires_at - now) / timedelta(days=days)
        st.progress(min(1.0, max(0.0, share)), text=words)


def _may_be_put_off(item: MemoryItem, rules: PrivacyRules) -> bool:
    """The article's preset counts from storing; and what is not recalled is not used."""
    recalled = item.in_use and rules.classes[item.data_class].recalled
    return recalled and rules.preset is Preset.ASSISTANT


def time_left(moment: datetime, now: datetime) -> str:
    """“in 12 days”, “in 11 months”, “in 2 years”; whole ones, in the person's own zone."""
    end, today = moment.astimezone().date(), now.astimezone().date()
    days = (end - today).days
    if days < 2:
        return "tomorrow" if days == 1 else "today"
    if days <= DAYS_IN_DAYS:
        return f"in {days} days"
    months = 12 * (end.year - today.year) + end.month - today.month - (end.day < today.day)
    if months < MONTHS_IN_MONTHS:
        return f"in {months} months"
    return f"in {months // 12:,} years"
