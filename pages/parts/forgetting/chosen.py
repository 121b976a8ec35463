"""Which memories have their curves drawn."""

from collections.abc import Sequence

import streamlit as st

from memory import Memory, MemoryFilter, MemoryItem, Status
from pages.parts.forgetting.rows import present
from pages.parts.whose import user

LETTERS = "ABCDE"
"""One for each: more lines could not be told apart."""
MIX = 4
IN_USE = MemoryFilter(status=Status.ACTIVE)
PICKED, SHOWN = "forgetting_curves_picked", "forgetting_curves_shown"
"""Ids."""


def shown(memory: Memory, which: str) -> list[MemoryItem]:
    """They stay while the view is open: what is pinned or used would leave it at that moment."""
    if which == "picked":
        return _present(memory, st.session_state.get(PICKED, ()))
    if not st.session_state.get(SHOWN):
        st.session_state[SHOWN] = tuple(item.id for item in CHOOSE[which](memory))
    return _present(memory, st.session_state[SHOWN])


def _mix(memory: Memory) -> list[MemoryItem]:
    """The strongest, the most used, and those that fade next. A pinned one is a straight line, and
    stands among them where there are few others."""
    unpinned = MemoryFilter(status=Status.ACTIVE, pinned=False)
    found = [
        *memory.find(user(), unpinned, order="strongest", limit=1).items,
        *_most_used(memory)[:1],
        *_fading_next(memory)[:MIX],
    ]
    if len({item.id for item in found}) < MIX:
        found += _strongest(memory)
    return list({item.id: item for item in found}.values())[:MIX]


def _strongest(memory: Memory) -> list[MemoryItem]:
    return list(memory.find(user(), IN_USE, order="strongest", limit=len(LETTERS)).items)


def _most_used(memory: Memory) -> list[MemoryItem]:
    found = memory.find(user(), IN_USE, order="most used", limit=len(LETTERS)).items
    return [item for item in found if item.access_count]


def _fading_next(memory: Memory) -> list[MemoryItem]:
    """Those that are not fading yet, the first to fade first; then those that fade already."""
    leaving = memory.forecast(user()).leaving
    soon = sorted(leaving, key=lambda each: (not each.fades_on, each.fades_on or 0))
    return _present(memory, [each.item_id for each in soon[: len(LETTERS)]])


CHOOSE = {"mix": _mix, "fading": _fading_next, "strongest": _strongest, "used": _most_used}


def _present(memory: Memory, ids: Sequence[int]) -> list[MemoryItem]:
    """What was erased or forgotten meanwhile is left out, and what is somebody else's."""
    items = (present(memory, ident) for ident in ids)
    return [
        item
        for item in items
        if item and item.user_id == user() and item.status in (Status.ACTIVE, Status.ARCHIVED)
    ]
