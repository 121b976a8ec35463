"""Where a text speaks of a time."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from memory.rules.times.patterns import PATTERNS, WORDS, Shape


@dataclass(frozen=True, slots=True)
class Phrase:
    shape: Shape
    start: int
    end: int
    words: Mapping[str, str]
    """What its pattern names, in lower case with single spaces; what is absent is left out."""


MOST_PHRASES = 32
"""Of one text: nobody says more in one breath, and each costs up to a millisecond to resolve."""

# Whichever of an expression's patterns found it, its own part is in one of these.
_AT = ("at", "at_safe", "at_the")
_LETTERS = re.compile(r"[a-z]+")
_YEAR_FIGURES = re.compile(r"(?:19|20)\d\d")


def phrases(text: str) -> list[Phrase]:
    """In order and without overlaps, of two that overlap the longer; at most MOST_PHRASES."""
    found: list[Phrase] = []
    for phrase in sorted(_candidates(text), key=lambda phrase: (phrase.start, -phrase.end)):
        if found and phrase.start < found[-1].end:
            if phrase.end - phrase.start > found[-1].end - found[-1].start:
                found[-1] = phrase
        elif len(found) < MOST_PHRASES:
            found.append(phrase)
    return found


def speaks_of_time(text: str) -> bool:
    """Whether there is any phrase: the first is enough."""
    return next(_candidates(text), None) is not None


def _candidates(text: str) -> Iterator[Phrase]:
    words = frozenset(_LETTERS.findall(text.lower()))
    has_year = _YEAR_FIGURES.search(text) is not None
    for shape, pattern in PATTERNS:
        if has_year if shape not in WORDS else not words.isdisjoint(WORDS[shape]):
            for match in pattern.finditer(text):
                named = {name: said for name, said in match.groupdict().items() if said}
                if _is_time(shape, named, text[max(0, match.start() - 24) : match.start()]):
                    at = next((name for name in _AT if name in named), 0)
                    lower = {name: " ".join(said.lower().split()) for name, said in named.items()}
                    yield Phrase(shape, match.start(at), match.end(at), lower)


_VERBS = frozenset({"may", "march", "mar"})
_DAY_FOLLOWS = re.compile(r"\b(?:on|by|since|until|till|before|after|from|between|of)\s$", re.I)
_NOT_ONE_DAY = re.compile(
    r"\b(?:an?|any|every|each|most|some|all|black|good|ash|palm|cyber|casual|super|man|ruby)\s$",
    re.IGNORECASE,
)
_VERSION = re.compile(r"\b(?:version|release|build)\s$", re.IGNORECASE)
# “in two weeks” after these is how long something took.
_TOOK = re.compile(
    r"\b(?:\w{2,12}ed|did|done|had|was|were|got|made|took|built|wrote|read|ran|went|came|lost|won"
    r"|grew|can|could|times?|ever|never|once|twice|best|most|first|once every)\s",
    re.IGNORECASE,
)


def _is_time(shape: Shape, words: Mapping[str, str], before: str) -> bool:
    """Whether the company of a word that also means something else makes it a time."""
    match shape:
        case Shape.NUMERIC:
            return not _VERSION.search(before)
        case Shape.DATE:
            sure = {"of", "year"} & words.keys() or "weekday" in words
            verb = words["month"].rstrip(".") in _VERBS
            return bool(sure or not verb or _DAY_FOLLOWS.search(before) or words.get("at"))
        case Shape.MONTH:
            return "which" not in words or words["month"] not in _VERBS
        case Shape.SEASON:
            return bool({"which", "year", "which_year", "the"} & words.keys()) or (
                words["season"].islower()
            )
        case Shape.WEEKDAY:
            return "which" in words or not _NOT_ONE_DAY.search(before)
        case Shape.DISTANCE:
            return words.get("ahead") != "in" or "time" in words or not _TOOK.search(before)
        case _:
            return True
