"""What becomes of all memories if none is used, day by day; and how they stand today."""

from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from memory.errors import InvalidInput
from memory.flow.fading import choices, standing
from memory.flow.fading.curves import MAX_DAYS
from memory.flow.fading.standing import Standing
from memory.flow.parts import Parts
from memory.records import (
    Forecast,
    ForgettingOverview,
    ForgettingRules,
    Leaving,
    StageCounts,
)
from memory.rules.active_days import Numbers, day_of

BINS = 20
"""Of the distribution of strength: a twentieth each."""
Days = NDArray[np.int64]


def forecast(
    parts: Parts, user_id: str, *, days: int, policy: ForgettingRules | str | None
) -> Forecast:
    """As if a sweep were made each day. Raises InvalidInput."""
    if not 1 <= days <= MAX_DAYS:
        raise InvalidInput(
            f"A forecast needs at least one day and {MAX_DAYS:,} days at most. Choose others."
        )
    now, person_id = parts.clock(), parts.store.people.find(user_id)
    rules = choices.meant(parts, person_id, policy)
    if person_id is None:
        return Forecast(now, rules, (StageCounts(0, 0, 0),) * (days + 1), ())
    own = standing.of_person(parts, person_id, now, rules=rules)
    fades = _days_until(own.falls_below(rules.fading_below), now, days)
    archives = _days_until(own.archives(), now, days)
    # a pinned memory is in no danger, however weak it is; what is archived has left
    fades[own.histories.pinned] = archives[own.histories.pinned] = days + 1
    fades[own.histories.archived] = archives[own.histories.archived] = 0
    return Forecast(
        now, rules, _counts(fades, archives, days), _leaving(own, fades, archives, now, days)
    )


def _days_until(when: Numbers, now: datetime, days: int) -> Days:
    """Whole days from now on, rounded up; 0: it is so now; one more than ``days``: not within."""
    ahead = np.ceil(np.clip(when - day_of(now), 0, days + 1))
    return ahead.astype(np.int64)


def _counts(fades: Days, archives: Days, days: int) -> tuple[StageCounts, ...]:
    weak = np.bincount(fades, minlength=days + 2).cumsum()[: days + 1].tolist()
    gone = np.bincount(archives, minlength=days + 2).cumsum()[: days + 1].tolist()
    return tuple(
        StageCounts(len(fades) - below, below - out, out)
        for below, out in zip(weak, gone, strict=True)
    )


def _leaving(
    own: Standing, fades: Days, archives: Days, now: datetime, days: int
) -> tuple[Leaving, ...]:
    """The first to be archived first, then the first to fade, the weakest first."""
    strengths = own.strengths(now)
    soon = np.flatnonzero(~own.histories.archived & ((fades <= days) | (archives <= days)))
    order = soon[np.lexsort((strengths[soon], fades[soon], archives[soon]))]
    columns = (own.histories.ids, strengths, fades, archives)
    return tuple(
        Leaving(
            ident,
            strength,
            fades_on if fades_on <= days else None,
            archives_on if archives_on <= days else None,
        )
        for ident, strength, fades_on, archives_on in zip(
            *(column[order].tolist() for column in columns), strict=True
        )
    )


def overview(parts: Parts, user_id: str) -> ForgettingOverview:
    """How they stand now, and what forgetting has spared so far."""
    now, person_id = parts.clock(), parts.store.people.find(user_id)
    if person_id is None:
        return ForgettingOverview(StageCounts(0, 0, 0), 0, 0.0, (0,) * BINS, 0, 0, 0, 0)
    own = standing.of_person(parts, person_id, now)
    in_use = ~own.histories.archived
    strengths, pinned = own.strengths(now)[in_use], own.histories.pinned[in_use]
    fading = int(((strengths < own.rules.fading_below) & ~pinned).sum())
    spread = np.bincount((strengths * BINS).astype(np.int64).clip(max=BINS - 1), minlength=BINS)
    archived = parts.store.sweeps.archived_texts(person_id, now)
    purged, purged_tokens, purged_bytes = parts.store.sweeps.totals(person_id)
    return ForgettingOverview(
        counts=StageCounts(len(strengths) - fading, fading, len(archived)),
        pinned=int(pinned.sum()),
        mean_strength=float(strengths.mean()) if len(strengths) else 0.0,
        spread=tuple(spread.tolist()),
        archived_tokens=sum(map(parts.tokens.count, archived)),
        purged=purged,
        purged_tokens=purged_tokens,
        purged_bytes=purged_bytes,
    )
