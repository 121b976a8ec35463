"""From scores to a list: the best first, each fact once, each with a reason in words."""

import re
from collections.abc import Sequence

from memory.records import Recalled

CLOSE_SIMILARITY = 0.45
"""A cosine of this model above it is close in meaning; unrelated texts are mostly below 0.2."""
SAME_WORDS = 0.8
"""Two texts that share this much of all their words say the same."""

_WORD = re.compile(r"\w+")
_TELLING = re.compile(r"\d|[^\W\d_]*[A-Z]")


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
    rest: Sequence[Recalled] = ()
    for place, result in enumerate(ranked):
        if len(chosen) == wanted:
            rest = ranked[place:]
            break
        says_again = any(_repeats(result, other) for other in chosen)
        (repeated if says_again else chosen).append(result)
    return [*chosen, *repeated, *rest]


def _repeats(result: Recalled, other: Recalled) -> bool:
    """Whether one says no more than the other. Texts that differ in a number or a name never do."""
    own, others = result.item, other.item
    if own.source_message_id is not None and own.source_message_id == others.source_message_id:
        return own.text in others.text or others.text in own.text
    if own.speaker != others.speaker:
        return False
    words, other_words = set(_WORD.findall(own.text)), set(_WORD.findall(others.text))
    if any(_TELLING.match(word) for word in words ^ other_words):
        return False
    folded, other_folded = ({word.casefold() for word in each} for each in (words, other_words))
    return len(folded & other_folded) >= SAME_WORDS * len(folded | other_folded)
