"""A ranking that can explain itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memory.records import SearchMode
from memory.rules.scoring import CLOSE_SIMILARITY, WEIGHTS, reason, weigh

SHARE = st.floats(0, 1)


@pytest.mark.parametrize("mode", SearchMode)
def test_the_weights_of_a_mode_add_up_to_one(mode: SearchMode) -> None:
    """So that a score is at most 1 and a term is a share of it."""
    assert sum(WEIGHTS[mode].values()) == pytest.approx(1)
    assert weigh(mode, similarity=1, full_text=1, strength=1)[0] == pytest.approx(1)


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        (SearchMode.HYBRID, {"similarity": 0.315, "full text": 0.216, "strength": 0.025}),
        (SearchMode.VECTOR, {"similarity": 0.5}),
        (SearchMode.TEXT, {"full text": 0.8}),
    ],
)
def test_scores_are_weighted_sums(mode: SearchMode, expected: dict[str, float]) -> None:
    """Each term is its weight times its value."""
    score, terms = weigh(mode, similarity=0.5, full_text=0.8, strength=0.25)

    assert terms == pytest.approx(expected)
    assert score == pytest.approx(sum(expected.values()))


@given(SHARE, SHARE, SHARE, st.floats(0, 0.5))
def test_more_of_anything_never_ranks_lower(
    similarity: float, full_text: float, strength: float, more: float
) -> None:
    """In no mode."""
    for mode in SearchMode:
        before, _ = weigh(mode, similarity=similarity, full_text=full_text, strength=strength)
        for better in (
            {"similarity": similarity + more, "full_text": full_text, "strength": strength},
            {"similarity": similarity, "full_text": full_text + more, "strength": strength},
            {"similarity": similarity, "full_text": full_text, "strength": strength + more},
        ):
            assert weigh(mode, **better)[0] >= before


@pytest.mark.parametrize(
    ("similarity", "full_text", "words"),
    [
        (CLOSE_SIMILARITY, 0.1, "shares words with the question and is close in meaning"),
        (0.1, 0.1, "shares words with the question."),
        (CLOSE_SIMILARITY, 0, "close in meaning, in other words"),
        (0.1, 0, "loosely related"),
    ],
)
def test_the_reason_says_how_it_was_found(similarity: float, full_text: float, words: str) -> None:
    """By words, by meaning, or by both."""
    assert words in reason(similarity, full_text)
