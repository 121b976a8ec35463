"""Slips of the parser that grammar itself shows to be slips, put right for whatever reads it.

Two clauses joined by “and” are often read as one with a list in it: of “Priya is our designer and
Tomasz runs the cluster” the parser makes a designer who is Tomasz as well, and a Priya who runs it.
A noun that ends a list and stands right before a finite verb without a subject is that verb's.
"""

from collections.abc import Sequence
from dataclasses import replace

from memory.records import Word

_FINITE = {
    "VBZ": frozenset({"NN", "NNP"}),
    "VBP": frozenset({"NNS", "NNPS"}),
    "VBD": frozenset({"NN", "NNP", "NNS", "NNPS"}),
}
"""Forms of a verb that need a subject, and the nouns that agree with them."""
_BESIDE = frozenset({"conj", "ccomp", "advcl"})
"""How the parser hangs a clause on another one."""
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})


def mended(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words of a sentence, each clause behind an “and” with its own subject."""
    found = list(words)
    for place, word in enumerate(found):
        if word.tag not in _FINITE or word.dep not in _BESIDE:
            continue
        noun = _last_of_a_list(found, place)
        if noun is not None and not _has_subject(found, place):
            found[noun] = replace(found[noun], dep="nsubj", head=place)
        elif found[word.head].pos in ("NOUN", "PROPN") and _has_subject(found, place):
            verb = _verb_above(found, word.head)
            if word.dep == "conj" and verb is not None:
                found[place] = replace(word, head=verb)
    return tuple(found)


def _has_subject(words: Sequence[Word], verb: int) -> bool:
    return any(word.head == verb and word.dep in _SUBJECTS for word in words)


def _last_of_a_list(words: Sequence[Word], verb: int) -> int | None:
    """The noun right before the verb, where “and” joins it to one of the clause before."""
    place = verb - 1
    if place > 0 and words[place].pos == "ADV":
        place -= 1
    noun = words[place]
    if place < 0 or noun.dep != "conj" or noun.tag not in _FINITE[words[verb].tag]:
        return None
    joined = any(
        word.dep == "cc" and word.head == noun.head and noun.head < i < place
        for i, word in enumerate(words)
    )
    is_of_it = words[verb].head in _above(words, place)
    return place if joined and is_of_it else None


def _verb_above(words: Sequence[Word], place: int) -> int | None:
    return next((i for i in _above(words, place) if words[i].pos in ("VERB", "AUX")), None)


def _above(words: Sequence[Word], place: int) -> list[int]:
    """What the word hangs on, from the nearest up to the root."""
    found: list[int] = []
    while words[place].head != place and len(found) < len(words):
        place = words[place].head
        found.append(place)
    return found
