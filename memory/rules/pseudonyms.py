"""Values put back in the place of their pseudonyms (GDPR Art. 4(5)), in what a model answers.

Models do not always give a placeholder back as they got it: in another case, with a possessive,
with the marks of Markdown, without its brackets; and it comes in pieces, cut anywhere. Only what
was in truth sent is put back: a number that a model makes up stands for nobody.
"""

from collections.abc import Iterable, Mapping

import regex

from memory.records import Pseudonym

BETWEEN = r"\\?[ _-]?"
"""Between the words of a placeholder, where brackets say that it is one; Markdown escapes it."""
BETWEEN_BARE = r"\\?_"
"""Without brackets, and in capitals alone: “name 1” may be said of anything, and ``name_1`` is what
half of all programs call something."""


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
