"""What an answer was built on: why each memory was used, and when that counts as a use."""

import pytest

from memory.engine import Memory
from memory.records import PERSONALIZATION
from tests.fakes import FixedClock
from tests.flow.conftest import OpenMemory

DEADLINE = "My deadline for billing is 12 December."
DATABASE = "I love PostgreSQL for my database."


def test_a_source_says_in_words_why_it_was_used(memory: Memory) -> None:
    """The words that question and memory share, beside recall's own score."""
    item = memory.remember("me", DEADLINE)

    reply = memory.respond("me", "When is my billing deadline?")
    reply.read()

    assert [source.item.id for source in reply.sources] == [item.id]
    assert reply.sources[0].reason == "It answers with the words “deadline” and “billing”."
    assert reply.sources[0].score > 0
    assert reply.message_id is not None
    assert [source.reason for source in memory.sources(reply.message_id)] == [
        reply.sources[0].reason
    ]


def test_an_answer_counts_as_a_use(memory: Memory, clock: FixedClock) -> None:
    """It reinforces, and puts the expiry off."""
    item = memory.remember("me", DEADLINE)
    clock.advance(days=3)

    memory.respond("me", "When is my billing deadline?").read()

    used = memory.item(item.id)
    assert (used.access_count, used.last_accessed_at) == (1, clock())
    assert used.expires_at is not None
    assert item.expires_at is not None
    assert used.expires_at > item.expires_at


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("What do you know about me?", "It is part of everything you asked for."),
        ("What did I tell you yesterday?", "You told it yesterday."),
    ],
)
def test_what_is_merely_listed_is_a_source_but_no_use(
    memory: Memory, clock: FixedClock, question: str, reason: str
) -> None:
    """Looking through everything must not make everything look needed."""
    items = [memory.remember("me", text) for text in (DEADLINE, DATABASE)]
    clock.advance(days=1)

    reply = memory.respond("me", question)
    reply.read()

    assert {source.item.id for source in reply.sources} == {item.id for item in items}
    assert {source.reason for source in reply.sources} == {reason}
    assert [memory.item(item.id) for item in items] == items


def test_erasing_a_listed_memory_erases_the_list_that_told_it(memory: Memory) -> None:
    """The list says it in other words, so only its source leads there."""
    item = memory.remember("me", DEADLINE)
    memory.remember("me", DATABASE)
    reply = memory.respond("me", "What do you know about me?")
    assert "12 December" in reply.read()
    assert reply.message_id is not None

    memory.erase("me", memory=item.id)

    assert "12 December" not in memory.message(reply.message_id).text


def test_a_greeting_by_name_has_the_name_as_its_source(memory: Memory) -> None:
    """It tells what the memory states."""
    memory.remember("me", "My name is Maya.")

    reply = memory.respond("me", "Hi")

    assert reply.read().startswith("Hello, Maya.")
    assert [source.reason for source in reply.sources] == ["It states your name."]


def test_an_answer_without_a_memory_has_no_trace_of_it(memory: Memory) -> None:
    """Neither its profile field nor its text."""
    item = memory.remember("me", "My name is Maya.")

    reply = memory.respond("me", "What is my name?", without=[item.id])

    assert "Maya" not in reply.read()
    assert reply.sources == ()


def test_a_private_chat_is_called_private(memory: Memory) -> None:
    """Though there is consent: it still answers from memory, and remembers nothing."""
    memory.remember("me", "My name is Maya.")

    told = memory.respond("me", "I love tea.", private=True).read()
    asked = memory.respond("me", "What is my name?", private=True)

    assert told == (
        "I'm not remembering now: this chat is private. What you say stays in this chat only."
    )
    assert asked.read().startswith("Your name is Maya.")
    assert memory.item(asked.sources[0].item.id).access_count == 0


def test_without_consent_remembering_is_called_off(open_memory: OpenMemory) -> None:
    """The remedy is in Privacy."""
    memory = open_memory()

    told = memory.respond("me", "I love tea.", private=True).read()
    memory.grant("me", PERSONALIZATION)

    assert "remembering is off in Privacy" in told
    assert memory.items("me") == []
