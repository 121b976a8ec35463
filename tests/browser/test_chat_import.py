"""Chats from elsewhere by hand: a file is chosen and looked at, brought in while another page is
read, stopped, gone on with, and removed to the last byte."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tests.adapters.chats.exports import BEGAN, chatgpt_of, zipped
from tests.browser.person import TOO_WIDE, Person
from tests.browser.server import AppServer

if TYPE_CHECKING:
    from playwright.sync_api import Page

SECRETIVE = "Zanzibarquokka"
"""A word that nothing else in the file holds."""
CONVERSATIONS, MESSAGES = 20, 8
"""So many that there is time to press Stop."""
TOLD = f"{CONVERSATIONS} conversations · {CONVERSATIONS * MESSAGES} messages"
LONG_MILLISECONDS = 180_000
"""They are read in some seconds, unless the machine has much else to do."""


def an_export() -> bytes:
    chats = [
        chatgpt_of(
            f"chat-{number}",
            *(
                ("user", f"I always prefer the {SECRETIVE} notebook number {number}-{place}.")
                for place in range(MESSAGES)
            ),
            at=BEGAN + number * 86_400,
        )
        for number in range(CONVERSATIONS)
    ]
    return zipped({"conversations.json": chats})


def test_a_file_is_looked_at_brought_in_stopped_gone_on_with_and_removed(
    server: "Callable[..., AppServer]", page: "Page", tmp_path: Path
) -> None:
    """On a fresh server. It goes on behind another page, and is found again after a reload."""
    app = server()
    person, file = Person(page, app.url), tmp_path / "export.zip"
    file.write_bytes(an_export())
    button = page.get_by_role
    person.open()
    person.agree()
    person.open("/privacy?view=yours")

    person.upload("The export of ChatGPT or Claude, or a list", str(file))
    bring = button("button", name=re.compile(f"Bring in {CONVERSATIONS * MESSAGES} messages"))
    bring.wait_for(timeout=LONG_MILLISECONDS)
    person.expect(page.get_by_text(f"{TOLD} of yours")).to_be_visible()
    assert SECRETIVE.encode() not in app.database.read_bytes()
    assert page.evaluate(TOO_WIDE) == []

    bring.click()
    page.get_by_text(re.compile("Bringing it in: [1-9]")).wait_for()
    button("button", name="Stop", exact=True).click()
    resume = button("button", name="Resume")
    resume.wait_for(timeout=LONG_MILLISECONDS)
    person.expect(page.get_by_text("What is here is whole conversations.")).to_be_visible()

    resume.click()
    person.go_to("Inspector")
    person.open("/privacy?view=yours")
    page.locator("strong", has_text="Brought in").wait_for(timeout=LONG_MILLISECONDS)
    button("button", name="Done").click()
    person.expect(page.get_by_text(TOLD)).to_be_visible()

    button("button", name="Remove…").click()
    button("button", name="Remove for good").click()
    person.expect(page.get_by_text("Erased and verified")).to_be_visible()
    person.expect(page.get_by_text("Imported so far")).to_have_count(0)
    app.stop()
    for left in app.folder.glob("recollect.db*"):
        assert SECRETIVE.encode() not in left.read_bytes()
