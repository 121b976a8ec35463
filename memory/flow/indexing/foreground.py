"""What somebody waits for, so that what nobody waits for gives way to it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol
from weakref import WeakSet

LONGEST_SECONDS = 30.0
"""An answer that is begun and never read to its end does not hold the background up for ever."""
LOOK_SECONDS = 0.1


class Answer(Protocol):
    @property
    def has_ended(self) -> bool: ...


class Foreground:
    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._busy = 0
        self._answers: WeakSet[Answer] = WeakSet()
        """Of models on this computer, which have need of its processor until they end."""

    @contextmanager
    def busy(self) -> Iterator[None]:
        with self._changed:
            self._busy += 1
        try:
            yield
        finally:
            with self._changed:
                self._busy -= 1
                self._changed.notify_all()

    def note(self, answer: Answer) -> None:
        """It is waited for until it has ended, or nobody holds it any more."""
        with self._changed:
            self._answers.add(answer)

    def give_way(self, stop: threading.Event) -> None:
        """Returns when nobody waits for anything, or it is to stop."""
        with self._changed:
            for _ in range(round(LONGEST_SECONDS / LOOK_SECONDS)):
                if stop.is_set() or not (self._busy or self._is_answering()):
                    return
                self._changed.wait(LOOK_SECONDS)

    def _is_answering(self) -> bool:
        return not all(answer.has_ended for answer in self._answers)
