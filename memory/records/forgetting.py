"""How memories fade, what a sweep would do, and what one did (article, section 5)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from memory.records.memories import MemoryItem
from memory.records.privacy import ErasureReceipt


class PolicyName(StrEnum):
    """How strength falls with time. The words stand in the file."""

    EXPONENTIAL = "exponential"
    """The same share each day (article, section 5)."""
    STABILITY = "stability"
    """Ever more slowly, and the more slowly the more well-spaced its uses were (FSRS)."""


class UseKind(StrEnum):
    """What counted as a use. The words stand in the file."""

    ANSWER = "answer"
    """An answer was built on it."""
    LISTED = "listed"
    """It was among the results of a search: counts less."""
    SAID = "said again"
    RESTORED = "restored"
    """Put back from the archive."""
    BY_HAND = "by hand"
    """The person said that it is to be kept fresh, or ended a pin."""


class Stage(StrEnum):
    ACTIVE = "active"
    FADING = "fading"
    """Weak enough to be warned about."""
    ARCHIVED = "archived"
    """Out of recall and context; found in lists, and put back in one step."""


class Protection(StrEnum):
    """Why a sweep leaves a memory that is weak enough for it."""

    PINNED = "pinned"
    PAUSED = "paused: it waits for you"
    PROFILE = "part of your profile"
    IMPORTANT = "very important"
    USED = "used in the last 7 days"
    NEW = "stored in the last 7 days"
    PUT_BACK = "put back in the last 7 days"
    HOLIDAY = "holiday mode"
    AWAY = "the first sweep after an absence erases nothing"
    UNSHOWN = "not shown to you since it was archived, or since you came back"
    SHARED = "its words stand in a memory that stays"


@dataclass(frozen=True, slots=True)
class ForgettingRules:
    """The numbers that forgetting goes by."""

    policy: PolicyName = PolicyName.EXPONENTIAL
    daily_loss: float = 0.05
    """Share of its strength that a memory loses in its first day unused (article: 5 %)."""
    boost: float = 0.5
    """Share of what it lacks to full strength that a memory gains when an answer is built on it."""
    floor: float = 0.2
    """What a profile field, and whatever is very important, never falls below."""
    fading_below: float = 0.35
    """Strength at which a memory is called fading."""
    archived_below: float = 0.15
    """Strength at which a sweep archives it."""
    grace_days: int = 30
    """Days in the archive before it may be erased."""


@dataclass(frozen=True, slots=True)
class Retention:
    item: MemoryItem
    strength: float
    """0 to 1."""
    fades_at: datetime | None
    """When the strength falls below the fading stage; None when it never does."""
    fading: bool
    """Whether it is below already."""
    stage: Stage = Stage.ACTIVE
    archives_at: datetime | None = None
    """When it is weak enough to be archived; None when it never is, or is archived already."""
    purges_at: datetime | None = None
    """Of what is archived: the end of its grace, when a sweep may erase it."""


@dataclass(frozen=True, slots=True)
class Jump:
    """A use, and what it did to the strength."""

    at: datetime
    kind: UseKind
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Curve:
    """How strong a memory was, and will be on each coming day if it is not used."""

    item: MemoryItem | None
    """None: of a made-up memory."""
    points: tuple[tuple[datetime, float], ...]
    """Of what is to come: moment and strength, 0 to 1."""
    fading_below: float
    """The strength at which the fading stage begins."""
    archived_below: float
    past: tuple[tuple[datetime, float], ...] = ()
    """From its creation until now; each use is two points at one moment, before it and after."""
    jumps: tuple[Jump, ...] = ()
    """The latest last."""
    fades_at: datetime | None = None
    archives_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class StageCounts:
    active: int
    fading: int
    archived: int


@dataclass(frozen=True, slots=True)
class Leaving:
    """When a memory that is not used leaves a stage, in days from the forecast's start."""

    item_id: int
    strength: float
    """At the start."""
    fades_on: int | None
    """0: it is fading at the start; None: not within the forecast."""
    archives_on: int | None
    """0: it is weak enough at the start; None: not within the forecast."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """What becomes of all memories if none is used."""

    start: datetime
    rules: ForgettingRules
    counts: tuple[StageCounts, ...]
    """At the start, and after each day."""
    leaving: tuple[Leaving, ...]
    """Those that fade or are archived within it, the first to be archived first."""

    def lost_within(self, days: int) -> frozenset[int]:
        """Ids of those that would be archived by then."""
        return frozenset(
            each.item_id
            for each in self.leaving
            if each.archives_on is not None and each.archives_on <= days
        )


@dataclass(frozen=True, slots=True)
class ForgettingOverview:
    """How all memories of a person stand."""

    counts: StageCounts
    pinned: int
    mean_strength: float
    """0 to 1, of what is not archived; 0 for none."""
    spread: tuple[int, ...]
    """How many of them are in each twentieth of strength, the weakest first."""
    archived_tokens: int
    """Of the texts in the archive: what no context can hold now."""
    purged: int
    """Erased by sweeps so far."""
    purged_tokens: int
    purged_bytes: int
    """Of their texts and vectors."""


@dataclass(frozen=True, slots=True)
class Protected:
    """What a sweep leaves though it is weak enough, or its grace is over; and why."""

    item: MemoryItem
    strength: float
    why: Protection


@dataclass(frozen=True, slots=True)
class SweepPlan:
    """What a sweep would do; ``sweep`` does exactly that, or refuses."""

    user_id: str
    at: datetime
    """As of when it was worked out."""
    rules: ForgettingRules
    """By which it was worked out."""
    unattended: bool
    """Nobody looks at it before it is done: then only what was shown before is erased."""
    archived: tuple[Retention, ...]
    """Would leave recall, the weakest first; undone by ``undo_sweep``."""
    purged: tuple[MemoryItem, ...]
    """Would be erased to the bytes: archived, and their grace is over."""
    protected: tuple[Protected, ...]
    archived_tokens: int
    """Of the texts that would be archived: so many fewer to choose a context from."""
    purged_bytes: int
    """Of the texts and vectors that would be erased."""
    held: int
    """Memories that are in use now."""
    asks_first: bool
    """It takes so large a share of them that nothing is done unattended."""
    policy: ForgettingRules | str | None = None
    """What was asked for; None: the person's own rules, and a change of those makes it stale."""

    @property
    def is_empty(self) -> bool:
        return not self.archived and not self.purged


@dataclass(frozen=True, slots=True)
class SweepReport:
    id: int
    """For ``undo_sweep``."""
    at: datetime
    archived: int
    purged: int
    """Erased: what was put back since the plan stays."""
    archived_tokens: int
    """Of what was archived."""
    purged_bytes: int
    """Of what was erased."""
    receipt: ErasureReceipt | None
    """Of what was erased; None when nothing was."""


@dataclass(frozen=True, slots=True)
class Sweep:
    """One that was done."""

    id: int
    at: datetime
    unattended: bool
    """The app made it by itself."""
    archived: int
    purged: int
    """Erased."""
    archived_tokens: int
    """Of what was archived."""
    purged_bytes: int
    """Of what was erased."""
    undone_at: datetime | None
    undoable: int
    """Memories that are still archived because of it."""
