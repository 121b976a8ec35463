"""Erasure to the bytes (GDPR Art. 17): what is selected leaves the file, and the file is searched.

A plain DELETE leaves text in free pages, in old full-text segments and in the write-ahead log.
The steps here are the only ones that left nothing in every case tried: delete in one
transaction with a journal row, make the full-text index anew, VACUUM, truncate the log, and then
read the file and look (``traces``). What was cut short after the transaction is finished later.

The index is made anew and not only merged (“optimize”): that keeps the words of deleted rows beside
the marks that delete them. 20,000 rows take some hundredths of a second.

What is to go stands in the tables of ``selection``.
"""

from collections.abc import Iterable
from datetime import datetime

import apsw

from memory.store.columns import from_time
from memory.store.connection import Database
from memory.store.entities import UNMENTIONED
from memory.store.memory_rows import RELEASE
from memory.store.opening import BUSY_MILLISECONDS

CHECKPOINT_TRIES = 5
CHECKPOINT_MILLISECONDS = 200
"""A reader that stays longer makes the erasure pending; waiting for it would freeze every page."""


class Erasure:
    def __init__(self, database: Database) -> None:
        self._database = database

    # -- deleting -------------------------------------------------------------------------

    def delete(self, person_id: int, *, remove_messages: bool) -> None:
        """The selection, everywhere. Messages keep their empty place unless ``remove_messages``."""
        self._delete_from_indexes()
        self._delete_what_hangs_on_messages(person_id)
        # what was merged with something that goes, and may stay, is a memory of its own again
        self._database.run(
            f"""
            {RELEASE} and whole.id in (select id from doomed_memories)
                and memories.id not in (select id from doomed_memories)
            """
        )
        # revisions, uses, profile fields, mentions and relations go with their memory
        self._database.run("delete from memories where id in (select id from doomed_memories)")
        self._delete_messages(remove=remove_messages)
        for statement in UNMENTIONED:
            self._database.run(statement)

    def _delete_from_indexes(self) -> None:
        """Vectors, and full-text rows, which go by exactly their old text."""
        for ident, text in self._database.rows(
            "select id, text from memories where id in (select id from doomed_memories)"
        ):
            self._database.run(
                "insert into memory_text (memory_text, rowid, text) values ('delete', ?, ?)",
                (ident, text),
            )
        self._database.run(
            "delete from memory_vectors where memory_id in (select id from doomed_memories)"
        )

    def _delete_what_hangs_on_messages(self, person_id: int) -> None:
        run = self._database.run
        run("delete from contexts where message_id in (select id from doomed_contexts)")
        run("delete from summaries where id in (select id from doomed_summaries)")
        run("delete from answers where message_id in (select id from doomed_messages)")
        run(
            """
            update ledger set message_id = null
            where message_id in (select id from doomed_messages)
            """
        )
        run(
            """
            delete from hot_cache where person_id = ?
                and key in (select 'message:' || id from doomed_messages)
            """,
            (person_id,),
        )
        # what a kept memory says is still said there
        for table in ("entity_mentions", "relations"):
            run(
                f"""
                update {table} set message_id = null
                where message_id in (select id from doomed_messages)
                    and memory_id is not null and memory_id not in (select id from doomed_memories)
                """
            )
        for table in ("entity_mentions", "relations", "accesses", "model_readings", "imported"):
            run(f"delete from {table} where message_id in (select id from doomed_messages)")

    def _delete_messages(self, *, remove: bool) -> None:
        """What was replaced stands nowhere, so it leaves no empty place."""
        self._database.run(
            """
            delete from messages where id in (select id from doomed_messages)
                and (? or replaced_at is not null)
            """,
            (remove,),
        )
        self._database.run(
            """
            update messages
            set text = '', state = 'erased', masked = '[]', note = '', speaker = null,
                data_class = 'internal', expires_at = null
            where id in (select id from doomed_messages)
            """
        )

    def delete_conversation(self, conversation_id: int) -> None:
        self._database.run("delete from conversations where id = ?", (conversation_id,))

    def delete_revisions(self, revision_ids: Iterable[int]) -> None:
        self._database.run_many(
            "delete from revisions where id = ?", [(ident,) for ident in revision_ids]
        )

    def delete_person(self, person_id: int) -> None:
        """Everything that is left of the person goes with the row."""
        self._database.run("delete from people where id = ?", (person_id,))

    # -- to the bytes ---------------------------------------------------------------------

    def begin(self, scope: str, now: datetime) -> int:
        """A journal row, in the transaction that deletes: from then on it must be finished."""
        return self._database.run(
            "insert into erasure_journal (begun_at, scope, state) values (?, ?, 'deleted')",
            (from_time(now), scope),
        )

    def finish(self, journal_id: int) -> None:
        self._database.run("update erasure_journal set state = 'done' where id = ?", (journal_id,))

    def unfinished(self) -> list[int]:
        rows = self._database.rows("select id from erasure_journal where state != 'done'")
        return [row[0] for row in rows]

    def purge(self) -> bool:
        """Rewrite the file without its free space, and empty the log.

        False when another process holds the old pages in a read transaction, and they stay in the
        log until it ends; or when the disk has no room for the new file beside the old one.
        """
        with self._database.exclusive() as connection:
            try:
                connection.execute("insert into memory_text (memory_text) values ('rebuild')")
                connection.execute("vacuum")
                connection.set_busy_timeout(CHECKPOINT_MILLISECONDS)
                return any(self._emptied_log(connection) for _ in range(CHECKPOINT_TRIES))
            except (apsw.BusyError, apsw.FullError):
                return False
            finally:
                connection.set_busy_timeout(BUSY_MILLISECONDS)

    def _emptied_log(self, connection: apsw.Connection) -> bool:
        busy = connection.execute("pragma wal_checkpoint(truncate)").fetchall()[0][0]
        return not busy
