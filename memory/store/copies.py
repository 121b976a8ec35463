"""Whole copies of the file: whether one is sound, and whether one from outside is ours.

A copy from outside is the person's own file, and may come from anybody all the same. Its schema
can hold triggers and views that run when its tables are touched, so before that it must be, word
for word, the schema that this program makes.
"""

import re
import tempfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import apsw

from memory.errors import (
    BackupRejected,
    DamagedDatabase,
    ForeignDatabase,
    NotADatabase,
    PassphraseNeeded,
    WrongPassphrase,
)
from memory.store.connection import Database
from memory.store.encryption import write_copy
from memory.store.migrations import MIGRATIONS, migrate
from memory.store.opening import APPLICATION_ID

VECTORS = re.compile(
    r"create virtual table memory_vectors using vec0 \([\w\s\[\]=,+]*\)"
    r'|CREATE TABLE "memory_vectors_[a-z0-9_]+" ?\([\w\s,()]*\)',
    re.IGNORECASE,
)
"""How the table of vectors was made before its rows were ordinary ones, whatever their size, with
the tables that it kept them in."""
NOT_OURS = "it holds no memory of Recollect"
DAMAGED = "parts of it cannot be read"
NEWER = "a newer Recollect made it; update this one first"
CHANGED = "its tables are not as Recollect makes them"
NEEDED = "This backup is encrypted. Enter the passphrase that Recollect had on the day it was made."
WRONG = (
    "This passphrase does not open the backup. Take the one that Recollect had on the day it was "
    "made."
)

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


def copied(database: Database, path: Path) -> Counted:
    """A copy of the file as it is now, under the same passphrase, that was read to the end. Raises
    DamagedDatabase."""
    with database.exclusive() as connection:
        write_copy(connection, path)
        connection.execute("attach ? as copy", (str(path),))
        try:
            return counted(database, "copy")
        finally:
            connection.execute("detach copy")


def examined(path: Path, passphrase: str | None) -> Counted:
    """What stands in a file from outside. Raises BackupRejected, PassphraseNeeded and
    WrongPassphrase."""
    try:
        with closing(Database(path, passphrase)) as database:
            return examine(database)
    except WrongPassphrase as error:
        raise WrongPassphrase(path, WRONG) from error
    except PassphraseNeeded as error:
        raise PassphraseNeeded(path, NEEDED) from error
    except (NotADatabase, ForeignDatabase) as error:
        raise BackupRejected(NOT_OURS) from error
    except DamagedDatabase as error:
        raise BackupRejected(DAMAGED) from error


def examine(database: Database) -> Counted:
    """Of a file from outside, before anything else is asked of it. Raises BackupRejected."""
    version = database.value("pragma user_version")
    if database.value("pragma application_id") != APPLICATION_ID or version < 1:
        raise BackupRejected(NOT_OURS)
    if version > MIGRATIONS[-1].number:
        raise BackupRejected(NEWER)
    if _schema(database) != _made(version):
        raise BackupRejected(CHANGED)
    return counted(database)


def _schema(database: Database) -> set[Entry]:
    entries: list[Any] = database.rows("select type, name, tbl_name, sql from sqlite_schema")
    return {entry for entry in entries if not _keeps_vectors(entry)}


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
        return _schema(database)
