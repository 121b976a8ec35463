"""Work that no answer waits for, such as learning with a model: one after the other, in a thread of
its own. It is never owed: what was cut short is done with the next message, or not at all."""

import threading
from collections import deque
from collections.abc import Callable

Work = Callable[[threading.Event], None]


class BackgroundThread:
    """Begins its thread with the first work, and ends it when there is none."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._waiting: deque[Work] = deque()
        self._stop = threading.Event()
        """Of the work that is being done."""
        self._gives_way = False
        """Until more comes, which it does when the message has been answered."""
        self._running = False
        self._closed = False

    def submit(self, work: Work) -> None:
        with self._changed:
            if not self._closed:
                self._gives_way = False
                self._waiting.append(work)
                self._begin()

    def give_way(self) -> None:
        with self._changed:
            self._gives_way = True
            self._stop.set()

    def close(self) -> None:
        with self._changed:
            self._closed = True
            self._waiting.clear()
            self._stop.set()
            self._changed.wait_for(lambda: not self._running)

    def _begin(self) -> None:
        if self._waiting and not self._running and not self._gives_way:
            self._running = True
            threading.Thread(target=self._run, name="background", daemon=True).start()

    def _run(self) -> None:
        try:
            while work := self._next():
                work(self._stop)
        finally:  # also of one that failed: the next begins a thread of its own
            with self._changed:
                self._running = False
                self._changed.notify_all()
                self._begin()

    def _next(self) -> Work | None:
        with self._changed:
            if not self._waiting or self._gives_way:
                return None
            self._stop = threading.Event()
            return self._waiting.popleft()
