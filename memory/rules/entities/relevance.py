"""Which of the known entities a question is about.

The article's formula (section 3) is the sum of

- 2, when the entity's name is in the question,
- 1, when its type is,
- importance * max(0, 1 - hours since its last mention / 24).

Three steps are added, since "Who fixed the authentication bug?" names neither Smith nor John:

- 1, when it has a relation to an entity whose name is in the question,
- 1, when that relation was told in other words of the question as well: the “authentication” bug,
  where several bugs are known,
- 1, when that relation's verb, or a verb of its own where it is itself named, is in the question.

A question names a type by its word or by one that asks for it ("who" a person, "where" a place), or
by the category of a technology ("database"). The article let recency alone carry entities before
those that were asked for; here what has no other term stands behind all that have one. Equals stand
by what the question asks for first, then by mentions.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from memory.records import Entity, EntityType, Relation, Sentence, Terms
from memory.rules import technologies
from memory.rules.entities import aliases

NAMED, TYPED, RELATED, TOLD_SO, DONE = 2.0, 1.0, 1.0, 1.0, 1.0
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
_A = {type_: "an" if type_ is EntityType.ORGANIZATION else "a" for type_ in EntityType}
_WORD = re.compile(r"\w[\w'’-]{0,40}")
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
    telling: frozenset[str] = frozenset()
    """Its nouns and adjectives, as ``words``."""


def asked(query: Sequence[Sentence]) -> QueryNames:
    """What the sentences of a question name."""
    words = {word.text.lower() for s in query for word in s.words}
    lemmas = {word.lemma.lower() for s in query for word in s.words}
    verbs = {w.lemma.lower() for s in query for w in s.words if w.pos in ("VERB", "AUX")}
    both = words | lemmas
    types = {type_ for name, type_ in (_TYPE_NAMES | dict(_ASKED_BY)).items() if name in both}
    told = [w for s in query for w in s.words if w.pos in ("NOUN", "PROPN", "ADJ")]
    telling = {form.lower() for word in told for form in (word.text, word.lemma)}
    return QueryNames(
        frozenset(both), frozenset(types), frozenset(verbs - _NO_DEEDS), frozenset(telling)
    )


def relevance(query: QueryNames, entity: Entity, now: datetime) -> tuple[float, Terms]:
    """The entity's own score with its terms that are not zero: name, type and recency."""
    return _summed(_own(query, entity, named(query, [entity.name]), now))


def rank(
    query: QueryNames, entities: Iterable[Entity], relations: Iterable[Relation], now: datetime
) -> list[tuple[Entity, float, Terms]]:
    """Best first, with the score and its terms; what scores nothing is left out."""
    known = list(entities)
    by_end = _by_end(relation for relation in relations if not relation.negated)
    spoken_of = named(query, {name for _, name in by_end} | {entity.name for entity in known})
    forms: dict[tuple[EntityType, str], list[Relation]] = defaultdict(list)
    for (kind, name), found in by_end.items():
        forms[kind, aliases.plain(name)] += found
    ranked = []
    for entity in known:
        own = _own(query, entity, spoken_of, now)
        stated = forms.get((entity.type, aliases.plain(entity.name)), [])
        score, terms = _summed({**own, **_related(query, entity, stated, spoken_of)})
        if score > 0:
            ranked.append((entity, score, terms))
    return sorted(ranked, key=_order)


def reason(entity: Entity, terms: Terms) -> str:
    """Why it is relevant, in words."""
    words = {
        "name": "the question names it",
        "type": f"the question asks for {_A[entity.type]} {entity.type}",
        "deed": "what the question asks for was done by it or to it",
        "relation": "it has to do with what the question names",
        "words": "that was told in the question's words",
        RECENCY: "it was mentioned within a day",
    }
    said = ", ".join(phrase for name, phrase in words.items() if name in terms)
    return said[:1].upper() + said[1:]


def is_only_recent(terms: Terms) -> bool:
    """The question has nothing to do with it."""
    return terms.keys() <= {RECENCY}


def freshness(since: timedelta) -> float:
    """max(0, 1 - hours / 24), and no more than 1."""
    return min(1.0, max(0.0, 1 - since / timedelta(hours=FRESH_HOURS)))


def named(query: QueryNames, names: Iterable[str]) -> frozenset[str]:
    """Those of the names of which the question has all words, or one that stands for it."""
    forms = {aliases.plain(word) for word in query.words}
    short = {word for form in forms for word in aliases.ends(form)}
    near = query.words.union(*(form.split() for form in forms))

    def is_named(form: str) -> bool:
        words = form.split()
        return bool(words) and (
            query.words.issuperset(words)
            or form in forms
            or form in short
            or not aliases.ends(form).isdisjoint(forms)
        )

    return frozenset(
        name
        for name in names
        if not near.isdisjoint(name.casefold().split()) and is_named(aliases.plain(name))
    )


def _own(
    query: QueryNames, entity: Entity, spoken_of: Collection[str], now: datetime
) -> dict[str, float]:
    return {
        "name": NAMED if entity.name in spoken_of else 0.0,
        "type": TYPED if _is_of_type(query, entity) else 0.0,
        RECENCY: entity.importance * freshness(now - entity.last_mentioned_at),
    }


def _by_end(relations: Iterable[Relation]) -> dict[tuple[EntityType, str], list[Relation]]:
    found: dict[tuple[EntityType, str], list[Relation]] = defaultdict(list)
    for relation in relations:
        for end in {(end.type, end.name) for end in (relation.subject, relation.object)}:
            found[end].append(relation)
    return found


def _is_of_type(query: QueryNames, entity: Entity) -> bool:
    if entity.type in query.types:
        return True
    known = technologies.catalogue().get(aliases.plain(entity.name))
    return (
        entity.type is EntityType.TECHNOLOGY
        and known is not None
        and query.words.issuperset(known.category.split())
    )


def _related(
    query: QueryNames, entity: Entity, relations: Iterable[Relation], spoken_of: Collection[str]
) -> Terms:
    """What its relations to named things add."""
    terms: dict[str, float] = {}
    for relation in relations:
        ends = (relation.subject, relation.object)
        others = [end for end in ends if not _same(entity, end.name, end.type)]
        to_named = any(other.name in spoken_of for other in others)
        if to_named:
            terms["relation"] = RELATED
            if entity.name not in spoken_of and _is_told_so(query, relation):
                terms["words"] = TOLD_SO
        if (to_named or entity.name in spoken_of) and relation.verb.split()[0] in query.verbs:
            terms["deed"] = DONE
    return terms


def _is_told_so(query: QueryNames, relation: Relation) -> bool:
    """Whether the sentence has words of the question besides those of what it relates."""
    ends = {word for end in (relation.subject, relation.object) for word in _words(end.name)}
    return not (query.telling - ends).isdisjoint(_words(relation.told))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def _same(entity: Entity, name: str, type_: EntityType) -> bool:
    return entity.type is type_ and aliases.plain(entity.name) == aliases.plain(name)


def _summed(terms: Mapping[str, float]) -> tuple[float, Terms]:
    kept = {name: round(value, 6) for name, value in terms.items() if value > 0}
    return round(sum(kept.values()), 6), kept


def _order(ranked: tuple[Entity, float, Terms]) -> tuple[bool, float, bool, int, int]:
    entity, score, terms = ranked
    return is_only_recent(terms), -score, "type" not in terms, -entity.mention_count, entity.id
