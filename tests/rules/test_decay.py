"""Strength by two policies: exact numbers. What always holds is in ``test_decay_always``."""

import itertools
import math
from dataclasses import replace

import numpy as np
import pytest

from memory.records import ForgettingRules, PolicyName, UseKind
from memory.rules.decay import (
    WEIGHTS,
    Exponential,
    Policy,
    Stability,
    falls_below,
    policy_of,
    steps,
    strength,
    track,
)
from tests.rules.fading import (
    ANSWER,
    EXPONENTIAL,
    LISTED,
    POLICIES,
    STABILITY,
    every,
    falls,
    strong,
    tracked,
    uses_of,
)

IMPORTANCES = (0.05, 0.2, 0.5, 0.8, 0.95, 1.0)

both = pytest.mark.parametrize("policy", POLICIES, ids=["exponential", "stability"])

# -- left alone -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("policy", "left"),
    [
        (EXPONENTIAL, {0: 0.8, 1: 0.76, 2: 0.722, 13.5: 0.400275, 30: 0.171711, 365: 5.91842e-9}),
        (STABILITY, {0: 0.8, 1: 0.76, 2: 0.725456, 13.5: 0.510222, 30: 0.388469, 365: 0.125813}),
    ],
    ids=["exponential", "stability"],
)
def test_a_memory_left_alone_fades_from_its_importance(
    policy: Policy, left: dict[float, float]
) -> None:
    """By a twentieth on the first day; then by the same share each day, or ever more slowly."""
    found = {day: strong(policy, 0.8, day=day) for day in left}

    assert found == pytest.approx(left, rel=1e-5)


@both
@pytest.mark.parametrize("importance", [0.0, *IMPORTANCES])
def test_creation_is_no_use(policy: Policy, importance: float) -> None:
    """A new memory is as strong as it is important, and not boosted."""
    assert strong(policy, importance, day=0) == pytest.approx(importance, abs=1e-9)


@both
def test_what_is_critical_starts_higher_and_stays_higher(policy: Policy) -> None:
    """On every day, used or not."""
    for day in range(0, 101, 5):
        for uses in ([], [(2.0, LISTED)], [(3.0, ANSWER), (9.0, ANSWER)]):
            left = [strong(policy, importance, uses, day=10 + day) for importance in IMPORTANCES]
            assert left == sorted(left)
            assert len(set(left)) == len(left)


# -- uses -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("idle", "answer", "listed"),
    [
        (0, 0.9, 0.84),
        (1, 0.88, 0.808),
        (5, 0.809512, 0.695220),
        (13.5, 0.700138, 0.520220),
        (30, 0.585856, 0.337369),
        (365, 0.5, 0.2),
    ],
)
def test_a_use_adds_a_share_of_what_is_lacking(idle: float, answer: float, listed: float) -> None:
    """Exponential: half of it for an answer, a fifth for a listing."""
    assert strong(EXPONENTIAL, 0.8, [(idle, ANSWER)], day=idle) == pytest.approx(answer, rel=1e-5)
    assert strong(EXPONENTIAL, 0.8, [(idle, LISTED)], day=idle) == pytest.approx(listed, rel=1e-5)


@pytest.mark.parametrize(
    ("idle", "answered", "listed"),
    [
        (0, 2.171257, 2.171257),
        (1, 2.714071, 2.388382),
        (5, 4.279770, 3.014662),
        (13.5, 6.103643, 3.744211),
        (30, 7.755883, 4.405107),
        (365, 11.320209, 5.830838),
    ],
)
def test_a_use_brings_it_back_and_flattens_the_curve(
    idle: float, answered: float, listed: float
) -> None:
    """Stability: back to its level and above it; the longer ago the use before, the flatter, and on
    the same day not at all."""
    used, seen = (tracked(STABILITY, 0.8, [(idle, weight)]).state for weight in (ANSWER, LISTED))

    assert used.level.item() == pytest.approx(0.9)
    assert used.stability.item() == pytest.approx(answered, rel=1e-5)
    assert seen.level.item() == pytest.approx(0.84)
    assert seen.stability.item() == pytest.approx(listed, rel=1e-5)


def test_only_a_listing_counts_less_than_an_answer() -> None:
    """Every kind of use has its weight."""
    assert WEIGHTS == {
        UseKind.ANSWER: 1.0,
        UseKind.LISTED: 0.4,
        UseKind.SAID: 1.0,
        UseKind.RESTORED: 1.0,
        UseKind.BY_HAND: 1.0,
    }


@both
@pytest.mark.parametrize("importance", IMPORTANCES)
@pytest.mark.parametrize("weight", [ANSWER, LISTED], ids=["answer", "listed"])
@pytest.mark.parametrize("day", [30, 34.999], ids=["after a use", "before the next"])
def test_a_month_of_use_makes_a_memory_half_as_strong_again_at_least(
    policy: Policy, importance: float, weight: float, day: float
) -> None:
    """Used every five days, against a twin that nobody touched."""
    used = strong(policy, importance, every(5, 30, weight), day=day)

    assert used >= 1.5 * strong(policy, importance, day=day)


@pytest.mark.parametrize("importance", IMPORTANCES)
@pytest.mark.parametrize(
    ("weight", "day"), list(itertools.product([ANSWER, LISTED], [0, 1, 15, 30]))
)
def test_spaced_uses_flatten_the_curve_more_than_massed_ones(
    importance: float, weight: float, day: int
) -> None:
    """Six in a month, against six in as many hours: stronger two months later."""
    spaced = every(5, 30, weight)
    massed = [(day + hour / 24, weight) for hour in range(6)]

    assert len(spaced) == len(massed)
    flat = tracked(STABILITY, importance, spaced).state.stability.item()
    steep = tracked(STABILITY, importance, massed).state.stability.item()
    assert flat > 1.2 * steep
    late = strong(STABILITY, importance, massed, day=90)
    assert strong(STABILITY, importance, spaced, day=90) > late


@pytest.mark.parametrize("importance", [0.2, 0.5, 0.8, 0.95])
@pytest.mark.parametrize("day", [31, 60, 180, 1000])
def test_a_listing_takes_nothing_from_the_answer_after_it(importance: float, day: float) -> None:
    """Exponential: who finds a memory and then asks about it has used it twice. (By the other
    policy what was seen the day before gains little.)"""
    once = strong(EXPONENTIAL, importance, [(31, ANSWER)], day=day)
    twice = strong(EXPONENTIAL, importance, [(30, LISTED), (31, ANSWER)], day=day)

    assert twice > once


# -- many at once ---------------------------------------------------------------------------


@both
@pytest.mark.parametrize("number", range(1, 9))
def test_few_and_many_that_are_used_often_are_worked_out_alike(policy: Policy, number: int) -> None:
    """Few are taken one by one, many together: the one number is the other."""
    uses = every(7, 70)

    found = track(
        policy, np.full(number, 0.5), np.zeros(number), uses_of(*(uses for _ in range(number)))
    )

    alone = tracked(policy, 0.5, uses)
    assert found.state.level.tolist() == pytest.approx([alone.state.level.item()] * number)
    assert found.state.stability.tolist() == pytest.approx([alone.state.stability.item()] * number)
    assert found.last.tolist() == [70.0] * number


@both
def test_what_is_given_is_not_changed(policy: Policy) -> None:
    """The same arrays serve for other rules, too."""
    importance, created = np.array([0.5, 0.8]), np.array([3.0, 4.0])
    uses = uses_of([(9.0, ANSWER), (5.0, LISTED)], [(1.0, ANSWER)])

    at = track(policy, importance, created, uses)
    strength(policy, at, 50.0, np.zeros(2), np.array([True, False]))

    assert importance.tolist() == [0.5, 0.8]
    assert created.tolist() == [3.0, 4.0]
    assert uses.day.tolist() == [9.0, 5.0, 1.0]
    assert at.last.tolist() == [9.0, 4.0]


@both
def test_no_memories_and_no_uses_are_no_trouble(policy: Policy) -> None:
    """A new file has neither."""
    at = track(policy, np.array([]), np.array([]), uses_of())
    nobody = np.array([], bool)

    assert strength(policy, at, 9.0, np.array([]), nobody).tolist() == []
    assert falls_below(policy, at, 0.35, np.array([]), nobody).tolist() == []
    assert tracked(policy, 0.7).last.tolist() == [0.0]


@both
def test_steps_show_each_jump(policy: Policy) -> None:
    """What stands before a use is what the step before it left."""
    (_, start), (_, first), (day, second) = steps(
        policy, 0.8, 2.0, uses_of([(12.0, ANSWER), (7.0, LISTED)])
    )

    assert start.level.item() == 0.8
    assert first.level.item() == strong(policy, 0.8, [(5.0, LISTED)], day=5)
    assert day == 12.0
    assert second.level.item() == strong(policy, 0.8, [(5.0, LISTED), (10.0, ANSWER)], day=10)


# -- strength at a moment -------------------------------------------------------------------


@both
@pytest.mark.parametrize("day", [9.999, 0, -10_000])
def test_a_clock_set_back_makes_nothing_stronger(policy: Policy, day: float) -> None:
    """Before its last use it is as strong as right after it."""
    used = [(10.0, ANSWER)]

    assert strong(policy, 0.5, used, day=day) == strong(policy, 0.5, used, day=10)


@both
def test_a_floor_holds_what_would_be_weaker_and_nothing_else(policy: Policy) -> None:
    """It lifts no memory above what it is."""
    assert strong(policy, 0.8, day=5, floor=0.2) == strong(policy, 0.8, day=5)
    assert strong(policy, 0.8, day=5_000, floor=0.2) == 0.2


@both
def test_a_pinned_memory_stays_as_it_was_after_its_last_use(policy: Policy) -> None:
    """Not in a thousand days does it fade, and a floor holds it, too."""
    used = [(10.0, ANSWER)]

    assert strong(policy, 0.5, used, day=1010, pinned=True) == strong(policy, 0.5, used, day=10)
    assert strong(policy, 0.1, day=1000, pinned=True, floor=0.2) == 0.2


@both
def test_a_day_for_each_memory_is_as_good_as_one_for_all(policy: Policy) -> None:
    """Each memory may be asked of another moment."""
    at = track(policy, np.array([0.8, 0.8]), np.zeros(2), uses_of())

    found = strength(policy, at, np.array([1.0, 30.0]), np.zeros(2), np.zeros(2, bool))

    assert found.tolist() == [strong(policy, 0.8, day=1), strong(policy, 0.8, day=30)]


# -- the day of a stage ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("policy", "importance", "below", "day"),
    [
        (EXPONENTIAL, 1.0, 0.35, 20.4670),
        (EXPONENTIAL, 0.8, 0.35, 16.1167),
        (EXPONENTIAL, 0.8, 0.15, 32.6354),
        (EXPONENTIAL, 0.5, 0.35, 6.9536),
        (EXPONENTIAL, 0.2, 0.35, 0.0),
        (EXPONENTIAL, 0.0, 0.35, 0.0),
        (EXPONENTIAL, 0.8, 0.0, math.inf),
        (EXPONENTIAL, 0.0, 0.0, math.inf),
        (STABILITY, 1.0, 0.35, 66.3061),
        (STABILITY, 0.8, 0.35, 39.1036),
        (STABILITY, 0.8, 0.15, 254.0370),
        (STABILITY, 0.5, 0.35, 9.6342),
        (STABILITY, 0.2, 0.35, 0.0),
        (STABILITY, 0.0, 0.35, 0.0),
        (STABILITY, 0.8, 0.0, math.inf),
        (STABILITY, 0.0, 0.0, math.inf),
    ],
)
def test_the_day_on_which_a_memory_falls_below(
    policy: Policy, importance: float, below: float, day: float
) -> None:
    """One that never was as strong fell at its creation; nothing falls below nothing."""
    assert falls(policy, importance, below=below) == pytest.approx(day, abs=1e-4)


@both
@pytest.mark.parametrize(
    ("floor", "pinned", "importance", "never"),
    [
        (0.35, False, 0.8, True),
        (0.34, False, 0.8, False),
        (0.0, True, 0.8, True),
        (0.0, True, 0.35, True),
        (0.0, True, 0.3, False),
        (0.4, True, 0.3, True),
    ],
)
def test_a_floor_or_a_pin_keeps_a_memory_from_falling(
    policy: Policy, floor: float, pinned: bool, importance: float, never: bool
) -> None:
    """Unless it is below already."""
    day = falls(policy, importance, below=0.35, floor=floor, pinned=pinned)

    assert math.isinf(day) is never


# -- rules ----------------------------------------------------------------------------------


def test_the_rules_choose_the_policy_and_its_numbers() -> None:
    """By default the article's."""
    by_default = ForgettingRules()
    other = replace(by_default, policy=PolicyName.STABILITY, daily_loss=0.1, boost=0.2)

    assert policy_of(by_default) == Exponential(daily_loss=0.05, boost=0.5)
    assert policy_of(other) == Stability(daily_loss=0.1, boost=0.2)
