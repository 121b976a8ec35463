"""A backup as one file: a ZIP with a whole copy of the database, the keys of its audit beside it,
and what it is in words.

What comes back may be anything that bears the name: only the files named here are looked at, and
nothing is unpacked that says it is smaller than it is, or that the disk has no room for.
"""

import json
import shutil
import zipfile
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from memory.errors import BackupRejected, DiskFull, InvalidInput
from memory.store.columns import from_time, to_time
from memory.store.copies import NEWER
from memory.store.failures import unwritable
from memory.store.keys import parsed
from memory.store.private_file import created

FORMAT = "recollect-backup"
FORMAT_VERSION = 1
DATABASE, KEYS, HEAD = "recollect.db", "recollect.db.keys", "recollect.db.keys.head"
ABOUT, READ_ME = "backup.json", "README.txt"
MAX_SMALL_BYTES = 1 << 24
"""Of all files but the database: a key takes 80 bytes, and each person has one."""
SPARE_BYTES = 1 << 24
"""Left free on the disk beside what is unpacked."""
PIECE_BYTES = 1 << 20
QUICK = 1
"""Of the levels of compression: it takes a fifth of the time, for files a tenth larger."""

UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError)
"""What the module raises for a ZIP that is damaged, encrypted or of a kind it does not know."""
NOT_A_ZIP = "it is not a ZIP of Recollect"
BROKEN = "the ZIP is damaged"
NO_KEYS = "the keys of its audit cannot be read"

WORDS = """This is a backup of Recollect, made on {day} (UTC).

recollect.db            everything that was remembered then, with all conversations
recollect.db.keys       the keys of its audit
recollect.db.keys.head  where its audit ended

{protection}

To go back to it: open Recollect, then Privacy, Your data, "Restore a backup".

What you erase in Recollect after that day is still in this file. When it is restored, what was
erased since is erased from it again; in this file itself it stays until you delete the file.
"""
OPEN = """It is not encrypted: whoever has this file can read all of it. With the keys they could
also find out, by trying, numbers and addresses that Recollect had masked. Keep it where nobody
else gets at it, or set a passphrase in Recollect and make another backup."""
SEALED = """It is encrypted with the passphrase that Recollect had on that day. Without it nobody
can read it, you included. The keys beside it are not encrypted: they open nothing without it."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What belongs to a copy of the database; empty: there was none."""

    keys: bytes
    head: bytes
    made_at: datetime


def pack(target: BinaryIO, copy: Path, beside: Beside, *, encrypted: bool) -> None:
    about = {
        "format": FORMAT,
        "version": FORMAT_VERSION,
        "made_at": from_time(beside.made_at),
        "encrypted": encrypted,
    }
    words = WORDS.format(
        day=f"{beside.made_at:%d %B %Y, %H:%M}", protection=SEALED if encrypted else OPEN
    )
    how = zipfile.ZIP_STORED if encrypted else zipfile.ZIP_DEFLATED  # noise does not get smaller
    with zipfile.ZipFile(target, "w", how, compresslevel=QUICK) as archive:
        archive.writestr(READ_ME, words)
        archive.writestr(ABOUT, json.dumps(about, indent=2))
        archive.write(copy, DATABASE)
        for name, content in ((KEYS, beside.keys), (HEAD, beside.head)):
            if content:
                archive.writestr(name, content)


def pack_anew(target: Path, copy: Path, beside: Beside, *, encrypted: bool) -> None:
    """Into a new file, for its owner only; none is left when it cannot be finished. Raises
    InvalidInput for one that is there, and StoreUnavailable."""
    try:
        file = created(target)
    except FileExistsError as error:
        raise InvalidInput(f"“{target}” is there already. Name another file.") from error
    except OSError as error:
        raise unwritable(target, error) from error
    try:
        with file:
            pack(file, copy, beside, encrypted=encrypted)
    except BaseException as error:
        target.unlink()
        if isinstance(error, OSError):
            raise unwritable(target, error) from error
        raise


def unpack(source: BinaryIO, copy: Path) -> Beside:
    """The database goes into ``copy``. Raises BackupRejected, and DiskFull before anything is
    written."""
    try:
        with zipfile.ZipFile(source) as archive:
            made_at = _made_at(_small(archive, ABOUT))
            database = archive.getinfo(DATABASE)
            if database.file_size + SPARE_BYTES > shutil.disk_usage(copy.parent).free:
                raise DiskFull(copy)
            _write(archive, database, copy)
            return Beside(_keys(archive), _small(archive, HEAD), made_at)
    except KeyError as error:
        raise BackupRejected(NOT_A_ZIP) from error
    except UNREADABLE as error:
        raise BackupRejected(BROKEN if zipfile.is_zipfile(source) else NOT_A_ZIP) from error


def _made_at(content: bytes) -> datetime:
    try:
        about = json.loads(content)
        if about["format"] != FORMAT:
            raise BackupRejected(NOT_A_ZIP)
        if about["version"] > FORMAT_VERSION:
            raise BackupRejected(NEWER)
        return to_time(about["made_at"]).astimezone(UTC)
    except (ValueError, KeyError, TypeError) as error:
        raise BackupRejected(NOT_A_ZIP) from error


def _keys(archive: zipfile.ZipFile) -> bytes:
    """Such that can be read: with others nothing could be written here afterwards."""
    content = _small(archive, KEYS)
    try:
        parsed(content or b"{}")
    except ValueError as error:
        raise BackupRejected(NO_KEYS) from error
    return content


def _small(archive: zipfile.ZipFile, name: str) -> bytes:
    """A file that need not be there; the first bytes of one that is larger than it should be."""
    if name not in archive.namelist():
        return b""
    with archive.open(name) as file:
        return file.read(MAX_SMALL_BYTES)


def _write(archive: zipfile.ZipFile, member: zipfile.ZipInfo, copy: Path) -> None:
    left = member.file_size
    with archive.open(member) as source, copy.open("r+b") as target:
        while piece := source.read(PIECE_BYTES):
            left -= len(piece)
            if left < 0:
                raise BackupRejected(BROKEN)
            target.write(piece)
