"""What somebody waits for, so that what nobody waits for gives way to it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

LONGEST_SECONDS = 30.0
"""An answer that nobody reads to its end does not hold the background up for ever."""
LOOK_SECONDS = 0.1


class Foreground:
    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._busy = 0

    @contextmanager
    def busy(self) -> Iterator[None]:
        self.begin()
        try:
            yield
        finally:
            self.end()

    def begin(self) -> None:
        with self._changed:
            self._busy += 1

    def end(self) -> None:
        with self._changed:
            self._busy -= 1
            self._changed.notify_all()

    def give_way(self, stop: threading.Event) -> None:
        """Returns when nobody waits for anything, or it is to stop."""
        with self._changed:
            for _ in range(round(LONGEST_SECONDS / LOOK_SECONDS)):
                if not self._busy or stop.is_set():
                    return
                self._changed.wait(LOOK_SECONDS)
