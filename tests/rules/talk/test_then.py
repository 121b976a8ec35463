"""Questions for what was so at another time."""

from datetime import date

import pytest

from memory.records import TimeSpan
from memory.rules.talk.then import EVERYTHING, asked_of_then


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
