"""Pseudonyms (GDPR Art. 4(5)): one for all names of one person, and the values put back into what a
model answers.

Models do not always give a placeholder back as they got it: in another case, with a possessive,
with the marks of Markdown, without its brackets; and it comes in pieces, cut anywhere. Only what
was in truth sent is put back: a number that a model makes up stands for nobody.
"""

from collections.abc import Iterable, Mapping, Sequence

import regex

from memory.records import Pseudonym
from memory.rules.name_forms import joined, plain
from memory.rules.personal_data.common_words import NO_NAMES

SHORTEST_NAME = 3
"""Letters of a part of a name that is one by itself: “de” and “Al” stand in too much."""

BETWEEN = r"\\?[ _-]?"
"""Between the words of a placeholder, where brackets say that it is one; Markdown escapes it."""
BETWEEN_BARE = r"\\?_"
"""Without brackets, and in capitals alone: “name 1” may be said of anything, and ``name_1`` is what
half of all programs call something."""


def named_in_full(names: Iterable[str], people: Iterable[Sequence[str]]) -> dict[str, str]:
    """By each name, and each part of one, the name of the person in full; by their plain forms.

    “Maya” is Maya Lindqvist where nobody else of that name is known, so both get one pseudonym: a
    model could not tell otherwise that what it is asked of the one is known of the other.
    ``people``: all names of one person each, the fullest first.
    """
    called = {name: each[0] for each in people for name in each}
    found = {plain(name): whole for name, whole in called.items()}
    for name in names:
        called.setdefault(name, found.setdefault(plain(name), name))
    wholes: dict[str, set[str]] = {}
    for name, whole in called.items():
        for part in parts_of(name):
            wholes.setdefault(plain(part), set()).add(whole)
    for part, of in wholes.items():
        if len(of) == 1:
            found[part] = next(iter(of))
        else:
            found.setdefault(part, part)
    for form, whole in tuple(found.items()):
        found.setdefault(joined(form), whole)
    found.pop("", None)
    return found


def parts_of(name: str) -> list[str]:
    """In lower case. Who is spoken of as Maya Lindqvist may be Lindqvist in the next sentence."""
    words = [word.strip(".,'’") for word in name.lower().split()]
    if len(words) < 2:
        return []
    return [word for word in words if len(word) >= SHORTEST_NAME and word not in NO_NAMES]


def is_telling(name: str) -> bool:
    """Whether what a speaker is called is more than “me”, “I” or “assistant”, which stand in
    every other sentence."""
    form = plain(name)
    is_long = len(form) >= SHORTEST_NAME or not form.isascii()
    return is_long and form not in NO_NAMES


class Restorer:
    """Takes an answer in pieces and gives it with the values in the place of their placeholders.

    Of several values with one placeholder the last is put back. A placeholder without a number is
    left as it is: it may stand for anything.
    """

    def __init__(self, pseudonyms: Iterable[Pseudonym]) -> None:
        names = {_plain(each.placeholder): each.value for each in pseudonyms}
        self._values = {name: value for name, value in names.items() if name[-1].isdigit()}
        self._pattern = _pattern(self._values) if self._values else None
        self._before = ""
        """The last character given: “unNAME_1” is another word."""
        self._held = ""

    def take(self, piece: str) -> str:
        """As much as is certain by now; what may be the beginning of a placeholder is held back."""
        if self._pattern is None:
            return piece
        text, seen = self._held + piece, len(self._before)
        certain = _certain(self._pattern, self._before + text, seen) - seen
        self._held = text[certain:]
        return self._put_back(self._pattern, text[:certain])

    def end(self) -> str:
        """What was held back, when nothing more comes."""
        rest, self._held = self._held, ""
        return rest if self._pattern is None else self._put_back(self._pattern, rest)

    def _put_back(self, pattern: "regex.Pattern[str]", text: str) -> str:
        seen = len(self._before)
        whole: str = pattern.sub(self._value, self._before + text, pos=seen)
        self._before = (self._before + text)[-1:]
        return whole[seen:]

    def _value(self, found: "regex.Match[str]") -> str:
        named = found["bracketed"] or found["bare"]
        return self._values[_plain(named)] + (found["possessive"] or "")


def _certain(pattern: "regex.Pattern[str]", text: str, seen: int) -> int:
    """How many characters no further piece can change the meaning of; so many were ``seen``."""
    opening = text.rfind("[", seen)
    if opening >= 0:
        start = opening - text[:opening].endswith("\\")
        if (found := pattern.fullmatch(text, start, partial=True)) and found.partial:
            return start
    at = seen
    while found := pattern.search(text, at, partial=True):
        open_ended = found.end() == len(text) and not found.group().endswith("]")
        if found.partial or open_ended:
            return int(found.start())
        at = found.end()
    return len(text)


def _pattern(names: Mapping[str, str]) -> "regex.Pattern[str]":
    """The longest first: [NAME_12] is not [NAME_1] with something behind it."""
    longest_first = sorted(names, key=len, reverse=True)
    bracketed = "|".join(name.replace("_", BETWEEN) for name in longest_first)
    bare = "|".join(name.upper().replace("_", BETWEEN_BARE) for name in longest_first)
    return regex.compile(
        rf"\\?\[\s?(?P<bracketed>{bracketed})(?P<possessive>['’]s)?\s?\\?\]"
        rf"|(?<!\w)(?P<bare>(?-i:{bare}))(?!\w)",
        regex.IGNORECASE,
    )


def _plain(placeholder: str) -> str:
    """NAME_1, however it is written."""
    words = regex.findall(r"[a-z]+|\d+", placeholder.lower())
    return "_".join(words)
