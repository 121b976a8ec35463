"""What follows when the words of a memory are corrected: its turn, and what else the turn states.

A statement stands in its turn, word for word. Corrected in one place, it is corrected in the other:
otherwise the old words would still be recalled. Worked out first, written in the transaction that
corrects.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from memory.errors import ConsentRequired, InvalidInput
from memory.flow import derive, intake, long_term, policies
from memory.flow.derive import Draft
from memory.flow.parts import Parts
from memory.records import (
    SENSITIVE,
    Classification,
    ClassReason,
    MemoryItem,
    Reading,
    Statement,
    Status,
)
from memory.rules import change, policy
from memory.rules.query import attributed
from memory.store.memories import NewMemory
from memory.store.vectors import Vector

FOLLOWING = frozenset({Status.ACTIVE, Status.ARCHIVED, Status.PROPOSED})
"""What is forgotten goes as it is, and what is merged is left to its merge."""


@dataclass(frozen=True, slots=True)
class Reworded:
    """What holds the corrected words, with the new ones in the place of the old."""

    item: MemoryItem
    text: str
    reading: Reading
    statement: Statement | None
    """What it states by them."""
    classification: Classification
    vector: "Vector"


@dataclass(frozen=True, slots=True)
class Following:
    statement: Statement | None = None
    """What the corrected memory itself states."""
    reworded: tuple[Reworded, ...] = ()
    gone: tuple[MemoryItem, ...] = ()
    """Statements that the new words no longer hold."""
    drafts: tuple[Draft, ...] = ()
    """Statements that only the new words hold."""


def work_out(parts: Parts, person_id: int, item: MemoryItem, taken: intake.Intake) -> Following:
    """``taken``: the new words of ``item``, as they may be stored. Raises ConsentRequired when
    they make its turn sensitive and such things may not be kept."""
    if item.source_message_id is None or item.speaker not in (None, item.user_id):
        return Following()
    own = derive.restated(item, taken.reading, taken.text)
    others = [each for each in _beside(parts, item) if each.status in FOLLOWING]
    holding = [] if item.is_turn else [each for each in others if item.text in each.text]
    reworded = [_reworded(parts, person_id, item, each, taken) for each in holding]
    reworded = [each for each in reworded if each.text != each.item.text]
    gone = [each.item for each in reworded if _says_another_thing(each)]
    gone += [
        each
        for each in others
        if each not in holding
        and each.text in item.text
        and (each.text not in taken.text or (item.is_turn and own is not None))
    ]
    reworded = [each for each in reworded if each.item not in gone]
    staying = [each for each in others if each not in gone]
    known = [own, *(each.statement for each in staying), *(each.statement for each in reworded)]
    return Following(
        statement=own,
        reworded=tuple(reworded),
        gone=tuple(gone),
        drafts=_only_in(parts, item, taken, [each for each in known if each is not None]),
    )


def _beside(parts: Parts, item: MemoryItem) -> list[MemoryItem]:
    assert item.source_message_id is not None
    found = parts.store.memories.from_message(item.source_message_id)
    found += parts.store.statements.overlapping(item.id)
    return list({each.id: each for each in found if each.id != item.id}.values())


def _reworded(
    parts: Parts, person_id: int, item: MemoryItem, other: MemoryItem, taken: intake.Intake
) -> Reworded:
    """Wherever the words stand; of no laxer class than it was."""
    words = rf"(?<!\w){re.escape(item.text)}(?!\w)"
    text = re.sub(words, lambda _: taken.text, other.text)
    found = intake.class_of(parts, text)
    if not intake.may_hold(parts, person_id, found.data_class):
        raise ConsentRequired(SENSITIVE)
    kept = Classification(other.data_class, other.class_reason or ClassReason.CHOSEN)
    strictest = policy.strictest([found.data_class, other.data_class])
    classification = found if found.data_class is strictest else kept
    vector = parts.embedder.embed([attributed(text, other.speaker)])[0]
    reading = parts.language.read(text)
    # a turn beside its statement is not that statement
    plain_turn = other.is_turn and other.statement is None
    statement = None if plain_turn else derive.restated(other, reading, text)
    return Reworded(other, text, reading, statement, classification, vector)


def _says_another_thing(reworded: Reworded) -> bool:
    """Whether a statement of the same sentence no longer stands in it."""
    before, after = reworded.item.statement, reworded.statement
    if reworded.item.is_turn or before is None:
        return False
    return after is None or not derive.is_of_the_same(after, before)


def _only_in(
    parts: Parts, item: MemoryItem, taken: intake.Intake, known: Sequence[Statement]
) -> tuple[Draft, ...]:
    """What the old words did not state. A turn that was one statement stated it by itself."""
    covered = {(statement.text, change.topic(statement)) for statement in known}
    fresh = [
        draft
        for draft in derive.drafts(parts, taken, item.said_at)
        if (item.statement is not None or draft.text not in item.text)
        and (draft.text, change.topic(draft.statement)) not in covered
    ]
    return derive.embedded(parts, fresh, item.speaker)


# -- in the transaction that corrects --------------------------------------------------------


def check_unchanged(parts: Parts, following: Following) -> None:
    """Raises InvalidInput when what follows was corrected or erased since it was worked out."""
    before = [*(each.item for each in following.reworded), *following.gone]
    now = parts.store.memories.many([item.id for item in before])
    if {item.id: item.text for item in before} != {item.id: item.text for item in now}:
        raise InvalidInput("This memory was changed meanwhile. Look at it again.")


def remove_gone(parts: Parts, item: MemoryItem, following: Following) -> None:
    """They were read from words that are corrected, and can be read from them again."""
    for each in following.gone:
        parts.store.vectors.remove([each.id])
        parts.store.statements.remove(each, item.id)


def learn_new(
    parts: Parts, person_id: int, item: MemoryItem, following: Following, now: datetime
) -> None:
    """What only the new words state, said when the old ones were; it waits, or is paused, as they
    do."""
    if item.status not in FOLLOWING:
        return
    for draft in following.drafts:
        assert draft.vector is not None, "it is embedded when it is worked out"
        new = _of(parts, person_id, item, draft, now)
        if not intake.may_hold(parts, person_id, new.classification.data_class):
            continue
        new, superseded, same = derive.settle(parts, person_id, new, draft.statement, now)
        if same is not None:
            continue
        made = long_term.write(parts, person_id, new, draft.vector, draft.profile, draft.mentions)
        if item.paused:
            parts.store.memories.set_paused(made.id, True)
        if new.doubt is None:
            derive.take_place(parts, person_id, made, superseded, now)


def _of(parts: Parts, person_id: int, item: MemoryItem, draft: Draft, now: datetime) -> NewMemory:
    conversation = item.conversation_id
    found = (
        None if conversation is None else parts.store.conversations.find(person_id, conversation)
    )
    rules = policies.of(parts, person_id)
    return NewMemory(
        kind=draft.statement.kind,
        text=draft.text,
        classification=draft.classification,
        purpose=item.purpose,
        importance=draft.importance,
        pinned=False,
        created_at=now,
        said_at=item.said_at,
        expires_at=policy.expires_at(draft.classification.data_class, now, rules),
        source_message_id=item.source_message_id,
        conversation_id=found,
        speaker=item.speaker,
        statement=draft.statement,
        topic=change.topic(draft.statement),
        happened=draft.happened,
        doubt=item.doubt or derive.doubt_of(draft.text),
    )
