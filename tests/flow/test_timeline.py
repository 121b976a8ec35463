"""What was said and what happened, by day."""

from datetime import UTC, date, datetime, timedelta

import pytest

from memory.adapters.language import SpacyLanguage
from memory.engine import Memory
from memory.errors import InvalidInput
from memory.records import PERSONALIZATION, Days, Moments, Timeline
from tests.fakes import NOON, FixedClock
from tests.flow.conftest import OpenMemory

LIFE = (
    "Hi, I'm Maya. I use MySQL for storage.",
    "I ran a marathon on 3 February.",
    "We moved from MySQL to Postgres.",
    "We decided to use Redis for caching.",
    "I will send the report to Bob by Friday.",
)


@pytest.fixture(scope="module")
def language() -> SpacyLanguage:
    return SpacyLanguage()


@pytest.fixture
def memory(open_memory: OpenMemory, language: SpacyLanguage, clock: FixedClock) -> Memory:
    """That was told of a life, a sentence a day."""
    opened = open_memory(language=language)
    opened.grant("me", PERSONALIZATION)
    for text in LIFE:
        assert opened.observe("me", "user", text).stored, text
        clock.advance(days=1)
    return opened


def shown(timeline: Timeline) -> list[tuple[date, str]]:
    return [(moment.day, moment.item.text) for moment in timeline.moments]


def test_everything_stands_on_its_day_the_latest_first(memory: Memory) -> None:
    """What happened on the day it did; a turn once, and not by what it states too."""
    assert shown(memory.timeline("me")) == [
        (date(2026, 3, 6), LIFE[4]),
        (date(2026, 3, 5), LIFE[3]),
        (date(2026, 3, 4), LIFE[2]),
        (date(2026, 3, 2), LIFE[0]),
        (date(2026, 2, 3), LIFE[1]),
    ]


@pytest.mark.parametrize(
    ("what", "texts"),
    [
        (Moments.EVENTS, [LIFE[2], LIFE[1]]),
        (Moments.CHANGES, [LIFE[2]]),
        (Moments.DECISIONS, [LIFE[3]]),
        (Moments.COMMITMENTS, [LIFE[4]]),
    ],
)
def test_a_part_of_it_is_asked_for(what: Moments, texts: list[str], memory: Memory) -> None:
    """And counted by month."""
    found = memory.timeline("me", what)

    assert [text for _, text in shown(found)] == texts
    assert found.total == len(texts)


def test_a_change_names_what_it_took_the_place_of(memory: Memory) -> None:
    """The statement, not the turn that it stands in."""
    (changed,) = memory.timeline("me", "changes").moments

    assert changed.replaced is not None
    assert changed.replaced.text == "I use MySQL for storage."


def test_a_commitment_names_its_days(memory: Memory) -> None:
    """Seen from when it was said, a Friday."""
    (promised,) = memory.timeline("me", "commitments").moments

    assert promised.due == Days(date(2026, 3, 13), date(2026, 3, 13))


def test_pages_add_up_and_months_are_counted_over_all(memory: Memory) -> None:
    """Whatever page is asked for."""
    pages = [memory.timeline("me", limit=2, offset=offset) for offset in (0, 2, 4, 6)]

    assert [moment for page in pages for moment in shown(page)] == shown(memory.timeline("me"))
    assert {tuple(page.months.items()) for page in pages} == {
        ((date(2026, 3, 1), 4), (date(2026, 2, 1), 1))
    }


@pytest.mark.parametrize("what", ["pause", "forget"])
def test_what_is_out_of_use_is_on_no_timeline(what: str, memory: Memory) -> None:
    """Nor as what something took the place of."""
    memory.change([memory.timeline("me").moments[0].item.id], what)
    assert len(shown(memory.timeline("me"))) == len(LIFE) - 1

    (changed,) = memory.timeline("me", "changes").moments
    assert changed.replaced is not None
    memory.change([changed.replaced.id], what)

    assert all(moment.replaced is None for moment in memory.timeline("me").moments)


def test_nobody_has_an_empty_one_and_a_wrong_page_is_refused(memory: Memory) -> None:
    """As with every list."""
    assert memory.timeline("stranger") == Timeline((), {})
    with pytest.raises(InvalidInput):
        memory.timeline("me", offset=-1)
    with pytest.raises(InvalidInput):
        memory.timeline("me", "nonsense")


def test_what_was_said_late_at_night_stands_on_the_local_day(memory: Memory) -> None:
    """Days are those of the person's own zone."""
    at = datetime(2025, 12, 31, 23, 30, tzinfo=UTC)
    memory.remember("me", "The year is nearly over.", at=at)

    last = memory.timeline("me").moments[-1]

    assert last.day == at.astimezone().date()
    assert last.day - timedelta(days=400) < NOON.date()
