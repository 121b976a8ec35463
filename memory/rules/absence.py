"""Days that do not count for fading.

A holiday counts as none, and an absence as seven days at most: who comes back after a month finds
what they left, and a clock that jumps ahead makes nothing fade.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

COUNTED = timedelta(days=7)
"""Of an absence."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Days that do not count: between its two moments none does."""

    since: datetime
    until: datetime | None
    """None: it lasts."""


def uncounted(left: datetime, back: datetime) -> Gap | None:
    """What of an absence does not count; None for one of seven days or less."""
    return Gap(left + COUNTED, back) if back - left > COUNTED else None


@dataclass(frozen=True, slots=True)
class Presence:
    """Whether the person is there to see what goes."""

    back_since: datetime | None
    """The end of the last absence; None: there was none."""
    is_away: bool
    """For longer than seven days by now."""
    on_holiday: bool
    last_sweep_at: datetime | None

    @property
    def swept_since_back(self) -> bool:
        if self.is_away:
            return False
        swept = self.last_sweep_at
        return self.back_since is None or (swept is not None and swept >= self.back_since)
