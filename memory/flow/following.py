"""What follows when the words of a memory are corrected: its turn, and what else the turn states.

A statement stands in its turn, word for word. Corrected in one place, it is corrected in the other:
otherwise the old words would still be recalled. Worked out first, written in the transaction that
corrects.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from memory.flow import derive, intake, learn, policies
from memory.flow.derive import Draft
from memory.flow.parts import Parts
from memory.records import MemoryItem, Reading, Status
from memory.rules import change, policy
from memory.rules.query import attributed
from memory.store.memories import NewMemory
from memory.store.vectors import Vector


@dataclass(frozen=True, slots=True)
class Reworded:
    """A turn with the new words in the place of the old."""

    item: MemoryItem
    text: str
    reading: Reading
    vector: "Vector"


@dataclass(frozen=True, slots=True)
class Following:
    turns: tuple[Reworded, ...] = ()
    gone: tuple[MemoryItem, ...] = ()
    """Statements that the new words no longer hold."""
    drafts: tuple[Draft, ...] = ()
    """Statements that only the new words hold."""


def work_out(parts: Parts, item: MemoryItem, taken: intake.Intake) -> Following:
    """``taken``: the new words of ``item``, as they may be stored."""
    if item.source_message_id is None or item.speaker not in (None, item.user_id):
        return Following()
    told = parts.store.memories.from_message(item.source_message_id)
    others = [other for other in told if other.id != item.id and other.status is Status.ACTIVE]
    if not item.is_turn:
        return Following(turns=_turns(parts, item, taken.text, others))
    found = derive.drafts(parts, taken, item.said_at)
    stay = {other.text for other in others if other.text in taken.text}
    new = [draft for draft in found if draft.text not in {*stay, taken.text}]
    return Following(
        gone=tuple(other for other in others if other.text not in stay and not other.is_turn),
        drafts=derive.embedded(parts, new),
    )


def _turns(
    parts: Parts, item: MemoryItem, text: str, others: Sequence[MemoryItem]
) -> tuple[Reworded, ...]:
    reworded = []
    for other in others:
        if other.is_turn and item.text in other.text:
            whole = other.text.replace(item.text, text, 1)
            vector = parts.embedder.embed([attributed(whole, other.speaker)])[0]
            reworded.append(Reworded(other, whole, parts.language.read(whole), vector))
    return tuple(reworded)


def forget_gone(parts: Parts, following: Following, now: datetime) -> None:
    """Undone by nothing but time: what they said is corrected."""
    for item in following.gone:
        parts.store.memories.set_status(item.id, Status.FORGOTTEN, now)


def learn_new(
    parts: Parts, person_id: int, item: MemoryItem, following: Following, now: datetime
) -> None:
    """What only the new words state, said when the old ones were."""
    for draft in following.drafts:
        assert draft.vector is not None, "it is embedded when it is worked out"
        new = _of(parts, person_id, item, draft, now)
        new, superseded, same = derive.settle(parts, person_id, new, draft, now)
        if same is None:
            made = learn.write(parts, person_id, new, draft.vector, draft.profile, ())
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
    )
