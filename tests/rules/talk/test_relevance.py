"""Whether a statement can answer a question."""

import pytest

from memory.rules.talk.relevance import fit, is_general, shared_words


@pytest.mark.parametrize(
    ("question", "statement"),
    [
        ("Do I have any pets?", "I adopted a cat from the shelter."),
        ("Which database does my app use?", "My app runs on PostgreSQL 14."),
        ("What's my boss's name?", "My manager is called Priya."),
        ("How old is my mum?", "My mother turned 70 in May."),
        ("Where does Noor live?", "My sister Noor lives in Utrecht."),
        ("Why did we choose Kafka?", "We picked Kafka because we need replay."),
        ("Who serviced the boiler?", "The boiler was serviced by Hargreaves."),
        ("When did I adopt Miso?", "I adopted Miso."),
        ("Am I allergic to peanuts?", "I'm allergic to peanuts."),
        ("How do I take my coffee?", "I take my coffee black."),
    ],
)
def test_a_statement_with_what_is_asked_can_answer(question: str, statement: str) -> None:
    """Other endings, other words for the same, and technologies for their category."""
    assert fit(question, statement).possible


@pytest.mark.parametrize(
    ("question", "statement"),
    [
        ("What is my dog's name?", "I adopted a cat, her name is Miso."),
        ("Where does my sister live?", "My brother lives in Oslo."),
        ("Where does Tom live?", "My friend Ann lives in Oslo."),
        ("Where does Lena live?", "My co-founder Lena handles sales in Rotterdam."),
        ("How old are my kids?", "I have two kids, Yusuf and Amal."),
        ("What's my wife's name?", "My wife is expecting our first child in March."),
        ("Am I allergic to cats?", "I'm allergic to peanuts."),
        ("When did release 4.1 ship?", "Release 4.2 ships on 30 November."),
        ("Is Kotlin better than Java?", "I only read Kotlin and Java."),
        ("How do I plot with pandas?", "I plot my grades with pandas."),
        ("What is Redis?", "We cache product pages in Redis."),
        ("How much is the lease?", "The lease ends on 31 August."),
        ("Where is my office?", "I ride a Brompton to the office."),
        ("When did I go to Japan?", "I'm saving for a trip to Japan."),
        ("What's my teacher's name?", "My teacher moved to Vienna."),
        ("What does vitamin D do?", "I take vitamin D in winter."),
    ],
)
def test_a_statement_that_only_sounds_alike_cannot_answer(question: str, statement: str) -> None:
    """Another person or thing, another sort of thing, or a question about the world."""
    assert not fit(question, statement).possible


def test_fit_gives_the_share_of_the_words_it_found() -> None:
    """“Fix”, “login” and “problem” are asked for; two of the three are there."""
    found = fit("How did we fix the login problem?", "We fixed the login timeout.")

    assert found.share == pytest.approx(2 / 3)
    assert not found.category


def test_a_category_counts_only_with_the_rest_of_the_question() -> None:
    """A web framework does not answer “which test framework?”."""
    statement = "I work on a Django app."

    assert fit("Which framework do I use?", statement).category
    assert not fit("Which test framework do I use?", statement).category


@pytest.mark.parametrize(
    ("question", "general"),
    [
        ("How do I reverse a list in Python?", True),
        ("What does a CTO do?", True),
        ("What is a mixed-effects model?", True),
        ("What causes migraines?", True),
        ("How do I like my coffee?", False),
        ("What caused the memory leak?", False),
        ("What does Lena do?", False),
        ("What is my name?", False),
    ],
)
def test_questions_about_the_world_are_told_apart(question: str, general: bool) -> None:
    """Memory has no answer to them, however close its words are."""
    assert is_general(question) is general


@pytest.mark.parametrize(
    ("question", "statement", "words"),
    [
        ("Do we deploy to AWS?", "We deployed it on AWS.", ("deployed", "AWS")),
        ("Which database do I use?", "I use Postgres.", ("PostgreSQL",)),
        ("Do I have pets?", "I adopted a cat.", ("cat",)),
        ("What do I drink?", "I am fond of Darjeeling.", ()),
    ],
)
def test_shared_words_are_given_as_the_statement_writes_them(
    question: str, statement: str, words: tuple[str, ...]
) -> None:
    """They are the reason of an answer, so a light word (“use”) is not among them."""
    assert shared_words(question, statement) == words
