"""What a turn states, as memories of their own: told apart, dated, and joined to what was said
before.

The verbatim words are the memory, what they state stands beside them. A turn that is one statement
is one memory; of a turn with more in it, each statement is a memory beside the turn. What is said
again makes the earlier memory surer, what is newer takes its place from that day on, and what is at
odds with it without saying that things have changed waits in the inbox.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from memory.flow import audit, intake, policies
from memory.flow.parts import Parts
from memory.records import (
    Act,
    Classification,
    Days,
    Doubt,
    Importance,
    Kind,
    MemoryItem,
    Mention,
    ProfileFact,
    Reading,
    Standing,
    Statement,
    TimeSpan,
)
from memory.rules import change, policy, profile
from memory.rules.importance import of_statement
from memory.rules.injection import is_instruction_to_a_model
from memory.rules.statements import find_statements
from memory.rules.talk.dates import LOCAL
from memory.rules.times import looks_ahead
from memory.store.memories import NewMemory
from memory.store.vectors import Vector


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
    """What the sentences of a text state of the person who said it."""
    found = find_statements(taken.reading.parsed).statements
    return tuple(_draft(parts, taken, statement, said_at) for statement in found)


def _draft(parts: Parts, taken: intake.Intake, statement: Statement, said_at: datetime) -> Draft:
    text, reading = statement.text, taken.reading
    mentions = tuple(mention for mention in reading.mentions if mention.name in text)
    return Draft(
        statement,
        intake.class_of(parts, text),
        of_statement(statement, mentions),
        happened(parts, text, said_at) if statement.kind is Kind.EPISODE else None,
        profile.of_statement(statement, reading.profile),
        mentions,
    )


def happened(parts: Parts, text: str, said_at: datetime) -> Days | None:
    """The days in the past that a text tells of; None when it names none."""
    here = said_at.astimezone(LOCAL)
    spans = parts.calendar.times(text, here, future=looks_ahead(text))
    past = next((span for span in spans if _is_past(span, here)), None)
    return None if past is None else Days(past.first, past.last)


def _is_past(span: TimeSpan, said_at: datetime) -> bool:
    return span.first <= said_at.date() and span.past is not False


def embedded(parts: Parts, found: Sequence[Draft]) -> tuple[Draft, ...]:
    """In one batch."""
    vectors = parts.embedder.embed([draft.text for draft in found]) if found else ()
    return tuple(replace(draft, vector=own) for draft, own in zip(found, vectors, strict=True))


def doubt_of(text: str) -> Doubt | None:
    return Doubt.INSTRUCTION if is_instruction_to_a_model(text) else None


# -- storing --------------------------------------------------------------------------------


def settle(
    parts: Parts, person_id: int, new: NewMemory, draft: Draft, now: datetime
) -> tuple[NewMemory, list[MemoryItem], MemoryItem | None]:
    """How a statement stands to what is known: as it is to be stored, what it takes the place of,
    and what says the same already. Call it in the transaction that stores it."""
    superseded: list[MemoryItem] = []
    for earlier in parts.store.statements.on_topic(person_id, new.topic, now):
        assert earlier.statement is not None
        match change.standing(earlier.statement, draft.statement):
            case Standing.SAME:
                return new, [], earlier
            case Standing.SUPERSEDES | Standing.ENDS:
                superseded.append(earlier)
            case Standing.CONTRADICTS:
                doubt = new.doubt or Doubt.CONTRADICTION
                new = replace(new, doubt=doubt, rival_id=earlier.id)
    return new, superseded, None


def superseded_by(
    parts: Parts, person_id: int, item: MemoryItem, now: datetime
) -> list[MemoryItem]:
    """Other memories that one takes the place of."""
    assert item.statement is not None
    topic = change.topic(item.statement)
    return [
        earlier
        for earlier in parts.store.statements.on_topic(person_id, topic, now)
        if earlier.id != item.id
        and earlier.statement is not None
        and change.standing(earlier.statement, item.statement)
        in (Standing.SUPERSEDES, Standing.ENDS)
    ]


def take_place(
    parts: Parts, person_id: int, item: MemoryItem, earlier: Sequence[MemoryItem], now: datetime
) -> None:
    """The later said holds from its day on; of what is told late, the earlier one still holds."""
    for other in earlier:
        older, newer = sorted((other, item), key=lambda each: (each.said_at, each.id))
        parts.store.statements.supersede(older.id, newer.id)
        audit.event(parts, person_id, Act.SUPERSEDE, f"memory:{older.id}", now, {"memories": 1})


def say_again(
    parts: Parts, person_id: int, item: MemoryItem, said_at: datetime, now: datetime
) -> MemoryItem:
    """What is said again is surer, and is kept as if it had been used."""
    parts.store.statements.say_again(item.id, said_at)
    rules = policies.of(parts, person_id)
    due = policy.expires_after_use(item, now, rules)
    if due is None or item.expires_at is None or due > item.expires_at:
        parts.store.memories.set_expiry(item.id, due)
    audit.event(parts, person_id, Act.REINFORCE, f"memory:{item.id}", now, {"memories": 1})
    return parts.store.memories.get(item.id)


def restate(parts: Parts, item: MemoryItem, reading: Reading) -> None:
    """What a memory states, read anew from its corrected words. Told outright, it stays so."""
    if item.statement is None:
        return
    found = find_statements(reading.parsed).statements
    if len(found) == 1:
        statement = found[0]
        parts.store.statements.state(item.id, statement.kind, statement, change.topic(statement))
    else:
        kind = Kind.EPISODE if item.is_turn else item.kind
        parts.store.statements.state(item.id, kind, None, "")
