"""The bytes of the database's files, as they stand on the disk."""

import os
from collections.abc import Iterator
from pathlib import Path

import apsw

READ_BYTES = 1 << 20


def blocks(path: Path, overlap: int = 0) -> Iterator[tuple[int, bytes]]:
    """The file's bytes with their places, read through SQLite's own file layer.

    Opening and closing the file by ourselves would drop the locks this process holds on it
    (POSIX), and with them the safety of other processes.
    """
    file = opened(path, apsw.SQLITE_OPEN_READONLY)
    try:
        size = file.xFileSize()
        for position in range(0, size, READ_BYTES):
            yield position, file.xRead(min(READ_BYTES + overlap, size - position), position)
    finally:
        file.xClose()


def head(path: Path, count: int) -> bytes:
    """The first bytes of a file, or all of a shorter one."""
    file = opened(path, apsw.SQLITE_OPEN_READONLY)
    try:
        return file.xRead(min(count, file.xFileSize()), 0)
    finally:
        file.xClose()


def opened(path: Path, how: int) -> apsw.VFSFile:
    """By SQLite's own file layer. ``how``: one of apsw's SQLITE_OPEN_…"""
    flags = [apsw.SQLITE_OPEN_MAIN_DB | how, 0]
    return apsw.VFSFile("unix" if os.name == "posix" else "win32", str(path.resolve()), flags)


def in_blocks(content: bytes, overlap: int = 0) -> Iterator[tuple[int, bytes]]:
    """As ``blocks``, of bytes that are in memory already."""
    for position in range(0, len(content), READ_BYTES):
        yield position, content[position : position + READ_BYTES + overlap]
