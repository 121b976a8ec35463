"""The ledger: what each call of a model took, and which memories it was given; never a text."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from memory import (
    AppError,
    CallPurpose,
    LedgerEntry,
    Memory,
    ModelPlace,
    NotFound,
)
from pages.parts.chat.took import PLACES, cost_of
from pages.parts.shared import (
    at_time,
    capitalised,
    count_of,
    draw_pages,
    literal,
    shorten,
    visible,
)
from pages.parts.tables import ROW_PIXELS, table_pixels
from pages.parts.whose import user

PAGE = 10
ALL, NUMBER = "privacy_ledger_all", "privacy_ledger_page"
PURPOSES = {
    CallPurpose.ANSWER: "Answer",
    CallPurpose.REHEARSAL: "Compared",
    CallPurpose.SUMMARY: "Summary",
    CallPurpose.READING: "Reading along",
    CallPurpose.TEST: "Test",
}
SHOWN_MEMORIES = 20


def draw_ledger(memory: Memory) -> None:
    st.header("Each call", anchor=False)
    place = None if _draw_switch() else ModelPlace.REMOTE
    total = memory.count_ledger(user(), place=place)
    if not total:
        st.caption("Nothing yet. Each call leaves a line here, without its text.")
        return
    st.caption(f"{count_of(total, 'line')}, the latest first. Choose one to see more of it.")
    table, card = st.container(), st.container()
    number = draw_pages(total, PAGE, NUMBER)
    entries = memory.ledger(user(), place=place, limit=PAGE, offset=PAGE * (number - 1))
    with table:
        chosen = _draw_table(entries, f"privacy_ledger_{place or 'all'}_{number}")
    if chosen is not None:
        with card:
            _draw_card(memory, chosen)


def _draw_switch() -> bool:
    return st.toggle(
        "Also what stayed on this computer",
        key=ALL,
        help="Models of this computer, and the built-in answerer.",
        on_change=lambda: st.session_state.pop(NUMBER, None),
    )


def _draw_table(entries: Sequence[LedgerEntry], key: str) -> LedgerEntry | None:
    import pandas as pd

    selection = st.dataframe(
        pd.DataFrame(
            {
                "When": [entry.at.astimezone() for entry in entries],
                "Model": [visible(entry.model) for entry in entries],
                "Provider": [visible(entry.provider) for entry in entries],
                "For": [PURPOSES[entry.purpose] for entry in entries],
                "Tokens": [f"{e.context_tokens:,} / {e.answer_tokens:,}" for e in entries],
                "Cost": [cost_of(entry) for entry in entries],
                "Memories": [entry.memories for entry in entries],
                "Masked": [entry.masked for entry in entries],
                "Ended": [capitalised(entry.ending) for entry in entries],
            }
        ),
        key=key,
        hide_index=True,
        row_height=ROW_PIXELS,
        height=table_pixels(len(entries)),
        on_select="rerun",
        selection_mode="single-row",
        alt="Calls of models, the latest first",
        column_config=_columns(),
    )["selection"]
    rows = [row for row in selection["rows"] if row < len(entries)]
    return entries[rows[0]] if rows else None


def _columns() -> dict[str, Any]:
    return {
        "When": st.column_config.DatetimeColumn(width=135, format="D MMM YYYY, HH:mm"),
        "Model": st.column_config.TextColumn(width=110),
        "Provider": st.column_config.TextColumn(width=105),
        "For": st.column_config.TextColumn(width=70),
        "Tokens": st.column_config.TextColumn(width=85, help="Given / answered."),
        "Cost": st.column_config.TextColumn(width=78),
        "Memories": st.column_config.NumberColumn(width=82, help="That were given."),
        "Masked": st.column_config.NumberColumn(width=70, help="Values that were replaced."),
        "Ended": st.column_config.TextColumn(width=80),
    }


# -- one of them ----------------------------------------------------------------------------


def _draw_card(memory: Memory, entry: LedgerEntry) -> None:
    with st.container(border=True, key="privacy_ledger_card"):
        st.markdown(
            f"**{literal(entry.model)}**, {literal(entry.provider)}, {PLACES[entry.place]} · "
            f"{at_time(entry.at)}"
        )
        _draw_sections(entry)
        _draw_link(memory, entry)
        _draw_memories(memory, entry)


def _draw_sections(entry: LedgerEntry) -> None:
    told = [f"{name} {tokens:,}" for name, tokens in entry.sections.items() if tokens]
    if told:
        st.caption(f"Tokens by section, as Recollect counts: {literal(', '.join(told))}.")


def _draw_link(memory: Memory, entry: LedgerEntry) -> None:
    if entry.message_id is None:
        st.caption("No answer is kept with it: none was asked for or kept, or it is erased.")
        return
    try:
        message = memory.message(entry.message_id)
    except AppError:
        st.caption("Its answer is erased.")
        return
    st.page_link(
        "pages/chat.py",
        label="Open the answer",
        icon=":material/forum:",
        query_params={"c": message.conversation_id, "m": str(message.id)},
    )


def _draw_memories(memory: Memory, entry: LedgerEntry) -> None:
    if not entry.memories:
        st.caption("It was given no memory.")
        return
    st.markdown(f"It was given {count_of(entry.memories, 'memory')}:")
    for item_id in entry.memory_ids[:SHOWN_MEMORIES]:
        try:
            item = memory.item(item_id)
        except NotFound:
            continue
        st.page_link(
            "pages/inspector.py",
            label=literal(shorten(item.text, 110)),
            icon=":material/arrow_forward:",
            query_params={"memory": str(item.id)},
        )
    more = len(entry.memory_ids) - SHOWN_MEMORIES
    erased = entry.memories - len(entry.memory_ids)
    if more > 0:
        st.caption(f"And {more:,} more.")
    if erased > 0:
        st.caption(
            f"{count_of(erased, 'memory')} of these {'is' if erased == 1 else 'are'} erased."
        )
