"""A passphrase and a backup in a real browser: over a restart, with the wrong one and the right
one; a real file is downloaded and given back."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from memory import Memory, Settings
from memory.adapters.embedder import MiniLMEmbedder
from tests.browser.conftest import PHONE
from tests.browser.person import HEAD_PIXELS, TOO_WIDE, Person
from tests.browser.server import AppServer
from tests.fakes import FakeEmbedder, FakeLanguage

if TYPE_CHECKING:
    from playwright.sync_api import Page

PASSPHRASE = "four small words here"
ROW_PIXELS = 38
TEA, CAKE = "I prefer green tea.", "I prefer quokkacake."


def fill(database: Path) -> None:
    parts = {"embedder": FakeEmbedder(MiniLMEmbedder.name), "language": FakeLanguage()}
    with Memory.open(Settings(database=database), **parts) as memory:
        memory.grant("me", "personalization")
        for text in (TEA, CAKE):
            memory.remember("me", text)


def open_yours(person: Person) -> None:
    person.open("/privacy?view=yours")
    person.expect(person.page.get_by_role("heading", name="Passphrase")).to_be_visible()
    person.rest()


def type_passphrase(person: Person, passphrase: str) -> None:
    person.page.get_by_label("Passphrase", exact=True).fill(passphrase)
    person.page.get_by_role("button", name="Unlock").click()


def test_a_passphrase_outlives_a_restart_and_everything_is_there_behind_it(
    server: Callable[..., AppServer], new_page: "Callable[..., Page]"
) -> None:
    """Set, the server started again, a wrong one, the right one; then locked by hand. On a phone,
    where the room is."""
    app = server(prepare=fill)
    page = new_page(PHONE, color_scheme="dark")
    person = Person(page, app.url)
    open_yours(person)

    person.unfold(person.main, "Encrypt the file")
    page.get_by_label("New passphrase", exact=True).fill(PASSPHRASE)
    page.get_by_label("New passphrase, once more").fill(PASSPHRASE)
    page.get_by_role("button", name="Encrypt the file").click()
    person.expect(page.get_by_text("The file is encrypted now.")).to_be_visible()
    assert page.evaluate(TOO_WIDE) == []

    app.restart()
    person.open("/inspector")
    heading = page.get_by_role("heading", level=1)
    person.expect(heading).to_have_text(["Recollect is locked"])
    assert page.evaluate(TOO_WIDE) == []
    type_passphrase(person, "not the one at all")
    person.expect(page.get_by_text("does not open the file")).to_be_visible()
    person.expect(page.get_by_label("Passphrase", exact=True)).to_have_value("")
    type_passphrase(person, PASSPHRASE)
    person.expect(heading).to_have_text(["Inspector"])
    person.expect(page.get_by_text("2 memories").first).to_be_attached()

    open_yours(person)
    page.get_by_role("button", name="Lock now").click()
    person.expect(heading).to_have_text(["Recollect is locked"])
    assert PASSPHRASE not in app.output
    assert TEA.encode() not in app.database.read_bytes()


def test_a_backup_is_downloaded_and_given_back(
    server: Callable[..., AppServer], page: "Page", tmp_path: Path
) -> None:
    """What was erased in between is not in what comes back."""
    app = server(prepare=fill)
    person = Person(page, app.url)
    open_yours(person)
    with page.expect_download() as download:
        page.get_by_role("button", name="Make a backup").click()
    backup = tmp_path / download.value.suggested_filename
    download.value.save_as(backup)
    assert backup.name.startswith("recollect-backup-20")
    person.open("/privacy?view=erasure")
    kinds = page.get_by_role("radiogroup", name="What to erase")
    kinds.get_by_text("A memory", exact=True).click()
    person.expect(page.get_by_text("Tick one to see what goes with it.")).to_be_visible()
    person.rest()
    table = page.get_by_test_id("stDataFrame").first
    table.click(position={"x": 16, "y": HEAD_PIXELS + ROW_PIXELS / 2})  # the latest
    person.expect(page.get_by_text("This goes")).to_be_visible()
    person.erase()

    open_yours(person)
    person.unfold(person.main, "Restore a backup")
    person.upload("Backup", backup)
    person.expect(page.get_by_text("Erased here since, and erased from it again")).to_be_visible()
    assert page.evaluate(TOO_WIDE) == []
    page.get_by_role("textbox", name="to confirm").fill("restore")
    page.get_by_role("button", name="Restore this backup").click()

    person.expect(page.get_by_text("Restored")).to_be_visible()
    person.go_to("Inspector")
    person.expect(page.get_by_text("1 memory").first).to_be_attached()
