"""What is sensitive (GDPR Art. 9) needs a consent of its own, on every path to the file."""

from collections.abc import Callable

import pytest

from memory.engine import Memory
from memory.errors import ConsentRequired
from memory.records import PERSONALIZATION, SENSITIVE, ClassReason, DataClass, MessageState
from memory.settings import Settings
from tests.flow.conftest import OpenMemory
from tests.flow.on_disk import left_of

ILL = "I was diagnosed with type 2 diabetes by Doctor Quokkamandel"
WORD = "Quokkamandel"
TEA = "I like green tea from Assam and drink it every day at Acme"


def test_a_sensitive_message_is_answered_and_stays_in_the_process(
    memory: Memory, settings: Settings
) -> None:
    """It is seen in the chat, with the reason why it is not kept, and stands in no file."""
    reply = memory.respond("me", ILL)
    reply.read()

    said, answered = memory.messages("default", user_id="me")
    assert (said.text, said.data_class) == (ILL, DataClass.SENSITIVE)
    assert said.id < 0 > answered.id
    assert said.note == (
        "It is sensitive (health), and you have not agreed that such things are kept."
    )
    assert reply.observation.skipped == said.note
    assert answered.text == f"I don't keep that. {said.note}"
    assert memory.items("me") == []
    assert memory.stats().messages == 0
    assert left_of([WORD, "diabetes"], settings.database) == []


def test_with_consent_it_is_kept_as_what_it_is(memory: Memory) -> None:
    """With its class and the reason."""
    memory.grant("me", SENSITIVE)

    (item,) = memory.observe("me", "user", ILL).stored

    assert (item.data_class, item.class_reason) == (DataClass.SENSITIVE, ClassReason.HEALTH)
    assert [result.item.id for result in memory.recall("me", "diabetes")] == [item.id]


def test_what_was_refused_can_be_said_again_in_its_place(memory: Memory) -> None:
    """Once there is consent."""
    memory.respond("me", ILL).read()
    refused = memory.messages("default", user_id="me")[0].id
    memory.grant("me", SENSITIVE)

    memory.respond("me", ILL, replacing=refused).read()

    said, _ = memory.messages("default", user_id="me")
    assert (said.text, said.id > 0, said.note) == (ILL, True, "")
    assert memory.recall("me", "diabetes")


def test_an_edit_into_something_sensitive_leaves_no_old_message_beside_it(
    memory: Memory,
) -> None:
    """It takes its place, and what was learnt from the old one is forgotten."""
    memory.respond("me", TEA).read()
    old = memory.messages("default", user_id="me")[0].id

    memory.respond("me", ILL, replacing=old).read()

    said = [message.text for message in memory.messages("default", user_id="me")]
    assert said[0] == ILL
    assert len(said) == 2
    assert memory.recall("me", "green tea") == []


def test_nobody_s_consent_is_the_other_s(memory: Memory) -> None:
    """One agrees, the other does not."""
    memory.grant("other", PERSONALIZATION)
    memory.grant("other", SENSITIVE)

    assert not memory.observe("me", "user", ILL).stored
    assert memory.observe("other", "user", ILL).stored


WAYS: dict[str, Callable[[Memory], object]] = {
    "remember": lambda memory: memory.remember("me", ILL),
    "remember as sensitive": lambda memory: memory.remember("me", TEA, data_class="sensitive"),
    "edit": lambda memory: memory.edit(memory.items("me")[0].id, ILL),
    "classify": lambda memory: memory.classify(memory.items("me")[0].id, "sensitive"),
    "merge": lambda memory: memory.merge([item.id for item in memory.items("me")], ILL),
    "title": lambda memory: memory.rename_conversation("me", "default", ILL),
    "instructions": lambda memory: memory.set_instructions("me", ILL),
}


@pytest.mark.parametrize("way", WAYS)
def test_no_way_into_the_file_without_consent(memory: Memory, settings: Settings, way: str) -> None:
    """Each says what to do, and changes nothing."""
    memory.respond("me", TEA).read()
    memory.remember("me", "I prefer coffee")
    before = memory.items("me")

    with pytest.raises(ConsentRequired, match="no consent for “sensitive”"):
        WAYS[way](memory)

    assert memory.items("me") == before
    assert left_of([WORD], settings.database) == []
    memory.grant("me", SENSITIVE)
    WAYS[way](memory)


def test_a_class_that_the_person_chose_needs_no_other_consent(memory: Memory) -> None:
    """They know better what it is; a correction does not bring the class back."""
    item = memory.remember("me", "I have diabetes, says my comic", data_class="personal")

    edited = memory.edit(item.id, ILL)

    assert (edited.data_class, edited.class_reason) == (DataClass.PERSONAL, ClassReason.CHOSEN)


def test_a_class_chosen_for_something_else_does_not_cover_what_is_sensitive(
    memory: Memory,
) -> None:
    """Nobody chose it for these words."""
    item = memory.remember("me", TEA, data_class="public")

    with pytest.raises(ConsentRequired):
        memory.edit(item.id, ILL)
    memory.grant("me", SENSITIVE)
    assert memory.edit(item.id, ILL).data_class is DataClass.SENSITIVE


def test_withdrawing_it_erases_exactly_what_is_sensitive(
    memory: Memory, settings: Settings
) -> None:
    """Memories, messages of which none was made, and the answers to them, to the bytes."""
    memory.grant("me", SENSITIVE)
    memory.respond("me", TEA).read()
    memory.respond("me", ILL).read()
    memory.respond("me", "I'm pregnant", conversation_id="short").read()
    kept = memory.items("me")[-1]
    footprint = memory.footprint("me", purpose=SENSITIVE)

    receipt = memory.revoke("me", SENSITIVE)

    assert receipt.verified
    assert receipt.places == footprint.places
    assert memory.items("me") == [kept]
    assert left_of([WORD, "diabetes", "pregnant"], settings.database) == []
    states = [message.state for message in memory.messages("default")]
    assert states == [MessageState.COMPLETE] * 2 + [MessageState.ERASED] * 2
    assert not memory.observe("me", "user", ILL).stored


def test_withdrawing_it_takes_titles_and_instructions_along(
    memory: Memory, settings: Settings
) -> None:
    """Where they are sensitive by their words."""
    memory.grant("me", SENSITIVE)
    memory.observe("me", "user", TEA)
    memory.observe("me", "user", TEA, conversation_id="other")
    memory.rename_conversation("me", "default", f"My diabetes and {WORD}")
    memory.rename_conversation("me", "other", "Tea")
    memory.set_instructions("me", ILL)

    places = memory.revoke("me", SENSITIVE).places

    assert places == {"titles": 1, "settings": 1}
    assert {found.title for found in memory.conversations("me")} == {TEA[:60], "Tea"}
    assert left_of([WORD, "diabetes"], settings.database) == []


def test_withdrawing_personalization_takes_it_along(memory: Memory) -> None:
    """It was kept for both."""
    memory.grant("me", SENSITIVE)
    memory.observe("me", "user", ILL)

    memory.revoke("me", PERSONALIZATION)

    assert memory.items("me") == []


def test_a_private_chat_may_say_it(memory: Memory) -> None:
    """Nothing of it is stored anyway, and nothing is asked."""
    memory.respond("me", ILL, private=True).read()

    said = memory.messages("default", user_id="me")[0]
    assert said.note == ""


def test_a_consent_withdrawn_meanwhile_holds(open_memory: OpenMemory) -> None:
    """Between understanding a message and storing it."""
    memory = open_memory()
    memory.grant("me", PERSONALIZATION)
    memory.grant("me", SENSITIVE)
    embedder = memory._parts.embedder
    embed = embedder.embed

    def withdraw(texts: list[str]) -> object:
        embedder.embed = embed  # type: ignore[method-assign]
        memory.revoke("me", SENSITIVE)
        return embed(texts)

    embedder.embed = withdraw  # type: ignore[method-assign, assignment]
    reply = memory.respond("me", ILL)
    reply.read()

    assert not reply.observation.stored
    assert memory.stats().messages == 0
    assert [message.id < 0 for message in memory.messages("default", user_id="me")] == [True] * 2
