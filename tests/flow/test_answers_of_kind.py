"""All of a kind, and what held before, as the chat tells them."""

import pytest

from memory.engine import Memory
from tests.fakes import NOON, FixedClock

SAID = (
    (3, "I live in Berlin."),
    (3, "I work at Siemens."),
    (4, "We decided to use PostgreSQL for the billing service."),
    (4, "I will send Bob the report by Friday."),
    (4, "I prefer trains to planes."),
    (5, "I moved to Munich."),
    (3, "My sister Clara lives in Lyon."),
    (3, "My brother lives in Rome."),
    (5, "Clara moved to Ghent."),
)


@pytest.fixture
def told(listening: Memory, clock: FixedClock) -> Memory:
    for month, text in SAID:
        clock.now = NOON.replace(month=month)
        listening.observe("me", "user", text)
    clock.now = NOON.replace(month=6)
    return listening


def ask(memory: Memory, question: str) -> str:
    return memory.respond("me", question, conversation_id="asked").read()


@pytest.mark.parametrize(
    ("question", "expected", "not_expected"),
    [
        ("What are my commitments?", "You will send Bob the report", "PostgreSQL"),
        ("What did I decide?", "You decided to use PostgreSQL", "report"),
        ("What did I decide in April?", "You decided to use PostgreSQL", "report"),
        ("What did I decide in March?", "I have kept no decisions", "PostgreSQL"),
        ("What did we decide about billing?", "You decided to use PostgreSQL", "report"),
        ("What do I prefer?", "You prefer trains to planes", "report"),
        ("What are my opinions?", "I have kept no opinions that you told me of.", "You"),
        ("Where did I live before Munich?", "You lived in Berlin, until 2 May 2026", "Siemens"),
        ("Where did I live before I moved to Munich?", "You lived in Berlin", "Siemens"),
        ("Where did I live before Berlin?", "", "You lived"),
        ("Where did I live before Paris?", "", "You lived"),
        ("Where did Clara live before?", "Until 2 May 2026, by what you told me", "Ghent"),
        ("Where did Clara live before?", "lives in Lyon", "Ghent"),
        ("Where did my sister Clara live before Ghent?", "lives in Lyon", "Munich"),
        ("Where did Clara live before Paris?", "", "Until"),
        ("Where did my brother live before?", "", "Until"),
        ("Where did Clara live before Lyon?", "", "Until"),
        ("Who was my previous employer?", "haven't told me your previous employer", "Siemens"),
    ],
)
def test_all_of_a_kind_and_what_held_before_are_told(
    question: str, expected: str, not_expected: str, told: Memory
) -> None:
    """What is not of the kind is not; and where nothing held before, nothing is said to have."""
    said = ask(told, question)

    assert expected in said
    assert not_expected not in said


@pytest.mark.parametrize(
    ("then", "question", "expected"),
    [
        ("We no longer use PostgreSQL 14.", "What do we use as a cache?", "Your cache is Redis"),
        ("We upgraded to PostgreSQL 16.", "Which cache do we use?", "Your cache is Redis"),
        ("We upgraded to PostgreSQL 16.", "Which database do we use?", "database is PostgreSQL 16"),
        (
            "We upgraded to PostgreSQL 16, we no longer use PostgreSQL 14.",
            "Which database do we use?",
            "database is PostgreSQL 16",
        ),
        ("We upgraded to PostgreSQL 16.", "Which database did we use before?", "was PostgreSQL 14"),
    ],
)
def test_what_is_used_for_one_thing_outlives_the_other(
    then: str, question: str, expected: str, listening: Memory, clock: FixedClock
) -> None:
    """Both were said in one sentence, and only one of them is over."""
    listening.observe("me", "user", "We use PostgreSQL 14 for the orders, with Redis as the cache.")
    clock.advance(days=1)
    listening.observe("me", "user", then)
    clock.advance(days=1)

    assert expected in ask(listening, question)
