"""What a model is given: everything that fits, in its place, and a report that adds up."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from memory.engine import Memory
from memory.errors import BudgetExceeded, InvalidInput
from memory.flow.context import DEFAULT_INSTRUCTIONS, HEADER
from memory.records import PERSONALIZATION, Context
from memory.settings import Settings
from tests.fakes import NOON, FakeModel, FixedClock
from tests.flow.conftest import OpenMemory

TOLD = "My name is Maya and I work at Acme with PostgreSQL every day"
QUESTION = "How do I tune PostgreSQL at Acme?"


def given_to(memory: Memory, text: str = QUESTION, **how: object) -> Context:
    return memory.context("me", text, **how)


def section(context: Context, name: str) -> tuple[int, int]:
    """Items and tokens of a section."""
    (found,) = (s for s in context.report.sections if s.name == name)
    return found.items, found.tokens


def assert_adds_up(memory: Memory, context: Context) -> None:
    """The sections are the whole, and the whole is within the budget."""
    count = memory._parts.tokens.count
    report = context.report
    assert report.tokens == sum(count(message["content"]) for message in context.messages)
    assert report.tokens == sum(section.tokens for section in report.sections)
    assert report.tokens <= report.budget


def test_a_stranger_gets_instructions_and_the_question(open_memory: OpenMemory) -> None:
    """Nothing is known, so nothing is said about it."""
    context = given_to(open_memory())

    assert context.messages == [
        {"role": "system", "content": DEFAULT_INSTRUCTIONS},
        {"role": "user", "content": QUESTION},
    ]
    assert context.recalled == ()
    assert [s.name for s in context.report.sections] == ["instructions", "conversation"]


def test_everything_known_has_its_place(memory: Memory, clock: FixedClock) -> None:
    """Profile and dated memories in a block that says it is information, then the turns."""
    memory.observe("me", "user", TOLD, conversation_id="old")
    clock.advance(days=1)
    memory.observe("me", "user", "Hello again", conversation_id="new")
    memory.observe("me", "assistant", "Hello!", conversation_id="new")
    memory.observe("me", "user", "Where is the key?", conversation_id="side")

    context = given_to(memory, conversation_id="new")

    system, *turns = context.messages
    assert system["content"].splitlines() == [
        DEFAULT_INSTRUCTIONS,
        "",
        HEADER,
        "- employer: Acme (since 2026-03-02)",
        "- name: Maya (since 2026-03-02)",
        f"- On 2026-03-02 the person said: {TOLD}",
        "- In another conversation, the person said: Where is the key?",
    ]
    assert [(turn["role"], turn["content"]) for turn in turns] == [
        ("user", "Hello again"),
        ("assistant", "Hello!"),
        ("user", QUESTION),
    ]
    assert [result.item.text for result in context.recalled] == [TOLD]
    assert section(context, "profile")[0] == 2
    assert section(context, "memories")[0] == 1
    assert section(context, "last hour elsewhere")[0] == 1
    assert section(context, "conversation")[0] == 3
    assert context.report.left_out == ()
    assert context.report.budget == 3000
    assert_adds_up(memory, context)


def test_memories_say_who_said_them(memory: Memory) -> None:
    """Where a chat has named speakers."""
    memory.observe("me", "user", "I use PostgreSQL at Acme, always", speaker="Bob")

    assert "- On 2026-03-02 Bob said: I use PostgreSQL" in given_to(memory).messages[0]["content"]


def test_a_context_is_no_turn(memory: Memory) -> None:
    """Nothing is stored, and nothing counts as a use."""
    memory.observe("me", "user", TOLD)
    before = (memory.stats(), memory.audit(), memory.items("me"))

    given_to(memory)

    assert (memory.stats(), memory.audit(), memory.items("me")) == before


def test_at_most_three_memories_and_only_relevant_ones(memory: Memory) -> None:
    """As in the article; one that shares neither words nor meaning would only distract."""
    for number in range(5):
        memory.remember("me", f"PostgreSQL tip number {number}")
    memory.remember("me", "Bananas ripen in the cellar")

    recalled = given_to(memory).recalled

    assert len(recalled) == 3
    assert all("PostgreSQL" in result.item.text for result in recalled)
    assert given_to(memory, "Zebra?").recalled == ()


def test_instructions_are_the_persons_own(memory: Memory) -> None:
    """An empty text brings the default back."""
    memory.set_instructions("me", "Answer in French.")
    assert memory.instructions("me") == "Answer in French."
    assert given_to(memory).messages[0]["content"] == "Answer in French."
    assert memory.instructions("stranger") == DEFAULT_INSTRUCTIONS

    memory.set_instructions("me", "  ")
    assert memory.instructions("me") == DEFAULT_INSTRUCTIONS


# -- budgets --------------------------------------------------------------------------------


def test_memories_have_a_budget_of_their_own(open_memory: OpenMemory, settings: Settings) -> None:
    """What does not fit is reported with its reason, and is not among what was recalled."""
    memory = open_memory(replace(settings, memory_tokens=40))
    memory.grant("me", PERSONALIZATION)
    short = memory.remember("me", "PostgreSQL runs at Acme")
    memory.remember("me", "PostgreSQL " + "tuning is a long story at Acme " * 20)

    context = given_to(memory)

    assert [result.item.id for result in context.recalled] == [short.id]
    assert section(context, "memories")[0] == 1
    (left,) = context.report.left_out
    assert (left.what, left.reason) == ("memories", "the budget for memories is used up")
    assert left.tokens > 40
    assert_adds_up(memory, context)


def test_a_memory_that_did_not_fit_is_not_used(open_memory: OpenMemory, settings: Settings) -> None:
    """An answer cannot rest on what its model was not given."""
    memory = open_memory(replace(settings, memory_tokens=40), model=FakeModel())
    memory.grant("me", PERSONALIZATION)
    long = memory.remember("me", "PostgreSQL " + "tuning is a long story at Acme " * 20)

    reply = memory.respond("me", QUESTION)
    reply.read()

    assert reply.sources == ()
    assert memory.item(long.id).access_count == 0


def test_old_turns_leave_before_new_ones(open_memory: OpenMemory, settings: Settings) -> None:
    """With their answers, and reported."""
    memory = open_memory(replace(settings, buffer_tokens=60, memory_tokens=40))
    memory.grant("me", PERSONALIZATION)
    for number in range(10):
        memory.observe("me", "user", f"Question number {number}?")
        memory.observe("me", "assistant", f"Answer number {number}.")

    context = given_to(memory, "The last one?")

    said = [message["content"] for message in context.messages[1:]]
    assert said[-3:] == ["Question number 9?", "Answer number 9.", "The last one?"]
    assert said[0].startswith("Question")
    left = [one for one in context.report.left_out if one.what == "conversation"]
    assert len(left) + len(said) == 21
    assert len(left) % 2 == 0
    assert {one.reason for one in left} == {"older turns make room for newer ones"}
    assert_adds_up(memory, context)


def test_a_message_that_alone_is_too_much_is_refused(memory: Memory) -> None:
    """With the numbers and what to do; of a turn, nothing is stored then."""
    with pytest.raises(BudgetExceeded, match="raise RECOLLECT_BUFFER_TOKENS") as refused:
        memory.respond("me", "word " * 5000, model=FakeModel())

    assert refused.value.budget == 3000
    assert refused.value.tokens > 5000
    assert memory.stats().messages == 0
    with pytest.raises(InvalidInput):
        given_to(memory, max_tokens=5)


def test_the_built_in_answerer_has_no_budget(memory: Memory) -> None:
    """It is given no context: a long message is only stored."""
    memory.respond("me", "word " * 5000).read()

    assert memory.stats().messages == 2


@pytest.fixture
def talkative(memory: Memory, clock: FixedClock) -> Memory:
    memory.observe("me", "user", TOLD, conversation_id="old")
    for number in range(30):
        memory.remember("me", f"PostgreSQL tip {number} " + "at Acme " * number)
        memory.observe("me", "user", f"Is it {number}? " + "really? " * number)
        memory.observe("me", "assistant", "Yes. " * number + "Indeed.")
        memory.observe("me", "user", f"Elsewhere {number}?", conversation_id="side")
    clock.advance(minutes=1)
    return memory


@given(max_tokens=st.integers(1, 2000), text=st.sampled_from([QUESTION, "Hi", "word " * 300]))
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_no_budget_is_ever_exceeded(talkative: Memory, max_tokens: int, text: str) -> None:
    """Whatever the budget: it is kept with the message last, or the message alone is too much."""
    count = talkative._parts.tokens.count
    alone = count(DEFAULT_INSTRUCTIONS) + count(text.strip())
    try:
        context = given_to(talkative, text, max_tokens=max_tokens)
    except BudgetExceeded:
        assert alone > max_tokens
        return
    assert context.messages[-1] == {"role": "user", "content": text.strip()}
    assert context.report.budget == max_tokens
    assert_adds_up(talkative, context)


def test_stats_count_every_place(talkative: Memory) -> None:
    """Over everybody in the file."""
    stats = talkative.stats()

    assert (stats.memories, stats.messages, stats.conversations) == (31, 91, 3)
    assert stats.hot_entries == 91
    assert stats.entities == len(talkative.entities("me")) + 1  # and the person's own name
    assert stats.embedding_model == "fake"
    assert stats.file_bytes > 0
    assert stats == talkative.stats()


def test_the_profile_forgets_what_has_expired(memory: Memory, clock: FixedClock) -> None:
    """A year after the last use nothing personal is told any more."""
    memory.observe("me", "user", TOLD)
    clock.now = NOON + timedelta(days=365)

    assert memory.profile("me") == []
    assert TOLD not in given_to(memory, conversation_id="new").messages[0]["content"]
