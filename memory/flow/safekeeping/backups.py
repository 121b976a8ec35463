"""Backups: a copy of the whole file with the keys of its audit, as one file to keep elsewhere."""

from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from memory.errors import StoreUnavailable
from memory.flow import audit
from memory.flow.parts import Parts
from memory.records import Act, Backup
from memory.store import packing
from memory.store.copies import copied
from memory.store.draft import Draft


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
            packing.pack_anew(target, path, beside, encrypted=database.is_encrypted)
        else:
            packing.pack(target, path, beside, encrypted=database.is_encrypted)
    made = Backup(now, database.is_encrypted, found.people, found.memories, found.messages)
    with suppress(StoreUnavailable):
        audit.of_everybody(parts, Act.BACKUP, now, {"memories": made.memories})
    return made
