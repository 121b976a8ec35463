"""What others say, or what is only supposed, is remembered and is no fact of the person."""

import pytest

from memory.adapters.embedder import MiniLMEmbedder
from memory.adapters.language import SpacyLanguage
from memory.engine import Memory
from memory.records import PERSONALIZATION
from tests.flow.conftest import OpenMemory


@pytest.fixture
def told(
    open_memory: OpenMemory, real_language: SpacyLanguage, real_embedder: MiniLMEmbedder
) -> Memory:
    opened = open_memory(language=real_language, embedder=real_embedder)
    opened.grant("me", PERSONALIZATION)
    return opened


def answered(memory: Memory, question: str) -> str:
    return "".join(memory.respond("me", question))


@pytest.mark.parametrize(
    ("said", "question", "value", "its_own_question"),
    [
        ("I wish I lived in Rome.", "Where do I live?", "Rome", "What do I wish?"),
        ("Suppose I work at NASA.", "Where do I work?", "NASA", ""),
        (
            "My brother said: I live in Vienna.",
            "Where do I live?",
            "Vienna",
            "What did my brother say?",
        ),
        ("According to Bob, I work at Netflix.", "Where do I work?", "Netflix", ""),
    ],
)
def test_a_question_for_a_field_is_not_answered_by_it(
    told: Memory, said: str, question: str, value: str, its_own_question: str
) -> None:
    """It is shown as what comes closest, and answers a question for itself."""
    answered(told, said)
    assert told.profile_history("me") == []
    answer = answered(told, question)
    assert answer.startswith("You haven't told me where you ")
    assert f"The closest thing you told me:\n\n> “{said}”" in answer
    if its_own_question:
        assert value in answered(told, its_own_question)


def test_where_something_else_went_is_not_where_one_lives(told: Memory) -> None:
    """It answers what is asked of that."""
    answered(told, "The deadline has been moved to 15 July.")

    assert answered(told, "Where do I live?").startswith("You haven't told me where you live")
    assert "15 July" in answered(told, "When is the deadline?")


def test_what_one_says_oneself_answers(told: Memory) -> None:
    """Beside another's view, too."""
    answered(told, "My boss thinks I work at Siemens, but I work at Bosch.")
    assert [field.value for field in told.profile_history("me")] == ["Bosch"]
    assert "You haven't told me" not in answered(told, "Where do I work?")


@pytest.mark.parametrize(
    "said",
    [
        "The deadline has been moved to 15 July.",
        "The meeting has been moved to Room 4.",
        "We moved to microservices.",
        "I moved to a bigger desk.",
        "I almost moved to Prague.",
    ],
)
def test_what_is_moved_elsewhere_leaves_the_person_where_they_live(told: Memory, said: str) -> None:
    """And no date or room is masked as an address."""
    answered(told, "I live in Berlin.")
    assert "masked" not in answered(told, said)
    [location] = [f for f in told.profile_history("me") if f.field == "location"]
    assert (location.value, location.until) == ("Berlin", None)


def test_an_address_moved_to_ends_the_old_place(told: Memory) -> None:
    """What was masked is not known, and “[” is no place."""
    answered(told, "I live in Berlin.")
    assert "masked" in answered(told, "I moved to 14 Rosewood Street last week.")
    [location] = [f for f in told.profile_history("me") if f.field == "location"]
    assert location.value == "Berlin"
    assert location.until is not None
    newest = max(told.items("me"), key=lambda item: item.id)
    assert newest.statement is not None
    assert newest.statement.value == "[ADDRESS_1]"


@pytest.mark.parametrize(
    ("before", "then", "field", "value"),
    [
        ("I work at Bosch.", "I started at SAP last week.", "employer", "SAP"),
        ("I work at Bosch.", "I got a new job: I'm now at SAP.", "employer", "SAP"),
        ("I'm 34 years old.", "I turned 35 yesterday.", "age", "35"),
        ("I'm single.", "I got married in May.", "status", "married"),
        ("My name is Peter.", "My name isn't Peter, it's Petra.", "name", "Petra"),
        (
            "We use Jenkins for CI.",
            "We switched from Jenkins to GitHub Actions.",
            "tool",
            "GitHub Actions",
        ),
    ],
)
def test_what_has_changed_is_changed_in_the_profile(
    told: Memory, before: str, then: str, field: str, value: str
) -> None:
    """One value holds, and nothing waits to be decided."""
    answered(told, before)
    answered(told, then)
    held = [f.value for f in told.profile_history("me") if f.field == field and f.until is None]
    assert held == [value]
    assert told.inbox("me") == []
