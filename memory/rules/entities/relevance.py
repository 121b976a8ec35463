"""Which of the known entities a question is about.

The article's formula (section 3) is the sum of

- 2, when the entity's name is in the question,
- 1, when its type is,
- importance * max(0, 1 - hours since its last mention / 24).

Two steps are added, since "Who fixed the authentication bug?" names neither Smith nor John:

- 1, when it has a relation to an entity whose name is in the question,
- 1, when that relation's verb, or a verb of its own where it is itself named, is in the question.

A question names a type by its word or by one that asks for it ("who" a person, "where" a place), or
by the category of a technology ("database"). The article let recency alone carry entities before
those that were asked for; here what has no other term stands behind all that have one. Equals stand
by what the question asks for first, then by mentions.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from memory.records import Entity, EntityType, Relation, Sentence, Terms
from memory.rules import technologies
from memory.rules.entities import aliases

NAMED, TYPED, RELATED, DONE = 2.0, 1.0, 1.0, 1.0
FRESH_HOURS = 24
"""After them a mention is no longer recent."""

RECENCY = "recency"
_ASKED_BY: Mapping[str, EntityType] = {
    "who": EntityType.PERSON,
    "whom": EntityType.PERSON,
    "whose": EntityType.PERSON,
    "somebody": EntityType.PERSON,
    "people": EntityType.PERSON,
    "colleague": EntityType.PERSON,
    "where": EntityType.PLACE,
    "city": EntityType.PLACE,
    "town": EntityType.PLACE,
    "country": EntityType.PLACE,
    "company": EntityType.ORGANIZATION,
    "organisation": EntityType.ORGANIZATION,
    "customer": EntityType.ORGANIZATION,
    "employer": EntityType.ORGANIZATION,
    "tool": EntityType.TECHNOLOGY,
    "tech": EntityType.TECHNOLOGY,
    "stack": EntityType.TECHNOLOGY,
    "problem": EntityType.CONCEPT,
}
"""Words that ask for a type besides its own name."""
_TYPE_NAMES = {type_.value: type_ for type_ in EntityType}
_NO_DEEDS = frozenset(("be", "have", "do"))


@dataclass(frozen=True, slots=True)
class QueryNames:
    """What a question names, in lower case."""

    words: frozenset[str]
    """Its words, as they stand and as lemmas."""
    types: frozenset[EntityType]
    """Types that it asks for."""
    verbs: frozenset[str]
    """Lemmas of what is done, according to it."""


def asked(query: Sequence[Sentence]) -> QueryNames:
    """What the sentences of a question name."""
    words = {word.text.lower() for s in query for word in s.words}
    lemmas = {word.lemma.lower() for s in query for word in s.words}
    verbs = {w.lemma.lower() for s in query for w in s.words if w.pos in ("VERB", "AUX")}
    both = words | lemmas
    types = {type_ for name, type_ in (_TYPE_NAMES | dict(_ASKED_BY)).items() if name in both}
    return QueryNames(frozenset(both), frozenset(types), frozenset(verbs - _NO_DEEDS))


def relevance(query: QueryNames, entity: Entity, now: datetime) -> tuple[float, Terms]:
    """The entity's own score with its terms that are not zero: name, type and recency."""
    terms = {
        "name": NAMED if is_named(query, entity.name) else 0.0,
        "type": TYPED if _is_of_type(query, entity) else 0.0,
        RECENCY: entity.importance * freshness(now - entity.last_mentioned_at),
    }
    return _summed(terms)


def rank(
    query: QueryNames, entities: Iterable[Entity], relations: Sequence[Relation], now: datetime
) -> list[tuple[Entity, float, Terms]]:
    """Best first, with the score and its terms; what scores nothing is left out."""
    ranked = []
    for entity in entities:
        _, own = relevance(query, entity, now)
        score, terms = _summed({**own, **_related(query, entity, relations)})
        if score > 0:
            ranked.append((entity, score, terms))
    return sorted(ranked, key=_order)


def freshness(since: timedelta) -> float:
    """max(0, 1 - hours / 24), and no more than 1."""
    return min(1.0, max(0.0, 1 - since / timedelta(hours=FRESH_HOURS)))


def is_named(query: QueryNames, name: str) -> bool:
    """Whether the question has all words of the name, or the one that stands for it."""
    words = aliases.plain(name).split()
    if words and query.words.issuperset(words):
        return True
    return any(aliases.canonical(word, [name]) for word in query.words)


def _is_of_type(query: QueryNames, entity: Entity) -> bool:
    if entity.type in query.types:
        return True
    known = technologies.catalogue().get(aliases.plain(entity.name))
    return (
        entity.type is EntityType.TECHNOLOGY
        and known is not None
        and query.words.issuperset(known.category.split())
    )


def _related(query: QueryNames, entity: Entity, relations: Iterable[Relation]) -> Terms:
    """What its relations to named things add; a relation that is denied adds nothing."""
    terms: dict[str, float] = {}
    itself = is_named(query, entity.name)
    for relation in relations:
        ends = (relation.subject, relation.object)
        if relation.negated or not any(_same(entity, end.name, end.type) for end in ends):
            continue
        others = [end for end in ends if not _same(entity, end.name, end.type)]
        to_named = any(is_named(query, other.name) for other in others)
        if to_named:
            terms["relation"] = RELATED
        if (to_named or itself) and relation.verb.split()[0] in query.verbs:
            terms["deed"] = DONE
    return terms


def _same(entity: Entity, name: str, type_: EntityType) -> bool:
    return entity.type is type_ and aliases.plain(entity.name) == aliases.plain(name)


def _summed(terms: Terms) -> tuple[float, Terms]:
    kept = {name: round(value, 6) for name, value in terms.items() if value > 0}
    return round(sum(kept.values()), 6), kept


def _order(ranked: tuple[Entity, float, Terms]) -> tuple[bool, float, bool, int, int]:
    entity, score, terms = ranked
    only_recent = terms.keys() <= {RECENCY}
    return only_recent, -score, "type" not in terms, -entity.mention_count, entity.id
