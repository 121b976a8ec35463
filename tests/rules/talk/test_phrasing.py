"""First person to second, as a sentence or a clause."""

import time

import pytest

from memory.rules.talk.phrasing import (
    as_clause,
    as_sentence,
    listed,
    to_second_person,
    with_article,
)


@pytest.mark.parametrize(
    ("said", "turned"),
    [
        (
            "I prefer concise examples, and my cat is ill",
            "You prefer concise examples, and your cat is ill",
        ),
        ("I'm Maya and I’ve moved", "You're Maya and you've moved"),
        ("i use vim", "You use vim"),
        ("im tired and ive had enough", "You're tired and you've had enough"),
        ("Let me know. I'll wait, but I'd go.", "Let you know. You'll wait, but you'd go."),
        ("I was born in Lyon and was raised there", "You were born in Lyon and were raised there"),
        ("My cat escaped and was found", "Your cat escaped and was found"),
        ("I usually am tired", "You usually are tired"),
        ("I wasn't there", "You weren't there"),
        ("My wife and I are vegetarians", "You and your wife are vegetarians"),
        ("We use Redis, our team loves it", "You use Redis, your team loves it"),
        ("That bike is mine, I built it myself", "That bike is yours, you built it yourself"),
        ("I want you to be brief", "You want me to be brief"),
        ("I like your answers short", "You like my answers short"),
    ],
)
def test_what_was_said_is_turned_to_the_person(said: str, turned: str) -> None:
    """Pronouns, their verbs and their capitals change; every other word stays."""
    assert to_second_person(said) == turned


@pytest.mark.parametrize(
    ("said", "turned"),
    [
        ('I told her "I am tired"', 'You told her "I am tired"'),
        ("I said “my dog is my life”", "You said “my dog is my life”"),
        ("I named it `my_var = me`", "You named it `my_var = me`"),
        ("I/O is slow, edit my.cnf", "I/O is slow, edit my.cnf"),
        ("See https://me.example/my page", "See https://me.example/my page"),
        ("We left the US", "You left the US"),
        ("World War I began in 1914", "World War I began in 1914"),
        ("It starts at 9 am", "It starts at 9 am"),
        ("He works in a gold mine", "He works in a gold mine"),
        ('My 27" screen and my 5" stand', 'Your 27" screen and your 5" stand'),
    ],
)
def test_code_names_and_quoted_speech_stay_as_they_are(said: str, turned: str) -> None:
    """What only looks like a pronoun, or is somebody else's, is not touched."""
    assert to_second_person(said) == turned


@pytest.mark.parametrize(
    ("said", "clause"),
    [
        ("Hi, I work on a Django app.", "you work on a Django app"),
        ("By the way, my deadline is Friday!", "your deadline is Friday"),
        ("The deploy broke.", "the deploy broke"),
        ("Redis is our cache.", "Redis is your cache"),
        ("Her name is Miso.", "her name is Miso"),
        ("hi i use Vim", "you use Vim"),
    ],
)
def test_a_clause_follows_that(said: str, clause: str) -> None:
    """“I'll remember that …” reads on: no greeting, no capital, no full stop."""
    assert as_clause(said) == clause


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("hey, i use Vim", "You use Vim."),
        ("iPhone is my phone", "iPhone is your phone."),
        ("Why me?", "Why you?"),
    ],
)
def test_a_sentence_begins_and_ends_like_one(said: str, sentence: str) -> None:
    """Names with a spelling of their own keep it."""
    assert as_sentence(said) == sentence


@pytest.mark.parametrize(
    "hostile",
    [
        "`" * 20_000,
        '"' * 20_000,
        "I " * 10_000,
        "my a and " * 4_000,
        "I " + "really " * 5_000,
        "hi, " * 8_000,
    ],
    ids=lambda text: text[:9],
)
def test_long_strange_texts_take_no_time(hostile: str) -> None:
    """No pattern goes back over the text again and again."""
    started = time.perf_counter()

    as_sentence(hostile)

    assert time.perf_counter() - started < 1


def test_lists_and_articles_read_like_english() -> None:
    """Commas and one “and”; “an” before a vowel, nothing before a title."""
    assert [listed(parts) for parts in ((), ("a",), ("a", "b"), ("a", "b", "c"))] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]
    assert [with_article(noun) for noun in ("nurse", "engineer", "CTO", "the boss")] == [
        "a nurse",
        "an engineer",
        "CTO",
        "the boss",
    ]


@pytest.mark.parametrize(
    ("said", "clause"),
    [
        ("Yesterday my sister visited me.", "yesterday your sister visited you"),
        ("Last March I moved to Oslo", "last March you moved to Oslo"),
        ("Recently, I started running", "recently, you started running"),
        ("Several of my friends ski", "several of your friends ski"),
        ("Next sells clothes", "Next sells clothes"),
        ("Last is my surname", "Last is your surname"),
        ("May likes tea", "May likes tea"),
        ("Emily likes tea", "Emily likes tea"),
        ("Here is what you should know: I am a nurse.", "you are a nurse"),
        ("I prefer trains?", "you prefer trains"),
    ],
)
def test_a_clause_begins_small_unless_with_a_name(said: str, clause: str) -> None:
    """It follows “that”, and nothing that only led to it does."""
    assert as_clause(said) == clause
