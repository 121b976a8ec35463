"""Strength over time: 5 % a day, reinforced by use, never written back (article, section 5)."""

import math
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memory.records import PERSONALIZATION, DataClass, Kind, MemoryItem, Status
from memory.rules.decay import (
    FADING_BELOW,
    base_strength,
    curve,
    days_idle,
    fades_at,
    retention,
    strength,
)

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
ITEM = MemoryItem(
    id=1,
    user_id="me",
    kind=Kind.FACT,
    text="text",
    data_class=DataClass.INTERNAL,
    purpose=PERSONALIZATION,
    importance=0.8,
    importance_terms={},
    pinned=False,
    paused=False,
    status=Status.ACTIVE,
    created_at=NOW,
    said_at=NOW,
    edited_at=None,
    last_accessed_at=None,
    access_count=0,
    expires_at=None,
    forgotten_at=None,
    source_message_id=None,
    conversation_id=None,
    speaker=None,
    merged_into=None,
)


def after(days: float) -> datetime:
    return NOW + timedelta(days=days)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (0, 0.8),
        (1, 0.76),
        (2, 0.722),
        (13.5, 0.400271),
        (30, 0.171711),
        (365, 5.918e-9),
    ],
)
def test_a_memory_loses_a_twentieth_a_day(days: float, expected: float) -> None:
    """From its importance; after 13.5 days half of it is left."""
    assert strength(ITEM, after(days)) == pytest.approx(expected, rel=1e-4)


@pytest.mark.parametrize(
    ("uses", "expected"),
    [(0, 0.5), (1, 0.575), (3, 0.65), (7, 0.725), (15, 0.8), (1000, 1.0), (10**9, 1.0)],
)
def test_each_doubling_of_its_uses_makes_it_a_little_stronger(uses: int, expected: float) -> None:
    """0.5 x (1 + 0.15 x log2(1 + uses)), and never above 1."""
    item = replace(ITEM, importance=0.5, access_count=uses)

    assert base_strength(item) == pytest.approx(expected)
    assert strength(item, NOW) == pytest.approx(expected)


def test_a_use_starts_the_fading_anew() -> None:
    """From the last use on, whenever it was stored."""
    used = replace(ITEM, access_count=1, last_accessed_at=after(100))

    assert strength(used, after(100)) == pytest.approx(0.92)
    assert strength(used, after(101)) == pytest.approx(0.92 * 0.95)


def test_a_pinned_memory_does_not_fade() -> None:
    """Not in a thousand days."""
    pinned = replace(ITEM, pinned=True)
    weak = replace(pinned, importance=0.1)

    assert strength(pinned, after(1000)) == 0.8
    assert fades_at(pinned, NOW) is None
    assert not retention(pinned, after(1000)).fading
    assert not retention(weak, NOW).fading


@pytest.mark.parametrize("days", [-0.001, -1, -10_000])
def test_a_clock_set_back_makes_nothing_stronger(days: float) -> None:
    """Time before it was stored counts as none."""
    assert days_idle(ITEM, after(days)) == 0
    assert strength(ITEM, after(days)) == 0.8


@pytest.mark.parametrize(
    ("importance", "days"),
    [
        (0.8, math.log(0.35 / 0.8) / math.log(0.95)),  # 16.1
        (1.0, 20.4669),
        (0.35, 0.0),
        (0.2, 0.0),
        (0.0, 0.0),
    ],
)
def test_fading_begins_when_the_strength_falls_below_its_stage(
    importance: float, days: float
) -> None:
    """ln(0.35 / strength) / ln(0.95) days from now; one that is below already fades now."""
    item = replace(ITEM, importance=importance)
    at = fades_at(item, NOW)

    assert (at - NOW) / timedelta(days=1) == pytest.approx(days, abs=1e-3)


def test_the_day_of_fading_does_not_move_by_looking() -> None:
    """Worked out today or in a week, it is the same moment."""
    today, in_a_week = fades_at(ITEM, NOW), fades_at(ITEM, after(7))

    assert abs(today - in_a_week) < timedelta(milliseconds=1)
    assert not retention(ITEM, today - timedelta(seconds=1)).fading
    assert retention(ITEM, today + timedelta(seconds=1)).fading


def test_retention_holds_strength_stage_and_day() -> None:
    """As the single functions give them."""
    kept = retention(ITEM, after(3))

    assert kept.item is ITEM
    assert kept.strength == strength(ITEM, after(3))
    assert kept.fades_at == fades_at(ITEM, after(3))
    assert kept.fading is False


def test_a_curve_has_a_point_a_day_and_one_for_the_start() -> None:
    """Each the strength of its moment."""
    drawn = curve(ITEM, NOW, 14)

    assert [at for at, _ in drawn.points] == [after(day) for day in range(15)]
    assert [value for _, value in drawn.points] == [strength(ITEM, after(day)) for day in range(15)]
    assert drawn.fading_below == FADING_BELOW


@given(
    importance=st.floats(0, 1),
    uses=st.integers(0, 10**6),
    days=st.floats(-1000, 10_000),
    more=st.floats(0, 1000),
)
def test_strength_is_between_zero_and_one_and_never_grows_by_itself(
    importance: float, uses: int, days: float, more: float
) -> None:
    """Whatever the numbers are."""
    item = replace(ITEM, importance=importance, access_count=uses)

    now, later = strength(item, after(days)), strength(item, after(days + more))

    assert 0 <= later <= now <= 1
