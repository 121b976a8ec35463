"""Which names are one person's, so that all of them get one pseudonym."""

from collections.abc import Iterable, Sequence

from memory.rules.name_forms import joined, plain
from memory.rules.personal_data.common_words import NO_NAMES

SHORTEST_NAME = 3
"""Letters of a part of a name that is one by itself: “de” and “Al” stand in too much."""


def named_in_full(names: Iterable[str], people: Iterable[Sequence[str]]) -> dict[str, str]:
    """The full name of a person, by the plain form of each name and part of a name they go by.

    “Maya” is Maya Lindqvist where nobody else of that name is known, so both get one pseudonym: a
    model could not tell otherwise that what it is asked of the one is known of the other.
    ``names``: those that were found in a text; ``people``: all names of one person each, the
    fullest first.
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
