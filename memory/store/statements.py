"""What memories state: what is said again, what takes the place of what, what waits to be decided.

The columns are the memories' own; here is how they are read and written beside each other.
"""

import json
from collections.abc import Iterable
from datetime import datetime

from memory.records import Kind, MemoryItem, Statement
from memory.store.columns import from_statement, from_time
from memory.store.connection import Database
from memory.store.memory_rows import COLUMNS, FROM, item_of


class Statements:
    def __init__(self, database: Database) -> None:
        self._database = database

    def on_topic(self, person_id: int, topic: str, now: datetime) -> list[MemoryItem]:
        """What is known of it now, oldest first; also what was faded out or is paused."""
        rows = self._database.rows(
            f"""
            select {COLUMNS} {FROM}
            where memories.person_id = ? and topic = ? and memories.status in ('active', 'archived')
                and valid_until is null and (expires_at is null or expires_at > ?)
            order by memories.said_at, memories.id
            """,
            (person_id, topic, from_time(now)),
        )
        return [item_of(row) for row in rows]

    def proposed(self, person_id: int, now: datetime) -> list[MemoryItem]:
        """What waits in the inbox, newest first."""
        rows = self._database.rows(
            f"""
            select {COLUMNS} {FROM}
            where memories.person_id = ? and memories.status = 'proposed'
                and (expires_at is null or expires_at > ?)
            order by memories.id desc
            """,
            (person_id, from_time(now)),
        )
        return [item_of(row) for row in rows]

    def overlapping(self, memory_id: int) -> list[MemoryItem]:
        """Other memories of the same message whose text holds this one's, or stands in it."""
        rows = self._database.rows(
            f"""
            select {COLUMNS} {FROM}
            where memories.id in (
                select other.id from memories as this join memories as other
                    on other.source_message_id = this.source_message_id and other.id != this.id
                    and (instr(this.text, other.text) or instr(other.text, this.text))
                where this.id = ?)
            order by memories.id
            """,
            (memory_id,),
        )
        return [item_of(row) for row in rows]

    def outdated_turns(self, memory_ids: Iterable[int], as_of: datetime) -> set[int]:
        """Those of them that hold a whole turn of which a part has been said anew."""
        rows = self._database.rows(
            """
            select turn.id from json_each(?)
            join memories as turn on turn.id = value and turn.is_turn
            join memories as part on part.source_message_id = turn.source_message_id
                and part.id != turn.id and part.valid_until <= ? and instr(turn.text, part.text)
            """,
            (json.dumps(list(memory_ids)), from_time(as_of)),
        )
        return {row[0] for row in rows}

    def supersede(self, memory_id: int, by: int) -> None:
        """It held until the other was said."""
        self._database.run(
            """
            update memories set superseded_by = newer.id,
                valid_until = max(memories.said_at, newer.said_at)
            from memories as newer where memories.id = ? and newer.id = ?
            """,
            (memory_id, by),
        )

    def say_again(self, memory_id: int, at: datetime) -> None:
        self._database.run(
            """
            update memories set times_said = times_said + 1,
                last_said_at = max(coalesce(last_said_at, said_at), ?)
            where id = ?
            """,
            (from_time(at), memory_id),
        )

    def state(self, memory_id: int, kind: Kind, statement: Statement | None, topic: str) -> None:
        """What it states, read anew from its words."""
        self._database.run(
            "update memories set kind = ?, statement = ?, topic = ? where id = ?",
            (kind, from_statement(statement), topic, memory_id),
        )

    def accept(self, memory_id: int) -> None:
        """Out of the inbox, into use."""
        self._database.run(
            """
            update memories set status = 'active', proposed_because = '', rival_id = null
            where id = ?
            """,
            (memory_id,),
        )
