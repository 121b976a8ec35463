"""One memory through its uses, for the tests of how memories fade."""

from collections.abc import Sequence

import numpy as np

from memory.rules.decay import (
    LISTED_WEIGHT,
    Exponential,
    Policy,
    Stability,
    Track,
    Uses,
    falls_below,
    strength,
    track,
)

EXPONENTIAL = Exponential(daily_loss=0.05, boost=0.5)
STABILITY = Stability(daily_loss=0.05, boost=0.5)
POLICIES = (EXPONENTIAL, STABILITY)

ANSWER = 1.0
LISTED = LISTED_WEIGHT

Use = tuple[float, float]
"""Day and weight."""


def uses_of(*memories: Sequence[Use]) -> Uses:
    flat = [(place, *use) for place, uses in enumerate(memories) for use in uses]
    return Uses(
        np.array([place for place, _, _ in flat], np.int64),
        np.array([day for _, day, _ in flat], float),
        np.array([weight for _, _, weight in flat], float),
    )


def tracked(
    policy: Policy, importance: float, uses: Sequence[Use] = (), created: float = 0.0
) -> Track:
    return track(policy, np.array([importance]), np.array([created]), uses_of(uses))


def strong(
    policy: Policy,
    importance: float,
    uses: Sequence[Use] = (),
    *,
    day: float,
    floor: float = 0.0,
    pinned: bool = False,
) -> float:
    """The strength of one memory that was created on day 0."""
    at = tracked(policy, importance, uses)
    return strength(policy, at, day, np.array([floor]), np.array([pinned])).item()


def falls(
    policy: Policy,
    importance: float,
    uses: Sequence[Use] = (),
    *,
    below: float,
    floor: float = 0.0,
    pinned: bool = False,
) -> float:
    """The day on which it falls below."""
    at = tracked(policy, importance, uses)
    return falls_below(policy, at, below, np.array([floor]), np.array([pinned])).item()


def every(days: int, until: int, weight: float = ANSWER) -> list[Use]:
    return [(float(day), weight) for day in range(days, until + 1, days)]
