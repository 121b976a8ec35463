"""Forgetting: how strong each memory is now, when it will fade, and how its curve runs."""

import streamlit as st

from memory import Memory, Retention
from pages.parts.shared import (
    USER,
    draw_empty,
    draw_pages,
    enter,
    literal,
    on_day,
    shorten,
    visible,
)

DAYS = 60
PAGE = 50
"""Memories on a page of the table."""


def draw() -> None:
    memory = enter("pages/forgetting.py")
    st.title("Forgetting", anchor=False)
    st.caption(
        "A memory loses 5 % of its strength a day. Each use brings it back and makes it last; "
        "a pinned one does not fade. Nothing is erased for being weak."
    )
    retained = memory.retention(USER)
    if not retained:
        draw_empty(
            "Nothing to forget yet", "Each memory has a curve here, from the day it is made."
        )
        return
    _draw_totals(retained)
    st.space("small")  # a table's toolbar covers what stands right above it
    left, curve = st.columns([1.5, 1], gap="medium")
    with left:
        table = st.container()
        number = draw_pages(len(retained), PAGE, "forgetting_page")
        with table:
            chosen = _draw_table(retained[PAGE * (number - 1) :][:PAGE])
    with curve:
        _draw_curve(memory, chosen)


def _draw_totals(retained: list[Retention]) -> None:
    fading = sum(r.fading for r in retained)
    pinned = sum(r.item.pinned for r in retained)
    mean = sum(r.strength for r in retained) / len(retained)
    with st.grid(4, min_column_width=150):
        st.metric("Memories", f"{len(retained):,}", border=True)
        st.metric("Mean strength", f"{mean:.0%}", border=True)
        st.metric("Fading", f"{fading:,}", border=True, help="Weak enough to be warned about")
        st.metric("Pinned", f"{pinned:,}", border=True)


def _draw_table(retained: list[Retention]) -> Retention:
    """The weakest first."""
    import pandas as pd

    selection = st.dataframe(
        pd.DataFrame(
            {
                "Memory": [visible(shorten(r.item.text, 120)) for r in retained],
                "Strength": [100 * r.strength for r in retained],
                "Fades": [_fades(r) for r in retained],
                "Uses": [r.item.access_count for r in retained],
            }
        ),
        # other memories have other curves: the choice begins anew
        key=f"forgetting_table_{hash(tuple(r.item.id for r in retained))}",
        hide_index=True,
        on_select="rerun",
        selection_mode="single-cell",  # a click anywhere on a row
        selection_default={"selection": {"cells": [(0, "Memory")]}},
        row_height=38,
        alt="Memories by strength, the weakest first, with the day they fade",
        column_config={
            "Memory": st.column_config.TextColumn(width=210),
            "Strength": st.column_config.ProgressColumn(
                width=90, min_value=0, max_value=100, format="%.0f %%"
            ),
            "Fades": st.column_config.TextColumn(width=110),
            "Uses": st.column_config.NumberColumn(width=50),
        },
    )
    cells = selection["selection"]["cells"]
    return retained[cells[0][0] if cells else 0]


def _fades(retention: Retention) -> str:
    """In the table: its day, or how it stands without one."""
    if retention.fades_at is None:
        return "never"
    day = retention.fades_at.astimezone()
    return "faded" if retention.fading else f"{day.day} {day:%b %Y}"


def _draw_curve(memory: Memory, chosen: Retention) -> None:
    import altair as alt
    import pandas as pd

    curve = memory.curve(chosen.item.id, days=DAYS)
    frame = pd.DataFrame(curve.points, columns=["day", "strength"])
    line = (
        alt.Chart(frame)
        .mark_line(strokeWidth=2)
        .encode(
            x=alt.X("day:T", title="Day"),
            y=alt.Y(
                "strength:Q",
                title="Strength",
                scale=alt.Scale(domain=[0, 1]),
                axis=alt.Axis(format="%"),
            ),
            tooltip=[alt.Tooltip("day:T", title="Day"), alt.Tooltip("strength:Q", format=".0%")],
        )
    )
    threshold = (
        alt.Chart(pd.DataFrame({"fading": [curve.fading_below]}))
        .mark_rule(strokeDash=[4, 4], color="#B1571F")
        .encode(y="fading:Q")
    )
    st.markdown(f"**{literal(shorten(chosen.item.text, 70))}**")
    st.altair_chart(
        (line + threshold).properties(height=280),
        key="forgetting_curve",
        alt=f"Strength over the next {DAYS} days if it is not used; the dashed line is where a "
        "memory counts as fading",
    )
    st.caption(_in_words(chosen, curve.fading_below))


def _in_words(chosen: Retention, fading_below: float) -> str:
    now = f"Strength now {chosen.strength:.0%}."
    if chosen.item.pinned:
        return f"{now} It is pinned and does not fade."
    if chosen.fading:
        return f"{now} It is fading: use it or pin it to keep it strong."
    assert chosen.fades_at is not None
    return f"{now} Unused, it falls below {fading_below:.0%} on {on_day(chosen.fades_at)}."


draw()
