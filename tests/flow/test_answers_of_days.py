"""Questions that name a time: answered from what was said or happened then, and by its own day."""

from dataclasses import replace
from datetime import datetime

import pytest

from memory.adapters.language import SpacyLanguage
from memory.engine import Memory
from memory.flow.answering.knowledge import Kept, Knowledge
from memory.flow.answering.of_days import answers_then
from memory.records import PERSONALIZATION, Days
from memory.rules.talk.limited import Asked, Limited
from memory.settings import Settings
from tests.fakes import NOON, FixedClock
from tests.flow.conftest import OpenMemory

CAT = "I adopted a cat."
POTTERY = "I started a pottery class."
SISTER = "My sister visited me yesterday."
BUG, FIXED = "The login bug came back on Safari.", "I fixed the login bug with a cookie flag."
LUNCH = "I met Bob for lunch."


def on(month: int, day: int) -> datetime:
    return NOON.replace(month=month, day=day)


@pytest.fixture
def told(
    open_memory: OpenMemory, settings: Settings, real_language: SpacyLanguage, clock: FixedClock
) -> Memory:
    """What was said from March to 15 August; it is 16 August, a Sunday."""
    memory = open_memory(replace(settings, importance_threshold=0), language=real_language)
    memory.grant("me", PERSONALIZATION)
    said = {(3, 3): [CAT], (6, 10): [POTTERY, SISTER], (8, 15): [BUG, FIXED, LUNCH]}
    for (month, day), texts in said.items():
        clock.now = on(month, day)
        for text in texts:
            memory.observe("me", "user", text)
    clock.now = on(8, 16)
    return memory


def ask(memory: Memory, question: str) -> str:
    return memory.respond("me", question, conversation_id="asked").read()


@pytest.mark.parametrize(
    ("question", "expected", "not_expected"),
    [
        (
            "What did I say about the login bug yesterday?",
            ["**Yesterday**", "Safari", "cookie"],
            "lunch",
        ),
        ("What happened in June?", ["**10 June 2026**", "**9 June 2026**", "pottery"], "login"),
        (
            "What happened on 9 June?",
            ["**9 June 2026**", "(You said it on 10 June 2026.)"],
            "pottery",
        ),
        ("What did I do on 9 June?", ["**9 June 2026**", "sister"], "pottery"),
        ("What happened in March?", ["**3 March 2026**", "cat"], "pottery"),
        ("What did I say on 10 June?", ["**10 June 2026**", "pottery", "sister"], "You said it"),
        ("What happened in May?", ["I have kept nothing that happened in May."], "**"),
    ],
)
def test_what_was_said_or_happened_then_is_listed_by_day(
    question: str, expected: list[str], not_expected: str, told: Memory
) -> None:
    """All of it, or what is about the thing that is named."""
    said = ask(told, question)

    assert [words for words in expected if words not in said] == []
    assert not_expected not in said


def test_what_one_did_is_no_question_for_ones_work(told: Memory, clock: FixedClock) -> None:
    """Though “What do I do?” is one."""
    clock.now = on(6, 9)
    told.observe("me", "user", "I work as a backend engineer.")
    clock.now = on(8, 16)

    said = ask(told, "What did I do in June?")
    assert "**9 June 2026**" in said
    assert "pottery" in said
    assert "you worked as" not in said.lower()
    assert "backend engineer" in ask(told, "What did I do for a living in June?")


def test_of_other_days_it_is_said_that_they_are_others(told: Memory) -> None:
    """It is added, with its date, under a plain “nothing”."""
    said = ask(told, "What did I say last week about pottery?")

    assert said.startswith("I have kept nothing that you told me last week about pottery.")
    assert "On other days you said:" in said
    assert "10 June 2026" in said


def test_a_time_that_belongs_to_the_thing_is_no_limit(told: Memory, clock: FixedClock) -> None:
    """“The trip in September” may have been spoken of in August."""
    told.observe("me", "user", "The trip in April cost 300 euros.")

    assert "300 euros" in ask(told, "What did I say about the trip in April?")
    assert "nothing" not in ask(told, "What did I say about the trip in April?")


def test_when_it_happened_is_not_when_it_was_said(told: Memory) -> None:
    """The day is given, and then the words that speak of “yesterday”, with theirs."""
    expected = "On 9 June 2026: on 10 June 2026 you said that your sister visited you yesterday."

    assert ask(told, "When did my sister visit me?").startswith(expected)
    assert "9 June" not in ask(told, "When did I adopt a cat?")


def test_a_day_that_the_words_name_is_not_said_twice(told: Memory) -> None:
    """Another year is."""
    told.observe("me", "user", "I ordered a new bike on 20 May.")
    told.observe("me", "user", "I sold my car in May 2025.")

    assert ask(told, "When did I order the bike?").startswith("You ordered a new bike on 20 May.")
    assert ask(told, "When did I sell my car?").startswith("You sold your car in May 2025.")


def test_an_event_of_another_day_does_not_answer(told: Memory) -> None:
    """The one of that day does, though it does not name it."""
    assert "your sister" in ask(told, "Who visited me on 9 June?")
    assert "Nothing you've told me answers that" in ask(told, "Who visited me on 7 March?")


def test_what_was_believed_then_holds_the_memories(told: Memory, clock: FixedClock) -> None:
    """Of what had been said by then, not what came later."""
    said = ask(told, "What did you believe about me in June?")

    assert "by 30 June 2026" in said
    assert "You started a pottery class." in said
    assert "You adopted a cat." in said
    assert "login" not in said
    assert "nothing about you" in ask(told, "What did you believe about me in January?")


def test_what_is_over_by_now_was_believed_then(listening: Memory, clock: FixedClock) -> None:
    """It held then."""
    for month, text in ((5, "My sister lives in Paris."), (7, "My sister lives in Rome.")):
        clock.now = on(month, 2)
        listening.observe("me", "user", text)
    clock.now = on(9, 1)

    assert "Paris" in ask(listening, "What did you believe about me in June?")
    assert "Rome" not in ask(listening, "What did you believe about me in June?")


def test_what_is_said_in_one_message_is_listed_once(told: Memory) -> None:
    """As it was said, not once more for each statement of it."""
    told.observe("me", "user", "I live in Oslo. I prefer green tea.")

    said = ask(told, "What did I say today?")

    assert (said.count("Oslo"), said.count("green tea")) == (1, 1)


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("I started a sculpture class.", False),
        ("My brother visited me yesterday.", False),
        ("I booked the dentist for 16 August.", True),
        ("I live in Oslo.", True),
    ],
)
def test_what_holds_or_names_a_time_may_be_of_the_days(
    text: str, answers: bool, told: Memory, clock: FixedClock
) -> None:
    """What happened on another day, or was said of that day alone, is not."""
    clock.now = on(6, 12)
    (item,) = told.observe("me", "user", text).stored
    days = Days(on(8, 16).date(), on(8, 16).date())
    asked = Limited(Asked.OTHER, days, "today", "Did I?")
    known = Knowledge((), (), Kept(lambda: [item], lambda _: item), on(8, 16), None)

    assert answers_then(item, asked, known) is answers
