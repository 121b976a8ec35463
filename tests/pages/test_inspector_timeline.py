"""The Inspector's timeline: what was said and what happened, by day."""

from datetime import UTC, datetime, timedelta

import pytest

from memory import Memory
from pages.parts.inspector.timeline import PAGE
from pages.parts.whose import ME
from tests.pages.screen import Screen

LIFE = (
    (datetime(2026, 2, 2, 12, tzinfo=UTC), "We use MySQL for storage."),
    (datetime(2026, 3, 2, 12, tzinfo=UTC), "We moved from MySQL to Postgres."),
    (datetime(2026, 3, 3, 12, tzinfo=UTC), "I ran a marathon on 3 February."),
    (datetime(2026, 5, 4, 12, tzinfo=UTC), "I will send the report to Bob by Friday."),
)


@pytest.fixture
def lived(screen: Screen, memory: Memory) -> Memory:
    for at, text in LIFE:
        memory.observe(ME, "user", text, at=at)
    return memory


def open_timeline(screen: Screen) -> Screen:
    screen.open("inspector")
    screen.test.session_state["inspector_tab"] = "Timeline"
    return screen.run()


def months(screen: Screen) -> list[str]:
    return [heading.value for heading in screen.test.header]


def choose(screen: Screen, what: str) -> Screen:
    screen.test.pills(key="timeline_what").set_value(what)
    return screen.run()


def test_moments_stand_by_month_the_latest_first(screen: Screen, lived: Memory) -> None:
    """A change as one, a commitment with its day, an event on the day it happened."""
    open_timeline(screen)

    assert months(screen) == ["May 2026", "March 2026", "February 2026"]
    assert "4 moments" in screen.words
    assert "**Uses**: MySQL → Postgres" in screen.words
    assert "for 8 May 2026" in screen.words
    assert "said on 3 March 2026" in screen.words
    assert "until 2 March 2026" in screen.words


def test_a_part_of_it_is_chosen(screen: Screen, lived: Memory) -> None:
    """What is none of it says what would be."""
    choose(open_timeline(screen), "Commitments")
    assert "1 moment" in screen.words
    assert months(screen) == ["May 2026"]

    choose(screen, "Decisions")

    assert "Nothing on this timeline yet" in screen.words
    assert "We decided to use Redis" in screen.words


def test_the_chart_tells_its_bars_in_words(screen: Screen, lived: Memory) -> None:
    """Months between without any, too; a single month has no chart."""
    open_timeline(screen)
    (chart,) = screen.test.get("vega_lite_chart")
    assert "Feb 2026 2, Mar 2026 1, Apr 2026 0, May 2026 1" in str(chart.proto)

    choose(screen, "Commitments")

    assert not screen.test.get("vega_lite_chart")


def test_a_moment_opens_its_memory(screen: Screen, lived: Memory) -> None:
    """On its card, in the first tab."""
    item = lived.timeline(ME).moments[0].item
    open_timeline(screen).click(f"timeline_open_{item.id}")

    assert f"inspector_erase_{item.id}" in screen.keys


def test_a_long_life_is_paged(screen: Screen, memory: Memory) -> None:
    """And another choice begins at the first page."""
    for number in range(PAGE + 2):
        at = datetime(2026, 5, 4, 12, tzinfo=UTC) + timedelta(days=number)
        memory.remember(ME, f"Note {number}", at=at)
    open_timeline(screen)
    assert "Note 0" not in screen.words

    screen.test.session_state["timeline_page"] = 2
    screen.run()
    assert "Note 0" in screen.words
    assert f"{PAGE + 2} moments" in screen.words

    choose(screen, "Events")

    assert screen.test.session_state["timeline_page"] == 1
