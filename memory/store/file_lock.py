"""A lock that holds off other processes: a file of its own beside what it guards."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from memory.errors import DATABASE_SETTING, DatabaseBusy
from memory.store.failures import unwritable


@contextmanager
def locked(
    place: Path, guarded: Path, milliseconds: int, setting: str = DATABASE_SETTING
) -> Iterator[None]:
    """Waits so long for it. Raises DatabaseBusy then, and StoreUnavailable when the lock cannot be
    written; ``setting`` names the place in words.

    The system frees the lock of a process that dies. Its file goes before the lock does: who
    waited for it sees that, and begins again with a new one.
    """
    from filelock import FileLock, Timeout  # late: it brings asyncio along

    lock = FileLock(place, timeout=milliseconds / 1000, mode=0o600)
    try:
        lock.acquire()
    except Timeout as error:
        raise DatabaseBusy(guarded) from error
    except OSError as error:
        raise unwritable(guarded, error, setting) from error
    try:
        yield
    finally:
        with suppress(OSError):  # Windows deletes it after the lock
            place.unlink()
        lock.release()
