"""Inspector: every memory, searched as one types; its source, its reasons; correct, pin, forget."""

import streamlit as st

from memory import Found, Memory, MemoryFilter, MemoryItem, Order
from pages.parts.inspector import clusters, entities, inbox, profile, timeline
from pages.parts.inspector.bulk import draw_bar
from pages.parts.inspector.changes import TAB, draw_done, draw_last_receipt, draw_news, forget_done
from pages.parts.inspector.memory_card import draw_card
from pages.parts.inspector.memory_list import (
    STATES,
    asked_number,
    draw_clear,
    draw_filters,
    draw_numbers,
    draw_table,
    is_narrowed,
    item_on_card,
    load,
    number_of_table,
)
from pages.parts.shared import (
    count_of,
    draw_empty,
    enter,
    has_arrived,
)
from pages.parts.whose import user

EMPTY = {
    "In use": (
        "No memory is in use",
        "Those that are paused or forgotten have lists of their own.",
    ),
    "Paused": ("Nothing is paused", "A paused memory is kept, but not used in answers."),
    "Archived": ("Nothing is archived", "Memories that have faded wait here, and can be put back."),
    "Forgotten": ("Nothing is forgotten", "What you forget waits here until it is erased."),
}


def draw() -> None:
    memory = enter("pages/inspector.py")
    st.title("Inspector", anchor=False)
    if has_arrived():
        forget_done()
    draw_news()
    tabs = st.tabs(list(TABS), key=TAB, on_change="rerun", bind="query-params")
    for tab, draw_it in zip(tabs, TABS.values(), strict=True):
        if tab.open:
            with tab:
                draw_it(memory)


def _draw_nothing(memory: Memory) -> None:
    draw_done(memory)
    draw_last_receipt()
    draw_empty("Nothing is remembered yet", "What you tell Recollect in the chat appears here.")
    with st.container(horizontal_alignment="center"):
        if st.button("Start chatting", key="inspector_chat", icon=":material/forum:"):
            st.switch_page("pages/chat.py")


# -- memories -------------------------------------------------------------------------------


def _draw_memories(memory: Memory) -> None:
    if not memory.find(user(), limit=0).total:
        _draw_nothing(memory)
        return
    # above the filters: a table's toolbar covers what stands right above it
    with st.container(horizontal=True, vertical_alignment="center", key="inspector_last"):
        draw_done(memory)
    draw_last_receipt()
    wanted, order = draw_filters()
    found = load(memory, wanted, order, asked_number())
    with st.container(horizontal=True, vertical_alignment="center", key="inspector_count"):
        if found.total:
            st.caption(count_of(found.total, "memory"), width="content")
        if found.total and is_narrowed(wanted):
            draw_clear("inspector_clear", "tertiary")
    if found.total:
        left, card = st.columns([1.75, 1], gap="medium")
        with left:
            opened = _draw_list(memory, wanted, order, found)
    else:
        number_of_table([])  # what is listed next is another list, even if of the same memories
        _draw_no_match(wanted)
        opened, card = item_on_card(memory), st.container()
    if opened:
        with card:
            draw_card(memory, opened)


def _draw_list(
    memory: Memory, wanted: MemoryFilter, order: Order, found: Found
) -> MemoryItem | None:
    """Returns the memory to open: the chosen one, else the first of the page."""
    table, bar, pages = st.container(), st.container(), st.container()
    asked = asked_number()
    with pages:
        number = draw_numbers(found.total)
    items = found.items if number == asked else load(memory, wanted, order, number).items
    if not items:
        return None  # erased by another tab just now
    with table:
        listed = draw_table(memory, items, order, item_on_card(memory))
    with bar:
        draw_bar(memory, wanted, listed, found.total)
    return item_on_card(memory) or items[0]


def _draw_no_match(wanted: MemoryFilter) -> None:
    if is_narrowed(wanted):
        draw_empty("No memory matches", "Try fewer words, or another list.")
        with st.container(horizontal_alignment="center"):
            draw_clear("inspector_clear_all", "secondary")
        return
    (state,) = (name for name, plain in STATES.items() if plain == wanted)
    draw_empty(*EMPTY[state])


TABS = {
    "Memories": _draw_memories,
    "Inbox": inbox.draw,
    "Profile": profile.draw,
    "Names": entities.draw,
    "Clusters": clusters.draw,
    "Timeline": timeline.draw,
}


draw()
