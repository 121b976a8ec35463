"""The Inspector's profile and timeline in a real browser: dialogs, the way to a memory, a phone."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from tests.browser.beside import engine, start_anew
from tests.browser.conftest import PHONE
from tests.browser.person import TOO_WIDE, Person
from tests.browser.server import AppServer

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator, Page


@pytest.fixture
def person(page: "Page", app: AppServer) -> Person:
    """Somebody who moved, and is in the Inspector."""
    start_anew(app)
    with engine(app) as memory:
        memory.grant("me", "personalization")
        for month, text in ((3, "I live in Berlin."), (4, "I live in Munich now.")):
            at = datetime(2026, month, 2, 12, tzinfo=UTC)
            memory.observe("me", "user", text, at=at)
    arrived = Person(page, app.url)
    arrived.open("/inspector")
    return arrived


def open_tab(person: Person, name: str) -> None:
    person.page.get_by_role("tab", name=name).click()
    person.expect(person.page.get_by_role("tab", name=name, selected=True)).to_be_visible()
    person.rest()


def document(person: Person) -> "Locator":
    return person.page.locator(".st-key-profile_document")


def test_a_field_is_changed_and_undone(person: Person) -> None:
    """The dialog begins with the value, and is gone when it is saved."""
    open_tab(person, "Profile")
    person.expect(document(person)).to_contain_text("Munich")
    document(person).get_by_role("button", name="Change", exact=True).click()
    dialog = person.page.get_by_role("dialog")
    person.expect(dialog.get_by_role("textbox")).to_have_value("Munich")

    dialog.get_by_role("textbox").fill("Hamburg")
    dialog.get_by_role("button", name="Save").click()

    person.expect(dialog).to_have_count(0)
    person.expect(document(person)).to_contain_text("Hamburg")
    person.page.get_by_role("button", name="Undo", exact=True).click()
    person.toast("Undone.")
    person.expect(document(person)).not_to_contain_text("Hamburg")


@pytest.mark.parametrize("tab", ["Profile", "Timeline"])
def test_a_memory_is_opened_from_another_tab(tab: str, person: Person) -> None:
    """On its card, in the tab of memories."""
    open_tab(person, tab)
    words = {"Profile": "“I live in Munich now.”", "Timeline": "Open"}[tab]
    person.page.get_by_role("button", name=words, exact=True).first.click()

    person.expect(person.page.get_by_role("tab", name="Memories", selected=True)).to_be_visible()
    person.expect(person.page.locator(".st-key-inspector_card")).to_contain_text("Munich")


@pytest.mark.parametrize("tab", ["Profile", "Timeline"])
def test_on_a_phone_nothing_is_wider_than_the_screen(
    tab: str, person: Person, new_page: "Callable[..., Page]"
) -> None:
    """Nothing scrolls sideways."""
    phone = Person(new_page(PHONE), person.url)
    phone.open("/inspector")
    open_tab(phone, tab)
    phone.expect(phone.main).to_contain_text("Munich")

    assert phone.page.evaluate(TOO_WIDE) == []
