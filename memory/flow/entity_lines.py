"""What is known of the entities that a question is about, one line each, for a model to read.

A line tells what memories say that may be used here, and which they are: an answer that was given
it goes with them. An entity of which they say nothing but its name needs no line.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from memory.flow import entities
from memory.flow.parts import Parts
from memory.records import Entity, EntityRelation, Sentence
from memory.rules.entities import relevance
from memory.store.said import Within

ENTITIES = 5
"""How many at most (article, section 3: top_k = 5)."""
RELATIONS = 3
"""Of each, the latest told."""


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    memory_ids: tuple[int, ...]
    """The memories that say it."""


def lines(parts: Parts, within: Within, question: Sequence[Sentence]) -> list[Line]:
    """Of those that the question names, or that have to do with them, the most relevant first.
    What stands in one line is not told in the next."""
    asked = relevance.asked(question)
    named = _named(parts, within.person_id, asked)
    relations = parts.store.relations.all(within, named) if named else []
    ends = {end for each in relations for end in (each.subject_id, each.object_id)}
    known = entities.spoken_of(parts, within, named | ends) if named else []
    names = {entity.id: entity.name for entity in known}
    found = entities.ranked(parts, asked, known, relations, within.now)
    about = [each.entity for each in found if not relevance.is_only_recent(each.terms)]
    made = []
    for entity in about[:ENTITIES]:
        stated = _latest(entity, relations, names)
        if stated or entity.attributes:
            made.append(_line(parts, within, entity, stated, names))
            relations = [each for each in relations if _said(each) not in set(map(_said, stated))]
    return made


def _named(parts: Parts, person_id: int, asked: relevance.QueryNames) -> set[int]:
    """Ids of the entities that the question calls by any of their names."""
    kept = parts.store.entities.names(person_id)
    spoken_of = relevance.named(asked, (name for _, names in kept.values() for name in names))
    return {ident for ident, (_, names) in kept.items() if not spoken_of.isdisjoint(names)}


def _latest(
    entity: Entity, relations: Iterable[EntityRelation], names: Mapping[int, str]
) -> list[EntityRelation]:
    """Its own, each once; between entities that are known here."""
    found: dict[tuple[int, str, int], EntityRelation] = {}
    for relation in relations:
        ends = {relation.subject_id, relation.object_id}
        if entity.id in ends and ends <= names.keys():
            found.setdefault(_said(relation), relation)
    return list(found.values())[:RELATIONS]


def _said(relation: EntityRelation) -> tuple[int, str, int]:
    return relation.subject_id, relation.said, relation.object_id


def _line(
    parts: Parts,
    within: Within,
    entity: Entity,
    stated: Sequence[EntityRelation],
    names: Mapping[int, str],
) -> Line:
    attributes = (f"{key} {value}" for key, value in sorted(entity.attributes.items()))
    head = f"{entity.name} ({', '.join([entity.type, *attributes])})"
    told = "; ".join(
        f"{names[r.subject_id]} {r.said} {names[r.object_id]} ({r.at:%Y-%m-%d})" for r in stated
    )
    ends = {entity.id, *(r.subject_id for r in stated), *(r.object_id for r in stated)}
    sources = [r.memory_id for r in stated if r.memory_id is not None]
    sources += parts.store.entities.telling(ends, within)
    return Line(f"{head}: {told}" if told else head, tuple(dict.fromkeys(sources)))
