"""What a sweep would do: what leaves answers, what is erased, and what is left, and why."""

from collections.abc import Sequence
from itertools import groupby

import streamlit as st

from memory import MemoryItem, Protected, SweepPlan
from pages.parts.shared import count_of, draw_pages, literal, on_day, shorten, size_of, visible
from pages.parts.tables import WRAPPED_PIXELS, table_pixels

PAGE = 10
"""Rows of a table: what can be done with them stays in sight."""
FIRST = 10
"""How many of what is left for one reason are named."""
TEXT = 120
"""From here on a cell wraps its text."""
ARCHIVED_NUMBER, ERASED_NUMBER = "forgetting_archived_page", "forgetting_erased_page"


def draw_plan(plan: SweepPlan) -> None:
    st.header("What a sweep would do", anchor=False)
    st.markdown(_in_words(plan))
    if plan.archived:
        _draw_archived(plan)
    if plan.purged:
        _draw_erased(plan)
    if plan.protected:
        _draw_protected(plan.protected)


def _in_words(plan: SweepPlan) -> str:
    if plan.is_empty:
        weak = "All that is weak or due" if plan.protected else "No memory is weak enough, or due"
        return f"**Nothing.** {weak}{' is protected' if plan.protected else ''}."
    told = []
    if plan.archived:
        told.append(
            f"**{count_of(len(plan.archived), 'memory')}** of {plan.held:,} would leave answers, "
            f"and spare them {count_of(plan.archived_tokens, 'token')}. That can be undone."
        )
    if plan.purged:
        told.append(
            f"**{count_of(len(plan.purged), 'memory')}** would be erased for good, "
            f"{size_of(plan.purged_bytes)}. There is no undo."
        )
    if plan.asks_first:
        told.append("So large a sweep is never made without you.")
    return " ".join(told)


# -- what goes ------------------------------------------------------------------------------


def _draw_archived(plan: SweepPlan) -> None:
    st.markdown("**Into the archive, the weakest first**")
    table = st.container()
    number = draw_pages(len(plan.archived), PAGE, ARCHIVED_NUMBER)
    page = plan.archived[PAGE * (number - 1) : PAGE * number]
    with table:
        _draw_table(
            [each.item for each in page],
            {"Strength": [100 * each.strength for each in page]},
            "forgetting_archived",
            "Memories that would leave answers, the weakest first",
        )


def _draw_erased(plan: SweepPlan) -> None:
    st.markdown("**Erased for good, the longest archived first**")
    table = st.container()
    number = draw_pages(len(plan.purged), PAGE, ERASED_NUMBER)
    page = plan.purged[PAGE * (number - 1) : PAGE * number]
    archived = [on_day(item.archived_at) if item.archived_at else "" for item in page]
    with table:
        _draw_table(
            page,
            {"Archived": archived},
            "forgetting_erased",
            "Memories that would be erased, the longest archived first",
        )


def _draw_table(
    items: Sequence[MemoryItem], more: dict[str, Sequence[object]], key: str, alt: str
) -> None:
    import pandas as pd

    column = st.column_config
    st.dataframe(
        pd.DataFrame(
            {
                "Memory": [visible(shorten(item.text, TEXT)) for item in items],
                **more,
                "Kind": [item.kind.value for item in items],
                "Uses": [item.access_count for item in items],
            }
        ),
        key=key,
        hide_index=True,
        height=table_pixels(len(items), WRAPPED_PIXELS),
        row_height=WRAPPED_PIXELS,
        alt=alt,
        column_config={
            "Memory": column.TextColumn(width=185),
            "Strength": column.ProgressColumn(
                width=90, min_value=0, max_value=100, format="%.0f %%"
            ),
            "Archived": column.TextColumn(width=90),
            "Kind": column.TextColumn(width=100),
            "Uses": column.NumberColumn(width=60),
        },
    )


# -- what is left ---------------------------------------------------------------------------


def _draw_protected(protected: Sequence[Protected]) -> None:
    """One reason a fold, the one for most of them first."""
    st.markdown("**Weak or due, but left**")
    by_reason = [
        (why, list(group))
        for why, group in groupby(sorted(protected, key=lambda p: p.why), key=lambda p: p.why)
    ]
    for why, group in sorted(by_reason, key=lambda pair: -len(pair[1])):
        label = f"{count_of(len(group), 'memory')}: {why}"
        with st.expander(label, type="compact", key=f"forgetting_left_{why.name.lower()}"):
            first = group[:FIRST]
            st.markdown("\n".join(f"- {literal(shorten(p.item.text, TEXT))}" for p in first))
            if len(group) > FIRST:
                st.caption(f"and {len(group) - FIRST:,} more")
