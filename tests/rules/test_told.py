"""A field set by hand, as a sentence that gives back what it was made of."""

import pytest

from memory.rules.told import LONGEST_FIELD, fact, field_name, sentence, statement


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Location", "location"),
        ("  favourite   colour ", "favourite colour"),
        ("favorite_color", "favourite colour"),
        ("Job title", "role"),
        ("", ""),
        ("?", ""),
        ("what is this", ""),
        ("two\nlines", "two lines"),
        ("x" * (LONGEST_FIELD + 1), ""),
    ],
)
def test_a_field_has_one_name(words: str, name: str) -> None:
    """In any case and spelling; what would not read as a name is none."""
    assert field_name(words) == name


@pytest.mark.parametrize(
    ("field", "value", "text"),
    [
        ("location", "Munich", "My location is Munich."),
        ("pets", "a cat and a dog", "My pets are a cat and a dog."),
        ("status", "single.", "My status is single."),
        ("motto", "all is well that ends well", "My motto is all is well that ends well."),
        ("address", "[ADDRESS_1]", "My address is [ADDRESS_1]."),
        ("favourite team", "St. Pauli & friends", "My favourite team is St. Pauli & friends."),
    ],
)
def test_what_a_field_is_set_to_is_read_back(field: str, value: str, text: str) -> None:
    """Also when something in it was masked."""
    assert sentence(field, value) == text
    stated = statement(text)

    assert stated is not None
    assert (stated.attribute, stated.value) == (field, value.rstrip("."))
    assert stated.exclusive
    assert stated.confidence == 1


@pytest.mark.parametrize("text", ["I live in Munich.", "My is nothing.", "My dog", ""])
def test_other_sentences_are_none(text: str) -> None:
    """They are read by their grammar."""
    assert statement(text) is None


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ("Postgres", "PostgreSQL"),
        ("postgres 16", "PostgreSQL 16"),
        ("our own FooDB", "our own FooDB"),
    ],
)
def test_a_tool_goes_by_its_one_name(value: str, kept: str) -> None:
    """And may stand beside others of its sort."""
    stated = statement(sentence("database", value))

    assert stated is not None
    assert not stated.exclusive
    assert fact(stated).value == kept
