"""What each answer took: tokens, money and time, and which memories; never a text."""

from contextlib import suppress
from datetime import datetime

from memory.errors import StoreUnavailable
from memory.flow import audit
from memory.flow.parts import Parts
from memory.flow.reply import Reply
from memory.flow.turn import Turn
from memory.protocols import Model
from memory.records import Act, CallPurpose, Ending, LedgerEntry, ModelPlace, Spending, Usage


def record(parts: Parts, this: Turn, reply: Reply, now: datetime) -> None:
    """That a model was called, and with how much; of a chat that leaves nothing here only what
    left this computer. The answer is worth more than its line in the audit, if the disk is full."""
    place, usage = reply.by.place, reply.usage
    tells_nothing = this.stores_for is None and place is ModelPlace.LOCAL
    if usage is None or place is ModelPlace.BUILT_IN or tells_nothing:
        return
    person_id = parts.store.people.find(this.request.user_id)
    counts = {"context tokens": usage.context_tokens, "answer tokens": usage.answer_tokens}
    if person_id is not None:
        with suppress(StoreUnavailable), parts.store.transaction():
            audit.event(parts, person_id, Act.MODEL_CALL, "model", now, counts, scope=place)


def record_call(
    parts: Parts,
    user_id: str,
    purpose: CallPurpose,
    model: Model,
    usage: Usage,
    ending: Ending,
    now: datetime,
) -> None:
    """Of a call that is no answer: a summary, a reading, a test."""
    raise NotImplementedError


def entries(
    parts: Parts,
    user_id: str,
    *,
    place: ModelPlace | None,
    memory_id: int | None,
    limit: int,
    offset: int,
) -> list[LedgerEntry]:
    raise NotImplementedError


def count(parts: Parts, user_id: str, *, place: ModelPlace | None, memory_id: int | None) -> int:
    raise NotImplementedError


def of_answer(parts: Parts, user_id: str, message_id: int) -> LedgerEntry | None:
    raise NotImplementedError


def spending(parts: Parts, user_id: str) -> Spending:
    raise NotImplementedError
