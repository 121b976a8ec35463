"""The Inspector's list: filters, order and paging, all of them in the address; only one page of
memories is ever loaded."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import streamlit as st

from memory import DataClass, Found, Kind, Memory, MemoryFilter, MemoryItem, NotFound, Order, Status
from pages.parts.inspector.changes import OPENED, close_card, open_card
from pages.parts.inspector.memory_columns import column_config, column_order, frame_of
from pages.parts.kinds import GROUPS_IN_WORDS
from pages.parts.shared import draw_pages
from pages.parts.tables import MOST_PIXELS, WRAPPED_PIXELS, table_pixels
from pages.parts.whose import user

PAGE = 50
"""Memories on a page: what a table draws at once, and a person looks through."""
STATES = {
    "In use": MemoryFilter(status=Status.ACTIVE, paused=False),
    "Paused": MemoryFilter(status=Status.ACTIVE, paused=True),
    "Archived": MemoryFilter(status=Status.ARCHIVED),
    "Forgotten": MemoryFilter(status=Status.FORGOTTEN),
}
ORDERS = {
    "Newest": Order.NEWEST,
    "Oldest": Order.OLDEST,
    "Strongest": Order.STRONGEST,
    "Weakest": Order.WEAKEST,
    "Most used": Order.MOST_USED,
    "Expiring soon": Order.EXPIRING,
}
DIGITS = 18
"""Of an id, at most: what a database can count to."""

SEARCH, STATE, SORT, NUMBER = (
    "inspector_search",
    "inspector_status",
    "inspector_sort",
    "inspector_page",
)
KINDS, CLASSES, PINNED = "inspector_kinds", "inspector_classes", "inspector_pinned"
SUPERSEDED = "inspector_superseded"
LISTED = "inspector_listed"
"""Ids of the list that was drawn last, and its number in this session."""
ROW = "inspector_row"
"""The row that was last on the card, with the key of its table."""


@dataclass(frozen=True, slots=True)
class Listed:
    items: Sequence[MemoryItem]
    """Those of the page."""
    ticked: tuple[int, ...]
    """Ids."""


# -- filters --------------------------------------------------------------------------------


def draw_filters() -> tuple[MemoryFilter, Order]:
    with st.container(horizontal=True, vertical_alignment="center", key="inspector_filters"):
        search = st.text_input(
            "Search",
            key=SEARCH,
            type="search",
            live=True,
            placeholder="Search your memories",
            max_chars=200,
            label_visibility="collapsed",
            width=230,
            bind="query-params",
            on_change=_first_page,
        )
        state = st.segmented_control(
            "State",
            list(STATES),
            default="In use",
            required=True,
            key=STATE,
            label_visibility="collapsed",
            bind="query-params",
            on_change=_first_page,
        )
        kinds, classes, pinned, superseded = _draw_more_filters()
        order = _draw_sort()
        wanted = replace(
            STATES[state or "In use"],
            search=search or "",
            kinds=tuple(map(Kind, kinds)),
            data_classes=tuple(map(DataClass, classes)),
            pinned=True if pinned else None,
            superseded=True if superseded else None,
        )
    return wanted, order


def _draw_sort() -> Order:
    order = st.selectbox(
        "Sort",
        list(ORDERS),
        key=SORT,
        label_visibility="collapsed",
        icon=":material/sort:",
        filter_mode=None,
        width=165,
        bind="query-params",
        on_change=_first_page,
    )
    return ORDERS[order]


def _draw_more_filters() -> tuple[list[str], list[str], bool, bool]:
    count = sum(len(_before_drawing(key)) for key in (KINDS, CLASSES, PINNED, SUPERSEDED))
    label = f"Filter · {count}" if count else "Filter"
    with st.popover(label, icon=":material/filter_list:", key="inspector_filter"):
        kinds = st.pills(
            "Kind",
            [kind.value for kind in Kind],
            selection_mode="multi",
            key=KINDS,
            help=GROUPS_IN_WORDS,
            bind="query-params",
            on_change=_first_page,
        )
        classes = st.pills(
            "Class",
            [data_class.value for data_class in DataClass],
            selection_mode="multi",
            key=CLASSES,
            bind="query-params",
            on_change=_first_page,
        )
        pinned = st.toggle("Pinned only", key=PINNED, bind="query-params", on_change=_first_page)
        superseded = st.toggle(
            "No longer so",
            key=SUPERSEDED,
            help="Of which you have said something newer since",
            bind="query-params",
            on_change=_first_page,
        )
    return kinds, classes, pinned, superseded


def _before_drawing(key: str) -> Sequence[object]:
    """What is chosen in a filter; in the first run that stands in the address alone."""
    value = st.session_state.get(key, st.query_params.get_all(key))
    return value if isinstance(value, list) else [True] * bool(value)


def is_narrowed(wanted: MemoryFilter) -> bool:
    chosen = wanted.kinds or wanted.data_classes or wanted.pinned or wanted.superseded
    return bool(wanted.search or chosen)


def draw_clear(key: str, kind: str) -> None:
    st.button(
        "Clear filters",
        key=key,
        type=kind,  # type: ignore[arg-type]
        icon=":material/filter_list_off:",
        on_click=_clear,
    )


def _clear() -> None:
    st.session_state.update({SEARCH: "", KINDS: [], CLASSES: [], PINNED: False, SUPERSEDED: False})
    _first_page()


def _first_page() -> None:
    st.session_state[NUMBER] = 1
    st.query_params.pop(OPENED, None)


# -- the table ------------------------------------------------------------------------------


def asked_number() -> int:
    """The page that is asked for, be there such a page or not: known before its number is drawn,
    it spares a look at all memories just to count them."""
    asked = str(st.session_state.get(NUMBER) or st.query_params.get(NUMBER, "1"))
    return max(1, int(asked)) if asked.isdecimal() and len(asked) <= DIGITS // 2 else 1


def draw_numbers(total: int) -> int:
    """The number of the page that is shown, from 1."""
    return draw_pages(total, PAGE, NUMBER, bind="query-params")


def load(memory: Memory, wanted: MemoryFilter, order: Order, number: int) -> Found:
    return memory.find(user(), wanted, order=order, limit=PAGE, offset=PAGE * (number - 1))


def item_on_card(memory: Memory) -> MemoryItem | None:
    """The one in the address, of whatever list, unless it is gone or somebody else's."""
    wanted = st.query_params.get(OPENED, "")
    if not wanted:
        return None
    try:
        item = memory.item(int(wanted)) if wanted.isdecimal() and len(wanted) <= DIGITS else None
    except NotFound:
        item = None
    if item is None or item.user_id != user():
        close_card()
        st.toast("The memory of this address is no longer here.", icon=":material/info:")
        return None
    return item


def draw_table(
    memory: Memory, items: Sequence[MemoryItem], order: Order, opened: MemoryItem | None
) -> Listed:
    """A click on a row opens its card; a tick chooses it for what is done to several."""
    ids = [item.id for item in items]
    key = f"inspector_table_{number_of_table(ids)}"
    shown = ids.index(opened.id) if opened and opened.id in ids else 0
    frame = frame_of(memory, items)
    selection = st.dataframe(
        frame,
        key=key,
        hide_index=True,
        on_select="rerun",
        selection_mode=["multi-row", "single-cell"],
        selection_default={"selection": {"rows": [], "cells": [(shown, "Memory")]}},
        row_height=WRAPPED_PIXELS,
        height=table_pixels(len(items), WRAPPED_PIXELS, MOST_PIXELS),
        placeholder="never",
        alt="Your memories; choose a cell to open one, tick rows to change several",
        column_order=column_order(list(frame.columns), order),
        column_config=column_config(),
    )["selection"]
    _follow_click(key, ids, selection["cells"])
    return Listed(items, tuple(ids[row] for row in selection["rows"] if row < len(ids)))


def number_of_table(ids: Sequence[int]) -> int:
    """Another one with each other list, which has nothing chosen in it yet: also when one comes
    back before the browser has let go of what was chosen in it."""
    drawn, number = st.session_state.get(LISTED, ([], 0))
    if drawn != ids:
        number += 1
        st.session_state[LISTED] = (ids, number)
    return number


def _follow_click(key: str, ids: Sequence[int], cells: Sequence[tuple[int, str]]) -> None:
    """Only when the chosen cell is another than before: a related memory may be open since."""
    row = cells[0][0] if cells else None
    before = st.session_state.get(ROW)
    st.session_state[ROW] = (key, row)
    if row is not None and row < len(ids) and before not in (None, (key, row)) and before[0] == key:
        open_card(ids[row])
