"""Another embedding model in a real browser: fetched from a hub on this computer, its index built
in the background, stopped by the end of the program, gone on with, and switched to."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from memory import Memory, Settings
from memory.adapters.embedder import FILES, MiniLMEmbedder, _packaged
from tests.adapters.hub import Hub, serving
from tests.browser.conftest import PHONE
from tests.browser.person import TOO_WIDE, Person
from tests.browser.server import AppServer
from tests.fakes import FakeEmbedder, FakeLanguage

if TYPE_CHECKING:
    from playwright.sync_api import Page

MODEL = "BAAI/bge-small-en-v1.5"
MEMORIES = 400
"""Some seconds of work: enough to be stopped in the middle of it."""
PATIENCE_MILLISECONDS = 120_000


def hub() -> Hub:
    """The packaged weights under the name of another model."""
    weights, tokenizer = (_packaged(FILES[name][0], name, FILES[name][1]) for name in FILES)
    files = {
        "model_optimized.onnx": weights,
        "tokenizer.json": tokenizer,
        "config.json": json.dumps({"pad_token_id": 0}).encode(),
        "tokenizer_config.json": b'{"model_max_length": 256, "pad_token": "[PAD]"}',
    }
    return Hub({"Qdrant/bge-small-en-v1.5-onnx-Q": files})


def fill(database: Path) -> None:
    embedder = FakeEmbedder(name=MiniLMEmbedder(database.parent).name)
    with Memory.open(
        Settings(database=database), embedder=embedder, language=FakeLanguage()
    ) as memory:
        memory.grant("me", "personalization")
        for number in range(MEMORIES):
            memory.remember("me", f"On day {number} I drank tea with my neighbour from Lisbon.")


def press(person: Person, name: str) -> None:
    person.main.get_by_role("button", name=name).first.click()


def choose(person: Person) -> None:
    """Among all that there are, by its name."""
    person.open("/privacy?view=yours")
    person.unfold(person.main, "Choose another model")
    field = person.main.get_by_placeholder("A name, a language, a licence")
    field.fill(MODEL)
    field.press("Enter")
    table = person.main.locator(".st-key-embedding_table canvas").first
    person.expect(person.main.get_by_text("Pick a row to see what it needs.")).to_be_visible()
    person.rest()
    box = table.bounding_box()
    assert box is not None
    person.page.mouse.click(box["x"] + 16, box["y"] + 52)
    person.expect(person.main.get_by_text("It is downloaded from Hugging Face")).to_be_visible()


def test_a_model_is_fetched_its_index_built_stopped_gone_on_with_and_used(
    page: "Page", new_page: "Callable[..., Page]", server: Callable[..., AppServer], tmp_path: Path
) -> None:
    """Nothing is fetched before the word about the network is agreed to."""
    with serving(hub()) as served:
        environ = {"HF_ENDPOINT": served.address, "RECOLLECT_CACHE": str(tmp_path / "cache")}
        app = server(prepare=fill, **environ)
        person = Person(page, app.url)
        choose(person)
        assert served.asked == []

        press(person, "Agree, download, and build its index")
        person.expect(person.main.get_by_text("is reading your memories")).to_be_visible(
            timeout=PATIENCE_MILLISECONDS
        )
        person.expect(person.main.get_by_text(f"of {MEMORIES} memories · about")).to_be_visible()
        press(person, "Stop")
        person.expect(person.main.get_by_text("is not finished")).to_be_visible()
        asked = len(served.asked)

        app.restart()
        person.open("/")
        person.sidebar.get_by_role("link", name="An index is not finished").click()
        press(person, "Go on")
        person.expect(person.main.get_by_text("waits for you to switch")).to_be_visible(
            timeout=PATIENCE_MILLISECONDS
        )
        press(person, "Switch to it")
        person.expect(person.main.get_by_text("is kept as the way back")).to_be_visible()
        person.expect(person.main.get_by_text(f"{MODEL} is in use")).to_be_visible()
        assert len(served.asked) == asked

    phone = Person(new_page(PHONE), app.url)
    phone.open("/privacy?view=yours")
    assert phone.page.evaluate(TOO_WIDE) == []
