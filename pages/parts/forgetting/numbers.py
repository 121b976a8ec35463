"""The numbers above every view: how many are in which stage, and what forgetting has spared."""

import streamlit as st

from memory import ForgettingOverview, Memory
from pages.parts.shared import count_of, size_of
from pages.parts.whose import user

PIXELS = 92
"""Kept free while they are loaded: every view stands below them."""


def draw_numbers(memory: Memory) -> None:
    """Nothing about nothing."""
    found = memory.forgetting(user())
    counts = found.counts
    if not (counts.active or counts.fading or counts.archived or found.purged):
        return
    rules = memory.forgetting_rules(user())
    with st.grid(4, min_column_width=150):
        _draw_number(
            "Active",
            f"{counts.active:,}",
            f"Used in answers. {count_of(found.pinned, 'memory')} pinned: these do not fade.",
        )
        _draw_number(
            "Fading",
            f"{counts.fading:,}",
            f"Weaker than {rules.fading_below:.0%}: still used in answers, and stronger with each "
            f"use. Weaker than {rules.archived_below:.0%}, they go into the archive.",
        )
        _draw_number(
            "Archived",
            f"{counts.archived:,}",
            "Out of answers, and put back in one step. After "
            f"{count_of(rules.grace_days, 'day')} there they may be erased.",
        )
        tokens = found.archived_tokens + found.purged_tokens
        _draw_number("Spared", count_of(tokens, "token"), _spared(found))


def _draw_number(label: str, value: str, told: str) -> None:
    st.metric(label, value, help=told, border=True, height=PIXELS)


def _spared(found: ForgettingOverview) -> str:
    """What no answer has to choose from any more."""
    archived = f"No answer has to choose from them: {count_of(found.archived_tokens, 'token')} in "
    if not found.purged:
        return f"{archived}the archive. Nothing was erased yet."
    return (
        f"{archived}the archive, {found.purged_tokens:,} erased with "
        f"{count_of(found.purged, 'memory')} ({size_of(found.purged_bytes)})."
    )
