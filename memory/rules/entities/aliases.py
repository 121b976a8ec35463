"""One thing by many names: "Postgres" and "PostgreSQL 14", "Maya" and "Maya Chen".

A name is compared by its plain form: no article, title, possessive or version, and the canonical
spelling of a technology. Beyond that a first or a last word stands for the whole name, as long as
there is only one that it can stand for.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import cache

from memory.rules import technologies
from memory.rules.entities.words import (
    FIRM_ENDINGS,
    ORDINARY,
    PLACE_ENDINGS,
    PLACE_STARTS,
    TITLES,
)

_ARTICLE = re.compile(r"^(?:the|a|an|our|my|your|his|her|their|project) ", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s?$")
_VERSION = re.compile(r" v?\d[\d.]{0,12}$")
_LEGAL_FORMS = frozenset(
    ("inc", "gmbh", "ag", "ltd", "llc", "plc", "corp", "co", "kg", "bv", "oy", "ab", "sa", "srl")
)


class Known:
    """Names by their plain forms: one is found without a look at all the others."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._names: dict[str, str] = {}
        """By plain form the first name of that form."""
        self._longer: dict[str, set[str]] = defaultdict(set)
        """By a word the plain forms that it stands for."""
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        form = plain(name)
        if form:
            self._names.setdefault(form, name)
            for word in ends(form):
                self._longer[word].add(form)

    def find(self, name: str) -> str | None:
        """The known name that means the same; None when there is none, or more than one."""
        return self._find(plain(name))

    def among(self, phrases: Collection[str]) -> set[str]:
        """The known names that any of the phrases, which are folded, stands for."""
        table = technologies.catalogue()
        forms = {*phrases, *(table[each].name.casefold() for each in phrases if each in table)}
        near = (form for form in forms if form in self._names or form in self._longer)
        return {name for form in near if (name := self._find(form)) is not None}

    def _find(self, form: str) -> str | None:
        if form in self._names:
            return self._names[form]
        shorter = {word for word in ends(form) if word in self._names}
        found = self._longer.get(form, set()) | shorter
        return self._names[found.pop()] if len(found) == 1 else None


def canonical(name: str, known_names: Iterable[str]) -> str | None:
    """The known name that means the same; None when there is none, or more than one."""
    return Known(known_names).find(name)


def spellings(name: str) -> set[str]:
    """The name, and every other that a technology of this name goes by."""
    return {name, *_spellings().get(plain(name), ())}


@cache
def _spellings() -> dict[str, list[str]]:
    """By the plain form of a technology's name."""
    found: dict[str, list[str]] = defaultdict(list)
    for each, technology in technologies.catalogue().items():
        found[technology.name.casefold()].append(each)
    return found


def plain(name: str) -> str:
    """The form in which names are compared, in lower case."""
    bare = bare_name(name)
    technology = technologies.catalogue().get(_VERSION.sub("", bare).lower())
    if technology:
        return technology.name.casefold()
    words = [word.casefold() for word in bare.split()]
    while len(words) > 1 and words[-1].rstrip(".") in _LEGAL_FORMS:
        words.pop()
    return " ".join(words).removesuffix(" &").rstrip(",")


def bare_name(name: str) -> str:
    """The name without article, title and possessive, as it was written."""
    name = _POSSESSIVE.sub("", " ".join(name.split()))
    name = _ARTICLE.sub("", name)
    first, _, rest = name.partition(" ")
    return rest if rest and first.rstrip(".").lower() in TITLES else name


def without_version(name: str) -> str:
    return _VERSION.sub("", name)


def ends(form: str) -> set[str]:
    """The first and the last word of a plain form, where they can stand for the whole.

    Not a word that begins or ends many names, nor a technology: "Visual" is no "Visual Studio".
    """
    words = form.split()
    if len(words) < 2 or technologies.is_technology(form):
        return set()
    common = ORDINARY | FIRM_ENDINGS | PLACE_STARTS | PLACE_ENDINGS
    return {
        word
        for word in (words[0], words[-1])
        if word not in common and len(word) > 1 and not technologies.is_technology(word)
    }
