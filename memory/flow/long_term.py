"""A turn in long-term memory: itself, verbatim and dated (article, section 1: episodic memory), and
what it states (semantic and procedural memory); each with its vector, its full-text row, its
fields of the profile and the names in it. Call all of it in a transaction.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from memory.errors import ConsentRequired
from memory.flow import confirmed, derive, entities, intake, study
from memory.flow.confirmed import Fix
from memory.flow.derive import Draft
from memory.flow.parts import Parts
from memory.flow.study import Studied
from memory.records import (
    PERSONALIZATION,
    SENSITIVE,
    Doubt,
    Kind,
    MemoryItem,
    Mention,
    ProfileFact,
    Relation,
    Role,
)
from memory.rules import change, policy
from memory.store.memories import NewMemory
from memory.store.said import Saying
from memory.store.vectors import Vector

ONE_SITTING = timedelta(hours=1)
"""A turn is understood from the one before it when no more time than that lies between them."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What a turn left in long-term memory."""

    stored: tuple[MemoryItem, ...] = ()
    reinforced: tuple[MemoryItem, ...] = ()
    proposed: tuple[MemoryItem, ...] = ()
    fields: tuple[ProfileFact, ...] = ()
    """What of the profile is in use by it."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a turn was said, by its rows."""

    person_id: int
    conversation_id: int
    message_id: int


def store(parts: Parts, studied: Studied, where: Place, now: datetime) -> Kept:
    """The turn, verbatim and dated (article, section 1: episodic memory), and what it states
    (semantic and procedural memory)."""
    follows = _turn_before(parts, where.conversation_id, studied.said_at)
    made = _store_turn(parts, studied, where, follows, now)
    rest = _rest(studied) if any(item.doubt is None for item in made) else ()
    fields = dict.fromkeys(rest)
    again: dict[int, MemoryItem] = {}
    whole = study.is_whole(studied.drafts, studied.intake.text)
    message_id = where.message_id if studied.vector is None else None
    for draft in studied.drafts:
        if not intake.may_hold(parts, where.person_id, draft.classification.data_class):
            continue
        new = _part(studied, draft, where, now)
        if whole:
            new = replace(new, is_turn=True, follows=follows)
        new, superseded, same = derive.settle(parts, where.person_id, new, draft.statement, now)
        if same is None:
            relations = () if studied.vector is not None else _related_in(studied, draft)
            part = _store_part(parts, where.person_id, new, draft, superseded, relations, now)
            made.append(part)
            fields |= {} if new.doubt else dict.fromkeys(draft.profile)
        elif same.source_message_id != where.message_id:
            again[same.id] = derive.say_again(
                parts,
                where.person_id,
                same,
                said_at=studied.said_at,
                message_id=message_id,
                now=now,
            )
    return _kept(parts, [item.id for item in made], list(again), tuple(fields))


def with_solution(
    parts: Parts, kept: Kept, fix: Fix, doubt: Doubt | None, where: Place, now: datetime
) -> Kept:
    """What the assistant proposed, now that the person says that it worked; it waits where what
    they say does (``doubt``), or where it is doubtful itself."""
    new = confirmed.memory_of(parts, where.person_id, where.conversation_id, fix, now)
    if new is None:
        return kept
    new = replace(new, doubt=doubt or derive.doubt_of(new.text))
    item = write(parts, where.person_id, new, fix.vector, (), ())
    if item.doubt is not None:
        return replace(kept, proposed=(*kept.proposed, item))
    return replace(kept, stored=(*kept.stored, item))


def _kept(
    parts: Parts, made: Sequence[int], again: Sequence[int], fields: tuple[ProfileFact, ...]
) -> Kept:
    """As they stand when all is stored: one part of a turn may have superseded another."""
    stored = sorted(parts.store.memories.many(made), key=lambda item: item.id)
    reinforced = sorted(parts.store.memories.many(again), key=lambda item: item.id)
    return Kept(
        tuple(item for item in stored if item.doubt is None),
        tuple(item for item in reinforced if item.doubt is None),
        tuple(item for item in (*stored, *reinforced) if item.doubt is not None),
        fields,
    )


def _related_in(studied: Studied, draft: Draft) -> tuple[Relation, ...]:
    """Who does what, in one statement; where the turn is kept as a whole, it tells that."""
    place = draft.statement.sentence
    return tuple(each for each in studied.intake.reading.relations if each.sentence == place)


def _store_turn(
    parts: Parts, studied: Studied, where: Place, follows: int | None, now: datetime
) -> list[MemoryItem]:
    """Nothing, when it becomes no memory as a whole. What its statements say of the person is
    theirs."""
    if studied.vector is None:
        return []
    new = replace(_turn(studied, where, now), follows=follows)
    found = studied.mentions, studied.intake.reading.relations
    return [write(parts, where.person_id, new, studied.vector, _rest(studied), *found)]


def _rest(studied: Studied) -> tuple[ProfileFact, ...]:
    """What none of its statements says."""
    of_parts = {fact for draft in studied.drafts for fact in draft.profile}
    return tuple(fact for fact in studied.profile if fact not in of_parts)


def _store_part(
    parts: Parts,
    person_id: int,
    new: NewMemory,
    draft: Draft,
    superseded: Sequence[MemoryItem],
    relations: Sequence[Relation],
    now: datetime,
) -> MemoryItem:
    assert draft.vector is not None, "drafts are embedded when they are studied"
    item = write(parts, person_id, new, draft.vector, draft.profile, draft.mentions, relations)
    if new.doubt is None:
        derive.take_place(parts, person_id, item, superseded, now)
    return item


def _turn(studied: Studied, where: Place, now: datetime) -> NewMemory:
    taken = studied.intake
    return NewMemory(
        kind=Kind.EPISODE,
        text=taken.text,
        classification=taken.classification,
        purpose=PERSONALIZATION,
        importance=studied.importance,
        pinned=False,
        created_at=now,
        said_at=studied.said_at,
        expires_at=policy.expires_at(taken.data_class, now, taken.rules),
        source_message_id=where.message_id,
        conversation_id=where.conversation_id,
        speaker=studied.speaker or _unnamed(studied.role),
        is_turn=True,
        happened=studied.happened,
        doubt=studied.doubt,
    )


def _part(studied: Studied, draft: Draft, where: Place, now: datetime) -> NewMemory:
    return replace(
        _turn(studied, where, now),
        kind=draft.statement.kind,
        text=draft.text,
        classification=draft.classification,
        importance=draft.importance,
        expires_at=policy.expires_at(draft.classification.data_class, now, studied.intake.rules),
        statement=draft.statement,
        topic=change.topic(draft.statement),
        is_turn=False,
        happened=draft.happened,
        doubt=studied.doubt or derive.doubt_of(draft.text),
    )


def _turn_before(parts: Parts, conversation_id: int, said_at: datetime) -> int | None:
    """The last turn kept of the conversation, unless that was another day's talk."""
    last = parts.store.memories.latest_turn(conversation_id)
    if last is None or not timedelta(0) <= said_at - last.said_at <= ONE_SITTING:
        return None
    return last.id


def _unnamed(role: Role) -> str | None:
    """Words of an assistant must never pass for the person's own."""
    return None if role is Role.USER else role.value


def write(
    parts: Parts,
    person_id: int,
    new: NewMemory,
    vector: Vector,
    profile: Sequence[ProfileFact],
    mentions: Sequence[Mention],
    relations: Sequence[Relation] = (),
) -> MemoryItem:
    """The memory in every place it lives; call it in a transaction.

    Raises ConsentRequired when its purpose, or its class, is not agreed to: the last to look.
    """
    tables = parts.store
    if not tables.consents.granted(person_id, new.purpose):
        raise ConsentRequired(new.purpose)
    if not intake.may_hold(parts, person_id, new.classification.data_class):
        raise ConsentRequired(SENSITIVE)
    ident = tables.memories.add(person_id, new)
    tables.vectors.add(ident, vector)
    tables.profile.replace(person_id, ident, profile, new.said_at)
    saying = Saying(person_id, new.said_at, new.source_message_id, ident)
    entities.note(parts, saying, mentions, relations)
    return tables.memories.get(ident)
