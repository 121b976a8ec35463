"""The keys of the audit, in a 0600 file beside the database.

The audit names things by keyed hashes. With the person's key gone, after their erasure, nobody
can find out what a row was about, not even by guessing. Without the file the data opens all the
same and the audit says “unverifiable”.
"""

import hashlib
import hmac
import json
import os
import secrets
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from memory.errors import DatabaseBusy, KeysUnreadable
from memory.store.connection import BUSY_MILLISECONDS
from memory.store.failures import unwritable

KEY_BYTES = 32
CHAIN = "chain"
SETTING = "RECOLLECT_KEY_FILE"


class Keys:
    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()

    def chain(self) -> bytes | None:
        """The key of the audit's chain; None when the file is missing."""
        return self._read().get(CHAIN)

    def make_chain(self) -> bytes:
        """The same, made when missing: at the first start of a new database."""
        return self._find_or_make(CHAIN)

    def digest(self, person_id: int, value: str) -> str:
        """A keyed hash under the person's own key, as 64 hexadecimal digits."""
        key = self._find_or_make(f"person:{person_id}")
        return hmac.new(key, value.encode(), hashlib.sha256).hexdigest()

    def destroy(self, person_id: int) -> None:
        with self._held():
            keys = self._read()
            if keys.pop(f"person:{person_id}", None):
                self._write(keys)

    def keep_only(self, person_ids: Iterable[int]) -> None:
        """Destroy the keys of everybody else: a crash may have come before ``destroy``."""
        with self._held():
            keys = self._read()
            kept = {CHAIN, *(f"person:{person_id}" for person_id in person_ids)}
            if keys.keys() - kept:
                self._write({name: key for name, key in keys.items() if name in kept})

    def _find_or_make(self, name: str) -> bytes:
        keys = self._read()
        if name not in keys:
            with self._held():
                keys = self._read()  # another process may have been first
                if name not in keys:
                    keys[name] = secrets.token_bytes(KEY_BYTES)
                    self._write(keys)
        return keys[name]

    @contextmanager
    def _held(self) -> Iterator[None]:
        """One thread of one process at a time, as long as the keys are read, changed and written.

        The system frees the lock of a process that dies. Its file goes before the lock does: who
        waited for it sees that, and begins again with a new one.
        """
        from filelock import FileLock, Timeout  # late: it brings asyncio along

        place = self._path.with_name(self._path.name + ".lock")
        lock = FileLock(place, timeout=BUSY_MILLISECONDS / 1000, mode=0o600)
        with self._lock:
            try:
                lock.acquire()
            except Timeout as error:
                raise DatabaseBusy(self._path) from error
            except OSError as error:
                raise unwritable(self._path, error, SETTING) from error
            try:
                yield
            finally:
                with suppress(OSError):  # Windows deletes it after the lock
                    place.unlink()
                lock.release()

    def _read(self) -> dict[str, bytes]:
        try:
            keys = json.loads(self._path.read_text(encoding="utf-8"))
            return {name: bytes.fromhex(key) for name, key in keys.items()}
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, TypeError, AttributeError) as error:
            raise KeysUnreadable(self._path) from error

    def _write(self, keys: dict[str, bytes]) -> None:
        """Whole or not at all: written beside it, then moved over it."""
        draft = self._path.with_name(self._path.name + ".new")
        try:
            with os.fdopen(
                os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w"
            ) as file:
                json.dump({name: key.hex() for name, key in keys.items()}, file)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(self._path)
        except OSError as error:
            with suppress(OSError):
                draft.unlink()
            raise unwritable(self._path, error, SETTING) from error
