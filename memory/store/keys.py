"""The keys of the audit, in a 0600 file beside the database, with the head of its chain.

The audit names things by keyed hashes, and what is masked keeps its number by one. With the
person's key gone, after their erasure, nobody can find out what a row was about, not even by
guessing. Without these files the data opens all the same: the audit says “unverifiable” and a new
chain begins with the next row, masked values get new numbers, and kept ones are masked again.
"""

import hmac
import json
import secrets
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from memory.errors import KeysUnreadable
from memory.store.chain_head import Head, HeadFile
from memory.store.failures import unwritable
from memory.store.file_lock import locked
from memory.store.opening import BUSY_MILLISECONDS
from memory.store.private_file import write_whole

KEY_BYTES = 32
CHAIN = "chain"
HEAD = "head"
SETTING = "RECOLLECT_KEY_FILE"


@dataclass(frozen=True, slots=True)
class ChainKeys:
    """What the rows of the audit are linked with, and what its head is sealed with."""

    link: bytes
    head: bytes | None
    """None: the keys are from before there was a head."""


class Keys:
    """``head``: the file with the end of the chain, beside this one."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self.head = HeadFile(path.with_name(path.name + ".head"))

    def chain(self) -> ChainKeys | None:
        """None when they are missing."""
        keys = self._read()
        return ChainKeys(keys[CHAIN], keys.get(HEAD)) if CHAIN in keys else None

    def begin_chain(self, head: Head) -> ChainKeys:
        """Keys for a chain that begins there, with its head written.

        The head's key is a new one each time, so that no copy of an older head fits again. It is
        written after the head: if all ends in between, the chain has not begun and does so anew.
        """
        with self._held():
            keys = self._read()
            keys[HEAD] = secrets.token_bytes(KEY_BYTES)
            keys.setdefault(CHAIN, secrets.token_bytes(KEY_BYTES))
            try:
                self.head.begin(keys[HEAD], head)
            except OSError as error:
                raise unwritable(self.head.path, error, SETTING) from error
            self._write(keys)
        return ChainKeys(keys[CHAIN], keys[HEAD])

    def digest(self, person_id: int, value: str) -> str:
        """A keyed hash under the person's own key, as 64 hexadecimal digits."""
        return self.digests(person_id, value)[0]

    def digests(self, person_id: int, *values: str) -> list[str]:
        """The same of several values, with one look at the file."""
        key = self._find_or_make(_of(person_id))
        return [_digest(key, value) for value in values]

    def known_digest(self, person_id: int, value: str) -> str | None:
        """The same for one who has a key; None for all others, and no key is made."""
        key = self._read().get(_of(person_id))
        return None if key is None else _digest(key, value)

    def destroy(self, person_id: int) -> None:
        with self._held():
            keys = self._read()
            if keys.pop(_of(person_id), None):
                self._write(keys)

    def keep_only(self, person_ids: Iterable[int]) -> None:
        """Destroy the keys of everybody else: a crash may have come before ``destroy``."""
        with self._held():
            keys = self._read()
            kept = {CHAIN, HEAD, *map(_of, person_ids)}
            if keys.keys() - kept:
                self._write({name: key for name, key in keys.items() if name in kept})

    def content(self) -> bytes:
        """Of the file, for a copy of it; empty when there is none."""
        return _content(self._path)

    def head_content(self) -> bytes:
        """Likewise of the head's. Read it before the rows are copied: it may lag behind them."""
        return _content(self.head.path)

    def put_back(self, keys: bytes, head: bytes) -> None:
        """The files of a copy, in the place of these; empty: there was none."""
        with self._held():
            for path, content in ((self._path, keys), (self.head.path, head)):
                try:
                    if content:
                        write_whole(path, content.decode("ascii", "replace"))
                    else:
                        path.unlink(missing_ok=True)
                except OSError as error:
                    raise unwritable(path, error, SETTING) from error

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
        """One thread of one process at a time, as long as the keys are read, changed and
        written."""
        place = self._path.with_name(self._path.name + ".lock")
        with self._lock, locked(place, self._path, BUSY_MILLISECONDS, SETTING):
            yield

    def _read(self) -> dict[str, bytes]:
        try:
            return parsed(self._path.read_bytes())
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            raise KeysUnreadable(self._path) from error

    def _write(self, keys: dict[str, bytes]) -> None:
        content = json.dumps({name: key.hex() for name, key in keys.items()})
        try:
            write_whole(self._path, content)
        except OSError as error:
            raise unwritable(self._path, error, SETTING) from error


def parsed(content: bytes) -> dict[str, bytes]:
    """The keys by their names. Raises ValueError for what is no key file."""
    try:
        return {name: bytes.fromhex(key) for name, key in json.loads(content).items()}
    except (TypeError, AttributeError) as error:
        raise ValueError(str(error)) from error


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise KeysUnreadable(path) from error


def _of(person_id: int) -> str:
    return f"person:{person_id}"


def _digest(key: bytes, value: str) -> str:
    return hmac.digest(key, value.encode(), "sha256").hex()
