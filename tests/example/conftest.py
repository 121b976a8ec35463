"""The real language, asked once for each text: many lives are said in nearly the same words."""

import pytest

from memory.adapters.language import SpacyLanguage
from memory.records import Reading, Span


class ReadOnce:
    """What the real language finds in a text, kept for the next life."""

    def __init__(self) -> None:
        self._real = SpacyLanguage()
        self._readings: dict[str, Reading] = {}
        self._spans: dict[str, tuple[Span, ...]] = {}
        self._sentences: dict[str, tuple[str, ...]] = {}

    def read(self, text: str) -> Reading:
        if text not in self._readings:
            self._readings[text] = self._real.read(text)
        return self._readings[text]

    def personal_data(self, text: str) -> tuple[Span, ...]:
        if text not in self._spans:
            self._spans[text] = self._real.personal_data(text)
        return self._spans[text]

    def sentences(self, text: str) -> tuple[str, ...]:
        if text not in self._sentences:
            self._sentences[text] = self._real.sentences(text)
        return self._sentences[text]


@pytest.fixture(scope="session")
def language() -> ReadOnce:
    return ReadOnce()
