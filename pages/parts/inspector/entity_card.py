"""The card of one name: what it is also called, what was told of it, when, and in which words."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import streamlit as st

from memory import (
    Entity,
    EntityGraph,
    EntityMention,
    EntityRelation,
    EntityType,
    Memory,
    NotFound,
)
from pages.parts.inspector.changes import open_in_list
from pages.parts.shared import count_of, literal, on_day, shorten
from pages.parts.whose import user

MENTIONS = 20
"""The latest."""
RELATIONS = 8
"""The latest, each once."""
TOGETHER = 6
"""The most often."""
DIGITS = 18
"""Of an id, at most: what a database can count to."""
OPENED = "entity"
"""In the address: the id of the one on the card."""
MOVED = "inspector_names_moved"
"""How often a card was opened from elsewhere than the list: what is chosen there holds no more."""
CLICKED = "inspector_names_clicked"
"""What was last clicked, with the key of the list or graph that it is in."""
ICONS: Mapping[EntityType, str] = {
    EntityType.PERSON: ":material/person:",
    EntityType.ORGANIZATION: ":material/apartment:",
    EntityType.PROJECT: ":material/folder_open:",
    EntityType.TECHNOLOGY: ":material/memory:",
    EntityType.PLACE: ":material/place:",
    EntityType.CONCEPT: ":material/lightbulb:",
}


# -- which one ------------------------------------------------------------------------------


def open_entity(entity_id: int) -> None:
    """From a card."""
    st.query_params[OPENED] = str(entity_id)
    st.session_state[MOVED] = st.session_state.get(MOVED, 0) + 1


def close_entity() -> None:
    st.query_params.pop(OPENED, None)


def follow_click(key: str, ids: Sequence[int], place: int | None) -> None:
    """Only when another one is chosen than before: a card may have been opened from another."""
    before = st.session_state.get(CLICKED)
    st.session_state[CLICKED] = (key, place)
    if place is not None and place < len(ids) and before != (key, place):
        st.query_params[OPENED] = str(ids[place])


def entity_on_card(memory: Memory) -> Entity | None:
    """The one in the address, unless it is gone or somebody else's."""
    wanted = st.query_params.get(OPENED, "")
    if not wanted:
        return None
    try:
        if wanted.isdecimal() and len(wanted) <= DIGITS:
            return memory.entity(user(), int(wanted))
    except NotFound:
        pass
    close_entity()
    st.toast("The name of this address is no longer here.", icon=":material/info:")
    return None


# -- the card -------------------------------------------------------------------------------


def draw_card(memory: Memory, entity: Entity) -> None:
    with st.container(border=True, key="inspector_names_card"):
        st.markdown(f"## {literal(entity.name)}")
        _draw_badges(entity)
        if entity.aliases:
            st.caption(f"Also called {', '.join(map(literal, entity.aliases))}")
        _draw_ends(entity)
        graph = memory.relations_of(entity.id)
        _draw_relations(entity, graph, memory.now())
        _draw_together(entity, graph)
        _draw_mentions(memory, entity)
        st.page_link(
            "pages/privacy.py",
            label="Erase everything about it…",
            icon=":material/delete_forever:",
            query_params={"view": "erasure", "entity": str(entity.id)},
        )


def _draw_badges(entity: Entity) -> None:
    with st.container(horizontal=True, gap="xsmall"):
        st.badge(entity.type.value, icon=ICONS[entity.type], color="green")
        st.badge(count_of(entity.mention_count, "mention"), color="gray")
        st.badge(f"importance {entity.importance:.1f}", color="gray")
        for name, value in sorted(entity.attributes.items()):
            st.badge(f"{literal(name)} {literal(value)}", color="blue")


def _draw_ends(entity: Entity) -> None:
    if entity.mention_count == 1:
        _draw_said("Mentioned", entity.first_context, on_day(entity.first_mentioned_at))
        return
    _draw_said("First mention", entity.first_context, on_day(entity.first_mentioned_at))
    _draw_said("Last mention", entity.last_context, on_day(entity.last_mentioned_at))


def _draw_said(label: str, context: str, day: str) -> None:
    with st.container(gap="xxsmall"):
        st.caption(f"{label}, {day}")
        st.markdown(f"“{literal(context)}”")


# -- what it has to do with -----------------------------------------------------------------


def _draw_relations(entity: Entity, graph: EntityGraph, now: datetime) -> None:
    if not graph.relations:
        return
    names = {each.id: each.name for each in graph.entities}
    once = {(r.subject_id, r.said, r.object_id): r for r in reversed(graph.relations)}
    latest = sorted(once.values(), key=lambda relation: relation.at, reverse=True)
    with st.container(gap="xxsmall"):
        st.caption("What was told")
        for number, relation in enumerate(latest[:RELATIONS]):
            _draw_relation(entity, relation, names, _day(relation.at, now), number)
        if len(latest) > RELATIONS:
            st.caption(f"and {len(latest) - RELATIONS:,} more")


def _draw_relation(
    entity: Entity, relation: EntityRelation, names: Mapping[int, str], day: str, number: int
) -> None:
    """In words; pressed, it opens the other one."""
    subject, thing = relation.subject_id, relation.object_id
    said = f"{names[subject]} {relation.said} {names[thing]}"
    st.button(
        f"{literal(said)}, {day}",
        key=f"inspector_names_relation_{entity.id}_{number}",
        type="tertiary",
        icon=":material/arrow_forward:",
        wrap=True,
        on_click=open_entity,
        args=(thing if subject == entity.id else subject,),
    )


def _draw_together(entity: Entity, graph: EntityGraph) -> None:
    """Those of whom nothing was told; pressed, it opens the other one."""
    names = {each.id: each.name for each in graph.entities}
    told = {end for r in graph.relations for end in (r.subject_id, r.object_id)}
    ends = [end for tie in graph.together for end in (tie.first_id, tie.second_id)]
    others = [end for end in ends if end != entity.id and end not in told][:TOGETHER]
    if not others:
        return
    with st.container(gap="xxsmall"):
        st.caption("Named together with")
        with st.container(horizontal=True, gap="xsmall"):
            for other in others:
                st.button(
                    literal(shorten(names[other], 30)),
                    key=f"inspector_names_together_{entity.id}_{other}",
                    on_click=open_entity,
                    args=(other,),
                )


def _day(moment: datetime, now: datetime) -> str:
    """3 March, with the year if it is another than this."""
    local = moment.astimezone()
    if local.year == now.astimezone().year:
        return f"{local.day} {local:%B}"
    return on_day(moment)


# -- where it was said ----------------------------------------------------------------------


def _draw_mentions(memory: Memory, entity: Entity) -> None:
    mentions = st.expander(
        f"Where it was said ({entity.mention_count:,})",
        key=f"inspector_names_mentions_{entity.id}",
        type="compact",
        on_change="rerun",
    )
    if not mentions.open:
        return
    with mentions:
        found = memory.mentions_of(entity.id, MENTIONS)
        for number, mention in enumerate(found):
            _draw_mention(memory, mention, f"{entity.id}_{number}")
        if len(found) < entity.mention_count:
            st.caption(f"The latest {len(found)}.")


def _draw_mention(memory: Memory, mention: EntityMention, key: str) -> None:
    with st.container(gap="xxsmall"):
        st.markdown(f"“{literal(mention.context)}”")
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.caption(on_day(mention.at), width="content")
            if mention.memory_id is not None:
                st.button(
                    "Open the memory",
                    key=f"inspector_names_memory_{key}",
                    type="tertiary",
                    icon=":material/arrow_forward:",
                    on_click=open_in_list,
                    args=(mention.memory_id,),
                )
            elif mention.message_id is not None:
                _draw_link_to_chat(memory, mention.message_id)


def _draw_link_to_chat(memory: Memory, message_id: int) -> None:
    try:
        message = memory.message(message_id)
    except NotFound:
        return  # erased by another tab just now
    st.page_link(
        "pages/chat.py",
        label="Open the conversation",
        icon=":material/forum:",
        width="content",
        query_params={"c": message.conversation_id, "m": str(message.id)},
    )
