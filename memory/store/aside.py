"""A database that cannot be opened, moved out of the way of the one that takes its place."""

from itertools import count
from pathlib import Path

import apsw

from memory.errors import FileShared
from memory.store.failures import translated
from memory.store.file_bytes import opened

BESIDE = ("-wal", "-journal")


def set_aside(database: Path, keys: Path) -> Path | None:
    """Under a name of its own, with its log and its keys; None when there is nothing to keep.

    Raises FileShared while anybody has it open. The file goes last: what is cut short before that
    leaves it where it was, and its log beside the new name.
    """
    real = database.resolve()
    if not real.exists() or not real.stat().st_size:
        return None
    with translated(real):
        _see_that_nobody_has_it_open(real)
        for number in count(1):
            aside = real.with_name(f"{real.name}.aside-{number}")
            if not aside.exists():
                break
        for ending in BESIDE:
            log = real.with_name(real.name + ending)
            if log.exists():
                log.replace(aside.with_name(aside.name + ending))
        real.with_name(real.name + "-shm").unlink(missing_ok=True)
        for file, ending in ((keys, ".keys"), (keys.with_name(keys.name + ".head"), ".keys.head")):
            if file.exists():
                file.replace(aside.with_name(aside.name + ending))
        real.replace(aside)
    return aside


def _see_that_nobody_has_it_open(real: Path) -> None:
    """By SQLite's own lock, which needs no passphrase."""
    file = opened(real, apsw.SQLITE_OPEN_READWRITE)
    try:
        for level in (apsw.SQLITE_LOCK_SHARED, apsw.SQLITE_LOCK_EXCLUSIVE):
            file.xLock(level)
        file.xUnlock(apsw.SQLITE_LOCK_NONE)
    except apsw.BusyError as error:
        raise FileShared(real) from error
    finally:
        file.xClose()
