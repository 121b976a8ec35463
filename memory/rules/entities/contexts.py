"""The words around a mention: the sentence it was said in, short enough for one line."""

import re
from collections.abc import Collection, Iterable
from itertools import pairwise

from memory.rules.entities import aliases

LONGEST = 160
"""Characters."""

_ENDS = re.compile(r"[.!?…][\"'”’)\]]{0,3}\s|\n")


def context(text: str, names: Iterable[str]) -> str:
    """The sentence that says one of the names first, or the start of the text; shortened."""
    if not text:
        return ""
    folded = _folded(text)
    place = min((_find(folded, _folded(name)) for name in names), default=len(text)) % len(text)
    ends = [end.end() for end in _ENDS.finditer(text)]
    start = max((end for end in ends if end <= place), default=0)
    end = min((end for end in ends if end > place), default=len(text))
    return _shortened(text[start:end], place - start)


def says(text: str, name: str) -> bool:
    """Whether a text says a name as it stands, or a technology by another of its names."""
    if name in text:
        return True
    folded = _folded(text)
    return any(_find(folded, _folded(each)) < len(text) for each in aliases.spellings(name))


def telling(text: str, words: Collection[str]) -> str:
    """The sentence of a text that has most of the words, anywhere in it; the first of equals."""
    ends = [0, *(end.end() for end in _ENDS.finditer(text)), len(text)]
    sentences = [text[start:end] for start, end in pairwise(ends)]
    return max(sentences, key=lambda one: sum(word.lower() in one.lower() for word in words))


def _folded(text: str) -> str:
    """In lower case, every letter at its place: of some it is longer."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(each.lower() if len(each.lower()) == 1 else each for each in text)


def _find(text: str, name: str) -> int:
    """Where the name stands as words of their own; the text's length when nowhere."""
    place = text.find(name)
    while place >= 0:
        end = place + len(name)
        if not (text[place - 1 : place].isalnum() or text[end : end + 1].isalnum()):
            return place
        place = text.find(name, end)
    return len(text)


def _shortened(sentence: str, place: int) -> str:
    """At words, with the place in it; one line."""
    words = list(re.finditer(r"\S+", sentence))
    line = " ".join(word[0] for word in words)
    if len(line) <= LONGEST:
        return line
    before = " ".join(word[0] for word in words if word.start() < place)
    if len(before) > LONGEST // 2:
        line = line[line.find(" ", len(before) - LONGEST // 3) + 1 :]
        return f"… {_cut(line, LONGEST - 4)}"
    return _cut(line, LONGEST - 2)


def _cut(line: str, most: int) -> str:
    if len(line) <= most:
        return line
    return f"{line[:most].rpartition(' ')[0] or line[:most]} …"
