"""A name in the ways that it is written: with other accents, apostrophes and hyphens, in capitals,
in a handle or a path, or with its words written as one.

A person who is known as Conor O'Brien is he as O’Brien, @conor_obrien and CONOR, too.
"""

import itertools
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import regex

SHORTEST_JOINED = 6
"""Letters of a name whose words are written as one: a shorter one is a word of its own too soon."""
WORD = regex.compile(r"\p{L}[\p{L}\p{M}\u200c\u200d]*|\p{N}+")
"""Letters and digits apart, and nothing else: “maya_l77” names Maya."""
BETWEEN = regex.compile(r"\s{0,9}|[\p{Pd}'’‘ʼ`._]")
"""What stands between the words of one name."""
SPACELESS = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]+")
"""Scripts in which a name is no word of its own."""
OTHER_LETTERS = str.maketrans(
    {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"}
)
"""Those that are no letter with an accent to Unicode, and are written so by whoever lacks them."""


def plain(name: str) -> str:
    """The form in which ways to write a name are compared: its words, with a space between."""
    return " ".join(_plain(word) for word in WORD.findall(name))


def joined(form: str) -> str:
    """A plain form as one word; empty where that is none that tells a name."""
    one = form.replace(" ", "")
    return one if " " in form and len(one) >= SHORTEST_JOINED else ""


def _plain(word: str) -> str:
    if word.isascii():
        return word.lower()
    apart = unicodedata.normalize("NFKD", word.casefold())
    letters = "".join(letter for letter in apart if letter.isalnum())
    return letters.translate(OTHER_LETTERS)


class Forms:
    """Finds names in texts, by their plain forms: takes as long for a thousand as for one."""

    def __init__(self, forms: Iterable[str]) -> None:
        forms = set(forms)
        self._spaceless = [form for form in forms if SPACELESS.fullmatch(form)]
        self._words = {tuple(form.split()) for form in forms.difference(self._spaceless)}
        self._lengths: dict[str, set[int]] = defaultdict(set)
        """How many words those have that begin with one."""
        for words in self._words:
            self._lengths[words[0]].add(len(words))

    def places(self, text: str) -> Iterator[tuple[int, int]]:
        """From where to where each stands; they may overlap."""
        found = [word.span() for word in WORD.finditer(text)]
        words = [_plain(text[start:end]) for start, end in found]
        for at, first in enumerate(words):
            for length in self._lengths.get(first, ()):
                here = found[at : at + length]
                there = len(here) == length  # not at the end of the text
                named = there and tuple(words[at : at + length]) in self._words
                if named and _belong_together(here, text):
                    yield here[0][0], here[-1][1]
        for form in self._spaceless:
            for place in regex.finditer(regex.escape(form), text):
                yield place.span()


def _belong_together(words: Sequence[tuple[int, int]], text: str) -> bool:
    return all(
        BETWEEN.fullmatch(text, end, start) for (_, end), (start, _) in itertools.pairwise(words)
    )
