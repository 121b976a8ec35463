"""Answers of a model on the page: how they end, why they are as they are, what the model got."""

from collections.abc import Iterator, Sequence

import pytest

from memory import BUILT_IN, EmptyAnswer, Memory, ModelTooSlow, ModelUnavailable
from pages.parts.chat.why import telling
from pages.parts.shared import PERSONALIZATION, open_memory
from pages.parts.whose import ME
from tests.fakes import FakeModel, FakeModels, on_ollama
from tests.pages.screen import Screen

TOLD = "I decided to use PostgreSQL for the shop because of its reliability."
ASKED = "Which database do I use for the shop?"


class Moody(FakeModel):
    """Fails with the error it is given, or answers."""

    def __init__(self) -> None:
        super().__init__(("It is ", "PostgreSQL."), name="tiny")
        self.error: type[ModelUnavailable] | None = None

    def stream(self, messages: Sequence[object]) -> Iterator[str]:
        if self.error is None:
            yield from super().stream(messages)
        else:
            yield from self.pieces[:1] if self.error is ModelTooSlow else ()
            raise self.error(self.name)


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Moody:
    """The one that the person chose."""
    moody = Moody()
    monkeypatch.setattr("memory.engine.ChatModels", lambda *_: FakeModels(moody))
    return moody


@pytest.fixture
def memory(model: Moody, screen: Screen) -> Memory:
    shared = open_memory()
    shared.grant(ME, PERSONALIZATION)
    shared.choose_model(ME, on_ollama("tiny"))
    shared.remember(ME, TOLD)
    return shared


@pytest.fixture
def talking(memory: Memory, screen: Screen) -> Screen:
    return screen.run()


def test_a_model_answers_in_the_chat(talking: Screen) -> None:
    """As the built-in answerer does, with what it was built on."""
    talking.say(ASKED)

    assert talking.messages == [f"user: {ASKED}", "assistant: It is PostgreSQL."]
    assert "1 memory used" in talking.words


def test_a_failure_is_told_under_what_came_and_offers_two_ways_on(
    talking: Screen, model: Moody, memory: Memory
) -> None:
    """Also after a reload: the sentence is made from what is kept."""
    model.error = ModelTooSlow
    talking.say(ASKED)

    for seen in (talking, Screen().run()):
        assert seen.messages == [f"user: {ASKED}", "assistant: It is"]
        assert str(ModelTooSlow("tiny")) in seen.words
        assert seen.key("chat_again_")
        assert seen.key("chat_from_memory_")


def test_a_failure_without_a_word_is_told_in_its_place(talking: Screen, model: Moody) -> None:
    """The question stands once, and nothing is drawn as if it were an answer."""
    model.error = EmptyAnswer
    talking.say(ASKED)

    assert talking.messages[0] == f"user: {ASKED}"
    assert len(talking.messages) == 2
    assert str(EmptyAnswer("tiny")) in talking.words


def test_try_again_and_answer_from_memory(talking: Screen, model: Moody, memory: Memory) -> None:
    """Each takes the place of what failed."""
    model.error = EmptyAnswer
    talking.say(ASKED)
    model.error = None
    talking.click(talking.key("chat_again_"))
    assert talking.messages[1] == "assistant: It is PostgreSQL."
    assert not [key for key in talking.keys if key.startswith("chat_from_memory_")]

    model.error = EmptyAnswer
    talking.say("And which database did I decide to use for the shop?")
    talking.click(talking.key("chat_from_memory_"))
    answer = memory.messages(memory.conversations(ME)[0].id)[-1]
    assert memory.answered(ME, answer.id).model == BUILT_IN
    assert "PostgreSQL" in talking.messages[3]
    assert len(talking.messages) == 4


# -- why --------------------------------------------------------------------------------------


@pytest.fixture
def why(talking: Screen) -> Screen:
    """The dialog of the only answer is open."""
    talking.say(ASKED)
    return talking.click(talking.key("chat_why_"))


def test_why_tells_who_answered_and_what_it_was_built_on(why: Screen) -> None:
    """With a switch for each memory, and nothing to do as long as all are on."""
    assert "Answered by tiny on this computer" in why.words
    assert [toggle.label for toggle in why.test.toggle if "PostgreSQL" in toggle.label]
    assert why.test.button(key=why.key("chat_why_again_")).disabled


def test_of_a_score_only_what_is_something_is_told() -> None:
    """The weightiest first; what rounds to nothing is left out."""
    terms = {"date": 0.0, "length": 0.2, "names": -0.004, "full text": -1.5}

    assert telling(terms) == [("full text", "-1.50"), ("length", "0.20")]


def test_an_answer_is_seen_without_a_memory_beside_the_old_one(why: Screen, model: Moody) -> None:
    """The model is given all but that one, and nothing of it is kept."""
    (switch,) = (toggle for toggle in why.test.toggle if "PostgreSQL" in toggle.label)
    switch.set_value(False)
    why.run()
    model.pieces = ("I do not know.",)
    why.click(why.key("chat_why_again_"))

    assert {"It is PostgreSQL.", "I do not know."} <= set(why.words.splitlines())
    assert TOLD in model.received[0][0]["content"]
    assert TOLD not in model.received[1][0]["content"]
    assert "I do not know." not in Screen().run().words


def test_near_misses_have_their_reasons(why: Screen, memory: Memory) -> None:
    """What was not near at all is not named."""
    memory.remember(ME, "The database of the old shop was slow.")
    why.choose("Near misses", key=why.key_of_view())

    assert "The database of the old shop was slow." in why.words
    assert "Place " in why.words


def test_what_the_model_got_is_shown_whole(why: Screen, model: Moody) -> None:
    """With its tokens by section."""
    why.choose("What the model got", key=why.key_of_view())

    codes = [code.value for code in why.test.code]
    assert codes == [message["content"] for message in model.received[0]]
    assert "allowed, as Recollect counts" in why.words


def test_the_built_in_answerer_got_nothing(memory: Memory, screen: Screen) -> None:
    """So there is nothing to show of it."""
    memory.choose_model(ME, None)
    screen.run().say(ASKED)
    screen.click(screen.key("chat_why_"))

    assert "no model was asked" in screen.words
    control = screen.test.segmented_control(key=screen.key_of_view())
    assert control.options == ["Built on", "Near misses", "What it took"]


def test_an_answer_that_is_not_stored_is_explained_as_well(talking: Screen, model: Moody) -> None:
    """As long as it is there: what it was built on, what without that, and what the model got."""
    talking.click("chat_start_private")
    talking.say(ASKED)
    talking.click(talking.key("chat_why_"))
    (switch,) = (toggle for toggle in talking.test.toggle if "PostgreSQL" in toggle.label)
    switch.set_value(False)
    talking.run()
    model.pieces = ("I do not know.",)
    talking.click(talking.key("chat_why_again_"))
    assert {"It is PostgreSQL.", "I do not know."} <= set(talking.words.splitlines())

    talking.choose("What the model got", key=talking.key_of_view())
    assert TOLD in next(code.value for code in talking.test.code)
    assert "Not stored: it is gone with this chat." in talking.words
    assert "Kept until" not in talking.words
