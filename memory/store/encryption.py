"""Encryption at rest: SQLite3 Multiple Ciphers, which is the SQLite that apsw brings along here.

Its default cipher: every page of the file and of its log is sealed with ChaCha20-Poly1305, under a
key made of the passphrase and a salt by PBKDF2 (64,007 rounds of SHA-256, some hundredths of a
second at each opening). The passphrase is handed to SQLite and kept nowhere.

Such a file looks like noise but for eight bytes of its head, which tell the size of its pages and
the room that the cipher takes on each: by those it is told from what is no database at all, with
no mark of our own beside it. A wrong passphrase and a first page that is damaged cannot be told
apart: the seal does not fit in either case.
"""

from pathlib import Path
from urllib.parse import quote

import apsw

from memory.store.file_bytes import head

PLAIN = b"SQLite format 3\0"
"""How a file begins that is not encrypted."""
SIGN = slice(16, 24)
"""Of the head: page size, versions of the format, room for the cipher, three fixed numbers
(https://www.sqlite.org/fileformat2.html#the_database_header)."""
CIPHER_BYTES = 32
"""A nonce and a seal on each page."""
FIXED = bytes((64, 32, 32))
PAGE_SIZES = frozenset(1 << power for power in range(9, 16)) | {1}
"""1 stands for 65,536."""
FORMATS = frozenset({1, 2})

CACHE_KIBIBYTES = 1 << 20
"""The most that pages of an encrypted file take in memory; only those that were read do. They are
deciphered once then: without it each search would decipher all vectors anew, and mapping the file
into memory does not help."""


def is_sealed(beginning: bytes) -> bool:
    """Whether a file that begins so is an encrypted database."""
    sign = beginning[SIGN]
    return (
        len(sign) == SIGN.stop - SIGN.start
        and not beginning.startswith(PLAIN)
        and int.from_bytes(sign[:2]) in PAGE_SIZES
        and {sign[2], sign[3]} <= FORMATS
        and sign[4] == CIPHER_BYTES
        and sign[5:] == FIXED
    )


def is_encrypted(path: Path) -> bool:
    """Whether the file there is; not for one that is not there, or is empty."""
    return path.is_file() and is_sealed(head(path, SIGN.stop))


def unlock(connection: apsw.Connection, passphrase: str) -> None:
    """Before anything else is asked of it. Whether it fits shows with the first page read; what
    SQLite would not take for one text fits nothing."""
    if "\0" in passphrase:
        raise apsw.NotADBError("there is no such passphrase")
    connection.pragma("key", passphrase)


def keep_pages(connection: apsw.Connection) -> None:
    """In memory, once they were read and deciphered."""
    connection.pragma("cache_size", -CACHE_KIBIBYTES)


def write_copy(connection: apsw.Connection, target: Path, passphrase: str | None = None) -> None:
    """A whole copy of what stands in the file now, without its free pages, while others may write.

    Encrypted with ``passphrase``; “”: not at all; None: as the file itself is, with its key.
    """
    if passphrase is None:
        connection.execute("vacuum into ?", (str(target),))
        return
    failure = None
    try:
        connection.execute("vacuum into ?", (f"{target.as_uri()}?key={quote(passphrase)}",))
    except apsw.Error as error:
        failure = type(error)
    if failure:  # SQLite's own words name the address, and so the passphrase
        raise failure("the copy cannot be written")
