"""A disk that has room for so many writes and no more, under SQLite and under plain files."""

import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import apsw


class FullDisk(apsw.VFS):
    """Databases opened while it is there write through it; what is refused counts."""

    def __init__(self) -> None:
        self.room: int | None = None
        """Writes that still fit; None: any number."""
        self.written = 0
        self.refused = 0
        self.when_refused: Callable[[], None] = lambda: None
        """Done at each refusal."""
        self.under = apsw.vfs_names()[0]
        super().__init__("full-disk", self.under, makedefault=True)

    def xOpen(self, name: object, flags: list[int]) -> apsw.VFSFile:
        return _File(self, name, flags)

    def take(self) -> None:
        if self.room == 0:
            self.refused += 1
            self.when_refused()
            raise apsw.FullError("no space left on this disk")
        self.written += 1
        if self.room is not None:
            self.room -= 1


class _File(apsw.VFSFile):
    def __init__(self, disk: FullDisk, name: object, flags: list[int]) -> None:
        self._disk = disk
        super().__init__(disk.under, name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:
        self._disk.take()
        super().xWrite(data, offset)


@contextmanager
def full_disk() -> Iterator[FullDisk]:
    """For the databases that are opened in the block, and closed in it."""
    disk = FullDisk()
    try:
        yield disk
    finally:
        disk.unregister()


@contextmanager
def no_room_for_files() -> Iterator[None]:
    """In the block this process can write no byte into any file; say nothing in it either."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
