"""Lists: one statement a line, however they are marked."""

from datetime import date

import pytest

from memory.adapters.chats import plain
from memory.adapters.chats.recognise import ChatFiles
from memory.errors import ImportRejected
from memory.records import ChatFormat


def read(text: str) -> list[str]:
    return [line.text for line in plain.lines(text.encode())]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("I like tea.\n\nI live in Oslo.\r\n", ["I like tea.", "I live in Oslo."]),
        (
            "- I like tea.\n* I live in Oslo.\n+ I run.",
            ["I like tea.", "I live in Oslo.", "I run."],
        ),
        ("1. I like tea.\n2) I live in Oslo.", ["I like tea.", "I live in Oslo."]),
        ("- [ ] I like tea.\n- [x] I run.", ["I like tea.", "I run."]),
        ("• **I** like `tea`.", ["I like tea."]),
        ("> I like tea.", ["I like tea."]),
        ("- I like tea\n  with milk.\n- I run.", ["I like tea with milk.", "I run."]),
        ("# About me\n\n- I like green tea.", ["I like green tea."]),
        ("## Food\n- No peanuts\n- Tea", ["Food: No peanuts", "Food: Tea"]),
        ("- Work:\n  - nurse\n  - in Leeds\n- I run.", ["Work: nurse", "Work: in Leeds", "I run."]),
        ("---\n***\n- \n| | |", []),
        ("﻿I like tea.", ["I like tea."]),
    ],
)
def test_each_line_or_bullet_is_one_statement(text: str, lines: list[str]) -> None:
    """A short one is told with its heading, or with the bullet it stands beneath."""
    assert read(text) == lines


@pytest.mark.parametrize(
    ("line", "text", "day"),
    [
        ("2024-03-01: I moved to Oslo.", "I moved to Oslo.", date(2024, 3, 1)),
        ("- [2024-03-01] I moved.", "I moved.", date(2024, 3, 1)),
        ("- [2024-03-01] - I moved.", "I moved.", date(2024, 3, 1)),
        ("(2024/03/01) I moved.", "I moved.", date(2024, 3, 1)),
        ("2024-03-01 10:30 – I moved.", "I moved.", date(2024, 3, 1)),
        ("[unknown] - I moved.", "I moved.", None),
        ("[2024-02-31] I moved.", "[2024-02-31] I moved.", None),
        ("[0101-01-02] I moved.", "[0101-01-02] I moved.", None),
        ("9999-12-31: I moved.", "9999-12-31: I moved.", None),
        ("2024-03-01 was a good day.", "2024-03-01 was a good day.", None),
        ("I moved on 2024-03-01.", "I moved on 2024-03-01.", None),
    ],
)
def test_a_date_before_a_line_is_when_it_was_said(line: str, text: str, day: date | None) -> None:
    """At noon of that day, where the person is; a date within a sentence is part of it."""
    (found,) = plain.lines(line.encode())

    assert found.text == text
    assert (found.said_at and found.said_at.astimezone().date()) == day


def test_a_text_in_utf_16_is_read() -> None:
    """As some editors save it."""
    assert [line.text for line in plain.lines("I like tea.".encode("utf-16"))] == ["I like tea."]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"\xff\x00\x81\x99", "no text in UTF-8"),
        (b"I like\0tea", "is no text"),
        (b"a" * (plain.MAX_BYTES + 1), "may have 10 MB"),
        (b"I run.\n" * (plain.MAX_LINES + 1), "may have 20,000 lines"),
        (b"  \n---\n", "nothing in the file"),
        (b"", "nothing in the file"),
    ],
)
def test_what_is_no_list_is_refused_in_one_sentence(data: bytes, told: str) -> None:
    """With what to choose instead."""
    with pytest.raises(ImportRejected, match=told):
        ChatFiles().read(data)


def test_a_list_that_begins_with_a_bracket_is_a_list() -> None:
    """It is told from JSON by what stands in the bracket."""
    file = ChatFiles().read(b"[2024-03-01] I moved to Oslo.")

    assert file.format is ChatFormat.LIST
    assert [line.text for line in file.lines] == ["I moved to Oslo."]


@pytest.mark.parametrize(
    "text",
    [
        "# " + "#" * 1_000_000 + "x",
        "# x" + " :" * 500_000 + "x",
        "- I like tea\n" + " a\n" * 1_000_000,
    ],
)
def test_a_long_list_takes_no_longer_than_its_length(text: str) -> None:
    """Each would take hours if its time grew with the square of it."""
    assert len(ChatFiles().read(f"I live in Oslo.\n{text}\nI like tea.".encode()).lines) >= 2


def test_a_heading_is_told_without_its_closing_marks() -> None:
    assert read("## Tools: ##\n- Python") == ["Tools: Python"]
