"""What each answer took: tokens, money and time, and which memories; never a text.

A row tells no more of a chat that leaves nothing here than how much left this computer.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from memory.errors import StoreUnavailable
from memory.flow import audit, conversations
from memory.flow.parts import Parts
from memory.flow.reply import Reply
from memory.flow.sending import budget
from memory.flow.streaming import Heard
from memory.flow.turn import Turn
from memory.records import (
    Act,
    Answerer,
    CallPurpose,
    ChatMessage,
    Context,
    Ending,
    Latency,
    LedgerEntry,
    ModelPlace,
    Spending,
    Tier,
    Usage,
)
from memory.rules import budget as token_budget
from memory.rules import spending as rules
from memory.rules import tiers
from memory.rules.talk.dates import LOCAL
from memory.store.ledger import NewEntry

NOTHING_TAKEN = Usage(0, 0)


# -- writing --------------------------------------------------------------------------------


def begin(parts: Parts, this: Turn, reply: Reply, sent: Context, most_cost: float | None) -> None:
    """Before anything is sent: what left is told, and counted as if its answer were as long as it
    may be, until it is known how it ended; also when the process dies before. Raises BudgetSpent
    where others have begun since it was measured, and StoreUnavailable where it cannot be counted
    towards a budget."""
    person_id = _person(parts, this)
    if person_id is None:
        return
    new = NewEntry(
        at=parts.clock(),
        purpose=_purpose(this),
        by=reply.by,
        ending=Ending.STOPPED,
        usage=Usage(sent.report.tokens, 0),
        cost=most_cost,
        masked=len(reply.pseudonyms),
        memories=len(sent.memory_ids),
        memory_ids=() if this.stores_for is None else sent.memory_ids,
        sections={section.name: section.tokens for section in sent.report.sections},
        tiers=tiers.of_sections(sent.report.sections),
    )
    try:
        with parts.store.transaction():
            budget.check_cost(parts, person_id, most_cost, new.at)
            reply.ledger_id = parts.store.ledger.add(person_id, new)
    except StoreUnavailable:
        if budget.holds(parts, person_id, most_cost):
            raise
    reply.begun_at = new.at


def record(parts: Parts, this: Turn, reply: Reply, now: datetime, message_id: int | None) -> None:
    """An answer that has ended, however it did; nothing where no model was asked in truth.

    ``message_id``: by which it is kept, if it is: call it in the transaction that keeps it then.
    Raises StoreUnavailable.
    """
    store, person_id = parts.store, _person(parts, this)
    if reply.ledger_id is not None:
        store.ledger.remove(reply.ledger_id)
    if person_id is None or not _is_told(this, reply):
        return
    if reply.sent is None:
        new = _of_memory(this, reply, now)
    else:
        history = parts.store.holdings.said_bytes(person_id, but=message_id)
        new = _of_model(this, reply, reply.sent, history, now)
    if this.stores_for is None:
        new = replace(new, memory_ids=())
    with store.transaction():
        begun_at = reply.begun_at or now  # of the month that its cost was counted in
        store.ledger.add(person_id, replace(new, at=begun_at, message_id=message_id))
        if new.by.place is not ModelPlace.BUILT_IN:
            given, said = new.usage.context_tokens, new.usage.answer_tokens
            counts = {"context tokens": given, "answer tokens": said}
            audit.event(parts, person_id, Act.MODEL_CALL, "model", now, counts, scope=new.by.place)


def _person(parts: Parts, this: Turn) -> int | None:
    """Of the one who asked; None of nobody known, and where it is another one by now."""
    person_id = parts.store.people.find(this.request.user_id)
    return person_id if this.stores_for in (None, person_id) else None


def record_unkept(parts: Parts, this: Turn, reply: Reply, now: datetime) -> None:
    """As ``record``, of an answer that is kept in no file. It is worth more than its row, if the
    disk is full."""
    with suppress(StoreUnavailable), parts.store.transaction():
        record(parts, this, reply, now, None)


def record_call(
    parts: Parts,
    user_id: str,
    purpose: CallPurpose,
    by: Answerer,
    usage: Usage,
    ending: Ending,
    now: datetime,
) -> None:
    """Of a call that is no answer: a summary, a reading, a test. Nothing where no model was asked
    in truth; what was asked for is worth more than its row, if the disk is full."""
    person_id, came = parts.store.people.find(user_id), bool(usage.answer_tokens)
    if person_id is None or not rules.reached(ending, came=came):
        return
    cost = rules.cost(by, usage, ending, came=came)
    new = NewEntry(now, purpose, by, ending, usage, cost)
    with suppress(StoreUnavailable), parts.store.transaction():
        parts.store.ledger.add(person_id, new)


def listener(
    parts: Parts,
    user_id: str,
    purpose: CallPurpose,
    by: Answerer,
    prompt: Sequence[ChatMessage],
) -> Callable[[Heard], None]:
    """Records a call when what it said has been heard; counted here where its server did not."""

    def heard(said: Heard) -> None:
        usage = said.usage
        if usage is None or not usage.context_tokens:
            given = token_budget.tokens(prompt, parts.tokens.count)
            usage = Usage(given, parts.tokens.count(said.text))
        record_call(parts, user_id, purpose, by, usage, said.ending, parts.clock())

    return heard


def _is_told(this: Turn, reply: Reply) -> bool:
    """Not what was asked of nobody; of a chat that leaves nothing here, only what left this
    computer; of a rehearsal, only what a model took."""
    if reply.stream is None:
        return this.stores_for is not None and not this.request.rehearsed
    asked = reply.stream.asked and rules.reached(reply.ending, came=bool(reply.text))
    return asked and (this.stores_for is not None or reply.by.place is ModelPlace.REMOTE)


def _of_memory(this: Turn, reply: Reply, now: datetime) -> NewEntry:
    """What the built-in answerer says: it is given nothing, and takes nothing."""
    memory_ids = tuple(dict.fromkeys(source.item.id for source in reply.sources))
    return NewEntry(
        at=now,
        purpose=_purpose(this),
        by=reply.by,
        ending=reply.ending,
        usage=NOTHING_TAKEN,
        cost=0.0,
        memories=len(memory_ids),
        memory_ids=memory_ids,
        seconds=reply.seconds,
        tiers=(Tier.COLD,) if memory_ids else (),
    )


def _of_model(
    this: Turn, reply: Reply, sent: Context, history_bytes: int, now: datetime
) -> NewEntry:
    """``history_bytes``: of all that was said before this answer."""
    usage = reply.usage
    assert usage is not None
    given = sum(len(message["content"].encode()) for message in sent.messages)
    return NewEntry(
        at=now,
        purpose=_purpose(this),
        by=reply.by,
        ending=reply.ending,
        usage=usage,
        cost=usage.cost,
        history_tokens=rules.history_tokens(history_bytes, given, usage.context_tokens),
        masked=len(reply.pseudonyms),
        memories=len(sent.memory_ids),
        memory_ids=sent.memory_ids,
        sections={section.name: section.tokens for section in sent.report.sections},
        seconds=_seconds(reply),
        tiers=tiers.of_sections(sent.report.sections),
    )


def _purpose(this: Turn) -> CallPurpose:
    return CallPurpose.REHEARSAL if this.request.rehearsed else CallPurpose.ANSWER


def _seconds(reply: Reply) -> dict[Latency, float]:
    found = dict(reply.seconds)
    stream = reply.stream
    if stream is not None and stream.first_seconds is not None and stream.total_seconds is not None:
        found[Latency.FIRST_WORD] = stream.first_seconds
        found[Latency.ANSWERING] = stream.total_seconds - stream.first_seconds
    return found


# -- reading --------------------------------------------------------------------------------


def entries(
    parts: Parts,
    user_id: str,
    *,
    place: ModelPlace | None,
    memory_id: int | None,
    limit: int,
    offset: int,
) -> list[LedgerEntry]:
    person_id = parts.store.people.find(user_id)
    if person_id is None:
        return []
    return parts.store.ledger.find(
        person_id, place=place, memory_id=memory_id, limit=limit, offset=offset
    )


def count(parts: Parts, user_id: str, *, place: ModelPlace | None, memory_id: int | None) -> int:
    person_id = parts.store.people.find(user_id)
    if person_id is None:
        return 0
    return parts.store.ledger.count(person_id, place=place, memory_id=memory_id)


def of_answer(parts: Parts, user_id: str, message_id: int) -> LedgerEntry | None:
    """None for an answer that lives in the process only. Raises NotFound."""
    conversations.own_message(parts, user_id, message_id)
    person_id = parts.store.people.find(user_id)
    if message_id < 0 or person_id is None:
        return None
    return parts.store.ledger.of_answer(person_id, message_id)


def spending(parts: Parts, user_id: str) -> Spending:
    """By the person's own calendar; a month in which no model was called is left out."""
    person_id = parts.store.people.find(user_id)
    if person_id is None:
        return Spending((), 0.0, None)
    store = parts.store.ledger
    with parts.store.transaction():
        reaches = store.reaches(person_id)
        if reaches is None:
            found = []
        else:
            first, last = (at.astimezone(LOCAL) for at in reaches)
            found = [
                store.month(person_id, month, *rules.bounds(month, last))
                for month in rules.months(first, last)
            ]
    return Spending(
        tuple(month for month in found if month.calls),
        budget.spent(parts, person_id, parts.clock()),
        budget.of(parts, user_id),
    )
