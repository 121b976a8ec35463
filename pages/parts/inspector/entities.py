"""The Inspector's names: whom and what the memories speak of, found by a name or by a question, as
a list or as a network; beside it the card of one.

The session keeps ids and places in a list; no name stays in it.
"""

from collections.abc import Sequence

import streamlit as st

from memory import Entity, EntityType, FoundEntities, Memory, RelevantEntity
from pages.parts.inspector.entity_card import (
    ICONS,
    MOVED,
    close_entity,
    draw_card,
    entity_on_card,
    follow_click,
)
from pages.parts.inspector.entity_graph import draw_graph
from pages.parts.shared import count_of, draw_empty, draw_pages, visible
from pages.parts.tables import MOST_PIXELS, ROW_PIXELS, WRAPPED_PIXELS, table_pixels
from pages.parts.whose import user

PAGE = 50
"""Names on a page."""
ANSWERS = 20
"""To a question, at most."""
RECENCY = "recency"
"""The only term of a name that a question has nothing to do with."""
LIST, GRAPH = "List", "Graph"
VIEWS = {LIST: ":material/list: List", GRAPH: ":material/hub: Graph"}
SEARCH, TYPES, VIEW, NUMBER = (
    "inspector_names_search",
    "inspector_names_types",
    "inspector_names_view",
    "inspector_names_page",
)


def draw(memory: Memory) -> None:
    if st.session_state.get(VIEW) == GRAPH:
        _draw_controls()
        _draw_network(memory)
        return
    found = _find(memory)
    if not (found.by_type or st.session_state.get(SEARCH)):
        draw_empty(
            "No names yet",
            "People, projects, places and technologies that you speak of appear here.",
        )
        return
    _draw_controls()
    _draw_list(memory, found)


# -- what is looked for ---------------------------------------------------------------------


def _find(memory: Memory) -> FoundEntities:
    """By what is in the controls, before they are drawn: whether there is anything to look for
    decides whether they are."""
    asked = st.session_state.get(NUMBER, 1)
    return memory.find_entities(
        user(),
        search=st.session_state.get(SEARCH) or "",
        types=st.session_state.get(TYPES) or [],
        limit=PAGE,
        offset=PAGE * (asked - 1),
    )


def _draw_controls() -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="inspector_names_controls"):
        view = st.segmented_control(
            "View",
            list(VIEWS),
            format_func=lambda name: VIEWS[name],
            default=LIST,
            required=True,
            key=VIEW,
            label_visibility="collapsed",
        )
        if view != GRAPH:
            st.text_input(
                "Search",
                key=SEARCH,
                type="search",
                live=True,
                placeholder="Who or what?",
                help="A name, or a question: “Who fixed the authentication bug?”",
                max_chars=200,
                label_visibility="collapsed",
                width=340,
                on_change=_first_page,
            )
    if view != GRAPH:  # on a line of its own: it would come there from beside the search
        st.pills(
            "Type",
            [kind.value for kind in EntityType],
            format_func=lambda kind: f"{ICONS[EntityType(kind)]} {kind.capitalize()}",
            selection_mode="multi",
            key=TYPES,
            label_visibility="collapsed",
            on_change=_first_page,
        )


def _first_page() -> None:
    st.session_state[NUMBER] = 1
    close_entity()


def _clear() -> None:
    st.session_state.update({SEARCH: "", TYPES: []})
    _first_page()


# -- the list -------------------------------------------------------------------------------


def _draw_list(memory: Memory, found: FoundEntities) -> None:
    question = "" if found.by_type else st.session_state[SEARCH]
    answers = _answers(memory, question)
    if not (found.total or answers):
        _draw_no_match()
        return
    if answers:
        st.caption(f"No name says that. {count_of(len(answers), 'name')} may be meant.")
    else:
        st.caption(count_of(found.total, "name"))
    left, card = _columns()
    with left:
        if answers:
            entities = [answer.entity for answer in answers]
            _draw_table(entities, {"Why": [answer.reason for answer in answers]})
        else:
            entities = list(found.entities)
            table = st.container()
            draw_pages(found.total, PAGE, NUMBER)
            with table:
                _draw_table(entities, _counts(entities))
    with card:
        _draw_chosen(memory, entities)


def _answers(memory: Memory, question: str) -> list[RelevantEntity]:
    """What a question is about, not what was merely spoken of just now."""
    if not question.strip():
        return []
    chosen = st.session_state.get(TYPES) or list(EntityType)
    return [
        found
        for found in memory.relevant_entities(user(), question, ANSWERS)
        if found.terms.keys() != {RECENCY} and found.entity.type in chosen
    ]


def _counts(entities: Sequence[Entity]) -> dict[str, Sequence[object]]:
    return {
        "Mentions": [entity.mention_count for entity in entities],
        "Importance": [entity.importance for entity in entities],
        "Last": [entity.last_mentioned_at for entity in entities],
    }


def _draw_table(entities: Sequence[Entity], columns: dict[str, Sequence[object]]) -> None:
    """A click on a row opens the card."""
    import pandas as pd

    ids = [entity.id for entity in entities]
    # another table with each other list, in which nothing is chosen yet
    row = WRAPPED_PIXELS if "Why" in columns else ROW_PIXELS
    key = f"inspector_names_table_{hash(tuple(ids))}_{st.session_state.get(MOVED, 0)}"
    named = {
        "Name": [visible(entity.name) for entity in entities],
        "Type": [entity.type.value for entity in entities],
    }
    column = st.column_config
    selection = st.dataframe(
        pd.DataFrame(named | columns),
        key=key,
        hide_index=True,
        on_select="rerun",
        selection_mode="single-cell",
        row_height=row,
        height=table_pixels(len(ids), row, MOST_PIXELS),
        placeholder="never",
        alt="Names in your memories; choose a cell to open the card of one",
        column_config={
            "Name": column.TextColumn(width=150),
            "Type": column.TextColumn(width=98),
            "Mentions": column.NumberColumn(width=75),
            "Importance": column.NumberColumn(width=82, format="%.1f"),
            "Last": column.DatetimeColumn("Last mention", width=115, format="distance"),
            "Why": column.TextColumn(width=275),
        },
    )["selection"]
    follow_click(key, ids, selection["cells"][0][0] if selection["cells"] else None)


def _draw_no_match() -> None:
    draw_empty("No name matches", "Try fewer words, or another type.")
    with st.container(horizontal_alignment="center"):
        st.button(
            "Clear filters",
            key="inspector_names_clear",
            icon=":material/filter_list_off:",
            on_click=_clear,
        )


# -- the network ----------------------------------------------------------------------------


def _draw_network(memory: Memory) -> None:
    left, card = _columns()
    with left:
        shown = draw_graph(memory)
    with card:
        _draw_chosen(memory, shown)


# -- beside them ----------------------------------------------------------------------------


def _columns() -> tuple[st.delta_generator.DeltaGenerator, st.delta_generator.DeltaGenerator]:
    left, card = st.columns([1.75, 1], gap="medium")
    return left, card


def _draw_chosen(memory: Memory, listed: Sequence[Entity]) -> None:
    """The one in the address, else the first."""
    chosen = entity_on_card(memory)
    if chosen is None and listed:
        chosen = memory.entity(user(), listed[0].id)
    if chosen is not None:
        draw_card(memory, chosen)
