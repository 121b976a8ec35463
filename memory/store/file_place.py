"""The place of the database file: for its owner only, and still the file that was opened."""

from contextlib import suppress
from pathlib import Path

from memory.errors import UnwritableFile
from memory.store.file_bytes import blocks
from memory.store.private_file import created

OUR_SCHEMA = b"tablememoriesmemories"
"""How the table of memories stands in every file of this program."""
OVERLAP_BYTES = 64


def make_private(path: Path) -> None:
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
        created(path).close()


def identity(path: Path) -> tuple[int, bool]:
    """What tells whether the name leads to another file by now, or to one that was empty."""
    found = path.stat()
    return found.st_ino, found.st_size == 0


def was_ours(path: Path) -> bool:
    """True when the schema of a memory stands in a file whose head is no database's any more."""
    return any(OUR_SCHEMA in block for _, block in blocks(path, OVERLAP_BYTES))
