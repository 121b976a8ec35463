"""Lists of memories: filtered, sorted and paged; and what is related to one of them."""

from collections.abc import Sequence
from datetime import datetime

from memory.errors import InvalidInput, NotFound
from memory.flow import fading, intake
from memory.flow.parts import Parts
from memory.records import Found, MemoryFilter, MemoryItem, Order, Recalled
from memory.rules.scoring import RELATED_SIMILARITY


def get(parts: Parts, item_id: int) -> MemoryItem:
    """Raises NotFound, also for what is past its retention and waits to be swept."""
    item = parts.store.memories.get(item_id)
    if item.expires_at is not None and item.expires_at <= parts.clock():
        raise NotFound("memory", item_id)
    return item


def find(
    parts: Parts,
    user_id: str,
    wanted: MemoryFilter,
    *,
    order: Order,
    limit: int | None,
    offset: int,
) -> Found:
    """One page of what matches. Raises InvalidInput for a page that cannot be."""
    if offset < 0 or (limit is not None and limit < 0):
        raise InvalidInput("A page cannot begin or end before the list does. Start at the top.")
    intake.words(wanted.search)
    person_id = parts.store.people.find(user_id)
    if person_id is None:
        return Found((), 0)
    now = parts.clock()
    total = parts.store.memories.count_found(person_id, wanted, now)
    if order in (Order.STRONGEST, Order.WEAKEST):
        ids = _by_strength(parts, person_id, wanted, now, strongest=order is Order.STRONGEST)
        return Found(tuple(_in_order(parts, ids[offset:][:limit])), total)
    page = parts.store.memories.find(person_id, wanted, order, limit, offset, now)
    return Found(tuple(page), total)


def _by_strength(
    parts: Parts, person_id: int, wanted: MemoryFilter, now: datetime, *, strongest: bool
) -> list[int]:
    """Ids. Strength is derived on read, so it is worked out of all that match."""
    ids = parts.store.memories.find_ids(person_id, wanted, now)
    strengths = fading.standing.strengths(parts, person_id, ids, now)
    sign = -1 if strongest else 1
    return sorted((ident for ident in ids if ident in strengths), key=lambda i: sign * strengths[i])


def _in_order(parts: Parts, ids: Sequence[int]) -> list[MemoryItem]:
    items = {item.id: item for item in parts.store.memories.many(ids)}
    return [items[ident] for ident in ids if ident in items]


def said_again(parts: Parts, message_ids: Sequence[int]) -> dict[int, list[MemoryItem]]:
    """By message: what is in use and was said in it once more."""
    found = parts.store.statements.said_again(message_ids)
    ids = {ident for again in found.values() for ident in again}
    items = {item.id: item for item in parts.store.memories.many(list(ids))}
    return {message: [items[ident] for ident in again] for message, again in found.items()}


def related(parts: Parts, item_id: int, limit: int) -> list[Recalled]:
    """Other memories in use that are near in meaning, the nearest first."""
    now = parts.clock()
    person_id = parts.store.memories.person_of(item_id)
    own = parts.store.vectors.of(item_id)
    if own is None:
        return []
    near = parts.store.vectors.search(person_id, own, limit + 1, now)
    similarities = {
        ident: similarity
        for ident, similarity in near
        if ident != item_id and similarity >= RELATED_SIMILARITY
    }
    items = {item.id: item for item in parts.store.memories.many(list(similarities))}
    return [
        Recalled(items[ident], similarity, similarity, {"meaning": similarity}, "near in meaning")
        for ident, similarity in list(similarities.items())[:limit]
        if ident in items
    ]
