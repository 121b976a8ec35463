"""How what is said now stands to what was said before."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from memory.records import Finding, Kind, Standing, Statement
from memory.rules.change import standing
from tests.rules.change_pairs import PAIRS

Stated = Callable[[str], Finding]

LIVES = Statement("I live in Berlin.", 0, Kind.FACT, "", "location", "Berlin", exclusive=True)


@pytest.mark.parametrize(
    ("expected", "pair"),
    [
        (expected, line.strip())
        for expected, table in PAIRS.items()
        for line in table.strip().splitlines()
    ],
)
def test_the_second_stands_to_the_first(expected: Standing, pair: str, stated: Stated) -> None:
    """By whom both are about, what of them, the values, and words of change."""
    before, now = pair.split(" => ")
    [earlier], [new] = stated(before).statements, stated(now).statements
    assert standing(earlier, new) is expected


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (replace(LIVES, text="I live in BERLIN", value="BERLIN"), Standing.SAME),
        (replace(LIVES, about="sister"), Standing.UNRELATED),
        (replace(LIVES, text="I live in Bern.", value="Bern"), Standing.SUPERSEDES),
        (replace(LIVES, ended=True), Standing.ENDS),
        (replace(LIVES, negated=True), Standing.CONTRADICTS),
        (replace(LIVES, negated=True, text="I don't live in Berlin now."), Standing.SUPERSEDES),
        (replace(LIVES, value="Berlin Mitte", text="I live in Berlin Mitte."), Standing.SUPERSEDES),
        (replace(LIVES, attribute="employer"), Standing.UNRELATED),
    ],
)
def test_one_difference_at_a_time(other: Statement, expected: Standing) -> None:
    """Each part of a statement alone changes how it stands to “I live in Berlin”."""
    assert standing(LIVES, other) is expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("I like tea from Assam.", "I like tea from Ceylon."),
        ("We have 12 employees.", "We have 14 employees."),
        ("My son is nine.", "My son is ten."),
        ("I met Jana in May.", "I met Tom in May."),
    ],
)
def test_what_differs_in_a_number_or_a_name_is_never_the_same(
    one: str, other: str, stated: Stated
) -> None:
    """However alike the rest is."""
    [earlier], [new] = stated(one).statements, stated(other).statements
    assert standing(earlier, new) is not Standing.SAME


def test_a_statement_without_attribute_is_compared_by_its_text() -> None:
    """Only the same words say the same."""
    fact = Statement("The quick brown fox.", 0, Kind.FACT)
    assert standing(fact, replace(fact, text="the quick brown fox")) is Standing.SAME
    assert standing(fact, replace(fact, text="The lazy dog.")) is Standing.UNRELATED
