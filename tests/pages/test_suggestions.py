"""What a model that reads along suggests, beneath the answer and in the inbox; and its switch."""

from collections.abc import Mapping
from threading import Event

import pytest
from streamlit.testing.v1 import AppTest

from memory import Memory, MemoryItem, Status
from memory.flow import propose
from pages.parts.chat.remembered import UNUSABLE
from pages.parts.shared import PERSONALIZATION, USER, open_memory
from tests.fakes import FakeReader, suggesting
from tests.pages.screen import Screen

SAID = "I live in Lisbon. We had friends over, and Rex, our dog, ate 12 pancakes."
READ = "Our dog Rex ate 12 pancakes."
MARK = "Suggested by a model"


@pytest.fixture
def chat(screen: Screen, memory: Memory) -> Screen:
    """After one answered message of a person whose model reads along."""
    memory.set_learning_with_model(USER, True)
    return screen.run().say(SAID)


def read(memory: Memory, model: FakeReader) -> None:
    """As it is done in the background, of the last thing the person said."""
    (conversation,) = memory.conversations(USER)
    said = [each for each in memory.messages(conversation.id) if each.role == "user"]
    assert propose.learn(memory._parts, model, USER, said[-1].id, Event()) is not None


def suggest(memory: Memory, **more: object) -> MemoryItem:
    suggestion: Mapping[str, object] = {"text": READ, "kind": "episode", **more}
    read(memory, suggesting(suggestion))
    (found,) = (each.item for each in memory.inbox(USER) if each.item.by_model)
    return found


# -- beneath the answer ---------------------------------------------------------------------


def test_suggestion_stands_beneath_what_was_remembered(chat: Screen, memory: Memory) -> None:
    """Marked as a model's, with a way to accept it and one to say no."""
    assert MARK not in chat.words
    item = suggest(memory)
    chat.run()

    assert "Remembered" in chat.words
    assert f"{MARK}: “Our dog Rex ate 12 pancakes” · episode" in chat.words
    chat.click(f"chat_inbox_accept_{item.id}")
    assert memory.item(item.id).in_use
    assert MARK not in chat.words
    assert "Our dog Rex ate 12 pancakes" in chat.words


def test_no_takes_only_the_suggestion_and_can_be_undone(chat: Screen, memory: Memory) -> None:
    """What the rules found of the same message stays remembered."""
    item = suggest(memory)

    chat.run().click(f"chat_inbox_reject_{item.id}")
    assert "Not kept: “Our dog Rex ate 12 pancakes”" in chat.words
    assert "Remembered" in chat.words
    assert "Forgotten" not in chat.words
    chat.click(f"chat_not_taken_{item.id}_restore")
    assert memory.item(item.id).status is Status.PROPOSED
    assert MARK in chat.words


def test_rewording_shows_what_it_would_replace(chat: Screen, memory: Memory) -> None:
    """And replaces it only when that is pressed."""
    chat.say("My sister is called Anna.").say("By the way: Anna is a nurse.")
    read(
        memory,
        suggesting({"action": "update", "target": 1, "text": "By the way: my sister is a nurse."}),
    )
    (proposal,) = (each for each in memory.inbox(USER) if each.item.by_model)
    assert proposal.rival is not None
    chat.run()

    assert "a rewording of" in chat.words
    chat.click(f"chat_inbox_replace_{proposal.item.id}")
    assert memory.item(proposal.rival.id).superseded_by == proposal.item.id


def test_suggestions_that_cannot_be_used_are_said_so(chat: Screen, memory: Memory) -> None:
    """In one quiet line, also after a reload; what the rules found is not touched."""
    read(memory, FakeReader(["As a language model, I"]))

    for screen in (chat.run(), Screen().run()):
        assert UNUSABLE in screen.words
        assert "Remembered" in screen.words


def test_nothing_new_says_nothing(chat: Screen, memory: Memory) -> None:
    """There is nothing to decide."""
    before = chat.run().words
    read(memory, suggesting())

    assert chat.run().words == before


# -- in the inbox ---------------------------------------------------------------------------


def test_inbox_marks_what_a_model_suggests(chat: Screen, memory: Memory) -> None:
    """It is decided one by one: not among what is asked about and can be answered at once."""
    item = suggest(memory)
    chat.open("inspector")
    chat.test.session_state["inspector_tab"] = "Inbox"
    chat.run()

    assert MARK in chat.words
    assert READ in chat.words
    assert "inspector_inbox_accept_all" not in chat.keys
    chat.click(f"inspector_inbox_reject_{item.id}")
    assert memory.item(item.id).status is Status.FORGOTTEN
    chat.click("inspector_undo")
    assert memory.item(item.id).status is Status.PROPOSED


# -- the switch -----------------------------------------------------------------------------


def sidebar(is_local: bool | None) -> AppTest:
    def page(is_local: bool | None) -> None:
        from pages.parts.shared import USER, open_memory
        from pages.parts.sidebar import draw_sidebar

        draw_sidebar(open_memory(), USER, model_is_local=is_local)

    test = AppTest.from_function(page, args=(is_local,), default_timeout=30).run()
    assert not test.exception
    return test


def test_switch_is_shown_where_a_model_is_connected() -> None:
    """Off until it is turned on; it stands as it was chosen."""
    assert not sidebar(None).toggle

    test = sidebar(is_local=True)
    assert test.toggle[0].label == "Learn with the model too"
    assert not test.toggle[0].value
    test.toggle[0].set_value(True).run()
    assert open_memory().learns_with_model(USER)
    assert sidebar(is_local=True).toggle[0].value


def test_switch_says_why_a_model_elsewhere_does_not_read_along() -> None:
    """What is learnt from stays on this computer."""
    test = sidebar(is_local=False)

    assert test.toggle[0].disabled
    assert any("Only a model on this computer" in each.value for each in test.caption)


def test_switch_rests_where_only_what_is_told_is_kept() -> None:
    """The stricter choice holds."""
    memory = open_memory()
    memory.grant(USER, PERSONALIZATION)
    memory.set_learning(USER, "only what I say")

    assert sidebar(is_local=True).toggle[0].disabled
