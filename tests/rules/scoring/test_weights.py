"""What each signal counts, and a score that is the sum of its terms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memory.rules.scoring import HYBRID, weighed

AGAINST = {"is a question", "superseded"}
VALUE = st.floats(-5, 5)


def test_a_score_is_the_sum_of_its_terms() -> None:
    """Each term is the signal times its weight."""
    score, terms = weighed({"full text": 2.0, "date": 0.5}, {"full text": 0.25, "date": 3.0})

    assert (score, terms) == (2.0, {"full text": 0.5, "date": 1.5})


def test_a_signal_without_a_weight_is_left_out() -> None:
    """Of the sum and of the terms: so it can be switched off."""
    assert weighed({"full text": 2.0, "date": 0.5}, {"date": 3.0}) == (1.5, {"date": 1.5})
    assert weighed({"full text": 2.0}, {}) == (0, {})


def test_what_speaks_against_a_memory_is_named() -> None:
    """That it only asks, and that it has been said anew; all else speaks for it."""
    assert {name for name, weight in HYBRID.items() if weight < 0} == AGAINST


@given(st.fixed_dictionaries(dict.fromkeys(HYBRID, VALUE)), st.sampled_from(sorted(HYBRID)))
def test_more_of_anything_that_counts_for_a_memory_never_ranks_it_lower(
    signals: dict[str, float], name: str
) -> None:
    """And more of what counts against it never higher."""
    before, _ = weighed(signals, HYBRID)
    after, _ = weighed(signals | {name: signals[name] + 1}, HYBRID)

    assert after - before == pytest.approx(HYBRID[name])
