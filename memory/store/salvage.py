"""What can still be read of a damaged file.

The damaged file itself is only read: everything happens on a copy in a private folder that goes
afterwards. A table is walked from both ends to the first page that cannot be read, and from
places in between, so that a bad page takes only its own rows along.
"""

import io
import json
import os
import re
import tempfile
import zipfile
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import apsw

from memory.errors import DamagedDatabase, PassphraseNeeded, WrongPassphrase
from memory.store.encryption import PLAIN, is_encrypted, unlock
from memory.store.failures import translated
from memory.store.file_bytes import blocks

FORMAT_VERSION = 1
# table -> the first of its columns, which are its key
TABLES = {
    "people": ("id",),
    "settings": ("person_id", "key"),
    "consents": ("id",),
    "conversations": ("id",),
    "messages": ("id",),
    "memories": ("id",),
    "revisions": ("id",),
    "profile_fields": ("id",),
    "entities": ("id",),
    "entity_names": ("id",),
    "entity_mentions": ("id",),
    "relations": ("id",),
}
MAX_PROBES = 5_000
"""Places looked at between two ends that do not meet; each takes some microseconds."""
PAGE_BYTES = 4096
"""SQLite's default, which this program leaves as it is."""
HEADER_BYTES = 100
LOST = re.compile("\0+")
LEAF, INTERIOR = 13, 5
"""The first byte of a page of a table that holds rows, or leads to those that do."""

READ_ME = """This is what could still be read of a damaged database of Recollect.

recollect.json   the rows of each table, as they stood in the file. Times are in UTC.

Some of it is missing. What was read:

{tables}

Vectors, full text and the audit are not here: the first two are made from the texts again.
Keep the damaged file, too: a later attempt may read more.
"""

Row = dict[str, Any]
Rows = dict[tuple[Any, ...], tuple[Any, ...]]
"""A table's rows by their keys."""


@dataclass(frozen=True, slots=True)
class Table:
    """What was read of one table."""

    rows: tuple[Row, ...]
    whole: bool
    """False when a page of it could not be read."""


def salvage(path: Path, passphrase: str | None = None) -> bytes:
    """A ZIP with every row that can be read. Raises StoreUnavailable when the file is not there
    or has nothing of this program in it, and PassphraseNeeded or WrongPassphrase."""
    with (
        translated(path),
        tempfile.TemporaryDirectory(prefix="recollect-") as folder,
        closing(_opened(path.resolve(), Path(folder) / "copy.db", passphrase)) as connection,
    ):
        found = {name: _read(connection, name) for name in TABLES}
    return _packed(found)


# -- the copy -------------------------------------------------------------------------------


def _opened(path: Path, copy: Path, passphrase: str | None) -> apsw.Connection:
    """The copy, as it is or with its first page put right as far as it takes."""
    if is_encrypted(path):
        return _deciphered(path, copy, passphrase)
    for repair in (_leave, _renew_header, _renew_first_page):
        _copy(path, copy)
        repair(copy)
        connection = apsw.Connection(str(copy))
        if _names(connection) & TABLES.keys():
            return connection
        connection.close()
    raise DamagedDatabase(path)


def _deciphered(path: Path, copy: Path, passphrase: str | None) -> apsw.Connection:
    """Of an encrypted file a page is read whole or not at all, and its first one must be."""
    if passphrase is None:
        raise PassphraseNeeded(path)
    _copy(path, copy)
    connection = apsw.Connection(str(copy))
    unlock(connection, passphrase)
    if _names(connection) & TABLES.keys():
        return connection
    connection.close()
    raise WrongPassphrase(path)


def _names(connection: apsw.Connection) -> set[str]:
    try:
        # the schema is read as far as it goes, and a file that is too short is taken as it is
        connection.pragma("writable_schema", True)
        return {row[0] for row in connection.execute("select name from sqlite_schema")}
    except apsw.Error:
        return set()


def _copy(path: Path, copy: Path) -> None:
    """The file up to its last whole page, and its log, which is read in when the copy is opened."""
    for ending in ("", "-wal", "-shm"):
        source, target = path.with_name(path.name + ending), copy.with_name(copy.name + ending)
        target.unlink(missing_ok=True)
        if source.exists() and ending != "-shm":
            with target.open("wb") as file:
                for _, block in blocks(source):
                    file.write(block)
    os.truncate(copy, copy.stat().st_size // PAGE_BYTES * PAGE_BYTES)


def _leave(copy: Path) -> None:
    pass


def _renew_header(copy: Path) -> None:
    """What the first hundred bytes must say is known, but for numbers that reading does not need
    (https://www.sqlite.org/fileformat2.html#the_database_header)."""
    pages = copy.stat().st_size // PAGE_BYTES
    numbers = (0, pages, 0, 0, 1, 4, 0, 0, 1)
    header = (
        PLAIN
        + PAGE_BYTES.to_bytes(2)
        + bytes((2, 2, 0, 64, 32, 32))
        + b"".join(number.to_bytes(4) for number in numbers)
    )
    with copy.open("r+b") as file:
        file.write(header.ljust(HEADER_BYTES, b"\0"))


def _renew_first_page(copy: Path) -> None:
    """A first page that leads to every page on which the schema stands; the log goes, as it may
    hold the broken one."""
    marks = [f"table{name}{name}".encode() for name in TABLES]
    content = copy.read_bytes()
    leaves = [
        number + 1
        for number in range(1, len(content) // PAGE_BYTES)
        if content[number * PAGE_BYTES] == LEAF
        and any(mark in content[number * PAGE_BYTES :][:PAGE_BYTES] for mark in marks)
    ]
    if not leaves:
        return
    _renew_header(copy)
    copy.with_name(copy.name + "-wal").unlink(missing_ok=True)
    page = _interior_page(leaves)
    with copy.open("r+b") as file:
        file.seek(HEADER_BYTES)
        file.write(page)


def _interior_page(children: list[int]) -> bytes:
    """The rest of a first page that leads to these, at most a hundred of them: a head, the places
    of its cells, and the cells at the end of the page (child, and a key that a walk does not ask
    for)."""
    *before, last = children[:100]
    cells = [child.to_bytes(4) + bytes((key,)) for key, child in enumerate(before, 1)]
    size = sum(map(len, cells))
    start = PAGE_BYTES - size
    head = bytes((INTERIOR, 0, 0)) + len(cells).to_bytes(2) + start.to_bytes(2) + bytes(1)
    places = b"".join((start + 5 * number).to_bytes(2) for number in range(len(cells)))
    front = head + last.to_bytes(4) + places
    return front.ljust(PAGE_BYTES - HEADER_BYTES - size, b"\0") + b"".join(cells)


# -- the rows -------------------------------------------------------------------------------


def _read(connection: apsw.Connection, table: str) -> Table:
    """From the first row on, from the last one back, and from places in between."""
    rows: Rows = {}
    whole = _walk(connection, table, rows)
    if not whole:
        low = max(rows, default=(0,))
        from_the_end: Rows = {}
        _walk(connection, table, from_the_end, back=True)
        high = min(from_the_end, default=None)
        rows |= from_the_end
        if len(TABLES[table]) == 1:
            _probe(connection, table, rows, low[0], high[0] if high else _bound(connection, table))
    names = [row[1] for row in connection.execute(f"pragma table_info({table})")]
    mended = {key: tuple(map(_mend, row)) for key, row in rows.items()}
    return Table(
        rows=tuple(dict(zip(names, mended[key], strict=True)) for key in sorted(mended)),
        whole=whole and mended == rows,
    )


def _mend(value: Any) -> Any:
    """A text without what was lost in its middle, which reads as zeros; there are none in ours."""
    return LOST.sub("\N{REPLACEMENT CHARACTER}", value) if isinstance(value, str) else value


def _walk(
    connection: apsw.Connection,
    table: str,
    rows: Rows,
    *,
    start: int | None = None,
    back: bool = False,
) -> bool:
    """Add the rows until one cannot be read; True when it came to the end."""
    key = TABLES[table]
    where = "" if start is None else f"where {key[0]} {'<=' if back else '>='} {start}"
    order = ", ".join(f"{column} {'desc' if back else 'asc'}" for column in key)
    try:
        for row in connection.execute(f"select * from {table} {where} order by {order}"):
            rows[row[: len(key)]] = row
    except (apsw.Error, UnicodeDecodeError):
        return False
    return True


def _probe(connection: apsw.Connection, table: str, rows: Rows, low: int, high: int) -> None:
    """Rows between two ids that were read; both ways from each place that can be."""
    step = max(1, (high - low) // MAX_PROBES)
    place = low + 1
    while place < high:
        found: Rows = {}
        _walk(connection, table, found, start=place)
        if found and step > 1:
            _walk(connection, table, found, start=place, back=True)
        rows |= found
        place = max(place, *(key[0] for key in found)) + step if found else place + step


def _bound(connection: apsw.Connection, table: str) -> int:
    """An id that none is above, or what can be probed when it is not known."""
    with suppress(apsw.Error):
        sql = "select seq from sqlite_sequence where name = ?"
        if (found := connection.execute(sql, (table,)).get) is not None:
            return int(found) + 1
    return MAX_PROBES


# -- the archive ----------------------------------------------------------------------------


def _packed(tables: dict[str, Table]) -> bytes:
    content = {
        "format": "recollect-salvage",
        "version": FORMAT_VERSION,
        "tables": {name: table.rows for name, table in tables.items()},
    }
    told = "\n".join(
        f"{name:<16} {len(table.rows):,}{'' if table.whole else ', and some are missing'}"
        for name, table in tables.items()
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", READ_ME.format(tables=told))
        archive.writestr(
            "recollect.json", json.dumps(content, ensure_ascii=False, indent=2, default=repr)
        )
    return buffer.getvalue()
