"""Reads the ledger: what each answer took, which memories it was given, and the sums by month."""

from memory.flow import conversations, intake
from memory.flow.parts import Parts
from memory.flow.sending import budget
from memory.records import LedgerEntry, ModelPlace, Spending
from memory.rules import spending as rules
from memory.rules.talk.dates import LOCAL


def entries(
    parts: Parts,
    user_id: str,
    *,
    place: str | None,
    memory_id: int | None,
    limit: int,
    offset: int,
) -> list[LedgerEntry]:
    """Raises InvalidInput for what is no place."""
    where = _place(place)
    person_id = parts.store.people.find(user_id)
    if person_id is None:
        return []
    return parts.store.ledger.find(
        person_id, place=where, memory_id=memory_id, limit=limit, offset=offset
    )


def count(parts: Parts, user_id: str, *, place: str | None, memory_id: int | None) -> int:
    """How many ``entries`` there are. Raises InvalidInput for what is no place."""
    where = _place(place)
    person_id = parts.store.people.find(user_id)
    if person_id is None:
        return 0
    return parts.store.ledger.count(person_id, place=where, memory_id=memory_id)


def _place(place: str | None) -> ModelPlace | None:
    return None if place is None else intake.chosen(ModelPlace, place, "place")


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
