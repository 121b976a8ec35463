"""What was imported from other programs: each import, and what of it came from where.

A message or a line is known by a keyed hash of what it is called there. The row goes with what it
became, so that nothing tells of what was erased.
"""

from datetime import datetime

from memory.records import ChatFormat, ChatImport
from memory.store.columns import from_time, to_optional_time, to_time
from memory.store.connection import Database


class ChatImports:
    def __init__(self, database: Database) -> None:
        self._database = database

    # -- one import -----------------------------------------------------------------------

    def begin(self, person_id: int, form: ChatFormat, now: datetime) -> int:
        return self._database.run(
            "insert into imports (person_id, format, begun_at) values (?, ?, ?)",
            (person_id, form, from_time(now)),
        )

    def end(self, import_id: int, now: datetime) -> None:
        self._database.run(
            "update imports set ended_at = ? where id = ?", (from_time(now), import_id)
        )

    def remove(self, import_id: int) -> None:
        self._database.run("delete from imports where id = ?", (import_id,))

    def person_of(self, import_id: int) -> int | None:
        row = self._database.row("select person_id from imports where id = ?", (import_id,))
        return row[0] if row else None

    def all(self, person_id: int) -> list[ChatImport]:
        """The latest first, with what of each is still there."""
        rows = self._database.rows(
            """
            select id, format, begun_at, ended_at,
                (select count(distinct conversation_id) from imported
                    join messages on messages.id = message_id where import_id = imports.id),
                (select count(message_id) from imported where import_id = imports.id),
                (select count(*) from memories
                    where status not in ('forgotten', 'merged') and id in (
                        select memory_id from imported where import_id = imports.id
                        union
                        select memories.id from imported
                        join memories on source_message_id = message_id
                        where import_id = imports.id))
            from imports where person_id = ? order by id desc
            """,
            (person_id,),
        )
        return [
            ChatImport(ident, ChatFormat(form), to_time(begun), to_optional_time(ended), *counts)
            for ident, form, begun, ended, *counts in rows
        ]

    def stopped(self, person_id: int, form: ChatFormat) -> list[int]:
        """Those of a format that did not come to their end, the latest first."""
        rows = self._database.rows(
            """
            select id from imports where person_id = ? and format = ? and ended_at is null
            order by id desc
            """,
            (person_id, form),
        )
        return [row[0] for row in rows]

    # -- what came of what ----------------------------------------------------------------

    def known(self, person_id: int) -> set[bytes]:
        """Keyed hashes of all that is here."""
        rows = self._database.rows(
            "select source_hmac from imported where person_id = ?", (person_id,)
        )
        return {bytes(row[0]) for row in rows}

    def is_known(self, person_id: int, source: bytes) -> bool:
        return bool(
            self._database.row(
                "select 1 from imported where person_id = ? and source_hmac = ?",
                (person_id, source),
            )
        )

    def sources(self, import_id: int) -> set[bytes]:
        rows = self._database.rows(
            "select source_hmac from imported where import_id = ?", (import_id,)
        )
        return {bytes(row[0]) for row in rows}

    def add_message(self, person_id: int, import_id: int, source: bytes, message_id: int) -> None:
        self._database.run(
            """
            insert into imported (person_id, source_hmac, import_id, message_id)
            values (?, ?, ?, ?)
            """,
            (person_id, source, import_id, message_id),
        )

    def add_memory(self, person_id: int, import_id: int, source: bytes, memory_id: int) -> None:
        self._database.run(
            """
            insert into imported (person_id, source_hmac, import_id, memory_id)
            values (?, ?, ?, ?)
            """,
            (person_id, source, import_id, memory_id),
        )

    def add_conversation(self, import_id: int, conversation_id: int) -> None:
        """One that the import began."""
        self._database.run(
            "insert into imported_conversations (conversation_id, import_id) values (?, ?)",
            (conversation_id, import_id),
        )

    def began(self, conversation_id: int) -> bool:
        """Whether an import began it that was not removed since."""
        return bool(
            self._database.row(
                "select 1 from imported_conversations where conversation_id = ?",
                (conversation_id,),
            )
        )

    def messages(self, import_id: int) -> list[int]:
        return self._ids(
            """
            select message_id from imported where import_id = ? and message_id is not null
            order by message_id
            """,
            import_id,
        )

    def memories(self, import_id: int, said_again: str) -> list[int]:
        """What was made of its lines, and learnt from its messages, but for what was said again
        in a message of another origin (``said_again``: the reason that its use is told by)."""
        rows = self._database.rows(
            """
            with its as materialized (
                select message_id, memory_id from imported where import_id = ?1
            ), made as (
                select memory_id as id from its where memory_id is not null
                union
                select memories.id from its join memories on source_message_id = message_id
            )
            select id from made where not exists (
                select 1 from accesses
                where memory_id = made.id and reason = ?2 and message_id not in (
                    select message_id from its where message_id is not null))
            """,
            (import_id, said_again),
        )
        return [row[0] for row in rows]

    def conversations(self, import_id: int) -> list[int]:
        """Those it began in which nothing else stands: what was said since is the person's."""
        return self._ids(
            """
            select conversation_id from imported_conversations as begun
            where import_id = ?1 and not exists (
                select 1 from messages
                where messages.conversation_id = begun.conversation_id and state != 'erased'
                    and id not in (
                        select message_id from imported
                        where import_id = ?1 and message_id is not null))
            """,
            import_id,
        )

    def _ids(self, sql: str, import_id: int) -> list[int]:
        return [row[0] for row in self._database.rows(sql, (import_id,))]
