"""Days as people say them."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from memory.records import Days
from memory.rules.talk.dates import (
    corrected_when,
    day,
    in_stretch,
    on_day,
    said_when,
    stretch,
)

LISBON = timezone(timedelta(hours=1))
NOW = datetime(2026, 11, 22, 0, 30, tzinfo=LISBON)


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 11, 21, 23, 45, tzinfo=UTC), "today"),
        (datetime(2026, 11, 21, 22, 45, tzinfo=UTC), "yesterday"),
        (datetime(2026, 11, 20, 22, 45, tzinfo=UTC), "on 20 November 2026"),
        (datetime(2025, 11, 3, 12, 0, tzinfo=UTC), "on 3 November 2025"),
        (datetime(2026, 11, 23, 12, 0, tzinfo=UTC), "on 23 November 2026"),
    ],
)
def test_days_are_those_of_the_persons_own_calendar(moment: datetime, words: str) -> None:
    """A quarter to midnight in UTC is already today in a zone one hour ahead."""
    assert on_day(moment, NOW) == words
    assert day(moment, NOW) == words.removeprefix("on ")


@pytest.mark.parametrize(
    ("moment", "said", "corrected"),
    [
        (datetime(2026, 11, 21, 23, 45, tzinfo=UTC), "22 November 2026", "today, 22 November 2026"),
        (
            datetime(2026, 11, 21, 22, 45, tzinfo=UTC),
            "yesterday, 21 November 2026",
            "yesterday, 21 November 2026",
        ),
        (datetime(2025, 11, 3, 12, 0, tzinfo=UTC), "3 November 2025", "on 3 November 2025"),
    ],
)
def test_a_quotation_always_has_its_full_date(moment: datetime, said: str, corrected: str) -> None:
    """Read a week later, “yesterday” alone would be wrong."""
    assert said_when(moment, NOW) == said
    assert corrected_when(moment, NOW) == corrected


@pytest.mark.parametrize(
    ("first", "last", "named", "led"),
    [
        (date(2026, 11, 21), date(2026, 11, 21), "yesterday", "on 21 November 2026"),
        (date(2026, 6, 9), date(2026, 6, 9), "9 June 2026", "on 9 June 2026"),
        (date(2026, 2, 1), date(2026, 2, 28), "February 2026", "in February 2026"),
        (date(2025, 12, 1), date(2025, 12, 31), "December 2025", "in December 2025"),
        (date(2025, 1, 1), date(2025, 12, 31), "2025", "in 2025"),
        (date(2026, 6, 1), date(2026, 6, 7), "1 to 7 June 2026", "between 1 and 7 June 2026"),
        (
            date(2025, 12, 29),
            date(2026, 1, 4),
            "29 December 2025 to 4 January 2026",
            "between 29 December 2025 and 4 January 2026",
        ),
    ],
)
def test_a_stretch_of_days_is_named_as_people_do(
    first: date, last: date, named: str, led: str
) -> None:
    """A whole month or year by its name; one day, where it happened, by its date."""
    assert stretch(Days(first, last), NOW) == named
    assert in_stretch(Days(first, last), NOW) == led
