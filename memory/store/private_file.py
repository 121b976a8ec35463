"""Files for their owner only (0600): a new one, and a small one written whole or not at all; and
what is done to files so that they are on the disk, or nothing of them is."""

import io
import os
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

ZEROS = 1 << 20
"""Written at once."""


def created(path: Path) -> BinaryIO:
    """A new file, to be written and read. Raises FileExistsError for one that is there."""
    return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b")


def write_whole(path: Path, content: str) -> None:
    """Written beside it, then moved over it. Raises OSError; then nothing has changed."""
    draft = path.with_name(path.name + ".new")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError:
        with suppress(OSError):
            draft.unlink()
        raise


def persist(folder: Path) -> None:
    """That a file of it has another content, or name, is on the disk when this returns."""
    if os.name != "posix":  # a folder cannot be opened elsewhere; what was renamed is written soon
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def wipe(file: io.FileIO) -> None:
    """Zeros over all of it: where the disk writes in place, as most do but for those that spread
    their wear, nothing can be read of it when it is deleted."""
    left = file.seek(0, os.SEEK_END)
    file.seek(0)
    while left:
        left -= file.write(bytes(min(left, ZEROS)))
    os.fsync(file.fileno())
