"""Memories by the day they are about: when it happened, else when it was said."""

import json
from collections.abc import Sequence
from datetime import date, datetime

from memory.records import Kind, MemoryItem, Moments
from memory.store.connection import Database
from memory.store.memory_rows import COLUMNS, EVEN_IF_OVER, FROM, RECALLABLE, binding, item_of

_DAY = "coalesce(happened_first, date(memories.said_at, 'localtime'))"
_CHANGED = "exists (select 1 from memories as older where older.superseded_by = memories.id)"
# A statement stands in its turn: where the turn is listed, it is told by it already, and a turn by
# the events that it tells of.
_IN_ITS_TURN = """
    not is_turn and exists (
        select 1 from memories as turn
        where turn.source_message_id = memories.source_message_id and turn.is_turn
            and turn.status = 'active' and turn.paused = 0)
"""
_BY_ITS_EVENTS = f"""
    statement is null and exists (
        select 1 from memories as part
        where part.source_message_id = memories.source_message_id and part.id != memories.id
            and part.kind = '{Kind.EPISODE}' and part.statement is not null
            and part.status = 'active' and part.paused = 0)
"""
_HAPPENED = f"""
    (happened_first is not null or kind = '{Kind.EPISODE}' and statement is not null)
    and not ({_BY_ITS_EVENTS})
"""
_WHAT = {
    Moments.EVERYTHING: f"(not ({_IN_ITS_TURN}) or {_CHANGED})",
    Moments.EVENTS: _HAPPENED,
    Moments.CHANGES: _CHANGED,
    Moments.DECISIONS: f"kind = '{Kind.DECISION}'",
    Moments.COMMITMENTS: f"kind = '{Kind.COMMITMENT}'",
}


class TimelineRows:
    def __init__(self, database: Database) -> None:
        self._database = database

    def page(
        self, person_id: int, what: Moments, limit: int, offset: int, now: datetime
    ) -> list[tuple[date, MemoryItem]]:
        """Recallable ones, also what no longer holds; the latest day first."""
        rows = self._database.rows(
            f"""
            select {_DAY} as day, {COLUMNS} {FROM} where {RECALLABLE} and {_WHAT[what]}
            order by day desc, memories.said_at desc, memories.id desc
            limit :limit offset :offset
            """,
            binding(person_id, now) | EVEN_IF_OVER | {"limit": limit, "offset": offset},
        )
        return [(date.fromisoformat(day), item_of(tuple(row))) for day, *row in rows]

    def months(self, person_id: int, what: Moments, now: datetime) -> dict[date, int]:
        """How many each has, by its first day; the latest first."""
        rows = self._database.rows(
            f"""
            select substr({_DAY}, 1, 7) as month, count(*) from memories
            where {RECALLABLE} and {_WHAT[what]} group by month order by month desc
            """,
            binding(person_id, now) | EVEN_IF_OVER,
        )
        return {date.fromisoformat(f"{month}-01"): count for month, count in rows}

    def replaced(
        self, person_id: int, memory_ids: Sequence[int], now: datetime
    ) -> dict[int, MemoryItem]:
        """The latest of what each of them took the place of."""
        rows = self._database.rows(
            f"""
            select {COLUMNS} {FROM}
            where superseded_by in (select value from json_each(:ids)) and {RECALLABLE}
            order by memories.said_at, memories.id
            """,
            binding(person_id, now) | EVEN_IF_OVER | {"ids": json.dumps(list(memory_ids))},
        )
        items = map(item_of, rows)
        return {item.superseded_by: item for item in items if item.superseded_by is not None}
