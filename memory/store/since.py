"""An earlier copy of the file beside the file of today: what was erased since, and what is told of
that time and must not be lost when the copy takes its place.

No list of what was erased is kept anywhere, as it would tell of it. But no id is given twice: what
stands in the copy, and no longer in the file that went on from it, was erased. That the file did go
on from it is seen in the audit, whose last row in the copy must stand in the file as well. After
another backup was put back in between, it cannot be told any more: what is missing may have been
erased, or not yet have been there.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from memory.records import Act
from memory.store.columns import placeholders
from memory.store.connection import Database, Row
from memory.store.erasure import Erasure
from memory.store.selection import Selection

# what -> how its rows are told apart; a row of the copy that the file of today has not is gone
KEYS = {
    "people": "select id from people",
    "memories": "select id from memories",
    "messages": "select id from messages where state != 'erased'",
    "places": "select id from messages",
    "conversations": "select id from conversations",
    "titles": "select id from conversations where title != ''",
    "revisions": "select id, memory_id, replaced_at from revisions",
    "summaries": "select id from summaries",
    "contexts": "select message_id from contexts",
    "settings": "select person_id, key from settings where value != ''",
    "placeholders": "select person_id, label, number from placeholders",
    "imports": "select id from imports",
}
# table -> how a row of it that is gone is deleted, beside what erasing memories and messages does
DELETIONS = {
    "places": "delete from messages where id = ?",
    "conversations": "delete from conversations where id = ?",
    "titles": "update conversations set title = '' where id = ?",
    "revisions": "delete from revisions where id = ? and memory_id = ? and replaced_at = ?",
    "settings": "delete from settings where person_id = ? and key = ?",
    "placeholders": "delete from placeholders where person_id = ? and label = ? and number = ?",
    "imports": "delete from imports where id = ?",
    "people": "delete from people where id = ?",
}
TOLD = ("memories", "messages")
"""What a person is told the number of."""
NOBODY = 0
"""A person's own hot cache goes with what is selected; here all of it does."""
VECTORS = "memory_vectors"
GROWING = ("audit", "erasure_journal", "ledger")
"""Tables that tell what was done: rows are added at their end."""


@dataclass(frozen=True, slots=True)
class Gone:
    """What stands in a copy, and no longer in the file."""

    keys: dict[str, set[Row]]

    def ids(self, what: str) -> list[int]:
        return sorted(key[0] for key in self.keys[what])

    def count(self, what: str) -> int:
        return len(self.keys[what])


class Since:
    """``copy`` is of the newest schema, as ``today`` is."""

    def __init__(self, copy: Database, today: Database) -> None:
        self._copy = copy
        self._today = today

    def is_of_this_file(self) -> bool:
        """Whether the file of today went on from the copy."""
        last = self._copy.row("select id, link from audit order by id desc limit 1")
        return last is not None and self._holds(last)

    def can_be_told(self) -> bool:
        """Whether what was erased since can be: no backup was put back in between."""
        sql = "select coalesce(max(id), 0) from audit"
        restored = self._today.value(f"{sql} where action = ?", (Act.RESTORE_BACKUP,))
        return self.is_of_this_file() and bool(restored <= self._copy.value(sql))

    def _holds(self, last: Row) -> bool:
        return bool(self._today.row("select 1 from audit where id = ? and link = ?", last))

    def gone(self) -> Gone:
        return Gone({what: self._keys(what) for what in KEYS})

    def _keys(self, what: str) -> set[Row]:
        return set(self._copy.rows(KEYS[what])) - set(self._today.rows(KEYS[what]))

    def newer(self) -> dict[str, int]:
        """How much stands in the file and not in the copy: with the copy it is no longer here. All
        of it, when the copy is of another file: the same id is something else there."""
        if self.is_of_this_file():
            return {what: len(self._today_only(what)) for what in TOLD}
        return {what: len(self._today.rows(KEYS[what])) for what in TOLD}

    def _today_only(self, what: str) -> set[Row]:
        return set(self._today.rows(KEYS[what])) - set(self._copy.rows(KEYS[what]))

    def erase_again(self, gone: Gone) -> None:
        """From the copy, to the bytes."""
        copy, erasure = self._copy, Erasure(self._copy)
        chosen = [gone.ids(what) for what in ("memories", "messages", "contexts", "summaries")]
        with copy.transaction():
            with Selection(copy).of(*chosen):
                erasure.delete(NOBODY, remove_messages=False)
            for what, sql in DELETIONS.items():
                copy.run_many(sql, sorted(gone.keys[what]))
            copy.run("delete from hot_cache")
        erasure.purge()

    def carry_over(self) -> None:
        """What was done since then stays told, and what was agreed to since then holds."""
        with self._copy.transaction():
            for table in GROWING:
                self._append(table)
            self._carry_over_consents()
            self._keep_counting()

    def _carry_over_consents(self) -> None:
        people = [row[0] for row in self._today.rows("select id from people")]
        self._copy.run(f"delete from consents where person_id in ({placeholders(people)})", people)
        consents = self._today.rows("select * from consents order by id")
        self._insert("consents", [(None, *row[1:]) for row in consents])

    def _append(self, table: str) -> None:
        last = self._copy.value(f"select coalesce(max(id), 0) from {table}")
        self._insert(table, self._today.rows(f"select * from {table} where id > ?", (last,)))

    def _insert(self, table: str, rows: Sequence[Row]) -> None:
        """Those whose person is there; the message that they name may not be any more."""
        columns = [row[1] for row in self._copy.rows(f"pragma table_info({table})")]
        people = {row[0] for row in self._copy.rows("select id from people")} | {None}
        messages = {row[0] for row in self._copy.rows("select id from messages")}
        named = [dict(zip(columns, row, strict=True)) for row in rows]
        for row in named:
            if row.get("message_id") not in messages and "message_id" in row:
                row["message_id"] = None
        kept = [tuple(row.values()) for row in named if row.get("person_id") in people]
        self._copy.run_many(f"insert into {table} values ({placeholders(columns)})", kept)

    def _keep_counting(self) -> None:
        """No id that was given is given again."""
        counting = f"select name, seq from sqlite_sequence where name not like '{VECTORS}%'"
        known: dict[str, int] = dict(self._copy.rows(counting))
        for name, given in self._today.rows(counting):
            if name not in known:
                self._copy.run(
                    "insert into sqlite_sequence (name, seq) values (?, ?)", (name, given)
                )
            elif known[name] < given:
                self._copy.run("update sqlite_sequence set seq = ? where name = ?", (given, name))
