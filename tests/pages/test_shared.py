"""How texts are shown: nothing in them acts, and what is seen cannot lie."""

import pytest

from pages.parts.shared import WORD_JOINER, count_of, literal, plain, size_of

ADDRESSES = (
    "https://evil.example/x",
    "HTTP://evil.example",
    "www.evil.example",
    "mailto:a@b.c",
    "maya@evil.example",
)


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_is_text_and_no_link(address: str) -> None:
    """Markdown would make a link of it where it stands whole."""
    assert address not in plain(f"See {address} for more")
    assert plain(f"See {address}").replace(WORD_JOINER, "") == f"See {address}"
    assert WORD_JOINER in literal(address)


@pytest.mark.parametrize(
    "code", ["`curl https://x.example`", "```\ncurl https://x.example\n```", "```\nhttps://x"]
)
def test_code_can_be_copied_as_it_was_written(code: str) -> None:
    """Also while it is still coming: code is never a link."""
    assert plain(f"Run {code}") == f"Run {code}"


@pytest.mark.parametrize(
    "text",
    ["![x](https://a.b/c.png)", "[x](javascript:alert(1))", "$x^2$", "a \u202e b", *ADDRESSES],
)
def test_what_was_made_inert_stays_as_it_is(text: str) -> None:
    """Drawn again, it is not changed again."""
    assert plain(plain(text)) == plain(text)


def test_marks_that_turn_the_direction_are_shown_by_name() -> None:
    assert plain("pay \u202e001 to Bob") == "pay [U+202E]001 to Bob"
    assert "202E" in literal("pay \u202e001")


@pytest.mark.parametrize(
    ("number", "noun", "words"),
    [
        (1, "day", "1 day"),
        (30, "day", "30 days"),
        (2, "memory", "2 memories"),
        (0, "row", "0 rows"),
    ],
)
def test_a_number_takes_its_plural(number: int, noun: str, words: str) -> None:
    assert count_of(number, noun) == words


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "1 byte"), (900, "900 bytes"), (2048, "2 KB"), (3 * 2**20, "3.0 MB")],
)
def test_bytes_are_told_in_a_unit_that_can_be_read(number: int, words: str) -> None:
    assert size_of(number) == words
