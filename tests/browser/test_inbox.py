"""The inbox in a real browser: from the answer to the decision, and on a phone."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.browser.beside import start_anew
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.person import TOO_WIDE, Person
from tests.browser.server import AppServer

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE])
def test_contradiction_is_decided_in_the_inbox(
    viewport: tuple[int, int], new_page: "Callable[..., Page]", app: AppServer
) -> None:
    """The answer leads there; both sides are seen, and the decision leaves the tab open."""
    start_anew(app)
    person = Person(new_page(viewport), app.url)
    page, expect = person.page, person.expect
    person.open()
    person.agree()
    person.ask("I like tea.")
    expect(person.ask("I don't like tea.")).to_contain_text("Which holds?")

    person.answer.get_by_role("link", name="Open the inbox").click()

    inbox = page.get_by_role("tabpanel", name="Inbox")
    expect(inbox.get_by_text("I like tea.", exact=True)).to_be_visible()
    expect(inbox.get_by_text("I don't like tea.", exact=True)).to_be_visible()
    person.rest()
    assert page.evaluate(TOO_WIDE) == []
    inbox.get_by_role("button", name="The new one holds").click()

    expect(inbox.get_by_text("Nothing waits for you")).to_be_visible()
    expect(inbox.get_by_text("The new one holds. Forget it")).to_be_visible()
    expect(person.sidebar.get_by_text("in your inbox")).to_have_count(0)
    page.get_by_role("tab", name="Memories").click()
    expect(page.locator(".st-key-inspector_card")).to_contain_text(
        "Took the place of “I like tea.”"
    )
