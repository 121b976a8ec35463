"""What really stands in the files, read by another process: if this one opened and closed them
itself, it would drop the locks that SQLite holds on them."""

import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

ENDINGS = ("", "-wal", "-shm")

CONCATENATE = """
import pathlib, sys
for name in sys.argv[1:]:
    path = pathlib.Path(name)
    if path.exists():
        sys.stdout.buffer.write(path.read_bytes())
"""

READER = """
import sys, apsw
connection = apsw.Connection(sys.argv[1])
connection.execute("begin")
connection.execute("select count(*) from memories").fetchall()
print("reading", flush=True)
sys.stdin.read()
"""


def content(database: Path, endings: Iterable[str] = ENDINGS) -> bytes:
    """The database, its log and its shared memory, one after the other."""
    files = [database.with_name(database.name + ending) for ending in endings]
    return subprocess.run(
        [sys.executable, "-IS", "-c", CONCATENATE, *map(str, files)],
        check=True,
        capture_output=True,
    ).stdout


def written(database: Path) -> bytes:
    """What only writing changes: reading marks its place in the shared memory."""
    return content(database, ("", "-wal"))


def left_of(pieces: Iterable[str | bytes], database: Path) -> list[str | bytes]:
    """Those of the pieces that are in the files. Texts are looked for without regard to case, as
    the full-text index holds its words in lower case."""
    found = content(database)
    lowered = found.lower()
    return [
        piece
        for piece in pieces
        if (piece.lower().encode() in lowered if isinstance(piece, str) else piece in found)
    ]


@contextmanager
def another_reader(database: Path) -> Iterator[None]:
    """Another process that holds a read transaction open meanwhile."""
    process = subprocess.Popen(
        [sys.executable, "-c", READER, str(database)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        assert process.stdout.readline() == "reading\n"
        yield
    finally:
        process.stdin.close()
        process.wait()
        process.stdout.close()


def content_beside(database: Path) -> bytes:
    """Every file of its folder, whatever the name: also what was left there by mistake."""
    files = sorted(str(path) for path in database.parent.rglob("*") if path.is_file())
    return subprocess.run(
        [sys.executable, "-IS", "-c", CONCATENATE, *files], check=True, capture_output=True
    ).stdout
