"""Going back to a backup: looked into first, freed of what was erased since, and then put in the
place of the file in one step.

The file that it replaces is not kept: an erasure would not reach it. Whoever wants to be able to
come back makes a backup of it before.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from memory.errors import BackupRejected, EmbedderMismatch, EmbedderMissing
from memory.flow import audit
from memory.flow.parts import Parts
from memory.flow.safekeeping.passphrase import see_that_it_opens
from memory.protocols import EmbeddingModels
from memory.records import Act, Backup, RestorePlan, RestoreReport
from memory.rules import passphrases
from memory.settings import Settings
from memory.store import Store, packing
from memory.store.aside import set_aside
from memory.store.copies import examined
from memory.store.draft import Draft
from memory.store.encryption import write_copy
from memory.store.keys import Keys
from memory.store.since import TOLD, Since


@dataclass(frozen=True, slots=True)
class _Copy:
    """A backup that was unpacked, found to be ours and brought to the newest schema."""

    store: Store
    passphrase: str | None
    beside: packing.Beside
    backup: Backup
    draft: Draft


def plan(parts: Parts, source: BinaryIO, passphrase: str | None) -> RestorePlan:
    """Changes nothing. Raises BackupRejected, PassphraseNeeded and WrongPassphrase."""
    with _unpacked(parts.store.database.path, parts.embedder.models, source, passphrase) as copy:
        return _plan(copy, Since(copy.store.database, parts.store.database))


def restore(
    parts: Parts, source: BinaryIO, passphrase: str | None, current: str | None
) -> RestoreReport:
    """The file is then encrypted as the backup is; where only the file was, with ``current``, its
    passphrase, so that going back takes no protection away.

    Raises as ``plan`` does, and FileShared; nothing is changed then.
    """
    now, database = parts.clock(), parts.store.database
    with _unpacked(database.path, parts.embedder.models, source, passphrase) as copy:
        encrypting = database.is_encrypted and not copy.store.database.is_encrypted
        if encrypting:
            see_that_it_opens(parts, current)
        with database.alone():
            since = Since(copy.store.database, database)
            planned = _plan(copy, since)
            if planned.erased_since is not None:
                since.erase_again(since.gone())
            went_on = since.is_of_this_file()
            if went_on:
                since.carry_over()
            path, opening = _finished(copy, current if encrypting else None)
            database.replace_with(path, opening)
        if not went_on:  # else the audit goes on, with the keys that are here
            parts.keys.put_back(copy.beside.keys, copy.beside.head)
    parts.keys.keep_only(person_id for person_id, _ in parts.store.people.all())
    counts = {"memories": planned.backup.memories, **_erased_again(planned)}
    audit.of_everybody(parts, Act.RESTORE_BACKUP, now, counts)
    return RestoreReport(planned, now)


def restore_unopened(
    settings: Settings, models: EmbeddingModels, source: BinaryIO, passphrase: str | None
) -> tuple[RestorePlan, Path | None]:
    """Where the file cannot be opened: it is set aside, and what was erased since cannot be told.

    Raises as ``plan`` does, and FileShared; nothing is changed then.
    """
    with _unpacked(settings.database, models, source, passphrase) as copy:
        path, _ = _finished(copy, None)
        aside = set_aside(settings.database, settings.keys)
        path.replace(settings.database.resolve())
        keys = Keys(settings.keys)
        keys.put_back(copy.beside.keys, copy.beside.head)
    return RestorePlan(copy.backup, None, None), aside


@contextmanager
def _unpacked(
    database: Path, models: EmbeddingModels, source: BinaryIO, passphrase: str | None
) -> Iterator[_Copy]:
    opening = None if passphrase is None else passphrases.as_typed(passphrase)
    draft = Draft(database)
    with draft.held() as path:
        beside = packing.unpack(source, path)
        found = examined(path, opening)
        store = Store(path, opening)
        try:
            _see_that_it_can_be_searched(store, models)
            encrypted = store.database.is_encrypted
            numbers = (found.people, found.memories, found.messages)
            backup = Backup(beside.made_at, encrypted, *numbers)
            yield _Copy(store, opening if encrypted else None, beside, backup, draft)
        finally:
            store.close()


def _see_that_it_can_be_searched(store: Store, models: EmbeddingModels) -> None:
    """By the model that it was made with. Raises BackupRejected."""
    model = store.vectors.model
    try:
        with suppress(EmbedderMissing):  # its files can be fetched then
            models.embedder(model or models.packaged.name)
    except EmbedderMismatch as error:
        raise BackupRejected(f"it was made with the embedding model “{model}”") from error


def _plan(copy: _Copy, since: Since) -> RestorePlan:
    newer = since.newer()
    if not since.can_be_told():
        return RestorePlan(copy.backup, None, newer)
    gone = since.gone()
    return RestorePlan(copy.backup, {what: gone.count(what) for what in TOLD}, newer)


def _erased_again(planned: RestorePlan) -> dict[str, int]:
    again = sum((planned.erased_since or {}).values())
    return {"erased_again": again} if again else {}


def _finished(copy: _Copy, current: str | None) -> tuple[Path, str | None]:
    """The file to put in place, closed and without a log, and what opens it."""
    if current is None:
        copy.store.close()
        return copy.draft.path, copy.passphrase
    opening = passphrases.as_typed(current)
    with copy.store.database.exclusive() as connection:
        write_copy(connection, copy.draft.sealed, opening)
    copy.store.close()
    return copy.draft.sealed, opening
