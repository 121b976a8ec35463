"""Where the chain of the audit begins and ends, kept outside the database.

A chain of hashes shows what was changed or cut out of its middle; rows cut off its end leave a
chain that is as good as before. So the last row is named in a second place: a file of one line
beside the key file, sealed with a key from there. It is written after the transaction, so it may
lag behind the table by a row or two; it is never ahead of it unless rows are gone.
"""

import hmac
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from memory.errors import KeysUnreadable
from memory.store.private_file import write_whole

ID_DIGITS = 20
LINK_DIGITS = 64
NO_LINK = "-"
SEAL_DIGITS = 64
LINE_BYTES = 2 * (ID_DIGITS + 1) + LINK_DIGITS + 1 + SEAL_DIGITS + 1
LOOKS = 10
"""A seal that does not fit may only mean that another process is writing at this very moment:
that takes less than a microsecond, a look takes five."""


@dataclass(frozen=True, slots=True)
class Head:
    """The ends of a chain."""

    begins: int
    """Id of its first row; rows before it belong to a chain that was lost."""
    last: int
    """Id of its last row; one less than ``begins`` as long as there is none."""
    link: str
    """Of the last row; empty as long as there is none."""


class HeadFile:
    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self, key: bytes) -> Head | None:
        """None when it is missing, or was not written with this key: it is lost then.

        Raises KeysUnreadable when the system does not let it be read.
        """
        try:
            for _ in range(LOOKS):
                with self.path.open("rb", buffering=0) as file:
                    head = _opened(key, file.read(LINE_BYTES))
                if head is not None:
                    return head
        except FileNotFoundError:
            pass
        except OSError as error:
            raise KeysUnreadable(self.path) from error
        return None

    def begin(self, key: bytes, head: Head) -> None:
        """A new chain, in place of whatever stood there. Raises OSError."""
        write_whole(self.path, _sealed(key, head).decode())

    def move(self, key: bytes, head: Head) -> None:
        """On to a later row, with one small write over the old line; never back.

        What hinders it (a full disk, a folder that cannot be written) is no error: the head lags
        then, and goes on with the next event. A head that is gone does not come back like this.
        """
        with suppress(OSError), self.path.open("r+b", buffering=0) as file:
            standing = _opened(key, file.read(LINE_BYTES))
            if standing is not None and standing.last < head.last:
                file.seek(0)
                file.write(_sealed(key, head))


def _sealed(key: bytes, head: Head) -> bytes:
    link = head.link or NO_LINK
    line = f"{head.begins:0{ID_DIGITS}} {head.last:0{ID_DIGITS}} {link:{LINK_DIGITS}} ".encode()
    return line + _seal(key, line) + b"\n"


def _opened(key: bytes, content: bytes) -> Head | None:
    line, seal = content[: -SEAL_DIGITS - 1], content[-SEAL_DIGITS - 1 : -1]
    if not hmac.compare_digest(seal, _seal(key, line)):
        return None
    begins, last, link = line.decode().split()
    return Head(int(begins), int(last), "" if link == NO_LINK else link)


def _seal(key: bytes, line: bytes) -> bytes:
    return hmac.digest(key, line, "sha256").hex().encode()
