"""What this process does for an index now: fetching its model, or embedding memories for it. How
far the index itself is, the file knows."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from memory.protocols import Background
from memory.records import BuildState


@dataclass(frozen=True, slots=True)
class Doing:
    """``model``: as it is offered."""

    model: str
    state: BuildState
    done: int = 0
    of: int = 0
    begun_with: int = 0
    begun_at: datetime | None = None
    at: datetime | None = None
    """Of ``done``."""
    problem: str = ""

    @property
    def is_running(self) -> bool:
        return self.state in (BuildState.DOWNLOADING, BuildState.BUILDING)

    @property
    def seconds_left(self) -> float | None:
        """At the pace since it was begun."""
        if self.begun_at is None or self.at is None or self.done <= self.begun_with:
            return None
        took = (self.at - self.begun_at).total_seconds() / (self.done - self.begun_with)
        return max(0.0, took * (self.of - self.done))


class Builds:
    """One at a time, in ``background``, which does nothing else."""

    def __init__(self, background: Background) -> None:
        self._background = background
        self._lock = threading.Lock()
        self._doing: Doing | None = None
        self._stop = threading.Event()

    @property
    def doing(self) -> Doing | None:
        """The last one, also when it has ended."""
        with self._lock:
            return self._doing

    def start(self, model: str, state: BuildState, work: Callable[[threading.Event], None]) -> None:
        """Nothing when one is running: it goes on."""
        with self._lock:
            if self._doing is not None and self._doing.is_running:
                return
            self._doing = Doing(model, state)
            self._stop = stop = threading.Event()
        self._background.submit(lambda _: work(stop))

    def now_at(self, state: BuildState, done: int, of: int, now: datetime) -> None:
        """How far it is; a new state begins to count its pace anew."""
        with self._lock:
            doing = self._doing
            assert doing is not None, "nothing was started"
            if state is not doing.state or doing.begun_at is None:
                doing = replace(doing, begun_with=done, begun_at=now)
            self._doing = replace(
                doing,
                state=state,
                done=done,
                of=of,
                at=now,
            )

    def end(self, state: BuildState, problem: str = "") -> None:
        with self._lock:
            assert self._doing is not None, "nothing was started"
            self._doing = replace(self._doing, state=state, problem=problem)

    def forget(self) -> None:
        """What has ended is told no more."""
        with self._lock:
            if self._doing is not None and not self._doing.is_running:
                self._doing = None

    def stop(self) -> None:
        """What is being done ends after its batch."""
        with self._lock:
            self._stop.set()

    def close(self) -> None:
        self.stop()
        self._background.close()
