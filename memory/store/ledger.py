"""What each call of a model took, and which memories it was given: numbers, closed words and ids.

A row outlives what it is about: the answer and the memories go from it when they are erased, and
what they took stays.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from memory.records import (
    Answerer,
    CallPurpose,
    Ending,
    Latency,
    LedgerEntry,
    ModelPlace,
    MonthSpent,
    Tier,
    Usage,
)
from memory.store.columns import from_time, to_time
from memory.store.connection import Database, Row

# What is selected for erasure and went to a model elsewhere: as memories that it was given, as what
# was said in the conversation that it answered, or in what is known to the word.
SENT_SELECTED = """
    select count(*) from ledger where place = 'remote' and id in (
        select ledger_id from ledger_memories where memory_id in (select id from doomed_memories)
        union
        select id from ledger where message_id in (select id from doomed_messages)
        union
        select id from ledger where message_id in (select id from doomed_contexts))
"""
MATCHING = """
    person_id = :person and (:place is null or place = :place)
        and (:memory is null
            or ledger.id in (select ledger_id from ledger_memories where memory_id = :memory))
"""
ENTRY = """
    select id, at, purpose, provider, model, place, ending, message_id, context_tokens,
           answer_tokens, counted_by_model, cost, history_tokens, masked, memories, (
               select json_group_array(memory_id)
               from ledger_memories where ledger_id = ledger.id),
           sections, seconds, tiers
    from ledger
"""


@dataclass(frozen=True, slots=True)
class NewEntry:
    """A row to be written; ``LedgerEntry`` says what its fields mean."""

    at: datetime
    purpose: CallPurpose
    by: Answerer
    ending: Ending
    usage: Usage
    cost: float | None
    """US dollars; None when nobody says the price."""
    message_id: int | None = None
    """Of the answer."""
    history_tokens: int = 0
    masked: int = 0
    memories: int = 0
    memory_ids: Sequence[int] = ()
    """Those of them that may be named; one that is gone by now is left out."""
    sections: Mapping[str, int] = field(default_factory=dict)
    seconds: Mapping[Latency, float] = field(default_factory=dict)
    tiers: Sequence[Tier] = ()


class Ledger:
    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, person_id: int, new: NewEntry) -> int:
        """Call it in a transaction. An answer that is gone by now is not named."""
        ident = self._database.run(
            """
            insert into ledger (person_id, at, purpose, provider, model, place, ending, message_id,
                context_tokens, answer_tokens, counted_by_model, cost, history_tokens, masked,
                memories, sections, seconds, tiers)
            values (?, ?, ?, ?, ?, ?, ?,
                (select id from messages where id = ? and state != 'erased'),
                ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            (person_id, *_row(new)),
        )
        self._database.run_many(
            """
            insert or ignore into ledger_memories (ledger_id, memory_id)
            select ?, id from memories where id = ?
            """,
            [(ident, memory_id) for memory_id in new.memory_ids],
        )
        return ident

    def remove(self, entry_id: int) -> None:
        """One that was written before it was known what it would take."""
        self._database.run("delete from ledger where id = ?", (entry_id,))

    # -- reading ----------------------------------------------------------------------------

    def find(
        self,
        person_id: int,
        *,
        place: ModelPlace | None = None,
        memory_id: int | None = None,
        limit: int = -1,
        offset: int = 0,
    ) -> list[LedgerEntry]:
        """Newest first; a limit of -1 is none."""
        rows = self._database.rows(
            f"{ENTRY} where {MATCHING} order by at desc, id desc limit :limit offset :offset",
            _matching(person_id, place, memory_id) | {"limit": limit, "offset": offset},
        )
        return [_entry(row) for row in rows]

    def count(
        self, person_id: int, *, place: ModelPlace | None = None, memory_id: int | None = None
    ) -> int:
        """How many ``find`` finds without a limit."""
        found: int = self._database.value(
            f"select count(*) from ledger where {MATCHING}", _matching(person_id, place, memory_id)
        )
        return found

    def of_answer(self, person_id: int, message_id: int) -> LedgerEntry | None:
        row = self._database.row(
            f"{ENTRY} where person_id = ? and message_id = ?", (person_id, message_id)
        )
        return None if row is None else _entry(row)

    def audited(self, person_id: int) -> int:
        """How many calls of models elsewhere the audit tells of, too: all but tests."""
        found: int = self._database.value(
            """
            select count(*) from ledger
            where person_id = ? and place = 'remote' and purpose != 'test of the connection'
            """,
            (person_id,),
        )
        return found

    # -- in sums ----------------------------------------------------------------------------

    def reaches(self, person_id: int) -> tuple[datetime, datetime] | None:
        """From when to when its rows are; None when there is none."""
        [(first, last)] = self._database.rows(
            "select min(at), max(at) from ledger where person_id = ?", (person_id,)
        )
        return None if first is None else (to_time(first), to_time(last))

    def month(self, person_id: int, first: date, since: datetime, until: datetime) -> MonthSpent:
        """``first``: the first day of the month, which is from ``since`` to ``until``."""
        [sums] = self._database.rows(
            """
            select count(*),
                   count(*) filter (where place = 'remote'),
                   coalesce(sum(context_tokens), 0),
                   coalesce(sum(answer_tokens), 0),
                   coalesce(sum(max(0, history_tokens - context_tokens)), 0),
                   coalesce(sum(cost), 0.0),
                   count(*) filter (where cost is null)
            from ledger
            where person_id = ? and at >= ? and at < ? and place != 'built-in'
            """,
            (person_id, from_time(since), from_time(until)),
        )
        return MonthSpent(first, *sums)

    def spent(self, person_id: int, since: datetime, until: datetime) -> float:
        """US dollars, of what has a price."""
        found: float = self._database.value(
            """
            select coalesce(sum(cost), 0.0) from ledger
            where person_id = ? and at >= ? and at < ?
            """,
            (person_id, from_time(since), from_time(until)),
        )
        return found


def _matching(
    person_id: int, place: ModelPlace | None, memory_id: int | None
) -> dict[str, str | int | None]:
    return {"person": person_id, "place": place, "memory": memory_id}


def _row(new: NewEntry) -> tuple[str | int | float | None, ...]:
    """In the order of the columns."""
    return (
        from_time(new.at),
        new.purpose,
        new.by.provider,
        new.by.name,
        new.by.place,
        new.ending,
        new.message_id,
        new.usage.context_tokens,
        new.usage.answer_tokens,
        new.usage.counted_by_model,
        new.cost,
        new.history_tokens,
        new.masked,
        new.memories,
        json.dumps(dict(new.sections)),
        json.dumps(dict(new.seconds)),
        json.dumps(list(new.tiers)),
    )


def _entry(row: Row) -> LedgerEntry:
    ident, at, purpose, provider, model, place, ending, message_id, *more = row
    context_tokens, answer_tokens, counted, cost, history, masked, memories, *told = more
    memory_ids, sections, seconds, tiers = map(json.loads, told)
    return LedgerEntry(
        id=ident,
        at=to_time(at),
        purpose=CallPurpose(purpose),
        provider=provider,
        model=model,
        place=ModelPlace(place),
        ending=Ending(ending),
        message_id=message_id,
        context_tokens=context_tokens,
        answer_tokens=answer_tokens,
        counted_by_model=bool(counted),
        cost=cost,
        history_tokens=history,
        masked=masked,
        memories=memories,
        memory_ids=tuple(memory_ids),
        sections=sections,
        seconds={Latency(stage): taken for stage, taken in seconds.items()},
        tiers=tuple(Tier(tier) for tier in tiers),
    )
