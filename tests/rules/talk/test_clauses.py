"""What can follow “I'll remember that”, and what is only quoted."""

import time

import pytest

from memory.rules.talk.clauses import is_clause, is_instruction, without_secret


@pytest.mark.parametrize(
    ("sentence", "instruction"),
    [
        ("Call me Max.", True),
        ("Always use tabs", True),
        ("Please answer in British English", True),
        ("I always use tabs", False),
        ("Redis is our cache", False),
    ],
)
def test_instructions_are_told_apart_from_statements(sentence: str, instruction: bool) -> None:
    """They cannot follow “I'll remember that”."""
    assert is_instruction(sentence) is instruction


@pytest.mark.parametrize(
    "sentence",
    [
        "I use Vim.",
        "Hi, I work on a Django app.",
        "im tired",
        "My daughter Anya plays chess.",
        "our plan is ready",
        "The deploy broke.",
        "Redis is our cache.",
        "Sofia handles packaging and Marek does deliveries.",
        "Release 4.2 ships on 30 November.",
        "Build fails on CI since Monday",
        "On Fridays I work from home.",
        "When I code I listen to jazz",
        "There's a leak in the roof.",
        "It rains.",
    ],
)
def test_a_subject_with_its_verb_is_a_clause(sentence: str) -> None:
    """Whatever comes before it."""
    assert is_clause(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "mail me at noon, my door is open",
        "Call Bob's dentist",
        "Review notes by Friday",
        "Call me Max.",
        "Hand out the cards",
        "Milk, eggs, bread.",
        "API key: none",
        "My address: 12 High Street",
        "Great weather",
    ],
)
def test_an_order_or_a_fragment_is_no_clause(sentence: str) -> None:
    """“I'll remember that mail you at noon” would be nonsense."""
    assert not is_clause(sentence)


@pytest.mark.parametrize(
    ("sentence", "kept"),
    [
        ("I use Vim, and my cat is ill", ["I use Vim, and my cat is ill"]),
        ("mail me at noon, my key is [SECRET]", ["mail me at noon"]),
        ("My key is [SECRET] and my database is Redis", ["my database is Redis"]),
        ("The key for staging and production is [SECRET]", []),
        ("For staging, my key is [SECRET]", []),
    ],
)
def test_what_makes_sense_without_a_secret_is_kept(sentence: str, kept: list[str]) -> None:
    """And nothing of the clause that held it."""
    assert list(without_secret(sentence)) == kept


@pytest.mark.parametrize(
    "hostile",
    ["my " * 10_000, "a-" * 10_000, "on " * 10_000, "is " * 10_000, "I " * 10_000, "x's " * 9_000],
    ids=lambda text: text[:4],
)
def test_long_strange_sentences_take_no_time(hostile: str) -> None:
    """No pattern goes back over the text again and again."""
    started = time.perf_counter()

    is_clause(hostile)

    assert time.perf_counter() - started < 1
