"""One thing by many names: "Postgres" and "PostgreSQL 14", "Maya" and "Maya Chen".

A name is compared by its plain form: no article, title, possessive or version, and the canonical
spelling of a technology. Beyond that a first or a last word stands for the whole name, as long as
there is only one that it can stand for.
"""

import re
from collections.abc import Iterable

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


def canonical(name: str, known_names: Iterable[str]) -> str | None:
    """The known name that means the same; None when there is none, or more than one."""
    wanted = plain(name)
    forms = {known: plain(known) for known in known_names}
    same = [known for known, form in forms.items() if form == wanted]
    found = same or [known for known, form in forms.items() if _stands_for(wanted, form)]
    return found[0] if wanted and (same or len(found) == 1) else None


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


def _stands_for(one: str, other: str) -> bool:
    """Whether one of the two is the first or the last word of the other.

    Not a word that begins or ends many names, nor a technology: "Visual" is no "Visual Studio".
    """
    short, long = sorted((one.split(), other.split()), key=len)
    if len(short) != 1 or len(long) < 2 or short[0] not in (long[0], long[-1]):
        return False
    if technologies.is_technology(" ".join(long)) or technologies.is_technology(short[0]):
        return False
    common = ORDINARY | FIRM_ENDINGS | PLACE_STARTS | PLACE_ENDINGS
    return short[0] not in common and len(short[0]) > 1
