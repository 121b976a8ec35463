"""An assistant's fix as a solution, once the person says that it worked (article, section 1).

The words are the assistant's and are marked as such; that they hold is the person's word.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from memory.flow import intake, policies
from memory.flow.parts import Parts
from memory.records import (
    PERSONALIZATION,
    Importance,
    Kind,
    Message,
    MessageState,
    Role,
    Statement,
)
from memory.rules import change, confirmation, policy
from memory.store.memories import NewMemory
from memory.store.vectors import Vector

WEIGHTS = {"base": 0.4, "solution": 0.3, "confirmed by you": 0.2}


LOOKED_BACK = 12
"""Messages: the problem, then a few proposals that did not help before the one that did."""


@dataclass(frozen=True, slots=True)
class Fix:
    """What an answer proposed, and for which problem."""

    answer: Message
    statement: Statement
    vector: "Vector"


def fix(parts: Parts, person_id: int, conversation: str, text: str, now: datetime) -> Fix | None:
    """What a message confirms: what the last answer proposed for a problem. None, and nothing is
    read, for a message that confirms nothing."""
    if not confirmation.confirms(text):
        return None
    found = parts.store.conversations.find(person_id, conversation)
    if found is None:
        return None
    said = parts.store.messages.in_conversation(found, now, last=LOOKED_BACK)
    statement = stated(parts, said)
    if statement is None:
        return None
    vector = parts.embedder.embed([f"{statement.problem}\n{statement.fix}"])[0]
    return Fix(said[-1], statement, vector)


def stated(parts: Parts, said: Sequence[Message]) -> Statement | None:
    """What the last of these messages proposed for a problem, oldest first: a solution, where the
    next one confirms it."""
    asked = _asked(said)
    if asked is None:
        return None
    proposed = confirmation.proposal(parts.language.sentences(said[-1].text))
    if not proposed or len(proposed.encode()) > parts.settings.max_memory_bytes:
        return None
    return Statement(
        text=proposed,
        sentence=0,
        kind=Kind.SOLUTION,
        attribute="solution",
        value=proposed,
        problem=asked.text,
        fix=proposed,
        worked=True,
    )


def _asked(said: Sequence[Message]) -> Message | None:
    """The person's message that tells the problem which the last one, an answer, is about; None
    when that is no answer, or answers something else."""
    if not said or said[-1].role is not Role.ASSISTANT or said[-1].state is MessageState.ERASED:
        return None
    for message in reversed(said):
        if message.role is not Role.USER:
            continue
        if message.state is MessageState.ERASED:
            return None
        if confirmation.tells_problem(message.text):
            return message
        if not confirmation.asks_on(message.text):
            return None
    return None


def memory_of(
    parts: Parts, person_id: int, conversation_id: int, found: Fix, now: datetime
) -> NewMemory | None:
    """None when the answer is gone by now, or was confirmed before."""
    answer = found.answer
    if not parts.store.messages.is_kept(answer.id) or parts.store.memories.from_message(answer.id):
        return None
    classification = intake.class_of(parts, f"{found.statement.problem}\n{found.statement.fix}")
    rules = policies.of(parts, person_id)
    return NewMemory(
        kind=Kind.SOLUTION,
        text=found.statement.text,
        classification=classification,
        purpose=PERSONALIZATION,
        importance=Importance(sum(WEIGHTS.values()), WEIGHTS),
        pinned=False,
        created_at=now,
        said_at=answer.said_at,
        expires_at=policy.expires_at(classification.data_class, now, rules),
        source_message_id=answer.id,
        conversation_id=conversation_id,
        speaker=Role.ASSISTANT.value,
        statement=found.statement,
        topic=change.topic(found.statement),
    )
