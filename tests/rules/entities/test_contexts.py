"""The sentence around a mention, in one line."""

import pytest

from memory.rules.entities.contexts import LONGEST, context, says, telling

LONG = "word " * 100


@pytest.mark.parametrize(
    ("text", "names", "sentence"),
    [
        ("I met Bob.", ["Bob"], "I met Bob."),
        ("It rained. I met Bob! Then we ate.", ["Bob"], "I met Bob!"),
        ("It rained.\nI met BOB\nThen we ate.", ["Bob"], "I met BOB"),
        ("The bobsleigh is old. Bob is not.", ["Bob"], "Bob is not."),
        ("We like MySQL. We use Postgres.", ["PostgreSQL", "postgres"], "We use Postgres."),
        ("Version 3.2 of Bob's tool. And more.", ["Bob"], "Version 3.2 of Bob's tool."),
        ("He came. Then he left.", ["Bob"], "He came."),
        ("One\n\n  two   Bob", ["Bob"], "two Bob"),
        ("İİİİ. I met Bob.", ["Bob"], "I met Bob."),
        ("", ["Bob"], ""),
    ],
)
def test_the_first_sentence_that_says_a_name(text: str, names: list[str], sentence: str) -> None:
    """As words of their own, in any case; the start of the text where none does."""
    assert context(text, names) == sentence


@pytest.mark.parametrize(
    "text", [f"Bob {LONG}", f"{LONG}Bob {LONG}", f"{LONG}Bob", "x" * 1000, f"{'x' * 1000} Bob"]
)
def test_a_long_sentence_is_cut_around_the_name(text: str) -> None:
    """At words where there are any, with marks where something is left out."""
    line = context(text, ["Bob"])

    assert len(line) <= LONGEST
    assert "…" in line
    assert ("Bob" in line) == ("Bob" in text)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Ana came. Bob fixed it. Bob fixed the bug. Then tea.", "Bob fixed the bug. "),
        ("Bob left. The bug is old.", "Bob left. "),
        ("Nothing of it.", "Nothing of it."),
        ("", ""),
    ],
)
def test_the_sentence_that_tells_a_relation(text: str, sentence: str) -> None:
    """It has more of its words than the others."""
    assert telling(text, ("Bob", "fixed", "bug")) == sentence


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        ("I use JS.", "JavaScript", True),
        ("I like json and D3js", "JavaScript", False),
        ("Bugs are bad", "bug", False),
        ("The bugs are bad", "bug", True),
        ("I know Maya", "Maya Chen", False),
    ],
)
def test_a_name_is_said_by_any_spelling(text: str, name: str, said: bool) -> None:
    """A technology goes by several, as words of their own."""
    assert says(text, name) is said
