"""Your data by hand: taken along, wiped, brought in again, and the same as before."""

import zipfile
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.beside import engine, start_anew
from tests.browser.conftest import PHONE
from tests.browser.person import TOO_WIDE, Person
from tests.browser.server import AppServer
from tests.flow.transfer.archives import Held, comparable, exported, held_in

if TYPE_CHECKING:
    from playwright.sync_api import Page

TOLD = "My cat is called Zanzibarquokka, and I prefer tests written with pytest."


@pytest.fixture
def person(page: "Page", app: AppServer) -> Person:
    """Somebody who has told one thing."""
    start_anew(app)
    somebody = Person(page, app.url)
    somebody.open()
    somebody.agree()
    somebody.expect(somebody.ask(TOLD)).to_contain_text("Remembered a fact and a preference:")
    return somebody


def download(person: Person) -> bytes:
    person.open("/privacy?view=yours")
    person.page.get_by_role("button", name="Prepare my data").click()
    with person.page.expect_download() as taken:
        person.page.get_by_role("button", name="Download my data").click()
    assert taken.value.suggested_filename.startswith("recollect-")
    return Path(taken.value.path()).read_bytes()


def timeless(held: Held) -> Held:
    """Without how strong it is at the moment, which passes here."""
    told = comparable(held)
    for item in told["memories"]:
        del item["retention"]
    return told


def upload(person: Person, data: bytes, name: str = "me.zip") -> None:
    file = {"name": name, "mimeType": "application/zip", "buffer": data}
    person.upload("The ZIP of an export, or its recollect.json", file)


def test_taken_along_wiped_and_brought_in_it_is_the_same(person: Person, app: AppServer) -> None:
    data = download(person)
    assert TOLD in [item["text"] for item in held_in(data)["memories"]]
    person.open("/privacy?view=erasure")
    person.erase()
    person.open("/privacy?view=yours")

    upload(person, data)

    person.expect(person.main.get_by_text("This would come in:")).to_be_visible()
    person.expect(person.main.get_by_text("3 memories", exact=False).first).to_be_visible()
    with engine(app) as memory:
        assert memory.items("me") == []
    person.page.get_by_role("button", name="Bring it in").click()
    person.expect(person.main.get_by_text("This came in:")).to_be_visible()
    person.rest()
    with engine(app) as memory:
        assert timeless(exported(memory)) == timeless(held_in(data))
    # the field is empty again
    person.expect(person.main.get_by_text("me.zip")).to_have_count(0)
    upload(person, data)
    person.expect(person.main.get_by_text("Nothing new.")).to_be_visible()


def test_a_file_that_is_no_export_is_told_so(person: Person) -> None:
    person.open("/privacy?view=yours")

    upload(person, b"PK\x03\x04 not really")

    said = person.main.get_by_text("Nothing was imported: the ZIP is damaged or cut off.")
    person.expect(said).to_be_visible()


def test_the_page_of_an_export_is_read_on_a_phone(person: Person, page: "Page") -> None:
    """Its style is let through by its own policy, and nothing of it is cut off."""
    with zipfile.ZipFile(BytesIO(download(person))) as archive:
        source = archive.read("recollect.html").decode()
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    page.goto("about:blank")

    page.set_content(source)

    assert TOLD in page.inner_text("#memories")
    corners = "getComputedStyle(document.querySelector('article')).borderRadius"
    assert page.evaluate(corners) != "0px"
    assert page.evaluate(TOO_WIDE.replace(".stMainBlockContainer", "main")) == []
