"""How texts are shown: nothing in them acts, and what is seen cannot lie."""

from pathlib import Path
from threading import Event

import pytest

from memory import DiskFull
from pages.parts.shared import WORD_JOINER, count_of, literal, plain, sweep_until

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


class Hours(Event):
    """So many go by at once."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.left = number

    def wait(self, timeout: float | None = None) -> bool:
        self.left -= 1
        return self.left < 0


def test_what_is_due_goes_while_nobody_looks(tmp_path: Path) -> None:
    """Every hour, also after one in which the disk was full."""
    swept: list[int] = []

    def expire() -> None:
        swept.append(len(swept))
        if len(swept) == 2:
            raise DiskFull(tmp_path)

    sweep_until(Hours(4), expire)

    assert swept == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("number", "noun", "said"),
    [
        (1, "memory", "1 memory"),
        (2, "memory", "2 memories"),
        (2, "day", "2 days"),
        (0, "use", "0 uses"),
    ],
)
def test_what_is_counted_has_its_plural(number: int, noun: str, said: str) -> None:
    """Memories, but days."""
    assert count_of(number, noun) == said
