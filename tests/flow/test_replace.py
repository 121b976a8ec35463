"""A message edited and sent again, an answer given anew: what they replace is out of sight and use
at once, and erased when undo ends."""

import json
import zipfile
from io import BytesIO

import pytest

from memory.engine import Memory
from memory.errors import InvalidInput, ModelUnavailable, NotFound
from memory.flow.reply import Reply
from memory.records import PERSONALIZATION, MessageState, Role, Status
from memory.settings import Settings
from tests.fakes import FakeModel, FixedClock
from tests.flow.conftest import OpenMemory
from tests.flow.on_disk import left_of

ACME = "I work at Acme with PostgreSQL and the zephyrine team"
GLOBEX = "I work at Globex with MongoDB every single day"


def texts(memory: Memory, conversation: str = "work") -> list[str]:
    return [message.text for message in memory.messages(conversation)]


def say(memory: Memory, text: str, answer: str = "Noted.", **how: object) -> int:
    """Returns the message's id."""
    reply = memory.respond("me", text, conversation_id="work", model=FakeModel((answer,)), **how)
    reply.read()
    message_id = reply.observation.message_id
    return message_id if message_id is not None else memory.messages("work")[-2].id


# -- edit and send again --------------------------------------------------------------------


def test_an_edited_message_takes_the_place_of_what_followed(memory: Memory) -> None:
    say(memory, "Hello there", "Hello.")
    first = say(memory, ACME, "Acme, noted.")
    say(memory, "And I like tea", "Tea, noted.")

    say(memory, GLOBEX, "Globex, noted.", replacing=first)

    assert texts(memory) == ["Hello there", "Hello.", GLOBEX, "Globex, noted."]
    assert memory.count_messages("me", "work") == 4
    assert memory.conversations("me")[0].message_count == 4


def test_what_was_learnt_from_the_old_wording_is_forgotten(memory: Memory) -> None:
    """It can be put back until undo ends; it is in no recall, profile or context."""
    first = say(memory, ACME)
    (learnt,) = memory.memories_of(first)

    model = FakeModel(("Globex, noted.",))
    memory.respond("me", GLOBEX, conversation_id="work", model=model, replacing=first).read()

    assert memory.item(learnt.id).status is Status.FORGOTTEN
    assert "Acme" not in str(model.received)
    assert "Acme" not in str(memory.context("me", "Well?", conversation_id="work").messages)
    assert "Acme" not in str(memory.context("me", "Well?", conversation_id="other").messages)
    assert [field.value for field in memory.profile("me")] == ["Globex"]
    memory.restore(learnt.id)
    history = memory.profile_history("me", "employer")
    assert {field.value for field in history} == {"Acme", "Globex"}


def test_a_merge_that_holds_the_old_wording_is_undone(
    memory: Memory, clock: FixedClock, settings: Settings
) -> None:
    """What was merged with it stays, by itself."""
    first = say(memory, ACME)
    (learnt,) = memory.memories_of(first)
    river = memory.remember("me", "I live near the river")
    merged = memory.merge([learnt.id, river.id])

    say(memory, GLOBEX, replacing=first)

    assert memory.item(river.id) == river
    assert memory.item(learnt.id).merged_into is None
    assert {memory.item(merged.id).status, memory.item(learnt.id).status} == {Status.FORGOTTEN}
    assert all("Acme" not in found.item.text for found in memory.recall("me", ACME, touch=False))
    clock.advance(minutes=11)
    assert memory.expire().verified
    assert left_of(["zephyrine"], settings.database) == []
    assert [item.text for item in memory.items("me")] == [GLOBEX, river.text]


def test_what_was_replaced_is_erased_to_the_bytes_when_undo_ends(
    memory: Memory, clock: FixedClock, settings: Settings
) -> None:
    """Message, answer, memory, vector and words; the new turn stays whole."""
    first = say(memory, ACME, "The zephyrine team, noted.")
    say(memory, GLOBEX, "Globex, noted.", replacing=first)
    assert left_of(["zephyrine"], settings.database) == ["zephyrine"]

    clock.advance(minutes=11)
    receipt = memory.expire()

    assert receipt.verified
    assert left_of(["zephyrine", "Acme"], settings.database) == []
    assert texts(memory) == [GLOBEX, "Globex, noted."]
    assert memory.check().sound


def test_until_then_an_export_and_a_footprint_count_it(memory: Memory) -> None:
    """What is held is said to be held."""
    first = say(memory, ACME)
    say(memory, GLOBEX, replacing=first)

    with zipfile.ZipFile(BytesIO(memory.export("me"))) as archive:
        told = json.loads(archive.read("recollect.json"))
    messages = told["conversations"][0]["messages"]
    assert [bool(message["replaced_at"]) for message in messages] == [True, True, False, False]
    assert memory.footprint("me", conversation="work").places["messages"] == 4


def test_a_text_that_cannot_be_taken_replaces_nothing(memory: Memory) -> None:
    first = say(memory, ACME)

    with pytest.raises(InvalidInput):
        memory.respond("me", " ", conversation_id="work", replacing=first)

    assert texts(memory) == [ACME, "Noted."]
    assert memory.memories_of(first)[0].status is Status.ACTIVE


def test_only_ones_own_messages_of_the_conversation_can_be_edited(memory: Memory) -> None:
    first = say(memory, ACME)
    answer = memory.messages("work")[1].id
    memory.grant("somebody", PERSONALIZATION)

    with pytest.raises(InvalidInput, match="your own messages"):
        memory.respond("me", GLOBEX, conversation_id="work", replacing=answer)
    with pytest.raises(InvalidInput, match="your own messages"):
        memory.respond("me", GLOBEX, conversation_id="home", replacing=first)
    with pytest.raises(NotFound):
        memory.respond("somebody", GLOBEX, conversation_id="work", replacing=first)
    with pytest.raises(NotFound):
        memory.respond("me", GLOBEX, conversation_id="work", replacing=999)
    say(memory, GLOBEX, replacing=first)
    with pytest.raises(NotFound):
        memory.respond("me", GLOBEX, conversation_id="work", replacing=first)


def test_a_private_message_is_replaced_in_the_process(memory: Memory) -> None:
    first = say(memory, "I like tea", private=True)
    say(memory, "I like milk", private=True)

    say(memory, "I like water", private=True, replacing=first)

    assert texts(memory) == ["I like water", "Noted."]
    assert memory.conversations("me") == []


# -- an answer given anew -------------------------------------------------------------------


def test_an_answer_given_anew_takes_the_old_ones_place(memory: Memory) -> None:
    """It is given what the old one was given; the question stands and is learnt from once."""
    say(memory, "Hello there", "Hello.")
    asked = say(memory, ACME, "Old answer.")
    old = memory.messages("work")[-1].id
    items = memory.items("me")
    model = FakeModel(("New ", "answer."))

    reply = memory.regenerate("me", old, model=model)
    assert reply.read() == "New answer."

    assert texts(memory) == ["Hello there", "Hello.", ACME, "New answer."]
    assert memory.items("me") == items
    assert reply.observation.message_id == asked
    roles = [(message["role"], message["content"]) for message in model.received[0][1:]]
    assert roles == [("user", "Hello there"), ("assistant", "Hello."), ("user", ACME)]
    assert "Acme" not in model.received[0][0]["content"]


@pytest.mark.parametrize("private", [False, True])
def test_what_was_asked_while_an_answer_was_given_anew_stays(memory: Memory, private: bool) -> None:
    """In a second tab; it is no part of the answer that goes."""

    def ask(text: str, answer: str) -> Reply:
        model = FakeModel((answer,))
        return memory.respond("me", text, conversation_id="work", model=model, private=private)

    first = ask("Hello there", "Hello.")
    first.read()
    assert first.message_id is not None
    anew = memory.regenerate("me", first.message_id, model=FakeModel(("Hi ", "again.")))
    pieces = iter(anew)
    next(pieces)
    ask("And in the other tab?", "Here, too.").read()
    list(pieces)

    assert texts(memory) == ["Hello there", "And in the other tab?", "Here, too.", "Hi again."]


def test_an_answer_given_anew_knows_what_was_corrected_since(memory: Memory) -> None:
    """The built-in answerer answers from the memory as it is now."""
    (told,) = memory.observe("me", "user", ACME).stored
    reply = memory.respond("me", "Where do I work?", conversation_id="work")
    assert "Acme" in reply.read()
    memory.edit(told.id, "I work at Globex with MongoDB and the others")

    again = memory.regenerate("me", reply.message_id)

    assert "Globex" in again.read()
    assert [source.item.id for source in memory.sources(again.message_id)] == [told.id]
    assert texts(memory) == ["Where do I work?", again.text]


def test_the_old_answer_stays_until_the_new_one_has_something_to_say(memory: Memory) -> None:
    """A model that fails at once loses nothing; a stopped answer is kept as far as it came."""
    say(memory, "Hello there", "Old answer.")
    old = memory.messages("work")[-1].id

    with pytest.raises(ModelUnavailable):
        memory.regenerate("me", old, model=FakeModel(("New",), fails_after=0)).read()
    assert texts(memory) == ["Hello there", "Old answer."]

    reply = memory.regenerate("me", old, model=FakeModel(("New ", "answer.")))
    stream = iter(reply)
    next(stream)
    assert texts(memory) == ["Hello there", "Old answer."]
    reply.close()
    assert texts(memory) == ["Hello there", "New "]
    assert memory.messages("work")[-1].state is MessageState.PARTIAL


def test_an_answer_replaced_is_erased_when_undo_ends(
    memory: Memory, clock: FixedClock, settings: Settings
) -> None:
    say(memory, "Hello there", "The zephyrine answer of old.")
    memory.regenerate("me", memory.messages("work")[-1].id, model=FakeModel(("New.",))).read()

    clock.advance(minutes=11)

    assert memory.expire().verified
    assert left_of(["zephyrine"], settings.database) == []
    assert texts(memory) == ["Hello there", "New."]


def test_erasing_a_memory_erases_the_answer_given_anew_too(
    memory: Memory, settings: Settings
) -> None:
    """It acknowledged the memory in its own words."""
    asked = say(memory, ACME, "Old.")
    old = memory.messages("work")[-1].id
    memory.regenerate("me", old, model=FakeModel(("You are with quokkas.",))).read()

    memory.erase("me", memory=memory.memories_of(asked)[0].id)

    assert left_of(["quokkas", "zephyrine"], settings.database) == []
    assert [message.state for message in memory.messages("work")] == [MessageState.ERASED] * 2


def test_only_the_last_answer_can_be_given_anew(memory: Memory) -> None:
    say(memory, "Hello there", "Hello.")
    early = memory.messages("work")[-1].id
    asked = say(memory, ACME)

    with pytest.raises(InvalidInput, match="Only the last answer"):
        memory.regenerate("me", early)
    with pytest.raises(InvalidInput, match="Only the last answer"):
        memory.regenerate("me", asked)
    with pytest.raises(NotFound):
        memory.regenerate("me", 999)
    last = memory.messages("work")[-1].id
    memory.erase("me", memory=memory.memories_of(asked)[0].id)
    with pytest.raises(InvalidInput, match="was erased"):
        memory.regenerate("me", last)


def test_a_private_answer_is_given_anew_in_the_process(memory: Memory) -> None:
    say(memory, "I like tea", private=True)
    old = memory.messages("work")[-1].id

    memory.regenerate("me", old, model=FakeModel(("Milk?",))).read()

    assert texts(memory) == ["I like tea", "Milk?"]
    assert [message.role for message in memory.messages("work")] == [Role.USER, Role.ASSISTANT]
    assert memory.conversations("me") == []


def test_what_was_replaced_is_erased_at_closing(open_memory: OpenMemory, memory: Memory) -> None:
    """At closing what was replaced is erased, and the conversation is as it was seen."""
    first = say(memory, ACME)
    say(memory, GLOBEX, "Globex, noted.", replacing=first)
    memory.close()

    again = open_memory()

    assert texts(again) == [GLOBEX, "Globex, noted."]
    assert left_of(["zephyrine"], again.settings.database) == []
