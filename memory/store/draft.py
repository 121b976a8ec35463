"""A second file beside the database, for as long as it takes to make one: what a backup is packed
from, and what is put in the place of the database.

It has one fixed name, so that what a crash leaves of it is found and cleared away at the next
start: an erasure does not look into it. One process at a time works on it.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from memory.errors import DatabaseBusy
from memory.store.failures import translated
from memory.store.file_lock import locked
from memory.store.opening import BUSY_MILLISECONDS
from memory.store.private_file import created, wipe

ENDINGS = ("", "-wal", "-shm", "-journal")


class Draft:
    """``path`` of the file; ``sealed`` of another one, where it is encrypted in a second step."""

    def __init__(self, database: Path) -> None:
        real = database.resolve()
        self.path = real.with_name(real.name + ".draft")
        self.sealed = real.with_name(real.name + ".sealed")
        self._lock = real.with_name(real.name + ".draft.lock")

    @contextmanager
    def held(self, milliseconds: int = BUSY_MILLISECONDS) -> Iterator[Path]:
        """Both of them empty, and for their owner only. Raises DatabaseBusy when another works on
        them for longer."""
        with translated(self.path), locked(self._lock, self.path, milliseconds):
            try:
                self._clear()
                for path in (self.path, self.sealed):
                    created(path).close()
                yield self.path
            finally:
                self._clear()

    def clear_left_over(self) -> None:
        """What a crash left; nothing while another process works on it."""
        if not (self.path.exists() or self.sealed.exists()):
            return
        with suppress(DatabaseBusy), self.held(0):
            pass

    def _clear(self) -> None:
        """Overwritten first: what is erased later would still be in what the disk has let go."""
        for path in (self.path, self.sealed):
            for ending in ENDINGS:
                file = path.with_name(path.name + ending)
                if file.exists():
                    with file.open("r+b", buffering=0) as opened:
                        wipe(opened)
                    file.unlink()
