"""Whether a line says nothing that another does not say."""

import pytest

from memory.rules.repeats import of_fields, repeats, telling


@pytest.mark.parametrize(
    ("line", "other", "repeated"),
    [
        ("I live in Berlin", "I live in Berlin.", True),
        ("I live in Berlin", "Since May I live in Berlin with Ann", True),
        ("I live in Berlin with Ann", "I live in Berlin", False),
        ("I like tea", "I don't like tea", True),  # what it adds is a denial, so it goes in
        ("I don't like tea", "I like tea", False),
        ("I lived in Berlin", "I live in Berlin", True),
        ("I work in Berlin", "I live in Berlin", False),
        ("It costs 5 euros", "It costs 50 euros", False),
        ("", "anything", False),
    ],
)
def test_a_line_repeats_another_that_holds_all_it_tells(
    line: str, other: str, repeated: bool
) -> None:
    """Whatever denies, counts or names tells something."""
    assert repeats(telling(line), [telling(other)]) is repeated


def test_a_field_of_the_profile_tells_its_sentence() -> None:
    """With the verb that puts its value into a sentence."""
    assert repeats(telling("I live in Berlin"), [of_fields("Berlin")])
    assert repeats(telling("I use Vim and Redis at work"), [of_fields("Vim", "Redis")])
    assert not repeats(telling("I hate Vim"), [of_fields("Vim")])
