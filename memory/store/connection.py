"""The one connection to the one file: set-up, transactions and the translation of SQLite's errors.

One connection is shared by all threads behind a re-entrant lock. Streamlit runs every rerun in
a new thread; with a connection each, a forgotten read transaction in one tab keeps erased pages
in the log of another. Here nothing is read outside the lock and every result is a list, so no
read transaction outlives its call. Other processes are held off by SQLite itself.
"""

import os
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import apsw
import sqlite_vec

from memory.errors import AppError, StoreUnavailable

APPLICATION_ID = 0x5265636C
"""“Recl”: tells this program's files from other SQLite files."""
BUSY_MILLISECONDS = 10_000
WAL_TRIES = 100
WAL_PAUSE_SECONDS = 0.05
MMAP_BYTES = 1 << 30
"""Halves the time of a vector scan; measured, a larger page cache does nothing for it."""

# secure_delete is per connection and off by default in apsw: without it a deleted text stays in
# the file. temp_store keeps sorting and VACUUM from writing a second copy elsewhere.
PRAGMAS = (
    f"pragma busy_timeout = {BUSY_MILLISECONDS}",
    "pragma secure_delete = on",
    "pragma temp_store = memory",
    "pragma foreign_keys = on",
    "pragma trusted_schema = off",
    "pragma synchronous = normal",
    f"pragma mmap_size = {MMAP_BYTES}",
)

Row = tuple[Any, ...]


class Database:
    """A file opened for this program. Raises StoreUnavailable with what to do."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.RLock()
        self._depth = 0
        with translated(path):
            _make_private(path)
            self._connection = apsw.Connection(str(path))
            try:
                self._set_up()
            except BaseException:
                self._connection.close()
                raise

    def _set_up(self) -> None:
        connection = self._connection
        connection.enable_load_extension(True)
        connection.load_extension(sqlite_vec.loadable_path())
        connection.enable_load_extension(False)
        for pragma in PRAGMAS:
            connection.execute(pragma)
        # in one statement: between two, another process could have made the tables
        [(found, tables)] = connection.execute(
            "select application_id, (select count(*) from sqlite_schema) from pragma_application_id"
        ).fetchall()
        if found != APPLICATION_ID and (found != 0 or tables):
            raise StoreUnavailable(
                f"“{self.path}” is a database of another program; nothing was changed in it. "
                "Point RECOLLECT_DATABASE at another file."
            )
        self._switch_to_wal()

    def _switch_to_wal(self) -> None:
        """Several openers of a fresh file can meet here, and SQLite then refuses one at once
        instead of letting it wait."""
        for _ in range(WAL_TRIES):
            try:
                self._connection.pragma("journal_mode", "wal")
            except apsw.BusyError:
                time.sleep(WAL_PAUSE_SECONDS)
            else:
                return
        self._connection.pragma("journal_mode", "wal")

    def rows(self, sql: str, bindings: Any = ()) -> list[Row]:
        """All rows of a statement, read to the end."""
        with self._lock, translated(self.path):
            return self._connection.execute(sql, bindings).fetchall()

    def row(self, sql: str, bindings: Any = ()) -> Row | None:
        found = self.rows(sql, bindings)
        return found[0] if found else None

    def value(self, sql: str, bindings: Any = ()) -> Any:
        """The first column of the only row. The statement must return one."""
        return self.rows(sql, bindings)[0][0]

    def run(self, sql: str, bindings: Any = ()) -> int:
        """Run a writing statement; returns the id of the row it inserted last."""
        with self._lock, translated(self.path):
            self._connection.execute(sql, bindings).fetchall()
            return self._connection.last_insert_rowid()

    def run_many(self, sql: str, bindings: Sequence[Any]) -> None:
        with self._lock, translated(self.path):
            self._connection.executemany(sql, bindings).fetchall()

    def changes(self, sql: str, bindings: Any = ()) -> int:
        """Run a writing statement; returns how many rows it changed."""
        with self._lock, translated(self.path):
            self._connection.execute(sql, bindings).fetchall()
            return self._connection.changes()

    @contextmanager
    def transaction(self, kind: str = "immediate") -> Iterator[None]:
        """All or nothing. Nested calls join the outer one.

        BEGIN IMMEDIATE: a deferred transaction that reads first and writes later fails at once
        when another process wrote in between, whatever the busy timeout.
        """
        with self._lock:
            if self._depth:
                yield
                return
            with translated(self.path):
                self._connection.execute(f"begin {kind}")
            self._depth = 1
            try:
                yield
                with translated(self.path):
                    self._connection.execute("commit")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("rollback")
                raise
            finally:
                self._depth = 0

    @contextmanager
    def exclusive(self) -> Iterator[apsw.Connection]:
        """The bare connection, with every other thread held off: for VACUUM and checkpoints."""
        with self._lock, translated(self.path):
            yield self._connection

    def file_bytes(self) -> int:
        """Size of the file with what still waits in its log."""
        files = [self.file(ending) for ending in ("", "-wal")]
        return sum(file.stat().st_size for file in files if file.exists())

    def file(self, ending: str) -> Path:
        """The database file (ending “”) or one that SQLite keeps beside it, such as “-wal”."""
        return self.path.with_name(self.path.name + ending)

    def close(self) -> None:
        with self._lock, translated(self.path):
            self._connection.close()


def _make_private(path: Path) -> None:
    """The file for its owner only (0600), in a folder for its owner only (0700) if we make it.

    The log and the shared-memory file beside it take the file's own mode from SQLite. A file
    that is there is not opened: closing any handle of it would drop the locks that another
    connection of this process holds on it.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """SQLite's and the system's errors as StoreUnavailable, the cause chained."""
    try:
        yield
    except AppError:
        raise
    except (apsw.NotADBError, apsw.CorruptError) as error:
        raise StoreUnavailable(
            f"“{path}” is not a readable database; nothing was changed in it. "
            "Restore a copy of it, or point RECOLLECT_DATABASE at another file."
        ) from error
    except apsw.FullError as error:
        raise StoreUnavailable(
            "The disk is full, so this was not saved. Free some space, then try again."
        ) from error
    except (apsw.ReadOnlyError, apsw.CantOpenError, OSError) as error:
        raise StoreUnavailable(
            f"“{path}” cannot be written. Check who owns the file and its folder, "
            "or point RECOLLECT_DATABASE somewhere else."
        ) from error
    except apsw.BusyError as error:
        raise StoreUnavailable(
            "Another program is holding the database. Close it, then try again."
        ) from error
    except apsw.IOError as error:
        raise StoreUnavailable(
            "The disk reported an error, so this was not saved. Check the disk, then try again."
        ) from error
