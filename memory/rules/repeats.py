"""Whether a line says nothing that another does not say already."""

import re
from collections.abc import Iterable

from memory.rules.talk.vocabulary import stem

_WORD = re.compile(r"[^\W_]+(?:['’.+#-]+[^\W_]+)*[+#]*")
# Words without which a line tells the same. What denies, counts, names or dates is not among them.
_EMPTY = frozenset(
    "a an the i i'm i've me my mine we our us you your he she it its is are am was were be been of "
    "to in at on for from with and or that this there as by do does have has please remember "
    "note".split()
)
_FIELD_VERBS = "use using work working live living name call"
"""What the name of a profile's field says already."""

Words = frozenset[str]


def telling(*texts: str) -> Words:
    """Stems of the words that carry what the texts say."""
    words = (word.lower().replace("’", "'") for text in texts for word in _WORD.findall(text))
    return frozenset(stem(word) for word in words if word not in _EMPTY)


def of_fields(*values: str) -> Words:
    """The same of values of the profile, with the verbs that put them into a sentence."""
    return telling(*values, _FIELD_VERBS)


def repeats(line: Words, said: Iterable[Words]) -> bool:
    """Whether all it tells stands in one of the others."""
    return bool(line) and any(line <= other for other in said)
