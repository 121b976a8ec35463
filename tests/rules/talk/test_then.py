"""Questions for what was so at another time."""

from datetime import date

import pytest

from memory.records import TimeSpan
from memory.rules.talk.then import EVERYTHING, Earlier, asked_before, asked_of_then


@pytest.mark.parametrize(
    ("question", "when", "asked"),
    [
        ("What did you believe about me in May?", "in May", EVERYTHING),
        ("So, what did you know about me last year?", "last year", EVERYTHING),
        ("What did you think of me on 3 April?", "3 April", EVERYTHING),
        ("Where did I live in May?", "in May", "location"),
        ("In May, where did I live?", "In May", "location"),
        ("Where was I living last year?", "last year", "location"),
        ("Who did I work for in May?", "in May", "employer"),
        ("Which databases did we use in May?", "in May", "database"),
        ("What was my job in May?", "in May", "role"),
        ("What did I do in May?", "in May", ""),
        ("So what were we doing in May?", "in May", ""),
        ("What did I do for a living in May?", "in May", "role"),
        ("Where do I live in May?", "in May", ""),
        ("What did I tell you in May?", "in May", ""),
        ("What did you say about Redis in May?", "in May", ""),
        ("Where did she live in May?", "in May", ""),
    ],
)
def test_a_question_of_then_names_its_field(question: str, when: str, asked: str) -> None:
    """Only in the past, and only of the person."""
    start = question.index(when)
    span = TimeSpan(when, start, start + len(when), date(2026, 5, 1), date(2026, 5, 31))

    assert asked_of_then(question, span) == asked


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Where did I live before Munich?", Earlier("location", "Munich")),
        ("Where did I live before I moved to Munich?", Earlier("location", "I moved to Munich")),
        ("Where did I work previously?", Earlier("employer")),
        ("Who was my previous employer?", Earlier("employer")),
        ("Who is my former employer?", Earlier("employer")),
        ("What was my last job?", Earlier("role")),
        ("What is my last name?", None),
        ("Where do I live before Munich?", None),
        ("What did I do before Munich?", Earlier("role", "Munich")),
        ("Where did she live before Munich?", None),
        ("What did I say before Munich?", None),
        ("Who is my employer?", None),
        ("Where did Clara live before?", Earlier("location", "", "Clara")),
        ("Where did my sister live before Ghent?", Earlier("location", "Ghent", "sister")),
        ("Where was Jan Novak working previously?", Earlier("employer", "", "Jan Novak")),
        ("Where did they live before?", None),
        ("Where does Clara live before Ghent?", None),
        ("What did Clara say before?", None),
    ],
)
def test_a_question_of_before_names_its_field(question: str, asked: Earlier | None) -> None:
    """And what it held before, if that is named."""
    assert asked_before(question) == asked
