"""Days as people say them, by the calendar of the person's own zone."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo

from memory.records import Days

_MONTHS = (
    "January February March April May June July August September October November December".split()
)


class _LocalZone(tzinfo):
    """The computer's own zone, with the hours that each day has in it.

    What ``astimezone()`` attaches is the offset of one moment: counted by the winter's, the first
    hour of a summer's day falls on the day before.
    """

    def utcoffset(self, moment: datetime | None) -> timedelta | None:
        return None if moment is None else moment.replace(tzinfo=None).astimezone().utcoffset()

    def dst(self, moment: datetime | None) -> None:
        """Not told apart."""

    def tzname(self, moment: datetime | None) -> str | None:
        return None if moment is None else moment.replace(tzinfo=None).astimezone().tzname()

    def fromutc(self, moment: datetime) -> datetime:
        there = moment.replace(tzinfo=UTC).astimezone()
        here = there.replace(tzinfo=self)
        return here if here.utcoffset() == there.utcoffset() else here.replace(fold=1)


LOCAL = _LocalZone()


def day(moment: datetime, now: datetime) -> str:
    """“today”, “yesterday” or “3 November 2026”, by the calendar of now's own zone."""
    days_ago = (now.date() - moment.astimezone(now.tzinfo).date()).days
    if days_ago in (0, 1):
        return ("today", "yesterday")[days_ago]
    return full_date(moment, now)


def full_date(moment: datetime, now: datetime) -> str:
    """“3 November 2026”, by the calendar of now's own zone."""
    local = moment.astimezone(now.tzinfo)
    return f"{local.day} {_MONTHS[local.month - 1]} {local.year}"


def on_day(moment: datetime, now: datetime) -> str:
    """“today”, “yesterday” or “on 3 November 2026”."""
    said = day(moment, now)
    return f"on {said}" if said[0].isdigit() else said


def said_when(moment: datetime, now: datetime) -> str:
    """“3 November 2026”; only yesterday's is also named: “yesterday, 21 November 2026”."""
    said, date_in_full = day(moment, now), full_date(moment, now)
    return f"{said}, {date_in_full}" if said == "yesterday" else date_in_full


def corrected_when(moment: datetime, now: datetime) -> str:
    """“today, 22 November 2026” or “on 3 November 2026”: the words beside it are of another day."""
    said, date_in_full = day(moment, now), full_date(moment, now)
    return f"on {date_in_full}" if said == date_in_full else f"{said}, {date_in_full}"


def month(moment: datetime, now: datetime) -> str:
    """“November 2026”, by the calendar of now's own zone."""
    local = moment.astimezone(now.tzinfo)
    return f"{_MONTHS[local.month - 1]} {local.year}"


def stretch(days: Days, now: datetime) -> str:
    """“yesterday”, “3 November 2026”, “November 2026”, “2025”, or “3 to 9 November 2026”."""
    first, last = days.first, days.last
    if first == last:
        return day(_noon(first, now), now)
    if (first.day, first.month, last) == (1, 1, date(first.year, 12, 31)):
        return str(first.year)
    year, month_number = divmod(first.year * 12 + first.month, 12)
    if first.day == 1 and last == date(year, month_number + 1, 1) - timedelta(1):
        return month(_noon(first, now), now)
    end = full_date(_noon(last, now), now)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {end}"
    return f"{full_date(_noon(first, now), now)} to {end}"


def in_stretch(days: Days, now: datetime) -> str:
    """The same with the word that leads to it: “on 3 November 2026”, “in November 2026”; one day is
    always given as its date, for what was said of “yesterday” was said on another."""
    if days.first == days.last:
        return f"on {full_date(_noon(days.first, now), now)}"
    named = stretch(days, now)
    return f"between {named.replace(' to ', ' and ')}" if " to " in named else f"in {named}"


def _noon(of: date, now: datetime) -> datetime:
    return datetime.combine(of, time(12), now.tzinfo)
