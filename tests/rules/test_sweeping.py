"""What a sweep may archive and erase: each protection alone, and which one is named first."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import numpy as np
import pytest

from memory.records import ForgettingRules, MemoryItem, Protection, Stage, Status
from memory.rules.absence import Presence
from memory.rules.decay import floors
from memory.rules.sweeping import (
    KEPT_DAYS,
    VERY_IMPORTANT,
    Archived,
    Weak,
    asks_first,
    ends_grace,
    kept_from_archive,
    kept_from_purge,
    stage,
)
from tests.fakes import NOON
from tests.rules.scoring.made import item

RULES = ForgettingRules()
LOW_FLOOR = ForgettingRules(floor=0.1)
THERE = Presence(back_since=None, is_away=False, on_holiday=False, last_sweep_at=None)


def after(days: float) -> datetime:
    return NOON + timedelta(days=days)


def weak(*, days_since_use: float = 8.0, **changes: Any) -> Weak:
    """One that nothing protects, but what is given."""
    own = {
        name: changes.pop(name) for name in ("pinned", "paused", "importance") if name in changes
    }
    plain = Weak(
        item=item(1, **{"importance": 0.5, **own}),
        bare_strength=0.1,
        in_profile=False,
        days_since_use=days_since_use,
        days_since_storing=8.0,
        put_back=False,
    )
    return replace(plain, **changes)


def archived(
    *, shown_at: datetime | None = None, shares_words: bool = False, **own: Any
) -> Archived:
    """In the archive since noon."""
    fields = {"status": Status.ARCHIVED, "archived_at": NOON, **own}
    return Archived(item(1, **fields), shown_at=shown_at, shares_words=shares_words)


# -- floors and stages ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("importance", "in_profile", "floor"),
    [
        (VERY_IMPORTANT, False, 0.2),
        (1.0, False, 0.2),
        (0.899, False, 0.0),
        (0.0, False, 0.0),
        (0.0, True, 0.2),
        (0.95, True, 0.2),
    ],
)
def test_what_is_very_important_or_of_the_profile_has_a_floor(
    importance: float, in_profile: bool, floor: float
) -> None:
    """That of the rules; nothing else has one."""
    found = floors(np.array([importance]), np.array([in_profile]), RULES)

    assert found.tolist() == [floor]
    lower = floors(np.array([importance]), np.array([in_profile]), LOW_FLOOR)
    assert lower.tolist() == [floor / 2]


@pytest.mark.parametrize(
    ("fields", "strength", "expected"),
    [
        ({}, 0.8, Stage.ACTIVE),
        ({}, 0.35, Stage.ACTIVE),
        ({}, 0.3499, Stage.FADING),
        ({}, 0.0, Stage.FADING),  # weak enough for the archive, but no sweep has taken it
        ({"pinned": True}, 0.1, Stage.ACTIVE),
        ({"status": Status.ARCHIVED}, 0.9, Stage.ARCHIVED),
        ({"status": Status.ARCHIVED, "pinned": True}, 0.9, Stage.ARCHIVED),
    ],
)
def test_the_stage_of_a_memory(fields: dict[str, Any], strength: float, expected: Stage) -> None:
    """By its strength, unless it is pinned or in the archive."""
    assert stage(item(1, **fields), strength, RULES) is expected


# -- into the archive -----------------------------------------------------------------------

HOLIDAY = replace(THERE, on_holiday=True)
EACH_ALONE: list[tuple[dict[str, Any], Presence, Protection]] = [
    ({}, HOLIDAY, Protection.HOLIDAY),
    ({"pinned": True}, THERE, Protection.PINNED),
    ({"paused": True}, THERE, Protection.PAUSED),
    ({"in_profile": True}, THERE, Protection.PROFILE),
    ({"importance": VERY_IMPORTANT}, THERE, Protection.IMPORTANT),
    ({"days_since_use": 6.999}, THERE, Protection.USED),
    ({"days_since_storing": 6.999}, THERE, Protection.NEW),
    ({"put_back": True}, THERE, Protection.PUT_BACK),
]


def test_a_weak_memory_that_nothing_protects_is_archived() -> None:
    """Used long ago, or never."""
    assert kept_from_archive(weak(), RULES, THERE) is None
    assert kept_from_archive(weak(days_since_use=np.inf), RULES, THERE) is None


@pytest.mark.parametrize(("changes", "presence", "why"), EACH_ALONE)
def test_each_protection_alone_keeps_a_memory(
    changes: dict[str, Any], presence: Presence, why: Protection
) -> None:
    """And is named."""
    assert kept_from_archive(weak(**changes), RULES, presence) is why


@pytest.mark.parametrize("first", range(len(EACH_ALONE)))
def test_of_several_protections_the_one_that_lasts_is_named(first: int) -> None:
    """What the person did comes before what time does."""
    rest = EACH_ALONE[first:]
    everything = {name: value for changes, _, _ in rest for name, value in changes.items()}

    found = kept_from_archive(weak(**everything), RULES, rest[0][1])

    assert found is rest[0][2]


@pytest.mark.parametrize(
    "changes",
    [
        {"days_since_use": float(KEPT_DAYS)},
        {"days_since_storing": float(KEPT_DAYS)},
        {"importance": 0.899},
    ],
)
def test_a_protection_ends_at_its_limit(changes: dict[str, Any]) -> None:
    """Seven days after, and just below what is very important."""
    assert kept_from_archive(weak(**changes), RULES, THERE) is None


@pytest.mark.parametrize("changes", [{"in_profile": True}, {"importance": 1.0}])
def test_a_floor_below_the_archive_protects_nothing(changes: dict[str, Any]) -> None:
    """Who sets it so low wants these archived, too; at the archive's own number it holds."""
    assert kept_from_archive(weak(**changes), LOW_FLOOR, THERE) is None
    assert kept_from_archive(weak(**changes), ForgettingRules(floor=0.15), THERE) is not None


# -- out of the archive ---------------------------------------------------------------------


@pytest.mark.parametrize("days", [0, 30, 3650])
def test_grace_counts_from_the_archiving(days: int) -> None:
    """Of what is in the archive."""
    assert ends_grace(archived().item, ForgettingRules(grace_days=days)) == after(days)


@pytest.mark.parametrize(
    "kept",
    [
        item(1),
        item(1, archived_at=NOON),  # put back since
        item(1, status=Status.ARCHIVED),
        item(1, status=Status.FORGOTTEN, archived_at=NOON),
    ],
)
def test_what_no_sweep_archived_has_no_grace_that_ends(kept: MemoryItem) -> None:
    """It is never erased for its weakness."""
    assert ends_grace(kept, RULES) is None


SHOWN = {"shown_at": after(1)}


@pytest.mark.parametrize("unattended", [True, False])
@pytest.mark.parametrize(
    ("changes", "presence", "why"),
    [
        ({}, THERE, None),
        ({}, HOLIDAY, Protection.HOLIDAY),
        ({"pinned": True}, THERE, Protection.PINNED),
        ({"paused": True}, THERE, Protection.PAUSED),
        ({}, replace(THERE, is_away=True), Protection.AWAY),
        ({"shares_words": True}, THERE, Protection.SHARED),
        # all that is left, in their order
        (
            {"pinned": True, "shares_words": True},
            Presence(None, is_away=True, on_holiday=True, last_sweep_at=None),
            Protection.HOLIDAY,
        ),
        ({"pinned": True, "shares_words": True}, replace(THERE, is_away=True), Protection.PINNED),
        ({"shares_words": True}, replace(THERE, is_away=True), Protection.AWAY),
    ],
)
def test_what_keeps_a_memory_from_being_erased(
    changes: dict[str, Any], presence: Presence, why: Protection | None, unattended: bool
) -> None:
    """Though its grace is over and it was shown."""
    found = kept_from_purge(archived(**SHOWN, **changes), presence, unattended=unattended)

    assert found is why


@pytest.mark.parametrize(
    ("shown_at", "back_since", "why"),
    [
        (None, None, Protection.UNSHOWN),
        (after(-0.001), None, Protection.UNSHOWN),  # in the archive before, and put back
        (NOON, None, None),
        (after(5), None, None),
        (after(5), after(20), Protection.UNSHOWN),
        (after(20), after(20), None),
        (after(21), after(20), None),
        (after(-1), after(-2), Protection.UNSHOWN),
    ],
)
def test_unattended_only_what_was_shown_is_erased(
    shown_at: datetime | None, back_since: datetime | None, why: Protection | None
) -> None:
    """Since it was archived and since the person came back; who looks on sees it anyway."""
    presence = replace(THERE, back_since=back_since, last_sweep_at=after(31))
    kept = archived(shown_at=shown_at)

    assert kept_from_purge(kept, presence, unattended=True) is why
    assert kept_from_purge(kept, presence, unattended=False) is None


def test_that_it_was_not_shown_is_said_before_that_it_shares_its_words() -> None:
    """And after that the person was away."""
    kept = archived(shares_words=True)
    away = replace(THERE, back_since=after(20))

    assert kept_from_purge(kept, THERE, unattended=True) is Protection.UNSHOWN
    assert kept_from_purge(kept, away, unattended=True) is Protection.AWAY


@pytest.mark.parametrize(
    ("back_since", "is_away", "last_sweep_at", "swept"),
    [
        (None, False, None, True),  # never away
        (None, False, NOON, True),
        (NOON, False, None, False),
        (NOON, False, after(-40), False),
        (NOON, False, NOON, True),
        (NOON, False, after(1), True),
        (None, True, NOON, False),
        (NOON, True, after(1), False),  # and away again
    ],
)
def test_the_first_sweep_after_an_absence_erases_nothing(
    back_since: datetime | None, is_away: bool, last_sweep_at: datetime | None, swept: bool
) -> None:
    """Nor does any while the person is away; the second one may."""
    presence = Presence(back_since, is_away, on_holiday=False, last_sweep_at=last_sweep_at)

    assert presence.swept_since_back is swept
    found = kept_from_purge(archived(shown_at=after(2)), presence, unattended=False)
    assert found is (None if swept else Protection.AWAY)


# -- how much at once -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("touched", "held", "asks"),
    [
        (0, 0, False),
        (0, 10, False),
        (1, 1, False),
        (1, 0, False),
        (2, 0, True),
        (2, 2, True),
        (2, 9, True),
        (2, 10, False),
        (3, 15, False),
        (3, 14, True),
        (20_000, 100_000, False),
        (20_001, 100_000, True),
    ],
)
def test_a_sweep_asks_before_it_takes_more_than_a_fifth(
    touched: int, held: int, asks: bool
) -> None:
    """A single one it may always take."""
    assert asks_first(touched, held) is asks
