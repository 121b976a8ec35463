"""Expressions of time: what is one, what the calendar alone makes of it, and what is asked."""

from datetime import UTC, date, datetime

import pytest

from memory.records import TimeSpan
from memory.rules.times import asks_for_time, closeness, looks_ahead, spans, tells_time

WEDNESDAY = date(2023, 6, 14)


def no_library(words: str, seen_from: datetime, future: bool) -> date | None:
    raise AssertionError(f"“{words}” was to be resolved from the calendar alone")


def found(text: str, today: date = WEDNESDAY, *, future: bool = False) -> list[TimeSpan]:
    at = datetime(today.year, today.month, today.day, 10, tzinfo=UTC)
    return list(spans(text, at, no_library, future=future))


def days(text: str, today: date = WEDNESDAY, *, future: bool = False) -> list[str]:
    return [f"{span.first}/{span.last}" for span in found(text, today, future=future)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Last month I ran my first half marathon.", "2023-05-01/2023-05-31"),
        ("this month is busy", "2023-06-01/2023-06-30"),
        ("next week I start", "2023-06-19/2023-06-25"),
        ("last week, I rested", "2023-06-05/2023-06-11"),
        ("this week has been long", "2023-06-12/2023-06-18"),
        ("last year's harvest", "2022-01-01/2022-12-31"),
        ("the week before last I was ill", "2023-05-29/2023-06-04"),
        ("the year after next we retire", "2025-01-01/2025-12-31"),
        ("Last weekend we rowed", "2023-06-10/2023-06-11"),
        ("next weekend we row", "2023-06-24/2023-06-25"),
        ("We baked over the weekend.", "2023-06-10/2023-06-11"),
        ("At the end of last month I paid", "2023-05-22/2023-05-31"),
        ("later this year we build", "2023-01-01/2023-12-31"),
        ("the beginning of the year was slow", "2023-01-01/2023-05-01"),
        ("Where was I in February?", "2023-02-01/2023-02-28"),
        ("I ran a lot in may", "2023-05-01/2023-05-31"),
        ("In June I read a lot", "2023-06-01/2023-06-30"),
        ("In September we were in Crete.", "2022-09-01/2022-09-30"),
        ("last March I moved", "2023-03-01/2023-03-31"),
        ("Last July I moved", "2022-07-01/2022-07-31"),
        ("next May we marry", "2024-05-01/2024-05-31"),
        ("in March of last year", "2022-03-01/2022-03-31"),
        ("a son in August 2018", "2018-08-01/2018-08-31"),
        ("Jan. 2022 was cold", "2022-01-01/2022-01-31"),
        ("In early May 2023 the roses opened.", "2023-05-01/2023-05-10"),
        ("mid-2021 or so? It was in mid-2021", "2021-05-02/2021-09-01"),
        ("We met in the first week of June.", "2023-06-01/2023-06-07"),
        ("My sister got married in 2016.", "2016-01-01/2016-12-31"),
        ("I've lived here since 2015.", "2015-01-01/2023-06-14"),
        ("what happened between 2017 and 2019?", "2017-01-01/2019-12-31"),
        ("music of the 1990s", "1990-01-01/1999-12-31"),
        ("What did I plan for the summer of 2021?", "2021-06-01/2021-08-31"),
        ("winter 2022 was mild", "2022-12-01/2023-02-28"),
        ("last summer we hiked", "2022-06-01/2022-08-31"),
        ("last winter was mild", "2022-12-01/2023-02-28"),
        ("next fall she studies", "2023-09-01/2023-11-30"),
        ("we met in the spring", "2023-03-01/2023-05-31"),
        ("between May and July 2022", "2022-05-01/2022-07-31"),
        ("from November to February", "2022-11-01/2023-02-28"),
        ("What did I do on the 12th?", "2023-06-12/2023-06-12"),
        ("on the 20th I was ill", "2023-05-20/2023-05-20"),
        ("on the 31st we left", "2023-05-31/2023-05-31"),
        ("on the 3rd of last month", "2023-05-03/2023-05-03"),
        ("the month before last March", "2023-02-01/2023-02-28"),
    ],
)
def test_stretches_follow_from_the_calendar(text: str, expected: str) -> None:
    """Seen from a Wednesday in June; a week begins on Monday, winter in December."""
    assert expected in days(text)


@pytest.mark.parametrize(
    ("today", "text", "expected"),
    [
        (date(2024, 1, 3), "last week", "2023-12-25/2023-12-31"),
        (date(2024, 1, 3), "last month", "2023-12-01/2023-12-31"),
        (date(2023, 12, 31), "next month", "2024-01-01/2024-01-31"),
        (date(2024, 3, 31), "last month", "2024-02-01/2024-02-29"),
        (date(2023, 1, 10), "in December", "2022-12-01/2022-12-31"),
        (date(2023, 1, 10), "last winter", "2021-12-01/2022-02-28"),
        (date(2023, 1, 10), "this winter", "2022-12-01/2023-02-28"),
        (date(2023, 6, 11), "last weekend", "2023-06-03/2023-06-04"),
        (date(2023, 6, 11), "this weekend", "2023-06-10/2023-06-11"),
        (date(2023, 6, 11), "last week", "2023-05-29/2023-06-04"),
        (date(2023, 6, 12), "last week", "2023-06-05/2023-06-11"),
        (date(2023, 6, 12), "this weekend", "2023-06-10/2023-06-11"),
        (date(2023, 6, 16), "this weekend", "2023-06-17/2023-06-18"),
        (date(2023, 6, 10), "over the weekend", "2023-06-10/2023-06-11"),
    ],
)
def test_stretches_are_right_where_calendars_turn(today: date, text: str, expected: str) -> None:
    """At a year's end, in leap years, on the first and the last day of a week."""
    assert days(text, today) == [expected]


NO_TIME = [
    # verbs, names and things
    "You may march in second if you like.",
    "I may go, you may come, they may stay.",
    "It may be that March is my name.",
    "this may 5 or 6 people surprise",
    "We march 10 miles, and then we march on.",
    "They march in step behind the second band.",
    "I sat down in the sun with Summer and April.",
    "Sat down, stood up, sat down again.",
    "Sun Microsystems sat on the second proposal.",
    "The sun may set before the soldiers march.",
    "She said it might rain on the march to the fall of Rome.",
    "May Johnson and her friend June wrote the report.",
    "I got a letter from June and one for April.",
    "In May's opinion the soup is too thin.",
    "Summer's my niece; in Summer I trust.",
    "Spring Boot 3.2 and Summer's fall from grace.",
    "My summer dress is in the spring water.",
    "I mon ami, wed her, thu and fri are typos.",
    "An august lady marched past.",
    "The fall broke his hip.",
    "Give me a second, or a minute.",
    "The date palm has a date with a sec and a min.",
    # numbers
    "We run Python 3.12 on 10.0.20.23 behind port 2023.",
    "I live on the 3rd floor, on the 2nd left after the 1st door.",
    "Version 2.5.2023 is out, and so is v2023.05.07.",
    "The file is report-2023-05-07.txt in /logs/2022/11/30.",
    "Call me at 5 on 555-0123-2019, or 020 7946 0958.",
    "Ring +351 912 345 678 at 12:30.",
    "IBAN DE89 3704 0044 0532 0130 00, card 4532 1234 2019 9012",
    "Use 1/2 cup of oats and 3/4 cup of milk.",
    "The ratio is 10/20/30 and the score 3-5.",
    "Room 2019 is on the third floor, next to the spring.",
    "The last time I checked, order 20190412 had 2000 lines.",
    "I read it in 2000 words, and in 2048 bytes.",
    "It fits in 1920x1080 and in 2000m.",
    "My PIN was 2019 and my postcode 1990-123.",
    "Error 2024-13-45 is not what it seems.",
    # lengths and habits
    "The meeting lasts two hours and I have three weeks of holiday.",
    "It takes me 30 minutes a day, seven days a week.",
    "I wrote the book in three weeks.",
    "It was done in 5 days.",
    "For the first time in two years",
    "He is 30 years old and has been married for ten years.",
    "I play tennis every Tuesday and swim on Sundays.",
    "On a Monday like any other",
    "Good Friday prayers and Black Friday sales",
    "My son goes to Sunday school.",
    "Weekends are for sleeping.",
    # next and last of other things
    "Nothing new this time; the next step is mine.",
    "next door, last but one, this once, the next one",
    "the first day was hard, the last week of it worse",
    "The week before was better.",
    "I do what I can these days.",
    "Not now, not here, and never again.",
    "",
    "   \n\t ",
]


@pytest.mark.parametrize("text", NO_TIME)
def test_what_only_looks_like_a_time_is_none(text: str) -> None:
    """Verbs, names, versions, telephone numbers, fractions, lengths and habits."""
    assert days(text) == []


@pytest.mark.parametrize(
    ("text", "any_year", "past"),
    [
        ("in July", True, None),
        ("last July", False, True),
        ("next July", False, False),
        ("in July 2022", False, None),
        ("in the summer", True, None),
        ("last week", False, True),
        ("this week", False, None),
        ("tomorrow", False, False),
        ("in 2019", False, None),
        ("since 2019", False, True),
    ],
)
def test_a_span_says_what_its_wording_tells(text: str, any_year: bool, past: bool | None) -> None:
    """Whether any year's may be meant, and whether the words themselves say past or future."""
    (span,) = found(text)

    assert (span.any_year, span.past) == (any_year, past)


def a_span(first: date, last: date, *, any_year: bool = False) -> TimeSpan:
    return TimeSpan("", 0, 0, first, last, any_year)


DAY = a_span(date(2023, 5, 10), date(2023, 5, 10))
MAY = a_span(date(2023, 5, 1), date(2023, 5, 31))
ANY_MAY = a_span(date(2023, 5, 1), date(2023, 5, 31), any_year=True)
LEAP_DAY = a_span(date(2024, 2, 29), date(2024, 2, 29), any_year=True)
WINTER = a_span(date(2022, 12, 1), date(2023, 2, 28), any_year=True)
YEAR = a_span(date(2023, 1, 1), date(2023, 12, 31))


@pytest.mark.parametrize(
    ("span", "day", "expected"),
    [
        (DAY, date(2023, 5, 10), 1.0),
        (DAY, date(2023, 5, 11), 1.0),
        (DAY, date(2023, 5, 9), 1.0),
        (DAY, date(2023, 5, 13), 0.718),
        (DAY, date(2023, 5, 17), 0.155),
        (DAY, date(2023, 5, 19), 0.0),
        (DAY, date(2022, 5, 10), 0.0),
        (MAY, date(2023, 5, 31), 1.0),
        (MAY, date(2023, 6, 1), 0.301),
        (MAY, date(2023, 6, 6), 0.152),
        (MAY, date(2023, 6, 20), 0.0),
        (YEAR, date(2023, 7, 1), 0.5),
        (YEAR, date(2024, 7, 1), 0.0),
        (ANY_MAY, date(2023, 5, 9), 1.0),
        (ANY_MAY, date(2019, 5, 9), 0.9),
        (ANY_MAY, date(2019, 7, 9), 0.0),
        (LEAP_DAY, date(2023, 2, 28), 0.9),
        (WINTER, date(2019, 1, 5), 0.667),
        (WINTER, date(2019, 12, 31), 0.667),
    ],
)
def test_closeness_falls_with_the_days_between(span: TimeSpan, day: date, expected: float) -> None:
    """Full in the span, less in a wide one, nothing far away; any year's a little less."""
    assert closeness([span], day) == pytest.approx(expected, abs=0.001)


def test_closeness_is_that_of_the_nearest_span() -> None:
    """A question may name several times; one that names none is close to nothing."""
    assert closeness([YEAR, DAY], date(2023, 5, 10)) == 1.0
    assert closeness([], date(2023, 5, 10)) == 0.0


@pytest.mark.parametrize(
    "question",
    [
        "When did I move to Lisbon?",
        "when is Ana's birthday",
        "And when was that?",
        "When?",
        "Since when do I use Redis?",
        "When Ana has moved in?",
        "Do you remember when I bought the car?",
        "Tell me when the lease ends.",
        "How long ago did I quit smoking?",
        "How long have I lived here?",
        "What year did I graduate?",
        "In which month was the trip?",
        "What time is the dentist?",
        "On what day did we meet?",
        "What's the date of the exam?",
        "What was the exact date of the wedding?",
        "How many years ago did we meet?",
        "When's the rehearsal?",
        "Until when is the shop shut?",
    ],
)
def test_a_question_may_ask_for_a_time(question: str) -> None:
    """Its answer is a date or a length of time."""
    assert asks_for_time(question)


@pytest.mark.parametrize(
    "question",
    [
        "What did I say when we met?",
        "When I was in Rome, what did I eat?",
        "Which database do I use?",
        "What did I do last week?",
        "What time zone do I live in?",
        "Who came with me in May?",
        "How do I save time?",
        "How often do I swim?",
        "",
    ],
)
def test_a_question_with_a_time_may_ask_for_something_else(question: str) -> None:
    """“When” that only joins two clauses asks for nothing."""
    assert not asks_for_time(question)


@pytest.mark.parametrize(
    "text",
    [
        "I recently moved.",
        "Lately I sleep badly.",
        "The other day I met Ana.",
        "We swim on Mondays.",
        "I last saw her a while ago.",
        "I've worked there for three long years.",
        "Last night it rained.",
        "Next month I start.",
        "See you Friday",
        "I was born on 3 October 1988.",
        "We met in 2019.",
        "The train leaves at 7:30.",
    ],
)
def test_a_statement_may_tell_a_time(text: str) -> None:
    """Vaguely or exactly."""
    assert tells_time(text)


@pytest.mark.parametrize(
    "text",
    [
        "I use Redis.",
        "You may march in second.",
        "My sister Ana lives in Lisbon.",
        "Look at 5 of them.",
        "My port is 2023.",
        "",
    ],
)
def test_most_statements_tell_none(text: str) -> None:
    """What only looks like a time is none here either."""
    assert not tells_time(text)


@pytest.mark.parametrize(
    ("text", "ahead"),
    [
        ("I will call the bank on Monday.", True),
        ("We're going to Crete in September; I can't wait!", True),
        ("I'll be there on Friday", True),
        ("I plan to run in May.", True),
        ("I called the bank on Monday.", False),
        ("We were in Crete in September.", False),
    ],
)
def test_words_tell_what_is_to_come(text: str, ahead: bool) -> None:
    """So that a caller can say which Monday is meant."""
    assert looks_ahead(text) is ahead


@pytest.mark.parametrize("piece", ["last week ", "in May ", "since 2019 ", "a", "1 ", " ", "the "])
def test_hostile_texts_have_few_spans(piece: str) -> None:
    """However often a text says it, what is resolved stays bounded."""
    assert len(found((piece * 32_000)[:32_000])) <= 32
