"""What a walk is given: a file of its own, gone afterwards, and a clock that stands still."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from memory import PERSONALIZATION, Memory, Settings

START = datetime(2026, 3, 2, 12, tzinfo=UTC)
"""Noon, so that the day is the same in nearly every zone."""

OpenMemory = Callable[..., Memory]
"""``Memory.open``, or that with models which are loaded already."""


class Clock:
    """Stands still until the walk moves it: no waiting, and each run prints the same."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def forward(self, *, days: float = 0, minutes: float = 0) -> None:
        self.now += timedelta(days=days, minutes=minutes)


@dataclass(frozen=True, slots=True)
class Scratch:
    folder: Path
    open_memory: OpenMemory = Memory.open
    clock: Clock = field(default_factory=Clock)

    def open(self, **changed: Any) -> Memory:
        """The memory of this walk, with the usual settings but for those named. The embedding model
        is assembled where the app has it, unless one is handed in; nothing of a walk is there."""
        settings = Settings(
            database=self.folder / "walk.db", cache=Settings.from_env().cache, **changed
        )
        return self.open_memory(settings, clock=self.clock)

    def open_for_me(self, **changed: Any) -> Memory:
        """For one person, “me”, who has agreed that things are remembered."""
        memory = self.open(**changed)
        memory.grant("me", PERSONALIZATION)
        return memory

    def times_in_files(self, text: str) -> int:
        """How often these bytes stand in the database, its log and whatever lies beside them: read
        as files, past the engine."""
        return sum(
            path.read_bytes().count(text.encode())
            for path in self.folder.iterdir()
            if path.is_file()
        )


@contextmanager
def temporary_scratch(open_memory: OpenMemory = Memory.open) -> Iterator[Scratch]:
    with TemporaryDirectory(prefix="recollect-walk-") as folder:
        yield Scratch(Path(folder), open_memory)
