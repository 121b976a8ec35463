"""The curve of a memory, also of a made-up one: what it was, each use a jump, and what it will be
if it is not used."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, Self

import numpy as np

from memory.errors import InvalidInput, NotFound
from memory.flow import intake
from memory.flow.fading import choices, standing
from memory.flow.fading.standing import Standing
from memory.flow.parts import Parts
from memory.records import Curve, ForgettingRules, Jump, UseKind
from memory.rules import decay
from memory.rules.active_days import day_of, moment_of
from memory.rules.decay import WEIGHTS, State, Track, Uses

MAX_DAYS = 3_650
"""Ten years: every memory has faded long before."""
PAST_POINTS = 200
"""Of a drawn past, beside those at each use."""
DRAWN_JUMPS = 100
"""The latest: a thousand cannot be told apart."""


def curve(
    parts: Parts,
    item_id: int,
    *,
    days: int,
    at: datetime | None,
    policy: ForgettingRules | str | None = None,
) -> Curve:
    """From its creation until ``at`` or now, and once a day for ``days`` days from then on."""
    _check(days)
    now = parts.clock()
    start = intake.moment(at, now)
    item = parts.store.memories.get(item_id)
    person_id = parts.store.memories.person_of(item_id)
    rules = choices.meant(parts, person_id, policy)
    until = start if start < now else None
    own = standing.of_memories(parts, person_id, [item_id], now, until=until, rules=rules)
    found = standing.retained(own, {item_id: item}, start)
    if not found:  # erased meanwhile
        raise NotFound("memory", item_id)
    (kept,) = found
    times = [(at, kind) for at, kind in parts.store.uses.times(item_id) if at <= start]
    pinned_from = day_of(item.pinned_at or item.created_at) if item.pinned else np.inf
    past, jumps = _past(item.created_at, times, _Drawn.of(own, times, pinned_from), start)
    return Curve(
        item=item,
        points=_future(own, start, days),
        fading_below=rules.fading_below,
        archived_below=rules.archived_below,
        past=past,
        jumps=jumps,
        fades_at=kept.fades_at,
        archives_at=kept.archives_at,
    )


def example(
    parts: Parts,
    user_id: str,
    *,
    importance: float,
    age_days: int,
    used_days_ago: Sequence[int],
    days: int,
    policy: ForgettingRules | str | None,
) -> Curve:
    """Of a memory that nobody has; whatever the person was away, all its days count."""
    _check(days)
    _check_example(importance, age_days, used_days_ago)
    now = parts.clock()
    rules = choices.meant(parts, parts.store.people.find(user_id), policy)
    created = now - timedelta(days=age_days)
    times = [
        (now - timedelta(days=ago), UseKind.ANSWER) for ago in sorted(used_days_ago, reverse=True)
    ]
    own = standing.of_example(importance, created, [at for at, _ in times], rules)
    past, jumps = _past(created, times, _Drawn.of(own, times, np.inf), now)
    return Curve(
        item=None,
        points=_future(own, now, days),
        fading_below=rules.fading_below,
        archived_below=rules.archived_below,
        past=past,
        jumps=jumps,
        fades_at=moment_of(own.falls_below(rules.fading_below).item()),
        archives_at=moment_of(own.archives().item()),
    )


def _check(days: int) -> None:
    if not 1 <= days <= MAX_DAYS:
        raise InvalidInput(
            f"A curve needs at least one day and {MAX_DAYS:,} days at most. Choose others."
        )


def _check_example(importance: float, age_days: int, used_days_ago: Sequence[int]) -> None:
    if not (0 <= importance <= 1 and 1 <= age_days <= MAX_DAYS):
        raise InvalidInput(
            f"An example has an importance from 0 to 1 and an age from 1 to {MAX_DAYS:,} days. "
            "Choose other numbers."
        )
    if not all(0 <= ago <= age_days for ago in used_days_ago):
        raise InvalidInput("An example is used after it was stored. Choose fewer days.")


def _future(own: Standing, start: datetime, days: int) -> tuple[tuple[datetime, float], ...]:
    moments = [start + timedelta(days=day) for day in range(days + 1)]
    counted = own.days.count(np.array([day_of(moment) for moment in moments]))
    strengths = [own.strengths_on(counted[[place]]).item() for place in range(len(moments))]
    return tuple(zip(moments, strengths, strict=True))


def _past(
    created_at: datetime,
    times: Sequence[tuple[datetime, UseKind]],
    drawn: "_Drawn",
    end: datetime,
) -> tuple[tuple[tuple[datetime, float], ...], tuple[Jump, ...]]:
    # what was used in a memory that was merged into this one was used before this one began
    jumps = [(at, kind) for at, kind in times if at > created_at][-DRAWN_JUMPS:]
    moments = [at for at, _ in jumps]
    before, after = drawn.strengths(moments, before=True), drawn.strengths(moments)
    step = (end - created_at) / PAST_POINTS
    even = [created_at + place * step for place in range(PAST_POINTS + 1)]
    if step <= timedelta(0):
        even = [end]
    points = [
        *zip(even, drawn.strengths(even), [1] * len(even), strict=True),
        *zip(moments, before, [0] * len(moments), strict=True),
        *zip(moments, after, [1] * len(moments), strict=True),
    ]
    points.sort(key=lambda point: (point[0], point[2]))
    return (
        tuple((at, strength) for at, strength, _ in points),
        tuple(
            Jump(at, kind, low, high)
            for (at, kind), low, high in zip(jumps, before, after, strict=True)
        ),
    )


@dataclass(frozen=True, slots=True)
class _Drawn:
    """One memory's state from each of its uses to the next."""

    own: Standing
    steps: Track
    """One place a use, its creation first."""
    pinned_from: float
    """Infinite where it is not."""

    @classmethod
    def of(
        cls, own: Standing, times: Sequence[tuple[datetime, UseKind]], pinned_from: float
    ) -> Self:
        used = own.days.count(np.array([day_of(at) for at, _ in times]))
        weights = np.array([WEIGHTS[kind] for _, kind in times])
        uses = Uses(np.zeros(len(times), dtype=np.int64), used, weights)
        (created,) = own.days.count(own.histories.created)
        (importance,) = own.histories.importance
        found = decay.steps(own.policy, float(importance), float(created), uses)
        steps = Track(
            State(
                np.concatenate([state.level for _, state in found]),
                np.concatenate([state.stability for _, state in found]),
            ),
            np.array([day for day, _ in found]),
        )
        return cls(own, steps, pinned_from)

    def strengths(self, moments: Sequence[datetime], *, before: bool = False) -> list[float]:
        """At each; ``before``: right before the use that is then."""
        days = np.array([day_of(moment) for moment in moments])
        counted = self.own.days.count(days)
        side: Literal["left", "right"] = "left" if before else "right"
        place = np.maximum(0, np.searchsorted(self.steps.last, counted, side) - 1)
        state = self.steps.state
        at = Track(State(state.level[place], state.stability[place]), self.steps.last[place])
        pinned = days >= self.pinned_from
        found = decay.strength(self.own.policy, at, counted, self.own.floor, pinned)
        strengths: list[float] = found.tolist()
        return strengths
