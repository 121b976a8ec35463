"""From scores to a list: the best first, each fact once, each with a reason in words."""

import re
from collections import defaultdict
from collections.abc import Sequence

from memory.records import MemoryItem, Recalled

CLOSE_SIMILARITY = 0.45
"""A cosine of this model above it is close in meaning; unrelated texts are mostly below 0.2."""
RELATED_SIMILARITY = 0.3
"""Cosine below which two texts have nothing to do with each other: of pairs of unrelated sentences
nearly all lie below it."""
SAME_WORDS = 0.8
"""Two texts that share this much of all their words say the same."""

_WORD = re.compile(r"\w+")
_DENIES = frozenset("no not never none nobody nothing without cannot t".split())
"""“t” is what is left of “don't”."""


def bears_on(result: Recalled) -> bool:
    """Whether a result has anything to do with the question: a short list is filled up with what
    has not, and to stand there is no use of it."""
    return result.shares_words or result.similarity >= RELATED_SIMILARITY


def reason(*, shares_words: bool, similarity: float) -> str:
    """Why a memory was found, in words."""
    if shares_words and similarity >= CLOSE_SIMILARITY:
        return "It shares words with the question and is close in meaning."
    if shares_words:
        return "It shares words with the question."
    if similarity >= CLOSE_SIMILARITY:
        return "It is close in meaning, in other words."
    return "It is loosely related in meaning."


def distinct(ranked: Sequence[Recalled], wanted: int) -> list[Recalled]:
    """The ranking with repetitions moved behind the first ``wanted`` that say something new.

    Only what stands before that is looked at: a list is read from its top.
    """
    chosen: list[Recalled] = []
    repeated: list[Recalled] = []
    told = _Told()
    for place, result in enumerate(ranked):
        if len(chosen) == wanted:
            return [*chosen, *repeated, *ranked[place:]]
        (chosen if told.is_new(result.item) else repeated).append(result)
    return [*chosen, *repeated]


class _Told:
    """What a list says so far. A text is only compared with those that it may repeat: of the same
    message, or with the same names and numbers by the same speaker."""

    def __init__(self) -> None:
        self._of_message: dict[int, list[str]] = defaultdict(list)
        self._with_names: dict[object, list[frozenset[str]]] = defaultdict(list)

    def is_new(self, item: MemoryItem) -> bool:
        """Whether it says something new; if so, it is told from now on."""
        message = item.source_message_id
        of_message = [] if message is None else self._of_message[message]
        words = frozenset(_WORD.findall(item.text))
        folded = frozenset(word.casefold() for word in words)
        alike = self._with_names[item.speaker, frozenset(filter(_is_telling, words))]
        if any(item.text in other or other in item.text for other in of_message):
            return False
        if any(_same_words(folded, other) for other in alike):
            return False
        of_message.append(item.text)
        alike.append(folded)
        return True


def _is_telling(word: str) -> bool:
    """A name, a number, or what turns a statement into its opposite: texts that differ in one never
    repeat each other."""
    return word.casefold() in _DENIES or any(c.isupper() or c.isnumeric() for c in word)


def _same_words(words: frozenset[str], others: frozenset[str]) -> bool:
    return len(words & others) >= SAME_WORDS * len(words | others)
