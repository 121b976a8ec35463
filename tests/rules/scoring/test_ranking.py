"""From scores to a list: each fact once, each with a reason in words."""

import pytest

from memory.records import Recalled
from memory.rules.scoring import distinct, reason
from memory.rules.scoring.ranking import CLOSE_SIMILARITY
from tests.rules.scoring.made import recalled

PORRIDGE = "we had porridge with berries and honey for breakfast"


def ids(ranked: list[Recalled], wanted: int) -> list[int]:
    return [result.item.id for result in distinct(ranked, wanted)]


@pytest.mark.parametrize(
    ("similarity", "shares_words", "words"),
    [
        (CLOSE_SIMILARITY, True, "shares words with the question and is close in meaning"),
        (CLOSE_SIMILARITY - 0.01, True, "shares words with the question."),
        (CLOSE_SIMILARITY, False, "close in meaning, in other words"),
        (CLOSE_SIMILARITY - 0.01, False, "loosely related"),
    ],
)
def test_the_reason_says_how_it_was_found(
    similarity: float, shares_words: bool, words: str
) -> None:
    """By words, by meaning, or by both."""
    assert words in reason(shares_words=shares_words, similarity=similarity)


# -- each fact once -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wanted", "order"),
    [
        (0, [1, 2, 3, 4]),
        (1, [1, 2, 3, 4]),
        (2, [1, 3, 2, 4]),
        (3, [1, 3, 4, 2]),
        (9, [1, 3, 4, 2]),
    ],
)
def test_repetitions_stand_behind_the_first_that_say_something_new(
    wanted: int, order: list[int]
) -> None:
    """Nothing is lost, and what is further down stays as it was ranked."""
    ranked = [
        recalled(1, PORRIDGE),
        recalled(2, PORRIDGE),
        recalled(3, "the piano was tuned"),
        recalled(4, "the garden is full of bees"),
    ]

    assert ids(ranked, wanted) == order


@pytest.mark.parametrize(
    ("text", "again"),
    [
        (PORRIDGE, True),
        ("we had porridge with berries and honey for breakfast again", True),
        ("for breakfast we had porridge with honey and berries", True),
        # eight words of nine shared is much, seven of eleven is not
        ("we had porridge with nuts and salt for lunch", False),
        ("", False),
    ],
)
def test_texts_of_the_same_words_say_the_same(text: str, again: bool) -> None:
    """Four fifths of all their words, in any order."""
    ranked = [recalled(1, PORRIDGE), recalled(2, text), recalled(3, "the piano was tuned")]

    assert ids(ranked, 2) == ([1, 3, 2] if again else [1, 2, 3])


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("the meeting with the bank is on day {} of the month", "3", "4"),
        ("we deploy the whole shop on {} in the cloud now", "node18", "node20"),
        ("the present for {} is hidden in the old wardrobe", "Anna", "Bert"),
        ("the present for {} is hidden in the old wardrobe", "Émile", "Özge"),
        ("my phone is an old {} with a broken screen now", "iPhone", "iPod"),
        ("the new office is quiet and calm and the boss {} like it", "does", "doesn't"),
        ("we will {}go to the lake with the boat on the weekend", "", "not "),
    ],
    ids=["number", "version", "name", "accented name", "inner capital", "don't", "not"],
)
def test_texts_that_differ_in_a_number_a_name_or_a_no_never_repeat(
    text: str, one: str, other: str
) -> None:
    """They share nearly all their words, and tell different things."""
    ranked = [
        recalled(1, text.format(one)),
        recalled(2, text.format(other)),
        recalled(3, "the piano was tuned"),
    ]

    assert ids(ranked, 2) == [1, 2, 3]


def test_what_two_people_say_is_no_repetition() -> None:
    """That both say it is what there is to know."""
    ranked = [recalled(1, PORRIDGE, speaker="Ann"), recalled(2, PORRIDGE, speaker="Bo")]

    assert ids([*ranked, recalled(3, "the piano was tuned")], 2) == [1, 2, 3]


@pytest.mark.parametrize(("message", "order"), [(7, [1, 3, 2]), (8, [1, 2, 3]), (None, [1, 2, 3])])
def test_a_part_of_a_turn_repeats_the_turn(message: int | None, order: list[int]) -> None:
    """Of the same message one text in the other says no more, however short it is."""
    ranked = [
        recalled(1, "I live in Berlin, and the dog is old.", source_message_id=7),
        recalled(2, "I live in Berlin", source_message_id=message),
        recalled(3, "the dog sleeps", source_message_id=9),
    ]

    assert ids(ranked, 2) == order


def test_two_parts_of_a_turn_are_two_facts() -> None:
    """Only one text within another repeats it."""
    ranked = [
        recalled(1, "I live in Berlin", source_message_id=7),
        recalled(2, "the dog is old", source_message_id=7),
        recalled(3, "the piano was tuned"),
    ]

    assert ids(ranked, 2) == [1, 2, 3]


def test_a_long_list_is_read_quickly() -> None:
    """Each is compared with those alone that it may repeat."""
    ranked = [recalled(n, f"fact number {n} of the whole long list") for n in range(4096)]

    assert ids(ranked, 4096) == list(range(4096))
