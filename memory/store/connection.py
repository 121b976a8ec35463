"""The one connection to the one file: set-up and transactions.

One connection is shared by all threads behind a re-entrant lock. Streamlit runs every rerun in
a new thread; with a connection each, a forgotten read transaction in one tab keeps erased pages
in the log of another. Here nothing is read outside the lock and every result is a list, so no
read transaction outlives its call. Other processes are held off by SQLite itself.
"""

import importlib.util
import os
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import apsw

from memory.errors import DamagedDatabase, ForeignDatabase, NotADatabase, UnwritableFile
from memory.store.failures import translated

APPLICATION_ID = 0x5265636C
"""“Recl”: tells this program's files from other SQLite files."""
BUSY_MILLISECONDS = 10_000
WAL_TRIES = 100
WAL_PAUSE_SECONDS = 0.05
MMAP_BYTES = 1 << 30
"""Halves the time of a vector scan; measured, a larger page cache does nothing for it."""

OUR_SCHEMA = b"tablememoriesmemories"
"""How the table of memories stands in every file of this program."""
READ_BYTES = 1 << 20
OVERLAP_BYTES = 64

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

TOKENIZER = ("porter", ("unicode61", "remove_diacritics", "2"))
"""Of the full text, as its table says it."""
CUTTER = ("unicode61", ("remove_diacritics", "2"))
"""The part of it that cuts a text into words, before they are stemmed."""

Row = tuple[Any, ...]


class Database:
    """A file opened for this program. Raises the kind of StoreUnavailable that says what is
    wrong, and what to do."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.RLock()
        self._depth = 0
        self._afterwards: list[Callable[[], None]] = []
        self._told: dict[str, list[Callable[[], None]]] = defaultdict(list)
        self.taken_back = 0
        """Transactions that were rolled back."""
        with translated(path):
            _make_private(path)
            self._connection = apsw.Connection(str(path))
            try:
                self._set_up()
            except apsw.NotADBError as error:
                self._connection.close()
                raise (DamagedDatabase if _was_ours(path) else NotADatabase)(path) from error
            except BaseException:
                self._connection.close()
                raise

    def _set_up(self) -> None:
        connection = self._connection
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
            raise ForeignDatabase(self.path)
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

    def stems(self, text: str) -> list[str]:
        """The text as the full text cuts it into words and stems them."""
        return self._cut(text, *TOKENIZER)

    def tokens(self, text: str) -> list[str]:
        """The words as the full text cuts them, folded and not stemmed."""
        return self._cut(text, *CUTTER)

    def _cut(self, text: str, name: str, arguments: Sequence[str]) -> list[str]:
        with self._lock, translated(self.path):
            tokenizer = self._connection.fts5_tokenizer(name, list(arguments))
            pieces = tokenizer(
                text.encode(),
                apsw.FTS5_TOKENIZE_QUERY,
                None,
                include_offsets=False,
                include_colocated=False,
            )
        return [str(piece) for piece in pieces]

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
            afterwards = self._afterwards = []
            try:
                yield
                with translated(self.path):
                    self._connection.execute("commit")
            except BaseException:
                self.taken_back += 1
                if self._connection.in_transaction:
                    self._connection.execute("rollback")
                raise
            finally:
                self._depth = 0
            for call in afterwards:
                call()

    def after_commit(self, call: Callable[[], None]) -> None:
        """Have something done as soon as the transaction under way is in the file, before another
        one begins here; never, if it is taken back. It must raise nothing: it comes too late."""
        assert self._depth, "there is no transaction to wait for"
        self._afterwards.append(call)

    def tell(self, table: str, call: Callable[[], None]) -> None:
        """Have something called for each row that this connection removes from a table, however it
        comes about."""

        def removed(*_: object) -> None:
            for each in self._told[table]:
                each()

        with self._lock, translated(self.path):
            self._told[table].append(call)
            self._connection.create_scalar_function(f"{table}_removed", removed, 0)
            self._connection.execute(
                f"""
                create temp trigger if not exists tell_{table}_removed after delete on main.{table}
                begin select {table}_removed(); end
                """
            )

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
        """The database file (ending “”) or one that SQLite keeps beside it, such as “-wal”: where
        a link leads to."""
        real = self.path.resolve()
        return real.with_name(real.name + ending)

    def close(self) -> None:
        with self._lock, translated(self.path):
            self._connection.close()


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


def _make_private(path: Path) -> None:
    """The file for its owner only (0600), in a folder for its owner only (0700) if we make it.

    The log and the shared-memory file beside it take the file's own mode from SQLite. A file
    that is there is not opened: closing any handle of it would drop the locks that another
    connection of this process holds on it. A link to nowhere is refused: the disk with the real
    file may only be missing, and SQLite would begin an empty one.
    """
    if path.is_symlink() and not path.exists():
        raise UnwritableFile(path, f"it is a link to “{path.readlink()}”, which is not there")
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))


def _was_ours(path: Path) -> bool:
    """True when the schema of a memory stands in a file whose head is no database's any more."""
    return any(OUR_SCHEMA in block for _, block in blocks(path, OVERLAP_BYTES))


def blocks(path: Path, overlap: int = 0) -> Iterator[tuple[int, bytes]]:
    """The file's bytes with their places, read through SQLite's own file layer.

    Opening and closing the file by ourselves would drop the locks this process holds on it
    (POSIX), and with them the safety of other processes.
    """
    flags = [apsw.SQLITE_OPEN_MAIN_DB | apsw.SQLITE_OPEN_READONLY, 0]
    file = apsw.VFSFile("unix" if os.name == "posix" else "win32", str(path.resolve()), flags)
    try:
        size = file.xFileSize()
        for position in range(0, size, READ_BYTES):
            yield position, file.xRead(min(READ_BYTES + overlap, size - position), position)
    finally:
        file.xClose()
