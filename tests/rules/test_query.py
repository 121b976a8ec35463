"""Which words of a question are looked for."""

import pytest

from memory.rules.query import MAX_WORDS, STOP_WORDS, attributed, search_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Which database do I use?", ("database", "use")),
        ("Tell me about the Django app", ("django", "app")),
        ("Tea, tea and TEA!", ("tea",)),
        ("I don't eat fish", ("eat", "fish")),
        ("I don’t eat fish", ("eat", "fish")),
        ("C++ or C#?", ("c++", "c#")),
        ("node.js 14.2", ("node.js", "14.2")),
        ("50% off", ("50", "off")),
        ("Zoë's café", ("zoë's", "café")),
        ("人工智能", ("人工智能",)),
        # all words when none of them tells anything
        ("What is it?", ("what", "is", "it")),
        ("who are you", ("who", "are", "you")),
        # the index's own syntax is nothing but words here
        ("NEAR(tea, 2) AND NOT coffee*", ("near", "tea", "2", "not", "coffee")),
        ('"unclosed', ("unclosed",)),
        ("*", ()),
        # a line is no word of the index, whatever stands in it
        ("_ __init__ __", ("__init__",)),
        ("?!", ()),
        ("", ()),
    ],
)
def test_telling_words_are_looked_for(text: str, words: tuple[str, ...]) -> None:
    """Each once, in lower case, in their order, without stop words."""
    assert search_words(text) == words


def test_speakers_names_are_left_out() -> None:
    """They stand in every other turn; so does their possessive."""
    assert search_words("What did Caroline buy?", ["Caroline"]) == ("buy",)
    assert search_words("Caroline's dog", ["Caroline", "Mel Smith"]) == ("dog",)
    assert search_words("smith mel carolines", ["Mel Smith"]) == ("carolines",)
    assert search_words("Who is Caroline?", ["Caroline"]) == ("who", "is", "caroline")


def test_no_more_than_64_words_are_looked_for() -> None:
    """The first ones of a pasted page."""
    words = search_words(" ".join(f"word{number}" for number in range(1000)))

    assert words == tuple(f"word{number}" for number in range(MAX_WORDS))
    assert MAX_WORDS == 64


def test_stop_words_are_as_they_are_compared() -> None:
    """In lower case, with the straight apostrophe."""
    assert all(word == word.lower() and "’" not in word for word in STOP_WORDS)


@pytest.mark.parametrize(
    ("speaker", "text"), [(None, "I like tea"), ("", "I like tea"), ("Bob", "Bob: I like tea")]
)
def test_who_speaks_is_part_of_what_is_embedded(speaker: str | None, text: str) -> None:
    """Only where a chat names its speakers."""
    assert attributed("I like tea", speaker) == text
