"""What a question wants of time, and how near a memory's day is to the days it names."""

import re
from collections.abc import Sequence
from datetime import date

from memory.records import TimeSpan
from memory.rules.times import calendar
from memory.rules.times.calendar import Days
from memory.rules.times.phrases import speaks_of_time

# -- how near -------------------------------------------------------------------------------

_FULL_WIDTH_DAYS = 31
"""Up to a month, a day in the span is as near as can be."""
_WIDER = 0.281
"""So that a day in a year is half as near: (31 / 365) ** 0.281."""
_GRACE_DAYS = 1
"""People are one day out, and tell in the evening or the next morning."""
_REACH_DAYS = 7
_REACH_OF_WIDTH = 0.1
"""The further, the wider the span."""
_EDGE = 0.35
"""Just outside a month is a third as near as just beside a day: 31 ** -0.35."""
_OTHER_YEAR = 0.9


def closeness(asked: Sequence[TimeSpan], day: date) -> float:
    """0 to 1: how near the day is to the nearest of the spans; 0 without any."""
    return max((_closeness(span, day) for span in asked), default=0.0)


def _closeness(span: TimeSpan, day: date) -> float:
    own = _near(Days(span.first, span.last), day)
    if not span.any_year or own == 1:
        return own
    others = (_near(_moved(span, year), day) for year in (day.year - 1, day.year, day.year + 1))
    return max(own, _OTHER_YEAR * max(others))


def _moved(span: TimeSpan, year: int) -> Days:
    last_year = year + span.last.year - span.first.year
    return Days(calendar.in_year(span.first, year), calendar.in_year(span.last, last_year))


def _near(days: Days, day: date) -> float:
    """In the span: 1, or (31 / width) ** 0.281 if it is wider than a month. Outside: full within
    a day of a named day, then width ** -0.35 of that, down to 0 over 7 days and a tenth of the
    width."""
    inside = float(min(1.0, _FULL_WIDTH_DAYS / days.width) ** _WIDER)
    away = max((days.first - day).days, (day - days.last).days, 0)
    if not away:
        return inside
    reach = _REACH_DAYS + _REACH_OF_WIDTH * days.width
    fading = 1 - max(0, away - _GRACE_DAYS) / reach
    return inside * float(days.width**-_EDGE) * max(0.0, fading)


# -- what is asked --------------------------------------------------------------------------

# “When I was in Rome, what did I eat?” asks for something else.
_WHEN = (
    r"(?:when['’](?:s|d|ll|re)|when\s{1,3}(?:exactly|did|do|does|is|was|were|are|am|will|would|have"
    r"|has|had|can|could|should|shall|might|else))\b"
)
_ASKS = re.compile(
    rf"^\W{{0,9}}(?:(?:and|but|so|ok|okay|hey|hi|please|since|until|till|from|by)\W{{1,3}})?{_WHEN}"
    rf"|[,;:]\s{_WHEN}"
    r"|^\W{0,9}when\b[^,.?!]{0,120}\?\W{0,9}$|^\W{0,9}when\W{0,9}$"
    r"|\b(?:know|remember|recall|remind me|tell me|wonder|find out|check|sure)\s{1,3}(?:exactly\s)?"
    r"when\b"
    # “What did I say when we met?” asks for something else
    r"|^(?!\W{0,9}(?:what|who|which|where|how|why)\b)[^.?!]{0,200}\b(?:say|said|mention|mentioned"
    r"|told you)\s{1,3}when\b"
    r"|\b(?:since|until|till) when\b"
    r"|\bhow (?:long|recently|soon|old|many (?:days|weeks|months|years|hours)(?: \w{2,9})? "
    r"(?:ago|since|until|have|has|did|was|were|had|passed|is|are))\b"
    r"|\b(?:what|which)(?: \w{3,9})? (?:year|month|date|day|time|week|weekend|season|decade)s?\b"
    r"(?! zone)"
    r"|\b(?:what['’]?s|what (?:is|was|were|are)) the (?:\w{2,9} )?(?:date|day|year|month|time)s?\b",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    r"\b(?:ago|recently|lately|nowadays|soon|these days|(?:the )?other day|so far this"
    r"|right now|at the moment|earlier|the next day|the day (?:before|after)|years? (?:back|later)"
    r"|(?:months?|weeks?|days?) later|as a (?:child|kid|teenager|student)|last time"
    r"|(?:every|each|on) (?:mon|tues|wednes|thurs|fri|satur|sun)days?"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)days|for (?:years|months|weeks|days|ages)"
    r"|for (?:\w{1,9} ){1,3}(?:years|months|weeks|days)|at \d{1,2}:\d\d"
    r"|\d{1,2}(?::\d\d)? ?(?:am|pm|o['’]clock)|the weekend)\b|\bat \d{1,2}(?=[.,;!?]|$)",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"\b(?:will|won['’]t|shall|going to|gonna|about to|plan(?:ning)? (?:to|on)|want to|hope to"
    r"|hoping to|intend to|need to|have to|look(?:ing)? forward|can['’]t wait|scheduled|booked"
    r"|upcoming|due|let['’]s|remind me|starts|ends|leaves|is on)\b|\w['’]ll\b",
    re.IGNORECASE,
)


def asks_for_time(question: str) -> bool:
    """Whether the answer is a time: when, since when, how long, what year and the like."""
    return bool(_ASKS.search(question))


def tells_time(text: str) -> bool:
    """Whether a statement says when, be it vaguely (“recently”, “on Mondays”)."""
    return bool(_VAGUE.search(text)) or speaks_of_time(text)


def looks_ahead(text: str) -> bool:
    """Whether it speaks of what is to come; a guess from its words, for ``future``."""
    return bool(_AHEAD.search(text))
