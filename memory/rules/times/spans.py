"""The days that a text speaks of.

What stands before an expression moves or narrows its days (“the end of”, “the week before”,
“since”), and what stands between two of them joins them (“between … and …”).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from memory.records import TimeSpan
from memory.rules.times import calendar
from memory.rules.times.calendar import Days
from memory.rules.times.patterns import COUNT, WEEKDAY, compiled
from memory.rules.times.phrases import phrases
from memory.rules.times.shapes import Point, Said, away_from, resolved

_WINDOW = 48
"""Characters before an expression that may change what it means."""
_MOST_CHANGES = 3
"""“since the end of the week before last weekend”."""


def spans(
    text: str, said_at: datetime, point: Point, *, future: bool = False
) -> tuple[TimeSpan, ...]:
    """All that the text says of time, in order. ``said_at`` is in the person's own zone.

    ``future``: the text speaks of what is to come, so “on Tuesday” is the next one.
    """
    found = phrases(text)
    if not found:
        return ()
    said = Said(said_at.replace(tzinfo=None), future, point)
    meant: list[TimeSpan] = []
    for phrase in found:
        if days := resolved(phrase, said):
            span = TimeSpan("", phrase.start, phrase.end, *days.days, days.any_year, days.past)
            changed = _changed(text, span, said)
            while meant and meant[-1].end > changed.start:
                meant.pop()  # the “Friday” of “the Friday before 14 August”
            meant.append(changed)
    return tuple(replace(span, text=text[span.start : span.end]) for span in _joined(text, meant))


# -- what stands before ---------------------------------------------------------------------


def _before(words: str) -> re.Pattern[str]:
    return compiled(rf"(?<!\w)(?:{words})$")


_PART = _before(
    r"(?:(?P<early>early|mid|late)(?: in (?:the )?| (?:the )?|-)"
    r"|(?:the )?(?P<part>beginning|start|middle|end|first half|second half) of (?:the )?)"
)
_NEIGHBOUR = _before(
    rf"(?:the )?(?:(?P<count>{COUNT}) )?(?:(?P<unit>day|week|fortnight|weekend|month|year)s?"
    rf"|(?P<weekday>{WEEKDAY})) (?P<side>before|after|following|from|of) (?:the )?"
)
_NUMBERED = _before(
    r"(?:the )?(?P<nth>first|second|third|fourth|last) (?:full )?"
    rf"(?:(?P<unit>week|weekend|day)|(?P<weekday>{WEEKDAY})) (?:of|in) (?:the )?"
)
_SINCE = _before(r"since (?:the )?")


def _changed(text: str, span: TimeSpan, said: Said) -> TimeSpan:
    for _ in range(_MOST_CHANGES):
        before = text[max(0, span.start - _WINDOW) : span.start]
        changed = _change(before, span, said)
        if changed is None:
            return span
        span = changed
    return span


def _change(before: str, span: TimeSpan, said: Said) -> TimeSpan | None:
    """The span with the nearest words before it taken in; None when they say nothing."""
    days = Days(span.first, span.last)
    new: Days | None = None
    past = span.past
    if found := _NUMBERED.search(before):
        new = _numbered(_words(found), days, said)
    elif found := _NEIGHBOUR.search(before):
        new = _neighbour(_words(found), days, said)
    elif (found := _PART.search(before)) and days.width >= 7:
        words = _words(found)
        new = calendar.part(days, words.get("early") or words["part"])
    elif (found := _SINCE.search(before)) and days.first <= said.today:
        new, past = Days(days.first, said.today), True
    if found is None or new is None:
        return None
    start = span.start - len(before) + found.start()
    return replace(span, start=start, first=new.first, last=new.last, past=past)


def _words(found: re.Match[str]) -> Mapping[str, str]:
    named = found.groupdict().items()
    return {name: " ".join(said.lower().split()) for name, said in named if said}


def _numbered(words: Mapping[str, str], days: Days, said: Said) -> Days | None:
    """“the second week of” a month, “the first Friday of” it."""
    if days.width < 14:
        return None
    last = words["nth"] == "last"
    place = 0 if last else "first second third fourth".split().index(words["nth"])
    unit = words.get("unit")
    if unit in ("week", "day"):
        width = 7 if unit == "week" else 1
        first = days.last - timedelta(width - 1) if last else days.first + timedelta(place * width)
        return Days(first, first + timedelta(width - 1))
    name = words.get("weekday", "saturday")
    day = said.day(f"next {name}", days.last - calendar.WEEK if last else days.first - timedelta(1))
    if day is None:
        return None
    day += place * calendar.WEEK
    return calendar.weekend(day) if unit else Days(day, day)


def _neighbour(words: Mapping[str, str], days: Days, said: Said) -> Days | None:
    """“the week before”, “two days after”, “the Friday before”, “the week of”, “a week from”."""
    back = words["side"] == "before"
    near = days.first if back else days.last
    unit = words.get("unit")
    if words["side"] == "of":
        return calendar.unit(unit, days.first) if unit in ("week", "weekend") else None
    if "weekday" in words:
        day = said.day(f"{'last' if back else 'next'} {words['weekday']}", near)
        return Days(day, day) if day else None
    assert unit is not None, "the pattern has one or the other"
    if "count" in words and unit != "weekend":
        return away_from(words, said, near, back=back)
    if "count" in words or words["side"] == "from":
        return None
    if unit == "weekend":
        weekend = calendar.weekend(near)
        over = weekend.last < near if back else weekend.first > near
        return weekend if over else calendar.weekend(near, -1 if back else 1)
    if unit in ("month", "year"):
        return calendar.unit(unit, near, -1 if back else 1)
    width = timedelta({"day": 1, "week": 7, "fortnight": 14}[unit])
    one = timedelta(1)
    return Days(near - width, near - one) if back else Days(near + one, near + width)


# -- what stands between --------------------------------------------------------------------

_BETWEEN = re.compile(r"\b(?:between|from)\s{1,3}(?:the\s{1,3})?$", re.IGNORECASE)
_AND = re.compile(
    r"\s{1,3}(?:and|to|until|till|through)\s{1,3}(?:the\s)?|\s?[-–—]\s?", re.IGNORECASE
)
_WEEKDAYS_ONLY = re.compile(rf"{WEEKDAY}\W.{{1,12}}\W{WEEKDAY}", re.IGNORECASE)


def _joined(text: str, spans: list[TimeSpan]) -> Iterator[TimeSpan]:
    """Two that are the ends of one stretch as one; “from Monday to Friday” is a habit, no time."""
    waiting = list(reversed(spans))
    while waiting:
        span = waiting.pop()
        after = waiting[-1] if waiting else None
        begins = _BETWEEN.search(text[max(0, span.start - _WINDOW) : span.start])
        if after is None or not begins or not _AND.fullmatch(text[span.end : after.start]):
            yield span
            continue
        waiting.pop()
        if not _WEEKDAYS_ONLY.fullmatch(text[span.start : after.end]):
            yield _stretch(span, after)


def _stretch(begin: TimeSpan, end: TimeSpan) -> TimeSpan:
    """From the first to the last; a year that only the second names is that of both."""
    first = begin.first
    if begin.any_year and not end.any_year:
        first = calendar.in_year(first, end.last.year)
    if first > end.last and begin.any_year:
        first = calendar.in_year(first, end.last.year - 1)
    return replace(
        begin,
        end=end.end,
        first=min(first, end.last),
        last=max(first, end.last),
        any_year=begin.any_year and end.any_year,
    )
