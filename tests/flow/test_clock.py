"""Clocks jump, people travel and calendars have edges: nothing is lost, doubled or broken by it."""

import os
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from memory.engine import Memory
from memory.errors import InvalidInput, NotFound
from memory.flow.fading.curves import MAX_DAYS
from memory.records import Status
from tests.fakes import NOON, FixedClock
from tests.flow.conftest import OpenMemory

BERLIN = ZoneInfo("Europe/Berlin")
SAID = ("I prefer green tea.", "I decided to learn Dutch.", "I live in Berlin.")


@pytest.fixture
def berlin() -> Iterator[None]:
    """The computer's own zone, as ``astimezone()`` and SQLite read it."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = "Europe/Berlin"
    time.tzset()
    yield
    if before is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = before
    time.tzset()


def told(memory: Memory, clock: FixedClock) -> None:
    """Three turns, a minute apart."""
    for text in SAID:
        memory.observe("me", "user", text)
        clock.advance(minutes=1)


def strengths(memory: Memory) -> dict[int, float]:
    return {found.item.id: found.strength for found in memory.retention("me")}


def texts(memory: Memory) -> list[str]:
    return sorted(item.text for item in memory.items("me"))


# -- jumps ----------------------------------------------------------------------------------


@pytest.mark.parametrize("days", [-1 / 1440, -1, -365, 40, 300])
def test_a_clock_that_jumps_and_comes_back_changes_no_strength(
    memory: Memory, clock: FixedClock, days: float
) -> None:
    """Strength is derived on read: always 0 to 1, and the old one when the clock is back."""
    told(memory, clock)
    before = strengths(memory)
    assert len(before) == len(SAID)
    clock.advance(days=days)
    assert all(0 <= strength <= 1 for strength in strengths(memory).values())
    assert memory.recall("me", "tea", touch=False)
    assert texts(memory) == sorted(SAID)
    clock.advance(days=-days)
    assert strengths(memory) == before


@pytest.mark.parametrize("days", [-1 / 1440, -300])
def test_what_is_said_while_the_clock_is_behind_is_kept_once(
    memory: Memory, clock: FixedClock, days: float
) -> None:
    """A turn before its predecessors is stored, found, answered and reinforced like any other."""
    told(memory, clock)
    clock.advance(days=days)
    memory.observe("me", "user", "I prefer black coffee.")
    assert memory.recall("me", "coffee")[0].item.text == "I prefer black coffee."
    assert memory.respond("me", "What do I prefer?").read()
    clock.advance(days=-days)
    assert texts(memory) == sorted([*SAID, "I prefer black coffee."])
    assert all(0 <= strength <= 1 for strength in strengths(memory).values())
    assert memory.verify_audit().state == "intact"


def test_forty_days_forward_expire_nothing_that_lasts_a_year(
    memory: Memory, clock: FixedClock
) -> None:
    """A wrong clock for a while erases nothing before its time."""
    told(memory, clock)
    clock.advance(days=40)
    assert memory.expire().total == 0
    clock.advance(days=-40)
    assert texts(memory) == sorted(SAID)


def test_the_time_to_undo_survives_a_clock_set_back(memory: Memory, clock: FixedClock) -> None:
    """Behind by a year it can be put back; on time again it is over after its ten minutes."""
    item = memory.remember("me", "I prefer green tea.")
    memory.forget(item.id)
    clock.advance(days=-365)
    assert memory.expire().total == 0
    assert memory.restore(item.id).status is Status.ACTIVE
    memory.forget(item.id)
    clock.advance(minutes=9)
    assert memory.expire().total == 0
    clock.advance(minutes=2)
    assert memory.expire().verified
    with pytest.raises(NotFound):
        memory.restore(item.id)


def test_a_clock_set_back_never_makes_undo_endless(
    open_memory: OpenMemory, memory: Memory, clock: FixedClock
) -> None:
    """What was forgotten under a clock that ran ahead is gone at closing all the same."""
    clock.advance(days=365)
    item = memory.remember("me", "I prefer green tea.")
    memory.forget(item.id)
    clock.advance(days=-365)
    memory.close()
    assert open_memory().items("me") == []


def test_messages_stay_in_their_order_whatever_the_clock_says(
    memory: Memory, clock: FixedClock
) -> None:
    """A stored conversation reads as it was said, by the order of storing."""
    told(memory, clock)
    clock.advance(days=-1)
    memory.observe("me", "user", "I prefer black coffee.")
    said = [message.text for message in memory.messages("default", user_id="me")]
    assert sorted(said) == sorted([*SAID, "I prefer black coffee."])
    assert [m.id for m in memory._parts.store.messages.all(1)] == [1, 2, 3, 4]


# -- daylight saving, leap days -------------------------------------------------------------


@pytest.mark.parametrize(
    "change", [datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC)]
)
def test_a_change_of_daylight_saving_moves_nothing(
    open_memory: OpenMemory, clock: FixedClock, berlin: None, change: datetime
) -> None:
    """Hours are counted in UTC: the hour that is missing, or comes twice, is an hour like any."""
    clock.now = change - timedelta(minutes=30)
    memory = open_memory()
    memory.grant("me", "personalization")
    item = memory.remember("me", "I prefer green tea.")
    before = strengths(memory)[item.id]
    clock.advance(hours=1)
    assert strengths(memory)[item.id] == pytest.approx(before * 0.95 ** (1 / 24))
    memory.forget(item.id)
    clock.advance(minutes=9)
    assert memory.expire().total == 0
    clock.advance(minutes=2)
    assert memory.expire().scope == "forgotten"


def test_yesterday_is_the_local_day_across_a_change(
    open_memory: OpenMemory, clock: FixedClock, berlin: None
) -> None:
    """Said at 00:30 on the day that has 25 hours, asked at 23:30 of the next day: yesterday."""
    clock.now = datetime(2026, 10, 25, 0, 30, tzinfo=BERLIN).astimezone(UTC)
    memory = open_memory()
    memory.grant("me", "personalization")
    memory.observe("me", "user", "I prefer green tea.")
    clock.now = datetime(2026, 10, 26, 23, 30, tzinfo=BERLIN).astimezone(UTC)
    assert "tea" in memory.respond("me", "What did I tell you yesterday?").read()


def test_both_hours_named_two_stay_apart(memory: Memory) -> None:
    """“02:30” comes twice on the last Sunday of October; ``fold`` says which is meant."""
    first = datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN)
    for hour in (first, first.replace(fold=1)):
        memory.remember("me", f"I woke at {hour.isoformat()}.", at=hour)
    newer, older = memory.items("me")
    assert newer.said_at - older.said_at == timedelta(hours=1)


def test_a_leap_day_is_a_day(memory: Memory, clock: FixedClock) -> None:
    """Stored on 29 February it fades by days, and expires after 365 of them."""
    clock.now = datetime(2028, 2, 29, 12, tzinfo=UTC)
    item = memory.remember("me", "I prefer green tea.", at=clock.now)
    assert item.said_at == clock.now
    assert item.expires_at == datetime(2029, 2, 28, 12, tzinfo=UTC)
    assert [at.day for at, _ in memory.curve(item.id, days=2).points] == [29, 1, 2]
    clock.now = item.expires_at
    assert memory.expire().scope == "expired"


# -- moments that a caller names ------------------------------------------------------------

Call = Callable[[Memory, datetime], object]
TAKE_A_MOMENT: dict[str, Call] = {
    "observe": lambda memory, at: memory.observe("me", "user", "I prefer oat milk.", at=at),
    "remember": lambda memory, at: memory.remember("me", "I prefer oat milk.", at=at),
    "recall": lambda memory, at: memory.recall("me", "tea", at=at),
    "retention": lambda memory, at: memory.retention("me", at),
    "curve": lambda memory, at: memory.curve(1, at=at),
    "expire": lambda memory, at: memory.expire(at),
}


@pytest.fixture(params=TAKE_A_MOMENT)
def call(request: pytest.FixtureRequest) -> Call:
    return TAKE_A_MOMENT[request.param]


def test_a_moment_without_a_zone_is_refused(memory: Memory, call: Call) -> None:
    """It could be any of 38 hours: the sentence says what is missing, and nothing is stored."""
    memory.remember("me", "I prefer green tea.")
    with pytest.raises(InvalidInput, match="time zone"):
        call(memory, NOON.replace(tzinfo=None))
    assert texts(memory) == ["I prefer green tea."]


@pytest.mark.parametrize(("year", "day"), [(1, 1), (999, 31), (9001, 1), (9999, 31)])
def test_a_moment_beyond_the_calendar_is_refused(
    memory: Memory, call: Call, year: int, day: int
) -> None:
    """Beside the ends of the calendar no hour can be added or taken away."""
    memory.remember("me", "I prefer green tea.")
    with pytest.raises(InvalidInput, match="year"):
        call(memory, datetime(year, 1, day, tzinfo=UTC))
    assert texts(memory) == ["I prefer green tea."]


@pytest.mark.parametrize("year", [1000, 1970, 2038, 9000])
@pytest.mark.parametrize("hours", [-12, 0, 14])
def test_any_moment_within_it_is_taken(memory: Memory, call: Call, year: int, hours: int) -> None:
    """From any zone, on a day in the middle of it; what is told of it later has a date too."""
    zone = timezone(timedelta(hours=hours))
    memory.remember("me", "I prefer green tea.", importance=1)
    call(memory, datetime(year, 6, 1, tzinfo=zone))
    assert all(0 <= found.strength <= 1 for found in memory.retention("me"))
    assert memory.respond("me", "What do I prefer?").read()
    assert memory.export("me")


@pytest.mark.parametrize("days", [0, -1, MAX_DAYS + 1, 10**9])
def test_a_curve_of_no_days_or_of_centuries_is_refused(memory: Memory, days: int) -> None:
    """In a sentence, not in an overflow of the calendar."""
    item = memory.remember("me", "I prefer green tea.")
    with pytest.raises(InvalidInput, match="days"):
        memory.curve(item.id, days=days)
    assert len(memory.curve(item.id, days=MAX_DAYS).points) == MAX_DAYS + 1
