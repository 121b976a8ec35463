"""What a question looks for beside its words: whom, when, what is named."""

from datetime import date

import pytest

from memory.records import TimeSpan
from memory.rules.scoring import Question

SPEAKERS = ("Ann", "Bo Li", "C++")


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("What did Ann buy?", "Ann"),
        ("what did ann's brother buy?", "Ann"),
        ("What did Bo Li buy?", "Bo Li"),
        ("What did Bo buy?", None),
        ("Is C++ still here?", "C++"),
        # of several, nobody: what they say to each other is asked for, too
        ("What did Ann tell Bo Li?", None),
        # a name within a word is none
        ("What about the annual fair?", None),
        ("Who bought Danny's car?", None),
        ("Who was there?", None),
        ("", None),
    ],
)
def test_one_speaker_is_asked_for_or_nobody(text: str, speaker: str | None) -> None:
    """Whole names in any case, whatever characters they are made of."""
    assert Question.read(text, speakers=SPEAKERS).speaker == speaker


def test_nobody_is_asked_for_where_nobody_was_told_apart() -> None:
    """A chat of one person has no speakers."""
    assert Question.read("What did Ann buy?") == Question()


def test_speakers_are_not_among_the_names() -> None:
    """They count as who speaks."""
    asked = Question.read("Ann on PostgreSQL", speakers=["Ann"], names=["ann", "postgresql"])

    assert (asked.speaker, asked.names) == ("Ann", {"postgresql"})


def test_the_days_are_those_that_were_read() -> None:
    """The rules of scoring read no calendar."""
    week = TimeSpan("last week", 11, 20, date(2026, 2, 23), date(2026, 3, 1))

    assert Question.read("What about last week?", days=[week]).days == (week,)


@pytest.mark.parametrize(
    ("text", "asks"), [("When did we move?", True), ("Why did we move?", False)]
)
def test_a_question_for_a_time_is_known(text: str, asks: bool) -> None:
    """What tells a time answers it."""
    assert Question.read(text).asks_for_time is asks
