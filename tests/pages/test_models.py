"""The dialog “Who answers”: what is found at another address, and the key that opens it."""

from dataclasses import replace

import pytest

from pages.parts.models import CHOSEN
from pages.parts.shared import USER, open_memory
from tests.fakes import FakeModel, FakeModels, on_ollama
from tests.pages.screen import Screen

ADDRESS = "http://127.0.0.1:9999"
SECRET = "zanzibar-quokka-4711"


@pytest.fixture
def models(monkeypatch: pytest.MonkeyPatch) -> FakeModels:
    fakes = FakeModels(FakeModel(name="tiny"), FakeModel(name="tall"))
    monkeypatch.setattr("memory.engine.LocalModels", lambda *_: fakes)
    return fakes


def test_what_is_found_at_another_address_is_chosen_and_its_key_is_let_go(
    models: FakeModels, screen: Screen
) -> None:
    """The first of the found ones, after the built-in answerer and what was there before."""
    screen.click("model_choose")
    screen.fill("model_address", ADDRESS).fill("model_key_0", SECRET)

    screen.click("model_look_there")

    assert models.keys == [SECRET]
    assert screen.test.session_state[CHOSEN] == 3
    assert SECRET not in screen.kept


def test_the_model_in_use_is_looked_for_where_it_is(models: FakeModels, screen: Screen) -> None:
    """With the others that are there, when its address is none of the usual ones."""
    open_memory().choose_model(USER, replace(on_ollama("tall"), address=ADDRESS))

    screen.run().click("model_choose")

    offered = screen.test.radio(key=CHOSEN)
    assert offered.options[1:] == ["tiny", "tall", "tiny", "tall"]
    assert offered.value == 4
    assert models.keys == [""]
