"""The lines of a context that tell what is known of the entities a question names."""

from dataclasses import replace
from datetime import timedelta

import pytest

from memory.engine import Memory
from memory.records import PERSONALIZATION, REMOTE_MODEL, Context, MessageState
from memory.settings import Settings
from tests.fakes import NOON, FakeModel, FixedClock
from tests.flow.conftest import OpenMemory
from tests.flow.worded import WordedLanguage

ACME = "Bob works at Acme."
QUESTION = "Where is Bob?"


@pytest.fixture
def memory(open_memory: OpenMemory) -> Memory:
    opened = open_memory(language=WordedLanguage())
    opened.grant("me", PERSONALIZATION)
    return opened


def lines(context: Context) -> list[str]:
    """What stands in the section, after the memories and before what was said elsewhere."""
    found = {section.name: section.items for section in context.report.sections}
    before = found["profile"] + found["memories"]
    told = [line for line in context.messages[0]["content"].splitlines() if line.startswith("- ")]
    return told[before : before + found["entities"]]


def asked(memory: Memory, question: str = QUESTION, **more: int) -> Context:
    return memory.context("me", question, conversation_id="new", **more)


def test_a_line_tells_type_attributes_and_dated_relations(
    memory: Memory, clock: FixedClock
) -> None:
    """The latest first; each is told once, in the line of the most relevant."""
    memory.remember("me", ACME)
    clock.advance(days=1)
    memory.remember("me", "Bob knows Maya Chen.")

    assert lines(asked(memory)) == [
        "- Bob (person, title Dr.): "
        "Bob knows Maya Chen (2026-03-03); Bob works at Acme (2026-03-02)"
    ]


def test_what_the_question_does_not_name_has_no_line(memory: Memory) -> None:
    """Nor does a name of which nothing is told."""
    memory.remember("me", ACME)
    memory.remember("me", "Maya likes tea.")

    assert lines(asked(memory, "Where is Maya?")) == lines(asked(memory, "What is new?")) == []
    assert lines(asked(memory, "What about Acme?")) == [
        "- Acme (organization): Bob works at Acme (2026-03-02)",
        "- Bob (person, title Dr.)",
    ]


@pytest.mark.parametrize("way", ["forget", "pause"])
def test_what_is_out_of_use_has_no_line(memory: Memory, way: str) -> None:
    item = memory.remember("me", ACME)
    assert lines(asked(memory))

    memory.change([item.id], way)

    assert lines(asked(memory)) == []


def test_a_message_of_which_no_memory_was_made_tells_nothing(memory: Memory) -> None:
    """Lines tell what memories say."""
    assert memory.observe("me", "user", "Bob works at Acme?").stored == ()

    assert lines(asked(memory)) == []


def test_lines_keep_to_the_budget(open_memory: OpenMemory, settings: Settings) -> None:
    """What finds no room is reported, and not among what was given."""
    memory = open_memory(replace(settings, memory_tokens=40), language=WordedLanguage())
    memory.grant("me", PERSONALIZATION)
    memory.remember("me", "Bob " + "and Bob " * 60)
    memory.remember("me", ACME + " Bob" * 12)

    context = asked(memory, max_tokens=70)

    assert lines(context) == []
    assert "entities" in [left.what for left in context.report.left_out]
    assert sum(section.tokens for section in context.report.sections) == context.report.tokens


def test_a_model_elsewhere_is_told_only_what_may_be_sent(
    open_memory: OpenMemory, clock: FixedClock
) -> None:
    """A line is of the classes of the memories that say it; names are masked in it."""
    model = FakeModel(is_local=False)
    memory = open_memory(language=WordedLanguage(), model=model)
    for purpose in (PERSONALIZATION, REMOTE_MODEL):
        memory.grant("me", purpose)
    memory.remember("me", "Acme uses PostgreSQL.", data_class="internal")
    memory.remember("me", "Bob knows Postgres.", data_class="internal")
    memory.remember("me", "Acme knows Postgres.", data_class="confidential")
    clock.now = NOON + timedelta(hours=2)

    memory.respond("me", "What about PostgreSQL?", conversation_id="new").read()

    given = str(model.received)
    assert "Acme uses PostgreSQL (2026-03-02)" in given
    assert "[NAME_1] knows PostgreSQL (2026-03-02)" in given
    assert "Bob" not in given
    assert "Acme knows" not in given


def test_an_answer_goes_with_the_memory_behind_a_line(memory: Memory, clock: FixedClock) -> None:
    """It was given it: what a model made of it is erased with it."""
    item = memory.remember("me", ACME)
    for number in range(5):
        memory.remember("me", f"Is it Bob, {number}?")
    clock.advance(hours=2)
    model = FakeModel(("He is ", "there."))
    reply = memory.respond("me", QUESTION, conversation_id="new", model=model)
    reply.read()
    assert reply.sent is not None
    assert item.id in reply.sent.memory_ids
    assert "Bob works at Acme (2026-03-02)" in str(model.received)

    memory.erase("me", memory=item.id)

    assert reply.message_id is not None
    assert memory.message(reply.message_id).state is MessageState.ERASED


def test_a_message_given_anew_is_not_answered_from_itself(memory: Memory) -> None:
    """What it says became a memory; to the new answer it is only said now."""
    model = FakeModel(("Yes.",))
    reply = memory.respond("me", "I decided that Bob works at Acme.", model=model)
    reply.read()
    assert reply.observation.stored
    assert reply.message_id is not None

    memory.regenerate("me", reply.message_id, model=model).read()

    assert [("works at Acme (" in str(messages)) for messages in model.received] == [False, False]
