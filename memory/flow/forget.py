"""Correcting, pinning, forgetting and putting back single memories."""

from datetime import datetime

from memory.errors import InvalidInput
from memory.flow import intake, record
from memory.flow.parts import Parts
from memory.records import Curve, DataClass, MemoryItem, Retention, Status
from memory.rules import decay, policy
from memory.rules.query import attributed


def edit(parts: Parts, item_id: int, text: str) -> MemoryItem:
    """A new wording; the old one is kept as a revision. What was derived from it follows."""
    now = parts.clock()
    tables = parts.store
    item = tables.memories.get(item_id)
    person_id = tables.memories.person_of(item_id)
    given = intake.clean(text, parts.settings.max_memory_bytes, "memory")
    taken = intake.take_in(parts, person_id, given)
    if taken.text == item.text:
        return item
    vector = parts.embedder.embed([attributed(taken.text, item.speaker)])[0]
    data_class = _class_after(parts, item, taken)
    about_themselves = item.speaker in (None, item.user_id)
    profile = taken.reading.profile if about_themselves else ()
    with tables.transaction():
        item = tables.memories.get(item_id)  # another edit, or an erasure, may have come between
        tables.memories.edit(
            item,
            taken.text,
            data_class=data_class,
            expires_at=policy.expires_at(data_class, now, strict=parts.settings.strict),
            now=now,
        )
        tables.vectors.remove([item_id])
        tables.vectors.add(item_id, vector)
        tables.profile.replace(person_id, item_id, profile, item.said_at)
        tables.entities.forget_mentions(item_id)
        tables.entities.mention(
            person_id,
            taken.reading.mentions,
            message_id=item.source_message_id,
            memory_id=item_id,
            at=item.said_at,
        )
        _cool(parts, person_id, item)
        record.event(parts, person_id, "edit", f"memory:{item_id}", now)
    return tables.memories.get(item_id)


def _class_after(parts: Parts, item: MemoryItem, taken: intake.Intake) -> DataClass:
    """A class that was chosen, and not read off the old wording, stays chosen."""
    read_off = policy.classify(item.text, parts.language.personal_data(item.text))
    return taken.data_class if item.data_class is read_off else item.data_class


def pin(parts: Parts, item_id: int, *, pinned: bool) -> MemoryItem:
    now = parts.clock()
    person_id = parts.store.memories.person_of(item_id)
    with parts.store.transaction():
        parts.store.memories.set_pinned(item_id, pinned)
        record.event(parts, person_id, "pin" if pinned else "unpin", f"memory:{item_id}", now)
    return parts.store.memories.get(item_id)


def forget(parts: Parts, item_id: int) -> MemoryItem:
    """Out of recall at once; erased to the bytes when the time to undo is over."""
    now = parts.clock()
    item = parts.store.memories.get(item_id)
    person_id = parts.store.memories.person_of(item_id)
    with parts.store.transaction():
        parts.store.memories.set_status(item_id, Status.FORGOTTEN, now)
        _cool(parts, person_id, item)
        record.event(parts, person_id, "forget", f"memory:{item_id}", now, memories=1)
    return parts.store.memories.get(item_id)


def restore(parts: Parts, item_id: int) -> MemoryItem:
    """Undo of ``forget``, or back from the archive. Raises NotFound once it is erased."""
    now = parts.clock()
    item = parts.store.memories.get(item_id)
    if item.status is Status.ACTIVE:
        return item
    person_id = parts.store.memories.person_of(item_id)
    with parts.store.transaction():
        parts.store.memories.set_status(item_id, Status.ACTIVE, now)
        record.event(parts, person_id, "restore", f"memory:{item_id}", now, memories=1)
    return parts.store.memories.get(item_id)


def retention(parts: Parts, user_id: str, at: datetime | None) -> list[Retention]:
    """Every memory with its strength as of ``at``, the weakest first."""
    person_id = parts.store.people.find(user_id)
    if person_id is None:
        return []
    now = at or parts.clock()
    found = [
        decay.retention(item, now)
        for item in parts.store.memories.all(person_id)
        if item.status is not Status.FORGOTTEN
    ]
    return sorted(found, key=lambda retention: retention.strength)


def curve(parts: Parts, item_id: int, *, days: int, at: datetime | None) -> Curve:
    """Strength once a day from ``at`` on, for ``days`` days, if it is not used again."""
    if days < 1:
        raise InvalidInput("A curve needs at least one day. Choose more days.")
    return decay.curve(parts.store.memories.get(item_id), at or parts.clock(), days)


def _cool(parts: Parts, person_id: int, item: MemoryItem) -> None:
    """What the hot cache holds of it is stale now."""
    if item.source_message_id is not None:
        parts.store.hot_cache.remove(person_id, f"message:{item.source_message_id}")
