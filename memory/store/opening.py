"""How a file is opened: whether it is ours, with which passphrase, and how its connection is set
up."""

import importlib.util
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import apsw

from memory.errors import (
    DamagedDatabase,
    ForeignDatabase,
    NotADatabase,
    PassphraseNeeded,
    StoreUnavailable,
    WrongPassphrase,
)
from memory.store.encryption import is_encrypted, keep_pages, unlock
from memory.store.file_place import identity, was_ours

APPLICATION_ID = 0x5265636C
"""“Recl”: tells this program's files from other SQLite files."""
BUSY_MILLISECONDS = 10_000
WAL_TRIES = 100
WAL_PAUSE_SECONDS = 0.05
MMAP_BYTES = 1 << 30
"""Halves the time of a vector scan; measured, a larger page cache does nothing for it."""

OPENINGS = 3
"""How often a file is opened that is another one by the time it was looked into."""

# secure_delete is per connection and off by default in apsw: without it a deleted text stays in
# the file. temp_store keeps sorting and VACUUM from writing a second copy elsewhere.
PRAGMAS = (
    f"pragma busy_timeout = {BUSY_MILLISECONDS}",
    "pragma secure_delete = on",
    "pragma temp_store = memory",
    "pragma foreign_keys = on",
    "pragma recursive_triggers = on",
    "pragma trusted_schema = off",
    "pragma synchronous = normal",
    f"pragma mmap_size = {MMAP_BYTES}",
)

OPEN_FLAGS = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE | apsw.SQLITE_OPEN_URI
"""A copy is told its passphrase in its address."""


Preparation = Callable[[apsw.Connection], object]
"""What is of the connection alone, and not in the file."""


@dataclass(frozen=True, slots=True)
class Opened:
    connection: apsw.Connection
    is_encrypted: bool


def opened(path: Path, passphrase: str | None, preparations: Sequence[Preparation]) -> Opened:
    """The file that has the name now. Another process may be putting another one in its place
    (``Database.replace_with``): whoever waited for the old one would go on with a file without a
    name. Raises the kind of StoreUnavailable that says what is wrong."""
    for _ in range(OPENINGS):
        before = identity(path)
        try:
            found = _opened_once(path, passphrase, preparations)
        except (StoreUnavailable, apsw.Error):
            if identity(path) == before:
                raise
        else:
            if identity(path)[0] == before[0]:
                return found
            found.connection.close()
    return _opened_once(path, passphrase, preparations)


def _opened_once(path: Path, passphrase: str | None, preparations: Sequence[Preparation]) -> Opened:
    encrypted = is_encrypted(path)
    if encrypted and passphrase is None:
        raise PassphraseNeeded(path)
    is_new = path.stat().st_size == 0
    connection = apsw.Connection(str(path), flags=OPEN_FLAGS)
    try:
        if passphrase is not None and (encrypted or is_new):
            unlock(connection, passphrase)
            encrypted = True
        _set_up(connection, path)
        for prepare in preparations:
            prepare(connection)
        if encrypted:
            keep_pages(connection)
    except apsw.NotADBError as error:
        connection.close()
        raise _unreadable(path, encrypted=encrypted) from error
    except BaseException:
        connection.close()
        raise
    return Opened(connection, encrypted)


def _unreadable(path: Path, *, encrypted: bool) -> NotADatabase | DamagedDatabase | WrongPassphrase:
    """What it is when SQLite finds no database in the file."""
    if encrypted:
        return WrongPassphrase(path)
    return DamagedDatabase(path) if was_ours(path) else NotADatabase(path)


def _set_up(connection: apsw.Connection, path: Path) -> None:
    connection.enable_load_extension(True)
    connection.load_extension(_sqlite_vec())
    connection.enable_load_extension(False)
    # SQLite's own lower() knows ASCII only
    connection.create_scalar_function("folded", _folded, 1, deterministic=True)
    for pragma in PRAGMAS:
        connection.execute(pragma)
    # in one statement: between two, another process could have made the tables
    [(found, tables)] = connection.execute(
        "select application_id, (select count(*) from sqlite_schema) from pragma_application_id"
    ).fetchall()
    if found != APPLICATION_ID and (found != 0 or tables):
        raise ForeignDatabase(path)
    switch_to_wal(connection)


def switch_to_wal(connection: apsw.Connection) -> None:
    """Several openers of a fresh file can meet here, and SQLite then refuses one at once instead of
    letting it wait."""
    for _ in range(WAL_TRIES):
        try:
            connection.pragma("journal_mode", "wal")
        except apsw.BusyError:
            time.sleep(WAL_PAUSE_SECONDS)
        else:
            return
    connection.pragma("journal_mode", "wal")


def opens_with(path: Path, passphrase: str) -> bool:
    """Whether this is the passphrase of the encrypted file."""
    connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READWRITE)
    try:
        unlock(connection, passphrase)
        connection.execute("pragma schema_version").fetchall()
    except apsw.NotADBError:
        return False
    finally:
        connection.close()
    return True


def _sqlite_vec() -> str:
    """Path of the extension. Its package is not imported: that takes numpy along, a quarter of a
    second."""
    spec = importlib.util.find_spec("sqlite_vec")
    assert spec is not None
    assert spec.origin is not None
    return str(Path(spec.origin).with_name("vec0"))


def _folded(*values: Any) -> str:
    """The one text as two spellings of a word are compared, whatever their case."""
    return str(values[0]).casefold()
