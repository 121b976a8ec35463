"""The Inspector in a real browser: rows, ticks, addresses, keys and a phone."""

import re
from typing import TYPE_CHECKING

import pytest

from tests.browser.beside import engine, start_anew
from tests.browser.conftest import PHONE
from tests.browser.person import Person
from tests.browser.server import AppServer

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator, Page

BERLIN, TEA, GUITAR = "I live in Berlin.", "I prefer green tea to coffee.", "I play the guitar."
"""Told in this order, so listed the other way round."""


@pytest.fixture
def person(page: "Page", app: AppServer) -> Person:
    """Somebody of whom three things are remembered."""
    start_anew(app)
    with engine(app) as memory:
        memory.grant("me", "personalization")
        memory.remember("me", BERLIN)
        memory.remember("me", TEA, kind="preference")
        memory.remember("me", GUITAR)
    return Person(page, app.url)


def tick(person: Person, *rows: int) -> None:
    for row in rows:
        person.tick_row(row)


def card(person: Person) -> "Locator":
    return person.page.locator(".st-key-inspector_card")


def count(person: Person, words: str) -> None:
    """How many are listed, above the table."""
    shown = person.page.locator(".st-key-inspector_count").get_by_text(words, exact=True)
    person.expect(shown).to_be_visible()


def undo(person: Person) -> None:
    person.page.get_by_role("button", name="Undo", exact=True).click()
    person.toast("Undone.")


def test_a_click_opens_a_row_and_ticks_choose_several(person: Person) -> None:
    """Anywhere on the row; ticking others leaves the card as it is."""
    person.open("/inspector")
    person.expect(card(person)).to_contain_text(GUITAR)

    person.choose_row(2)
    person.expect(card(person)).to_contain_text(BERLIN)
    tick(person, 0, 1)

    person.expect(person.page.get_by_text("2 chosen")).to_be_visible()
    person.expect(card(person)).to_contain_text(BERLIN)
    assert "memory=" in person.page.url


def test_several_are_forgotten_and_come_back(person: Person) -> None:
    """The preview names them; when it closes they are gone, and nothing stays ticked."""
    person.open("/inspector")
    tick(person, 0, 1)
    person.page.get_by_role("button", name="Forget…").click()
    dialog = person.page.get_by_role("dialog")
    person.expect(dialog).to_contain_text(GUITAR)
    dialog.get_by_role("button", name="Forget 2 memories").click()

    count(person, "1 memory")
    person.expect(dialog).to_have_count(0)
    person.expect(card(person)).to_contain_text(BERLIN)

    undo(person)
    count(person, "3 memories")
    person.expect(person.page.get_by_text("2 chosen")).to_have_count(0)


def test_several_are_merged_and_come_apart(person: Person) -> None:
    """In the words of the dialog's field."""
    person.open("/inspector")
    tick(person, 0, 2)
    person.page.get_by_role("button", name="Merge…").click()
    dialog = person.page.get_by_role("dialog")
    person.expect(dialog.get_by_role("textbox")).to_have_value(f"{BERLIN}\n{GUITAR}")
    dialog.get_by_role("textbox").fill("I play the guitar in Berlin.")
    dialog.get_by_role("button", name="Merge 2 memories").click()

    count(person, "2 memories")
    person.expect(card(person)).to_contain_text("I play the guitar in Berlin.")
    person.expect(card(person)).to_contain_text("Merged from (2)")

    undo(person)
    count(person, "3 memories")


def test_address_brings_filters_back(person: Person) -> None:
    """After a reload, and after a look at another page; the badge counts them from the start."""
    person.open("/inspector?inspector_kinds=fact&inspector_sort=Oldest")
    page, expect = person.page, person.expect
    expect(page.get_by_role("button", name="Filter · 1")).to_be_visible()
    page.get_by_placeholder("Search your memories").fill("play")
    count(person, "1 memory")
    page.wait_for_url(re.compile("inspector_search=play"))

    page.reload()
    count(person, "1 memory")
    expect(page.get_by_placeholder("Search your memories")).to_have_value("play")
    expect(card(person)).to_contain_text(GUITAR)

    person.go_to("Privacy")
    person.go_to("Inspector")
    count(person, "1 memory")

    page.get_by_role("button", name="Clear filters").click()
    count(person, "3 memories")
    expect(card(person)).to_contain_text(BERLIN)


def test_pages_are_turned_and_kept_in_the_address(person: Person, app: AppServer) -> None:
    """A filter begins with the first page again."""
    with engine(app) as memory:
        for number in range(60):
            memory.remember("me", f"Note number {number}.", importance=0.5)
    person.open("/inspector?inspector_page=2")
    count(person, "63 memories")
    person.expect(card(person)).to_contain_text("Note number 9.")

    person.page.get_by_placeholder("Search your memories").fill("note")

    count(person, "60 memories")
    person.expect(card(person)).to_contain_text("Note number 59.")


def test_everything_is_done_by_keys(person: Person) -> None:
    """Arrows go from memory to memory, buttons take Enter."""
    person.open("/inspector")
    person.expect(card(person)).to_contain_text(GUITAR)
    person.page.get_by_test_id("data-grid-canvas").focus()

    person.page.keyboard.press("ArrowDown")

    person.expect(card(person)).to_contain_text(TEA)
    person.rest()
    card(person).get_by_role("button", name="Pin").press("Enter")
    person.expect(card(person).get_by_role("button", name="Unpin")).to_be_visible()
    person.page.get_by_role("button", name="Undo", exact=True).press("Enter")
    person.expect(card(person).get_by_role("button", name="Pin")).to_be_visible()


def test_source_leads_to_the_message_in_its_conversation(person: Person) -> None:
    """Out of another conversation."""
    told = "My sister lives in Oslo and I prefer trains to planes."
    person.open("/")
    person.ask(told)
    person.new_conversation()
    person.go_to("Inspector")
    person.unfold(card(person), "Where it was said")

    card(person).get_by_role("link", name="Open the conversation").click()

    person.expect(person.messages.first).to_contain_text(told)


def test_phone_shows_it_all_without_scrolling_sideways(
    person: Person, new_page: "Callable[..., Page]", app: AppServer
) -> None:
    """The card stands below the table, with the bar between them."""
    phone = Person(new_page(PHONE), app.url)
    phone.open("/inspector")
    tick(phone, 0, 1)
    phone.expect(phone.page.get_by_text("2 chosen")).to_be_visible()

    table = phone.page.get_by_test_id("stDataFrame").bounding_box()
    below = card(phone).bounding_box()
    assert below["y"] >= table["y"] + table["height"]
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


def test_class_is_changed_and_what_follows_from_it_shows(page: "Page", app: AppServer) -> None:
    """The badge, the day of its erasure and the row; Undo brings all of it back."""
    start_anew(app)
    with engine(app) as memory:
        memory.grant("me", "personalization")
        memory.remember("me", BERLIN, data_class="personal")
    person = Person(page, app.url)
    person.open("/inspector")
    person.expect(card(person)).to_contain_text("unless it is used")
    person.unfold(card(person), "Change its class")

    _choose_class(person, "internal")

    person.expect(card(person)).to_contain_text("internal: chosen by you")
    person.expect(card(person)).to_contain_text("Kept until it has faded")
    person.rest()
    _choose_class(person, "sensitive")
    person.toast("Turn it on in Privacy")
    person.expect(_class(person, "internal")).to_be_checked()
    person.expect(card(person).get_by_role("link", name="Consent to keep")).to_be_visible()

    undo(person)
    person.expect(_class(person, "personal")).to_be_checked()
    person.expect(card(person)).to_contain_text("unless it is used")


def _class(person: Person, name: str) -> "Locator":
    return card(person).get_by_role("radio", name=re.compile(f"^{name}"))


def _choose_class(person: Person, name: str) -> None:
    """By its name: the browser draws the circle itself."""
    card(person).get_by_role("radiogroup").get_by_text(name, exact=True).click()
