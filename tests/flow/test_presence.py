"""When the person is not there: holidays, absences and wrong clocks, and what they do to fading."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from memory.engine import Memory
from memory.records import Protection
from tests.fakes import NOON, FixedClock
from tests.flow.lived import live, strength, told

FIVE_YEARS = 5 * 365
LEFT_AFTER_A_WEEK = 0.8 * 0.95**7


@pytest.fixture
def tea(memory: Memory) -> int:
    return told(memory, "The tea is in the left drawer", 0.8)


# -- absences -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("away", "counted"), [(1, 1), (6.9, 6.9), (7, 7), (8, 7), (40, 7), (FIVE_YEARS, 7)]
)
def test_an_absence_counts_seven_days_at_most(
    memory: Memory, tea: int, clock: FixedClock, away: float, counted: float
) -> None:
    """While it lasts and when it has ended; also when it is a clock that jumped five years."""
    clock.advance(days=away)
    assert strength(memory, tea) == pytest.approx(0.8 * 0.95**counted)
    memory.visit("me")
    assert strength(memory, tea) == pytest.approx(0.8 * 0.95**counted)


def test_after_an_absence_memories_fade_again(memory: Memory, tea: int, clock: FixedClock) -> None:
    """Each day counts from the return on, and the next absence is another one."""
    clock.advance(days=100)
    live(memory, clock, 1)
    live(memory, clock, 3)
    assert strength(memory, tea) == pytest.approx(0.8 * 0.95 ** (7 + 3))
    clock.advance(days=50)
    memory.visit("me")
    assert strength(memory, tea) == pytest.approx(0.8 * 0.95 ** (7 + 3 + 7))


def test_who_is_there_every_few_days_was_never_away(
    memory: Memory, tea: int, clock: FixedClock
) -> None:
    """Every day counts."""
    for _ in range(5):
        clock.advance(days=6)
        memory.visit("me")
    assert strength(memory, tea) == pytest.approx(0.8 * 0.95**30)


BEING_THERE: dict[str, Callable[[Memory], object]] = {
    "visit": lambda memory: memory.visit("me"),
    "observe": lambda memory: memory.observe("me", "user", "Hello there."),
    "remember": lambda memory: memory.remember("me", "The cups are clean"),
    "recall": lambda memory: memory.recall("me", "tea", limit=1),
    "respond": lambda memory: memory.respond("me", "Where is the tea?").read(),
    "pin": lambda memory: memory.pin(1),
    "reinforce": lambda memory: memory.reinforce([1]),
    "sweep": lambda memory: memory.sweep(memory.plan_sweep("me")),
}


@pytest.mark.parametrize("does", BEING_THERE.values(), ids=BEING_THERE)
def test_whoever_does_something_is_there(
    memory: Memory, tea: int, clock: FixedClock, does: Callable[[Memory], object]
) -> None:
    """The absence ends with it: the days after it count in full."""
    other = told(memory, "The spoons are in the right drawer", 0.8)
    clock.advance(days=30)
    does(memory)
    clock.advance(days=6)
    memory.visit("me")
    assert strength(memory, other) == pytest.approx(0.8 * 0.95 ** (7 + 6))


def test_the_app_at_work_by_itself_is_nobody_there(
    memory: Memory, tea: int, clock: FixedClock
) -> None:
    """Its daily sweep makes no absence shorter, nor does what another person does."""
    for _ in range(30):
        clock.advance(days=1)
        memory.expire()
        memory.sweep(memory.plan_sweep("me", unattended=True))
        memory.visit("somebody else")
    assert strength(memory, tea) == pytest.approx(LEFT_AFTER_A_WEEK)


# -- wrong clocks ---------------------------------------------------------------------------


def test_a_clock_five_years_ahead_loses_nothing_and_set_right_memories_fade_again(
    memory: Memory, tea: int, clock: FixedClock
) -> None:
    """Neither while it is wrong nor after; what was used or stored under it fades from then on."""
    live(memory, clock, 2)
    used = told(memory, "The spoons are in the right drawer", 0.8)
    clock.advance(days=FIVE_YEARS)
    memory.visit("me")
    stored = told(memory, "The forks are in the dishwasher", 0.8)
    memory.reinforce([used])
    report = memory.sweep(memory.plan_sweep("me"))
    assert (report.archived, report.purged, memory.expire().total) == (0, 0, 0)

    clock.advance(days=-FIVE_YEARS)
    memory.visit("me")
    fresh = {ident: strength(memory, ident) for ident in (tea, used, stored)}
    assert fresh == pytest.approx({tea: 0.8 * 0.95**2, used: 0.9, stored: 0.8})
    live(memory, clock, 10)
    for ident, before in fresh.items():
        assert strength(memory, ident) == pytest.approx(before * 0.95**10)


def test_a_clock_that_is_behind_for_a_while_changes_no_history(
    memory: Memory, tea: int, clock: FixedClock
) -> None:
    """An empty battery puts it to the year 1990: when it is right again each use is where it was,
    and nothing is weaker for it."""
    live(memory, clock, 3)
    memory.reinforce([tea])
    live(memory, clock, 3)
    before, jumps = strength(memory, tea), memory.curve(tea).jumps
    right = clock.now
    clock.now = NOON.replace(year=1990)
    memory.visit("me")
    told(memory, "The forks are in the dishwasher", 0.8)
    clock.now = right + timedelta(hours=1)
    memory.visit("me")

    assert [(jump.at, jump.kind) for jump in memory.curve(tea).jumps] == [
        (jump.at, jump.kind) for jump in jumps
    ]
    assert strength(memory, tea) >= before


def test_a_sweep_under_a_clock_that_was_ahead_is_none_after_the_next_absence(
    memory: Memory, tea: int, clock: FixedClock
) -> None:
    """The first sweep after that one still erases nothing."""
    clock.advance(days=FIVE_YEARS)
    memory.visit("me")
    memory.sweep(memory.plan_sweep("me"))
    clock.advance(days=-FIVE_YEARS)
    live(memory, clock, 1)
    memory.change([tea], "archive")
    clock.advance(days=40)
    memory.visit("me")
    plan = memory.plan_sweep("me")
    assert [kept.why for kept in plan.protected] == [Protection.AWAY]


# -- holidays -------------------------------------------------------------------------------


@pytest.mark.parametrize("there", [True, False])
def test_on_holiday_nothing_fades_and_nothing_is_swept(
    memory: Memory, tea: int, clock: FixedClock, there: bool
) -> None:
    """Whether the person looks in or not; from its end on every day counts again."""
    dust = told(memory, "The weather is grey", 0.16)
    live(memory, clock, 8)
    gone = told(memory, "The bus was late", 0.1)
    memory.change([gone], "archive")
    memory.set_forgetting_rules("me", replace(memory.forgetting_rules("me"), grace_days=1))
    memory.set_holiday("me", True)
    assert memory.holiday("me") == clock.now
    before = strength(memory, tea)
    for _ in range(40):
        clock.advance(days=1)
        if there:
            memory.visit("me")
    assert strength(memory, tea) == before
    plan = memory.plan_sweep("me")
    assert plan.is_empty
    assert {kept.item.id: kept.why for kept in plan.protected} == {
        dust: Protection.HOLIDAY,
        gone: Protection.HOLIDAY,
    }
    memory.set_holiday("me", False)
    assert memory.holiday("me") is None
    live(memory, clock, 3)
    assert strength(memory, tea) == pytest.approx(before * 0.95**3)
    assert [each.item.id for each in memory.plan_sweep("me").archived] == [dust]


def test_holiday_mode_set_twice_is_one_holiday(memory: Memory, clock: FixedClock) -> None:
    """It began the first time; the audit has one event for each change."""
    memory.set_holiday("me", True)
    clock.advance(days=1)
    memory.set_holiday("me", True)
    assert memory.holiday("me") == NOON
    memory.set_holiday("me", False)
    memory.set_holiday("me", False)
    deeds = [event.action for event in memory.audit() if "holiday" in event.action]
    assert len(deeds) == 2
    assert memory.holiday("somebody else") is None


def test_a_holiday_begun_under_a_clock_that_was_ahead_holds_now(
    memory: Memory, tea: int, clock: FixedClock
) -> None:
    """Set right, the clock stands before its beginning: nothing fades all the same."""
    clock.advance(days=FIVE_YEARS)
    memory.set_holiday("me", True)
    clock.advance(days=-FIVE_YEARS)
    memory.visit("me")
    before = strength(memory, tea)
    live(memory, clock, 30)
    assert strength(memory, tea) == before
    memory.set_holiday("me", False)
    live(memory, clock, 2)
    assert strength(memory, tea) == pytest.approx(before * 0.95**2)


def test_each_person_has_days_of_their_own(memory: Memory, clock: FixedClock) -> None:
    """The holiday of one stops nothing of another."""
    memory.grant("you", "personalization")
    mine, yours = told(memory, "Mine", 0.8), told(memory, "Yours", 0.8, "you")
    memory.set_holiday("you", True)
    for _ in range(5):
        clock.advance(days=1)
        memory.visit("me")
    assert strength(memory, mine) == pytest.approx(0.8 * 0.95**5)
    assert strength(memory, yours) == 0.8
