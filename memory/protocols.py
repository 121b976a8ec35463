"""What the flows need from outside, so that tests can hand in fakes through the constructor."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol, TypeAlias

from memory.records import ChatMessage, Reading, Span, TimeSpan

Clock = Callable[[], datetime]
"""Returns now as an aware UTC datetime; read once per call of the door."""

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# In quotes: importing numpy takes a quarter of a second, and most calls need no vector.
Vectors: TypeAlias = "NDArray[np.float32]"


class Embedder(Protocol):
    @property
    def name(self) -> str:
        """Identifies the model: vectors of two names are never compared."""

    @property
    def dimension(self) -> int: ...

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Rows of unit length, shape (len(texts), dimension)."""


class Language(Protocol):
    def read(self, text: str) -> Reading:
        """Everything the language model finds in the text."""

    def personal_data(self, text: str) -> tuple[Span, ...]:
        """Only the personal data."""

    def sentences(self, text: str) -> tuple[str, ...]:
        """Only the sentences."""


class Calendar(Protocol):
    def times(self, text: str, said_at: datetime, *, future: bool = False) -> tuple[TimeSpan, ...]:
        """What the text says of time, in order. ``said_at`` is aware, in the person's own zone.

        ``future``: the text speaks of what is to come, so “on Tuesday” is the next one.
        """


class TokenCounter(Protocol):
    def count(self, text: str) -> int: ...


class Model(Protocol):
    @property
    def name(self) -> str: ...

    @property
    def is_local(self) -> bool:
        """True when text sent to it does not leave this computer."""

    def stream(self, messages: Sequence[ChatMessage]) -> Iterator[str]:
        """The answer in pieces. Raises ModelUnavailable with what to do about it."""
