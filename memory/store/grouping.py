"""What grouping memories by meaning needs to know of each, and no more: whole records of 100,000
would take seconds."""

from dataclasses import dataclass
from datetime import datetime

from memory.records import Kind
from memory.store.columns import to_optional_time
from memory.store.connection import Database
from memory.store.memory_rows import RECALLABLE, binding


@dataclass(frozen=True, slots=True)
class Groupable:
    id: int
    kind: Kind
    text: str
    importance: float
    access_count: int
    last_accessed_at: datetime | None
    source_message_id: int | None
    is_turn: bool


class Grouping:
    def __init__(self, database: Database) -> None:
        self._database = database

    def recallable(self, person_id: int, now: datetime) -> list[Groupable]:
        """All that may be recalled now, oldest first."""
        rows = self._database.rows(
            f"""
            select id, kind, text, importance, access_count, last_accessed_at, source_message_id,
                   is_turn
            from memories where {RECALLABLE} order by id
            """,
            binding(person_id, now),
        )
        return [
            Groupable(
                ident,
                Kind(kind),
                text,
                importance,
                access_count,
                to_optional_time(last_accessed_at),
                source_message_id,
                bool(is_turn),
            )
            for (
                ident,
                kind,
                text,
                importance,
                access_count,
                last_accessed_at,
                source_message_id,
                is_turn,
            ) in rows
        ]
