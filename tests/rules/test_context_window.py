"""How much a model reads and answers, and what can be true of it."""

import pytest

from memory.rules.context_window import MOST_TOKENS, is_count, longest_answer, size


@pytest.mark.parametrize(
    ("context_tokens", "answer_tokens", "most"),
    [
        (None, None, 4096),
        (None, 8_000, 8_000),
        (128_000, 100_000, 16_384),
        (128_000, 2_000, 2_000),
        (8_192, 8_192, 2_048),
    ],
)
def test_the_longest_answer_fits_beside_what_is_given(
    context_tokens: int | None, answer_tokens: int | None, most: int
) -> None:
    assert longest_answer(context_tokens, answer_tokens) == most


@pytest.mark.parametrize(
    ("told", "counts", "sized"),
    [
        (0, True, None),
        (4096, True, 4096),
        (-1, False, None),
        (True, False, None),
        (4096.0, False, None),
        ("4096", False, None),
        (MOST_TOKENS, False, None),
        (None, False, None),
    ],
)
def test_only_what_can_be_is_a_number_of_tokens(
    told: object, counts: bool, sized: int | None
) -> None:
    """An answer may have none; a model that reads none has no size."""
    assert is_count(told) is counts
    assert size(told) == sized
