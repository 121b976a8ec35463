"""Writes the ledger: what an answer, or another call of a model, took; never a text.

A row tells no more of a chat that leaves nothing here than how much left this computer.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from memory.errors import StoreUnavailable
from memory.flow import audit
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
    ModelPlace,
    Tier,
    Usage,
)
from memory.rules import budget as token_budget
from memory.rules import spending as rules
from memory.rules import tiers
from memory.store.ledger import NewEntry

NOTHING_TAKEN = Usage(0, 0)


def begin(parts: Parts, this: Turn, reply: Reply, sent: Context, most_cost: float | None) -> None:
    """Before anything is sent: a row that counts the answer as if it were as long as it may be.
    ``record`` puts another in its place; should the process die before, this one stays.

    Raises BudgetSpent where other answers have begun since this one was measured, and
    StoreUnavailable where it cannot be counted towards a budget."""
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
    """An answer that has ended, however it did; nothing where no model was reached.

    ``message_id``: by which the answer is kept, if it is; then call this in the transaction that
    keeps it. Raises StoreUnavailable.
    """
    store, person_id = parts.store, _person(parts, this)
    if reply.ledger_id is not None:
        store.ledger.remove(reply.ledger_id)
    if person_id is None or not _has_a_row(this, reply):
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
    """Who asked; None for nobody known, and where another person has the name by now."""
    person_id = parts.store.people.find(this.request.user_id)
    return person_id if this.stores_for in (None, person_id) else None


def record_unkept(parts: Parts, this: Turn, reply: Reply, now: datetime) -> None:
    """As ``record``, for an answer that is kept in no file. A full disk costs the row alone: the
    answer is worth more."""
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
    """A call that is no answer: a summary, a reading, a test. Nothing where no model was reached;
    a full disk costs the row alone."""
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
    """Records a call when its model has ended; tokens are counted here where its server did not."""

    def heard(said: Heard) -> None:
        usage = said.usage
        if usage is None or not usage.context_tokens:
            given = token_budget.tokens(prompt, parts.tokens.count)
            usage = Usage(given, parts.tokens.count(said.text))
        record_call(parts, user_id, purpose, by, usage, said.ending, parts.clock())

    return heard


def _has_a_row(this: Turn, reply: Reply) -> bool:
    """Not where nobody was asked; from a chat that leaves nothing here, only what left this
    computer; of rehearsals, only those by a model."""
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
