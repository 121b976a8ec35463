"""Sweeps: what each archived and erased, and what of that is still to be seen in the archive."""

import json
from collections.abc import Collection, Sequence
from datetime import datetime

from memory.records import Sweep
from memory.store.columns import from_time, to_optional_time, to_time
from memory.store.connection import Database


class Sweeps:
    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, person_id: int, now: datetime, *, unattended: bool, tokens: int) -> int:
        """Before what it does, which is told of it afterwards; returns its id."""
        return self._database.run(
            """
            insert into sweeps (person_id, at, unattended, archived, purged, purged_tokens,
                                purged_bytes, tokens)
            values (?, ?, ?, 0, 0, 0, 0, ?)
            """,
            (person_id, from_time(now), unattended, tokens),
        )

    def archive(self, sweep_id: int, memory_ids: Collection[int], now: datetime) -> None:
        """Take them out of use, all because of this sweep."""
        self._database.run(
            """
            update memories
            set status = 'archived', archived_at = ?, shown_at = null, sweep_id = ?
            where id in (select value from json_each(?))
            """,
            (from_time(now), sweep_id, json.dumps(list(memory_ids))),
        )
        self._database.run(
            "update sweeps set archived = ? where id = ?", (len(memory_ids), sweep_id)
        )

    def note_purged(self, sweep_id: int, count: int, tokens: int, size: int) -> None:
        self._database.run(
            "update sweeps set purged = ?, purged_tokens = ?, purged_bytes = ? where id = ?",
            (count, tokens, size, sweep_id),
        )

    def undo(self, sweep_id: int, now: datetime) -> list[int]:
        """Put back what is still archived because of it; returns the ids. Nothing left to put back
        is no undoing."""
        ids = self.archived_by(sweep_id)
        if not ids:
            return []
        self._database.run(
            """
            update memories set status = 'active', archived_at = null, shown_at = null
            where sweep_id = ? and status = 'archived'
            """,
            (sweep_id,),
        )
        self._database.run(
            "update sweeps set undone_at = ? where id = ?", (from_time(now), sweep_id)
        )
        return ids

    def archived_by(self, sweep_id: int) -> list[int]:
        """Ids of what is still archived because of it."""
        rows = self._database.rows(
            "select id from memories where sweep_id = ? and status = 'archived'", (sweep_id,)
        )
        return [row[0] for row in rows]

    def all(self, person_id: int, limit: int | None = None) -> list[Sweep]:
        """Those that did anything, the latest first."""
        rows = self._database.rows(
            """
            select id, at, unattended, archived, purged, tokens, purged_bytes, undone_at,
                   (select count(*) from memories where sweep_id = sweeps.id
                        and status = 'archived')
            from sweeps where person_id = ? and (archived or purged)
            order by at desc, id desc limit ?
            """,
            (person_id, -1 if limit is None else limit),
        )
        return [
            Sweep(
                ident,
                to_time(at),
                bool(unattended),
                archived,
                purged,
                tokens,
                size,
                to_optional_time(undone),
                undoable,
            )
            for ident, at, unattended, archived, purged, tokens, size, undone, undoable in rows
        ]

    def person_of(self, sweep_id: int) -> int | None:
        row = self._database.row("select person_id from sweeps where id = ?", (sweep_id,))
        return row[0] if row else None

    def last_at(self, person_id: int, now: datetime) -> datetime | None:
        """Up to now, also of one that found nothing to do."""
        return to_optional_time(
            self._database.value(
                "select max(at) from sweeps where person_id = ? and at <= ?",
                (person_id, from_time(now)),
            )
        )

    def totals(self, person_id: int) -> tuple[int, int, int]:
        """Memories erased by all of them, and the tokens and bytes of those."""
        count, tokens, size = self._database.rows(
            """
            select coalesce(sum(purged), 0), coalesce(sum(purged_tokens), 0),
                   coalesce(sum(purged_bytes), 0)
            from sweeps where person_id = ?
            """,
            (person_id,),
        )[0]
        return count, tokens, size

    # -- the archive ----------------------------------------------------------------------

    def shown(self, person_id: int, archived_by: datetime) -> dict[int, datetime | None]:
        """By id of what was archived then or before: when the person was last shown that."""
        rows = self._database.rows(
            """
            select id, shown_at from memories
            where person_id = ? and status = 'archived' and archived_at <= ?
            """,
            (person_id, from_time(archived_by)),
        )
        return {ident: to_optional_time(at) for ident, at in rows}

    def archived_texts(self, person_id: int, now: datetime) -> list[str]:
        """What has expired is in no list."""
        rows = self._database.rows(
            """
            select text from memories where person_id = ? and status = 'archived'
                and (expires_at is null or expires_at > ?)
            """,
            (person_id, from_time(now)),
        )
        return [row[0] for row in rows]

    def note_shown(self, memory_ids: Sequence[int], now: datetime) -> None:
        self._database.run(
            """
            update memories set shown_at = ?
            where status = 'archived' and id in (select value from json_each(?))
            """,
            (from_time(now), json.dumps(list(memory_ids))),
        )

    def bytes_of(self, memory_ids: Collection[int]) -> int:
        """Of their texts, the earlier ones too, and of their vectors."""
        ids = json.dumps(list(memory_ids))
        texts: int = self._database.value(
            """
            select coalesce(sum(octet_length(text)), 0) from (
                select text from memories where id in (select value from json_each(?1))
                union all
                select text from revisions
                where memory_id in (select value from json_each(?1)))
            """,
            (ids,),
        )
        vectors: int = self._database.value(
            """
            select coalesce(sum(length(embedding)), 0) from memory_vectors
            where memory_id in (select value from json_each(?))
            """,
            (ids,),
        )
        return texts + vectors
