"""Questions that are limited to some days, and what merely names a time."""

from datetime import UTC, date, datetime

import pytest

from memory.adapters.dates import Calendar
from memory.records import TimeSpan
from memory.rules.talk.limited import Asked, asks_day, is_about, limited

TODAY = date(2026, 8, 16)
JUNE = (date(2026, 6, 1), date(2026, 6, 30))


def read(question: str, *times: str) -> tuple[Asked, str, str] | None:
    """What is asked, the name of the days and the topic."""
    spans = []
    for when in times:
        start = question.index(when)
        spans.append(TimeSpan(when, start, start + len(when), *JUNE, any_year="June" in when))
    found = limited(question, spans, TODAY)
    return found and (found.asked, found.name, found.topic)


@pytest.mark.parametrize(
    ("question", "when", "expected"),
    [
        ("What did I say last week about pottery?", "last week", ("said", "last week", "pottery")),
        ("What did I say about the bug yesterday?", "yesterday", ("said", "yesterday", "the bug")),
        ("Yesterday, what did we discuss?", "Yesterday", ("said", "yesterday", "")),
        ("what I told you about Redis in June", "June", ("said", "in June", "Redis")),
        ("What have I told you on 2 June?", "2 June", ("said", "on 2 June", "")),
        ("What happened in June?", "June", ("happened", "in June", "")),
        ("So, what happened with the bug in June?", "June", ("happened", "in June", "the bug")),
        ("What happened to me in June?", "June", ("happened", "in June", "")),
        ("Did anything happen in June?", "June", ("happened", "in June", "")),
        ("In June, what did I do?", "June", ("happened", "in June", "")),
        ("Who visited me on 9 June?", "9 June", ("other", "on 9 June", "")),
        ("Did my sister visit me in June?", "June", ("other", "in June", "")),
        ("What did I tell you about June?", "June", None),
        ("What time is the meeting on Friday?", "Friday", None),
    ],
)
def test_the_days_and_what_is_asked_of_them(
    question: str, when: str, expected: tuple[str, str, str] | None
) -> None:
    """What was said, what happened, or anything else of the past; with its topic."""
    assert read(question, when) == expected


@pytest.mark.parametrize(
    ("question", "name", "first", "last"),
    [
        ("What did I tell you today?", "today", 22, 22),
        ("What did I tell you yesterday?", "yesterday", 21, 21),
        ("What did I tell you about yesterday?", "yesterday", 21, 21),
        ("What did I say last week?", "last week", 9, 15),
        ("What did we discuss on Friday?", "on Friday", 20, 20),
        ("What did we talk about on Friday?", "on Friday", 20, 20),
    ],
)
def test_a_question_for_days_alone_knows_which(
    question: str, name: str, first: int, last: int
) -> None:
    """Counted from a Sunday; a week begins on Monday."""
    sunday = datetime(2026, 11, 22, 12, tzinfo=UTC)

    found = limited(question, Calendar().times(question, sunday), sunday.date())

    assert found is not None
    assert (found.asked, found.name, found.topic) == (Asked.SAID, name, "")
    assert (found.days.first.day, found.days.last.day) == (first, last)


def test_what_has_not_begun_or_is_not_one_time_limits_nothing() -> None:
    """Of several times, the one that is surely over is meant."""
    question = "What did I say yesterday about Friday?"
    start = question.index("yesterday")
    over = TimeSpan("yesterday", start, start + 9, *JUNE, past=True)
    open_one = TimeSpan("Friday", 31, 37, *JUNE)
    coming = TimeSpan("yesterday", start, start + 9, TODAY.replace(day=17), TODAY.replace(day=17))

    assert limited(question, [], TODAY) is None
    assert limited(question, [coming], TODAY) is None
    assert limited(question, [open_one, open_one], TODAY) is None
    found = limited(question, [over, open_one], TODAY)
    assert found is not None
    assert (found.name, found.topic) == ("yesterday", "Friday")


@pytest.mark.parametrize(
    ("text", "topic", "about"),
    [
        ("The login bugs came back", "the login bug", True),
        ("I adopted a dog", "my pet", True),
        ("The login page is blue", "the login bug", False),
        ("Anything", "it", False),
    ],
)
def test_a_text_is_about_what_it_names_whole(text: str, topic: str, about: bool) -> None:
    """In whatever form, or in words that mean it."""
    assert is_about(text, topic) is about


def test_a_day_is_asked_of_what_is_over() -> None:
    """Not of a habit, and not beside something else that is asked."""
    assert asks_day("When did my sister visit me?")
    assert asks_day("On which day was the release?")
    assert not asks_day("When does my sister visit me?")
    assert not asks_day("What did I say when my sister visited me?")
