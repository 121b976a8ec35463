"""Choosing who answers, and what a model made of a long conversation."""

from dataclasses import replace

import pytest

from memory import BUILT_IN, Memory, ModelNotConnected, ModelOffer
from pages.parts.shared import PERSONALIZATION, open_memory
from pages.parts.whose import ME
from tests.fakes import AtOnce, FakeModel, FakeModels, on_ollama
from tests.flow.test_earlier import SUMMARY, Summariser, talk
from tests.pages.screen import Screen

HERE = "http://127.0.0.1:8099"
KEY = "quokkamandel-key"


class Models(FakeModels):
    """Nothing is found by itself; what is at the address wants a key."""

    def find_at(
        self, address: str, key: str = "", *, elsewhere: bool = False
    ) -> tuple[ModelOffer, ...]:
        if address != HERE:
            raise ModelNotConnected(address)
        return super().find_at(address, key, elsewhere=elsewhere)


@pytest.fixture
def models(monkeypatch: pytest.MonkeyPatch) -> Models:
    found = Models(FakeModel(("Tiny says.",), name="tiny"), FakeModel(name="big"))
    monkeypatch.setattr("memory.engine.ChatModels", lambda *_: found)
    return found


@pytest.fixture
def choosing(models: Models, screen: Screen) -> Screen:
    """The dialog is open."""
    open_memory().grant(ME, PERSONALIZATION)
    return screen.click("model_choose")


def pick(screen: Screen, number: int) -> Screen:
    screen.test.radio(key="model_chosen").set_value(number)
    return screen.run()


def test_models_are_offered_beside_the_built_in_answerer(choosing: Screen) -> None:
    """With where they are; the one in use is marked."""
    (radio,) = choosing.test.radio
    assert radio.options == ["Built&#45;in answerer", "tiny", "big"]
    assert radio.value == 0
    assert "No model is connected" in choosing.words


def test_the_chosen_one_answers(choosing: Screen, models: Models) -> None:
    """The dialog goes, the sidebar names it, and what it needs is loaded ahead."""
    pick(choosing, 1).click("model_use")

    assert open_memory().chosen_model(ME) == on_ollama("tiny")
    assert "**Model:** tiny" in choosing.words
    assert "Ollama at http://127.0.0.1:11434" in choosing.words
    assert not choosing.test.radio
    choosing.say("Hello")
    assert choosing.messages[1] == "assistant: Tiny says."


def test_the_built_in_answerer_can_be_chosen_again(choosing: Screen) -> None:
    """It is always there."""
    open_memory().choose_model(ME, on_ollama("big"))
    choosing.click("model_choose")
    assert choosing.test.radio(key="model_chosen").value == 2
    pick(choosing, 0).click("model_use")

    assert open_memory().answerer(ME) == BUILT_IN


def test_a_model_that_is_gone_is_still_shown_as_the_one_in_use(choosing: Screen) -> None:
    """It was chosen, and may come back."""
    open_memory().choose_model(ME, on_ollama("gone"))
    choosing.click("model_choose")

    radio = choosing.test.radio(key="model_chosen")
    assert (radio.options[-1], radio.value) == ("gone", 3)


def test_the_connection_is_tested_before_it_is_used(choosing: Screen) -> None:
    """What it found is said; another choice takes it away."""
    pick(choosing, 1).click("model_test")
    assert [box.value for box in choosing.test.success] == ["It was asked&#46;"]
    pick(choosing, 2)
    assert not choosing.test.success


def test_another_address_is_looked_at_with_its_key(choosing: Screen, models: Models) -> None:
    """The first of the found ones is chosen; the key is handed on, and is not in the session any
    more."""
    choosing.fill("model_address", HERE).fill("model_key_0", KEY)
    choosing.click("model_look_there")

    assert "2 models found" in choosing.words
    radio = choosing.test.radio(key="model_chosen")
    assert (len(radio.options), radio.value) == (5, 3)
    assert KEY in models.keys
    assert KEY not in choosing.kept


def test_nothing_at_an_address_is_said_in_words(choosing: Screen) -> None:
    """With what to do."""
    choosing.fill("model_address", "http://127.0.0.1:9").click("model_look_there")

    assert "Nothing answers there. Start the server" in choosing.words


def test_the_model_in_use_is_looked_for_where_it_is(models: FakeModels, screen: Screen) -> None:
    """With the others that are there, when its address is none of the usual ones."""
    open_memory().choose_model(ME, replace(on_ollama("big"), address=HERE))

    screen.run().click("model_choose")

    offered = screen.test.radio(key="model_chosen")
    assert offered.options[1:] == ["tiny", "big", "tiny", "big"]
    assert offered.value == 4
    assert set(models.keys) == {""}


# -- what a conversation outgrew --------------------------------------------------------------


def test_a_summary_is_shown_above_its_conversation_and_erased_alone(
    models: Models, screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a receipt; the messages stay."""
    memory: Memory = open_memory()
    memory.grant(ME, PERSONALIZATION)
    monkeypatch.setattr("memory.flow.background.BackgroundThread.submit", AtOnce.submit)
    talk(memory, turns=130, conversation="long")
    memory.respond(ME, "How is the weather?", conversation_id="long", model=Summariser()).read()
    screen.test.query_params["c"] = "long"
    screen.run()
    assert "Summary of earlier turns" in screen.words
    assert SUMMARY in screen.words
    assert "Made by tiny" in screen.words

    screen.click("chat_summary_erase")
    assert SUMMARY not in screen.words
    assert "Erased and verified" in screen.words
    assert memory.summary(ME, "long") is None
