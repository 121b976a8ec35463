"""Who gets how much of the budget."""

import pytest

from memory.rules.shares import EARLIER, ELSEWHERE, MEMORIES, PROFILE, SHARES, room


def test_the_shares_are_the_whole() -> None:
    """They add up to one."""
    assert sum(SHARES.values()) == pytest.approx(1)


@pytest.mark.parametrize(
    ("section", "used", "tokens"),
    [
        (PROFILE, 0, 150),
        (MEMORIES, 150, 450),
        (MEMORIES, 0, 600),  # the profile left all of its share
        (ELSEWHERE, 900, 0),
        (EARLIER, 1000, 0),
        (EARLIER, 0, 1000),
        (PROFILE, 200, 0),
    ],
)
def test_what_one_leaves_goes_to_the_next(section: str, used: int, tokens: int) -> None:
    """All shares up to its own, less what is used."""
    assert room(section, 1000, used) == tokens
