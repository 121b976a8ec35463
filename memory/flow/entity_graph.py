"""The network of entities (article, section 3): who has to do with whom, whole or as much of it as
can be drawn."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from memory.errors import NotFound
from memory.flow import entities
from memory.flow.parts import Parts
from memory.records import Entity, EntityGraph
from memory.store.said import Within

STATED = 3
"""A stated relation ties two entities as much as so many memories that only name both."""
NAMED_TOGETHER = 12
"""Of those around one entity: more than that say little of it."""


def whole(parts: Parts, user_id: str, limit: int | None) -> EntityGraph:
    """All entities, or those that are tied to most others, if to any; and what ties them."""
    person_id = parts.store.people.find(user_id)
    if person_id is None:
        return EntityGraph()
    within = Within(person_id, parts.clock())
    found = EntityGraph(
        tuple(entities.spoken_of(parts, within)),
        tuple(parts.store.relations.all(within)),
        tuple(parts.store.relations.together(within)),
    )
    if limit is None:
        return _among(found, found.entities)
    from memory.rules import layout  # numpy takes a quarter of a second: loaded when needed

    ties = _ties(found)
    degrees = Counter(end for pair in ties for end in pair)
    most = sorted(degrees, key=lambda ident: -degrees[ident])[: max(0, limit)]
    shown = _among(found, [entity for entity in found.entities if entity.id in most])
    ids = [entity.id for entity in shown.entities]
    return replace(shown, places=dict(zip(ids, layout.places(ids, _ties(shown)), strict=True)))


def around(parts: Parts, entity_id: int) -> EntityGraph:
    """One entity with all that it has a stated relation to, and with those that it is most often
    named together with. Raises NotFound."""
    within = entities.within_of(parts, entity_id)
    relations = parts.store.relations.all(within, [entity_id])
    together = parts.store.relations.together(within, entity_id)[:NAMED_TOGETHER]
    ends = {entity_id}
    ends |= {end for r in relations for end in (r.subject_id, r.object_id)}
    ends |= {end for t in together for end in (t.first_id, t.second_id)}
    known = entities.spoken_of(parts, within, ends)
    if entity_id not in {entity.id for entity in known}:
        raise NotFound("entity", entity_id)
    return _among(EntityGraph(tuple(known), tuple(relations), tuple(together)), known)


def _among(graph: EntityGraph, shown: Sequence[Entity]) -> EntityGraph:
    ids = {entity.id for entity in shown}
    return EntityGraph(
        tuple(shown),
        tuple(r for r in graph.relations if r.subject_id in ids and r.object_id in ids),
        tuple(t for t in graph.together if t.first_id in ids and t.second_id in ids),
    )


def _ties(graph: EntityGraph) -> dict[tuple[int, int], float]:
    """By the ids of two entities how strongly they are tied: what was stated counts as much as
    some memories that only name both."""
    ties: dict[tuple[int, int], float] = defaultdict(float)
    for relation in graph.relations:
        first, second = sorted((relation.subject_id, relation.object_id))
        ties[first, second] += STATED
    for together in graph.together:
        ties[together.first_id, together.second_id] += len(together.memory_ids)
    return ties
