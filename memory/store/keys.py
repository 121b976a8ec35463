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
from collections.abc import Iterable
from pathlib import Path

from memory.errors import StoreUnavailable

KEY_BYTES = 32
CHAIN = "chain"


class Keys:
    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()

    def chain(self) -> bytes | None:
        """The key of the audit's chain; None when the file is missing."""
        found = self._read().get(CHAIN)
        return bytes.fromhex(found) if found else None

    def make_chain(self) -> bytes:
        """The same, made when missing: at the first start of a new database."""
        return self._find_or_make(CHAIN)

    def digest(self, person_id: int, value: str) -> str:
        """A keyed hash under the person's own key, as 64 hexadecimal digits."""
        key = self._find_or_make(f"person:{person_id}")
        return hmac.new(key, value.encode(), hashlib.sha256).hexdigest()

    def destroy(self, person_id: int) -> None:
        with self._lock:
            keys = self._read()
            if keys.pop(f"person:{person_id}", None):
                self._write(keys)

    def keep_only(self, person_ids: Iterable[int]) -> None:
        """Destroy the keys of everybody else: a crash may have come before ``destroy``."""
        with self._lock:
            keys = self._read()
            kept = {CHAIN, *(f"person:{person_id}" for person_id in person_ids)}
            if keys.keys() - kept:
                self._write({name: key for name, key in keys.items() if name in kept})

    def _find_or_make(self, name: str) -> bytes:
        with self._lock:
            keys = self._read()
            if name not in keys:
                keys[name] = secrets.token_hex(KEY_BYTES)
                self._write(keys)
            return bytes.fromhex(keys[name])

    def _read(self) -> dict[str, str]:
        try:
            keys: dict[str, str] = json.loads(self._path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            raise StoreUnavailable(
                f"The key file “{self._path}” cannot be read. Restore it from a backup, or move "
                "it away: then the audit so far can no longer be verified."
            ) from error
        return keys

    def _write(self, keys: dict[str, str]) -> None:
        """Whole or not at all: written beside it, then moved over it."""
        draft = self._path.with_name(self._path.name + ".new")
        try:
            with os.fdopen(
                os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w"
            ) as file:
                json.dump(keys, file)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(self._path)
        except OSError as error:
            raise StoreUnavailable(
                f"The key file “{self._path}” cannot be written. Check who owns its folder."
            ) from error
