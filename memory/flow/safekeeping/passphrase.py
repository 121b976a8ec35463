"""The passphrase of the file. It is handed to SQLite and kept nowhere: who changes or removes it
says it once more."""

from pathlib import Path

from memory.errors import InvalidInput, PassphraseNeeded, WrongPassphrase
from memory.flow import audit
from memory.flow.parts import Parts
from memory.records import Act
from memory.rules import passphrases
from memory.store import Store, salvage

NOT_ENCRYPTED = "This file has no passphrase, so there is none to remove. Reload the page."


def opened(path: Path, passphrase: str | None) -> Store:
    """The file, encrypted from its first page on when it is a new one. Raises StoreUnavailable, and
    InvalidInput for a passphrase that no new file should have."""
    if passphrase is None:
        return Store(path)
    is_new = not path.exists() or not path.stat().st_size
    check = passphrases.accepted if is_new else passphrases.as_typed
    return Store(path, check(passphrase))


def salvaged(path: Path, passphrase: str | None) -> bytes:
    """Raises as ``salvage.salvage`` does."""
    return salvage.salvage(path, None if passphrase is None else passphrases.as_typed(passphrase))


def choose(parts: Parts, new: str, current: str | None) -> None:
    """Raises InvalidInput, PassphraseNeeded, WrongPassphrase, and FileShared."""
    wanted = passphrases.accepted(new)
    had_one = parts.store.database.is_encrypted
    if had_one:
        see_that_it_opens(parts, current)
    parts.store.protection.change(wanted)
    done = Act.CHANGE_PASSPHRASE if had_one else Act.ENCRYPT
    audit.of_everybody(parts, done, parts.clock())


def remove(parts: Parts, current: str) -> None:
    if not parts.store.database.is_encrypted:
        raise InvalidInput(NOT_ENCRYPTED)
    see_that_it_opens(parts, current)
    parts.store.protection.change("")
    audit.of_everybody(parts, Act.DECRYPT, parts.clock())


def see_that_it_opens(parts: Parts, current: str | None) -> None:
    database = parts.store.database
    if current is None:
        raise PassphraseNeeded(database.path)
    if not database.opens_with(passphrases.as_typed(current)):
        raise WrongPassphrase(database.path)
