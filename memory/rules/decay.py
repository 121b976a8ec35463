"""How strong a memory is now (article, section 5).

Strength is worked out when it is read and never written back: a clock that jumps or a holiday
can then be undone, which a stored number could not.
"""

import math
from datetime import datetime, timedelta

from memory.records import Curve, MemoryItem, Retention

DAILY_RETENTION = 0.95
"""A memory loses 5 % a day (article, section 5)."""
BOOST_PER_DOUBLING = 0.15
"""Each doubling of its uses makes a memory this much stronger: the tenth use tells less than the
first. Creation is not a use."""
FADING_BELOW = 0.35
"""The stage in which a page warns that a memory fades."""


def days_idle(item: MemoryItem, now: datetime) -> float:
    """Days since the last use, or since storing; never negative, whatever the clock says."""
    since = item.last_accessed_at or item.created_at
    return max(0.0, (now - since) / timedelta(days=1))


def base_strength(item: MemoryItem) -> float:
    """min(1, importance x (1 + 0.15 x log2(1 + uses))): the strength right after a use."""
    return min(1.0, item.importance * (1 + BOOST_PER_DOUBLING * math.log2(1 + item.access_count)))


def strength(item: MemoryItem, now: datetime) -> float:
    """base strength x 0.95 ^ days idle; a pinned memory does not fade. 0 to 1."""
    if item.pinned:
        return base_strength(item)
    return base_strength(item) * math.pow(DAILY_RETENTION, days_idle(item, now))


def fades_at(item: MemoryItem, now: datetime) -> datetime | None:
    """When the strength falls below 0.35: days = ln(0.35 / strength) / ln(0.95).

    None for a pinned memory; ``now`` for one that is below already.
    """
    if item.pinned:
        return None
    current = strength(item, now)
    if current < FADING_BELOW:
        return now
    return now + timedelta(days=math.log(FADING_BELOW / current) / math.log(DAILY_RETENTION))


def retention(item: MemoryItem, now: datetime) -> Retention:
    current = strength(item, now)
    fading = current < FADING_BELOW and not item.pinned
    return Retention(item, current, fades_at(item, now), fading=fading)


def curve(item: MemoryItem, start: datetime, days: int) -> Curve:
    """Strength at ``start`` and at the same moment of each of the following ``days`` days."""
    moments = [start + timedelta(days=day) for day in range(days + 1)]
    return Curve(item, tuple((at, strength(item, at)) for at in moments), FADING_BELOW)
