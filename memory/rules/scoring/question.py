"""What a question looks for, beside its words and its meaning: whom, when, what is named."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

from memory.records import TimeSpan
from memory.rules.times import asks_for_time


@dataclass(frozen=True, slots=True)
class Question:
    days: tuple[TimeSpan, ...] = ()
    """The days it names."""
    asks_for_time: bool = False
    speaker: str | None = None
    """Whose words are asked for: the one speaker it names."""
    names: frozenset[str] = frozenset()
    """What is named in it, folded; speakers left out."""

    @classmethod
    def read(
        cls,
        text: str,
        *,
        days: Sequence[TimeSpan] = (),
        speakers: Sequence[str] = (),
        names: Iterable[str] = (),
    ) -> Self:
        """``speakers``: all that there are; ``names``: folded, of what is known and named here."""
        folded = {speaker.casefold() for speaker in speakers}
        return cls(
            days=tuple(days),
            asks_for_time=asks_for_time(text),
            speaker=_speaker(text, speakers),
            names=frozenset(names) - folded,
        )


def _speaker(text: str, speakers: Sequence[str]) -> str | None:
    """The one that is named; of several, nobody: what they say to each other is asked for, too."""
    named = [
        speaker
        for speaker in speakers
        if re.search(rf"(?<!\w){re.escape(speaker)}(?!\w)", text, re.IGNORECASE)
    ]
    return named[0] if len(named) == 1 else None
