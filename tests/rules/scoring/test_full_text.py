"""Shared words by BM25, over a text and the turns around it."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memory.records import Neighbours, WordHits
from memory.rules.scoring.full_text import NEIGHBOUR, best_words, spread_over_turns

TEA = WordHits(
    counts={"tea": {1: 1, 2: 2}}, said_in={"tea": 2}, lengths={1: 20, 2: 40}, memories=10
)
RARITY = math.log(1 + 8.5 / 2.5)
"""Of a word that two of ten memories say."""


def bm25(rarity: float, times: float, length: float) -> float:
    """As it is written in the paper; ``length``: of 1 on average."""
    return rarity * times * 2.2 / (times + 1.2 * (0.25 + 0.75 * length))


def test_words_are_weighed_by_how_rare_they_are_and_how_long_the_text_is() -> None:
    """Exact numbers: twice in a text twice as long tells a little more than once."""
    assert best_words(TEA) == pytest.approx(
        {1: bm25(RARITY, 1, 20 / 30), 2: bm25(RARITY, 2, 40 / 30)}
    )
    assert best_words(TEA) == pytest.approx({1: 1.7155, 2: 1.8626}, abs=1e-4)


def test_a_word_that_fewer_say_counts_more() -> None:
    """Of two texts with one word each, and both as long."""
    counts = {"tea": {1: 1, 2: 1, 3: 1}, "oolong": {4: 1}}
    hits = WordHits(counts, {"tea": 3, "oolong": 1}, dict.fromkeys(range(1, 5), 9), 9)

    words = best_words(hits)

    assert words[4] > words[1] == words[2] == words[3] > 0


def test_no_hits_are_no_scores() -> None:
    """Nobody says it."""
    assert best_words(WordHits({"tea": {}}, {"tea": 0}, {}, 0)) == {}
    assert spread_over_turns(WordHits({}, {}, {}, 0), {}, {1: 12}) == {1: 0}


def test_a_neighbour_lends_three_tenths_of_its_words_and_of_its_length() -> None:
    """Memory 3 says nothing of it; the turn before it does, twice."""
    words = spread_over_turns(TEA, {3: Neighbours(before=(2,))}, {1: 20, 3: 10})

    mean = (20 + 10 + NEIGHBOUR * 40) / 2
    assert words == pytest.approx(
        {1: bm25(RARITY, 1, 20 / mean), 3: bm25(RARITY, 2 * NEIGHBOUR, (10 + 12) / mean)}
    )


def test_all_four_neighbours_lend_their_words() -> None:
    """Two on each side, near or far, count alike."""
    counts = {"tea": {1: 1, 2: 1, 4: 1, 5: 1}}
    hits = WordHits(counts, {"tea": 4}, dict.fromkeys((1, 2, 4, 5), 10), 10)
    around = {3: Neighbours(before=(2, 1), after=(4, 5))}
    rarity = math.log(1 + 6.5 / 4.5)

    assert spread_over_turns(hits, around, {3: 10}) == pytest.approx({3: bm25(rarity, 1.2, 1)})


def test_only_the_candidates_have_a_score() -> None:
    """What lends its words is not raised by that."""
    assert set(spread_over_turns(TEA, {3: Neighbours(after=(1,))}, {3: 10})) == {3}


@given(
    st.dictionaries(st.integers(1, 6), st.integers(1, 5), min_size=1),
    st.integers(1, 6),
)
def test_saying_a_word_more_often_never_counts_less(counts: dict[int, int], more: int) -> None:
    """In a text of the same length."""
    lengths = dict.fromkeys(range(1, 7), 30)
    counts = {more: 1} | counts
    often = counts | {more: counts[more] + 1}

    said_in = {"tea": len(counts)}
    before = best_words(WordHits({"tea": counts}, said_in, lengths, 9))[more]
    after = best_words(WordHits({"tea": often}, said_in, lengths, 9))[more]

    assert after > before > 0
