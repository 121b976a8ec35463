"""A text stored as a memory outright, because somebody said so."""

from datetime import datetime

from memory.errors import ConsentRequired, InvalidInput
from memory.flow import audit, intake, long_term, permission
from memory.flow.fading import presence
from memory.flow.parts import Parts
from memory.records import (
    REMOTE_MODEL,
    SENSITIVE,
    Act,
    DataClass,
    Importance,
    Kind,
    MemoryItem,
    Reading,
    Role,
)
from memory.rules import policy
from memory.rules.importance import TOLD, WEIGHTS, importance
from memory.store.memories import NewMemory

NO_MEMORY_PURPOSES = frozenset({SENSITIVE, REMOTE_MODEL})


def remember(
    parts: Parts,
    user_id: str,
    text: str,
    *,
    kind: str,
    data_class: str | None,
    purpose: str,
    importance: float | None,
    pinned: bool,
    at: datetime | None,
) -> MemoryItem:
    """Store a text as a memory because somebody said so. Raises ConsentRequired, InvalidInput."""
    now = parts.clock()
    if purpose in NO_MEMORY_PURPOSES:
        raise InvalidInput(
            f"Nothing is remembered for “{purpose}”: it allows something of what is kept for "
            "another purpose. Name that one."
        )
    person_id = permission.consenting(parts, user_id, purpose)
    if person_id is None:
        raise ConsentRequired(purpose)
    given = intake.clean(text, parts.settings.max_memory_bytes, "memory")
    chosen = intake.chosen(DataClass, data_class, "data class") if data_class else None
    taken = intake.take_in(parts, person_id, given, chosen)
    if taken.refused:
        raise ConsentRequired(SENSITIVE)
    new = NewMemory(
        kind=intake.chosen(Kind, kind, "kind of memory"),
        text=taken.text,
        classification=taken.classification,
        purpose=purpose,
        importance=told_importance(taken.reading, taken.text, importance),
        pinned=pinned,
        created_at=now,
        said_at=intake.moment(at, now),
        expires_at=policy.expires_at(taken.data_class, now, taken.rules),
    )
    vector = parts.embedder.embed([taken.text])[0]
    reading = taken.reading
    with parts.store.transaction():
        if permission.consenting(parts, user_id, purpose) != person_id:
            raise ConsentRequired(purpose)  # revoked in between
        intake.check_rules(parts, person_id, taken)
        presence.note(parts, person_id, now)
        found = reading.mentions, reading.relations
        item = long_term.write(parts, person_id, new, vector, reading.profile, *found)
        classes = [item.data_class]
        audit.event(
            parts, person_id, Act.STORE, f"memory:{item.id}", now, {"memories": 1}, classes=classes
        )
    return item


def told_importance(reading: Reading, text: str, given: float | None = None) -> Importance:
    if given is not None:
        return Importance(min(1.0, max(0.0, given)), {"given": given})
    found = importance(text, Role.USER, reading.sentences, reading.mentions)
    terms = dict(found.terms) | {TOLD: WEIGHTS[TOLD]}
    return Importance(min(1.0, max(0.0, sum(terms.values()))), terms)
