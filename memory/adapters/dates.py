"""Expressions of time with dateparser, which reads the days that are counted or numbered.

Its own search for dates takes “may”, “second” and “sat” for some; here it is handed only the
expressions that the rules have found, written the way it knows them. Loading it takes a third of a
second, at the first such expression.
"""

from datetime import date, datetime
from typing import Any

from memory.records import TimeSpan
from memory.rules.times import spans

_SETTINGS: dict[str, Any] = {
    # Naive local times in, naive local times out: the zone of the computer is never asked for.
    "TIMEZONE": "UTC",
    "RETURN_AS_TIMEZONE_AWARE": False,
    # None of them finds more in what it is handed, and a timestamp is no date that people say.
    "PARSERS": ["relative-time", "absolute-time"],
}


class Calendar:
    """Days of English expressions. Nothing is kept between two calls."""

    def __init__(self, *, day_first: bool = True) -> None:
        """``day_first``: 07/05/2023 is 7 May."""
        self._order = "DMY" if day_first else "MDY"

    def times(self, text: str, said_at: datetime, *, future: bool = False) -> tuple[TimeSpan, ...]:
        """What the text says of time, in order. ``said_at`` is aware, in the person's own zone.

        ``future``: the text speaks of what is to come, so “on Tuesday” is the next one.
        """
        return spans(text, said_at, self._day, future=future)

    def _day(self, words: str, seen_from: datetime, future: bool) -> date | None:
        # types of an older release are published apart, and it has its own without the mark
        from dateparser.date import DateDataParser  # type: ignore[import-untyped]

        reader = DateDataParser(
            languages=["en"],
            settings={
                **_SETTINGS,
                "DATE_ORDER": self._order,
                "RELATIVE_BASE": seen_from,
                "PREFER_DATES_FROM": "future" if future else "past",
            },
        )
        found = reader.get_date_data(words).date_obj
        return found.date() if found else None
