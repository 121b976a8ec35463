"""The one connection to the one file, and its transactions. How it is opened: ``opening``.

One connection is shared by all threads behind a re-entrant lock. Streamlit runs every rerun in
a new thread; with a connection each, a forgotten read transaction in one tab keeps erased pages
in the log of another. Here nothing is read outside the lock and every result is a list, so no
read transaction outlives its call. Other processes are held off by SQLite itself.
"""

import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import apsw

from memory.errors import FileShared
from memory.store.failures import translated
from memory.store.file_place import make_private
from memory.store.opening import (
    BUSY_MILLISECONDS,
    Preparation,
    opened,
    opens_with,
    switch_to_wal,
)
from memory.store.private_file import persist, wipe

ALONE_MILLISECONDS = 2_000
"""How long others are waited for by what can only be done alone: they may be there for hours."""
TOKENIZER = ("porter", ("unicode61", "remove_diacritics", "2"))
"""Of the full text, as its table says it."""
CUTTER = ("unicode61", ("remove_diacritics", "2"))
"""The part of it that cuts a text into words, before they are stemmed."""

Row = tuple[Any, ...]


class Database:
    """A file opened for this program. Raises the kind of StoreUnavailable that says what is
    wrong, and what to do."""

    def __init__(self, path: Path, passphrase: str | None = None) -> None:
        """A file that is not there yet is encrypted from its first page on when a passphrase is
        given; one that is not encrypted stays so, and needs none."""
        self.path = path
        self.is_encrypted = False
        self._lock = threading.RLock()
        self._depth = 0
        self._afterwards: list[Callable[[], None]] = []
        self._preparations: list[Preparation] = []
        self._told: dict[str, list[Callable[[], None]]] = defaultdict(list)
        self.taken_back = 0
        """Transactions that were rolled back."""
        with translated(path):
            make_private(path)
            self._open(passphrase)

    def _open(self, passphrase: str | None) -> None:
        found = opened(self.path, passphrase, self._preparations)
        self._connection, self.is_encrypted = found.connection, found.is_encrypted

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

    def insert(self, table: str, row: Mapping[str, object]) -> int:
        """A row by the names of its columns, for one that has too many to count off; returns its
        id."""
        columns, values = ", ".join(row), ", ".join(f":{column}" for column in row)
        return self.run(f"insert into {table} ({columns}) values ({values})", dict(row))

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

    def prepare(self, call: Preparation) -> None:
        """Have something done with the connection now, and with each that takes its place: for what
        is of the connection alone, and not in the file."""
        with self._lock, translated(self.path):
            self._preparations.append(call)
            call(self._connection)

    def tell(self, table: str, call: Callable[[], None]) -> None:
        """Have something called whenever rows may have gone from a table: for each that this
        connection removes, however it comes about, and when the file is opened anew."""

        def removed(*_: object) -> None:
            for each in self._told[table]:
                each()

        def listen(connection: apsw.Connection) -> None:
            connection.create_scalar_function(f"{table}_removed", removed, 0)
            connection.execute(
                f"""
                create temp trigger if not exists tell_{table}_removed after delete on main.{table}
                begin select {table}_removed(); end
                """
            )
            removed()

        self._told[table].append(call)
        self.prepare(listen)

    @contextmanager
    def exclusive(self) -> Iterator[apsw.Connection]:
        """The bare connection, with every other thread held off: for VACUUM and checkpoints."""
        with self._lock, translated(self.path):
            yield self._connection

    @contextmanager
    def alone(self) -> Iterator[apsw.Connection]:
        """The bare connection, with nobody else at the file, and no log beside it. Raises
        FileShared."""
        with self.exclusive() as connection:
            try:
                connection.set_busy_timeout(ALONE_MILLISECONDS)
                connection.execute("pragma wal_checkpoint(truncate)").fetchall()
                if connection.pragma("journal_mode", "delete") != "delete":
                    raise apsw.BusyError("somebody reads the log")
                # holds the lock from the next transaction on, until the connection closes
                connection.execute("pragma locking_mode = exclusive").fetchall()
                connection.execute("begin exclusive; commit")
            except (apsw.BusyError, apsw.LockedError) as error:
                self._share_again()
                raise FileShared(self.path) from error
            finally:
                connection.set_busy_timeout(BUSY_MILLISECONDS)
            try:
                yield connection
            finally:
                if connection is self._connection:
                    self._share_again()

    def _share_again(self) -> None:
        self._connection.execute("pragma locking_mode = normal").fetchall()
        switch_to_wal(self._connection)

    def replace_with(self, draft: Path, passphrase: str | None) -> None:
        """Another file in the place of this one, in one step; call it ``alone``. Who was waiting
        to open this one meanwhile opens the other. Of one that was not encrypted nothing is left
        where the disk writes in place."""
        real, was_encrypted = self.file(""), self.is_encrypted
        with real.open("r+b", buffering=0) as old:
            draft.replace(real)
            persist(real.parent)
            self._connection.close()
            if not was_encrypted:
                wipe(old)
        self._open(passphrase)

    def opens_with(self, passphrase: str) -> bool:
        """Whether this is the passphrase of the encrypted file."""
        with self._lock, translated(self.path):
            return opens_with(self.path, passphrase)

    def pages(self) -> bytes:
        """The pages of the file, and of its log, as SQLite reads them: deciphered, one after the
        other, with those that are free. All of it is in memory then."""
        with self._lock, translated(self.path):
            return self._connection.serialize("main")

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
