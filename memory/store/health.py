"""Whether the file is sound: SQLite's own checks, and that a memory, its vector and its full-text
row still stand and fall together."""

from collections.abc import Iterator

import apsw

from memory.records import Health
from memory.store.connection import Database

FULL_TEXT_DIFFERS = "The full-text index does not match the memories."

IN_USE = "select id from embedding_models where state = 'in use'"
"""Another index is whole only when it comes into use."""

# both ways round: what lacks a partner, and what is left over of a memory that is gone
APART = {
    "Memories without a vector: {}.": f"""
        select count(*) from memories where id not in (
            select memory_id from memory_vectors where model_id = ({IN_USE}))
    """,
    "Memories missing in the full text: {}.": """
        select count(*) from memories where id not in (select id from memory_text_docsize)
    """,
    "Full-text rows without a memory: {}.": """
        select count(*) from memory_text_docsize where id not in (select id from memories)
    """,
}


class FileHealth:
    def __init__(self, database: Database) -> None:
        self._database = database

    def check(self) -> Health:
        """One state of the file throughout: while it is looked at, others wait to write.

        Raises StoreUnavailable when the file can no longer be read at all.
        """
        with self._database.transaction():
            problems = (
                # First: it makes this connection see what others wrote to the index. Without, the
                # next check calls their rows corruption (SQLite 3.54; another order finds none).
                *self._unmatched_full_text(),
                *self._malformed(),
                *self._apart(),
                *self._dangling(),
            )
            return Health(
                sound=not problems,
                problems=problems,
                memories=self._count("memories"),
                vectors=self._count(f"memory_vectors where model_id = ({IN_USE})"),
                # the rows of the table itself are read from the memories: always as many
                full_text_rows=self._count("memory_text_docsize"),
                pending_erasures=self._count("erasure_journal where state != 'done'"),
            )

    def _malformed(self) -> Iterator[str]:
        for (line,) in self._database.rows("pragma integrity_check"):
            if line != "ok":
                yield f"SQLite reports: {line}."

    def _unmatched_full_text(self) -> Iterator[str]:
        """With rank 1 the index is compared with the texts; without, only with itself."""
        with self._database.exclusive() as connection:
            try:
                connection.execute(
                    "insert into memory_text (memory_text, rank) values ('integrity-check', 1)"
                )
            except apsw.CorruptError:
                yield FULL_TEXT_DIFFERS

    def _apart(self) -> Iterator[str]:
        for sentence, sql in APART.items():
            if count := self._database.value(sql):
                yield sentence.format(count)

    def _dangling(self) -> Iterator[str]:
        for table, parent, count in self._database.rows(
            """
            select "table", parent, count(*) from pragma_foreign_key_check
            group by "table", parent order by "table", parent
            """
        ):
            yield f"Rows of “{table}” that point to what is no longer in “{parent}”: {count}."

    def _count(self, what: str) -> int:
        found: int = self._database.value(f"select count(*) from {what}")
        return found
