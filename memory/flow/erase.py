"""Footprint and erasure to the bytes (article, section 6; GDPR Art. 15 and 17)."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

from memory.errors import NotFound
from memory.flow import audit, conversations, earlier, intake, scopes
from memory.flow.parts import Parts
from memory.flow.scopes import Due, Scope, Target
from memory.records import Act, ErasureReceipt, ErasureStep, Footprint
from memory.store.traces import Needles

OnStep = Callable[[ErasureStep], None]

AT_ANY_TIME = datetime.max.replace(tzinfo=UTC)
"""Also after now: a clock that was set back must not keep what was forgotten before."""
SENT_WITH_ALL = ("everything", "purpose", "summary")
"""Scopes of which any call may have carried something: not only memories and messages."""
PENDING = (
    "Another program is still reading the old state of the file, or the disk is full. What is "
    "left in the file goes as soon as nothing hinders it."
)
NOT_CLEAN = "Traces were still found in the file. The erasure is repeated soon."


def footprint(parts: Parts, user_id: str, target: Target) -> Footprint:
    """Where the data in scope lives, and how much of it; changes nothing."""
    person_id = parts.store.people.find(user_id)
    if person_id is None:
        return Footprint({})
    with parts.store.transaction():
        scope = scopes.of_target(parts, person_id, target)
        with _selected(parts, scope):
            return Footprint(_places(parts, person_id, scope))


def erase(
    parts: Parts, user_id: str, target: Target, on_step: OnStep | None = None
) -> ErasureReceipt:
    """Remove what is in scope to the last byte, at once. There is no undo.

    ``on_step`` is told before each step; large files take seconds.
    """
    now = parts.clock()
    person_id = parts.store.people.find(user_id)
    conversation = target.conversation
    if conversation is not None:
        was_unstored = conversations.drop_unstored(parts, user_id, conversation)
        row = None if person_id is None else parts.store.conversations.find(person_id, conversation)
        if was_unstored and row is None:
            return nothing(now)
    if person_id is None:
        if target.is_everything:
            _drop_chats(parts, user_id)
        return nothing(now)
    return carry_out(
        parts, user_id, person_id, lambda: scopes.of_target(parts, person_id, target), now, on_step
    )


def erase_summary(parts: Parts, user_id: str, conversation: str) -> ErasureReceipt:
    """Of one conversation, which stays, with what models were given of it. Raises NotFound."""
    person_id = parts.store.people.find(user_id)
    if person_id is None:
        raise NotFound("conversation", conversation)

    def find_scope() -> Scope:
        row = parts.store.conversations.find(person_id, conversation)
        found = None if row is None else parts.store.summaries.find(row)
        ids = () if found is None else (found,)
        given = earlier.given_contexts(parts, ids)
        return Scope("summary", (), context_ids=given, summary_ids=ids)

    return carry_out(parts, user_id, person_id, find_scope, parts.clock())


def expire(parts: Parts, at: datetime | None) -> ErasureReceipt:
    """Erase what is past its retention, and what was forgotten longer ago than undo reaches.

    What an earlier erasure had to leave in the file is tried again first.
    """
    now = parts.clock()
    finish_pending(parts)
    parts.withheld.let_go(now)
    due_by = intake.moment(at, now)
    undo = timedelta(seconds=parts.settings.undo_seconds)
    if parts.store.hot_cache.has_expired(due_by):  # looking needs no lock; most calls only look
        parts.store.hot_cache.remove_expired(due_by)
    if parts.store.contexts.has_expired(due_by):
        parts.store.contexts.remove_expired(due_by)
    return _erase_due(parts, lambda: scopes.due(parts, due_by, due_by - undo), now)


def erase_forgotten(parts: Parts) -> ErasureReceipt:
    """At closing: whatever was forgotten, whether or not the time to undo it is over."""
    now = parts.clock()
    return _erase_due(parts, lambda: scopes.due(parts, now, AT_ANY_TIME), now)


def finish_pending(parts: Parts) -> bool:
    """Finish what a crash or a reader interrupted; True when nothing is pending any more."""
    pending = parts.store.erasure.unfinished()
    if not pending:
        return True
    with parts.store.transaction():  # nobody is added meanwhile, whose key would go too
        parts.keys.keep_only(person_id for person_id, _ in parts.store.people.all())
    if not parts.store.erasure.purge():
        return False
    for journal_id in pending:
        parts.store.erasure.finish(journal_id)
    return True


def _erase_due(parts: Parts, due_now: Callable[[], Due], now: datetime) -> ErasureReceipt:
    """One erasure of each. When its turn comes it is looked up again: meanwhile it may have been
    put back, or erased by another."""

    def still(person_id: int, reason: str) -> Scope:
        return due_now().get((person_id, reason), Scope(reason, ()))

    people = dict(parts.store.people.all())
    receipts = [
        carry_out(parts, people[person_id], person_id, partial(still, person_id, reason), now)
        for person_id, reason in due_now()
        if person_id in people
    ]
    return _together([receipt for receipt in receipts if receipt.total], now)


@dataclass(frozen=True, slots=True)
class _Deleted:
    """What has left the tables, and is to leave the file."""

    journal_id: int
    places: dict[str, int]
    texts: list[str]
    memory_ids: list[int]
    message_ids: list[int]
    needles: Needles
    sent: int
    """Calls of models elsewhere that carried any of it."""


def carry_out(
    parts: Parts,
    user_id: str,
    person_id: int,
    find_scope: Callable[[], Scope],
    now: datetime,
    on_step: OnStep | None = None,
) -> ErasureReceipt:
    """``find_scope`` is asked under the transaction that deletes: what another thread or process
    writes before is in the scope, and what it writes after stands by itself."""
    tell = on_step or _nobody
    tell(ErasureStep.DELETING)
    with parts.store.transaction():
        scope = find_scope()
        exports, last_export_at = audit.taken(parts, person_id, Act.EXPORT)
        backups, last_backup_at = audit.taken(parts, person_id, Act.BACKUP)
        deleted = _delete(parts, person_id, scope, now)
    if scope.everything:
        parts.keys.destroy(person_id)
    parts.withheld.drop_person(person_id)
    parts.arrangements.drop(person_id)
    if scope.everything or scope.all_conversations:
        _drop_chats(parts, user_id)
    elif deleted is not None:
        parts.transcripts.drop_telling(
            user_id, deleted.texts, deleted.memory_ids, deleted.message_ids
        )
    if deleted is None:
        return nothing(now)
    parts.connections.models.close()  # a model inside the app has read what is erased
    tell(ErasureStep.REWRITING)
    emptied = parts.store.erasure.purge()
    tell(ErasureStep.SEARCHING)
    searched, clean = parts.store.traces.search(deleted.needles)
    if emptied and clean:
        parts.store.erasure.finish(deleted.journal_id)
    return ErasureReceipt(
        scope=scope.name,
        erased_at=now,
        places=deleted.places,
        bytes_searched=searched,
        strings_searched=len(deleted.needles),
        verified=emptied and clean,
        deciphered=parts.store.database.is_encrypted,
        pending="" if emptied and clean else (PENDING if not emptied else NOT_CLEAN),
        exports=exports,
        last_export_at=last_export_at,
        backups=backups,
        last_backup_at=last_backup_at,
        sent=deleted.sent,
    )


def _drop_chats(parts: Parts, user_id: str) -> None:
    """What is not stored, also where a model inside the app has read it."""
    parts.transcripts.drop(user_id)
    parts.connections.models.close()


def _nobody(step: ErasureStep) -> None:
    """Listens."""


def _delete(parts: Parts, person_id: int, scope: Scope, now: datetime) -> _Deleted | None:
    """From the tables, with a journal row; None when nothing is there. Call it in a transaction."""
    store, erasure = parts.store, parts.store.erasure
    with _selected(parts, scope):
        places = _places(parts, person_id, scope)
        if not (places or scope.everything):
            return None
        selection = store.selection
        texts, needles = selection.texts(), selection.needles()
        memory_ids, message_ids = selection.memory_ids(), selection.message_ids()
        sent = _sent(parts, person_id, scope)
        journal_id = erasure.begin(scope.name, now)
        action = Act.EXPIRE if scope.name == "expired" else Act.ERASE
        subject = f"scope:{scope.name}"
        audit.event(parts, person_id, action, subject, now, places, scope=scope.name)
        erasure.delete(person_id, remove_messages=scope.everything or scope.all_conversations)
        for conversation_id in scope.conversation_ids:
            erasure.delete_conversation(conversation_id)
        for conversation_id in scope.title_ids:
            store.conversations.rename(conversation_id, "")
        for import_id in scope.import_ids:
            store.chat_imports.remove(import_id)
        erasure.delete_revisions(scope.revision_ids)
        for key in scope.settings:
            store.preferences.remove(person_id, key)
        if scope.all_conversations:
            store.hot_cache.remove_all(person_id)
            store.placeholders.remove_all(person_id)
        store.placeholders.remove_unnamed(person_id)
        if scope.everything:
            erasure.delete_person(person_id)
    return _Deleted(journal_id, places, texts, memory_ids, message_ids, needles, sent)


def _sent(parts: Parts, person_id: int, scope: Scope) -> int:
    """Of less than all that was said, those that carried what is selected, by the ledger; with the
    calls from before it was kept, of which nobody can tell. Ask before it is deleted."""
    every = audit.sent(parts, person_id)
    if scope.name in SENT_WITH_ALL:
        return every
    told = parts.store.ledger.audited(person_id)
    return parts.store.selection.sent() + max(0, every - told)


def _places(parts: Parts, person_id: int, scope: Scope) -> dict[str, int]:
    """How many rows of each place are in the scope that is selected."""
    places = parts.store.selection.counts(person_id, everything=scope.everything)
    others = {
        "conversations": len(scope.conversation_ids),
        "titles": len(scope.title_ids),
        "settings": len(scope.settings),
        "revisions": len(scope.revision_ids),
        "imports": len(scope.import_ids),
    }
    for place, count in others.items():
        if count:
            places[place] = places.get(place, 0) + count
    return places


def _selected(parts: Parts, scope: Scope) -> AbstractContextManager[None]:
    return parts.store.selection.of(
        scope.memory_ids,
        scope.message_ids,
        scope.context_ids,
        scope.summary_ids,
        with_same_words=scope.with_same_words,
    )


def nothing(now: datetime) -> ErasureReceipt:
    return ErasureReceipt("nothing", now, {}, 0, 0, verified=True)


def _together(receipts: list[ErasureReceipt], now: datetime) -> ErasureReceipt:
    """Several erasures as one receipt."""
    if not receipts:
        return nothing(now)
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
        deciphered=receipts[0].deciphered,
        pending=next((receipt.pending for receipt in receipts if receipt.pending), ""),
        exports=receipts[0].exports,
        last_export_at=receipts[0].last_export_at,
        backups=receipts[0].backups,
        last_backup_at=receipts[0].last_backup_at,
        sent=sum(receipt.sent for receipt in receipts),
    )
