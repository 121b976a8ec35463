"""The map of clusters, drawn by the browser at places that were worked out here: near each other
stands what is alike. The list says the same in words."""

from collections.abc import Mapping, Sequence
from itertools import product

import streamlit as st

from memory import Cluster, Clusters, Placed
from pages.parts.charts import colours, ink, paper
from pages.parts.inspector.cluster_card import ALONE, choose, choose_none, pointed_at
from pages.parts.shared import count_of, on_day, shorten, visible

HEIGHT_PIXELS = 480
FEWEST = 3
"""Points: of fewer, where they are says nothing."""
MANY = 400
"""Points; of more, each is drawn smaller."""
POINT, SMALL_POINT, LONER = 11, 6, 0.7
"""Diameters in pixels; of what is on its own, that share of it."""
FAINT = 0.25
"""What is of another cluster than the chosen."""
LABEL_WORDS, LABEL = 2, 26
"""Of a name on the map, and characters of it."""
TEXT = 120
"""Characters of a memory that is pointed at."""
GREY = 6
"""Among the theme's chart colours: for what is on its own."""
SHAPES = ("circle", "diamond", "triangle")
"""A colour comes again in another shape: clusters are not told apart by colour alone."""
EDGE = 1.08
"""Places reach from -1 to 1; points at the edge need room."""
SIDE = 0.45
"""Of a cluster farther out than that its name is written inwards: at the width of a phone half of
the longest takes as much."""
KEY, CLICKED = "inspector_clusters_map", "inspector_clusters_map_clicked"

Look = tuple[str, str]
"""Colour and shape."""


def is_drawn(found: Clusters) -> bool:
    return len(found.places) >= FEWEST


def draw_map(found: Clusters, number: int | None) -> None:
    """``number``: the chosen cluster, if any. A click on a point chooses its cluster, and it."""
    st.markdown("## What your memories are about")
    shown, grouped = len(found.places), found.grouped + len(found.alone)
    part = "" if shown == grouped else f" {shown:,} of {grouped:,} are shown, from all over it."
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(
            f"Each point is a memory; the nearer two are, the more alike.{part}", width="content"
        )
        if number is not None:
            st.button(
                "Show all", key="inspector_clusters_all", type="tertiary", on_click=choose_none
            )
    state = st.echarts_chart(
        _spec(found, number),
        key=KEY,
        height=HEIGHT_PIXELS,
        on_select="rerun",
        alt=f"Map of {count_of(shown, 'memory')} in {count_of(len(found.clusters), 'cluster')}. "
        "The list below has the same clusters, and the card of each its memories.",
    )
    _follow_click(found, _clicked(state["selection"]))


def _clicked(selection: Mapping[str, Sequence[Mapping[str, object]]]) -> int | None:
    """The place of the chosen point."""
    for group in selection.get("selected", ()):
        places = group["data_indices"]
        if group.get("series_index") == 0 and isinstance(places, Sequence) and places:
            return int(places[-1])
    return None


def _follow_click(found: Clusters, place: int | None) -> None:
    """By the id of its memory: places are others when one more is remembered."""
    clicked = found.places[place].item.id if place is not None and place < len(found.places) else 0
    before = st.session_state.get(CLICKED, 0)
    st.session_state[CLICKED] = clicked
    if clicked and clicked != before:
        placed = found.places[place or 0]
        choose(ALONE if placed.cluster_id is None else placed.cluster_id, clicked)
        st.rerun()  # drawn anew, with the chosen ones in front


# -- the picture ----------------------------------------------------------------------------


def looks(clusters: Sequence[Cluster], colours: Sequence[str]) -> dict[int, Look]:
    """Of each cluster by its id. What it gets hangs on its id, which it keeps when it grows: only
    where a larger one has that look already, it gets the next."""
    hues = [colour for place, colour in enumerate(colours) if place != GREY]
    free = [(hue, shape) for shape, hue in product(SHAPES, hues)]
    given: dict[int, Look] = {}
    for cluster in clusters:
        begin = cluster.id % len(hues)
        wanted = [hues[(begin + step) % len(hues)] for step in range(len(hues))]
        look = next(
            ((hue, shape) for shape in SHAPES for hue in wanted if (hue, shape) in free),
            (wanted[0], SHAPES[-1]),  # more clusters than looks: their names tell them apart
        )
        given[cluster.id] = look
        if look in free:
            free.remove(look)
    return given


def _spec(found: Clusters, number: int | None) -> dict[str, object]:
    axis = {"show": False, "min": -EDGE, "max": EDGE}
    return {
        "animation": False,
        "grid": {"left": 8, "right": 8, "top": 8, "bottom": 8},
        "xAxis": axis,
        "yAxis": axis,
        "tooltip": {
            "confine": True,
            "extraCssText": "max-width: 280px; white-space: normal;",
        },
        "series": [_points(found, number), _labels(found, number)],
    }


def _points(found: Clusters, number: int | None) -> dict[str, object]:
    hues = colours()
    given = looks(found.clusters, hues)
    return {
        "type": "scatter",
        "selectedMode": "single",
        "data": [_point(found, placed, given, hues, number) for placed in found.places],
        "select": {"itemStyle": {"borderColor": ink(), "borderWidth": 2}},
    }


def _labels(found: Clusters, number: int | None) -> dict[str, object]:
    """Names, each in the middle of its cluster: points that are not seen."""
    return {
        "type": "scatter",
        "silent": True,
        "symbolSize": 1,
        "itemStyle": {"opacity": 0},
        "tooltip": {"show": False},
        "data": [_label(cluster, number) for cluster in found.clusters],
        "label": {
            "show": True,
            "formatter": "{b}",
            "color": ink(),
            "fontSize": 13,
            "fontWeight": "bold",
            "textBorderColor": paper(),
            "textBorderWidth": 3,
        },
        "labelLayout": {"hideOverlap": True},
    }


def _point(
    found: Clusters,
    placed: Placed,
    given: Mapping[int, Look],
    hues: Sequence[str],
    number: int | None,
) -> dict[str, object]:
    """What is pointed at is told as text: the browser puts it into the marks, and nothing in it is
    markup."""
    item, alone = placed.item, placed.cluster_id is None
    colour, shape = (hues[GREY], SHAPES[0]) if alone else given[placed.cluster_id or 0]
    size = POINT if len(found.places) <= MANY else SMALL_POINT
    of_chosen = number is None or (placed.cluster_id or ALONE) == number
    pointed = item.id == pointed_at()
    return {
        "value": [round(placed.x, 4), round(placed.y, 4)],
        "name": visible(shorten(item.text, TEXT)),
        "symbol": shape,
        "symbolSize": size * (LONER if alone else 1) * (1.6 if pointed else 1),
        "itemStyle": {"color": colour, "opacity": 0.9 if of_chosen else FAINT},
        "tooltip": {"formatter": f"{{b}}<br/>{item.kind.value} · {on_day(item.said_at)}"},
    }


def _label(cluster: Cluster, number: int | None) -> dict[str, object]:
    name = visible(", ".join(cluster.terms[:LABEL_WORDS]))
    return {
        "value": [round(cluster.x, 4), round(cluster.y, 4)],
        "name": name if len(name) <= LABEL else name[: LABEL - 1] + "…",
        "label": {
            "position": inwards(cluster.x),
            "opacity": 1 if number in (None, cluster.id) else FAINT,
        },
    }


def inwards(x: float) -> str:
    """Where a name stands to the middle of its cluster, so that no edge cuts it off."""
    if abs(x) <= SIDE:
        return "inside"
    return "left" if x > 0 else "right"
