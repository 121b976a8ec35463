"""The Inspector's clusters: what the memories are about, as a map and as a list, the card of one,
and how each kind of memory is used.

Nothing of it is kept but the number of what was chosen: a name is made of the person's words.
"""

from collections.abc import Mapping, Sequence

import streamlit as st

from memory import AccessPattern, AppError, Cluster, Clusters, Kind, Memory
from pages.parts.inspector.cluster_card import ALONE, choose, chosen, draw_alone, draw_card
from pages.parts.inspector.cluster_map import draw_map, is_drawn
from pages.parts.shared import count_of, draw_empty, draw_error, shorten, visible
from pages.parts.tables import MOST_PIXELS, ROW_PIXELS, WRAPPED_PIXELS, table_pixels
from pages.parts.whose import user

TEXT = 70
"""Characters of a memory in a table."""
KINDS = 2
"""In a cell."""
CLICKED = "inspector_clusters_clicked"
"""The row that was last clicked, with the key of its table."""
FEW = 30
"""Memories, below which two are a cluster."""


def draw(memory: Memory) -> None:
    try:
        with st.spinner("Grouping your memories by what they are about…"):
            found = memory.clusters(user())
    except AppError as error:
        draw_error(error)
        return
    if not found.total:
        draw_empty(
            "Nothing to group yet",
            "Memories that are about one thing stand together here, with how each kind is used.",
        )
        return
    _draw_counts(found)
    if is_drawn(found):
        left, right = st.columns([1.75, 1], gap="medium")
        with left:
            draw_map(found, chosen(found))
    else:
        right = st.container()
    _draw_list(found)
    with right:  # after the list, in which another one may have been chosen just now
        _draw_chosen(memory, found)
    _draw_patterns(found.patterns)


def _draw_counts(found: Clusters) -> None:
    said = f"{count_of(found.grouped, 'memory')} in {count_of(len(found.clusters), 'cluster')}"
    if not found.clusters:
        said = "No two memories are about one thing yet"
    st.caption(
        ". ".join([said, *_left_out(found)]) + ".",
        help="What may be recalled now is grouped by its meaning alone, whatever its kind. What is "
        "paused, archived, no longer so, or of a class that you keep out of answers is not.",
    )


def _left_out(found: Clusters) -> list[str]:
    """And why; only what there is."""
    told = []
    if found.clusters and found.alone:
        told.append(f"{len(found.alone):,} on their own")
    if found.clusters and found.compared < FEW:
        told.append("So few may stand together by chance: with more, clusters are surer")
    if found.told_by_parts:
        told.append(
            f"Not counted twice: {count_of(found.told_by_parts, 'turn')}, told by what was learnt "
            "from it"
        )
    if found.without_vector:
        told.append(f"{found.without_vector:,} not read yet by the embedding model")
    if found.of_some:
        told.append(
            f"{found.compared:,} of them were compared each with each; the others went to what "
            "they are most like"
        )
    return told


# -- the list -------------------------------------------------------------------------------


def _draw_list(found: Clusters) -> None:
    """The map in words; a click on a row opens its card."""
    if not found.clusters:
        return
    import pandas as pd

    ids = [cluster.id for cluster in found.clusters]
    key = f"inspector_clusters_table_{hash(tuple(ids))}"
    column = st.column_config
    selection = st.dataframe(
        pd.DataFrame(_columns(found.clusters)),
        key=key,
        hide_index=True,
        on_select="rerun",
        selection_mode="single-cell",
        row_height=WRAPPED_PIXELS,
        height=table_pixels(len(ids), WRAPPED_PIXELS, MOST_PIXELS),
        placeholder="never",
        alt="Clusters of your memories; choose a cell to open the card of one",
        column_config={
            "Cluster": column.TextColumn(width=135),
            "Memories": column.NumberColumn(width=75),
            "For example": column.TextColumn(width=215),
            "Kinds": column.TextColumn(width=140),
            "Uses": column.NumberColumn("Uses, mean", width=80, format="%.1f"),
            "Strength": column.ProgressColumn(
                "Strength, mean", width=105, min_value=0, max_value=100, format="%.0f %%"
            ),
            "Used": column.DatetimeColumn("Last used", width=95, format="distance"),
        },
    )["selection"]
    _follow_click(key, ids, selection["cells"][0][0] if selection["cells"] else None)


def _columns(clusters: Sequence[Cluster]) -> dict[str, Sequence[object]]:
    import pandas as pd

    return {
        "Cluster": [visible(cluster.name) for cluster in clusters],
        "Memories": [cluster.size for cluster in clusters],
        "For example": [_example(cluster) for cluster in clusters],
        "Kinds": [_kinds(cluster.kinds) for cluster in clusters],
        "Uses": [cluster.uses for cluster in clusters],
        "Strength": [100 * cluster.strength for cluster in clusters],
        "Used": pd.to_datetime([cluster.last_used_at for cluster in clusters], utc=True),
    }


def _example(cluster: Cluster) -> str:
    """The most central; erased a moment ago, there may be none."""
    return visible(shorten(cluster.sample[0].text, TEXT)) if cluster.sample else ""


def _kinds(kinds: Mapping[Kind, int]) -> str:
    """As many as fit into a cell; the card has all."""
    shown = list(kinds.items())[:KINDS]
    others = sum(kinds.values()) - sum(count for _, count in shown)
    told = [count_of(count, kind.value) for kind, count in shown]
    return ", ".join([*told, *([f"{others:,} of other kinds"] if others else [])])


def _follow_click(key: str, ids: Sequence[int], row: int | None) -> None:
    """Only when another one is chosen than before: one may have been chosen on the map since."""
    before = st.session_state.get(CLICKED)
    st.session_state[CLICKED] = (key, row)
    if row is not None and row < len(ids) and before != (key, row):
        choose(ids[row])
        st.rerun()  # the map, which stands above, shows which one it is


# -- beside the map -------------------------------------------------------------------------


def _draw_chosen(memory: Memory, found: Clusters) -> None:
    """The one in the address, else the largest."""
    number = chosen(found)
    by_id = {cluster.id: cluster for cluster in found.clusters}
    if number == ALONE or not by_id:
        draw_alone(memory, found)
    else:
        draw_card(memory, found, by_id[number] if number else found.clusters[0])


# -- how each kind is used ------------------------------------------------------------------


def _draw_patterns(patterns: Sequence[AccessPattern]) -> None:
    import pandas as pd

    st.markdown("## How each kind is used")
    st.caption("A use is an answer built on a memory, or a list of results it stood in.")
    column = st.column_config
    st.dataframe(
        pd.DataFrame(
            {
                "Kind": [pattern.kind.value for pattern in patterns],
                "Memories": [pattern.count for pattern in patterns],
                "Uses": [pattern.uses for pattern in patterns],
                "Never": [pattern.never_used for pattern in patterns],
                "Importance": [pattern.importance for pattern in patterns],
                "Most used": [_most_used(pattern) for pattern in patterns],
            }
        ),
        key="inspector_clusters_patterns",
        hide_index=True,
        row_height=ROW_PIXELS,
        height=table_pixels(len(patterns)),
        placeholder="never",
        alt="Of each kind of memory: how many there are, and how they are used",
        column_config={
            "Kind": column.TextColumn(width=105),
            "Memories": column.NumberColumn(width=80, format="localized"),
            "Uses": column.NumberColumn("Uses, mean", width=90, format="%.1f"),
            "Never": column.NumberColumn("Never used", width=90, format="localized"),
            "Importance": column.NumberColumn("Importance, mean", width=130, format="%.2f"),
            "Most used": column.TextColumn(width=350),
        },
    )


def _most_used(pattern: AccessPattern) -> str:
    item = pattern.most_used
    if item is None:
        return ""
    return visible(f"{shorten(item.text, TEXT)} ({item.access_count:,})")
