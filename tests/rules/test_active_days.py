"""Days that count for fading: not those of a holiday, and seven of an absence."""

import math
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from memory.rules.absence import Gap, uncounted
from memory.rules.active_days import (
    LAST_DAY,
    ActiveDays,
    day_of,
    moment_of,
)
from tests.fakes import NOON


def at(days: float) -> datetime:
    return NOON + timedelta(days=days)


def with_gaps(*spans: tuple[float, float | None]) -> ActiveDays:
    """Gaps from a day until a day, counted from noon."""
    return ActiveDays(
        Gap(at(since), None if until is None else at(until)) for since, until in spans
    )


# -- moments --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(1970, 1, 1, tzinfo=UTC), 0.0),
        (datetime(1969, 12, 31, 18, tzinfo=UTC), -0.25),
        (datetime(2026, 3, 2, 12, tzinfo=UTC), 20514.5),
    ],
)
def test_a_moment_is_a_number_of_days_since_1970(moment: datetime, day: float) -> None:
    """And the number is the moment."""
    assert day_of(moment) == day
    assert moment_of(day) == moment


@pytest.mark.parametrize("day", [math.inf, LAST_DAY, 1e300])
def test_what_never_comes_has_no_moment(day: float) -> None:
    """Nor has what comes in thousands of years, for which there is no date."""
    assert moment_of(day) is None


def test_the_last_day_that_has_a_moment() -> None:
    """There a calendar still has room."""
    assert moment_of(LAST_DAY - 1) == datetime(8999, 12, 31, tzinfo=UTC)


# -- absences -------------------------------------------------------------------------------


@pytest.mark.parametrize("days", [-3, 0, 1, 6.999, 7])
def test_an_absence_of_a_week_or_less_counts(days: float) -> None:
    """As it does when the clock was set back meanwhile."""
    assert uncounted(NOON, at(days)) is None


@pytest.mark.parametrize("days", [7.001, 8, 30, 365, 5 * 365])
def test_of_a_longer_absence_seven_days_count(days: float) -> None:
    """A month away, or a clock that jumps ahead by years: it is all the same."""
    gap = uncounted(NOON, at(days))

    assert gap == Gap(at(7), at(days))
    assert ActiveDays([gap]).between(NOON, at(days)) == 7
    assert ActiveDays([gap]).between(NOON, at(days + 2)) == pytest.approx(7 + 2)


# -- counting -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("spans", "counted"),
    [
        ([], 100),
        ([(10, 20)], 90),
        ([(10, 20), (30, 45)], 75),
        ([(30, 45), (10, 20)], 75),  # unordered
        ([(10, 20), (15, 30)], 80),  # overlapping
        ([(15, 30), (10, 20), (12, 14)], 80),  # one within another
        ([(10, 30), (12, 14)], 80),
        ([(10, 20), (20, 30)], 80),  # one after the other
        ([(10, 20), (10, 20)], 90),  # twice
        ([(10, 10)], 100),  # empty
        ([(20, 10)], 100),  # ends before it begins
        ([(60, None)], 60),  # it lasts
        ([(60, None), (70, 80), (90, None)], 60),
        ([(10, 20), (15, None)], 10),
        ([(-50, -10)], 100),
        ([(-50, 10)], 90),
        ([(90, 150)], 90),
        ([(-50, 150)], 0),
        ([(100, None)], 100),
        ([(-1, None)], 0),
    ],
)
def test_days_of_gaps_do_not_count(spans: list[tuple[float, float | None]], counted: float) -> None:
    """Each day once, of a hundred."""
    assert with_gaps(*spans).between(NOON, at(100)) == counted


def test_the_count_stands_still_in_a_gap_and_goes_on_after_it() -> None:
    """At the same pace as before."""
    days = with_gaps((10, 20), (30, None))

    found = [days.between(NOON, at(day)) for day in (0, 9, 10, 15, 20, 21, 30, 31, 10_000)]

    assert found == [0, 9, 10, 10, 10, 11, 20, 20, 20]


def test_time_that_runs_backwards_counts_backwards() -> None:
    """A memory may be asked of a moment before its creation."""
    assert with_gaps((10, 20)).between(at(25), NOON) == -15


@pytest.mark.parametrize("shape", [(0,), (3,), (2, 3)])
def test_many_days_are_counted_at_once(shape: tuple[int, ...]) -> None:
    """In whatever shape they come."""
    days = with_gaps((10, 20))

    counted = days.count(np.full(shape, day_of(at(25))))

    assert counted.shape == shape
    assert (counted - day_of(NOON) == 15).all()
    assert days.when(counted).shape == shape


# -- and back -------------------------------------------------------------------------------

spans = st.lists(
    st.tuples(
        st.integers(-400, 400).map(lambda quarter: quarter / 4),
        st.one_of(st.none(), st.integers(-400, 400).map(lambda quarter: quarter / 4)),
    ),
    max_size=8,
)


@pytest.mark.parametrize(
    ("counted", "day"),
    [(9, 9), (10, 10), (10.5, 20.5), (19, 29), (20, 30), (20.001, math.inf), (math.inf, math.inf)],
)
def test_the_day_with_so_many_before_it(counted: float, day: float) -> None:
    """The first, if the count stands; none if a gap lasts."""
    days = with_gaps((10, 20), (30, None))

    assert days.when(np.array([day_of(NOON) + counted])).item() - day_of(NOON) == pytest.approx(day)


@given(spans=spans, counted=st.floats(-200, 200))
def test_when_is_the_inverse_of_count(
    spans: list[tuple[float, float | None]], counted: float
) -> None:
    """Unless a gap that lasts comes before: then the day never comes."""
    days = with_gaps(*spans)
    wanted = np.array([day_of(NOON) + counted])

    day = days.when(wanted)

    if math.isinf(day.item()):
        assert days.count(np.array([1e9])).item() < wanted.item()
    else:
        assert days.count(day).item() == pytest.approx(wanted.item(), abs=1e-6)


@given(spans=spans, day=st.floats(-200, 200))
def test_no_day_before_has_as_many(spans: list[tuple[float, float | None]], day: float) -> None:
    """It is the first of those on which the count stands, and the day itself outside of gaps."""
    days = with_gaps(*spans)
    moment = np.array([day_of(NOON) + day])

    first = days.when(days.count(moment)).item()

    assert first <= moment.item() + 1e-6
    in_gap = any(since <= day <= (math.inf if until is None else until) for since, until in spans)
    if not in_gap:
        assert first == pytest.approx(moment.item(), abs=1e-6)


@given(spans=spans, days=st.lists(st.integers(-800, 800).map(lambda quarter: quarter / 4)))
def test_the_count_is_that_of_each_day_by_itself(
    spans: list[tuple[float, float | None]], days: list[float]
) -> None:
    """Quarter by quarter, without any arithmetic: the quarters that are in no gap."""
    found = with_gaps(*spans)

    for day in days:
        quarters = range(min(0, int(day * 4)), max(0, int(day * 4)))
        counting = sum(
            not any(
                since <= quarter / 4 < (math.inf if until is None else until)
                for since, until in spans
            )
            for quarter in quarters
        )
        assert found.between(NOON, at(day)) == math.copysign(counting / 4, day)
