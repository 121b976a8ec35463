"""Which memories a few words mean."""

from dataclasses import replace

import pytest

from memory.records import MemoryItem
from memory.rules.meant import saying, smallest, speaking_of, together
from tests.rules.scoring.made import item as made


def items(*texts: str, message: int | None = None) -> list[MemoryItem]:
    return [
        made(ident, text, source_message_id=message) for ident, text in enumerate(texts, start=1)
    ]


@pytest.mark.parametrize(
    ("words", "text", "meant"),
    [
        ("I live in Berlin", "I live in Berlin.", True),
        ("my sister lives in Rome", "My sister Anna lives in Rome", True),
        ("I use Django", "I use Django with PostgreSQL and Redis", False),
        ("I like tea", "I don't like tea", False),
        ("I live in Berlin", "Do I live in Berlin?", False),
        ("I live in Berlin", "I live in Paris", False),
    ],
)
def test_only_what_says_it_and_hardly_more_is_meant(words: str, text: str, meant: bool) -> None:
    """Not what denies, asks or adds much."""
    assert bool(saying(words, items(text), ())) is meant


def test_word_for_word_comes_before_all_else() -> None:
    """A longer one that holds it, too, is not meant then."""
    found = saying("I live in Berlin", items("I live in Berlin now", "I live in Berlin"), ())

    assert [item.text for item in found] == ["I live in Berlin"]


def test_a_thing_is_spoken_of_by_all_its_words() -> None:
    """Or by its own mouth."""
    told = items("The Apollo project is late", "Apollo is a god", "The project is late")
    spoken = made(9, "I agree", speaker="Apollo project")

    assert [item.id for item in speaking_of("the Apollo project", [*told, spoken])] == [1, 9]
    assert speaking_of("the", told) == []


def test_a_turn_and_its_statement_are_one_thing_of_which_the_statement_is_meant() -> None:
    """Two messages are two things, unless they say the same."""
    turn = items("I love sushi. I live in Rome.", "I love sushi", message=1)
    other = [replace(each, id=each.id + 5) for each in items("Sushi is dear", message=2)]

    groups = together([*turn, *other])

    assert [[item.id for item in group] for group in groups] == [[1, 2], [6]]
    assert [item.id for item in smallest(groups[0])] == [2]
