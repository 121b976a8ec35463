"""Erasure to the bytes (GDPR Art. 17): what is selected leaves the file, and the file is searched.

A plain DELETE leaves text in free pages, in old full-text segments and in the write-ahead log.
The steps here are the only ones that left nothing in every case tried: delete in one
transaction with a journal row, merge the full-text index, VACUUM, truncate the log, and then
read the file and look. A crash after the transaction is finished at the next start.

What is selected stands in two temporary tables (kept in memory), filled and used under one
transaction, so that counting and deleting can never see two different sets.
"""

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import apsw

from memory.store.columns import from_time
from memory.store.connection import BUSY_MILLISECONDS, Database

CHUNK_BYTES = 48
"""Texts are searched in pieces of this length: a long one is split over pages of the file."""
MIN_NEEDLE_BYTES = 12
"""Shorter pieces occur by chance."""
MAX_NEEDLES = 400
"""Pieces searched at most, spread evenly over what was erased; the receipt tells how many."""
READ_BYTES = 1 << 24
CHECKPOINT_TRIES = 5
CHECKPOINT_MILLISECONDS = 200
"""A reader that stays longer makes the erasure pending; waiting for it would freeze every page."""

T = TypeVar("T")

TEXT_COLUMNS = (
    ("messages", "text"),
    ("memories", "text"),
    ("revisions", "text"),
    ("profile_fields", "value"),
    ("entities", "name"),
    ("conversations", "title"),
    ("settings", "value"),
    ("hot_cache", "value"),
)

# place -> how many rows of it are selected
PLACES = {
    "memories": "select count(*) from doomed_memories",
    "vectors": """
        select count(*) from memory_vectors where rowid in (select id from doomed_memories)
    """,
    "full text": "select count(*) from doomed_memories",
    "revisions": """
        select count(*) from revisions where memory_id in (select id from doomed_memories)
    """,
    "uses": """
        select count(*) from accesses where memory_id in (select id from doomed_memories)
            or message_id in (select id from doomed_messages)
    """,
    "profile fields": """
        select count(*) from profile_fields
        where source_memory_id in (select id from doomed_memories)
    """,
    "messages": "select count(*) from doomed_messages",
    "entity mentions": """
        select count(*) from entity_mentions
        where memory_id in (select id from doomed_memories)
            or message_id in (select id from doomed_messages)
    """,
    "entities": """
        select count(*) from entities where person_id = :person and not exists (
            select 1 from entity_mentions where entity_id = entities.id
                and coalesce(memory_id, 0) not in (select id from doomed_memories)
                and coalesce(message_id, 0) not in (select id from doomed_messages))
    """,
    "relations": """
        select count(*) from relations where person_id = :person
            and message_id in (select id from doomed_messages)
    """,
    "hot cache": """
        select count(*) from hot_cache where person_id = :person
            and key in (select 'message:' || id from doomed_messages)
    """,
}
# these go only with the whole person
PERSON_PLACES = {
    "conversations": "select count(*) from conversations where person_id = :person",
    "consents": "select count(*) from consents where person_id = :person",
    "settings": "select count(*) from settings where person_id = :person",
    "placeholders": "select count(*) from placeholders where person_id = :person",
}


@dataclass(frozen=True, slots=True)
class Needles:
    """Byte strings that must be nowhere once the erasure is done."""

    texts: tuple[bytes, ...]
    vectors: tuple[bytes, ...]

    def __len__(self) -> int:
        return len(self.texts) + len(self.vectors)


class Erasure:
    def __init__(self, database: Database) -> None:
        self._database = database

    # -- selecting ------------------------------------------------------------------------

    @contextmanager
    def selection(
        self, memory_ids: Iterable[int], message_ids: Iterable[int] = ()
    ) -> Iterator[None]:
        """The memories, and every message that holds what they hold; call in a transaction."""
        run = self._database.run
        for table in ("doomed_memories", "doomed_messages"):
            run(f"create temp table if not exists {table} (id integer primary key)")
            run(f"delete from temp.{table}")
        self._database.run_many(
            "insert or ignore into doomed_memories (id) values (?)", [(i,) for i in memory_ids]
        )
        self._database.run_many(
            "insert or ignore into doomed_messages (id) values (?)", [(i,) for i in message_ids]
        )
        self._select_tellings()
        try:
            yield
        finally:
            for table in ("doomed_memories", "doomed_messages"):
                run(f"delete from temp.{table}")

    def _select_tellings(self) -> None:
        """Messages a memory came from, repeats of them, and the answers that told it again."""
        self._database.run(
            """
            insert or ignore into doomed_messages
            select source_message_id from memories
            where id in (select id from doomed_memories) and source_message_id is not null
            union
            select message_id from accesses
            where memory_id in (select id from doomed_memories) and message_id is not null
            union
            select messages.id from messages
            join memories on memories.person_id = messages.person_id
            where memories.id in (select id from doomed_memories)
                and (messages.role = 'assistant' and instr(messages.text, memories.text)
                     or messages.text = memories.text and not exists (
                         select 1 from memories as kept
                         where kept.source_message_id = messages.id
                             and kept.id not in (select id from doomed_memories)))
            """
        )
        # the answer that follows such a message acknowledges it in other words
        self._database.run(
            """
            insert or ignore into doomed_messages
            select reply.id from messages as said join messages as reply on reply.id = (
                select min(id) from messages
                where conversation_id = said.conversation_id and id > said.id)
            where said.id in (select id from doomed_messages)
                and said.role = 'user' and reply.role = 'assistant'
            """
        )

    def naming(self, person_id: int, name: str) -> tuple[list[int], list[int]]:
        """Ids of the memories, whatever their wording was, and of the messages that say a name."""
        word = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)
        worded = self._database.rows(
            """
            select id, text from memories where person_id = ?1
            union all
            select memory_id, revisions.text from revisions
            join memories on memories.id = memory_id where person_id = ?1
            """,
            (person_id,),
        )
        said = self._database.rows(
            "select id, text from messages where person_id = ?", (person_id,)
        )
        memories = list(dict.fromkeys(ident for ident, text in worded if word.search(text)))
        return memories, [ident for ident, text in said if word.search(text)]

    def counts(self, person_id: int, *, everything: bool) -> dict[str, int]:
        """Rows by place in the selection; places without any are left out."""
        places = PLACES | PERSON_PLACES if everything else PLACES
        found = {}
        for place, sql in places.items():
            if place == "vectors" and not self._has_vectors():
                continue
            bindings = {"person": person_id} if ":person" in sql else ()
            found[place] = self._database.value(sql, bindings)
        if everything:
            found["hot cache"] = self._database.value(
                "select count(*) from hot_cache where person_id = ?", (person_id,)
            )
        return {place: count for place, count in found.items() if count}

    def needles(self) -> Needles:
        """What to look for afterwards, taken before the selection is deleted."""
        texts = [
            row[0]
            for row in self._database.rows(
                """
                select text from memories where id in (select id from doomed_memories)
                union
                select text from revisions where memory_id in (select id from doomed_memories)
                union
                select text from messages where id in (select id from doomed_messages)
                union
                select value from profile_fields
                where source_memory_id in (select id from doomed_memories)
                """
            )
        ]
        pieces = [piece for text in texts for piece in _pieces(text.encode())]
        vectors: list[bytes] = []
        if self._has_vectors():
            ids = [row[0] for row in self._database.rows("select id from doomed_memories")]
            for ident in _spread(ids, MAX_NEEDLES // 4):
                row = self._database.row(
                    "select embedding from memory_vectors where rowid = ?", (ident,)
                )
                if row:
                    vectors.append(_most_telling(bytes(row[0])))
        return Needles(tuple(_spread(pieces, MAX_NEEDLES)), tuple(vectors))

    # -- deleting -------------------------------------------------------------------------

    def delete(self, person_id: int, *, remove_messages: bool) -> None:
        """The selection, everywhere. Messages keep their empty place unless ``remove_messages``."""
        run = self._database.run
        for ident, text in self._database.rows(
            "select id, text from memories where id in (select id from doomed_memories)"
        ):
            run(
                "insert into memory_text (memory_text, rowid, text) values ('delete', ?, ?)",
                (ident, text),
            )
        if self._has_vectors():
            run("delete from memory_vectors where rowid in (select id from doomed_memories)")
        run(
            """
            delete from hot_cache where person_id = ?
                and key in (select 'message:' || id from doomed_messages)
            """,
            (person_id,),
        )
        run("delete from entity_mentions where message_id in (select id from doomed_messages)")
        run("delete from relations where message_id in (select id from doomed_messages)")
        run("delete from accesses where message_id in (select id from doomed_messages)")
        # revisions, uses, profile fields and mentions go with their memory
        run("delete from memories where id in (select id from doomed_memories)")
        if remove_messages:
            run("delete from messages where id in (select id from doomed_messages)")
        else:
            run(
                """
                update messages
                set text = '', state = 'erased', masked = '[]', note = '', speaker = null
                where id in (select id from doomed_messages)
                """
            )
        run(
            """
            delete from entities where not exists
                (select 1 from entity_mentions where entity_id = entities.id)
            """
        )

    def delete_conversation(self, conversation_id: int) -> None:
        self._database.run("delete from conversations where id = ?", (conversation_id,))

    def delete_conversations(self, person_id: int) -> None:
        self._database.run("delete from conversations where person_id = ?", (person_id,))
        self._database.run("delete from hot_cache where person_id = ?", (person_id,))

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

        False when another process holds the old pages in a read transaction: they stay in the
        log until it ends.
        """
        with self._database.exclusive() as connection:
            try:
                connection.execute("insert into memory_text (memory_text) values ('optimize')")
                connection.execute("vacuum")
            except apsw.BusyError:
                return False
            connection.set_busy_timeout(CHECKPOINT_MILLISECONDS)
            try:
                return any(self._emptied_log(connection) for _ in range(CHECKPOINT_TRIES))
            finally:
                connection.set_busy_timeout(BUSY_MILLISECONDS)

    def _emptied_log(self, connection: apsw.Connection) -> bool:
        busy = connection.execute("pragma wal_checkpoint(truncate)").fetchall()[0][0]
        return not busy

    def search(self, needles: Needles) -> tuple[int, bool]:
        """Bytes read of the file and its log, and whether they are free of every needle.

        A needle that another row holds too, rightly, proves nothing and is passed over.
        """
        searched, found = 0, set()
        with self._database.exclusive():
            for ending in ("", "-wal"):
                for block in _blocks(self._database.file(ending)):
                    searched += len(block)
                    found |= {n for n in needles.texts + needles.vectors if n in block}
        texts = [n for n in needles.texts if n in found and not self._still_said(n)]
        vectors = [n for n in needles.vectors if n in found and not self._still_embedded(n)]
        return searched, not texts and not vectors

    def _still_said(self, piece: bytes) -> bool:
        return any(
            self._database.row(
                f"select 1 from {table} where instr(cast({column} as blob), ?) limit 1", (piece,)
            )
            for table, column in TEXT_COLUMNS
        )

    def _still_embedded(self, piece: bytes) -> bool:
        """True when another memory of the very same text has the very same vector."""
        return bool(
            self._database.row(
                "select 1 from memory_vectors where instr(embedding, ?) limit 1", (piece,)
            )
        )

    def _has_vectors(self) -> bool:
        return bool(self._database.row("select 1 from sqlite_schema where name = 'memory_vectors'"))


def _pieces(text: bytes) -> list[bytes]:
    pieces = [text[i : i + CHUNK_BYTES] for i in range(0, len(text), CHUNK_BYTES)]
    return [piece for piece in pieces if len(piece) >= MIN_NEEDLE_BYTES]


def _most_telling(vector: bytes) -> bytes:
    """The piece with the fewest zeros: a run of zeros is found in every file."""
    pieces = [vector[i : i + CHUNK_BYTES] for i in range(0, len(vector), CHUNK_BYTES)]
    return min(pieces, key=lambda piece: piece.count(0))


def _spread(values: Sequence[T], most: int) -> list[T]:
    if len(values) <= most:
        return list(values)
    return [values[i * len(values) // most] for i in range(most)]


def _blocks(path: Path) -> Iterator[bytes]:
    """The file's bytes in overlapping blocks, read through SQLite's own file layer.

    Opening and closing the file by ourselves would drop the locks this process holds on it
    (POSIX), and with them the safety of other processes.
    """
    if not path.exists():
        return
    flags = [apsw.SQLITE_OPEN_MAIN_DB | apsw.SQLITE_OPEN_READONLY, 0]
    file = apsw.VFSFile("unix" if os.name == "posix" else "win32", str(path), flags)
    try:
        size, position = file.xFileSize(), 0
        while position < size:
            amount = min(READ_BYTES, size - position)
            yield file.xRead(amount, position)
            position += READ_BYTES - CHUNK_BYTES if amount == READ_BYTES else amount
    finally:
        file.xClose()
