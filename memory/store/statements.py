"""What memories state: what is said again, what takes the place of what, what waits to be decided.

The columns are the memories' own; here is how they are read and written beside each other.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from memory.records import Kind, MemoryItem, Statement
from memory.store.columns import from_statement, from_time
from memory.store.connection import Database
from memory.store.memory_rows import COLUMNS, FROM, GUESS, item_of

_GUESS = GUESS.format(table="this")
SAME_WORDS = f"""
    select other.id from memories as this cross join memories as other
        on other.source_message_id = this.source_message_id
        and (instr(this.text, other.text) or instr(other.text, this.text))
    where this.id in ({{chosen}}) and other.id != this.id and not {_GUESS}
    union
    select other.id from memories as this cross join memories as other
        on this.source_message_id is null and other.source_message_id is null
        and (this.is_turn or this.statement is not null)
        and (other.is_turn or other.statement is not null) and this.is_turn + other.is_turn < 2
        and other.person_id = this.person_id and other.created_at = this.created_at
        and (instr(this.text, other.text) or instr(other.text, this.text))
    where this.id in ({{chosen}}) and other.id != this.id
    union
    select turn.id from memories as this cross join memories as turn
        on this.times_said > 1 and this.statement is not null
        and turn.person_id = this.person_id and turn.is_turn and instr(turn.text, this.text)
    where this.id in ({{chosen}}) and turn.id != this.id
    union
    select other.id from memories as this cross join memories as other
        on other.source_message_id = this.source_message_id
        and (other.by_model and (this.is_turn or other.proposed_because != '')
            or this.by_model and other.is_turn)
    where this.id in ({{chosen}}) and other.id != this.id and not {_GUESS}
"""
"""Ids of what holds the words of the chosen, or stands in them: of one message, or of one moment
where the conversation was erased and its memories were kept. Only a statement that was said again
can stand in other turns: for no other are they read. What a
model read in a message says what its turn says, in words of its own: it goes with the turn, and
the turn with it once it is in use; as long as it waits, it goes with whatever of the message does,
and nothing with it. “Cross” keeps SQLite from beginning with all
that has no message."""


_SOLVED = """
    with solutions as materialized (
        select id, person_id, json_extract(statement, '$.problem') as problem from memories
        where kind = 'solution' and json_extract(statement, '$.problem') != '')
    select {what} from memories cross join solutions
        on solutions.person_id = memories.person_id and solutions.id != memories.id
        and (instr(problem, memories.text) or exists (
            select 1 from revisions
            where memory_id = memories.id and instr(problem, revisions.text)))
    where memories.id in ({{chosen}})
"""
SOLVING = _SOLVED.format(what="solutions.id")
"""Ids of solutions whose problem is told in the words of the chosen, as they are or were: of all
that is stated, only a problem may be worded elsewhere than in the memory itself."""


class Statements:
    def __init__(self, database: Database) -> None:
        self._database = database

    def on_topic(self, person_id: int, topic: str, now: datetime) -> list[MemoryItem]:
        """What is known of it now, oldest first; also what faded out, is paused, or waits to be
        decided."""
        rows = self._database.rows(
            f"""
            select {COLUMNS} {FROM}
            where memories.person_id = ? and topic = ?
                and memories.status in ('active', 'archived', 'proposed')
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
        """Other memories whose text holds this one's, or stands in it: of the same message, and
        turns in which it was said again."""
        rows = self._database.rows(
            f"""
            select {COLUMNS} {FROM}
            where memories.id in ({SAME_WORDS.format(chosen="select ?1")})
            order by memories.id
            """,
            (memory_id,),
        )
        return [item_of(row) for row in rows]

    def sharing_words(self, memory_ids: Iterable[int]) -> set[int]:
        """Ids of all that holds the words of any of them, or stands in them; they themselves where
        another of them does."""
        return self._chosen_by(SAME_WORDS, memory_ids)

    def solved_by_others(self, memory_ids: Iterable[int]) -> set[int]:
        """Those of them whose problem is told by a solution that is not among them."""
        of_others = f"{_SOLVED.format(what='memories.id')} and solutions.id not in ({{chosen}})"
        return self._chosen_by(of_others, memory_ids)

    def _chosen_by(self, sql: str, memory_ids: Iterable[int]) -> set[int]:
        chosen = sql.format(chosen="select value from json_each(?1)")
        rows = self._database.rows(chosen, (json.dumps(list(memory_ids)),))
        return {row[0] for row in rows}

    def solving(self, memory_id: int) -> list[MemoryItem]:
        """Solutions to the problem that it tells."""
        rows = self._database.rows(
            f"""
            select {COLUMNS} {FROM}
            where memories.id in ({SOLVING.format(chosen="select ?1")})
            order by memories.id
            """,
            (memory_id,),
        )
        return [item_of(row) for row in rows]

    def superseded(self, memory_id: int) -> list[MemoryItem]:
        """What is over because of it, in the order it was said."""
        rows = self._database.rows(
            f"""
            select {COLUMNS} {FROM} where superseded_by = ? and valid_until is not null
            order by memories.said_at, memories.id
            """,
            (memory_id,),
        )
        return [item_of(row) for row in rows]

    def said_again(self, message_ids: Iterable[int]) -> dict[int, list[int]]:
        """By message: memories that it was the last to say again. It is told by the moment, which
        a turn gives to what it says again."""
        rows = self._database.rows(
            """
            with said as materialized (
                select messages.id, person_id, said_at
                from json_each(?) join messages on messages.id = value),
            again as materialized (
                select id, person_id, last_said_at, source_message_id from memories
                where person_id in (select person_id from said) and status = 'active'
                    and last_said_at in (select said_at from said))
            select said.id, again.id
            from said join again on again.last_said_at = said.said_at
                and again.person_id = said.person_id and again.source_message_id is not said.id
            order by again.id
            """,
            (json.dumps(list(message_ids)),),
        )
        found: dict[int, list[int]] = defaultdict(list)
        for message_id, memory_id in rows:
            found[message_id].append(memory_id)
        return found

    def outdated(self, memory_ids: Iterable[int], as_of: datetime) -> set[int]:
        """Those of them of which something has been said anew since: events, which stay what
        happened, and turns of which a part has."""
        rows = self._database.rows(
            """
            select event.id from json_each(?1)
            join memories as event on event.id = value
                and event.kind = 'episode' and event.valid_until <= ?2
            union
            select turn.id from json_each(?1)
            join memories as turn on turn.id = value and turn.is_turn
            join memories as part on part.source_message_id = turn.source_message_id
                and part.id != turn.id and part.valid_until <= ?2 and instr(turn.text, part.text)
            """,
            (json.dumps(list(memory_ids)), from_time(as_of)),
        )
        return {row[0] for row in rows}

    def linked_to(self, memory_id: int) -> list[MemoryItem]:
        """What it once took the place of, also where that holds again since it was forgotten."""
        rows = self._database.rows(
            f"select {COLUMNS} {FROM} where superseded_by = ? order by memories.id", (memory_id,)
        )
        return [item_of(row) for row in rows]

    def hold_again(self, memory_id: int) -> None:
        """Nothing took its place."""
        self._database.run(
            "update memories set superseded_by = null, valid_until = null where id = ?",
            (memory_id,),
        )

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

    def remove(self, item: MemoryItem, turn_id: int) -> None:
        """What its turn says no more; what was built on it was built on the turn. Its vector is
        removed by its own table.

        ``item`` must be as it stands in the file: the index can only lose exactly what it holds.
        """
        run = self._database.run
        run("update accesses set memory_id = ? where memory_id = ?", (turn_id, item.id))
        run(
            "insert into memory_text (memory_text, rowid, text) values ('delete', ?, ?)",
            (item.id, item.text),
        )
        run("delete from memories where id = ?", (item.id,))

    def accept(self, memory_id: int) -> None:
        """Out of the inbox, into use."""
        self._database.run(
            """
            update memories set status = 'active', proposed_because = '', rival_id = null
            where id = ?
            """,
            (memory_id,),
        )
