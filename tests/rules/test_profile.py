"""What a message states about its speaker, and what it only seems to."""

import pytest

from memory.records import Kind, ProfileFact, Statement
from memory.rules.profile import LONGEST_VALUE, find_profile, of_statements


def stated(text: str, *names: str) -> list[tuple[str, str]]:
    return [(fact.field, fact.value) for fact in find_profile([text], names)]


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("Hi, I am Maya.", ["Maya"], [("name", "Maya")]),
        ("my name is maya", ["maya"], [("name", "Maya")]),
        ("Please call me Bex", ["Bex"], [("name", "Bex")]),
        ("I'm Noor Haddad, a nurse", ["Noor Haddad"], [("name", "Noor Haddad"), ("role", "nurse")]),
        ("I'm tired", [], []),
        ("I'm Ready", [], []),
        ("I'm meeting Noor", ["Noor"], []),
        ("My name is not important", [], []),
        ('She said "I\'m Maya"', ["Maya"], []),
        ("I'm Sam's brother", ["Sam"], []),
        ("I’m Sam’s brother", ["Sam"], []),
        ("My name isn't Peter, it's Petra", ["Peter", "Petra"], [("name", "Petra")]),
        ("My name is not Peter", ["Peter"], []),
    ],
)
def test_a_name_is_taken_from_an_introduction(
    text: str, names: list[str], expected: list[tuple[str, str]]
) -> None:
    """Only a person found in the text can be the speaker's name."""
    assert stated(text, *names) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I live in Berlin", [("location", "Berlin")]),
        ("I'm based in Porto, Portugal.", [("location", "Porto, Portugal")]),
        ("I moved to New York City last year", [("location", "New York City")]),
        ("I moved into 14 Orchard Lane", []),
        ("I work at Siemens", [("employer", "Siemens")]),
        ("I work for Bank of America", [("employer", "Bank of America")]),
        ("I work at St. Mary's Hospital", [("employer", "St. Mary's Hospital")]),
        ("I work for myself at a bank", []),
        ("I work as a nurse", [("role", "nurse")]),
        ("I'm a senior data scientist", [("role", "senior data scientist")]),
        ("I'm the CTO of a startup", [("role", "CTO")]),
        ("I'm a fan of long walks", []),
        ("My friend works at Google and lives in Rome", []),
    ],
)
def test_place_employer_and_role_are_stated_plainly(
    text: str, expected: list[tuple[str, str]]
) -> None:
    """Proper names behind living and working, and the nouns of callings."""
    assert stated(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "I work on a Django app with PostgreSQL 14",
            [("framework", "Django"), ("database", "PostgreSQL 14")],
        ),
        ("we use Redis", [("database", "Redis")]),
        ("I'm using Vim", [("editor", "Vim")]),
        ("I switched to Zed from VS Code", [("editor", "Zed")]),
        ("We upgraded from PostgreSQL 14 to PostgreSQL 16", [("database", "PostgreSQL 16")]),
        ("We upgraded PostgreSQL from 14 to 16", [("database", "PostgreSQL 16")]),
        ("we've switched from Python 3.11 to Python 3.12", [("language", "Python 3.12")]),
        (
            "We upgraded to PostgreSQL 16 and no longer use PostgreSQL 14",
            [("database", "PostgreSQL 16")],
        ),
        (
            "We use PostgreSQL 14 for the orders, with Redis as the cache",
            [("database", "PostgreSQL 14"), ("cache", "Redis")],
        ),
        ("we use Redis as a fast cache", [("cache", "Redis")]),
        ("we use Postgres and Redis for caching", [("database", "PostgreSQL"), ("cache", "Redis")]),
        ("we use Redis as our message broker", [("message queue", "Redis")]),
        ("we use Redis for the orders", [("database", "Redis")]),
        ("we use MongoDB as the database", [("database", "MongoDB")]),
        ("we use Redis as a primary store", [("database", "Redis")]),
        ("we use Postgres for orders and a cache", [("database", "PostgreSQL")]),
        ("our stack is FastAPI and AWS", [("framework", "FastAPI"), ("cloud", "AWS")]),
        ("My laptop runs Fedora 40", [("operating system", "Fedora 40")]),
        ("Our backend is written in Go", [("language", "Go")]),
        ("We don't use AWS, we use Hetzner", [("cloud", "Hetzner")]),
        ("I no longer use Vim but I use Emacs", [("editor", "Emacs")]),
        (
            "I'm a Python developer",
            [("role", "Python developer"), ("language", "Python")],
        ),
    ],
)
def test_tools_come_from_statements_of_use(text: str, expected: list[tuple[str, str]]) -> None:
    """The field is the technology's category; what is left behind is not used."""
    assert stated(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Do we use Redis?",
        "if I used Redis it would be fast",
        "I'd like to use Redis",
        "maybe we use Kafka one day",
        "I don't use MySQL any more",
        "We haven't upgraded PostgreSQL to 16",
        "We upgraded Hetzner to 16 cores",
        "I used to use Vim",
        "I prefer Redis over Memcached",
        "my sister uses a Mac and Excel",
        "he works in Python",
        "Use Redis for caching",
        "What database do I use",
    ],
)
def test_questions_wishes_negations_and_others_state_nothing(text: str) -> None:
    """What is asked, supposed, denied, preferred or somebody else's is no use by the speaker."""
    assert stated(text) == []


def test_each_field_and_value_comes_once() -> None:
    """Several values for a tool are kept; a repetition is not."""
    facts = find_profile(["We use Redis.", "We use Redis and Postgres."])
    assert [(fact.field, fact.value) for fact in facts] == [
        ("database", "Redis"),
        ("database", "PostgreSQL"),
    ]
    assert all(0 < fact.confidence <= 1 for fact in facts)


# -- of statements --------------------------------------------------------------------------

BERLIN = ProfileFact("location", "Berlin", 0.9)
ACME = ProfileFact("employer", "Acme", 0.9)
NAME = ProfileFact("name", "Maya", 0.9)
REDIS = ProfileFact("database", "Redis", 0.85)


def statement(text: str, attribute: str, value: str, **more: object) -> Statement:
    return Statement(text, 0, Kind.FACT, attribute=attribute, value=value, **more)


def given(*statements: Statement, stated: tuple[ProfileFact, ...] = ()) -> list[list[str]]:
    return [
        [f"{fact.field}={fact.value}" for fact in facts]
        for facts in of_statements(statements, stated)
    ]


def test_a_field_is_given_by_the_statement_that_is_about_it() -> None:
    """Of a sentence that states two things, each gives its own."""
    both = "I live in Berlin and I work at Acme."
    found = given(
        statement(both, "employer", "Acme"),
        statement(both, "location", "Berlin"),
        stated=(BERLIN, ACME),
    )
    assert found == [["employer=Acme"], ["location=Berlin"]]


def test_a_field_is_given_where_it_is_stated() -> None:
    """Not where the same word happens to stand."""
    found = given(
        statement("I was born in Berlin.", "birthplace", "Berlin"),
        statement("I live in Berlin.", "location", "Berlin"),
        statement("We use Redis.", "uses", "Redis"),
        statement("My name is Maya.", "name", "Maya"),
        stated=(BERLIN, REDIS, NAME),
    )
    assert found == [[], ["location=Berlin"], ["database=Redis"], ["name=Maya"]]


def test_what_no_statement_states_is_given_by_none() -> None:
    """It is the turn's."""
    assert given(statement("I like tea.", "likes", "tea"), stated=(BERLIN,)) == [[]]


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        ({}, ["diet=vegan"]),
        ({"exclusive": False}, []),
        ({"about": "Maya"}, []),
        ({"negated": True}, []),
        ({"ended": True}, []),
        ({"value": "x" * (LONGEST_VALUE + 1)}, []),
        ({"value": ""}, []),
        ({"value": "[EMAIL_1]"}, []),
        ({"attribute": ""}, []),
        ({"kind": Kind.OPINION}, []),
    ],
)
def test_of_what_has_one_value_a_statement_gives_its_own(
    own: dict[str, object], expected: list[str]
) -> None:
    """About the speaker, as it is now, and short enough to be a value."""
    fields: dict[str, object] = {"attribute": "diet", "value": "vegan", "exclusive": True}
    made = Statement(**{"text": "I am vegan.", "sentence": 0, "kind": Kind.FACT, **fields, **own})
    assert given(made) == [expected]


def test_its_own_value_is_as_sure_as_the_grammar() -> None:
    """And is not given beside the same field."""
    sure = statement("I live in Berlin.", "location", "Berlin", exclusive=True, confidence=0.7)

    assert of_statements([sure], [BERLIN]) == ((BERLIN,),)
    assert of_statements([sure], []) == ((ProfileFact("location", "Berlin", 0.7),),)
    assert of_statements([], [BERLIN]) == ()
