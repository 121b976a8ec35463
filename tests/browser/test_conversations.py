"""Conversations as only a browser shows them: dialogs, the place on the page, the address."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.browser.beside import start_anew
from tests.browser.conftest import PHONE
from tests.browser.person import TOO_WIDE, Person
from tests.browser.server import AppServer

if TYPE_CHECKING:
    from playwright.sync_api import Page

TOLD = "My cat is called Zanzibarquokka, and I always feed it at seven."
ASKED = "What is my cat called?"


@pytest.fixture
def told(page: "Page", app: AppServer) -> Person:
    """After one turn in a conversation that is the only one."""
    start_anew(app)
    person = Person(page, app.url)
    person.open()
    person.agree()
    person.ask(TOLD)
    return person


def test_conversation_is_renamed_with_enter(told: Person) -> None:
    """Its name stands in the head and in the list, after a reload too."""
    page, expect = told.page, told.expect
    told.rename("Feeding plan")

    told.toast("Renamed.")
    page.reload()
    expect(told.main.get_by_role("button", name="Feeding plan")).to_be_visible()
    expect(told.sidebar.get_by_role("button", name="Feeding plan")).to_be_visible()


def test_deleted_conversation_is_gone_with_a_receipt(told: Person) -> None:
    """The dialog says what goes and that it does not come back; then another one is open."""
    page, expect = told.page, told.expect
    told.menu("Delete")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("2 messages and 1 memory")
    expect(dialog).to_contain_text("There is no undo")
    dialog.get_by_text("Keep the memories").click()
    expect(dialog).not_to_contain_text("1 memory")
    dialog.get_by_text("Also forget what was learnt from it").click()
    expect(dialog).to_contain_text("1 memory")

    dialog.get_by_role("button", name="Delete").click()

    told.toast("Erased and verified.")
    expect(dialog).to_have_count(0)
    expect(told.messages).to_have_count(0)
    expect(told.sidebar).to_contain_text("Remembering · 0 memories")


def test_memory_is_turned_off_and_on_for_one_conversation(told: Person) -> None:
    told.menu("Turn memory off here")
    told.expect(told.main).to_contain_text("Memory is off in this conversation")
    told.rest()
    told.expect(told.ask(ASKED)).not_to_contain_text("Zanzibarquokka")

    told.page.get_by_role("button", name="Turn on").click()

    told.expect(told.main).not_to_contain_text("Memory is off in this conversation")
    told.expect(told.ask(ASKED)).to_contain_text("Zanzibarquokka")


def test_private_chat_is_in_no_address_and_gone_on_reload(told: Person) -> None:
    """It uses what is remembered; the conversation of before is there again."""
    page, expect = told.page, told.expect
    page.get_by_role("button", name="Private chat").click()
    expect(told.main).to_contain_text("nothing of this chat is stored")
    told.rest()
    assert "?" not in page.url

    expect(told.ask(ASKED)).to_contain_text("Zanzibarquokka")
    assert "?" not in page.url

    page.reload()

    expect(told.messages.first).to_contain_text(TOLD)
    expect(told.messages).to_have_count(2)
    expect(page.get_by_text("nothing of this chat is stored")).to_have_count(0)


def test_search_leads_to_the_message_far_up_in_a_long_conversation(
    told: Person, app: AppServer
) -> None:
    """It is on the screen and marked; from there one comes back to the end."""
    page, expect = told.page, told.expect
    for number in range(7):
        told.ask(f"Thanks number {number}")
    told.search.fill("zanzi quokka seven")
    result = told.sidebar.get_by_role("button", name="My cat is called")
    expect(result.locator("strong").first).to_have_text("Zanzi")

    result.click()

    marked = page.locator(".st-key-chat_marked")
    expect(marked).to_contain_text(TOLD)
    expect(marked).to_be_in_viewport()
    expect(told.composer).to_have_count(0)
    page.get_by_role("button", name="Show latest").click()
    expect(told.composer).to_be_visible()
    expect(told.answer).to_be_in_viewport()
    expect(marked).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_of_a_conversation_is_wider_than_a_phone(
    scheme: str, app: AppServer, new_page: "Callable[..., Page]"
) -> None:
    """With a long word in it, its menus open, and while it is edited."""
    person = Person(new_page(PHONE, color_scheme=scheme), app.url)
    page = person.page
    person.open()
    person.agree()
    person.open(f"/?c=on-a-phone-{scheme}")
    person.ask(f"Remember that the code word is {'Zanzibar' * 30}, please.")
    assert page.evaluate(TOO_WIDE) == []
    person.menu("Copy context for another chat")
    person.expect(page.get_by_role("dialog")).to_contain_text("it leaves this computer")
    assert page.evaluate(TOO_WIDE) == []
    page.keyboard.press("Escape")
    person.ask("Thanks")
    person.edit_earlier(0)
    person.expect(page.get_by_role("textbox", name="Edit your message")).to_be_visible()
    assert page.evaluate(TOO_WIDE) == []
