"""This week: what fades or leaves answers, and what is done about it."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import pytest

from memory import Leaving, Memory, MemoryItem, Status
from pages.parts.forgetting.rows import PAGE, day_in_words
from pages.parts.forgetting.week import leaving_this_week
from pages.parts.whose import ME
from tests.fakes import FixedClock
from tests.pages.screen import Screen

pytestmark = pytest.mark.usefixtures("clock")

WEEK = "week"
WORD = "Zanzibarquokka"
SOON = 0.4
"""Importance of what fades within the week after it was stored."""


@pytest.fixture
def tea(screen: Screen, memory: Memory) -> MemoryItem:
    return memory.remember(ME, "I like tea.", importance=SOON)


def opened(screen: Screen) -> Screen:
    screen.test.query_params["view"] = WEEK
    return screen.open("forgetting")


def rows(screen: Screen, action: str) -> list[int]:
    """Ids of the rows that offer it, in no order."""
    start = f"forgetting_{action}_"
    found = (key.removeprefix(start) for key in screen.keys if key.startswith(start))
    return sorted(int(ident) for ident in found if ident.isdecimal())


# -- without anything ------------------------------------------------------------------------


def test_without_memories_it_says_what_will_be_here(screen: Screen) -> None:
    """And shows no numbers about nothing."""
    opened(screen)

    assert "Nothing to forget yet" in screen.words
    assert not screen.test.metric


def test_a_quiet_week_says_when_something_will_fade(
    screen: Screen, memory: Memory, clock: FixedClock
) -> None:
    """The day on which it will be so."""
    item = memory.remember(ME, "I like tea.", importance=0.9)
    (kept,) = memory.retention_of([item])

    opened(screen)

    assert "Nothing fades this week" in screen.words
    assert f"The next will on {kept.fades_at.astimezone().day} " in screen.words


def test_where_nothing_ever_fades_no_day_is_told(screen: Screen, memory: Memory) -> None:
    memory.remember(ME, "I like tea.", pinned=True)

    opened(screen)

    assert "Nothing will be for a year." in screen.words


# -- what leaves -----------------------------------------------------------------------------


def leaving(ident: int, fades: int | None, archives: int | None, strength: float = 0.3) -> Leaving:
    return Leaving(ident, strength, fades, archives)


@pytest.mark.parametrize(
    ("forecast", "swept", "listed"),
    [
        ([leaving(1, 3, None)], True, [1]),
        ([leaving(1, 8, None)], True, []),
        ([leaving(1, 0, 7)], True, [1]),
        ([leaving(1, 0, None)], True, []),
        ([leaving(1, 0, 0)], True, [1]),
        ([leaving(1, 0, 0)], False, []),
        ([leaving(1, 5, None), leaving(2, 0, 2), leaving(3, 0, 0)], True, [3, 2, 1]),
        ([leaving(1, 2, None, 0.5), leaving(2, 2, None, 0.4)], True, [2, 1]),
    ],
)
def test_what_is_listed_and_in_which_order(
    forecast: Sequence[Leaving], swept: bool, listed: list[int]
) -> None:
    """What happens to it in one to seven days, or what a sweep would take now; the next first."""
    assert [each.item_id for each in leaving_this_week(forecast, swept=swept)] == listed


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (2, "today"),
        (3, "tomorrow"),
        (5, "on Thursday"),
        (8, "on Sunday"),
        (9, "in a week"),
        (10, "on 10 March 2026"),
        (1, "on 1 March 2026"),
    ],
)
def test_days_are_told_in_words(day: int, words: str) -> None:
    """As somebody on Monday, 2 March, says them."""
    monday = datetime(2026, 3, 2, 12, tzinfo=UTC)

    assert day_in_words(datetime(2026, 3, day, 12, tzinfo=UTC), monday) == words


def test_row_tells_strength_and_day(screen: Screen, tea: MemoryItem) -> None:
    """Those of the curve."""
    opened(screen)

    assert "1 memory on the way out" in screen.words
    assert "I like tea." in screen.words
    assert "strength 40% · **fades on Thursday**" in screen.words


def test_what_a_sweep_would_take_comes_first(
    screen: Screen, memory: Memory, tea: MemoryItem, live: Callable[[int], None]
) -> None:
    """It leaves with the next one."""
    weak = memory.remember(ME, "I like rain.", importance=0.1)
    live(8)
    memory.reinforce([tea.id])

    opened(screen)

    assert rows(screen, "keep") == [weak.id]
    assert "**is archived with the next sweep**" in screen.words


def test_keep_makes_it_strong_again(screen: Screen, memory: Memory, tea: MemoryItem) -> None:
    """It is gone from the list; a use has no undo."""
    opened(screen).click(f"forgetting_keep_{tea.id}")

    (kept,) = memory.retention_of([tea])
    assert kept.strength > 0.6
    assert "Kept 1 memory fresh" in screen.words
    assert rows(screen, "keep") == []
    assert "forgetting_undo" not in screen.keys


def test_pin_is_undone(screen: Screen, memory: Memory, tea: MemoryItem) -> None:
    opened(screen).click(f"forgetting_pin_{tea.id}")
    assert memory.item(tea.id).pinned
    assert "Pinned 1 memory" in screen.words

    screen.click("forgetting_undo")

    assert not memory.item(tea.id).pinned
    assert rows(screen, "keep") == [tea.id]


def test_let_go_is_undone(screen: Screen, memory: Memory, tea: MemoryItem) -> None:
    """Out of answers at once; back it is in use."""
    opened(screen).click(f"forgetting_let_go_{tea.id}")
    assert memory.item(tea.id).status is Status.ARCHIVED
    assert "Let go of 1 memory" in screen.words

    screen.click("forgetting_undo")

    assert memory.item(tea.id).status is Status.ACTIVE


def test_undo_after_an_erasure_says_that_it_is_too_late(
    screen: Screen, memory: Memory, tea: MemoryItem
) -> None:
    opened(screen).click(f"forgetting_let_go_{tea.id}")
    memory.remember(ME, "I like rain.")
    memory.erase(ME, memory=tea.id)

    screen.click("forgetting_undo")

    assert "Undo is no longer possible" in screen.words


def test_undo_is_offered_until_another_page_is_opened(
    screen: Screen, memory: Memory, tea: MemoryItem
) -> None:
    opened(screen).click(f"forgetting_pin_{tea.id}")
    assert "forgetting_undo" in screen.keys

    opened(screen.open("chat"))

    assert "forgetting_undo" not in screen.keys


def test_all_of_a_page_are_kept_at_once(screen: Screen, memory: Memory) -> None:
    """Those of the other pages are as they were."""
    for number in range(PAGE + 2):
        memory.remember(ME, f"Note number {number}.", importance=SOON)
    opened(screen)
    first = rows(screen, "keep")
    assert len(first) == PAGE

    screen.click("forgetting_keep_all")

    others = rows(screen, "keep")
    assert len(others) == 2
    assert not set(first) & set(others)
    assert f"Kept {PAGE} memories fresh" in screen.words


def test_long_text_is_shortened_and_shown_on_demand(screen: Screen, memory: Memory) -> None:
    text = "I like tea. " * 30
    item = memory.remember(ME, text, importance=SOON)

    opened(screen)

    assert "All of it" in [box.label for box in screen.test.expander]
    shown = [mark.value for mark in screen.test.markdown if "tea" in mark.value]
    assert sorted("…" in mark for mark in shown) == [False, True]
    assert rows(screen, "keep") == [item.id]


def test_text_is_text_and_nothing_else(screen: Screen, memory: Memory) -> None:
    """An image in it would be fetched."""
    memory.remember(ME, "![x](http://evil.example/y) and $$x$$", importance=SOON)

    opened(screen)

    shown = [mark.value for mark in screen.test.markdown if "evil" in mark.value]
    assert shown
    assert not any("](" in mark or "$" in mark for mark in shown)


def test_no_text_stays_in_the_session(
    screen: Screen, memory: Memory, live: Callable[[int], None]
) -> None:
    """It would outlive an erasure."""
    item = memory.remember(ME, f"My cat is called {WORD}.", importance=SOON)
    opened(screen)
    assert WORD in screen.words

    screen.click(f"forgetting_let_go_{item.id}")

    assert WORD not in screen.kept


# -- holiday mode ----------------------------------------------------------------------------


def test_holiday_mode_is_switched_on_and_off(
    screen: Screen, memory: Memory, tea: MemoryItem
) -> None:
    """It says since when, and nothing is listed to fade."""
    opened(screen)
    assert rows(screen, "keep") == [tea.id]

    screen.test.toggle(key="forgetting_holiday").set_value(True)
    screen.run()
    assert memory.holiday(ME) is not None
    assert "Since 2 March 2026 nothing fades and nothing is swept." in screen.words
    assert "Holiday mode is on." in screen.words

    screen.test.toggle(key="forgetting_holiday").set_value(False)
    screen.run()
    assert memory.holiday(ME) is None
    assert rows(screen, "keep") == [tea.id]


# -- the numbers -----------------------------------------------------------------------------


def test_numbers_count_stages_and_what_was_spared(
    screen: Screen, memory: Memory, clock: FixedClock, live: Callable[[int], None]
) -> None:
    """On top of every view."""
    memory.remember(ME, "I like tea.", importance=0.9)
    memory.remember(ME, "I like rain.", importance=0.3)
    gone = memory.remember(ME, "I like long walks.", importance=0.5)
    memory.change([gone.id], "archive")
    overview = memory.forgetting(ME)

    opened(screen)

    numbers = {metric.label: metric.value for metric in screen.test.metric}
    assert numbers == {
        "Active": "1",
        "Fading": "1",
        "Archived": "1",
        "Spared": f"{overview.archived_tokens} tokens",
    }
