"""Why an answer is as it is: answered again without a memory, and what was near but lost."""

import pytest

from memory.engine import Memory
from memory.errors import InvalidInput, NotFound
from memory.flow.ending import CONTEXT_DAYS
from memory.settings import Settings
from tests.fakes import FakeModel, FixedClock
from tests.flow.on_disk import written

QUESTION = "Which database do I use at Acme?"
TOLD = "I use PostgreSQL as the database at Acme."


@pytest.fixture
def told(memory: Memory) -> int:
    return memory.remember("me", TOLD).id


# -- answered again without it ------------------------------------------------------------------


def test_an_answer_is_rehearsed_without_a_memory(memory: Memory, told: int) -> None:
    """Beside the one that stands: the model is given all but that memory."""
    model = FakeModel()
    reply = memory.respond("me", QUESTION, model=model)
    reply.read()
    memory.rehearse("me", reply.message_id, model=model, without=[told]).read()

    with_it, without_it = (messages[0]["content"] for messages in model.received)
    assert TOLD in with_it
    assert TOLD not in without_it
    assert model.received[0][1:] == model.received[1][1:]


def test_the_built_in_answerer_rehearses_too(memory: Memory, told: int) -> None:
    """Without the only memory it does not know."""
    reply = memory.respond("me", QUESTION)
    assert "PostgreSQL" in reply.read()

    again = memory.rehearse("me", reply.message_id, without=[told])
    assert "PostgreSQL" not in again.read()
    assert again.sources == ()


@pytest.mark.parametrize("model", [None, FakeModel()])
@pytest.mark.parametrize("off", ["statement", "turn"])
def test_what_says_the_same_is_left_out_with_it(
    listening: Memory, model: FakeModel | None, off: str
) -> None:
    """A statement stands in its turn, which is a memory as well: neither may tell it."""
    said = "I work on a Django app with PostgreSQL 14, and I prefer concise examples."
    listening.respond("me", said, conversation_id="first").read()
    turns = {item.is_turn: item.id for item in listening.items("me") if "PostgreSQL" in item.text}
    assert turns.keys() == {True, False}
    reply = listening.respond("me", "Which database do I use?", model=model)
    reply.read()
    again = listening.rehearse("me", reply.message_id, model=model, without=[turns[off == "turn"]])

    told = again.read() if again.sent is None else str(again.sent.messages)
    assert "PostgreSQL" not in told


def test_nothing_of_a_rehearsal_is_kept(memory: Memory, told: int, settings: Settings) -> None:
    """No message, no use, no byte; its model is named by the audit alone."""
    reply = memory.respond("me", QUESTION)
    reply.read()
    item, messages, before = (
        memory.item(told),
        memory.messages("default"),
        written(settings.database),
    )
    again = memory.rehearse("me", reply.message_id)
    again.read()

    assert (memory.item(told), memory.messages("default")) == (item, messages)
    assert again.message_id is None
    assert written(settings.database) == before

    memory.rehearse("me", reply.message_id, model=FakeModel()).read()
    assert memory.messages("default") == messages
    assert memory.audit(1)[0].action == "model call"


def test_any_answer_can_be_rehearsed(memory: Memory, told: int) -> None:
    """Also one that more was said after: the model is given what stood before it."""
    model = FakeModel()
    memory.respond("me", "First?", model=model).read()
    second = memory.respond("me", QUESTION, model=model)
    second.read()
    memory.respond("me", "Third?", model=model).read()
    memory.rehearse("me", second.message_id, model=model).read()

    assert model.received[3][1:] == model.received[1][1:]


def test_a_wish_to_forget_is_not_carried_out_again(memory: Memory, told: int) -> None:
    """A rehearsal does nothing but answer."""
    other = memory.remember("me", "I like green tea.").id
    reply = memory.respond("me", "Forget that I like green tea.")
    reply.read()
    memory.restore(other)
    memory.rehearse("me", reply.message_id).read()

    assert memory.item(other).status == "active"


def test_only_ones_own_answers_are_rehearsed(memory: Memory, told: int) -> None:
    """Nor is a question answered as if it were an answer."""
    reply = memory.respond("me", QUESTION)
    reply.read()

    with pytest.raises(NotFound):
        memory.rehearse("stranger", reply.message_id)
    with pytest.raises(InvalidInput):
        memory.rehearse("me", reply.observation.message_id)


# -- what was near ------------------------------------------------------------------------------


def test_near_misses_are_named_with_what_they_lost_on(memory: Memory, told: int) -> None:
    """The nearest first, and none that the answer was built on."""
    for number in range(12):
        memory.remember("me", f"The database of project number {number} is slow.")
    reply = memory.respond("me", QUESTION, model=FakeModel())
    reply.read()

    used = {source.item.id for source in memory.sources(reply.message_id)}
    near = memory.near_misses("me", reply.message_id)
    assert told in used
    assert near
    assert not used & {miss.item.id for miss in near}
    assert [miss.rank for miss in near] == sorted(miss.rank for miss in near)
    assert all(miss.reason for miss in near)
    assert any("short of place 8" in miss.reason for miss in near)


def test_what_found_no_room_says_so(memory: Memory, told: int, clock: FixedClock) -> None:
    """As long as it is kept what the model got."""
    choir = memory.remember("me", "Bob sings in a choir.").id
    reply = memory.respond("me", QUESTION, model=FakeModel())
    reply.read()
    (left_out,) = [each for each in reply.sent.report.left_out if each.memory_id == choir]

    (miss,) = memory.near_misses("me", reply.message_id)
    assert miss.item.id == choir
    assert left_out.reason in miss.reason
    clock.advance(days=CONTEXT_DAYS + 1)
    (later,) = memory.near_misses("me", reply.message_id)
    assert left_out.reason not in later.reason


def test_looking_at_near_misses_is_no_use(memory: Memory, told: int) -> None:
    """It changes nothing."""
    reply = memory.respond("me", "What is the weather like?")
    reply.read()
    before = memory.item(told)
    memory.near_misses("me", reply.message_id)

    assert memory.item(told) == before


def test_where_memory_is_off_nothing_is_near(memory: Memory, told: int) -> None:
    """Nothing was looked for."""
    memory.set_conversation_memory("me", "default", False)
    reply = memory.respond("me", QUESTION)
    reply.read()

    assert memory.near_misses("me", reply.message_id) == ()


def test_an_earlier_answer_that_tells_a_memory_is_not_given_without_it(memory: Memory) -> None:
    """It was built on the memory, so it would tell it again in other words."""
    known = memory.remember("me", "I work at Acme with the quokkamandel team every day")
    told = FakeModel(("With the quokkamandels.",))
    memory.respond("me", "Where do I work at Acme?", conversation_id="w", model=told).read()
    again = memory.respond("me", "And at Acme, where?", conversation_id="w", model=FakeModel())
    again.read()
    assert again.message_id is not None
    without = FakeModel()

    memory.rehearse("me", again.message_id, model=without, without=[known.id]).read()

    given = " ".join(message["content"] for message in without.received[0])
    assert "quokkamandel" not in given
