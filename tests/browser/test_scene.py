"""The product in one scene: told something today, it knows it tomorrow, and shows how."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.browser.person import Person
from tests.browser.server import AppServer

if TYPE_CHECKING:
    from playwright.sync_api import Page

TOLD = (
    "Hi, I'm Maya. I work on a Django app with PostgreSQL 14, "
    "and I prefer concise examples with comments."
)
CORRECTED = "I work on a Django app with PostgreSQL 16"

MORE_THAN_IN_ONE_PIECE = 6
"""Even then there are some: waiting, the answer, what was remembered, its Undo."""
WATCH_THE_ANSWER_GROW = """() => {
  window.lengths = new Set()
  new MutationObserver(() => {
    const answer = document.querySelectorAll('[data-testid=stChatMessage]')[1]
    if (answer) window.lengths.add(answer.innerText.length)
  }).observe(document.body, {childList: true, subtree: true, characterData: true})
}"""
"""Watching from inside misses nothing, however busy this computer is."""


def test_maya_tells_something_today_and_is_known_tomorrow(
    server: Callable[..., AppServer], page: "Page"
) -> None:
    """From the first start to the corrected answer of the next day."""
    app = server(RECOLLECT_WORDS_PER_SECOND="25")
    maya = Person(page, app.url)

    _first_visit_asks_without_blocking(maya)
    _what_is_told_is_remembered(maya)
    app.restart(clock_days=1)
    _the_next_day_she_is_known(maya)
    _a_correction_is_followed(maya)
    _it_tells_what_it_knows_and_what_it_cannot_do(maya)

    assert "email" not in app.output.lower()


def _first_visit_asks_without_blocking(maya: Person) -> None:
    page, expect = maya.page, maya.expect
    maya.open()
    expect(page).to_have_title("Chat · Recollect")
    expect(page.get_by_text("May I remember what you tell me?")).to_be_visible()
    expect(maya.composer).to_be_enabled()

    page.get_by_role("button", name="Not now").click()

    expect(page.get_by_text("Not remembering").first).to_be_visible()
    expect(page.get_by_text("May I remember what you tell me?")).to_have_count(0)
    page.get_by_role("button", name="Turn on").click()
    expect(page.get_by_role("button", name="Turn on")).to_have_count(0)
    expect(page.get_by_test_id("stSidebar").get_by_text("Remembering")).to_be_visible()


def _what_is_told_is_remembered(maya: Person) -> None:
    maya.page.evaluate(WATCH_THE_ANSWER_GROW)

    answer = maya.ask(TOLD)

    lengths = maya.page.evaluate("[...window.lengths]")
    assert len(lengths) > MORE_THAN_IN_ONE_PIECE, f"the answer came in one piece: {lengths}"
    maya.expect(answer).to_contain_text("Nice to meet you, Maya.")
    maya.expect(answer).to_contain_text("Remembered 2 facts and a preference: your name is Maya")
    maya.expect(answer.get_by_role("button", name="Undo")).to_be_visible()


def _the_next_day_she_is_known(maya: Person) -> None:
    maya.open()
    maya.expect(maya.messages).to_have_count(2)
    maya.expect(maya.messages.first).to_contain_text(TOLD)
    maya.new_conversation()

    answer = maya.ask("Which database do I use?")

    maya.expect(answer).to_contain_text("PostgreSQL 14")
    maya.expect(answer).to_contain_text("you, yesterday")
    answer.get_by_text("1 memory used").click()
    maya.expect(answer.get_by_text("Told on")).to_be_visible()
    maya.expect(answer.get_by_text("Score")).to_be_visible()
    maya.expect(answer.get_by_role("button", name="Not right · Forget")).to_be_visible()


def _a_correction_is_followed(maya: Person) -> None:
    page = maya.page
    maya.go_to("Inspector")
    page.get_by_placeholder("Search your memories").fill("postgres")
    maya.expect(page.locator(".st-key-inspector_count")).to_contain_text("2 memories")
    maya.rest()
    page.get_by_role("button", name="Correct").click()
    page.get_by_role("dialog").get_by_role("textbox").fill(CORRECTED)
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    maya.toast("Corrected. The next answer follows.")
    maya.go_to("Chat")

    answer = maya.ask("Which database do I use?")

    maya.expect(answer).to_contain_text("PostgreSQL 16")
    maya.expect(answer).not_to_contain_text("PostgreSQL 14")


def _it_tells_what_it_knows_and_what_it_cannot_do(maya: Person) -> None:
    known = maya.ask("What do you know about me?")
    maya.expect(known).to_contain_text("Your name is Maya")
    maya.expect(known).to_contain_text("PostgreSQL 16")
    maya.expect(known).to_contain_text("concise examples with comments")

    maya.expect(maya.ask("Write me a quicksort")).to_contain_text("no model is connected")
