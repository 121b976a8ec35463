"""Expressions of time in whole sentences, resolved by the rules and dateparser together."""

import subprocess
import sys
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from memory.adapters.dates import Calendar
from memory.protocols import Calendar as CalendarProtocol
from memory.rules.talk.dates import LOCAL

ROOT = Path(__file__).parents[2]
LISBON = ZoneInfo("Europe/Lisbon")
WEDNESDAY = "2023-06-14"


def days(said: str, text: str, *, future: bool = False) -> list[str]:
    """The spans as “2023-06-13” or “2023-06-01/2023-06-30”."""
    at = datetime.fromisoformat(said).replace(hour=10, tzinfo=LISBON)
    return [
        str(span.first) if span.first == span.last else f"{span.first}/{span.last}"
        for span in Calendar().times(text, at, future=future)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # days near today
        ("I had lunch with Priya yesterday.", "2023-06-13"),
        ("Today I signed the lease.", "2023-06-14"),
        ("What did I tell you this morning?", "2023-06-14"),
        ("Last night the alarm went off twice.", "2023-06-13"),
        ("The day before yesterday it snowed", "2023-06-12"),
        ("See you the day after tomorrow then", "2023-06-16"),
        ("Tomorrow's rehearsal is off", "2023-06-15"),
        # distances
        ("I lost my keys 3 days ago.", "2023-06-11"),
        ("An hour ago the lift got stuck.", "2023-06-14"),
        ("We moved into the flat three weeks ago.", "2023-05-21/2023-05-27"),
        ("a fortnight ago we got the puppy", "2023-05-28/2023-06-03"),
        ("Two months ago I switched teams.", "2023-04-01/2023-04-30"),
        ("I quit smoking one and a half years ago.", "2021-12-01/2021-12-31"),
        ("A year and a half ago she retired", "2021-12-01/2021-12-31"),
        ("Half a year ago I bought a cello.", "2022-12-01/2022-12-31"),
        ("That was twenty-one days ago.", "2023-05-24"),
        ("It broke two weeks and 3 days ago.", "2023-05-28"),
        ("A few days ago the boiler failed.", "2023-06-08/2023-06-12"),
        ("a couple of weeks back I saw him", "2023-05-21/2023-06-10"),
        ("Ten years ago we met in Porto", "2013-01-01/2013-12-31"),
        ("The lease ends in six months.", "2023-12-01/2023-12-31"),
        ("The parcel comes in 3 days", "2023-06-17"),
        ("We leave in two weeks' time", "2023-06-25/2023-07-01"),
        ("Two weekends ago we camped", "2023-06-03/2023-06-04"),
        ("I've slept badly over the last two weeks.", "2023-05-31/2023-06-14"),
        ("In the past year I changed jobs twice", "2022-06-14/2023-06-14"),
        # weekdays
        ("Did I call the bank on Monday?", "2023-06-12"),
        ("Last Friday the heating broke.", "2023-06-09"),
        ("What did we decide on Wednesday?", "2023-06-07"),
        ("I met a banker last Wed and liked him", "2023-06-07"),
        ("On Tuesday last week I met the landlord.", "2023-06-06"),
        ("The review is next Thursday.", "2023-06-15"),
        ("This past Sunday we baked bread", "2023-06-11"),
        # numbered days
        ("I was born on 3 October 1988", "1988-10-03"),
        ("The exam is on March 21st, 2024.", "2024-03-21"),
        ("on Friday, June 9th we signed", "2023-06-09"),
        ("He left on the 7th of May 2023", "2023-05-07"),
        ("We hired her on the first of March.", "2023-03-01"),
        ("She came on the twenty-first of May", "2023-05-21"),
        ("Her birthday was on May second", "2023-05-02"),
        ("I saw it on 14 june", "2023-06-14"),
        ("That was on June 20.", "2022-06-20"),
        ("invoice dated 2022-11-30", "2022-11-30"),
        ("Deadline: 07/05/2023", "2023-05-07"),
        ("Paid 31.12.2022 in cash", "2022-12-31"),
        ("Sent 05/13/2023 from Boston", "2023-05-13"),
        ("logged at 2023-05-07T10:00:00", "2023-05-07"),
        # stretches, and what stands before or between
        ("Who visited me the week before 9 June 2023?", "2023-06-02/2023-06-08"),
        ("Two days after 30 December 2022 we flew home.", "2023-01-01"),
        ("the Friday before 14 August 2022", "2022-08-12"),
        ("the weekend before 9 June 2023", "2023-06-03/2023-06-04"),
        ("a week from today I fly", "2023-06-18/2023-06-24"),
        ("the week of 5 May 2023", "2023-05-01/2023-05-07"),
        ("Between 3 and 5 May we had no water.", "2023-05-03/2023-05-05"),
        ("May 3-5, 2022 was the fair", "2022-05-03/2022-05-05"),
        ("from May 3 to June 5 the shop was shut", "2023-05-03/2023-06-05"),
        ("between 30 December and 2 January 2023", "2022-12-30/2023-01-02"),
        ("since Monday I have had a cold", "2023-06-12/2023-06-14"),
        ("the first Friday of May 2023", "2023-05-05"),
        ("the last Sunday in March 2023", "2023-03-26"),
    ],
)
def test_days_are_seen_from_when_they_were_said(text: str, expected: str) -> None:
    """On a Wednesday in the middle of June."""
    assert days(WEDNESDAY, text) == [expected]


@pytest.mark.parametrize(
    ("said", "text", "expected"),
    [
        # a year's end
        ("2024-01-01", "Yesterday we counted down to midnight.", "2023-12-31"),
        ("2024-01-03", "last week was quiet at the office", "2023-12-25/2023-12-31"),
        ("2024-01-03", "On Friday the kitchen flooded", "2023-12-29"),
        ("2024-01-03", "He called on 30 December", "2023-12-30"),
        ("2023-12-30", "Two months ago it rained", "2023-10-01/2023-10-31"),
        # leap days
        ("2024-03-01", "My passport ran out yesterday", "2024-02-29"),
        ("2024-02-29", "A year ago I broke my arm", "2023-01-01/2023-12-31"),
        ("2024-03-31", "A month ago we adopted a cat", "2024-02-01/2024-02-29"),
        ("2023-06-14", "We married on 29 February", "2020-02-29"),
        # Mondays and Sundays
        ("2023-06-12", "On Monday I felt fine", "2023-06-05"),
        ("2023-06-12", "On Sunday I felt fine", "2023-06-11"),
        ("2023-06-11", "Did I call Ana on Sunday?", "2023-06-04"),
        ("2023-06-11", "Did I call Ana on Monday?", "2023-06-05"),
    ],
)
def test_days_are_right_where_calendars_turn(said: str, text: str, expected: str) -> None:
    """At the end of a year, around leap days, and where a week begins and ends."""
    assert days(said, text) == [expected]


@pytest.mark.parametrize(
    ("text", "past", "future"),
    [
        ("the dentist on Monday", "2023-06-12", "2023-06-19"),
        ("the dentist on 20 June", "2022-06-20", "2023-06-20"),
        ("Crete in September", "2022-09-01/2022-09-30", "2023-09-01/2023-09-30"),
        ("a party at the weekend", "2023-06-10/2023-06-11", "2023-06-17/2023-06-18"),
        ("the dentist on 14 June", "2023-06-14", "2023-06-14"),
        ("the dentist on the 20th", "2023-05-20", "2023-06-20"),
        ("the dentist last Monday", "2023-06-12", "2023-06-12"),
        ("a leap on 29 February", "2020-02-29", "2024-02-29"),
    ],
)
def test_a_day_without_its_year_or_week_is_the_nearest_in_its_tense(
    text: str, past: str, future: str
) -> None:
    """The past unless the caller says that it is about what is to come."""
    assert days(WEDNESDAY, text) == [past]
    assert days(WEDNESDAY, text, future=True) == [future]


@pytest.mark.parametrize(
    ("at", "text", "expected"),
    [
        # half past midnight in summer: still the day before in UTC
        (datetime(2023, 6, 14, 0, 30, tzinfo=LISBON), "yesterday", date(2023, 6, 13)),
        (datetime(2023, 6, 14, 0, 30, tzinfo=LISBON), "an hour ago", date(2023, 6, 13)),
        (datetime(2023, 6, 14, 0, 30, tzinfo=ZoneInfo("Pacific/Kiritimati")), "2 days ago",
         date(2023, 6, 12)),
        (datetime(2023, 6, 14, 23, 30, tzinfo=ZoneInfo("Pacific/Midway")), "3 days ago",
         date(2023, 6, 11)),
        # the days on which the clock is put forward and back
        (datetime(2023, 3, 27, 0, 10, tzinfo=LISBON), "one day ago", date(2023, 3, 26)),
        (datetime(2023, 3, 26, 23, 50, tzinfo=LISBON), "one day ago", date(2023, 3, 25)),
        (datetime(2023, 10, 30, 0, 10, tzinfo=LISBON), "one day ago", date(2023, 10, 29)),
        (datetime(2023, 10, 29, 1, 30, fold=1, tzinfo=LISBON), "on Saturday", date(2023, 10, 28)),
        (datetime(2023, 6, 14, 0, 30, tzinfo=LOCAL), "3 days ago", date(2023, 6, 11)),
    ],
)  # fmt: skip
def test_days_are_those_of_the_zone_it_was_said_in(at: datetime, text: str, expected: date) -> None:
    """Whatever the zone of the computer, and however many hours the day had."""
    (span,) = Calendar().times(text, at)

    assert (span.first, span.last) == (expected, expected)


@pytest.mark.parametrize(
    "text",
    [
        "We were due on 31 June.",
        "the 30th of February 2023",
        "29 February 2023",
        "2023-02-30",
        "999 decades ago",
        "between 9 and 5 May",
        "from Monday to Friday I work at the bakery",
    ],
)
def test_what_is_no_day_has_no_span(text: str) -> None:
    """It looks like one; no nearby day is made of it."""
    assert days(WEDNESDAY, text) == []


def test_a_span_is_where_it_was_said() -> None:
    """Offsets and words are those of the text, in order, what moves a day included."""
    text = "Since May 2023 I swim; the week  before 9 June I was ill."

    first, second = Calendar().times(text, datetime(2023, 6, 14, 10, tzinfo=LISBON))

    assert [first.text, second.text] == ["Since May 2023", "the week  before 9 June"]
    assert [text[span.start : span.end] for span in (first, second)] == [first.text, second.text]
    assert (first.past, first.any_year, second.any_year) == (True, False, True)


def test_the_order_of_day_and_month_can_be_chosen() -> None:
    """07/05 is May where the day comes first, July elsewhere; 2023-05-07 is the same anywhere."""
    at = datetime(2023, 6, 14, 10, tzinfo=LISBON)
    american: CalendarProtocol = Calendar(day_first=False)

    found = american.times("07/05/2023, then 2023-05-07", at)

    assert [span.first for span in found] == [date(2023, 7, 5), date(2023, 5, 7)]


@pytest.mark.parametrize(
    "piece",
    ["3 days ago ", "between 3 and 5 May ", "the week before ", "the day after 1/1/1900 ",
     "999 years before ", "half a decade ago ", "May 5 ", "in 2019 ", "ſept 5 ",
     "\u0661/\u0662/2023 "],
)  # fmt: skip
def test_hostile_texts_have_few_spans(piece: str) -> None:
    """However often a text says it, what is resolved stays bounded."""
    found = Calendar().times(piece * 3000 + "1 May 1900", datetime(2023, 6, 14, tzinfo=LISBON))

    assert len(found) <= 32


def test_nothing_is_looked_up_written_or_loaded_early(tmp_path: Path) -> None:
    """dateparser comes with the first expression that needs it, and reaches for nothing."""
    code = (
        "import sys\n"
        "from datetime import UTC, datetime\n"
        "from memory.adapters.dates import Calendar\n"
        "from tests.outside import refuse_outside\n"
        "tried, written = [], []\n"
        "refuse_outside(tried.append)\n"
        "def hook(event, args):\n"
        "    if event == 'open' and set(str(args[1])) & set('wax+'): written.append(args[0])\n"
        "sys.addaudithook(hook)\n"
        "at = datetime(2023, 6, 14, tzinfo=UTC)\n"
        "Calendar().times('nothing last week', at)\n"
        "early = 'dateparser' in sys.modules\n"
        "(span,) = Calendar().times('3 days ago', at)\n"
        "print(early, tried, written, span.first)"
    )

    done = subprocess.run(
        [sys.executable, "-B", "-W", "error", "-c", code],
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={"HOME": str(tmp_path), "PYTHONPATH": str(ROOT)},
    )

    assert done.stdout.strip() == "False [] [] 2023-06-11"
    assert list(tmp_path.iterdir()) == []
