"""How memories stand: their strength at any moment, of all of a person's at once or of some.

Every strength that is shown, ranked or swept by comes from here.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from memory.flow import intake
from memory.flow.fading import choices, presence
from memory.flow.parts import Parts
from memory.records import ForgettingRules, MemoryItem, Retention, Status
from memory.rules import decay, sweeping
from memory.rules.active_days import ActiveDays, Numbers, day_of, moment_of
from memory.rules.decay import LISTED_WEIGHT, Policy, Track, Uses
from memory.rules.sweeping import KEPT_DAYS
from memory.store.fading import Histories


@dataclass(frozen=True, slots=True)
class Standing:
    """Some memories, and what their strength is worked out from."""

    rules: ForgettingRules
    policy: Policy
    days: ActiveDays
    histories: Histories
    track: Track
    """In days that count."""
    floor: Numbers

    def strengths(self, at: datetime) -> Numbers:
        """Of each, in the order of ``histories``; 0 to 1."""
        return self.strengths_on(self.days.count(np.array([day_of(at)])))

    def strengths_on(self, counted: Numbers) -> Numbers:
        return decay.strength(self.policy, self.track, counted, self.floor, self.histories.pinned)

    def bare_strengths(self, at: datetime) -> Numbers:
        """Without floor and pins."""
        unprotected = np.zeros_like(self.floor)
        counted = self.days.count(np.array([day_of(at)]))
        return decay.strength(self.policy, self.track, counted, unprotected, unprotected > 0)

    def falls_below(self, threshold: float) -> Numbers:
        """The day since 1970 on which each does, or did; infinite for never."""
        pinned = self.histories.pinned
        counted = decay.falls_below(self.policy, self.track, threshold, self.floor, pinned)
        return self.days.when(counted)

    def archives(self) -> Numbers:
        """The day since 1970 from which a sweep takes each; what was stored, used or put back a
        short time ago is left a while, and what is paused waits."""
        spared = self.days.when(self.track.last + KEPT_DAYS)
        spared = np.maximum(spared, self.histories.put_back + KEPT_DAYS)
        falls = self.falls_below(self.rules.archived_below)
        return np.where(self.histories.paused, np.inf, np.maximum(spared, falls))

    def by_id(self, at: datetime) -> dict[int, float]:
        ids = self.histories.ids.tolist()
        return dict(zip(ids, self.strengths(at).tolist(), strict=True))


def of_person(
    parts: Parts,
    person_id: int,
    now: datetime,
    *,
    until: datetime | None = None,
    rules: ForgettingRules | None = None,
) -> Standing:
    """Of all in use or archived. ``until``: as it stood then."""
    histories = parts.store.fading.of_person(person_id, now, until)
    return _standing(parts, person_id, now, histories, rules)


def of_memories(
    parts: Parts,
    person_id: int,
    memory_ids: Sequence[int],
    now: datetime,
    *,
    until: datetime | None = None,
    rules: ForgettingRules | None = None,
) -> Standing:
    histories = parts.store.fading.of_memories(memory_ids, until)
    return _standing(parts, person_id, now, histories, rules)


def _standing(
    parts: Parts,
    person_id: int,
    now: datetime,
    histories: Histories,
    rules: ForgettingRules | None,
) -> Standing:
    days = ActiveDays(presence.gaps(parts, person_id, now))
    # what a clock that was ahead has stamped happened no later than now
    happened = replace(
        histories,
        created=np.minimum(histories.created, day_of(now)),
        used=np.minimum(histories.used, day_of(now)),
    )
    return _of(happened, days, rules or choices.of(parts, person_id))


def of_example(
    importance: float, created: datetime, used: Sequence[datetime], rules: ForgettingRules
) -> Standing:
    """Of one made-up memory, an answer built on it at each of these moments."""
    no, uses = np.zeros(1, dtype=np.bool_), len(used)
    histories = Histories(
        ids=np.zeros(1, dtype=np.int64),
        importance=np.array([importance]),
        created=np.array([day_of(created)]),
        pinned=no,
        in_profile=no,
        archived=no,
        paused=no,
        put_back=np.array([-np.inf]),
        owner=np.zeros(uses, dtype=np.int64),
        used=np.array([day_of(at) for at in used], dtype=np.float64),
        listed=np.zeros(uses, dtype=np.bool_),
    )
    return _of(histories, ActiveDays(), rules)


def _of(histories: Histories, days: ActiveDays, rules: ForgettingRules) -> Standing:
    policy = decay.policy_of(rules)
    weight = np.where(histories.listed, LISTED_WEIGHT, 1.0)
    uses = Uses(histories.owner, days.count(histories.used), weight)
    return Standing(
        rules,
        policy,
        days,
        histories,
        decay.track(policy, histories.importance, days.count(histories.created), uses),
        decay.floors(histories.importance, histories.in_profile, rules),
    )


def retention(parts: Parts, user_id: str, at: datetime | None) -> list[Retention]:
    """Every memory in use or archived with its strength as of ``at``, the weakest first."""
    person_id = parts.store.people.find(user_id)
    if person_id is None:
        return []
    now = parts.clock()
    as_of = intake.moment(at, now)
    standing = of_person(parts, person_id, now, until=as_of if at and as_of < now else None)
    items = {item.id: item for item in parts.store.memories.all(person_id)}
    return sorted(retained(standing, items, as_of), key=lambda each: each.strength)


def retention_of(parts: Parts, items: Sequence[MemoryItem]) -> list[Retention]:
    """Of these memories, in their order."""
    now = parts.clock()
    found: dict[int, Retention] = {}
    for user_id in {item.user_id for item in items}:
        person_id = parts.store.people.find(user_id)
        if person_id is not None:
            own = {item.id: item for item in items if item.user_id == user_id}
            standing = of_memories(parts, person_id, list(own), now)
            found |= {each.item.id: each for each in retained(standing, own, now)}
    return [found[item.id] for item in items if item.id in found]


def retained(standing: Standing, items: dict[int, MemoryItem], at: datetime) -> list[Retention]:
    """In the order of their ids."""
    rules = standing.rules
    columns: tuple[NDArray[np.generic], ...] = (
        standing.histories.ids,
        standing.strengths(at),
        standing.falls_below(rules.fading_below),
        standing.archives(),
    )
    return [
        _retention(items[ident], strength, fades, archives, rules)
        for ident, strength, fades, archives in zip(
            *(column.tolist() for column in columns), strict=True
        )
        if ident in items
    ]


def _retention(
    item: MemoryItem, strength: float, fades: float, archives: float, rules: ForgettingRules
) -> Retention:
    return Retention(
        item=item,
        strength=strength,
        fades_at=None if item.pinned else moment_of(fades),
        fading=strength < rules.fading_below and not item.pinned,
        stage=sweeping.stage(item, strength, rules),
        archives_at=None if item.pinned or item.status is Status.ARCHIVED else moment_of(archives),
        purges_at=sweeping.ends_grace(item, rules),
    )


def strengths(
    parts: Parts,
    person_id: int,
    memory_ids: Sequence[int],
    now: datetime,
    *,
    at: datetime | None = None,
    until: datetime | None = None,
) -> dict[int, float]:
    """By id, now or as of ``at``; 0 for what is erased meanwhile. ``until``: by what was used by
    then."""
    standing = of_memories(parts, person_id, memory_ids, now, until=until)
    return dict.fromkeys(memory_ids, 0.0) | standing.by_id(at or now)
