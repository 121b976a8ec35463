"""What is said in one's own name, for patterns that know no grammar: those of the profile."""

import pytest

from memory.adapters.language import SpacyLanguage
from memory.records import Sentence
from memory.rules.statements import own_words
from tests.rules.statements.examples import NOTHING, lines

ANOTHERS = """
    My brother said: I live in Vienna.
    My brother said that he lives in Oslo and I live in Bonn.
    She asked whether I live in Lyon.
    According to Bob, I work at Netflix.
    You told me that I live in Berlin.
    You think that I work at Siemens.
    I hope I live in Rome one day.
    People think I live in Geneva.
    My boss believes that we use Oracle.
    In my novel, I live in Atlantis.
    > I live in Warsaw
    [2026-06-17] I live in Madrid.
    Suppose I work at NASA.
    If I lived in Tokyo I would work at Sony.
    Please write a letter that says I live in Rome.
    Nobody on my team uses Windows.
    No one in our company uses Windows.
"""


def profile(language: SpacyLanguage, text: str) -> list[tuple[str, str]]:
    return [(fact.field, fact.value) for fact in language.read(text).profile]


@pytest.mark.parametrize(
    "text", [*lines(ANOTHERS), *(text for table in NOTHING.values() for text in lines(table))]
)
def test_what_is_not_stated_gives_no_field(text: str, language: SpacyLanguage) -> None:
    """Quoted, reported, supposed, asked, denied, or of nobody: it says nothing of the speaker."""
    assert profile(language, text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I told you that I use Vim.", ("editor", "Vim")),
        ("Remember that I live in Ghent.", ("location", "Ghent")),
        ("I said I work at Siemens.", ("employer", "Siemens")),
        ("You know that I work at Siemens.", ("employer", "Siemens")),
        ("You can call me Sam.", ("name", "Sam")),
        ("As you know, I work at Siemens.", ("employer", "Siemens")),
        ("I work at Bosch, but my boss thinks I work at Siemens.", ("employer", "Bosch")),
        ("Jan thinks I work at Netflix but I work at SAP.", ("employer", "SAP")),
        ("I work at Siemens and would like to learn Go.", ("employer", "Siemens")),
        ("I work as a nurse and I might move to Lisbon.", ("role", "nurse")),
        ("We use Django, can you help me with migrations?", ("framework", "Django")),
        ("I'm Anna, how are you?", ("name", "Anna")),
        ("Help me with our server, we use Django.", ("framework", "Django")),
        ("I am Groot, just kidding, I'm Tom.", ("name", "Tom")),
        ("Hi, I'm Maya and I'd love some help.", ("name", "Maya")),
    ],
)
def test_what_is_said_beside_it_is_ones_own(
    text: str, expected: tuple[str, str], language: SpacyLanguage
) -> None:
    """Clause by clause: another's view does not take away what the speaker says themselves."""
    assert profile(language, text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "I live in Berlin.",
        "Ich heiße Maya und wohne in Berlin.",
        "Thanks, I'm Maya!",
        "I'm a nurse",
    ],
)
def test_what_one_says_oneself_is_left_as_it_is(text: str, language: SpacyLanguage) -> None:
    """So are other languages, and what has no grammar."""
    [parsed] = language.read(text).parsed
    assert own_words(parsed) == text
    assert own_words(Sentence(text)) == text
