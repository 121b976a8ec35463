"""Privacy by hand: consent, rules, trying a text, taking the data along, and erasing it, checked in
what was downloaded and in the file itself."""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.beside import start_anew
from tests.browser.conftest import PHONE
from tests.browser.person import HEAD_PIXELS, TOO_WIDE, Person
from tests.browser.server import AppServer

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

SECRETIVE = "Zanzibarquokka"
"""A word that nothing else in the file holds."""
TOLD = f"My cat is called {SECRETIVE}, and I prefer tests written with pytest."
ROW_PIXELS = 38
"""Of the tables of this page: they are drawings, only the place tells what is where."""
DAYS_PIXELS, PERSONAL = 190, 3
"""Where the days of a class are."""
VIEWS = {
    "overview": "What left this computer",
    "consent": "Remember what I say",
    "retention": "Strict mode",
    "data": "Try a text",
    "yours": "Bring it in",
    "erasure": "This goes",
    "audit": "The chain is intact",
}
"""With a text that stands in each."""


@pytest.fixture
def person(page: "Page", app: AppServer) -> Person:
    """Somebody who has told one thing."""
    return tell(Person(page, app.url), app)


def tell(somebody: Person, app: AppServer) -> Person:
    start_anew(app)
    somebody.open()
    somebody.agree()
    somebody.expect(somebody.ask(TOLD)).to_contain_text("Remembered a fact and a preference:")
    return somebody


def view(person: Person, name: str) -> None:
    """By the control above the views."""
    person.page.get_by_role("radiogroup", name="View").get_by_text(name, exact=True).click()


def remember_switch(person: Person) -> "Locator":
    return person.main.get_by_role("switch", name="Remember what I say")


def press(switch: "Locator") -> None:
    """The box itself is out of sight; its label is what is pressed."""
    switch.locator("xpath=ancestor::label").click()


# -- the way in -----------------------------------------------------------------------------


def test_the_address_of_a_view_opens_it_on_a_fresh_server(
    server: Callable[..., AppServer], page: "Page"
) -> None:
    """As the first visitor's; another view takes its place in the address."""
    person = Person(page, server().url)

    person.open("/privacy?view=consent")

    person.expect(remember_switch(person)).to_be_attached()
    view(person, "Audit")
    person.expect(page.get_by_text("Nothing has happened yet")).to_be_visible()
    page.wait_for_url("**/privacy?view=audit")
    page.go_back()
    person.expect(remember_switch(person)).to_be_attached()


def test_every_view_fits_a_phone(new_page: "Callable[..., Page]", app: AppServer) -> None:
    """Nothing has to be scrolled sideways."""
    person = tell(Person(new_page(PHONE, color_scheme="dark"), app.url), app)

    for name, words in VIEWS.items():
        person.open(f"/privacy?view={name}")
        person.expect(person.main.get_by_text(words).first).to_be_visible()
        assert person.page.evaluate(TOO_WIDE) == [], name


# -- consent --------------------------------------------------------------------------------


def test_consent_is_withdrawn_after_what_goes_was_shown(person: Person, app: AppServer) -> None:
    """Closing the dialog leaves it on; the button erases, to the bytes, and shows the receipt."""
    page, expect = person.page, person.expect
    person.open("/privacy?view=consent")
    dialog, switch = page.get_by_role("dialog"), remember_switch(person)

    press(switch)
    expect(dialog).to_contain_text("3 memories")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(switch).to_be_checked()
    assert _files_with(SECRETIVE, app.folder)

    press(switch)
    page.get_by_role("button", name="Withdraw and erase").click()
    expect(page.get_by_text("Erased and verified")).to_be_visible()
    expect(dialog).to_have_count(0)
    expect(switch).not_to_be_checked()
    assert _files_with(SECRETIVE, app.folder) == []


def test_consent_is_given_with_the_keyboard(page: "Page", app: AppServer) -> None:
    """The switch takes the focus and the space bar."""
    start_anew(app)
    person = Person(page, app.url)
    person.open("/privacy?view=consent")
    switch = remember_switch(person)
    person.expect(switch).not_to_be_checked()

    switch.focus()
    page.keyboard.press("Space")

    person.expect(person.main.get_by_text("Given on")).to_be_visible()
    person.expect(switch).to_be_checked()


# -- rules ----------------------------------------------------------------------------------


def test_days_of_a_class_are_changed_and_saved(person: Person) -> None:
    """In the table, by hand."""
    page, expect = person.page, person.expect
    person.open("/privacy?view=retention")
    person.rest()
    table = page.get_by_test_id("stDataFrame").first
    table.click(position={"x": DAYS_PIXELS, "y": HEAD_PIXELS + ROW_PIXELS * (PERSONAL + 0.5)})
    page.keyboard.press("Enter")
    page.locator("input.gdg-input").fill("30")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Not saved yet.")).to_be_visible()

    page.get_by_role("button", name="Save", exact=True).click()

    expect(page.get_by_text("Saved.")).to_be_visible()
    person.open("/privacy")
    expect(person.main.get_by_text("in 30 days ·").first).to_be_visible()


def test_undo_of_saved_rules_brings_the_former_ones_back(person: Person) -> None:
    """By the preset, which shows its days at once."""
    page, expect = person.page, person.expect
    person.open("/privacy?view=retention")
    page.get_by_text("Article", exact=True).click()
    expect(page.get_by_text("Not saved yet.")).to_be_visible()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved.")).to_be_visible()

    page.get_by_role("button", name="Undo").click()

    expect(page.get_by_text("Saved.")).to_have_count(0)
    person.open("/privacy")
    expect(person.main.get_by_text("in 365 days ·").first).to_be_visible()


# -- trying a text --------------------------------------------------------------------------


def test_a_tried_text_is_shown_and_its_field_is_empty_again(person: Person, app: AppServer) -> None:
    """What was found in it is marked, nothing of it acts, and nothing of it is in the file."""
    page, expect = person.page, person.expect
    person.open("/privacy?view=data")
    field = page.get_by_role("textbox", name="Text", exact=True)
    field.fill("Mail wombatine@example.com about <b>it</b> and [this](https://evil.example).")

    page.get_by_role("button", name="Look", exact=True).click()

    marked = person.main.locator(".st-key-privacy_try_marked")
    expect(marked).to_contain_text("example.com about <b>it</b> and [this](https:")
    expect(marked.locator("a")).to_have_count(0)
    expect(person.main.get_by_text("Mail [EMAIL] about").first).to_be_visible()
    expect(field).to_have_value("")
    person.rest()
    assert _files_with("wombatine", app.folder) == []


# -- taking along, erasing ------------------------------------------------------------------


def test_erasing_everything_leaves_nothing_in_the_file(person: Person, app: AppServer) -> None:
    """The receipt says verified, the chat asks again, and no file holds the word."""
    assert _files_with(SECRETIVE, app.folder), "nothing was written, so nothing could be erased"
    person.go_to("Privacy")
    view(person, "Erasure")
    person.expect(person.main.get_by_text("3 memories")).to_be_visible()

    person.erase()

    person.expect(person.page.get_by_text("Nothing is held about you")).to_be_visible()
    person.go_to("Chat")
    person.expect(person.page.get_by_text("May I remember what you tell me?")).to_be_visible()
    person.expect(person.messages).to_have_count(0)
    assert _files_with(SECRETIVE, app.folder) == []


def test_erasing_one_conversation_that_was_ticked(person: Person, app: AppServer) -> None:
    """What goes stands there first."""
    person.open("/privacy?view=erasure")
    person.page.get_by_text("A conversation", exact=True).click()
    person.expect(person.main.get_by_text("Tick one to see what goes with it.")).to_be_visible()
    person.rest()
    table = person.page.get_by_test_id("stDataFrame").first
    table.click(position={"x": 16, "y": HEAD_PIXELS + ROW_PIXELS / 2})
    person.expect(person.main.get_by_text("This goes")).to_be_visible()

    person.erase()

    person.expect(person.main.get_by_text("No conversation is kept.")).to_be_visible()
    assert _files_with(SECRETIVE, app.folder) == []


# -- audit ----------------------------------------------------------------------------------


def test_audit_is_filtered_and_downloaded(person: Person) -> None:
    """The filter narrows what is seen; the download holds every event."""
    page, expect = person.page, person.expect
    person.open("/privacy?view=audit")
    page.get_by_role("combobox", name="What").fill("Model asked")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(page.get_by_text("Nothing of this has happened.")).to_be_visible()

    with page.expect_download() as download:
        page.get_by_role("button", name="Download as CSV").click()

    text = Path(download.value.path()).read_text()
    assert {"grant", "store"} <= {row["action"] for row in csv.DictReader(io.StringIO(text))}
    assert SECRETIVE not in text


def _files_with(word: str, folder: Path) -> list[str]:
    """The database, its journals, the keys, the server's log: whatever the app has written."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files if word.encode() in path.read_bytes()]
