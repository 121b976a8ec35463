"""Days that count for fading: those on which the person could have used a memory.

Moments are numbers here, days since 1970, so that 100,000 are worked out at once.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from memory.rules.absence import Gap

Numbers = NDArray[np.float64]

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)
LAST_DAY = (datetime(9000, 1, 1, tzinfo=UTC) - EPOCH) / DAY
"""What comes later has no date."""


def day_of(moment: datetime) -> float:
    """Days since 1970.

    >>> day_of(datetime(1970, 1, 2, 12, tzinfo=UTC))
    1.5
    """
    return (moment - EPOCH) / DAY


def moment_of(day: float) -> datetime | None:
    """None for what never comes."""
    return EPOCH + day * DAY if day < LAST_DAY else None


class ActiveDays:
    """
    >>> june = [datetime(2026, 6, day, tzinfo=UTC) for day in range(1, 30)]
    >>> days = ActiveDays([Gap(june[10], june[20])])
    >>> [float(days.between(june[5], at)) for at in (june[10], june[15], june[20], june[22])]
    [5.0, 5.0, 5.0, 7.0]
    """

    def __init__(self, gaps: Iterable[Gap] = ()) -> None:
        spans = _joined(
            (day_of(each.since), np.inf if each.until is None else day_of(each.until))
            for each in gaps
        )
        self._starts = np.array([start for start, _ in spans])
        lost = np.cumsum([end - start for start, end in spans])
        # before all gaps, and after so many of them
        self._lost = np.append(0.0, lost)
        # the count stands at this in the gap before
        self._stands = np.append(-np.inf, self._starts - self._lost[:-1])

    def count(self, days: Numbers) -> Numbers:
        """Days that count up to each day, from a beginning long ago."""
        begun = np.searchsorted(self._starts, days)
        counted: Numbers = np.maximum(days - self._lost[begun], self._stands[begun])
        return counted

    def when(self, counted: Numbers) -> Numbers:
        """The first day with so many before it; infinite when it never comes."""
        days: Numbers = counted + self._lost[np.searchsorted(self._stands[1:], counted)]
        return days

    def between(self, since: datetime, until: datetime) -> float:
        """Days that count from one moment to another."""
        first, last = self.count(np.array([day_of(since), day_of(until)]))
        return float(last - first)


def _joined(spans: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """In order, and none in another."""
    joined: list[tuple[float, float]] = []
    for start, end in sorted(spans):
        if end <= start:
            continue
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
