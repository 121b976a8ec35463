"""What a sweep may archive and erase, and what it leaves (article, section 5: what is used, and
what matters, is protected).

Protections stop sweeps, not the curve; a pin, the floor and a holiday stop that, too.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from memory.errors import InvalidInput
from memory.records import (
    ForgettingRules,
    MemoryItem,
    PolicyName,
    Protection,
    Stage,
    Status,
)
from memory.rules.absence import Presence

VERY_IMPORTANT = 0.9
"""Importance from which on a memory keeps the floor (article: critical bug fixes)."""
KEPT_DAYS = 7
"""Days for which a use, storing or putting back keeps a memory from being archived."""
ASKING_SHARE = 0.2
"""Share of all memories that a sweep may take before it asks; a single one it may always take."""
MIN_LOSS, MAX_LOSS = 0.001, 0.5
MAX_GRACE_DAYS = 3_650


def checked(rules: ForgettingRules) -> ForgettingRules:
    """Raises InvalidInput for numbers that nothing can be remembered or forgotten by."""
    if rules.policy not in tuple(PolicyName):
        raise InvalidInput(
            f"There is no policy “{rules.policy}”. Choose one of: {', '.join(PolicyName)}."
        )
    if not MIN_LOSS <= rules.daily_loss <= MAX_LOSS:
        raise InvalidInput(
            f"A memory can lose from {MIN_LOSS:.1%} to {MAX_LOSS:.0%} of its strength a day. "
            "Choose a number between."
        )
    if not 0 <= rules.archived_below < rules.fading_below <= 1:
        raise InvalidInput(
            "A memory is archived when it is weaker than one that fades. Choose a lower number for "
            "the archive than for fading, both from 0 to 1."
        )
    if not (0 <= rules.boost <= 1 and 0 <= rules.floor <= 1):
        raise InvalidInput("The boost and the floor are shares. Choose numbers from 0 to 1.")
    if not 0 <= rules.grace_days <= MAX_GRACE_DAYS:
        raise InvalidInput(
            f"What is archived is kept for 0 to {MAX_GRACE_DAYS:,} days. Choose a number between."
        )
    return rules


def stage(item: MemoryItem, strength: float, rules: ForgettingRules) -> Stage:
    """What is archived is so until it is put back; a pinned memory is never called fading."""
    if item.status is Status.ARCHIVED:
        return Stage.ARCHIVED
    return Stage.FADING if strength < rules.fading_below and not item.pinned else Stage.ACTIVE


@dataclass(frozen=True, slots=True)
class Weak:
    """A memory that would be archived by its strength, and what speaks against it."""

    item: MemoryItem
    bare_strength: float
    """Without floor or pin."""
    in_profile: bool
    days_since_use: float
    """That count; infinite for none."""
    days_since_storing: float
    put_back: bool
    """By undoing a sweep, in the last days."""


def kept_from_archive(weak: Weak, rules: ForgettingRules, presence: Presence) -> Protection | None:
    """Why it stays; None: it goes."""
    item, below = weak.item, rules.archived_below
    protections = {
        Protection.HOLIDAY: presence.on_holiday,
        Protection.PINNED: item.pinned,
        Protection.PAUSED: item.paused,
        Protection.PROFILE: weak.in_profile and rules.floor >= below,
        Protection.IMPORTANT: item.importance >= VERY_IMPORTANT and rules.floor >= below,
        Protection.USED: weak.days_since_use < KEPT_DAYS,
        Protection.NEW: weak.days_since_storing < KEPT_DAYS,
        Protection.PUT_BACK: weak.put_back,
    }
    return next((why for why, holds in protections.items() if holds), None)


@dataclass(frozen=True, slots=True)
class Archived:
    """A memory in the archive, and what was seen of it."""

    item: MemoryItem
    shown_at: datetime | None
    """When the person was last shown that it waits there."""
    shares_words: bool
    """With a memory that stays."""


def ends_grace(item: MemoryItem, rules: ForgettingRules) -> datetime | None:
    """When it may be erased; None for what is not in the archive."""
    if item.status is not Status.ARCHIVED or item.archived_at is None:
        return None
    return item.archived_at + timedelta(days=rules.grace_days)


def kept_from_purge(
    archived: Archived, presence: Presence, *, unattended: bool
) -> Protection | None:
    """Why it is not erased though its grace is over; None: it goes."""
    shown, since = archived.shown_at, (archived.item.archived_at, presence.back_since)
    was_shown = shown is not None and all(shown >= each for each in since if each is not None)
    protections = {
        Protection.HOLIDAY: presence.on_holiday,
        Protection.PINNED: archived.item.pinned,
        Protection.PAUSED: archived.item.paused,
        Protection.AWAY: not presence.swept_since_back,
        Protection.UNSHOWN: unattended and not was_shown,
        Protection.SHARED: archived.shares_words,
    }
    return next((why for why, holds in protections.items() if holds), None)


def asks_first(touched: int, all_memories: int) -> bool:
    """
    >>> [asks_first(touched, 10) for touched in (1, 2, 3)]
    [False, False, True]
    """
    return touched > 1 and touched > ASKING_SHARE * all_memories
