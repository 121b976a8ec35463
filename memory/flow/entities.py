"""Entity memory (article, section 3): who and what was spoken of, how often, in which words, and
what they have to do with one another.

Names that mean the same are joined when they are stored; nothing is joined over people.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from memory.errors import NotFound
from memory.flow import intake, policies
from memory.flow.parts import Parts
from memory.records import (
    SETTLED,
    Entity,
    EntityMention,
    EntityRelation,
    EntityType,
    FoundEntities,
    Mention,
    Relation,
    RelevantEntity,
)
from memory.rules.entities import aliases, contexts, relevance
from memory.store.entity_tally import End, Tally
from memory.store.said import Saying, Within

Name = tuple[EntityType, str]

NAME_FIELD = "name"
"""The profile field that holds what the person is called."""

ALIKE = frozenset({EntityType.ORGANIZATION, EntityType.PROJECT, EntityType.TECHNOLOGY})
"""Types that the words around a name tell apart worst: a person's “Apollo” is one of them, the one
that it was first taken for."""

# -- taking in ------------------------------------------------------------------------------


def note(
    parts: Parts, saying: Saying, mentions: Sequence[Mention], relations: Iterable[Relation]
) -> None:
    """What a memory, or a message of which none is made, speaks of; call it in a transaction."""
    if not mentions:
        return
    known = _Known(parts.store.entities.names(saying.person_id), mentions)
    found: dict[Name, int] = {}
    # the fullest names first, so that "Maya" beside "Maya Chen" is she
    for mention in sorted(mentions, key=lambda mention: -len(mention.name.split())):
        ident = known.find(mention)
        if ident is None:
            ident = parts.store.entities.add(saying.person_id, mention.type)
        known.add(mention.type, mention.name, ident)
        found[_key(mention)] = ident
        parts.store.entities.mention(ident, mention, saying)
    for relation in relations:
        subject, thing = (found.get(_key(end)) for end in (relation.subject, relation.object))
        if subject is not None and thing is not None and subject != thing:
            parts.store.relations.add(subject, relation, thing, saying)


def note_anew(
    parts: Parts, saying: Saying, mentions: Sequence[Mention], relations: Iterable[Relation]
) -> None:
    """As ``note``, in place of what was noted of an earlier wording."""
    parts.store.relations.forget(saying)
    parts.store.entities.forget_mentions(saying)
    note(parts, saying, mentions, relations)  # what is mentioned again keeps its id
    parts.store.entities.remove_unmentioned()


class _Known:
    """The entities of a person by their fullest names: a short one can be that of several."""

    def __init__(
        self,
        names: Mapping[int, tuple[EntityType, Sequence[str]]],
        mentions: Iterable[Mention],
    ) -> None:
        kinds = {mention.type for mention in mentions}
        kinds |= ALIKE if kinds & ALIKE else set()
        self._all = names
        self._names: dict[EntityType, aliases.Known] = defaultdict(aliases.Known)
        self._ids: dict[Name, int] = {}
        for ident, (kind, found) in names.items():
            if kind in kinds:
                self.add(kind, found[0], ident)

    def add(self, kind: EntityType, name: str, ident: int) -> None:
        self._names[kind].add(name)
        self._ids.setdefault((kind, name), ident)

    def find(self, mention: Mention) -> int | None:
        """As it is known; by the very same name also as something alike, or as whatever it was
        first understood as where little speaks for its type now."""
        if (name := self._names[mention.type].find(mention.name)) is not None:
            return self._ids[mention.type, name]
        for kind in sorted(ALIKE) if mention.type in ALIKE else ():
            other = self._names[kind].find(mention.name)
            if other is not None and aliases.plain(other) == aliases.plain(mention.name):
                return self._ids[kind, other]
        guessed = mention.evidence < SETTLED and mention.type is not EntityType.CONCEPT
        return self._first_understood(mention.name) if guessed else None

    def _first_understood(self, name: str) -> int | None:
        """A named thing of this very name, whatever it is; the earliest."""
        form = aliases.plain(name)
        return min(
            (
                ident
                for ident, (kind, found) in self._all.items()
                if kind is not EntityType.CONCEPT
                and form in found[0].casefold()  # cheap, before the plain forms are compared
                and aliases.plain(found[0]) == form
            ),
            default=None,
        )


def _key(mention: Mention) -> Name:
    return mention.type, mention.name


# -- what is known --------------------------------------------------------------------------


def known(parts: Parts, user_id: str) -> list[Entity]:
    """Most mentioned first, each with its first and last mention; the person is left out."""
    person_id = parts.store.people.find(user_id)
    if person_id is None:
        return []
    return _with_contexts(parts, _tallies(parts, Within(person_id, parts.clock())))


def find(
    parts: Parts,
    user_id: str,
    search: str,
    types: Collection[EntityType],
    limit: int | None,
    offset: int,
) -> FoundEntities:
    """``search``: words that one of its names has, each as a part of it; ``types``: none is any."""
    person_id = parts.store.people.find(user_id)
    if person_id is None:
        return FoundEntities((), 0)
    words = search.casefold().split()
    called = [
        entity
        for entity in spoken_of(parts, Within(person_id, parts.clock()))
        if any(all(word in name for word in words) for name in _all_names(entity))
    ]
    found = [entity for entity in called if not types or entity.type in types]
    page = found[offset : None if limit is None else offset + limit]
    return FoundEntities(tuple(page), len(found), Counter(entity.type for entity in called))


def _all_names(entity: Entity) -> Iterable[str]:
    return (name.casefold() for name in (entity.name, *entity.aliases))


def one(parts: Parts, user_id: str, entity_id: int) -> Entity:
    """With its contexts. Raises NotFound for somebody else's, and for what nothing that is in use
    mentions."""
    within = within_of(parts, entity_id)
    found = _with_contexts(parts, _tallies(parts, within, [entity_id]))
    if not found or within.person_id != parts.store.people.find(user_id):
        raise NotFound("entity", entity_id)
    return found[0]


def mentions_of(parts: Parts, entity_id: int, limit: int) -> list[EntityMention]:
    """The latest first. Raises NotFound for what nobody mentions in anything that is in use."""
    said = parts.store.entities.mentions_of(entity_id, within_of(parts, entity_id), limit)
    if limit > 0 and not said:
        raise NotFound("entity", entity_id)
    return [
        EntityMention(
            each.name, each.at, each.memory_id, each.message_id, _context(each.name, each.text)
        )
        for each in said
    ]


def within_of(parts: Parts, entity_id: int) -> Within:
    person_id = parts.store.entities.person_of(entity_id)
    if person_id is None:
        raise NotFound("entity", entity_id)
    return Within(person_id, parts.clock())


def relevant(parts: Parts, user_id: str, query: str, limit: int) -> list[RelevantEntity]:
    """What a question is about, by what may be recalled. Raises InvalidInput for an empty one."""
    question = intake.clean(query, parts.settings.max_message_bytes, "question")
    person_id = parts.store.people.find(user_id)
    if person_id is None or limit < 1:
        return []
    rules = policies.of(parts, person_id).classes
    classes = tuple(data_class for data_class, rule in rules.items() if rule.recalled)
    within = Within(person_id, parts.clock(), classes=classes, recalled=True)
    asked = relevance.asked(parts.language.read(question).parsed)
    relations = parts.store.relations.all(within)
    found = ranked(parts, asked, spoken_of(parts, within), relations, within.now)[:limit]
    tallies = _tallies(parts, within, {each.entity.id for each in found})
    told = {entity.id: entity for entity in _with_contexts(parts, tallies)}
    return [replace(each, entity=told[each.entity.id]) for each in found]


def ranked(
    parts: Parts,
    asked: relevance.QueryNames,
    found: Sequence[Entity],
    relations: Iterable[EntityRelation],
    now: datetime,
) -> list[RelevantEntity]:
    """Best first, with their terms."""
    stated = _stated(parts, asked, found, relations)
    return [
        RelevantEntity(entity, score, terms, relevance.reason(entity, terms))
        for entity, score, terms in relevance.rank(asked, found, stated, now)
    ]


def _stated(
    parts: Parts,
    asked: relevance.QueryNames,
    found: Sequence[Entity],
    relations: Iterable[EntityRelation],
) -> list[Relation]:
    """The relations between them; those of what the question names with the sentence they are
    told in."""
    by_id = {entity.id: Mention(entity.name, entity.type) for entity in found}
    spoken_of = relevance.named(asked, (entity.name for entity in found))
    named = {ident for ident, mention in by_id.items() if mention.name in spoken_of}
    among = [r for r in relations if r.subject_id in by_id and r.object_id in by_id]
    sources = {r: End("", r.memory_id, r.message_id) for r in among if named & _ends(r)}
    texts = parts.store.entities.texts(sources.values()) if sources else {}
    stated = []
    for each in among:
        subject, thing = by_id[each.subject_id], by_id[each.object_id]
        text = texts[sources[each]] if each in sources else ""
        told = contexts.telling(text, (subject.name, each.said, thing.name))
        stated.append(Relation(subject, each.verb, thing, each.said, each.negated, told=told))
    return stated


def _ends(relation: EntityRelation) -> set[int]:
    return {relation.subject_id, relation.object_id}


def spoken_of(parts: Parts, within: Within, among: Collection[int] | None = None) -> list[Entity]:
    """Most mentioned first, without the person themselves and without contexts; ``among``: only of
    these ids."""
    return [tally.entity for tally in _tallies(parts, within, among)]


def _tallies(parts: Parts, within: Within, among: Collection[int] | None = None) -> list[Tally]:
    fields = parts.store.profile.fields(within.person_id, within.now)
    own = {field.value.casefold() for field in fields if field.field == NAME_FIELD}
    found = parts.store.entities.tallies(within, among)
    return [tally for tally in found if tally.entity.name.casefold() not in own]


def _with_contexts(parts: Parts, tallies: Sequence[Tally]) -> list[Entity]:
    texts = parts.store.entities.texts(
        end for tally in tallies for end in (tally.first, tally.last)
    )
    return [
        replace(
            tally.entity,
            first_context=_context(tally.first.name, texts[tally.first]),
            last_context=_context(tally.last.name, texts[tally.last]),
        )
        for tally in tallies
    ]


def _context(name: str, text: str) -> str:
    return contexts.context(text, aliases.spellings(name))


# -- in words -------------------------------------------------------------------------------


def names(parts: Parts, person_id: int, kind: EntityType) -> list[list[str]]:
    """All that are kept of each entity of a type, the fullest first; also of what is not in use."""
    kept = parts.store.entities.names(person_id).values()
    return [found for of_kind, found in kept if of_kind is kind]
