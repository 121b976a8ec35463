"""Remembered text is shown as it was written, and does nothing."""

import time

import pytest

from memory.rules.talk.markdown import block_quote, inert


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("![x](http://a.example/p.png)", r"\!\[x\](`http://a.example/p.png)`"),
        ("see [this](b) and <b>that</b>", r"see \[this\](b) and \<b>that\</b>"),
        ("it costs $5 or $6", r"it costs \$5 or \$6"),
        ("# head", r"\# head"),
        ("- item", r"\- item"),
        ("12. item", r"12\. item"),
        ("> quote", r"\> quote"),
        ("one\n===", "one\n\\==="),
        ("*bold* and snake_case", r"\*bold\* and snake\_case"),
        ("run `rm`", r"run \`rm\`"),
        ("mail me@x.example or www.x.example", "mail `me@x.example` or `www.x.example`"),
        (":material/home: :red[x]", r"`:material/home:` \:red\[x\]"),
        ("&amp; stays, Tom & Jerry too", r"\&amp; stays, Tom & Jerry too"),
        ("At 10:30, C++ isn't C#!", "At 10:30, C++ isn't C#!"),
    ],
)
def test_remembered_text_renders_as_text(text: str, markdown: str) -> None:
    """No image, link, maths, heading, list, HTML or icon comes out of what was remembered."""
    assert inert(text) == markdown


def test_every_line_of_a_quotation_is_inside_it() -> None:
    """Lines, blank ones too, cannot leave the quotation and become a heading outside."""
    quoted = block_quote("one\n\n# two", "you, today")

    assert quoted.splitlines() == ["> “one  ", ">", "> \\# two” — you, today"]


@pytest.mark.parametrize(
    "hostile", ["`" * 20_000, ":a" * 10_000, "a@" * 10_000, "[" * 20_000], ids=lambda text: text[:4]
)
def test_long_strange_texts_take_no_time(hostile: str) -> None:
    """No pattern goes back over the text again and again."""
    started = time.perf_counter()

    inert(hostile)

    assert time.perf_counter() - started < 1
