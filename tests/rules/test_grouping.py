"""Groups of vectors: what is alike beyond what all have in common, and what is left alone."""

import numpy as np
import pytest

from memory.rules import grouping
from memory.rules.grouping import ALONE, FEWEST

COMMON, TEA, CAT, TAX = np.eye(4, dtype=np.float32)


def rows(*directions: np.ndarray) -> np.ndarray:
    stacked = np.stack(directions)
    return (stacked / np.linalg.norm(stacked, axis=1, keepdims=True)).astype(np.float32)


def test_what_all_have_in_common_is_taken_away() -> None:
    """Sentences of two topics, nearly the same but for that: their topics are far apart."""
    told = rows(*[COMMON * 3 + TEA] * 50, *[COMMON * 3 + CAT] * 50)

    before = float(told[0] @ told[50])
    apart = grouping.centred(told)

    assert before == pytest.approx(0.9, abs=0.01)
    assert apart[0] @ apart[50] < 0
    assert apart[0] @ apart[1] == pytest.approx(1, abs=1e-6)
    assert np.linalg.norm(apart, axis=1) == pytest.approx(np.ones(100), abs=1e-6)


def test_two_of_the_same_words_stay_alike() -> None:
    """The mean of so few says nothing: taken away whole, it would leave nothing of them."""
    apart = grouping.centred(rows(TEA, TEA))

    assert apart[0] @ apart[1] == pytest.approx(1, abs=1e-6)


def test_a_row_of_nothing_has_no_direction() -> None:
    """And is no division by zero."""
    assert np.isfinite(grouping.centred(np.zeros((3, 4), np.float32))).all()


def test_spread_is_of_the_pairs() -> None:
    """Not of each with itself."""
    similar = np.array([[1, 0.2, 0.4], [0.2, 1, 0.6], [0.4, 0.6, 1]], np.float32)

    assert grouping.spread(similar) == pytest.approx(np.std([0.2, 0.4, 0.6]), abs=1e-6)
    assert grouping.spread(np.ones((1, 1), np.float32)) == 0


def test_thresholds_are_spreads_within_bounds() -> None:
    """Two memories have no spread, and are not one for that; two topics have a wide one, and each
    is one for all that."""
    assert grouping.joined_above(0.1) == pytest.approx(0.06)
    assert grouping.stays_above(0.1) == pytest.approx(0.1)
    assert grouping.joined_above(0.6) == grouping.stays_above(0.6) == grouping.CERTAIN
    assert grouping.joined_above(0) == grouping.stays_above(0) == grouping.LEAST_LIKENESS


@pytest.mark.parametrize(("sayings", "fewest"), [(0, 2), (29, 2), (30, 3), (10_000, 3)])
def test_few_memories_make_small_groups(sayings: int, fewest: int) -> None:
    """Of ten, two that belong together are worth telling."""
    assert grouping.fewest(sayings) == fewest


def test_likeness_leaves_out_oneself() -> None:
    """A memory is not like its group for being in it."""
    labels = np.array([0, 0, 1, ALONE])
    likeness = grouping.to_others(rows(TEA, TEA + CAT, CAT, TEA), labels)

    half = 1 / np.sqrt(2)
    assert likeness[0] == pytest.approx([half, 0], abs=1e-6)
    assert likeness[1] == pytest.approx([half, half], abs=1e-6)
    assert likeness[2] == pytest.approx([half / 2, 0], abs=1e-6)
    assert likeness[3] == pytest.approx([(1 + half) / 2, 0], abs=1e-6)


def settle(vectors: np.ndarray, first: list[int], owners: list[int] | None = None) -> list[int]:
    whose = np.array(owners if owners is not None else range(len(first)))
    return grouping.settled(vectors, np.array(first), whose, 0.3, FEWEST).tolist()


def test_each_moves_to_what_it_is_most_like() -> None:
    """Joined in the wrong company, or not looked at before."""
    told = rows(TEA, TEA, TEA, CAT, CAT, CAT, CAT, TEA)

    assert settle(told, [0, 0, 0, 1, 1, 1, 0, ALONE]) == [0, 0, 0, 1, 1, 1, 1, 0]


def test_what_is_like_nothing_is_alone() -> None:
    """Also when it was joined to a group."""
    assert settle(rows(TEA, TEA, TEA, TAX), [0, 0, 0, 0]) == [0, 0, 0, ALONE]


def test_a_group_needs_sayings_not_memories() -> None:
    """A message and what was learnt from it are one."""
    told = rows(TEA, TEA, TEA, CAT, CAT, CAT)

    found = settle(told, [0, 0, 0, 1, 1, 1], owners=[1, 1, 1, 2, 3, 4])

    assert found == [ALONE, ALONE, ALONE, 0, 0, 0]


def test_no_group_at_all_is_an_answer() -> None:
    """Three that have nothing to do with each other."""
    assert settle(rows(TEA, CAT, TAX), [0, 1, 2]) == [ALONE] * 3
    assert settle(np.zeros((0, 4), np.float32), []) == []


def test_some_are_from_all_over_and_nearly_the_same_ones_with_one_more() -> None:
    """Otherwise each new memory would group all others anew."""
    ids = list(range(1, 5_001))

    some = grouping.some_of(ids, 500)
    with_another = grouping.some_of([*ids, 5_001], 500)

    assert some == sorted(set(some))
    assert len(some) == 500
    assert len(set(some) - set(with_another)) <= 1
    tenths = np.bincount(np.array(some) // 500, minlength=10)
    assert tenths.min() > 30
    assert tenths.max() < 70
    assert grouping.some_of(ids[:3], 500) == [0, 1, 2]
