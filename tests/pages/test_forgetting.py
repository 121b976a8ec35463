"""Forgetting: the numbers, the table and the curve of one memory in words."""

import pytest

from memory import Memory
from pages.parts.shared import USER
from tests.fakes import FixedClock
from tests.pages.screen import Screen


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> FixedClock:
    """The engine's; ask for it before the screen."""
    fixed = FixedClock()
    monkeypatch.setattr("memory.engine.utc_now", fixed)
    return fixed


@pytest.fixture
def screen(clock: FixedClock) -> Screen:
    return Screen().run()


def metrics(screen: Screen) -> dict[str, str]:
    return {metric.label: metric.value for metric in screen.test.metric}


def test_empty_page_says_what_will_be_here(screen: Screen) -> None:
    """No numbers about nothing."""
    screen.open("forgetting")

    assert "Nothing to forget yet" in screen.words
    assert not screen.test.metric


def test_numbers_table_and_curve_of_what_is_remembered(
    screen: Screen, memory: Memory, clock: FixedClock
) -> None:
    """The weakest first, and its curve in words."""
    memory.remember(USER, "I live in Berlin.", importance=0.9)
    clock.advance(days=5)
    memory.remember(USER, "I like tea.", importance=0.9)

    screen.open("forgetting")

    weak, strong = memory.retention(USER)
    assert metrics(screen)["Memories"] == "2"
    assert metrics(screen)["Mean strength"] == f"{(weak.strength + strong.strength) / 2:.0%}"
    assert metrics(screen)["Fading"] == "0"
    assert metrics(screen)["Pinned"] == "0"
    table = screen.test.dataframe[0].value
    assert list(table["Memory"]) == ["I live in Berlin.", "I like tea."]
    assert "**I live in Berlin.**" in screen.words
    day = weak.fades_at.astimezone()
    assert f"Strength now {weak.strength:.0%}. Unused, it falls below 35%" in screen.words
    assert f"on {day.day} {day:%B %Y}." in screen.words


def test_fading_memory_is_called_so(screen: Screen, memory: Memory, clock: FixedClock) -> None:
    """With what helps against it."""
    memory.remember(USER, "I live in Berlin.")
    clock.advance(days=60)

    screen.open("forgetting")

    assert metrics(screen)["Fading"] == "1"
    assert "It is fading: use it or pin it to keep it strong." in screen.words


def test_pinned_memory_is_said_not_to_fade(
    screen: Screen, memory: Memory, clock: FixedClock
) -> None:
    """Also after months."""
    memory.remember(USER, "I live in Berlin.", pinned=True)
    clock.advance(days=60)

    screen.open("forgetting")

    assert metrics(screen)["Pinned"] == "1"
    assert metrics(screen)["Fading"] == "0"
    assert "It is pinned and does not fade." in screen.words


def test_curve_follows_the_chosen_row(screen: Screen, memory: Memory, clock: FixedClock) -> None:
    """The title tells whose curve it is."""
    memory.remember(USER, "I live in Berlin.")
    clock.advance(days=5)
    memory.remember(USER, "I like tea.")
    screen.open("forgetting")

    screen.open_row(1)

    assert "**I like tea.**" in screen.words


def test_table_says_in_words_when_a_memory_fades(
    screen: Screen, memory: Memory, clock: FixedClock
) -> None:
    """A day, or how it stands without one; a pinned one never, however weak."""
    memory.remember(USER, "I like tea.", importance=0.1, pinned=True)
    memory.remember(USER, "I live in Berlin.", importance=0.3)
    memory.remember(USER, "I work on Fridays.", importance=1.0)

    screen.open("forgetting")

    table = screen.test.dataframe[0].value
    strong = memory.retention(USER)[-1]
    day = strong.fades_at.astimezone()
    assert list(table["Fades"]) == ["never", "faded", f"{day.day} {day:%b %Y}"]


def test_table_holds_one_page_and_the_numbers_all(screen: Screen, memory: Memory) -> None:
    """The weakest are on the first."""
    for number in range(51):
        memory.remember(USER, f"Note number {number}.", importance=(number + 1) / 100)
    screen.open("forgetting")
    assert metrics(screen)["Memories"] == "51"
    assert len(screen.test.dataframe[0].value) == 50

    screen.test.pagination(key="forgetting_page").set_value(2)
    screen.run()

    assert list(screen.test.dataframe[0].value["Memory"]) == ["Note number 50."]
    assert "**Note number 50.**" in screen.words


def test_title_of_a_curve_is_text_and_nothing_else(screen: Screen, memory: Memory) -> None:
    """An image in it would be fetched."""
    memory.remember(USER, "![x](http://evil.example/y) and $$x$$")

    screen.open("forgetting")

    (title,) = (mark.value for mark in screen.test.markdown if "evil" in mark.value)
    assert "](" not in title
    assert "$" not in title
    assert "**![x](http://evil.example/y) and $$x$$**" in screen.words
