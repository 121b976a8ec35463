"""Pinning, pausing, forgetting, putting back and keeping fresh, one memory or many at once."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta

from memory.errors import InvalidInput
from memory.flow import audit, derive, hot, intake, policies
from memory.flow.fading import presence
from memory.flow.parts import Parts
from memory.records import Act, Change, MemoryItem, Status, UseKind
from memory.rules import policy

PINNED_LONG = timedelta(days=1)
"""A pin that ends sooner was a slip: nothing fades from then on that did not before."""


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
            _record(parts, Act(chosen.value), differing, now)
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


def _record(parts: Parts, what: Act, items: Sequence[MemoryItem], now: datetime) -> None:
    """One event a person, named by all of the memories; whoever decides is there."""
    by_person: dict[int, list[int]] = {}
    for item in items:
        by_person.setdefault(parts.store.memories.person_of(item.id), []).append(item.id)
    for person_id, ids in by_person.items():
        presence.note(parts, person_id, now)
        thing = f"memory:{','.join(map(str, ids))}"
        audit.event(parts, person_id, what, thing, now, {"memories": len(ids)})


def _pin(parts: Parts, item: MemoryItem, now: datetime) -> None:
    parts.store.memories.set_pinned(item.id, now)


def _unpin(parts: Parts, item: MemoryItem, now: datetime) -> None:
    """It fades from now on, not from before the pin: it would be gone at once."""
    parts.store.memories.set_pinned(item.id, None)
    if item.pinned_at is None or now - item.pinned_at >= PINNED_LONG:
        use_by_hand(parts, item, UseKind.BY_HAND, now)


def _pause(parts: Parts, item: MemoryItem, now: datetime) -> None:
    parts.store.memories.set_paused(item.id, True)
    cool(parts, item)


def _resume(parts: Parts, item: MemoryItem, now: datetime) -> None:
    parts.store.memories.set_paused(item.id, False)


def _forget(parts: Parts, item: MemoryItem, now: datetime) -> None:
    """Out of recall at once; erased to the bytes when the time to undo is over."""
    parts.store.memories.set_status(item.id, Status.FORGOTTEN, now)
    cool(parts, item)


def _archive(parts: Parts, item: MemoryItem, now: datetime) -> None:
    """Out of recall; after its grace a sweep may erase it."""
    parts.store.memories.set_status(item.id, Status.ARCHIVED, now)
    cool(parts, item)


def _restore(parts: Parts, item: MemoryItem, now: datetime) -> None:
    """Undo of forgetting, or back from the archive, which counts as a use; what waited in the inbox
    waits again."""
    status = Status.PROPOSED if item.doubt else Status.ACTIVE
    parts.store.memories.set_status(item.id, status, now)
    restored = parts.store.memories.get(item.id)
    if restored.holds:
        person_id = parts.store.memories.person_of(item.id)
        derive.take_its_place(parts, person_id, restored, now)
    if item.status is Status.ARCHIVED:
        use_by_hand(parts, restored, UseKind.RESTORED, now)


def use_by_hand(parts: Parts, item: MemoryItem, kind: UseKind, now: datetime) -> None:
    """As if an answer had been built on it."""
    rules = policies.of(parts, parts.store.memories.person_of(item.id))
    parts.store.uses.count(item.id, kind, policy.expires_after_use(item, now, rules), now)


def reinforce(parts: Parts, item_ids: Sequence[int]) -> list[MemoryItem]:
    """All of them or, when one is not there (NotFound) or not in use (InvalidInput), none."""
    now = parts.clock()
    with parts.store.transaction():
        items = [parts.store.memories.get(ident) for ident in dict.fromkeys(item_ids)]
        for item in items:
            if item.status is not Status.ACTIVE:
                raise InvalidInput("Only what is in use can be kept fresh. Put it back first.")
            use_by_hand(parts, item, UseKind.BY_HAND, now)
        if items:
            _record(parts, Act.REINFORCE, items, now)
        return [parts.store.memories.get(item.id) for item in items]


CHANGES: dict[Change, Callable[[Parts, MemoryItem, datetime], None]] = {
    Change.PIN: _pin,
    Change.UNPIN: _unpin,
    Change.PAUSE: _pause,
    Change.RESUME: _resume,
    Change.ARCHIVE: _archive,
    Change.FORGET: _forget,
    Change.RESTORE: _restore,
}

# what is so already is left as it is, with its times
IS_NEEDED: dict[Change, Callable[[MemoryItem], bool]] = {
    Change.PIN: lambda item: not item.pinned,
    Change.UNPIN: lambda item: item.pinned,
    Change.PAUSE: lambda item: not item.paused,
    Change.RESUME: lambda item: item.paused,
    Change.ARCHIVE: lambda item: item.status is Status.ACTIVE,
    Change.FORGET: lambda item: item.status is not Status.FORGOTTEN,
    Change.RESTORE: lambda item: item.status in (Status.FORGOTTEN, Status.ARCHIVED),
}

WITH_SAME_WORDS: dict[Change, Callable[[Parts, Sequence[MemoryItem]], list[MemoryItem]]] = {
    Change.PIN: _as_chosen,
    Change.UNPIN: _as_chosen,
    Change.PAUSE: _with_same_words,
    Change.RESUME: _with_what_may_be_told,
    Change.ARCHIVE: _with_same_words,
    Change.FORGET: _with_same_words,
    Change.RESTORE: _with_what_may_be_told,
}


def cool(parts: Parts, item: MemoryItem) -> None:
    """What the hot cache holds of it is stale now."""
    person_id = parts.store.memories.person_of(item.id)
    told = (item, *parts.store.memories.merged_from(item.id))
    said = {part.source_message_id for part in told if part.source_message_id is not None}
    for message_id in said | parts.store.uses.messages_of([part.id for part in told]):
        hot.drop(parts, person_id, message_id)
