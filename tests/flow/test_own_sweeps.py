"""What an app that sweeps by itself asks: when it last did, what of it is to be told, and what has
waited longest in the archive."""

import pytest

from memory import PERSONALIZATION, Memory, MemoryFilter, MemoryItem, Order, Status, SweepReport
from tests.fakes import FixedClock

WEAK, STRONG = 0.1, 0.95


@pytest.fixture
def notes(memory: Memory, clock: FixedClock) -> list[MemoryItem]:
    """Enough of them that one is no large share."""
    memory.grant("me", PERSONALIZATION)
    return [memory.remember("me", f"Strong note number {n}.", importance=STRONG) for n in range(9)]


def sweep(memory: Memory, clock: FixedClock, text: str, *, unattended: bool) -> SweepReport:
    """One that archives a memory of that text."""
    memory.remember("me", text, importance=WEAK)
    for _ in range(8):
        clock.advance(days=1)
        memory.visit("me")
    return memory.sweep(memory.plan_sweep("me", unattended=unattended))


def test_nothing_is_known_of_somebody_who_never_came(memory: Memory) -> None:
    assert memory.last_sweep("nobody") is None
    assert memory.tell_sweeps("nobody") == []


def test_the_last_sweep_is_known_also_when_it_found_nothing(
    memory: Memory, clock: FixedClock, notes: list[MemoryItem]
) -> None:
    """Once a day is enough then, too."""
    assert memory.last_sweep("me") is None
    clock.advance(days=1)

    memory.sweep(memory.plan_sweep("me"))

    assert memory.sweeps("me") == []
    assert memory.last_sweep("me") == clock.now


def test_what_was_swept_unattended_is_told_once(
    memory: Memory, clock: FixedClock, notes: list[MemoryItem]
) -> None:
    """The latest first; who swept themselves knows it."""
    first = sweep(memory, clock, "I like tea.", unattended=True)
    sweep(memory, clock, "I like rain.", unattended=False)
    last = sweep(memory, clock, "I like snow.", unattended=True)

    assert [told.id for told in memory.tell_sweeps("me")] == [last.id, first.id]
    assert memory.tell_sweeps("me") == []

    later = sweep(memory, clock, "I like long walks.", unattended=True)
    assert [told.id for told in memory.tell_sweeps("me")] == [later.id]


def test_what_was_told_is_not_told_again_when_the_clock_was_set_back(
    memory: Memory, clock: FixedClock, notes: list[MemoryItem]
) -> None:
    """The later sweep has the earlier time then."""
    first = sweep(memory, clock, "I like tea.", unattended=True)
    clock.advance(days=-30)
    last = sweep(memory, clock, "I like rain.", unattended=True)

    assert {told.id for told in memory.tell_sweeps("me")} == {first.id, last.id}
    assert memory.tell_sweeps("me") == []


def test_the_longest_archived_come_first(
    memory: Memory, clock: FixedClock, notes: list[MemoryItem]
) -> None:
    """Whatever their age; what is not archived comes last."""
    tea, rain, snow = (memory.remember("me", f"I like {x}.") for x in ("tea", "rain", "snow"))
    for item in (snow, tea, rain):
        clock.advance(days=1)
        memory.change([item.id], "archive")

    found = memory.find("me", order=Order.LONGEST_ARCHIVED, limit=4).items

    assert [item.id for item in found[:3]] == [snow.id, tea.id, rain.id]
    assert found[3].status is Status.ACTIVE


def test_those_archived_by_a_day_are_found(
    memory: Memory, clock: FixedClock, notes: list[MemoryItem]
) -> None:
    """That moment itself counts."""
    tea, rain = (memory.remember("me", f"I like {what}.") for what in ("tea", "rain"))
    memory.change([tea.id], "archive")
    then = clock.now
    clock.advance(seconds=1)
    memory.change([rain.id], "archive")

    found = memory.find("me", MemoryFilter(archived_by=then))

    assert [item.id for item in found.items] == [tea.id]
    assert found.total == 1
