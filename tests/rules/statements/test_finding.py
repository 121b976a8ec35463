"""What people state is found, and nothing else is."""

import time
from collections.abc import Callable
from dataclasses import replace

import pytest

from memory.records import Finding, Kind, Sentence, Statement, Why, Word
from memory.rules.statements import find_statements
from tests.rules.statements import held_out
from tests.rules.statements.examples import FOUND, NOTHING, Case, cases, lines
from tests.rules.statements.messages import MESSAGES

Stated = Callable[[str], Finding]

PRECISION, RECALL = 0.9, 0.8
"""Of sentences that no rule was written for."""


@pytest.mark.parametrize("case", list(cases(FOUND)), ids=lambda case: case.text)
def test_a_sentence_states_one_thing(case: Case, stated: Stated) -> None:
    """Its kind, whom it is about, what of them, and the value, in the words of the sentence."""
    [found] = stated(case.text).statements
    assert case.is_met_by(found), found
    assert found.text == case.text
    assert found.value in case.text or found.kind is Kind.PROCEDURE


@pytest.mark.parametrize(
    ("why", "text"), [(why, text) for why, table in NOTHING.items() for text in lines(table)]
)
def test_what_states_nothing_is_passed_over(why: Why, text: str, stated: Stated) -> None:
    """Each with a reason; no part of it is kept."""
    found = stated(text)
    assert found.statements == ()
    assert why in {passed.why for passed in found.passed_over}


@pytest.mark.parametrize(
    "case", [case for case in cases(FOUND) if "'" in case.text], ids=lambda case: case.text
)
def test_typographic_apostrophes_change_nothing(case: Case, stated: Stated) -> None:
    """Telephones type them."""
    [found] = stated(case.text.replace("'", "’")).statements
    assert case.is_met_by(replace(found, value=found.value.replace("’", "'")))


@pytest.mark.parametrize(
    ("text", "value", "old"),
    [
        ("We upgraded PostgreSQL from 14 to 16.", "PostgreSQL 16", "PostgreSQL 14"),
        ("We upgraded PostgreSQL 14 to 16.", "PostgreSQL 16", "PostgreSQL 14"),
        ("We moved Postgres from version 14 to 16.", "PostgreSQL 16", "PostgreSQL 14"),
        ("We upgraded Django from 4.2 to 5.0 last week.", "Django 5.0", "Django 4.2"),
        ("We've upgraded PostgreSQL to version 16.", "PostgreSQL 16", "PostgreSQL"),
        ("We upgraded from Python 3.11 to Python 3.12.", "Python 3.12", "Python 3.11"),
        ("We upgraded to PostgreSQL 16.", "PostgreSQL 16", "PostgreSQL"),
        ("We upgraded from MySQL to PostgreSQL.", "PostgreSQL", "MySQL"),
        ("We moved from MySQL to PostgreSQL.", "PostgreSQL", "MySQL"),
    ],
)
def test_a_new_version_takes_the_place_of_the_old_one(
    text: str, value: str, old: str, stated: Stated
) -> None:
    """With the tool's name, where only its version is said."""
    [found] = stated(text).statements
    assert (found.attribute, found.value, found.instead_of) == ("uses", value, old)


@pytest.mark.parametrize(
    ("text", "over"),
    [
        ("We upgraded to PostgreSQL 16, we no longer use PostgreSQL 14.", [False, True]),
        ("We upgraded to PostgreSQL 16 and no longer use PostgreSQL 14.", [False, True]),
        ("I no longer use Vim, I use Helix.", [True, False]),
        ("I use Helix now, we no longer use Vim.", [False, True]),
        ("We no longer use MySQL or run Jenkins.", [True, True]),
    ],
)
def test_what_one_clause_says_is_over_leaves_the_others(
    text: str, over: list[bool], stated: Stated
) -> None:
    """Unless they share their subject, and are said in one breath."""
    assert [found.ended for found in stated(text).statements] == over


@pytest.mark.parametrize(("message", "kept"), MESSAGES)
def test_of_a_long_message_the_few_sentences_that_matter_are_kept(
    message: str, kept: list[str], stated: Stated
) -> None:
    """In their order and verbatim; every other sentence is passed over with a reason."""
    found = stated(_typed(message))
    assert [statement.text for statement in found.statements] == kept
    places = [statement.sentence for statement in found.statements]
    assert places == sorted(places)
    assert {passed.sentence for passed in found.passed_over}.isdisjoint(places)


def _typed(message: str) -> str:
    """As it was typed: its lines run on, unless the first of them announces a list or code."""
    rows = [line.strip() for line in message.strip().splitlines()]
    return ("\n" if rows[0].endswith(":") else " ").join(rows)


def test_sentences_that_no_rule_was_written_for(stated: Stated) -> None:
    """Most are found, and nearly all that is found is right."""
    expected = list(cases(held_out.FOUND))
    found = [stated(case.text).statements for case in expected]
    right = [
        [s for s in statements if _is_right(case, s)]
        for case, statements in zip(expected, found, strict=True)
    ]
    false = [s for text in lines(held_out.NOTHING) for s in stated(text).statements]
    extracted = sum(map(len, found)) + len(false)
    assert sum(map(len, right)) / extracted >= PRECISION
    assert sum(map(bool, right)) / len(expected) >= RECALL


def _is_right(case: Case, statement: Statement) -> bool:
    """As the table was written: it does not tell what is exclusive."""
    return case.is_met_by(replace(statement, exclusive=False))


# -- parts of sentences -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "I live in Berlin and I hate coriander.",
            ["I live in Berlin", "I hate coriander"],
        ),
        (
            "I work for the NHS and my wife works for Tesco.",
            ["I work for the NHS", "my wife works for Tesco"],
        ),
        ("I like tea but my husband prefers coffee.", ["I like tea", "my husband prefers coffee"]),
        ("Since I live in Norway, I pay in kroner.", ["I live in Norway", "I pay in kroner"]),
        (
            "My mum has dementia and lives in a care home.",
            ["My mum has dementia and lives in a care home."] * 2,
        ),
        ("I use Postgres 15 at work, how do I upgrade it?", ["I use Postgres 15 at work"]),
        ("I'm vegetarian, can you suggest a dinner?", ["I'm vegetarian"]),
        ("I am Groot, just kidding, I'm Tom.", ["I'm Tom."]),
        ("I live in Bonn, I meant we live in Rome.", ["we live in Rome."]),
        ("I live in Bonn - joking! I use Vim.", ["I use Vim."]),
        ("I hate queues, no wait times for me.", ["I hate queues, no wait times for me."]),
        ("I live in Bonn, no wait, I live in Rome.", ["I live in Rome."]),
    ],
)
def test_statements_of_one_sentence_are_told_apart(
    text: str, parts: list[str], stated: Stated
) -> None:
    """By clauses with a subject of their own; what is asked or taken back is left out."""
    assert [statement.text for statement in stated(text).statements] == parts


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Remember that I live in Ghent.", "Ghent"),
        ("Note that we use Django 4.2.", "Django 4.2"),
        ("I told you that I use Vim.", "Vim"),
        ("By the way, I speak Wolof.", "Wolof"),
        ("User mentioned they use Kafka.", "Kafka"),
    ],
)
def test_what_introduces_a_statement_is_no_part_of_it(
    text: str, value: str, stated: Stated
) -> None:
    """“Remember that” is asked of the assistant; what follows is stated."""
    [found] = stated(text).statements
    assert found.value == value
    assert found.about == ""


# -- kinds that hold more -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "problem", "fix", "worked"),
    [
        (
            "Fixed the login bug by clearing the cache.",
            "the login bug",
            "clearing the cache",
            True,
        ),
        (
            "Debugging session: login timeout issues resolved by increasing session timeout",
            "login timeout issues",
            "increasing session timeout",
            True,
        ),
        (
            "The timeout was caused by a slow query; raising the pool size fixed it.",
            "The timeout",
            "raising the pool size",
            True,
        ),
        (
            "The build kept failing with a linker error; I fixed it by reinstalling clang.",
            "The build kept failing with a linker error",
            "reinstalling clang",
            True,
        ),
        (
            "The tests were flaky, but adding a retry fixed it.",
            "The tests were flaky",
            "adding a retry",
            True,
        ),
        ("We ate lunch; I fixed it by adding salt.", "", "adding salt", True),
        ("Switching to decaf cured my insomnia.", "my insomnia", "Switching to decaf", True),
        (
            "Turning the heating down did not help with the damp.",
            "the damp",
            "Turning the heating down",
            False,
        ),
        ("I tried ibuprofen, but it did not help.", "", "ibuprofen", False),
        ("The leak was caused by a cracked pipe.", "The leak", "", None),
    ],
)
def test_a_solution_tells_problem_fix_and_outcome(
    text: str, problem: str, fix: str, worked: bool | None, stated: Stated
) -> None:
    """What was wrong, what was done, and whether it helped; None: only the cause is known."""
    [found] = stated(text).statements
    assert (found.problem, found.fix, found.worked) == (problem, fix, worked)


def test_a_fix_is_for_the_problem_of_the_sentence_before(stated: Stated) -> None:
    """“It” is what was just told to be wrong."""
    text = "The timeout was caused by a slow query. Adding an index fixed it."
    cause, fix = stated(text).statements
    assert cause.problem == fix.problem == "The timeout"
    assert fix.fix == "Adding an index"


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        (
            "To deploy, first run the tests, then build the image and finally push it.",
            ("run the tests", "build the image", "push it"),
        ),
        (
            "To make the dough, mix flour and water, add salt and let it rest for an hour.",
            ("mix flour and water", "add salt", "let it rest for an hour"),
        ),
        ("Whenever the disk is full, delete the old logs.", ("delete the old logs",)),
        (
            "How we release:\n1. Merge the branch\n2. Tag the commit\nOur office is in Leeds.",
            ("Merge the branch", "Tag the commit"),
        ),
        (
            "Steps to clean the machine:\n- Empty the tray\n- Rinse the filter",
            ("Empty the tray", "Rinse the filter"),
        ),
        (
            "When I debug, I first reproduce it, then read the logs, then bisect.",
            ("reproduce it", "read the logs", "bisect"),
        ),
        (
            "My debugging procedure: first reproduce, then check the logs.",
            ("reproduce", "check the logs"),
        ),
        (
            "Our release process: first tag, then build, then announce.",
            ("tag", "build", "announce"),
        ),
        ("Deploy steps:\n- run tests\n- build\n- push", ("run tests", "build", "push")),
        (
            "To make pesto, blend basil with nuts, then add oil.",
            ("blend basil with nuts", "add oil"),
        ),
        (
            "Here's how I make sourdough: 1. feed the starter 2. mix 3. bake",
            ("feed the starter", "mix", "bake"),
        ),
        (
            "How we make tea: 1. Boil 2 cups. 2. Pour it over. 3. Wait.",
            ("Boil 2 cups", "Pour it over", "Wait"),
        ),
        (
            "To deploy, first run the linter, then the tests, then push",
            ("run the linter", "the tests", "push"),
        ),
        (
            "To release, run the tests; if they pass, then push the tag.",
            ("run the tests", "if they pass, then push the tag"),
        ),
    ],
)
def test_the_steps_of_a_procedure_are_in_order(
    text: str, steps: tuple[str, ...], stated: Stated
) -> None:
    """Cut where a verb begins the next one, without the words that only count them."""
    found = next(s for s in stated(text).statements if s.kind is Kind.PROCEDURE)
    assert found.steps == steps


@pytest.mark.parametrize(
    "text",
    [
        "First I went to the shop, then I came home.",
        "When I was in Rome, I first saw the Forum, then ate pizza.",
        "When I got home, I first ate, then slept.",
        "When I travel, I first like to see museums, then shops.",
        "Our release process: first we tagged, then we built.",
        "Next steps:\n- call Ann\n- send the mail",
        "To do:\n- call Ann\n- send the mail",
        "Here's how I feel: first sad, then happy.",
        "My hobbies: first chess, then running.",
        "Shopping list:\n- milk\n- bread",
        "What is your process: first test, then build?",
        "My sister first studied law, then moved to Rome.",
    ],
)
def test_what_is_told_or_planned_is_no_procedure(text: str, stated: Stated) -> None:
    """Nor is a list of things."""
    assert Kind.PROCEDURE not in {found.kind for found in stated(text).statements}


@pytest.mark.parametrize(
    ("text", "value", "instead_of"),
    [
        ("We switched from MySQL to Postgres.", "Postgres", "MySQL"),
        ("We replaced Jenkins with GitHub Actions.", "GitHub Actions", "Jenkins"),
        ("I prefer tea over coffee.", "tea", "coffee"),
        ("The deadline isn't Friday, it's Monday.", "Monday", "Friday"),
        ("My name is not Peter but Petra.", "Petra", "Peter"),
    ],
)
def test_what_a_value_takes_the_place_of_is_known(
    text: str, value: str, instead_of: str, stated: Stated
) -> None:
    """So that what was kept of it can be ended."""
    [found] = stated(text).statements
    assert (found.value, found.instead_of) == (value, instead_of)


# -- whatever comes -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "sentence",
    [
        Sentence(""),
        Sentence("I live in Berlin."),
        Sentence("x", (Word("x", "x", "VERB", "VB", "ROOT", 0, 0),)),
        Sentence("I", (Word("I", "I", "PRON", "PRP", "nsubj", 5, 0),)),
        Sentence(
            "a b", (Word("a", "a", "X", "XX", "dep", 1, 0), Word("b", "b", "X", "XX", "", 0, 2))
        ),
    ],
)
def test_without_a_grammar_nothing_is_stated(sentence: Sentence) -> None:
    """Unparsed, a single word, or a tree that is none: passed over, never an error."""
    found = find_statements([sentence])
    assert found.statements == ()
    assert [passed.sentence for passed in found.passed_over] == [0]


def test_every_start_of_a_sentence_is_read_without_error(stated: Stated) -> None:
    """People send half-finished sentences; the parser makes odd trees of them. Each is a statement in
    its own words or is passed over."""
    for text in [case.text for case in cases(FOUND)][::4]:
        words = text.split()
        for end in range(1, len(words)):
            start = " ".join(words[:end])
            found = stated(start)
            assert found.statements or found.passed_over, start
            assert all(statement.text in start for statement in found.statements), start


@pytest.mark.parametrize("piece", ["I live in Berlin and ", "word ", "fixed by ", ", then ", "if "])
def test_a_long_sentence_takes_no_long_time(piece: str) -> None:
    """Its words hang on one another in a chain, the worst a parser can do."""
    text = piece * (32_000 // len(piece))
    words = tuple(
        Word(token, token.lower(), "VERB", "VBP", "conj", max(0, place - 1), 0)
        for place, token in enumerate(text.split())
    )
    started = time.thread_time()
    find_statements([Sentence(text, words)])
    assert time.thread_time() - started < 1
