"""A file that cannot be used, in a real browser: what stands there, what is downloaded, and the way
back."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import apsw
import pytest

from memory import Memory, Settings
from memory.adapters.embedder import MiniLMEmbedder
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.person import Person
from tests.browser.server import AppServer
from tests.fakes import FakeEmbedder, FakeLanguage

if TYPE_CHECKING:
    from playwright.sync_api import Page

PAGE_BYTES = 4096
TURNS = 300
LAST = f"Turn {TURNS - 1}: we decided to deploy on Fridays only."


def fill(database: Path) -> None:
    """Turns over many pages of the file, made by the real engine."""
    parts = {"embedder": FakeEmbedder(MiniLMEmbedder.name), "language": FakeLanguage()}
    with Memory.open(Settings(database=database, importance_threshold=1), **parts) as memory:
        memory.grant("me", "personalization")
        for number in range(TURNS):
            text = f"Turn {number}: we decided to deploy on Fridays only."
            memory.observe("me", "user", text, conversation_id="first")


def fill_and_damage(database: Path) -> None:
    """One page of messages, the last but one: the chat reads the latest of them."""
    fill(database)
    connection = apsw.Connection(str(database))
    pages = connection.execute(
        "select pageno from dbstat where name = 'messages' and pagetype = 'leaf' order by path"
    ).fetchall()
    connection.close()
    [page] = pages[-2]
    content = bytearray(database.read_bytes())
    content[(page - 1) * PAGE_BYTES : page * PAGE_BYTES] = bytes(PAGE_BYTES)
    database.write_bytes(content)


def test_a_page_damaged_while_the_app_runs_gives_the_page_and_the_rest_of_the_file(
    server: Callable[..., AppServer], page: "Page", tmp_path: Path
) -> None:
    """Half of the chat stood there already: only the failure does now, and the rest is saved."""
    app = server(prepare=fill_and_damage)
    person = Person(page, app.url)

    person.open("/?c=first")

    headings = page.get_by_role("heading", level=1)
    person.expect(headings).to_have_text(["The database is damaged"])
    person.expect(person.composer).to_have_count(0)
    person.expect(page.get_by_text(str(app.database))).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download what can be read").click()
    download.value.save_as(tmp_path / "salvage.zip")
    with zipfile.ZipFile(tmp_path / "salvage.zip") as archive:
        assert "messages" in archive.read("README.txt").decode()
        tables = json.loads(archive.read("recollect.json"))["tables"]
    read = [message["text"] for message in tables["messages"]]
    assert 0.8 * TURNS < len(read) < TURNS
    assert LAST in read


@pytest.mark.parametrize(
    ("viewport", "scheme"), [(DESKTOP, "light"), (PHONE, "dark")], ids=["desktop", "phone"]
)
def test_try_again_leads_back_once_the_file_is_put_right(
    server: Callable[..., AppServer],
    new_page: "Callable[..., Page]",
    viewport: tuple[int, int],
    scheme: str,
) -> None:
    """From a deep link, to the page it named; nothing is wider than the screen."""
    app = server(prepare=lambda path: path.write_text("Dear diary, no database. " * 100))
    page = new_page(viewport, color_scheme=scheme)
    person = Person(page, app.url)

    person.open("/privacy")
    person.expect(page.get_by_role("heading", level=1)).to_have_text("This file is not a database")
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport[0]
    app.database.unlink()
    page.get_by_role("button", name="Try again").click()

    person.expect(page.get_by_role("heading", name="Privacy", level=1)).to_be_visible()
    person.expect(page.get_by_role("heading", level=1)).to_have_count(1)
