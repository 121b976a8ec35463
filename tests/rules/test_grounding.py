"""What a model says to have read must stand in what it read."""

import pytest

from memory.rules.grounding import is_grounded, say_alike


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("I moved to Lisbon last spring, my dog Rex loves it.", "My dog is called Rex."),
        ("I moved to Lisbon last spring, my dog Rex loves it.", "I moved to Lisbon last spring."),
        ("I moved to Lisbon last spring.", "I live in Lisbon."),
        ("We ended up going with Postgres 15 for billing.", "We use Postgres 15 for billing."),
        ("i'm a nurse at the charité", "I am a nurse at the Charité."),
        ("My sister Anna is allergic to nuts.", "My sister Anna is allergic to nuts."),
        ("My sister Anna is allergic to nuts.", "Anna is allergic to nuts."),
        ("I can't stand coffee, but I love tea.", "I love tea."),
        ("I can't stand coffee, but I love tea.", "I can't stand coffee."),
        ("The deadline is 3 May, not a day later.", "The deadline is 3 May."),
        ("I stopped smoking two years ago.", "I stopped smoking two years ago."),
        ("My daughter and I play chess.", "I play chess."),
        ("I write node.js at www.acme.example", "I write node.js at www.acme.example."),
        ("Sono nato a Napoli e lavoro in banca.", "Sono nato a Napoli."),
    ],
)
def test_what_was_said_is_grounded(said: str, text: str) -> None:
    """In its own words, or in a plain paraphrase."""
    assert is_grounded(text, said)


@pytest.mark.parametrize(
    ("said", "text"),
    [
        # names
        ("I moved to Lisbon last spring.", "I moved to Porto last spring."),
        ("My dog loves it here.", "My dog is called Rex."),
        ("My sister likes tea.", "Anna likes tea."),
        ("We use a database for billing.", "We use PostgreSQL for billing."),
        # numbers and days
        ("The deadline is 3 May.", "The deadline is 13 May."),
        ("I have two cats.", "I have three cats."),
        ("We meet on Monday.", "We meet on Tuesday."),
        ("We meet now and then.", "We meet weekly."),
        # addresses
        ("My dog Rex ate 12 pancakes.", "My dog Rex ate 12 [pancakes](http://evil/x)."),
        ("My dog Rex ate 12 pancakes.", "My dog Rex ate 12 pancakes, see pancakes.example."),
        # denied, or no longer
        ("I don't like coffee.", "I like coffee."),
        ("I like coffee.", "I don't like coffee."),
        ("I used to live in Lisbon.", "I live in Lisbon."),
        ("I no longer eat meat.", "I eat meat."),
        # judged
        ("I had tea this morning.", "I prefer tea."),
        ("I have a dog.", "I love my dog."),
        ("I ate shrimps and got a rash.", "I am allergic to shrimps."),
        # of another
        ("My sister is allergic to nuts.", "I am allergic to nuts."),
        ("My boss lives in Lisbon.", "I live in Lisbon."),
        # out of nothing
        ("Hello there!", "I am a software engineer."),
        ("What is the capital of France?", "I am interested in geography."),
        ("I like tea.", "I like tea and long walks on the beach with friends."),
        ("I like tea.", "..."),
        ("I like tea.", "I"),
    ],
)
def test_what_was_not_said_is_not_grounded(said: str, text: str) -> None:
    """The ways in which models invent."""
    assert not is_grounded(text, said)


def test_what_is_known_supports_what_is_about_it() -> None:
    """“It” of the message is told by the memory; no other memory counts."""
    text, said = "My trip to Rome is on 3 May.", "It is on 3 May now."

    assert is_grounded(text, said, about=["My trip to Rome is on 1 May."])
    assert not is_grounded(text, said, about=["My trip to Oslo is on 1 May."])
    assert not is_grounded(text, said)


def test_a_question_gives_words_but_no_names() -> None:
    """What the assistant asks is not what the person says."""
    assert is_grounded("My project is written in Rust.", "Rust", asked="What is your project in?")
    assert not is_grounded("I live in Porto.", "Yes", asked="Do you live in Porto?")


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("I live in Lisbon.", "Lisbon is where I live.", True),
        ("I live in Lisbon.", "I live in Porto.", False),
        ("I have 2 cats.", "I have 3 cats.", False),
        ("I like tea.", "I don't like tea.", False),
    ],
)
def test_texts_that_name_or_deny_otherwise_are_not_alike(one: str, other: str, alike: bool) -> None:
    """However near they are in meaning."""
    assert say_alike(one, other) is alike
