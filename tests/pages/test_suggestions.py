"""What a model that reads along suggests, beneath the answer and in the inbox; and its switch."""

from collections.abc import Iterator, Mapping, Sequence
from threading import Event

import pytest
from streamlit.testing.v1.element_tree import Toggle

from memory import Memory, MemoryItem, Status
from memory.flow.afterwards import propose
from memory.records import ChatMessage
from pages.parts.chat.remembered import UNUSABLE
from pages.parts.shared import open_memory
from pages.parts.sidebar import LEARNS
from pages.parts.whose import ME
from tests.fakes import AtOnce, FakeModel, FakeModels, FakeReader, on_ollama, suggesting
from tests.pages.screen import Screen

SAID = "I live in Lisbon. We had friends over, and Rex, our dog, ate 12 pancakes."
READ = "Our dog Rex ate 12 pancakes."
MARK = "Suggested by a model"


class Answering(FakeReader):
    """Answers in words, and suggests what it is given to suggest."""

    def __init__(self, reading: FakeReader) -> None:
        super().__init__(["Noted."], name="reads along")
        self.reading = reading

    def structured(
        self, messages: Sequence[ChatMessage], schema: Mapping[str, object]
    ) -> Iterator[str]:
        return self.reading.structured(messages, schema)


@pytest.fixture(autouse=True)
def _models(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that reads along, one that keeps to no form, and one that is elsewhere."""
    models = FakeModels(
        Answering(suggesting({"text": READ, "kind": "episode"})),
        FakeModel(name="plain"),
        FakeReader(name="elsewhere", is_local=False),
    )
    monkeypatch.setattr("memory.engine.ChatModels", lambda *_: models)
    monkeypatch.setattr("memory.engine.BackgroundThread", AtOnce)


@pytest.fixture
def chat(screen: Screen, memory: Memory) -> Screen:
    """After one answered message of a person whose model reads along."""
    memory.set_learning_with_model(ME, True)
    return screen.run().say(SAID)


def read(memory: Memory, model: FakeReader) -> None:
    """As it is done in the background, of the last thing the person said."""
    (conversation,) = memory.conversations(ME)
    said = [each for each in memory.messages(conversation.id) if each.role == "user"]
    assert propose.learn(memory._parts, model, ME, said[-1].id, Event()) is not None


def suggest(memory: Memory, **more: object) -> MemoryItem:
    suggestion: Mapping[str, object] = {"text": READ, "kind": "episode", **more}
    read(memory, suggesting(suggestion))
    (found,) = (each.item for each in memory.inbox(ME) if each.item.by_model)
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
    (proposal,) = (each for each in memory.inbox(ME) if each.item.by_model)
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
    """With what it was read in. It is decided one by one: not among what is asked about and can be
    answered at once."""
    item = suggest(memory)
    chat.open("inspector")
    chat.test.session_state["inspector_tab"] = "Inbox"
    chat.run()

    assert MARK in chat.words
    assert READ in chat.words
    assert f"You said today: “{SAID}”" in chat.words
    assert "inspector_inbox_accept_all" not in chat.keys
    chat.click(f"inspector_inbox_reject_{item.id}")
    assert memory.item(item.id).status is Status.FORGOTTEN
    chat.click("inspector_undo")
    assert memory.item(item.id).status is Status.PROPOSED


# -- the switch -----------------------------------------------------------------------------


def switch(screen: Screen) -> Toggle | None:
    found = [each for each in screen.run().test.toggle if each.key == LEARNS]
    return found[0] if found else None


def test_switch_is_shown_where_a_model_can_read_along(screen: Screen) -> None:
    """Off until it is turned on; another session finds it as it was chosen."""
    assert switch(screen) is None

    open_memory().choose_model(ME, on_ollama("reads along"))
    shown = switch(screen)
    assert shown is not None
    assert (shown.label, shown.value) == ("Learn with the model too", False)
    shown.set_value(True).run()
    assert open_memory().learns_with_model(ME)
    other = switch(Screen())
    assert other is not None
    assert other.value


@pytest.mark.parametrize("model", ["plain", "elsewhere"])
def test_switch_says_why_a_model_cannot_read_along(screen: Screen, model: str) -> None:
    """What is learnt from stays on this computer, and comes in one form."""
    open_memory().choose_model(ME, on_ollama(model))

    shown = switch(screen)
    assert shown is not None
    assert shown.disabled
    assert "Only a model on this computer that keeps to a form can read along." in screen.words


def test_switch_rests_where_only_what_is_told_is_kept(screen: Screen) -> None:
    """The stricter choice holds."""
    open_memory().choose_model(ME, on_ollama("reads along"))
    open_memory().set_learning(ME, "only what I say")

    shown = switch(screen)
    assert shown is not None
    assert shown.disabled


def test_after_an_answer_the_model_reads_along(screen: Screen, memory: Memory) -> None:
    """From what is typed to what stands beneath the answer."""
    memory.choose_model(ME, on_ollama("reads along"))
    memory.set_learning_with_model(ME, True)

    screen.run().say(SAID)

    assert f"{MARK}: “Our dog Rex ate 12 pancakes” · episode" in screen.words
