"""How strong a memory is (article, section 5), by one of two policies.

Strength is worked out when it is read, from importance, uses, time and policy, and never written
back: a clock that jumps, a holiday or other rules change what is read, and lose nothing. Creation
is no use. Everything takes arrays, so that 100,000 memories are one computation; a single one is an
array of one. Days are those that count (``active_days``).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from memory.records import ForgettingRules, PolicyName, UseKind
from memory.rules.active_days import Numbers
from memory.rules.sweeping import VERY_IMPORTANT

Places = NDArray[np.int64]

LISTED_WEIGHT = 0.4
"""A memory that was merely among the results counts less than one an answer was built on."""
WEIGHTS: Mapping[UseKind, float] = {
    kind: LISTED_WEIGHT if kind is UseKind.LISTED else 1.0 for kind in UseKind
}

NINE_TENTHS = 19 / 81
"""Makes the power law stand at 0.9 when as many days have gone by as the stability counts."""
STABILITY_GAIN = 10.0
"""With the usual boost of 0.5, a use at a strength of 80 % doubles the stability."""
MAX_STABILITY = 3_650.0
"""Days: whatever is known that well is known for life."""
ONE_BY_ONE = 5
"""So few memories are worked out sooner as single numbers than as arrays of numpy."""


@dataclass(frozen=True, slots=True)
class State:
    """What is left in memory of all uses so far."""

    level: Numbers
    """Strength right after the last use, or at creation; 0 to 1."""
    stability: Numbers
    """Days until nine tenths of it are left."""


class Policy(Protocol):
    def begin(self, importance: Numbers) -> State:
        """At creation: what is critical starts higher."""
        ...

    def after(self, state: State, days: Numbers) -> Numbers:
        """The strength so many days after the last use; 0 to 1."""
        ...

    def used(self, state: State, days: Numbers, weight: Numbers) -> State:
        """After a use so many days after the one before; ``weight``: 0 to 1."""
        ...

    def days_until(self, state: State, threshold: float) -> Numbers:
        """Days from the last use until the strength falls below the threshold, which is above 0;
        negative when it never was as high, infinite when it never falls."""
        ...


@dataclass(frozen=True, slots=True)
class Exponential:
    """strength = level x (1 - daily loss) ^ days; a use adds boost x weight of what it lacks to 1.

    The article's: 5 % a day, so that 13.5 days halve it, and each access fights the decay.

    >>> policy, one = Exponential(daily_loss=0.05, boost=0.5), np.ones(1)
    >>> fresh = policy.begin(0.8 * one)
    >>> [round(policy.after(fresh, days * one).item(), 4) for days in (0, 1, 13.5, 30)]
    [0.8, 0.76, 0.4003, 0.1717]
    >>> round(policy.used(fresh, 30 * one, one).level.item(), 4)
    0.5859
    >>> round(policy.days_until(fresh, 0.35).item(), 2)
    16.12
    """

    daily_loss: float
    """Share of the strength lost in a day, 0 to 1."""
    boost: float
    """Share of what it lacks to full strength that a use of weight 1 adds, 0 to 1."""

    def begin(self, importance: Numbers) -> State:
        return State(importance, np.full_like(importance, np.log(0.9) / np.log1p(-self.daily_loss)))

    def after(self, state: State, days: Numbers) -> Numbers:
        left: Numbers = state.level * (1 - self.daily_loss) ** days
        return left

    def used(self, state: State, days: Numbers, weight: Numbers) -> State:
        left = self.after(state, days)
        return State(left + self.boost * weight * (1 - left), state.stability)

    def days_until(self, state: State, threshold: float) -> Numbers:
        with np.errstate(divide="ignore", invalid="ignore"):  # a threshold or a level of 0
            # a difference: threshold / level is too great a number for a level next to nothing
            fall = np.log(threshold) - np.log(state.level)
        days: Numbers = fall / np.log1p(-self.daily_loss)
        return days


@dataclass(frozen=True, slots=True)
class Stability:
    """strength = level / sqrt(1 + 19/81 x days / stability). A use brings it back to its level and
    above; one well after the one before makes the stability grow: x (1 + 10 x boost x weight x
    share forgotten by then).

    The power law is that of FSRS 4.5 (an open spaced-repetition scheduler; the same day counts
    little, a use at the brink of forgetting most). MemoryBank's exp(-days / stability) after
    Ebbinghaus was the other choice: people forget by a power law, fast at first and then ever more
    slowly, and an exponential curve, however flat, ends in a cliff. On its first day a fresh memory
    loses the daily loss, as with the other policy, so that both are compared on one chart.

    >>> policy, one = Stability(daily_loss=0.05, boost=0.5), np.ones(1)
    >>> fresh = policy.begin(0.8 * one)
    >>> [round(policy.after(fresh, days * one).item(), 4) for days in (0, 1, 13.5, 30, 365)]
    [0.8, 0.76, 0.5102, 0.3885, 0.1258]
    >>> used = policy.used(fresh, 5 * one, one)
    >>> [round(number.item(), 4) for number in (fresh.stability, used.stability, used.level)]
    [2.1713, 4.2798, 0.9]
    >>> round(policy.days_until(fresh, 0.35).item(), 1)
    39.1
    """

    daily_loss: float
    """Share of the strength that a fresh memory loses in its first day, 0 to 1."""
    boost: float
    """Of the level, as with the other policy; and how much the stability grows."""

    def begin(self, importance: Numbers) -> State:
        first = NINE_TENTHS / ((1 - self.daily_loss) ** -2 - 1)
        return State(importance, np.full_like(importance, min(first, MAX_STABILITY)))

    def after(self, state: State, days: Numbers) -> Numbers:
        left: Numbers = state.level * self._kept(state, days)
        return left

    def used(self, state: State, days: Numbers, weight: Numbers) -> State:
        growth = 1 + STABILITY_GAIN * self.boost * weight * (1 - self._kept(state, days))
        return State(
            state.level + self.boost * weight * (1 - state.level),
            np.minimum(MAX_STABILITY, state.stability * growth),
        )

    def days_until(self, state: State, threshold: float) -> Numbers:
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):  # a threshold near 0
            days: Numbers = state.stability / NINE_TENTHS * ((state.level / threshold) ** 2 - 1)
        return days

    def _kept(self, state: State, days: Numbers) -> Numbers:
        """Share of the level, 0 to 1."""
        kept: Numbers = (1 + NINE_TENTHS * days / state.stability) ** -0.5
        return kept


POLICIES: Mapping[PolicyName, Callable[[float, float], Policy]] = {
    PolicyName.EXPONENTIAL: Exponential,
    PolicyName.STABILITY: Stability,
}
"""Each is made of the daily loss and the boost."""


def policy_of(rules: ForgettingRules) -> Policy:
    return POLICIES[rules.policy](rules.daily_loss, rules.boost)


@dataclass(frozen=True, slots=True)
class Uses:
    """All uses of many memories, in any order."""

    owner: Places
    """The place of the memory among them."""
    day: Numbers
    weight: Numbers


@dataclass(frozen=True, slots=True)
class Track:
    """Where each memory stands."""

    state: State
    last: Numbers
    """The day of its last use, or of its creation."""


def track(policy: Policy, importance: Numbers, created: Numbers, uses: Uses) -> Track:
    """Every memory from its creation through all its uses, one use of all that have it at a time.

    What a clock that was set back stamps before the creation happened then; of uses at one moment,
    the one that comes first here was first.

    >>> once = Uses(np.array([1]), np.array([10.0]), np.array([1.0]))
    >>> found = track(Exponential(0.05, 0.5), np.array([0.8, 0.8]), np.zeros(2), once)
    >>> found.state.level.round(4).tolist(), found.last.tolist()
    ([0.8, 0.7395], [0.0, 10.0])
    """
    state, last = policy.begin(importance), created.copy()
    level, stability = state.level.copy(), state.stability
    # of one moment the weightiest first: what it has flattened, a lesser one does not take back
    order = np.lexsort((-uses.weight, uses.day, uses.owner))
    weight, day = uses.weight[order], np.maximum(uses.day, created[uses.owner])[order]
    counts = np.bincount(uses.owner, minlength=len(importance))
    end = np.cumsum(counts)
    first, used = end - counts, counts > 0
    idle = np.diff(day, prepend=0.0)
    idle[first[used]] = day[first[used]] - created[used]
    last[used] = day[end[used] - 1]
    most_used = np.argsort(-counts)
    numbers = np.searchsorted(-counts[most_used], -np.arange(counts.max(initial=0)))
    # the first use of all that have one, then the second of those that have two, and so on
    for rank, number in enumerate(numbers):
        those = most_used[:number]  # that have another use
        for which in those if number <= ONE_BY_ONE else [those]:
            use = first[which] + rank
            before = State(level[which], stability[which])
            after = policy.used(before, idle[use], weight[use])
            level[which], stability[which] = after.level, after.stability
    return Track(State(level, stability), last)


def steps(
    policy: Policy, importance: float, created: float, uses: Uses
) -> list[tuple[float, State]]:
    """Of one memory: the state at its creation and after each of its uses, and the day of each, the
    latest last. What is stamped before the creation happened then."""
    day, state = created, policy.begin(np.array([importance]))
    found = [(day, state)]
    for place in np.lexsort((-uses.weight, uses.day)):
        at = max(day, float(uses.day[place]))
        state = policy.used(state, np.array([at - day]), uses.weight[[place]])
        day = at
        found.append((day, state))
    return found


def floors(importance: Numbers, in_profile: NDArray[np.bool_], rules: ForgettingRules) -> Numbers:
    """The floor for profile fields and what is very important, 0 for the rest.

    >>> importance, in_profile = np.array([0.95, 0.5, 0.5]), np.array([False, True, False])
    >>> floors(importance, in_profile, ForgettingRules()).tolist()
    [0.2, 0.2, 0.0]
    """
    return np.where(in_profile | (importance >= VERY_IMPORTANT), rules.floor, 0.0)


def strength(
    policy: Policy, at: Track, day: float | Numbers, floor: Numbers, pinned: NDArray[np.bool_]
) -> Numbers:
    """max(floor, what the policy leaves); a pinned memory stays as it was after its last use. A
    clock set back makes nothing stronger."""
    left = at.state.level.copy()
    idle = np.maximum(0.0, day - at.last)
    faded = policy.after(at.state, idle)
    return np.maximum(floor, np.where(pinned, left, faded))


def falls_below(
    policy: Policy, at: Track, threshold: float, floor: Numbers, pinned: NDArray[np.bool_]
) -> Numbers:
    """The day on which the strength falls below the threshold, or did; infinite where it never
    does."""
    days = np.maximum(0.0, policy.days_until(at.state, threshold))
    never = (floor >= threshold) | (pinned & (at.state.level >= threshold))
    return np.where(never, np.inf, at.last + days)
