"""SQLite's and the system's errors in the words of ``memory.errors``, where they enter."""

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import apsw

from memory.errors import (
    DATABASE_SETTING,
    DamagedDatabase,
    DatabaseBusy,
    DiskError,
    DiskFull,
    InvalidInput,
    StoreUnavailable,
    UnwritableFile,
)

NO_ROOM_FOR_SQLITE = frozenset({apsw.SQLITE_IOERR_SHMSIZE})
"""It tells a full disk so, too: where it lets the file of its locks grow."""
NO_ROOM_FOR_VECTORS = "Could not insert a new vector chunk"
NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""The disk, the person's share of it, or the largest file it takes."""


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """What the disk or another program can cause, as StoreUnavailable with the cause chained.

    A broken constraint or wrong SQL is our own mistake and stays the error it is.
    """
    try:
        yield
    except UnicodeEncodeError as error:
        raise InvalidInput(
            "This holds half of a character, by which nothing can be stored or found. Type it anew."
        ) from error
    except OverflowError as error:
        raise InvalidInput(
            "There is nothing of so large a number here. Reload the page."
        ) from error
    except (apsw.Error, OSError, MemoryError, UnicodeDecodeError) as error:
        ours = next((ours for theirs, ours in TRANSLATIONS if isinstance(error, theirs)), None)
        if ours is None:
            raise
        raise ours(path, error) from error


def unwritable(path: Path, error: OSError, setting: str = DATABASE_SETTING) -> StoreUnavailable:
    """The system's refusal to write there, in our family. ``setting`` names another place."""
    if error.errno in NO_ROOM:
        return DiskFull(path)
    if error.errno == errno.EIO:
        return DiskError(path)
    return UnwritableFile(path, _hindrance(path), setting)


def _hindrance(path: Path) -> str:
    """The reason that the person can see for themselves."""
    there = os.access(path, os.F_OK)
    if there and path.is_dir():
        return "it is a folder, not a file"
    # asked like this since Path.exists raises where it may not look
    above = next((folder for folder in path.parents if os.access(folder, os.F_OK)), path.parent)
    if not above.is_dir():
        return f"“{above}” is a file, not a folder"
    if there and not os.access(path, os.R_OK | os.W_OK):
        return "its owner does not let this program read and write it"
    return f"the folder “{above}” does not let this program write into it"


def _input_output(path: Path, error: Any) -> StoreUnavailable:
    no_room = getattr(error, "extendedresult", None) in NO_ROOM_FOR_SQLITE
    return DiskFull(path) if no_room else DiskError(path)


def _sql_error(path: Path, error: Any) -> StoreUnavailable:
    """sqlite-vec calls it so when the disk is full just where a new block of vectors begins."""
    if NO_ROOM_FOR_VECTORS in str(error):
        return DiskFull(path)
    raise error


def _no_search(path: Path, _error: object) -> StoreUnavailable:
    return StoreUnavailable(
        "The vector search “sqlite-vec” cannot be loaded. Run `uv sync` in the project folder, "
        "then start again.",
        path,
    )


def _closed(path: Path, _error: object) -> StoreUnavailable:
    return StoreUnavailable("The database was closed meanwhile. Reload the page.", path)


def _no_memory(path: Path, _error: object) -> StoreUnavailable:
    return StoreUnavailable(
        "This computer has no memory left for that. Close other programs, then try again.", path
    )


Translation = Callable[[Path, Any], StoreUnavailable]

TRANSLATIONS: tuple[tuple[tuple[type[BaseException], ...], Translation], ...] = (
    # all text was written as UTF-8
    ((apsw.NotADBError, apsw.CorruptError, UnicodeDecodeError), lambda p, _: DamagedDatabase(p)),
    ((apsw.FullError,), lambda p, _: DiskFull(p)),
    (
        (apsw.BusyError, apsw.LockedError, apsw.ProtocolError, apsw.SchemaChangeError),
        lambda p, _: DatabaseBusy(p),
    ),
    (
        (apsw.ReadOnlyError, apsw.CantOpenError, apsw.PermissionsError),
        lambda p, _: UnwritableFile(p, _hindrance(p)),
    ),
    ((apsw.IOError,), _input_output),
    ((apsw.NoLFSError,), lambda p, _: DiskError(p)),
    ((apsw.ExtensionLoadingError,), _no_search),
    ((apsw.ConnectionClosedError,), _closed),
    ((apsw.NoMemError, MemoryError), _no_memory),
    ((apsw.SQLError,), _sql_error),
    ((OSError,), unwritable),
)
