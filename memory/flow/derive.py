"""What a turn states, as memories of their own: told apart, dated, and joined to what was said
before.

The verbatim words are the memory, what they state stands beside them. A turn that is one statement
is one memory; of a turn with more in it, each statement is a memory beside the turn. What is said
again makes the earlier memory surer, what is newer takes its place from that day on, and what is at
odds with it without saying that things have changed waits in the inbox.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from memory.flow import audit, intake, policies
from memory.flow.parts import Parts
from memory.records import (
    Act,
    Classification,
    ClassReason,
    Days,
    Doubt,
    Importance,
    Kind,
    MemoryItem,
    Mention,
    ProfileFact,
    Reading,
    Source,
    Standing,
    Statement,
    Status,
    TimeSpan,
    UseKind,
)
from memory.rules import change, policy, profile, told
from memory.rules.entities import contexts
from memory.rules.importance import of_statement
from memory.rules.injection import is_instruction_to_a_model
from memory.rules.query import attributed
from memory.rules.statements import find_statements
from memory.rules.talk.dates import LOCAL
from memory.rules.times import looks_ahead
from memory.store.memories import NewMemory
from memory.store.vectors import Vector

MOST_STATEMENTS = 20
"""Of one turn, the most important ones: a page that was pasted is no table of facts."""
NEWER = frozenset({Standing.SUPERSEDES, Standing.ENDS})
SAID_AGAIN = "It was said again."


@dataclass(frozen=True, slots=True)
class Draft:
    """A statement worked out, before it is known what was said before."""

    statement: Statement
    classification: Classification
    importance: Importance
    happened: Days | None
    profile: tuple[ProfileFact, ...]
    mentions: tuple[Mention, ...]
    vector: "Vector | None" = None

    @property
    def text(self) -> str:
        return self.statement.text


def drafts(parts: Parts, taken: intake.Intake, said_at: datetime) -> tuple[Draft, ...]:
    """What the sentences of a text state of the person who said it, as far as it is important
    enough to be a memory, and no longer than one may be."""
    settings = parts.settings
    weighed = [
        (statement, of_statement(statement, _mentioned(statement, taken.reading)))
        for statement in stated(taken.reading, taken.text)
        if len(statement.text.encode()) <= settings.max_memory_bytes
    ]
    bar = settings.importance_threshold
    enough = [pair for pair in weighed if pair[1].score > bar or not bar]
    best = sorted(enough, key=lambda pair: -pair[1].score)[:MOST_STATEMENTS]
    chosen = [pair for pair in enough if pair in best]
    fields = profile.of_statements([statement for statement, _ in chosen], taken.reading.profile)
    return tuple(
        _draft(parts, taken, statement, weight, given, said_at)
        for (statement, weight), given in zip(chosen, fields, strict=True)
    )


def stated(reading: Reading, text: str) -> tuple[Statement, ...]:
    """What a text states, each with its words as they stand there, and each once."""
    found = find_statements(reading.parsed).statements
    verbatim = (replace(each, text=_verbatim(each.text, text)) for each in found)
    return tuple({(each.text, change.topic(each)): each for each in verbatim}.values())


def _verbatim(words: str, text: str) -> str:
    """A statement over several lines is put together: between them may be more than a new line."""
    if words in text:
        return words
    found = re.search(r"\s+".join(map(re.escape, words.split())), text)
    return found[0] if found else words


def _mentioned(statement: Statement, reading: Reading) -> tuple[Mention, ...]:
    return tuple(each for each in reading.mentions if contexts.says(statement.text, each.name))


def _draft(
    parts: Parts,
    taken: intake.Intake,
    statement: Statement,
    weight: Importance,
    given: tuple[ProfileFact, ...],
    said_at: datetime,
) -> Draft:
    text = statement.text
    return Draft(
        statement,
        _class_of(parts, taken, text),
        weight,
        happened(parts, text, said_at) if statement.kind is Kind.EPISODE else None,
        given,
        _mentioned(statement, taken.reading),
    )


def _class_of(parts: Parts, taken: intake.Intake, text: str) -> Classification:
    """The turn's, where the statement is all of it, or the person chose it; else its own words
    decide."""
    if text == taken.text or taken.classification.reason is ClassReason.CHOSEN:
        return taken.classification
    return intake.class_of(parts, text)


def happened(parts: Parts, text: str, said_at: datetime) -> Days | None:
    """The days in the past that a text tells of; None when it names none."""
    here = said_at.astimezone(LOCAL)
    spans = parts.calendar.times(text, here, future=looks_ahead(text))
    past = next((span for span in spans if _is_past(span, here)), None)
    return None if past is None else Days(past.first, past.last)


def _is_past(span: TimeSpan, said_at: datetime) -> bool:
    return span.first <= said_at.date() and span.past is not False


def embedded(parts: Parts, found: Sequence[Draft], speaker: str | None) -> tuple[Draft, ...]:
    """In one batch."""
    texts = [attributed(draft.text, speaker) for draft in found]
    vectors = parts.embedder.embed(texts) if texts else ()
    return tuple(replace(draft, vector=own) for draft, own in zip(found, vectors, strict=True))


def doubt_of(text: str) -> Doubt | None:
    return Doubt.INSTRUCTION if is_instruction_to_a_model(text) else None


# -- storing --------------------------------------------------------------------------------


def settle(
    parts: Parts, person_id: int, new: NewMemory, statement: Statement, now: datetime
) -> tuple[NewMemory, list[MemoryItem], MemoryItem | None]:
    """How a statement stands to what is known: as it is to be stored, what it takes the place of,
    and what says the same already. Call it in the transaction that stores it."""
    superseded: list[MemoryItem] = []
    for known in parts.store.statements.on_topic(person_id, new.topic, now):
        found = _standing(known, statement, new.said_at)
        if found is Standing.SAME:
            return new, [], known
        if known.status is Status.PROPOSED:
            continue
        if found in NEWER:
            superseded.append(known)
        elif found is Standing.CONTRADICTS:
            doubt = new.doubt or Doubt.CONTRADICTION
            new = replace(new, doubt=doubt, rival_id=known.id)
    return new, superseded, None


def _standing(known: MemoryItem, statement: Statement, said_at: datetime) -> Standing:
    """How the later said of the two stands to the other, whichever was stored first."""
    assert known.statement is not None, "what has a topic has a statement"
    if known.said_at > said_at:
        return change.standing(statement, known.statement)
    return change.standing(known.statement, statement)


def take_its_place(parts: Parts, person_id: int, item: MemoryItem, now: datetime) -> None:
    """As a memory that is in use from now on stands to what is known; what it is at odds with,
    the person knows of."""
    take_place(parts, person_id, item, giving_way_to(parts, person_id, item, now), now)


def giving_way_to(
    parts: Parts, person_id: int, item: MemoryItem, now: datetime
) -> list[MemoryItem]:
    """What is known of the same thing and does not hold beside it: the later said does."""
    if item.statement is None:
        return []
    known = parts.store.statements.on_topic(person_id, change.topic(item.statement), now)
    return [
        other
        for other in known
        if other.id != item.id
        and other.status is not Status.PROPOSED
        and _standing(other, item.statement, item.said_at) in NEWER
    ]


def take_place(
    parts: Parts, person_id: int, item: MemoryItem, known: Sequence[MemoryItem], now: datetime
) -> None:
    """The later said holds from its day on; of what is told late, the earlier one still holds."""
    for other in known:
        older, newer = sorted((other, item), key=lambda each: (each.said_at, each.id))
        supersede(parts, person_id, older, newer, now)


def supersede(
    parts: Parts, person_id: int, older: MemoryItem, newer: MemoryItem, now: datetime
) -> None:
    """The one holds until the other was said."""
    parts.store.statements.supersede(older.id, newer.id)
    audit.event(parts, person_id, Act.SUPERSEDE, f"memory:{older.id}", now, {"memories": 1})


def say_again(
    parts: Parts,
    person_id: int,
    item: MemoryItem,
    *,
    said_at: datetime,
    message_id: int | None,
    now: datetime,
) -> MemoryItem:
    """What is said again is surer, is kept as if it had been used, and is in use again if it had
    faded. ``message_id``: where, if no memory is made of that message: it goes with this one."""
    parts.store.statements.say_again(item.id, said_at)
    rules = policies.of(parts, person_id)
    due = policy.expires_after_use(item, now, rules)
    if due is None or item.expires_at is None or due > item.expires_at:
        parts.store.memories.set_expiry(item.id, due)
    parts.store.uses.add_time(item.id, UseKind.SAID, now)
    if item.status is Status.ARCHIVED:
        parts.store.memories.set_status(item.id, Status.ACTIVE, now)
    if message_id is not None:
        again = Source(item, 0.0, 0.0, {}, SAID_AGAIN)
        parts.store.uses.record(again, message_id=message_id, expires_at=due, now=now, counts=False)
    audit.event(parts, person_id, Act.REINFORCE, f"memory:{item.id}", now, {"memories": 1})
    return parts.store.memories.get(item.id)


# -- corrected ------------------------------------------------------------------------------


def told_by_hand(item: MemoryItem, text: str) -> Statement | None:
    """What a field of the profile that was set by hand states by these words; None: it is none."""
    by_hand = item.statement is not None and item.source_message_id is None
    return told.statement(text) if by_hand else None


def restated(item: MemoryItem, reading: Reading, text: str) -> Statement | None:
    """What a memory states by its corrected words: a turn, if it is one statement; a part of one,
    what they say of the same, or all they say. Told outright, it is left to the person."""
    if set_by_hand := told_by_hand(item, text):
        return set_by_hand
    found = stated(reading, text)
    only = found[0] if len(found) == 1 else None
    if item.is_turn:
        return only if only and only.text == text else None
    if item.statement is None:
        return None
    return next((each for each in found if is_of_the_same(each, item.statement)), only)


def is_of_the_same(one: Statement, other: Statement) -> bool:
    return (one.about, one.attribute) == (other.about, other.attribute)


def restate(
    parts: Parts, person_id: int, item: MemoryItem, statement: Statement | None, now: datetime
) -> None:
    """The memory states something else from now on: what it took the place of on another matter
    holds again, and so does itself."""
    tables = parts.store.statements
    item = parts.store.memories.get(item.id)
    if item.statement is None and not item.is_turn:
        return
    kind = statement.kind if statement else Kind.EPISODE if item.is_turn else item.kind
    topic = change.topic(statement) if statement else ""
    tables.state(item.id, kind, statement, topic)
    for older in tables.linked_to(item.id):
        if older.statement is None or not _is_of(older.statement, statement):
            tables.hold_again(older.id)
    newer = parts.store.memories.many([item.superseded_by] if item.superseded_by else [])
    if newer and (newer[0].statement is None or not _is_of(newer[0].statement, statement)):
        tables.hold_again(item.id)
    current = parts.store.memories.get(item.id)
    if current.holds:
        take_its_place(parts, person_id, current, now)


def _is_of(known: Statement, statement: Statement | None) -> bool:
    return statement is not None and change.topic(known) == change.topic(statement)
