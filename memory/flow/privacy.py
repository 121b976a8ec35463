"""Consent, footprint, erasure and the audit (article, section 6; GDPR Art. 7, 15 and 17)."""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from memory.errors import InvalidInput, NotFound
from memory.flow import record
from memory.flow.parts import Parts
from memory.records import (
    PERSONALIZATION,
    Consent,
    ErasureReceipt,
    Footprint,
    PrivacyReport,
)

CONSENT_TEXT = "2026-11"
"""Version of the words the person agrees to; a new version asks again."""
EXPIRING_SOON = timedelta(days=30)
PENDING = (
    "Another program is still reading the old state of the file. What is left of it is erased "
    "as soon as Recollect starts again."
)
NOT_CLEAN = "Traces were still found in the file. The erasure is repeated at the next start."


@dataclass(frozen=True, slots=True)
class Scope:
    """What an erasure is about."""

    name: str
    memory_ids: tuple[int, ...]
    message_ids: tuple[int, ...] = ()
    conversation_ids: tuple[int, ...] = ()
    """Erased with their messages."""
    everything: bool = False
    all_conversations: bool = False


# -- consent --------------------------------------------------------------------------------


def grant(parts: Parts, user_id: str, purpose: str) -> None:
    now = parts.clock()
    if not purpose.strip():
        raise InvalidInput("A purpose needs a name. Type one first.")
    with parts.store.transaction():
        person_id = parts.store.people.find_or_add(user_id, now)
        parts.store.consents.grant(person_id, purpose, CONSENT_TEXT, now)
        record.event(parts, person_id, "grant", f"purpose:{purpose}", now)


def revoke(parts: Parts, user_id: str, purpose: str) -> ErasureReceipt:
    """Withdraw a consent and erase at once what was kept because of it."""
    now = parts.clock()
    person_id = parts.store.people.find(user_id)
    if person_id is None:
        return _nothing(now)
    with parts.store.transaction():
        parts.store.consents.revoke(person_id, purpose, now)
        record.event(parts, person_id, "revoke", f"purpose:{purpose}", now)
    return _erase(parts, user_id, person_id, _purpose(parts, person_id, purpose), now)


def consents(parts: Parts, user_id: str) -> list[Consent]:
    person_id = parts.store.people.find(user_id)
    return [] if person_id is None else parts.store.consents.all(person_id)


# -- erasure --------------------------------------------------------------------------------


def footprint(parts: Parts, user_id: str, **what: Any) -> Footprint:
    """Where the data in scope lives, and how much of it; changes nothing."""
    person_id = parts.store.people.find(user_id)
    if person_id is None:
        return Footprint({})
    scope = _scope(parts, person_id, **what)
    with parts.store.transaction(), _selected(parts, person_id, scope):
        places = parts.store.erasure.counts(person_id, everything=scope.everything)
    return Footprint(places)


def erase(parts: Parts, user_id: str, **what: Any) -> ErasureReceipt:
    """Remove what is in scope to the last byte, at once. There is no undo."""
    now = parts.clock()
    person_id = parts.store.people.find(user_id)
    if person_id is None:
        return _nothing(now)
    return _erase(parts, user_id, person_id, _scope(parts, person_id, **what), now)


def expire(parts: Parts, at: datetime | None) -> ErasureReceipt:
    """Erase what is past its retention, and what was forgotten longer ago than undo reaches."""
    now = parts.clock()
    due_by = at or now
    undo = timedelta(seconds=parts.settings.undo_seconds)
    parts.store.hot_cache.remove_expired(due_by)
    return _erase_due(parts, parts.store.memories.due(due_by, due_by - undo), now)


def erase_forgotten(parts: Parts) -> ErasureReceipt:
    """At closing: whatever was forgotten, whether or not the time to undo it is over."""
    now = parts.clock()
    return _erase_due(parts, parts.store.memories.due(now, now), now)


def finish_pending(parts: Parts) -> bool:
    """Finish what a crash or a reader interrupted; True when nothing is pending any more."""
    pending = parts.store.erasure.unfinished()
    if not pending:
        return True
    parts.keys.keep_only(person_id for person_id, _ in parts.store.people.all())
    if not parts.store.erasure.purge():
        return False
    for journal_id in pending:
        parts.store.erasure.finish(journal_id)
    return True


def _erase_due(parts: Parts, due: dict[int, dict[str, list[int]]], now: datetime) -> ErasureReceipt:
    people = dict(parts.store.people.all())
    receipts = [
        _erase(parts, people[person_id], person_id, Scope(reason, tuple(ids)), now)
        for person_id, reasons in due.items()
        for reason, ids in reasons.items()
    ]
    return _together(receipts, now)


def _erase(
    parts: Parts, user_id: str, person_id: int, scope: Scope, now: datetime
) -> ErasureReceipt:
    store, erasure = parts.store, parts.store.erasure
    with store.transaction(), _selected(parts, person_id, scope):
        places = erasure.counts(person_id, everything=scope.everything)
        if not (places or scope.conversation_ids or scope.everything):
            return _nothing(now)
        needles = erasure.needles()
        journal_id = erasure.begin(scope.name, now)
        record.event(parts, person_id, "erase", f"scope:{scope.name}", now, **_keyed(places))
        erasure.delete(person_id, remove_messages=scope.everything or scope.all_conversations)
        for conversation_id in scope.conversation_ids:
            erasure.delete_conversation(conversation_id)
        if scope.all_conversations:
            erasure.delete_conversations(person_id)
        if scope.everything:
            erasure.delete_person(person_id)
    if scope.everything:
        parts.keys.destroy(person_id)
        parts.transcripts.drop(user_id)
    emptied = erasure.purge()
    searched, clean = erasure.search(needles)
    if emptied and clean:
        erasure.finish(journal_id)
    return ErasureReceipt(
        scope=scope.name,
        erased_at=now,
        places=places,
        bytes_searched=searched,
        strings_searched=len(needles),
        verified=emptied and clean,
        pending="" if emptied and clean else (PENDING if not emptied else NOT_CLEAN),
    )


def _selected(parts: Parts, person_id: int, scope: Scope) -> AbstractContextManager[None]:
    return parts.store.erasure.selection(scope.memory_ids, scope.message_ids)


def _scope(
    parts: Parts,
    person_id: int,
    *,
    memory: int | None = None,
    conversation: str | None = None,
    entity: int | None = None,
    purpose: str | None = None,
) -> Scope:
    """What the caller named; nothing named means everything."""
    named = {
        "memory": memory,
        "conversation": conversation,
        "entity": entity,
        "purpose": purpose,
    }
    given = [name for name, value in named.items() if value is not None]
    if len(given) > 1:
        raise InvalidInput(f"Erase one thing at a time, not {' and '.join(given)} together.")
    makers: dict[str, Callable[[], Scope]] = {
        "memory": lambda: _memory(parts, person_id, memory),
        "conversation": lambda: _conversation(parts, person_id, str(conversation)),
        "entity": lambda: _entity(parts, person_id, entity),
        "purpose": lambda: _purpose(parts, person_id, str(purpose)),
    }
    return makers[given[0]]() if given else _everything(parts, person_id)


def _memory(parts: Parts, person_id: int, memory: int | None) -> Scope:
    if memory is None or parts.store.memories.person_of(memory) != person_id:
        raise NotFound("memory", memory)
    return Scope("memory", (memory,))


def _conversation(parts: Parts, person_id: int, name: str) -> Scope:
    found = parts.store.messages.conversation(person_id, name)
    if found is None:
        raise NotFound("conversation", name)
    return Scope(
        "conversation",
        tuple(parts.store.memories.ids_of_conversation(found)),
        _message_ids(parts, [found]),
        (found,),
    )


def _entity(parts: Parts, person_id: int, entity: int | None) -> Scope:
    """The entity with every memory, earlier wording and message that names it."""
    known = {found.id: found.name for found in parts.store.entities.all(person_id)}
    if entity is None or entity not in known:
        raise NotFound("entity", entity)
    memories, messages = parts.store.erasure.naming(person_id, known[entity])
    mentioning = parts.store.entities.memories_mentioning(entity)
    return Scope("entity", tuple({*mentioning, *memories}), tuple(messages))


def _purpose(parts: Parts, person_id: int, purpose: str) -> Scope:
    """Personalization is also what conversations are kept for: they go with it."""
    memory_ids = tuple(parts.store.memories.ids_of_purpose(person_id, purpose))
    if purpose != PERSONALIZATION:
        return Scope("purpose", memory_ids)
    return Scope("purpose", memory_ids, _all_message_ids(parts, person_id), all_conversations=True)


def _everything(parts: Parts, person_id: int) -> Scope:
    return Scope(
        "everything",
        tuple(parts.store.memories.ids(person_id)),
        _all_message_ids(parts, person_id),
        everything=True,
    )


def _all_message_ids(parts: Parts, person_id: int) -> tuple[int, ...]:
    return tuple(parts.store.messages.ids(person_id))


def _message_ids(parts: Parts, conversation_ids: Iterable[int]) -> tuple[int, ...]:
    return tuple(
        message.id
        for conversation_id in conversation_ids
        for message in parts.store.messages.in_conversation(conversation_id)
    )


def _keyed(places: dict[str, int]) -> dict[str, int]:
    return {place.replace(" ", "_"): count for place, count in places.items()}


def _nothing(now: datetime) -> ErasureReceipt:
    return ErasureReceipt("nothing", now, {}, 0, 0, verified=True)


def _together(receipts: list[ErasureReceipt], now: datetime) -> ErasureReceipt:
    """Several erasures as one receipt."""
    if not receipts:
        return _nothing(now)
    places: dict[str, int] = {}
    for receipt in receipts:
        for place, count in receipt.places.items():
            places[place] = places.get(place, 0) + count
    return ErasureReceipt(
        scope=" and ".join(dict.fromkeys(receipt.scope for receipt in receipts)),
        erased_at=now,
        places=places,
        bytes_searched=sum(receipt.bytes_searched for receipt in receipts),
        strings_searched=sum(receipt.strings_searched for receipt in receipts),
        verified=all(receipt.verified for receipt in receipts),
        pending=next((receipt.pending for receipt in receipts if receipt.pending), ""),
    )


# -- report ---------------------------------------------------------------------------------


def report(parts: Parts) -> PrivacyReport:
    """The article's compliance report, over every person."""
    now = parts.clock()
    by_class, expired, expiring = parts.store.memories.totals(now, now + EXPIRING_SOON)
    return PrivacyReport(
        memories=sum(by_class.values()),
        people=len(parts.store.people.all()),
        by_class=by_class,
        consents=parts.store.consents.totals(),
        expired=expired,
        expiring_soon=expiring,
        erasures=parts.store.audit.count("erase"),
        at=now,
    )
