"""Backups: a copy of the whole file with the keys of its audit, as one file to keep elsewhere."""

from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from memory.errors import InvalidInput, StoreUnavailable
from memory.flow import audit
from memory.flow.parts import Parts
from memory.records import Act, Backup
from memory.store import packing
from memory.store.copies import copied
from memory.store.draft import Draft
from memory.store.failures import unwritable
from memory.store.private_file import created


def backup(parts: Parts, target: Path | BinaryIO) -> Backup:
    """One state of the file, whoever writes meanwhile; encrypted if the file is.

    It is told in the audit after it was made, so a copy does not hold that it was. When nothing can
    be written the person gets their copy all the same.
    """
    now, database = parts.clock(), parts.store.database
    with Draft(database.path).held() as path:
        head = parts.keys.head_content()
        found = copied(database, path)
        beside = packing.Beside(parts.keys.content(), head, now)
        if isinstance(target, Path):
            _pack_into(target, path, beside, encrypted=database.is_encrypted)
        else:
            packing.pack(target, path, beside, encrypted=database.is_encrypted)
    made = Backup(now, database.is_encrypted, found.people, found.memories, found.messages)
    with suppress(StoreUnavailable):
        audit.of_everybody(parts, Act.BACKUP, now, {"memories": made.memories})
    return made


def _pack_into(target: Path, copy: Path, beside: packing.Beside, *, encrypted: bool) -> None:
    """A new file, for its owner only; none is left when it cannot be finished."""
    try:
        file = created(target)
    except FileExistsError as error:
        raise InvalidInput(f"“{target}” is there already. Name another file.") from error
    except OSError as error:
        raise unwritable(target, error) from error
    try:
        with file:
            packing.pack(file, copy, beside, encrypted=encrypted)
    except BaseException as error:
        target.unlink()
        if isinstance(error, OSError):
            raise unwritable(target, error) from error
        raise
