"""Whole copies of the file: whether one is sound, and whether one from outside is ours.

A copy from outside is the person's own file, and may come from anybody all the same. Its schema
can hold triggers and views that run when its tables are touched, so before that it must be, word
for word, the schema that this program makes.
"""

import re
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import apsw

from memory.errors import BackupRejected, DamagedDatabase
from memory.store.connection import APPLICATION_ID, Database
from memory.store.migrations import MIGRATIONS, migrate

VECTORS = re.compile(
    r"create virtual table memory_vectors using vec0 \([\w\s\[\]=,+]*\)"
    r'|CREATE TABLE "memory_vectors_[a-z0-9_]+" ?\([\w\s,()]*\)',
    re.IGNORECASE,
)
"""How the table of vectors is made, whatever their size, with the tables that it keeps them in."""
NOT_OURS = "it holds no memory of Recollect"
DAMAGED = "parts of it cannot be read"
NEWER = "a newer Recollect made it; update this one first"
CHANGED = "its tables are not as Recollect makes them"

Entry = tuple[str, str, str, str | None]
"""Of a schema: type, name, table, and the words that made it."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What stands in a file."""

    schema: int
    people: int
    memories: int
    messages: int


def counted(database: Database, name: str = "main") -> Counted:
    """Of the file, or of one attached to it under a name, when all of it can be read. Raises
    DamagedDatabase."""
    if (found := database.value(f"pragma {name}.integrity_check(1)")) != "ok":
        raise DamagedDatabase(database.path) from apsw.CorruptError(found)
    tables = ("people", "memories", "messages")
    numbers = [database.value(f"select count(*) from {name}.{table}") for table in tables]
    return Counted(database.value(f"pragma {name}.user_version"), *numbers)


def examine(database: Database) -> Counted:
    """Of a file from outside, before anything else is asked of it. Raises BackupRejected."""
    version = database.value("pragma user_version")
    if database.value("pragma application_id") != APPLICATION_ID or version < 1:
        raise BackupRejected(NOT_OURS)
    if version > MIGRATIONS[-1].number:
        raise BackupRejected(NEWER)
    try:
        found = set(_schema(database))
        own = {entry for entry in found if not _keeps_vectors(entry)}
        if own != _made(version):
            raise BackupRejected(CHANGED)
        return counted(database)
    except DamagedDatabase as error:
        raise BackupRejected(DAMAGED) from error


def _schema(database: Database) -> Iterator[Entry]:
    for kind, name, table, sql in database.rows(
        "select type, name, tbl_name, sql from sqlite_schema"
    ):
        yield kind, name, table, sql


def _keeps_vectors(entry: Entry) -> bool:
    kind, name, table, sql = entry
    if not name.startswith("memory_vectors"):
        # an index that SQLite makes by itself has no words
        return kind == "index" and sql is None and table.startswith("memory_vectors")
    return kind == "table" and sql is not None and bool(VECTORS.fullmatch(sql.strip()))


def _made(version: int) -> set[Entry]:
    """The schema of a new file of that version."""
    with (
        tempfile.TemporaryDirectory(prefix="recollect-") as folder,
        closing(Database(Path(folder) / "empty.db")) as database,
    ):
        migrate(database, version)
        return set(_schema(database))
