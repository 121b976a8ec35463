"""The columns of the Inspector's table: what is told of each memory, and what of it comes first."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import streamlit as st

from memory import DataClass, Memory, MemoryItem, Order, Retention
from pages.parts.shared import shorten, until, visible
from pages.parts.whose import user

if TYPE_CHECKING:
    import pandas as pd

TEXT = 95
"""Characters of a memory in the table: what fits into its cell."""
LEADING = {Order.MOST_USED: "Uses", Order.EXPIRING: "Expires"}
"""What a list is sorted by stands beside the text, in sight on a phone too."""
ERASED = "Erased"
"""When a sweep may do that: of what is archived, where it stands beside the text."""


def frame_of(memory: Memory, items: Sequence[MemoryItem]) -> "pd.DataFrame":
    import pandas as pd

    kept = memory.retention_of(items)
    rules = memory.privacy_rules(user()).classes
    withdrawn = {data_class for data_class, rule in rules.items() if not rule.recalled}
    columns = {
        "Memory": [_in_cell(item) for item in items],
        "Strength": [100 * each.strength for each in kept],
        ERASED: pd.to_datetime([_leaves_archive(each) for each in kept], utc=True),
        "Kind": [item.kind.value for item in items],
        "Class": [item.data_class.value for item in items],
        "Said": [item.said_at for item in items],
        "Uses": [item.access_count for item in items],
        "Expires": pd.to_datetime([item.expires_at for item in items], utc=True),
        "Marks": [_marks(item, withdrawn) for item in items],
    }
    if len(set(columns["Kind"])) == 1:
        del columns["Kind"]
    if not any(columns["Marks"]):
        del columns["Marks"]
    if not any(each.purges_at for each in kept):
        del columns[ERASED]
    return pd.DataFrame(columns)


def _leaves_archive(kept: Retention) -> datetime | None:
    """When a sweep may erase it."""
    return None if kept.item.pinned else kept.purges_at


def _marks(item: MemoryItem, withdrawn: Collection[DataClass]) -> str:
    """``withdrawn``: classes that the person's rules keep out of answers."""
    not_recalled = item.data_class in withdrawn
    marks = {"pinned": item.pinned, "paused": item.paused, "not recalled": not_recalled}
    return ", ".join(mark for mark, holds in marks.items() if holds)


def _in_cell(item: MemoryItem) -> str:
    """With the day until which it held: a mark would be out of sight on a phone."""
    over = f" ({until(item.valid_until)})" if item.valid_until else ""
    return visible(shorten(item.text, TEXT - len(over)) + over)


def column_order(columns: Sequence[str], order: Order) -> list[str]:
    leading = ERASED if ERASED in columns else "Strength"
    first = ("Memory", LEADING.get(order, leading))
    return [*first, *(column for column in columns if column not in first)]


def column_config() -> dict[str, object]:
    column = st.column_config
    return {
        "Memory": column.TextColumn(width=218),
        "Strength": column.ProgressColumn(width=90, min_value=0, max_value=100, format="%.0f %%"),
        "Class": column.TextColumn(width=95),
        "Said": column.DatetimeColumn(width=115, format="distance"),
        "Uses": column.NumberColumn(width=50),
        "Kind": column.TextColumn(width=92),
        "Expires": column.DatetimeColumn(width=95, format="distance"),
        ERASED: column.DatetimeColumn(width=95, format="distance"),
        "Marks": column.TextColumn(width=80),
    }
