"""What the app sweeps by itself: at its start and once a day, and never a large share unasked."""

from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest

from memory import DiskFull, Memory, StalePlan, Status, SweepPlan, example
from pages.parts.sweeping import (
    AGAIN_AFTER_SECONDS,
    Alone,
    FirstAtOnce,
    alone,
    do_until,
    is_due,
    sweep_alone,
)
from pages.parts.whose import ME
from tests.fakes import FixedClock
from tests.pages.screen import Screen

pytestmark = pytest.mark.usefixtures("clock")

WEAK, STRONG = 0.1, 0.95
"""Importances; the strong ones keep the floor."""


def forgetting(screen: Screen) -> Screen:
    """On the view that is drawn fastest."""
    screen.test.query_params["view"] = "week"
    return screen.open("forgetting")


def archived(memory: Memory) -> list[str]:
    return [item.text for item in memory.items(ME) if item.status is Status.ARCHIVED]


def remember(memory: Memory, weak: int, strong: int) -> None:
    for number in range(weak):
        memory.remember(ME, f"Weak note number {number}.", importance=WEAK)
    for number in range(strong):
        memory.remember(ME, f"Strong note number {number}.", importance=STRONG)


# -- when ------------------------------------------------------------------------------------


class Hours(Event):
    """So many go by at once."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.left = number
        self.waited: list[float | None] = []

    def wait(self, timeout: float | None = None) -> bool:
        self.waited.append(timeout)
        self.left -= 1
        return self.left < 0


def test_what_is_due_goes_while_nobody_looks(tmp_path: Path) -> None:
    """Every hour, also after one in which the disk was full."""
    swept: list[int] = []

    def expire() -> None:
        swept.append(len(swept))
        if len(swept) == 2:
            raise DiskFull(tmp_path)

    hours = Hours(4)
    do_until(hours, [expire])

    assert swept == [0, 1, 2, 3]
    assert hours.waited[1:] == [AGAIN_AFTER_SECONDS] * 4


def test_one_who_cannot_be_swept_does_not_hinder_the_others(
    memory: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when they are erased, or change something, between the plan and the sweep."""
    others = memory.add_person("Ana Quillfeather").user_id
    plan = Memory.plan_sweep

    def stale(memory: Memory, user_id: str, *, unattended: bool) -> SweepPlan:
        if user_id == ME:
            raise StalePlan
        return plan(memory, user_id, unattended=unattended)

    monkeypatch.setattr(Memory, "plan_sweep", stale)
    chore = FirstAtOnce(memory, alone())
    chore()

    assert chore.has_swept == {others}


def test_the_example_is_not_swept_while_it_is_lived(
    memory: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its past is told by a clock of its own: by today's all of it would have faded."""
    monkeypatch.setattr("memory.example.SCRIPT", example.SCRIPT[:1])
    chore = FirstAtOnce(memory, alone())
    swept: list[set[str]] = []

    def on_step(_: example.Progress) -> None:
        chore()
        swept.append(set(chore.has_swept))

    example.live(memory, on_step=on_step)
    assert swept[-1] == {ME}

    chore()
    assert chore.has_swept == {ME, example.USER_ID}


def test_one_that_fails_does_not_hinder_the_other(tmp_path: Path) -> None:
    done: list[str] = []

    def fail() -> None:
        raise DiskFull(tmp_path)

    do_until(Hours(1), [fail, lambda: done.append("swept")])

    assert done == ["swept"]


def test_it_sweeps_at_its_start_and_then_once_a_day(
    screen: Screen, memory: Memory, clock: FixedClock
) -> None:
    """At a start also when the last sweep was an hour ago."""
    remember(memory, 0, 1)
    memory.sweep(memory.plan_sweep(ME))
    clock.advance(hours=1)
    chore = FirstAtOnce(memory, Alone())

    moments = []
    for _ in range(26):
        chore()
        moments.append(memory.last_sweep(ME))
        clock.advance(hours=1)

    assert len(set(moments)) == 2
    assert moments[0] != moments[-1]


def test_a_clock_that_was_set_back_does_not_stop_it(
    screen: Screen, memory: Memory, clock: FixedClock
) -> None:
    """It would wait for a year to come."""
    remember(memory, 0, 1)
    clock.advance(days=365)
    memory.sweep(memory.plan_sweep(ME))
    assert not is_due(memory, "me")

    clock.advance(days=-365)

    assert is_due(memory, "me")


def test_pages_leave_sweeping_to_the_background(
    screen: Screen, memory: Memory, live: Callable[[int], None]
) -> None:
    """No page waits for it."""
    remember(memory, 1, 9)
    live(10)

    screen.run()

    assert archived(memory) == []
    assert memory.last_sweep(ME) is None


def test_a_page_that_is_looked_at_is_a_day_that_counts(
    screen: Screen, memory: Memory, clock: FixedClock
) -> None:
    """Who looks at a page each week was not away; a month without one counts as seven days."""
    item = memory.remember(ME, "I like tea.", importance=0.8)
    for _ in range(4):
        clock.advance(days=7)
        screen.run()
    (looked,) = memory.retention_of([item])

    clock.advance(days=28)
    (away,) = memory.retention_of([item])

    assert looked.strength == pytest.approx(0.8 * 0.95**28, rel=0.05)
    assert away.strength == pytest.approx(looked.strength * 0.95**7, rel=0.05)


# -- what ------------------------------------------------------------------------------------


def test_what_has_faded_is_archived_and_told_once_with_undo(
    screen: Screen, memory: Memory, live: Callable[[int], None]
) -> None:
    """On the Forgetting page, until another page is opened."""
    remember(memory, 1, 9)
    live(10)
    sweep_alone(memory, "me", alone())
    assert archived(memory) == ["Weak note number 0."]
    live(1)

    forgetting(screen)
    assert "Yesterday 1 memory went into the archive." in screen.words
    screen.run()
    assert "Yesterday 1 memory went into the archive." in screen.words

    forgetting(screen.open("chat"))
    assert "went into the archive" not in screen.words


def test_undo_of_what_it_did_puts_it_back(
    screen: Screen, memory: Memory, live: Callable[[int], None]
) -> None:
    """And the line goes."""
    remember(memory, 1, 9)
    live(10)
    sweep_alone(memory, "me", alone())

    forgetting(screen).click("forgetting_undo_news")

    assert archived(memory) == []
    assert "went into the archive" not in screen.words
    assert "forgetting_undo_news" not in screen.keys


def test_several_are_told_together(
    screen: Screen, memory: Memory, clock: FixedClock, live: Callable[[int], None]
) -> None:
    """Since the first of them, however many days nobody opened the page."""
    remember(memory, 1, 9)
    live(10)
    sweep_alone(memory, "me", alone())
    since = clock.now.astimezone()
    memory.remember(ME, "One more weak note.", importance=WEAK)
    live(10)
    sweep_alone(memory, "me", alone())

    forgetting(screen)

    day = f"{since.day} {since:%B %Y}"
    assert f"Since {day} 2 memories went into the archive." in screen.words


def test_what_was_erased_is_told_without_undo(
    screen: Screen, memory: Memory, live: Callable[[int], None]
) -> None:
    """There is none."""
    remember(memory, 1, 9)
    live(10)
    memory.sweep(memory.plan_sweep(ME))
    live(31)
    memory.note_shown([item.id for item in memory.items(ME)])
    sweep_alone(memory, "me", alone())

    forgetting(screen)

    assert "Today 1 memory was erased." in screen.words
    assert "forgetting_undo_news" not in screen.keys


def test_a_large_sweep_waits_and_every_page_leads_to_it(
    screen: Screen, memory: Memory, live: Callable[[int], None]
) -> None:
    """Nothing is done unasked; after a sweep by hand nothing waits."""
    remember(memory, 4, 6)
    live(10)

    sweep_alone(memory, "me", alone())
    assert archived(memory) == []
    assert "view=sweeps" in links(screen.run())

    forgetting(screen)
    assert "A sweep waits for you: it would take 4 of 10 memories" in labels(screen)

    screen.choose("sweeps", "forgetting_view")
    screen.click("forgetting_preview").click("forgetting_sweep_now").run()
    assert len(archived(memory)) == 4
    assert "view=sweeps" not in links(screen)


def test_one_that_waits_no_longer_is_not_told(
    screen: Screen, memory: Memory, live: Callable[[int], None]
) -> None:
    """What it would have taken was kept meanwhile."""
    remember(memory, 4, 6)
    live(10)
    sweep_alone(memory, "me", alone())
    memory.reinforce([item.id for item in memory.items(ME)])

    forgetting(screen).run()

    assert "view=sweeps" not in links(screen)


def links(screen: Screen) -> set[str]:
    return {link.proto.query_string for link in screen.test.get("page_link")}


def labels(screen: Screen) -> set[str]:
    return {link.proto.label for link in screen.test.get("page_link")}
