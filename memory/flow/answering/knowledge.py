"""What the built-in answerer may speak from, and what it comes to: the records between the modules
that put an answer together."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from memory.records import MemoryItem, Observation, ProfileField, Recalled, StatedField, TimeSpan
from memory.rules.talk.fields import canonical_field


@dataclass(frozen=True, slots=True)
class Used:
    """A memory an answer was built on."""

    memory_id: int
    reason: str
    """Why, in a sentence for the person."""


@dataclass(frozen=True, slots=True)
class Answer:
    text: str
    """Markdown."""
    used: tuple[Used, ...] = ()
    """Each memory once, in order of use."""
    listed: bool = False
    """The memories were listed because all of them were asked for: seen, but not put to use."""


class Kept:
    """All memories that may be recalled, newest first, read only when an answer needs them all:
    most need one or none, and a long life holds thousands."""

    def __init__(
        self,
        load: Callable[[], Sequence[MemoryItem]],
        get: Callable[[int], MemoryItem | None],
    ) -> None:
        """``get``: one of them by its id; None when it is not among them."""
        self._load = load
        self._get = get
        self._loaded: tuple[MemoryItem, ...] | None = None

    def all(self) -> tuple[MemoryItem, ...]:
        if self._loaded is None:
            self._loaded = tuple(self._load())
        return self._loaded

    def get(self, memory_id: int) -> MemoryItem | None:
        return self._get(memory_id)


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What the answerer may speak from, put together by ``gather``."""

    profile: tuple[ProfileField, ...]
    """The latest said first."""
    recalled: tuple[Recalled, ...]
    """Best first, not yet judged for relevance; up to 8."""
    kept: Kept
    now: datetime
    """Aware, in the person's own zone."""
    observation: Observation | None
    """What was just learnt from this very message; None when nothing may be stored."""
    off: str = ""
    """Why nothing is remembered now, in words; empty when it is."""
    has_model: bool = False
    """A model is connected, and was not asked."""
    stated: Callable[[], Sequence[StatedField]] = lambda: ()
    """All that was ever said of the profile, also what no longer holds; read when it is asked."""
    held: Callable[[datetime], Sequence[MemoryItem]] = lambda _moment: ()
    """The memories that had been told by a moment and held then, newest first."""
    times: Callable[[str], Sequence[TimeSpan]] = lambda _text: ()
    """What a text says of time."""

    @property
    def just_stored(self) -> tuple[MemoryItem, ...]:
        return self.observation.stored if self.observation else ()

    def fields(self, about: str) -> list[ProfileField]:
        """What is known of a field now: the latest, and others said in the same memory."""
        found = self.every(about)
        return [field for field in found if field.source_memory_id == found[0].source_memory_id]

    def every(self, about: str) -> list[ProfileField]:
        """All that was ever said of a field, the latest first."""
        everything = (*self._just_said(), *self.profile)
        return [field for field in everything if canonical_field(field.field) == about]

    def _just_said(self) -> Iterator[ProfileField]:
        """What this very message states, as if it were in the profile already."""
        if self.observation and self.just_stored:
            for fact in self.observation.profile:
                yield ProfileField(
                    fact.field, fact.value, fact.confidence, self.now, self.just_stored[0].id
                )

    def memory(self, memory_id: int | None) -> MemoryItem | None:
        at_hand = (*(found.item for found in self.recalled), *self.just_stored)
        found = next((item for item in at_hand if item.id == memory_id), None)
        return self.kept.get(memory_id) if found is None and memory_id is not None else found
