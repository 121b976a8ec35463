"""Whole conversations: titles, search, memory kept out of one, taking one along, deleting one."""

import pytest

from memory.engine import Memory
from memory.errors import ConsentRequired, InvalidInput, NotFound
from memory.records import PERSONALIZATION
from memory.settings import Settings
from tests.fakes import FakeModel, FixedClock
from tests.flow.conftest import OpenMemory
from tests.flow.on_disk import left_of

ACME = "I work at Acme with PostgreSQL and the zephyrine team"


def say(memory: Memory, text: str, conversation: str = "work", answer: str = "Noted.") -> None:
    model = FakeModel((answer,))
    memory.respond("me", text, conversation_id=conversation, model=model).read()


def title(memory: Memory, conversation: str = "work") -> str:
    (found,) = (each for each in memory.conversations("me") if each.id == conversation)
    return found.title


# -- titles ---------------------------------------------------------------------------------


def test_a_title_of_ones_own_takes_the_place_of_the_automatic_one(memory: Memory) -> None:
    say(memory, ACME)
    assert title(memory) == ACME[:60]

    memory.rename_conversation("me", "work", "  The new\n job ")
    assert title(memory) == "The new job"

    memory.rename_conversation("me", "work", "")
    assert title(memory) == ACME[:60]


def test_a_title_is_masked_as_a_message_is(memory: Memory) -> None:
    say(memory, ACME)

    memory.rename_conversation("me", "work", "Mail to m@acme.io")

    assert title(memory) == "Mail to [EMAIL_1]"


def test_a_title_that_cannot_be_is_refused(memory: Memory) -> None:
    say(memory, ACME)

    with pytest.raises(InvalidInput, match="title is"):
        memory.rename_conversation("me", "work", "long " * 100)
    with pytest.raises(NotFound):
        memory.rename_conversation("me", "elsewhere", "Title")
    with pytest.raises(NotFound):
        memory.rename_conversation("nobody", "work", "Title")


def test_erasing_a_name_takes_it_out_of_the_titles(memory: Memory, settings: Settings) -> None:
    say(memory, "I like tea")
    say(memory, "We use PostgreSQL with Acme every day", conversation="db")
    memory.rename_conversation("me", "work", "All about POSTGRESQL")
    (postgres,) = (e for e in memory.entities("me") if e.name == "PostgreSQL")

    assert memory.erase("me", entity=postgres.id).verified

    assert title(memory) == "I like tea"
    assert left_of(["PostgreSQL"], settings.database) == []


# -- search ---------------------------------------------------------------------------------


def test_messages_are_found_in_all_conversations_newest_first(memory: Memory) -> None:
    """By every word, in any case, also as part of a word."""
    say(memory, "The Straße is long", "street", answer="A long STRASSE indeed.")
    say(memory, "My street is short", "other", answer="I see.")

    found = memory.search_messages("me", "strasse long")

    assert [m.text for m in found] == ["A long STRASSE indeed.", "The Straße is long"]
    assert {m.conversation_id for m in found} == {"street"}
    assert memory.search_messages("me", "long", limit=1) == found[:1]
    assert memory.search_messages("me", "100% _ ' \" * OR") == []
    assert memory.search_messages("me", "  ") == []
    assert memory.search_messages("nobody", "long") == []


def test_what_was_replaced_or_erased_is_not_found(memory: Memory) -> None:
    say(memory, ACME)
    first = memory.messages("work")[0].id
    memory.respond(
        "me", "I like tea", conversation_id="work", model=FakeModel(), replacing=first
    ).read()

    assert memory.search_messages("me", "Acme") == []


# -- memory off in one conversation ---------------------------------------------------------


def test_with_memory_off_nothing_is_used_and_nothing_learnt(memory: Memory) -> None:
    """The conversation itself is kept, and remembers its own turns."""
    memory.remember("me", ACME)
    memory.set_conversation_memory("me", "off", False)
    model = FakeModel(("Fine.",))

    for text in ("Where do I work?", "I live in Berlin with PostgreSQL 14"):
        reply = memory.respond("me", text, conversation_id="off", model=model)
        reply.read()

    assert reply.observation.skipped.startswith("Memory is off in this conversation")
    assert reply.sources == ()
    assert "Acme" not in str(model.received)
    assert "Where do I work?" in str(model.received[1])
    assert [item.text for item in memory.items("me")] == [ACME]
    assert len(memory.messages("off")) == 4
    assert "Berlin" not in str(memory.context("me", "Well?", conversation_id="on").messages)
    assert "Acme" not in str(memory.context("me", "Well?", conversation_id="off").messages)
    assert not memory.conversations("me")[0].remembers


def test_the_built_in_answerer_says_that_memory_is_off(memory: Memory) -> None:
    """It neither tells what is known nor promises to remember."""
    memory.remember("me", ACME)
    memory.set_conversation_memory("me", "off", False)

    asked = memory.respond("me", "Where do I work?", conversation_id="off").read()
    told = memory.respond("me", "I live in Berlin", conversation_id="off").read()

    assert "Acme" not in asked
    assert "it is off in this conversation" in asked
    assert told.startswith("I'm not using memory now: it is off in this conversation.")


def test_memory_can_be_turned_on_again(memory: Memory) -> None:
    memory.remember("me", ACME)
    memory.set_conversation_memory("me", "work", False)
    memory.set_conversation_memory("me", "work", True)

    assert "Acme" in memory.respond("me", "Where do I work?", conversation_id="work").read()


def test_what_was_just_said_there_is_no_longer_known_elsewhere(memory: Memory) -> None:
    """Turning memory off takes it out of the last hour, too."""
    memory.observe("me", "user", ACME, conversation_id="work")
    assert "In another conversation" in str(
        memory.context("me", "Hi", conversation_id="x").messages
    )

    memory.set_conversation_memory("me", "work", False)

    given = str(memory.context("me", "Hi", conversation_id="x").messages)
    assert "In another conversation" not in given


def test_the_switch_needs_consent(open_memory: OpenMemory) -> None:
    """Without it there is nothing to switch, and nothing is written."""
    memory = open_memory()

    with pytest.raises(ConsentRequired):
        memory.set_conversation_memory("me", "work", False)
    assert memory.conversations("me") == []


# -- taking it along ------------------------------------------------------------------------


def test_a_handoff_holds_what_is_known_and_what_was_said(memory: Memory, clock: FixedClock) -> None:
    """Dated, oldest turn first; nothing counts as a use."""
    told = memory.remember("me", ACME)
    clock.advance(days=2)
    say(memory, "Where is the zephyrine office?", answer="In Paris.")

    used = memory.item(told.id).access_count

    text = memory.handoff("me", "work")

    known, said = text.split("## The conversation so far")
    assert "- employer: Acme (since 2026-03-02)" in known
    assert f"- On 2026-03-02 the person said (fact): {ACME}" in known
    assert said.split() == (
        "**Me:** Where is the zephyrine office? **Assistant:** In Paris.".split()
    )
    assert memory.item(told.id).access_count == used


def test_a_handoff_keeps_to_its_budget_and_to_the_switch(
    open_memory: OpenMemory, settings: Settings
) -> None:
    """The latest turns are kept; with memory off only the conversation goes along."""
    memory = open_memory(Settings(database=settings.database, buffer_tokens=120))
    memory.grant("me", PERSONALIZATION)
    memory.remember("me", ACME)
    memory.set_conversation_memory("me", "work", False)
    for number in range(12):
        say(memory, f"Turn number {number} about tea and milk and bread")

    text = memory.handoff("me", "work")

    assert "Turn number 11" in text
    assert "Turn number 0 " not in text
    assert "Acme" not in text


def test_a_handoff_of_nothing_is_only_its_heading(memory: Memory) -> None:
    assert memory.handoff("me", "empty").startswith("# Context from an earlier conversation")
    assert "##" not in memory.handoff("me", "empty")


# -- deleting -------------------------------------------------------------------------------


def test_a_conversation_goes_with_what_was_learnt_from_it(
    memory: Memory, settings: Settings
) -> None:
    say(memory, ACME)
    memory.rename_conversation("me", "work", "The quokkas of old")

    assert memory.erase("me", conversation="work").verified

    assert memory.conversations("me") == []
    assert memory.items("me") == []
    assert left_of(["zephyrine", "quokkas"], settings.database) == []


def test_a_conversation_can_go_and_leave_its_memories(memory: Memory, settings: Settings) -> None:
    """They are kept and used, without the source that is gone."""
    say(memory, ACME, answer="The wolframite answer.")

    footprint = memory.footprint("me", conversation="work", keep_memories=True)
    receipt = memory.erase("me", conversation="work", keep_memories=True)

    assert receipt.verified
    assert "memories" not in footprint.places
    assert dict(receipt.places) == dict(footprint.places)
    (kept,) = memory.items("me")
    assert (kept.text, kept.source_message_id, kept.conversation_id) == (ACME, None, None)
    assert memory.recall("me", "Acme", touch=False)[0].item == kept
    assert left_of(["wolframite"], settings.database) == []
    assert memory.check().sound


def test_names_of_kept_memories_stay_known(memory: Memory) -> None:
    """Else they could no longer be erased by name."""
    say(memory, ACME)

    memory.erase("me", conversation="work", keep_memories=True)

    assert "PostgreSQL" in {entity.name for entity in memory.entities("me")}


def test_memories_are_kept_of_a_conversation_only(memory: Memory) -> None:
    with pytest.raises(InvalidInput, match="of a conversation only"):
        memory.erase("me", keep_memories=True)


# -- in the process -------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["erase", "forget"])
def test_a_private_chat_does_not_tell_what_is_gone(memory: Memory, how: str) -> None:
    """An answer in it quoted the memory."""
    told = memory.remember("me", ACME)
    quoting = FakeModel((f"You said: {ACME}",))
    memory.respond("me", "Hi", conversation_id="p", private=True, model=quoting).read()
    if how == "forget":
        memory.forget(told.id)
    else:
        memory.erase("me", memory=told.id)
    model = FakeModel()

    memory.respond("me", "Well?", conversation_id="p", private=True, model=model).read()

    assert "Acme" not in str(model.received)


def test_an_unstored_chat_is_not_shown_to_another_person(memory: Memory) -> None:
    say(memory, ACME)
    memory.respond("other", "My secret is heptagon", conversation_id="work").read()

    with pytest.raises(InvalidInput, match="Say whose"):
        memory.messages("work")
    assert "heptagon" not in str(memory.messages("work", user_id="me"))


def test_a_search_of_too_many_words_is_refused_in_words(memory: Memory) -> None:
    many = " ".join(f"word{number}" for number in range(1000))

    with pytest.raises(InvalidInput, match="Use fewer"):
        memory.search_messages("me", many)
    with pytest.raises(InvalidInput, match="Use fewer"):
        memory.items("me", search=many)


@pytest.mark.parametrize("huge", [10**20, -(10**20)])
def test_a_number_too_large_is_refused_in_words(memory: Memory, huge: int) -> None:
    for call in (memory.item, memory.message, memory.forget, memory.related):
        with pytest.raises((InvalidInput, NotFound)):
            call(huge)
    with pytest.raises((InvalidInput, NotFound)):
        memory.regenerate("me", huge)
