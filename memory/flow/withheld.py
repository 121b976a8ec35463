"""What was masked in the last messages, as it was typed, for as long as the person may still say
“keep it”. It lives here and nowhere else, for some minutes, and is gone with the process.

Only values that may be kept at all are in it: a password or a key never is.
"""

import threading
from collections import OrderedDict
from collections.abc import Collection
from datetime import datetime, timedelta

MAX_MESSAGES = 50


class Withheld:
    def __init__(self, seconds: float) -> None:
        """``seconds``: how long a text can be asked for."""
        self._kept_for = timedelta(seconds=seconds)
        self._lock = threading.Lock()
        self._texts: OrderedDict[int, tuple[int, str, datetime]] = OrderedDict()

    def add(self, person_id: int, message_id: int, text: str, now: datetime) -> None:
        with self._lock:
            self._let_go(now)
            self._texts[message_id] = (person_id, text, now)
            while len(self._texts) > MAX_MESSAGES:
                self._texts.popitem(last=False)

    def get(self, person_id: int, message_id: int, now: datetime) -> str | None:
        with self._lock:
            self._let_go(now)
            owner, text, _ = self._texts.get(message_id, (None, None, now))
            return text if owner == person_id else None

    def drop(self, message_ids: Collection[int]) -> None:
        with self._lock:
            for message_id in message_ids:
                self._texts.pop(message_id, None)

    def drop_person(self, person_id: int) -> None:
        with self._lock:
            for message_id, (owner, _, _) in list(self._texts.items()):
                if owner == person_id:
                    del self._texts[message_id]

    def let_go(self, now: datetime) -> None:
        """Of what can no longer be asked for."""
        with self._lock:
            self._let_go(now)

    def _let_go(self, now: datetime) -> None:
        for message_id, (_, _, since) in list(self._texts.items()):
            if not timedelta(0) <= now - since <= self._kept_for:
                del self._texts[message_id]
