"""The numbers that a person may choose to forget by."""

import math
from dataclasses import replace

import pytest

from memory.errors import InvalidInput
from memory.records import ForgettingRules, PolicyName
from memory.rules.sweeping import MAX_GRACE_DAYS, MAX_LOSS, MIN_LOSS, checked


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"daily_loss": 0.0}, "strength a day"),
        ({"daily_loss": 0.0009}, "strength a day"),
        ({"daily_loss": 0.51}, "strength a day"),
        ({"daily_loss": -0.05}, "strength a day"),
        ({"daily_loss": math.nan}, "strength a day"),
        ({"archived_below": 0.35}, "weaker than one that fades"),
        ({"archived_below": 0.4}, "weaker than one that fades"),
        ({"archived_below": -0.01}, "weaker than one that fades"),
        ({"archived_below": math.nan}, "weaker than one that fades"),
        ({"fading_below": 1.01}, "weaker than one that fades"),
        ({"fading_below": math.nan}, "weaker than one that fades"),
        ({"boost": -0.01}, "from 0 to 1"),
        ({"boost": 1.01}, "from 0 to 1"),
        ({"boost": math.nan}, "from 0 to 1"),
        ({"floor": -0.01}, "from 0 to 1"),
        ({"floor": math.inf}, "from 0 to 1"),
        ({"grace_days": -1}, "0 to 3,650 days"),
        ({"grace_days": MAX_GRACE_DAYS + 1}, "0 to 3,650 days"),
    ],
)
def test_numbers_that_nothing_can_be_forgotten_by_are_refused(
    changes: dict[str, float], said: str
) -> None:
    """With what to choose instead."""
    with pytest.raises(InvalidInput, match=said):
        checked(replace(ForgettingRules(), **changes))


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"policy": PolicyName.STABILITY},
        {"daily_loss": MIN_LOSS},
        {"daily_loss": MAX_LOSS},
        {"archived_below": 0.0, "fading_below": 1.0},
        {"boost": 0.0, "floor": 0.0},
        {"boost": 1.0, "floor": 1.0},
        {"grace_days": 0},
        {"grace_days": MAX_GRACE_DAYS},
    ],
)
def test_numbers_within_their_limits_are_taken(changes: dict[str, float]) -> None:
    """The limits themselves are, too."""
    rules = replace(ForgettingRules(), **changes)

    assert checked(rules) is rules
