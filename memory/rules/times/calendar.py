"""Weeks, weekends, months, seasons and years as stretches of days; a week begins on Monday."""

import calendar
from datetime import date, timedelta
from typing import NamedTuple

WEEK = timedelta(7)

# Season -> its first month; meteorological, of the northern half of the world.
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}


class Days(NamedTuple):
    """Both ends included."""

    first: date
    last: date

    @property
    def width(self) -> int:
        return (self.last - self.first).days + 1


def week(day: date, steps: int = 0) -> Days:
    monday = day - timedelta(day.weekday()) + steps * WEEK
    return Days(monday, monday + timedelta(6))


def weekend(day: date, steps: int = 0) -> Days:
    """The Saturday and Sunday that end the week."""
    return Days(week(day, steps).last - timedelta(1), week(day, steps).last)


def months(year: int, month: int, count: int = 1) -> Days:
    """``month`` may lie outside 1 to 12: it is counted on into other years."""
    first_year, first_month = divmod(year * 12 + month - 1, 12)
    last_year, last_month = divmod(year * 12 + month - 2 + count, 12)
    last_day = calendar.monthrange(last_year, last_month + 1)[1]
    return Days(date(first_year, first_month + 1, 1), date(last_year, last_month + 1, last_day))


def years(year: int, count: int = 1) -> Days:
    return Days(date(year, 1, 1), date(year + count - 1, 12, 31))


def season(name: str, year: int) -> Days:
    """That begins in the year: the winter of 2022 ends in 2023."""
    return months(year, SEASONS[name], 3)


def unit(name: str, day: date, steps: int = 0) -> Days:
    """The day's own week, weekend, month, year or decade, or one that many steps from it."""
    match name:
        case "week":
            return week(day, steps)
        case "weekend":
            return weekend(day, steps)
        case "month":
            return months(day.year, day.month + steps)
        case "year":
            return years(day.year + steps)
        case "decade":
            return years(day.year // 10 * 10 + 10 * steps, 10)
        case _:
            return Days(day + timedelta(steps), day + timedelta(steps))


def part(days: Days, name: str) -> Days:
    """The early, middle or late third of a stretch, or one of its halves."""
    third, half = max(1, days.width // 3), days.width // 2
    first, last = days
    match name:
        case "early" | "beginning" | "start":
            return Days(first, first + timedelta(third - 1))
        case "mid" | "middle":
            return Days(first + timedelta(third), last - timedelta(third))
        case "first half":
            return Days(first, first + timedelta(half - 1))
        case "second half":
            return Days(first + timedelta(half), last)
        case _:
            return Days(last - timedelta(third - 1), last)


def in_year(day: date, year: int) -> date:
    """The same day of another year; of 29 February, the 28th where there is none."""
    last = calendar.monthrange(year, day.month)[1]
    return date(year, day.month, min(day.day, last))
