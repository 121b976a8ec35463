"""What kinds of memory a message needs, from its words."""

from datetime import date

import pytest

from memory.records import Days, Kind, TimeSpan
from memory.rules.needs import needs

TODAY = date(2026, 3, 2)
YESTERDAY = date(2026, 3, 1)


def span(first: date, last: date, *, past: bool | None = None) -> TimeSpan:
    return TimeSpan("then", 0, 4, first, last, past=past)


@pytest.mark.parametrize(
    ("message", "kinds"),
    [
        ("Fix the login bug we discussed yesterday", {Kind.PROCEDURE, Kind.SOLUTION}),
        ("The checkout crashes again", {Kind.PROCEDURE, Kind.SOLUTION}),
        ("Deploy the new version", {Kind.PROCEDURE}),
        ("How do I make risotto?", {Kind.PROCEDURE}),
        ("What are the steps for a release?", {Kind.PROCEDURE}),
        ("Write a letter to my bank", {Kind.PROCEDURE}),
        ("Which database do I use?", set()),
        ("I had pasta for lunch", set()),
        ("Where does my sister live?", set()),
    ],
)
def test_work_needs_procedures_and_problems_need_solutions(message: str, kinds: set[Kind]) -> None:
    """Whatever else is said needs neither."""
    assert set(needs(message, (), TODAY).kinds) == kinds


def test_a_procedure_is_looked_for_by_the_name_of_the_work() -> None:
    """“Fix the bug” shares no word with “To debug, first …”."""
    assert needs("Fix the bug", (), TODAY).procedure == "debug, Fix the bug"


@pytest.mark.parametrize(
    ("spans", "days"),
    [
        ([], None),
        ([span(YESTERDAY, YESTERDAY)], Days(YESTERDAY, YESTERDAY)),
        ([span(date(2026, 2, 23), date(2026, 3, 8))], Days(date(2026, 2, 23), TODAY)),
        ([span(date(2026, 3, 3), date(2026, 3, 3))], None),
        ([span(YESTERDAY, YESTERDAY, past=False)], None),
        ([span(date(2025, 1, 1), date(2025, 12, 31))], None),
        ([span(date(2025, 1, 1), date(2025, 12, 31)), span(TODAY, TODAY)], Days(TODAY, TODAY)),
    ],
)
def test_days_that_are_over_need_what_was_said_on_them(
    spans: list[TimeSpan], days: Days | None
) -> None:
    """The first short stretch that has begun; a year narrows nothing down."""
    assert needs("What did we say then?", spans, TODAY).days == days
