"""The scene the product is for, with the real models: told one day, known the next."""

from collections.abc import Iterator

import pytest

from memory.adapters.embedder import MiniLMEmbedder
from memory.adapters.language import SpacyLanguage
from memory.engine import Memory
from memory.records import PERSONALIZATION, MemoryItem
from memory.settings import Settings
from tests.fakes import FixedClock

TOLD = (
    "Hi, I'm Maya. I work on a Django app with PostgreSQL 14, and I prefer concise examples "
    "with comments."
)


@pytest.fixture
def next_day(
    settings: Settings,
    clock: FixedClock,
    real_embedder: MiniLMEmbedder,
    real_language: SpacyLanguage,
) -> Iterator[Memory]:
    """Told, closed, and opened again a day later."""
    parts = {"clock": clock, "embedder": real_embedder, "language": real_language}
    with Memory.open(settings, **parts) as memory:
        memory.grant("me", PERSONALIZATION)
        memory.respond("me", TOLD, conversation_id="monday").read()
    clock.advance(days=1)
    with Memory.open(settings, **parts) as memory:
        yield memory


def turn(memory: Memory) -> MemoryItem:
    """What was told, as a whole."""
    return next(item for item in memory.items("me") if item.is_turn)


def ask(memory: Memory, question: str) -> str:
    return memory.respond("me", question, conversation_id="tuesday").read()


def test_what_was_told_is_known_the_next_day(next_day: Memory) -> None:
    """In a new conversation, with a dated quote of what states it, and of nothing else."""
    reply = next_day.respond("me", "Which database do I use?", conversation_id="tuesday")
    text = reply.read()

    assert "PostgreSQL 14" in text
    assert "\n> " in text
    assert "yesterday" in text
    assert [source.item.text for source in reply.sources] == [
        "I work on a Django app with PostgreSQL 14"
    ]


def test_a_correction_changes_the_answer(next_day: Memory) -> None:
    """And the old version is not told any more."""
    next_day.edit(turn(next_day).id, TOLD.replace("14", "16"))

    text = ask(next_day, "Which database do I use?")

    assert "PostgreSQL 16" in text
    assert "14" not in text


def test_all_that_is_known_is_listed(next_day: Memory) -> None:
    """The profile in words, and what was said with its day."""
    text = ask(next_day, "What do you know about me?")

    for known in ("Maya", "Django", "PostgreSQL", "concise examples"):
        assert known in text
    assert "Yesterday" in text


def test_what_memory_cannot_do_is_said_plainly(next_day: Memory) -> None:
    """No model is connected: it does not pretend."""
    text = ask(next_day, "Write me a quicksort")

    assert "no model is connected" in text


def test_what_was_forgotten_is_not_known(next_day: Memory) -> None:
    """At once, in whatever words one asks."""
    next_day.forget(turn(next_day).id)

    for question in ("Which database do I use?", "What do you know about me?", "Who am I?"):
        text = ask(next_day, question)
        assert "PostgreSQL" not in text
        assert "Maya" not in text


def test_one_person_never_hears_of_another(next_day: Memory) -> None:
    """Not in answers, nor in what a model would be given."""
    next_day.grant("bob", PERSONALIZATION)

    for question in ("Which database do I use?", "What do you know about me?", "Who is Maya?"):
        text = next_day.respond("bob", question).read()
        assert "PostgreSQL" not in text
        assert "concise" not in text
    given = next_day.context("bob", "Which database do I use?").messages
    assert "PostgreSQL" not in str(given)


def test_the_context_for_a_model_holds_it_too(next_day: Memory) -> None:
    """The profile and the memory, each with its date."""
    system = next_day.context("me", "Which database do I use?").messages[0]["content"]

    assert "PostgreSQL 14" in system
    assert f"On 2026-03-02 the person said (episode): {TOLD}" in system


def test_entities_and_profile_come_of_it(next_day: Memory) -> None:
    """The person themselves is not among what they speak of."""
    stated = {(field.field, field.value) for field in next_day.profile("me")}

    assert {entity.name for entity in next_day.entities("me")} == {"Django", "PostgreSQL"}
    assert {("name", "Maya"), ("database", "PostgreSQL 14")} <= stated
