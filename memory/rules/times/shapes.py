"""The days of each shape of expression, by the calendar of when it was said."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from memory.rules.times import calendar
from memory.rules.times.calendar import Days
from memory.rules.times.patterns import MONTHS, ORDINALS, WEEKDAYS, Shape
from memory.rules.times.phrases import Phrase

Point = Callable[[str, datetime, bool], date | None]
"""The day of “3 days ago”, “7 May”, “last tuesday”, seen from a naive local time, and whether a day
without its year or week is rather to come; None for what is no day."""

YEARS = range(1000, 3000)
"""Nobody remembers further, and all that is reckoned from such a day is still a day."""

_FEW = {"couple": (1, 3), "few": (2, 6), "several": (3, 9)}
"""The least and the most that people mean by it."""
_HALF = {
    "decade": "5 years",
    "year": "6 months",
    "month": "15 days",
    "fortnight": "7 days",
    "week": "3 days",
    "day": "12 hours",
    "hour": "30 minutes",
    "minute": "30 seconds",
}
_STEPS = {"last": -1, "this past": -1, "past": -1, "this": 0, "next": 1, "this coming": 1}


@dataclass(frozen=True, slots=True)
class Said:
    """When it was said, and how days are read."""

    now: datetime
    """Naive, in the person's own zone."""
    future: bool
    point: Point

    @property
    def today(self) -> date:
        return self.now.date()

    def day(self, words: str, seen_from: date | None = None) -> date | None:
        moment = datetime.combine(seen_from, time(12)) if seen_from else self.now
        found = self.point(words, moment, self.future)
        return found if found and found.year in YEARS else None


@dataclass(frozen=True, slots=True)
class Meant:
    days: Days
    any_year: bool = False
    past: bool | None = None


Words = Mapping[str, str]


def _near(words: Words, said: Said) -> Meant:
    near = words["near"].removeprefix("the ")
    away = {"yesterday": -1, "tomorrow": 1, "day before yesterday": -2, "day after tomorrow": 2}
    steps = -1 if near.startswith("last ") else away.get(near, 0)
    day = said.today + timedelta(steps)
    return Meant(Days(day, day), past=_past(steps))


def _numeric(words: Words, said: Said) -> Meant | None:
    day = said.day(words["numeric"])
    return Meant(Days(day, day)) if day else None


def _date(words: Words, said: Said) -> Meant | None:
    month = MONTHS[_index(MONTHS, words["month"])]
    number = words.get("day") or str(_ordinal(words["ordinal"]))
    rest = f"{month} {words.get('year', '')}".strip()
    # what is to come begins today
    seen_from = said.today - timedelta(1) if said.future else None
    first = said.day(f"{int(number)} {rest}", seen_from)
    last = said.day(f"{int(words['until'])} {rest}", seen_from) if "until" in words else first
    if first is None or last is None or last < first:
        return None
    return Meant(Days(first, last), any_year="year" not in words)


def _day_of_month(words: Words, said: Said) -> Meant | None:
    number, which = int(words["day"]), words.get("which")
    for steps in [_STEPS[which]] if which else [0, 1, 2] if said.future else [0, -1, -2]:
        month = calendar.months(said.today.year, said.today.month + steps)
        day = month.first + timedelta(number - 1)
        in_tense = day >= said.today if said.future else day <= said.today
        if day <= month.last and (which or in_tense):
            return Meant(Days(day, day), past=_past(_STEPS.get(which or "this", 0)))
    return None


def _weekday(words: Words, said: Said) -> Meant | None:
    number = _index(WEEKDAYS, words["weekday"])
    if "week" in words:
        steps = _STEPS[words["week"]]
        day = calendar.week(said.today, steps).first + timedelta(number)
        return Meant(Days(day, day), past=_past(steps))
    steps = _STEPS.get(words.get("which", "this"), 0)
    # “this Friday” as it was said, but the library does not know “this past Friday”
    which = {-1: "last", 1: "next"}.get(steps, words.get("which", ""))
    found = said.day(f"{which} {WEEKDAYS[number]}".strip())
    return Meant(Days(found, found), past=_past(steps)) if found else None


def _month(words: Words, said: Said) -> Meant:
    number = _index(MONTHS, words.get("month") or words["safe"]) + 1
    return _of_year(words, said, lambda year: calendar.months(year, number))


def _season(words: Words, said: Said) -> Meant:
    return _of_year(words, said, lambda year: calendar.season(words["season"], year))


def _of_year(words: Words, said: Said, in_year: Callable[[int], Days]) -> Meant:
    """A month or season of the year that the words name, or else of the likeliest."""
    this_year = said.today.year
    if "year" in words:
        return Meant(in_year(int(words["year"])))
    if "which_year" in words:
        away = _STEPS[words["which_year"]]
        return Meant(in_year(this_year + away), past=_past(away))
    near = [in_year(year) for year in range(this_year - 2, this_year + 2)]
    steps = _STEPS[words["which"]] if "which" in words else None
    if steps == -1:
        days = [days for days in near if days.last < said.today][-1]
    elif steps == 1:
        days = next(days for days in near if days.first > said.today)
    elif steps == 0:
        going_on = (days for days in near if days.first <= said.today <= days.last)
        days = next(going_on, in_year(this_year))
    elif said.future:
        days = next(days for days in near if days.last >= said.today)
    else:
        days = [days for days in near if days.first <= said.today][-1]
    return Meant(days, any_year=steps is None, past=_past(steps or 0))


def _year(words: Words, said: Said) -> Meant:
    if "decade" in words:
        return Meant(calendar.years(int(words["decade"]), 10))
    return Meant(calendar.years(int(words["year"])))


def _unit(words: Words, said: Said) -> Meant | None:
    today, weekday = said.today, said.today.weekday()
    if "weekends" in words:
        day = said.day(f"{words['weekends'].removeprefix('a ')} weeks ago")
        return Meant(calendar.weekend(day), past=True) if day else None
    if "beyond" in words:
        steps = -2 if words["beyond"] == "before last" else 2
        return Meant(calendar.unit(words["far"], today, steps), past=steps < 0)
    name = words.get("unit") or words.get("the_unit") or words["the_rest"]
    steps = _STEPS[words.get("which", "this")]
    nearest_is_over = name == "weekend" and not said.future and steps == 0
    if nearest_is_over and weekday < (2 if "which" in words else 5):
        steps = -1
    return Meant(calendar.unit(name, today, steps), past=_past(steps))


def _distance(words: Words, said: Said) -> Meant | None:
    days = away_from(words, said, None, back="back" in words)
    return Meant(days, past="back" in words) if days else None


def _stretch(words: Words, said: Said) -> Meant | None:
    past = words["side"] in ("last", "past")
    most, _ = _lengths(words)[-1]
    far = said.day(f"{most} ago" if past else f"in {most}")
    if far is None:
        return None
    return Meant(Days(far, said.today) if past else Days(said.today, far), past=past)


_RESOLVE: dict[Shape, Callable[[Words, Said], Meant | None]] = {
    Shape.NEAR: _near,
    Shape.NUMERIC: _numeric,
    Shape.DATE: _date,
    Shape.DAY_OF_MONTH: _day_of_month,
    Shape.WEEKDAY: _weekday,
    Shape.MONTH: _month,
    Shape.SEASON: _season,
    Shape.YEAR: _year,
    Shape.UNIT: _unit,
    Shape.DISTANCE: _distance,
    Shape.STRETCH: _stretch,
}


def resolved(phrase: Phrase, said: Said) -> Meant | None:
    """None for what looks like a day and is none: 31 June."""
    return _RESOLVE[phrase.shape](phrase.words, said)


def _past(steps: int) -> bool | None:
    return steps < 0 if steps else None


def _index(names: list[str], said: str) -> int:
    return next(i for i, name in enumerate(names) if name.startswith(said[:3]))


def _ordinal(word: str) -> int:
    """“twenty-first” -> 21."""
    if word == "thirtieth":
        return 30
    tens, _, ones = word.replace("-", " ").rpartition(" ")
    return {"": 0, "twenty": 20, "thirty": 30}[tens] + ORDINALS.index(ones) + 1


def away_from(words: Words, said: Said, seen_from: date | None, *, back: bool) -> Days | None:
    """So many units back or ahead, from today if not from another day; as wide as it is usually
    meant: a month ago, that month."""
    ends = []
    for length, width in _lengths(words):
        day = said.day(f"{length} ago" if back else f"in {length}", seen_from)
        if day is None:
            return None
        ends.append(_as_wide(width, day))
    return Days(min(end.first for end in ends), max(end.last for end in ends))


def _lengths(words: Words) -> list[tuple[str, str]]:
    """The least and the most that is meant, each with its smallest unit: “1 years 6 months”."""
    unit, count = words["unit"], words.get("count", "1")
    half = _HALF[unit]
    if count.startswith("half"):
        return [(half, half.split()[1].rstrip("s"))]
    counts = next((both for name, both in _FEW.items() if name in count), (count,))
    more, width = "", unit
    if "half" in words or "and_half" in words:
        more, width = f" {half}", half.split()[1].rstrip("s")
    elif "more" in words:
        more, width = f" {words['more']} {words['more_unit']}s", words["more_unit"]
    return [(f"{each} {unit}s{more}", width) for each in counts]


def _as_wide(unit: str, day: date) -> Days:
    if unit in ("week", "fortnight"):
        return Days(day - timedelta(3), day + timedelta(3))
    if unit == "decade":
        return calendar.years(day.year - 2, 5)
    return calendar.unit(unit, day)
