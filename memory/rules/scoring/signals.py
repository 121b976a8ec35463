"""Every signal of a candidate, on scales that can be added up.

Cosines and BM25 differ in height from question to question: they are told in standard deviations
from the mean of the candidates. Sixty imagined ones of ordinary height stand among them, so that
a handful of memories does not set the scale. All other signals are 0 to 1, or a logarithm.
"""

import math
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from memory.records import Days, MemoryItem
from memory.rules.scoring.question import Question
from memory.rules.times import closeness, tells_time

IMAGINED = 60
"""Of a question to a long conversation there are some three hundred candidates, and on their scale
the weights were learnt: with a third of it or less, one of ten memories stands out too little by
its words."""
ORDINARY_COSINE = (0.12, 0.12)
"""Mean and standard deviation of what this embedding model gives two unrelated sentences."""
ORDINARY_WORDS = (0.06, 0.14)
"""The same of BM25, the best of a question being 1: five in six of the candidates of a long
conversation say none of its words."""
BEST_OF_CONVERSATION = 3
"""Of each conversation: what is asked is rarely said in one turn alone."""
MOST_WORDS = 60
"""A longer text tells no more for being longer."""
MOST_FIRST_PERSONS = 3

_FIRST_PERSON = re.compile(r"\b(?:i|i'm|i've|i'd|my|me|we|our)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A memory that may answer, and what was measured of it."""

    item: MemoryItem
    days: tuple[Days, ...]
    """When it was said and, where it tells that, when it happened; by the person's calendar. None
    where the question names no day: counting them takes a tenth of a search."""
    similarity: float
    """Cosine to its own text, -1 to 1."""
    in_context: float
    """Cosine to it with the turns beside it."""
    own_words: float
    """BM25 of its own words."""
    full_text: float
    """BM25 of its own words and those of the turns around it."""
    answers: float
    """BM25 of the question it follows, if it follows one; else 0."""
    strength: float
    """By the forgetting curve, 0 to 1."""
    names: frozenset[str] = frozenset()
    """What it mentions, folded."""
    superseded: bool = False
    """It is an event, or a turn, of which something has been said anew."""


def signals(question: Question, candidates: Sequence[Candidate]) -> list[dict[str, float]]:
    """One for each candidate, in their order; names are those of the table of weights."""
    if not candidates:
        return []
    best = max(max(each.full_text for each in candidates), 1e-9)
    words = _standardised([each.full_text / best for each in candidates], *ORDINARY_WORDS)
    meaning = _standardised([each.similarity for each in candidates], *ORDINARY_COSINE)
    context = _standardised([each.in_context for each in candidates], *ORDINARY_COSINE)
    together = _by_conversation(
        candidates, [word + sense for word, sense in zip(words, meaning, strict=True)]
    )
    followed = max(best, *(each.answers for each in candidates))
    return [
        {
            "full text": words[place],
            "similarity": meaning[place],
            "similarity in context": context[place],
            "same conversation": together[place],
            "answers a question": each.answers / followed,
            **_of_text(question, each),
            **_of_circumstances(question, each),
        }
        for place, each in enumerate(candidates)
    ]


def _of_text(question: Question, candidate: Candidate) -> dict[str, float]:
    text = candidate.item.text
    asks_when = question.asks_for_time and tells_time(text)
    return {
        "length": math.log1p(min(MOST_WORDS, len(text.split()))),
        "is a question": float(is_question(text)),
        "first person": float(min(MOST_FIRST_PERSONS, len(_FIRST_PERSON.findall(text)))),
        "tells a time": float(asks_when),
    }


def _of_circumstances(question: Question, candidate: Candidate) -> dict[str, float]:
    asked = question.names
    return {
        "speaker": float(question.speaker is not None and _said_by(question.speaker, candidate)),
        "date": _closeness(question, candidate),
        "names": len(asked & candidate.names) / len(asked) if asked else 0.0,
        "strength": candidate.strength,
        "superseded": float(candidate.superseded),
    }


def _closeness(question: Question, candidate: Candidate) -> float:
    """Of the nearest of its days; of a longer stretch, both ends are asked."""
    if not question.days:
        return 0.0
    ends = {day for days in candidate.days for day in (days.first, days.last)}
    return max(closeness(question.days, day) for day in ends)


def _said_by(speaker: str, candidate: Candidate) -> bool:
    return (candidate.item.speaker or "").casefold() == speaker.casefold()


def is_question(text: str) -> bool:
    """Whether a turn ends by asking; what is noted behind it in brackets does not count."""
    said, bracket, noted = text.rpartition("[")
    if bracket and noted.rstrip().endswith("]"):
        text = said
    return text.rstrip().endswith("?")


def _standardised(values: Sequence[float], usual: float, spread: float) -> list[float]:
    """(value - mean) / deviation, of the values with the imagined ones, whose own deviation is
    ``spread``."""
    count = len(values) + IMAGINED
    mean = (sum(values) + IMAGINED * usual) / count
    squares = sum((value - mean) ** 2 for value in values) + IMAGINED * spread**2
    deviation = math.sqrt(squares / count)
    return [(value - mean) / deviation for value in values]


def _by_conversation(candidates: Sequence[Candidate], values: Sequence[float]) -> list[float]:
    """For each the mean of the three best of its conversation; what was told outside any stands by
    itself."""
    groups: dict[object, list[float]] = defaultdict(list)
    keys: list[object] = [each.item.conversation_id or each.item.id for each in candidates]
    for key, value in zip(keys, values, strict=True):
        groups[key].append(value)
    means = {}
    for key, group in groups.items():
        top = sorted(group, reverse=True)[:BEST_OF_CONVERSATION]
        means[key] = sum(top) / len(top)
    return [means[key] for key in keys]
