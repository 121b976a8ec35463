"""Pinning, pausing, forgetting and putting back, one memory or many at once; and how strong each
still is."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from memory.errors import InvalidInput
from memory.flow import audit, derive, hot, intake
from memory.flow.parts import Parts
from memory.records import Act, Change, Curve, MemoryItem, Retention, Status
from memory.rules import decay

MAX_CURVE_DAYS = 3_650
"""Ten years: every memory has faded long before."""


def change(parts: Parts, item_ids: Sequence[int], what: str) -> list[MemoryItem]:
    """All of them or, when one is not there (NotFound), none.

    What is merged is left to its merge, and raises InvalidInput.
    """
    now = parts.clock()
    chosen = intake.chosen(Change, what, "change")
    ids = list(dict.fromkeys(item_ids))
    with parts.store.transaction():
        items = [parts.store.memories.get(ident) for ident in ids]
        for item in items:
            check_unmerged(item)
        items = WITH_SAME_WORDS[chosen](parts, items)
        differing = [item for item in items if IS_NEEDED[chosen](item)]
        for item in differing:
            CHANGES[chosen](parts, item, now)
        if differing:
            _record(parts, chosen, differing, now)
        return [parts.store.memories.get(ident) for ident in ids]


def forget(
    parts: Parts,
    items: Sequence[MemoryItem],
    now: datetime,
    *,
    sparing: Sequence[MemoryItem] = (),
) -> None:
    """With all that holds the same words but ``sparing``; call it in a transaction."""
    for item in _with_same_words(parts, items):
        if item.status is not Status.FORGOTTEN and item not in sparing:
            _forget(parts, item, now)


def _as_chosen(parts: Parts, items: Sequence[MemoryItem]) -> list[MemoryItem]:
    return list(items)


def _with_same_words(parts: Parts, items: Sequence[MemoryItem]) -> list[MemoryItem]:
    """A statement stands in its turn, too: what is taken out of use is taken out in both. Other
    statements of the turn stay."""
    found = {item.id: item for item in items}
    for item in items:
        found |= {other.id: other for other in _overlapping(parts, item) if other.id not in found}
    return list((_solving(parts, list(found.values())) | found).values())


def _with_what_may_be_told(parts: Parts, items: Sequence[MemoryItem]) -> list[MemoryItem]:
    """A turn comes back with what it states; a statement brings its turn back unless that tells
    something else that stays out of use."""
    found = {item.id: item for item in items}
    beside = [(item, other) for item in items for other in _overlapping(parts, item)]
    found |= {other.id: other for item, other in beside if _says(item, other)}
    for item, other in beside:
        if _says(other, item) and not _tells_what_is_out(parts, other, found):
            found[other.id] = other
    return list((_solving(parts, list(found.values())) | found).values())


def _says(whole: MemoryItem, part: MemoryItem) -> bool:
    """Whether the one holds the words of the other, or what a model read in it."""
    return part.text in whole.text or (part.by_model and whole.is_turn)


def _overlapping(parts: Parts, item: MemoryItem) -> list[MemoryItem]:
    """What is merged is left to its merge."""
    found = parts.store.statements.overlapping(item.id)
    return [other for other in found if other.status is not Status.MERGED]


def _solving(parts: Parts, items: Sequence[MemoryItem]) -> dict[int, MemoryItem]:
    """Solutions tell the problem again that these told."""
    found = (other for item in items for other in parts.store.statements.solving(item.id))
    return {other.id: other for other in found if other.status is not Status.MERGED}


def _tells_what_is_out(parts: Parts, turn: MemoryItem, coming: Collection[int]) -> bool:
    return any(
        part.id not in coming and _says(turn, part) and not part.is_turn
        for part in _overlapping(parts, turn)
        if (part.paused or part.status is Status.FORGOTTEN) and not part.is_guess
    )


def check_unmerged(item: MemoryItem) -> None:
    """What became of a merged memory is its merge's affair. Raises InvalidInput."""
    if item.status is Status.MERGED:
        raise InvalidInput("This memory was merged with others. Undo that merge first.")


def _record(parts: Parts, what: Change, items: Sequence[MemoryItem], now: datetime) -> None:
    """One event a person, named by all of the memories."""
    by_person: dict[int, list[int]] = {}
    for item in items:
        by_person.setdefault(parts.store.memories.person_of(item.id), []).append(item.id)
    for person_id, ids in by_person.items():
        thing = f"memory:{','.join(map(str, ids))}"
        audit.event(parts, person_id, Act(what.value), thing, now, {"memories": len(ids)})


def _pin(parts: Parts, item: MemoryItem, now: datetime) -> None:
    parts.store.memories.set_pinned(item.id, True)


def _unpin(parts: Parts, item: MemoryItem, now: datetime) -> None:
    parts.store.memories.set_pinned(item.id, False)


def _pause(parts: Parts, item: MemoryItem, now: datetime) -> None:
    parts.store.memories.set_paused(item.id, True)
    cool(parts, item)


def _resume(parts: Parts, item: MemoryItem, now: datetime) -> None:
    parts.store.memories.set_paused(item.id, False)


def _forget(parts: Parts, item: MemoryItem, now: datetime) -> None:
    """Out of recall at once; erased to the bytes when the time to undo is over."""
    parts.store.memories.set_status(item.id, Status.FORGOTTEN, now)
    cool(parts, item)


def _restore(parts: Parts, item: MemoryItem, now: datetime) -> None:
    """Undo of forgetting, or back from the archive; what waited in the inbox waits again."""
    status = Status.PROPOSED if item.doubt else Status.ACTIVE
    parts.store.memories.set_status(item.id, status, now)
    restored = parts.store.memories.get(item.id)
    if restored.holds:
        person_id = parts.store.memories.person_of(item.id)
        derive.take_its_place(parts, person_id, restored, now)


CHANGES: dict[Change, Callable[[Parts, MemoryItem, datetime], None]] = {
    Change.PIN: _pin,
    Change.UNPIN: _unpin,
    Change.PAUSE: _pause,
    Change.RESUME: _resume,
    Change.FORGET: _forget,
    Change.RESTORE: _restore,
}

# what is so already is left as it is, with its times
IS_NEEDED: dict[Change, Callable[[MemoryItem], bool]] = {
    Change.PIN: lambda item: not item.pinned,
    Change.UNPIN: lambda item: item.pinned,
    Change.PAUSE: lambda item: not item.paused,
    Change.RESUME: lambda item: item.paused,
    Change.FORGET: lambda item: item.status is not Status.FORGOTTEN,
    Change.RESTORE: lambda item: item.status in (Status.FORGOTTEN, Status.ARCHIVED),
}

WITH_SAME_WORDS: dict[Change, Callable[[Parts, Sequence[MemoryItem]], list[MemoryItem]]] = {
    Change.PIN: _as_chosen,
    Change.UNPIN: _as_chosen,
    Change.PAUSE: _with_same_words,
    Change.RESUME: _with_what_may_be_told,
    Change.FORGET: _with_same_words,
    Change.RESTORE: _with_what_may_be_told,
}


def cool(parts: Parts, item: MemoryItem) -> None:
    """What the hot cache holds of it is stale now."""
    person_id = parts.store.memories.person_of(item.id)
    for part in (item, *parts.store.memories.merged_from(item.id)):
        if part.source_message_id is not None:
            hot.drop(parts, person_id, part.source_message_id)


def retention(parts: Parts, user_id: str, at: datetime | None) -> list[Retention]:
    """Every memory with its strength as of ``at``, the weakest first."""
    person_id = parts.store.people.find(user_id)
    if person_id is None:
        return []
    now = parts.clock()
    as_of = intake.moment(at, now)
    found = [
        decay.retention(item, as_of)
        for item in parts.store.memories.all(person_id)
        if item.status in (Status.ACTIVE, Status.ARCHIVED)
        and (item.expires_at is None or item.expires_at > now)
    ]
    return sorted(found, key=lambda retention: retention.strength)


def retention_of(parts: Parts, items: Sequence[MemoryItem]) -> list[Retention]:
    """Of these memories, in their order."""
    now = parts.clock()
    return [decay.retention(item, now) for item in items]


def curve(parts: Parts, item_id: int, *, days: int, at: datetime | None) -> Curve:
    """Strength once a day from ``at`` on, for ``days`` days, if it is not used again."""
    if not 1 <= days <= MAX_CURVE_DAYS:
        raise InvalidInput(
            f"A curve needs at least one day and {MAX_CURVE_DAYS:,} days at most. Choose others."
        )
    start = intake.moment(at, parts.clock())
    return decay.curve(parts.store.memories.get(item_id), start, days)
