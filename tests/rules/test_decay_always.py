"""Strength by two policies: what holds whatever the numbers are."""

import math
from collections.abc import Callable, Sequence
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from memory.rules.decay import (
    MAX_STABILITY,
    Exponential,
    Policy,
    Stability,
    Uses,
    falls_below,
    steps,
    strength,
    track,
)
from memory.rules.sweeping import MAX_LOSS, MIN_LOSS
from tests.rules.fading import ANSWER, LISTED, POLICIES, Use, falls, strong, tracked, uses_of

shares = st.floats(0, 1)
losses = st.floats(MIN_LOSS, MAX_LOSS)
policies = st.one_of(
    st.builds(Exponential, losses, shares),
    st.builds(Stability, losses, shares),
)
quarters = st.integers(-80, 1600).map(lambda quarter: quarter / 4)
use_lists = st.lists(st.tuples(quarters, st.sampled_from([ANSWER, LISTED])), max_size=12)


# -- at any moment --------------------------------------------------------------------------


@given(
    policy=policies,
    importance=shares,
    uses=use_lists,
    day=st.floats(-1000, 10_000),
    more=st.floats(0, 1000),
    floor=shares,
    pinned=st.booleans(),
)
def test_strength_is_between_zero_and_one_and_never_grows_by_itself(
    policy: Policy,
    importance: float,
    uses: list[Use],
    day: float,
    more: float,
    floor: float,
    pinned: bool,
) -> None:
    """Whatever the numbers are."""
    at = tracked(policy, importance, uses)
    rest = np.array([floor]), np.array([pinned])

    now = strength(policy, at, day, *rest).item()
    later = strength(policy, at, day + more, *rest).item()

    assert floor <= later <= now <= 1


@given(
    policy=policies,
    importance=shares,
    uses=use_lists,
    idle=st.floats(0, 1000),
    weight=st.sampled_from([ANSWER, LISTED]),
    later=st.floats(0, 1000),
)
def test_no_use_by_itself_weakens(
    policy: Policy,
    importance: float,
    uses: list[Use],
    idle: float,
    weight: float,
    later: float,
) -> None:
    """Neither when it happens nor at any time after it."""
    use = tracked(policy, importance, uses).last.item() + idle
    day = use + later

    without = strong(policy, importance, uses, day=day)
    assert strong(policy, importance, [*uses, (use, weight)], day=day) >= without * (1 - 1e-9)


@given(
    policy=policies,
    importance=shares,
    uses=use_lists,
    below=st.floats(0.01, 0.99),
    floor=shares,
    pinned=st.booleans(),
)
def test_strength_passes_the_stage_on_its_day(
    policy: Policy, importance: float, uses: list[Use], below: float, floor: float, pinned: bool
) -> None:
    """Just before it is as strong, and just after weaker; on no other day."""
    rest = {"floor": floor, "pinned": pinned}
    day = falls(policy, importance, uses, below=below, **rest)
    last = tracked(policy, importance, uses).last.item()

    if math.isinf(day):
        assert strong(policy, importance, uses, day=1e9, **rest) >= below
        return
    assert day >= last
    moment = 1e-6 * (1 + day)
    assert strong(policy, importance, uses, day=day + moment, **rest) < below
    if day > last:
        assert strong(policy, importance, uses, day=max(last, day - moment), **rest) >= below


# -- many at once ---------------------------------------------------------------------------


def exponential_alone(
    loss: float, boost: float, importance: float, created: float, uses: Sequence[Use]
) -> tuple[float, float, float]:
    """Level, stability and last day, with nothing but numbers of Python."""
    level, last = importance, created
    for day, weight in sorted(uses, key=lambda use: (use[0], -use[1])):
        left = level * (1 - loss) ** max(0, day - last)
        level, last = left + boost * weight * (1 - left), max(day, last)
    return level, math.log(0.9) / math.log(1 - loss), last


def stability_alone(
    loss: float, boost: float, importance: float, created: float, uses: Sequence[Use]
) -> tuple[float, float, float]:
    """The same of the other policy."""
    level, last = importance, created
    stability = 19 / 81 / ((1 - loss) ** -2 - 1)
    for day, weight in sorted(uses, key=lambda use: (use[0], -use[1])):
        kept = 1 / math.sqrt(1 + 19 / 81 * max(0, day - last) / stability)
        level += boost * weight * (1 - level)
        stability = min(3650.0, stability * (1 + 10 * boost * weight * (1 - kept)))
        last = max(day, last)
    return level, stability, last


@pytest.mark.parametrize(
    ("kind", "alone"),
    [(Exponential, exponential_alone), (Stability, stability_alone)],
    ids=["exponential", "stability"],
)
@settings(max_examples=50)
@given(
    loss=losses,
    boost=shares,
    memories=st.lists(st.tuples(shares, quarters, use_lists), max_size=9),
    shuffled=st.randoms(use_true_random=False),
)
def test_many_at_once_fade_as_each_alone(
    kind: type[Exponential] | type[Stability],
    alone: Callable[..., tuple[float, float, float]],
    loss: float,
    boost: float,
    memories: list[tuple[float, float, list[Use]]],
    shuffled: Random,
) -> None:
    """Whatever their uses are: out of order, before the creation, of one moment, none."""
    uses = uses_of(*(uses for _, _, uses in memories))
    order = list(range(len(uses.owner)))
    shuffled.shuffle(order)
    mixed = Uses(uses.owner[order], uses.day[order], uses.weight[order])
    importance = np.array([importance for importance, _, _ in memories], float)
    created = np.array([created for _, created, _ in memories], float)

    found = track(kind(loss, boost), importance, created, mixed)

    for place, (own, start, _) in enumerate(memories):
        here = mixed.owner == place
        mine = list(zip(mixed.day[here].tolist(), mixed.weight[here].tolist(), strict=True))
        level, stability, last = alone(loss, boost, own, start, mine)
        assert found.state.level[place] == pytest.approx(level, rel=1e-9)
        assert found.state.stability[place] == pytest.approx(stability, rel=1e-9)
        assert found.last[place] == last


@given(policy=policies, importance=shares, created=quarters, uses=use_lists)
def test_steps_end_where_the_track_does(
    policy: Policy, importance: float, created: float, uses: list[Use]
) -> None:
    """One at the creation and one for each use, in the order in which they happened."""
    found = steps(policy, importance, created, uses_of(uses))

    at = tracked(policy, importance, uses, created)
    days = [day for day, _ in found]
    assert days == [created, *(max(created, day) for day, _ in sorted(uses))]
    assert days[-1] == at.last.item()
    _, last = found[-1]
    assert last.level.item() == pytest.approx(at.state.level.item(), rel=1e-12)
    assert last.stability.item() == pytest.approx(at.state.stability.item(), rel=1e-12)


# -- numbers at their limits ----------------------------------------------------------------


@pytest.mark.parametrize("kind", [Exponential, Stability])
@pytest.mark.parametrize("loss", [MIN_LOSS, 0.05, MAX_LOSS])
@pytest.mark.parametrize("boost", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("below", [0.0, 5e-324, 1e-200, 0.15, 1.0])
def test_numbers_at_their_limits_stay_numbers(
    kind: type[Exponential] | type[Stability], loss: float, boost: float, below: float
) -> None:
    """No warning (they are errors here), nothing that is not a number, nothing out of range."""
    policy = kind(loss, boost)
    importance = np.array([0.0, 5e-324, 1e-300, 0.5, 1.0])
    uses = uses_of(*([(0.0, ANSWER), (0.0, ANSWER), (2_000.0, LISTED), (1e5, LISTED)],) * 5)

    for at in (
        track(policy, importance, np.zeros(5), uses_of()),
        track(policy, importance, np.zeros(5), uses),
    ):
        for day in (0.0, 1.0, 1e5, 1e12):
            left = strength(policy, at, day, np.zeros(5), np.zeros(5, bool))
            assert ((left >= 0) & (left <= 1)).all()
        day = falls_below(policy, at, below, np.zeros(5), np.zeros(5, bool))
        assert (day >= at.last).all()


@pytest.mark.parametrize("policy", [*POLICIES, Exponential(0.5, 1.0), Stability(0.5, 1.0)])
def test_ten_thousand_uses_of_one_memory_stay_numbers(policy: Policy) -> None:
    """It ends as strong and as stable as can be, and no more."""
    uses = [(day, ANSWER) for day in range(1, 10_001)]

    at = tracked(policy, 0.1, uses)

    assert at.last.item() == 10_000
    assert 0.5 < at.state.level.item() <= 1
    assert 0 < at.state.stability.item() <= MAX_STABILITY
    assert strong(policy, 0.1, uses, day=10_000) == at.state.level.item()
