"""The card of one cluster, with the memories in it; or of those that are on their own."""

from collections.abc import Sequence

import streamlit as st

from memory import Cluster, Clusters, Memory, MemoryItem, NotFound
from pages.parts.inspector.changes import open_in_list
from pages.parts.kinds import ICONS, named
from pages.parts.shared import count_of, draw_pages, literal, on_day, shorten
from pages.parts.whose import user

PAGE = 6
"""Memories on a page of the card: it stands beside the map."""
TEXT = 150
"""Characters of a memory here; its own card has all."""
DIGITS = 18
"""Of an id, at most: what a database can count to."""
OPENED = "cluster"
"""In the address: the id of the one on the card."""
ALONE = -1
"""In its place, for those on their own; in the address as ``alone``."""
POINTED = "inspector_clusters_pointed"
"""The id of the memory that was chosen on the map."""


# -- which one ------------------------------------------------------------------------------


def choose(number: int, memory_id: int | None = None) -> None:
    """A cluster's id, or ``ALONE``; ``memory_id``: it was chosen by that one."""
    st.query_params[OPENED] = "alone" if number == ALONE else str(number)
    st.session_state[POINTED] = memory_id


def choose_none() -> None:
    st.query_params.pop(OPENED, None)
    st.session_state[POINTED] = None


def chosen(found: Clusters) -> int | None:
    """The one in the address. None for none: also for one that has become another since."""
    asked = st.query_params.get(OPENED, "")
    if asked == "alone":
        return ALONE if found.alone else None
    if not (asked.isdecimal() and len(asked) <= DIGITS):
        return None
    number = int(asked)
    return number if any(cluster.id == number for cluster in found.clusters) else None


def pointed_at() -> int | None:
    memory_id: int | None = st.session_state.get(POINTED)
    return memory_id


# -- the card -------------------------------------------------------------------------------


def draw_card(memory: Memory, found: Clusters, cluster: Cluster) -> None:
    with st.container(border=True, key="inspector_clusters_card"):
        st.markdown(f"### {literal(cluster.name) or 'Without words'}")
        with st.container(horizontal=True, gap="xsmall"):
            st.badge(count_of(cluster.size, "memory"), color="green")
            for kind, count in cluster.kinds.items():
                st.badge(count_of(count, kind.value), icon=ICONS[kind], color="gray")
        st.caption(" · ".join(_facts(cluster)))
        _draw_memories(memory, cluster.memory_ids, cluster.id)
        _draw_to_alone(found)


def draw_alone(memory: Memory, found: Clusters) -> None:
    if not found.alone:
        return
    with st.container(border=True, key="inspector_clusters_card"):
        st.markdown("### On their own")
        st.caption(f"{count_of(len(found.alone), 'memory')} like none of the others, or too few.")
        _draw_memories(memory, found.alone, ALONE)


def _facts(cluster: Cluster) -> list[str]:
    used = f"used {cluster.uses:.1f} times on average"
    if cluster.last_used_at is None:
        used = "never used"
    facts = [f"Strength {cluster.strength:.0%} on average", used]
    if cluster.last_used_at is not None:
        facts.append(f"last on {on_day(cluster.last_used_at)}")
    return facts


def _draw_to_alone(found: Clusters) -> None:
    if found.alone:
        st.button(
            f"On their own ({len(found.alone):,})",
            key="inspector_clusters_alone",
            type="tertiary",
            icon=":material/scatter_plot:",
            on_click=choose,
            args=(ALONE,),
        )


# -- its memories ---------------------------------------------------------------------------


def _draw_memories(memory: Memory, ids: Sequence[int], number: int) -> None:
    """The one that was chosen on the map first, then the most central."""
    pointed = pointed_at()
    if pointed in ids:
        ids = [pointed, *(ident for ident in ids if ident != pointed)]
    listed = st.container(gap="small")
    begin = pointed if pointed in ids else number
    # a control of its own for each that is chosen: all begin at their first page
    page = draw_pages(len(ids), PAGE, f"inspector_clusters_page_{begin}")
    with listed:
        for ident in ids[PAGE * (page - 1) : PAGE * page]:
            item = _present(memory, ident)
            if item is not None:
                _draw_memory(item, pointed=ident == pointed)


def _present(memory: Memory, ident: int) -> MemoryItem | None:
    """None: it was erased meanwhile, by another tab or what is due."""
    try:
        item = memory.item(ident)
    except NotFound:
        return None
    return item if item.user_id == user() else None


def _draw_memory(item: MemoryItem, *, pointed: bool) -> None:
    with st.container(horizontal=True, vertical_alignment="top", gap="xsmall"):
        with st.container(gap="xxsmall", width="stretch"):
            text = literal(shorten(item.text, TEXT))
            st.markdown(f"**{text}**" if pointed else text)
            used = f" · used {item.access_count:,} ×" if item.access_count else ""
            st.caption(f"{named(item.kind)} · {on_day(item.said_at)}{used}")
        st.button(
            "Open",
            key=f"inspector_clusters_open_{item.id}",
            type="tertiary",
            on_click=open_in_list,
            args=(item.id,),
        )
