"""Clauses joined by “and” keep their own subjects."""

from collections.abc import Callable

import pytest

from memory.records import Finding, Word
from memory.rules.grammar import mended

Stated = Callable[[str], Finding]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Priya is our product manager and Tomasz runs the cluster.",
            [("Priya", "role", "product manager"), ("Tomasz", "runs", "the cluster")],
        ),
        (
            "Anna is my manager and Ben is my colleague.",
            [("Anna", "role", "manager"), ("Ben", "role", "colleague")],
        ),
        (
            "Our office is in Leeds and Tomasz runs the cluster.",
            [("office", "location", "Leeds"), ("Tomasz", "runs", "the cluster")],
        ),
        ("I use Vim and Tomasz uses Emacs.", [("", "uses", "Vim"), ("Tomasz", "uses", "Emacs")]),
        ("I live in Berlin and Anna lives in Rome.", [("", "location", "Berlin")]),
        (
            "Priya is our product manager and runs the cluster.",
            [("Priya", "role", "product manager"), ("Priya", "runs", "the cluster")],
        ),
        (
            "Priya is our product manager and designer.",
            [("Priya", "role", "product manager and designer")],
        ),
        ("Tom and Priya run the cluster.", [("Tom and Priya", "runs", "the cluster")]),
        ("I like tea and coffee.", [("", "likes", "tea and coffee")]),
        ("I have a dog and a cat called Misty.", [("", "has", "a dog and a cat")]),
    ],
)
def test_whoever_stands_before_the_verb_does_it(
    text: str, expected: list[tuple[str, str, str]], stated: Stated
) -> None:
    """And is none of the list before; what is a list, or has one subject, stays so."""
    found = stated(text).statements
    assert [(each.about, each.attribute, each.value) for each in found] == expected


def word(text: str, tag: str, dep: str, head: int, start: int) -> Word:
    pos = {"N": "PROPN", "V": "VERB", "C": "CCONJ"}[tag[0]]
    return Word(text, text.lower(), pos, tag, dep, head, start)


def test_no_words_and_odd_trees_are_left_alone() -> None:
    """Also where the first word is a verb, or heads run in a circle."""
    circle = (word("Runs", "VBZ", "conj", 1, 0), word("sees", "VBZ", "conj", 0, 5))
    assert mended(()) == ()
    assert mended(circle) == circle
