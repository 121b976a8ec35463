"""The memory in focus among the curves: what becomes of it in words, and what bends its curve."""

from collections.abc import Callable

import streamlit as st

from memory import Change, Curve, Memory, MemoryItem, Retention, Status
from pages.parts.forgetting.curve_words import ahead, day_name, percent
from pages.parts.shared import attempt, count_of, literal, shorten
from pages.parts.whose import user

COMPARE = "forgetting_curves_compare"


def draw_one(memory: Memory, item: MemoryItem, curve: Curve) -> bool:
    """Returns whether it is to be compared."""
    (kept,) = memory.retention_of([item])
    with st.container(border=True, key="forgetting_curves_one"):
        st.markdown(f"**{literal(shorten(item.text, 200))}**")
        st.caption(in_words(memory, kept, curve))
        with st.container(horizontal=True, vertical_alignment="center"):
            _draw_actions(memory, item)
            return st.toggle("Compare with another policy", key=COMPARE, persist_state="session")


def _draw_actions(memory: Memory, item: MemoryItem) -> None:
    if item.status is Status.ARCHIVED:
        _button("Put back", ":material/undo:", memory.change, [item.id], Change.RESTORE)
        return
    if item.in_use:
        _button("Use it once more", ":material/bolt:", memory.reinforce, [item.id])
    if item.pinned:
        _button("Unpin", ":material/keep_off:", memory.change, [item.id], Change.UNPIN)
    else:
        _button("Pin", ":material/keep:", memory.change, [item.id], Change.PIN)


def _button(label: str, icon: str, action: Callable[..., object], *args: object) -> None:
    key = f"forgetting_curves_{label.split()[0].lower()}"
    st.button(label, key=key, icon=icon, on_click=attempt, args=(action, *args))


def in_words(memory: Memory, kept: Retention, curve: Curve) -> str:
    """“Strength 54%. Unused, it fades on 24 May, in 12 days, and is archived on 2 July. …”"""
    return (
        f"Strength {kept.strength:.0%} now. {_to_come(memory, kept, curve)} {_used(memory, kept)}"
    )


def _to_come(memory: Memory, kept: Retention, curve: Curve) -> str:
    now = memory.now()
    if kept.item.status is Status.ARCHIVED:
        return "It is in the archive: out of answers until you put it back."
    if kept.item.pinned:
        return "It is pinned and does not fade."
    if memory.holiday(user()):
        return "Holiday mode is on: nothing fades while it is on."
    if kept.fading:
        said = "It is fading"
    elif kept.fades_at is None:
        return f"It never falls below {percent(curve.fading_below)}."
    else:
        said = f"Unused, it fades on {day_name(kept.fades_at, now)}, {ahead(kept.fades_at, now)}"
    if kept.archives_at is None:
        return f"{said}, and stays above the archive."
    if kept.archives_at <= now:
        return f"{said}; the next sweep archives it."
    day = day_name(kept.archives_at, now)
    return f"{said}, and is archived on {day}, {ahead(kept.archives_at, now)}."


def _used(memory: Memory, kept: Retention) -> str:
    item = kept.item
    if not item.access_count or item.last_accessed_at is None:
        return "Not used yet."
    last = day_name(item.last_accessed_at, memory.now())
    return f"{count_of(item.access_count, 'use').capitalize()}, last on {last}."
