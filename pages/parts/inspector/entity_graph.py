"""The network of names, drawn by the browser at places that were worked out here: it looks the same
each time. The list says the same in words."""

from collections.abc import Mapping, Sequence

import streamlit as st

from memory import Entity, EntityGraph, EntityType, Memory, Together
from pages.parts.charts import colours, ink
from pages.parts.inspector.entity_card import MOVED, follow_click
from pages.parts.shared import count_of, draw_empty, visible
from pages.parts.whose import user

MOST = 80
"""Names that are drawn: of more, a person sees a heap."""
TIES_PER_NAME = 2
"""So many lines for each name on the whole: of more, none can be followed."""
HEIGHT_PIXELS = 500
SMALLEST, LARGEST = 9, 30
"""Diameters of a name in pixels; they grow with the root of its mentions."""
LABEL = 24
"""Characters of a name in the picture."""
SPAN = 500
"""Coordinates reach so far: a line of less than one is drawn upright or level."""


def draw_graph(memory: Memory) -> Sequence[Entity]:
    """Returns the names it shows. A click on one opens its card."""
    graph = memory.entity_graph(user(), MOST)
    if not graph.entities:
        draw_empty("Nothing to draw yet", "Names that are spoken of together are tied here.")
        return []
    st.markdown("## Who and what have to do with each other")
    st.caption(
        f"{count_of(len(graph.entities), 'name')} with the most ties. An arrow is something you "
        "told; a thin line, that both are named in one memory. Choose one to open its card."
    )
    key = f"inspector_names_graph_{st.session_state.get(MOVED, 0)}"
    state = st.echarts_chart(
        _spec(graph),
        key=key,
        height=HEIGHT_PIXELS,
        on_select="rerun",
        alt=f"Network of {count_of(len(graph.entities), 'name')}. The list has the same names, "
        "and the card of each says what ties it to others.",
    )
    follow_click(key, [entity.id for entity in graph.entities], _clicked(state["selection"]))
    return graph.entities


def _clicked(selection: Mapping[str, Sequence[Mapping[str, object]]]) -> int | None:
    """The place of the chosen name; None for none, and for a tie."""
    for group in selection.get("selected", ()):
        places = group["data_indices"]
        if group.get("data_type") != "edge" and isinstance(places, Sequence) and places:
            return int(places[-1])
    return None


# -- the picture ----------------------------------------------------------------------------


def _spec(graph: EntityGraph) -> dict[str, object]:
    types = [kind for kind in EntityType if any(e.type is kind for e in graph.entities)]
    hues = dict(zip(EntityType, colours(), strict=False))
    return {
        "tooltip": {"confine": True},
        "legend": {"bottom": 0, "data": [kind.value for kind in types], "icon": "circle"},
        "animation": False,
        "series": [
            {
                "type": "graph",
                "layout": "none",
                "preserveAspect": True,
                "top": 20,
                "bottom": 60,
                "left": 36,
                "right": 36,
                "roam": True,
                "scaleLimit": {"min": 0.6, "max": 6},
                "selectedMode": "single",
                "categories": [
                    {"name": kind.value, "itemStyle": {"color": hues[kind]}} for kind in types
                ],
                "data": [_node(graph, entity, types) for entity in graph.entities],
                "links": _links(graph),
                "label": {"show": True, "position": "bottom", "color": ink(), "fontSize": 12},
                "labelLayout": {"hideOverlap": True},
                "edgeSymbolSize": 7,
                "lineStyle": {"color": "source"},
                "emphasis": {"focus": "adjacency", "label": {"show": True}},
                "select": {"itemStyle": {"borderColor": ink(), "borderWidth": 3}},
                # the browser puts names into the marks, as text: nothing in them is markup
                "tooltip": {"formatter": "{c}"},
            }
        ],
    }


def _node(graph: EntityGraph, entity: Entity, types: Sequence[EntityType]) -> dict[str, object]:
    most = max(each.mention_count for each in graph.entities)
    x, y = graph.places[entity.id]
    name = visible(entity.name)
    return {
        "id": str(entity.id),
        "name": name if len(name) <= LABEL else name[: LABEL - 1] + "…",
        "x": round(SPAN * x),
        "y": round(SPAN * y),
        "value": entity.mention_count,
        "tooltip": {"formatter": f"{{b}}: {count_of(entity.mention_count, 'mention')}"},
        "symbolSize": SMALLEST + (LARGEST - SMALLEST) * (entity.mention_count / most) ** 0.5,
        "category": types.index(entity.type),
    }


def _links(graph: EntityGraph) -> list[dict[str, object]]:
    """What was told first, the latest; then those that are named together most often."""
    names = {entity.id: visible(entity.name) for entity in graph.entities}
    said: dict[tuple[int, int], dict[str, None]] = {}
    for r in graph.relations:
        words = f"{names[r.subject_id]} {visible(r.said)} {names[r.object_id]}"
        said.setdefault((r.subject_id, r.object_id), {})[words] = None
    told = {frozenset(pair) for pair in said}
    links = [_told(subject, thing, "; ".join(words)) for (subject, thing), words in said.items()]
    links += [
        _together(tie, f"{names[tie.first_id]} and {names[tie.second_id]}")
        for tie in graph.together
        if {tie.first_id, tie.second_id} not in told
    ]
    return links[: TIES_PER_NAME * len(graph.entities)]


def _told(subject: int, thing: int, words: str) -> dict[str, object]:
    """An arrow; when one points at it, what was told is shown."""
    return {
        "source": str(subject),
        "target": str(thing),
        "value": words,
        "symbol": ["none", "arrow"],
        "lineStyle": {"width": 2, "opacity": 0.8, "curveness": 0.12},
    }


def _together(tie: Together, names: str) -> dict[str, object]:
    return {
        "source": str(tie.first_id),
        "target": str(tie.second_id),
        "value": f"{names}, {count_of(len(tie.memory_ids), 'memory')}",
        "lineStyle": {"width": 1, "opacity": 0.35},
    }
