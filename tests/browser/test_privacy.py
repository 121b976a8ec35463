"""Taking the data along and erasing it, checked in what was downloaded and in the file itself."""

import io
import json
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.person import Person
from tests.browser.server import AppServer

if TYPE_CHECKING:
    from playwright.sync_api import Page

SECRETIVE = "Zanzibarquokka"
"""A word that nothing else in the file holds."""
TOLD = f"My cat is called {SECRETIVE}, and I prefer tests written with pytest."


@pytest.fixture
def person(page: "Page", app: AppServer) -> Person:
    """Somebody who has told one thing."""
    somebody = Person(page, app.url)
    somebody.start_anew()
    somebody.open()
    somebody.agree()
    somebody.expect(somebody.ask(TOLD)).to_contain_text("Remembered:")
    return somebody


def test_download_holds_what_was_told(person: Person) -> None:
    """A ZIP whose recollect.json has the memory's text."""
    person.go_to("Privacy")
    with person.page.expect_download() as download:
        person.page.get_by_role("button", name="Download my data").click()

    with zipfile.ZipFile(io.BytesIO(Path(download.value.path()).read_bytes())) as archive:
        exported = json.loads(archive.read("recollect.json"))

    assert download.value.suggested_filename == "recollect-export.zip"
    assert TOLD in [memory["text"] for memory in exported["memories"]]


def test_delete_everything_leaves_nothing_in_the_file(person: Person, app: AppServer) -> None:
    """The receipt says verified, the chat asks again, and no file holds the word."""
    assert _files_with(SECRETIVE, app.folder), "nothing was written, so nothing could be erased"
    person.go_to("Privacy")
    person.page.get_by_role("textbox", name="to confirm").fill("erase")
    person.page.get_by_role("button", name="Delete everything").click()
    person.expect(person.page.get_by_text("Erased and verified")).to_be_visible()
    person.expect(person.page.get_by_text("Nothing is held about you.")).to_be_visible()

    person.go_to("Chat")

    person.expect(person.page.get_by_text("May I remember what you tell me?")).to_be_visible()
    person.expect(person.messages).to_have_count(0)
    assert _files_with(SECRETIVE, app.folder) == []


def test_withdrawing_consent_shows_the_receipt(person: Person) -> None:
    """The dialog lists what goes, closes by itself, and the receipt takes its place."""
    page, expect = person.page, person.expect
    person.go_to("Privacy")
    page.get_by_role("button", name="Withdraw…").click()
    expect(page.get_by_role("dialog")).to_contain_text("Memories")

    page.get_by_role("button", name="Withdraw and erase").click()

    expect(page.get_by_text("Erased and verified")).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("button", name="Allow")).to_be_visible()


def _files_with(word: str, folder: Path) -> list[str]:
    """The database, its journals, the keys, the server's log: whatever the app has written."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files if word.encode() in path.read_bytes()]
