"""What somebody at the page does, in their words: say, ask, wait for the answer, go to a page."""

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

AFTER_ANSWER = (
    "count => document.querySelectorAll('[data-testid=stChatMessage]').length >= count"
    " && document.querySelector('[data-testid=stApp][data-test-script-state=notRunning]')"
    " && !document.querySelector('[data-testid=stChatInputStopButton]')"
)
"""Both messages are there, and the page has nothing left to do."""
LOOKS_MILLISECONDS = 50
"""Looked for at every frame, it would make the browser draw sixty of them a second."""

TOO_WIDE = """() => [document, document.querySelector('.stMainBlockContainer')]
  .map(element => element.documentElement ?? element.parentElement)
  .filter(element => element.scrollWidth > element.clientWidth)
  .map(element => `${element.tagName}: ${element.scrollWidth} > ${element.clientWidth}`)"""
"""What of a page can be scrolled sideways: nothing should."""

UNTIL_STILL = """async element => {
  let moving = element.getAnimations({ subtree: true })
  while (moving.length) {
    await Promise.allSettled(moving.map(animation => animation.finished))
    await new Promise(resolve => setTimeout(resolve, 100))
    moving = element.getAnimations({ subtree: true })
  }
}"""
"""It moves again when what is in it has grown in the meantime."""

HEAD_PIXELS = 34
ROW_PIXELS = {"/inspector": 61}
"""Of the tables of the pages: they are drawings, only the place tells what is where."""
TICK_PIXELS, TEXT_PIXELS = 16, 150


class Person:
    """Playwright is imported late, as everywhere here: without it these tests are skipped."""

    def __init__(self, page: "Page", url: str) -> None:
        self.page = page
        self.url = url

    # -- the way ----------------------------------------------------------------------------

    def open(self, path: str = "/") -> None:
        self.page.goto(self.url + path)
        self.expect(self.page.get_by_role("heading", level=1)).to_be_visible()
        self.rest()

    def go_to(self, name: str) -> None:
        """Through the navigation, as the person would: the session stays."""
        self.page.get_by_test_id("stSidebarNav").get_by_role("link", name=name).click()
        self.expect(
            self.page.get_by_role("heading", name=name, exact=True, level=1)
        ).to_be_visible()
        self.rest()

    def rest(self) -> None:
        """Until the app has nothing left to do; to be called when it has visibly begun."""
        self.page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")

    @property
    def main(self) -> "Locator":
        """The page without its sidebar."""
        return self.page.locator(".stMainBlockContainer")

    @property
    def sidebar(self) -> "Locator":
        return self.page.get_by_test_id("stSidebar")

    def unfold(self, within: "Locator", label: str) -> None:
        """An expander; until it has stopped moving, since a click on what moves may be lost."""
        folded = within.locator("details").filter(has_text=label)
        folded.locator("summary").click()
        folded.evaluate(UNTIL_STILL)

    def upload(self, label: str, file: object) -> None:
        """Into the field of that label; ``file`` as Playwright takes it."""
        field = self.page.get_by_test_id("stFileUploader").filter(has_text=label)
        field.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]

    def choose_row(self, row: int) -> None:
        """By a click on its text."""
        self._click(row, TEXT_PIXELS)

    def tick_row(self, row: int) -> None:
        """By its box, or its circle."""
        self._click(row, TICK_PIXELS)

    def _click(self, row: int, x: int) -> None:
        self.rest()
        height = ROW_PIXELS[urlsplit(self.page.url).path]
        table = self.page.get_by_test_id("stDataFrame").first
        table.click(position={"x": x, "y": HEAD_PIXELS + height * (row + 0.5)})

    def erase(self) -> None:
        """What is chosen in the view of erasures."""
        self.page.get_by_role("textbox", name="to confirm").fill("erase")
        self.page.get_by_role("button", name=re.compile("^Erase ")).click()
        self.expect(self.page.get_by_text("Erased and verified")).to_be_visible()

    # -- the chat ---------------------------------------------------------------------------

    @property
    def composer(self) -> "Locator":
        return self.page.get_by_test_id("stChatInputTextArea")

    @property
    def stop_button(self) -> "Locator":
        """The composer's; a long answer has another one in the page's head."""
        return self.page.get_by_test_id("stChatInputStopButton")

    @property
    def messages(self) -> "Locator":
        return self.page.get_by_test_id("stChatMessage")

    @property
    def answer(self) -> "Locator":
        """The last message; its text is that of the answer, and what stands beneath."""
        return self.messages.last

    def agree(self) -> None:
        """Let it remember, if it does not yet."""
        yes = self.page.get_by_role("button", name=re.compile("Yes, remember|Turn on"))
        state = self.page.get_by_test_id("stSidebar").get_by_text(re.compile("Remembering ·"))
        self.expect(yes.or_(state).first).to_be_attached()
        if yes.count():
            yes.click()
            self.expect(yes).to_have_count(0)
        self.rest()

    def new_conversation(self) -> None:
        """Where it is remembered: its address tells that the page has begun to change.

        A message sent while an earlier change is still under way gets no Stop button.
        """
        before = self.page.url
        self.page.get_by_role("button", name="New conversation").click()
        self.page.wait_for_url(lambda url: url != before)
        self.expect(self.messages).to_have_count(0)
        self.rest()

    def say(self, text: str) -> None:
        """Sent with Enter; the answer is only about to come."""
        self.composer.fill(text)
        self.composer.press("Enter")

    def ask(self, text: str) -> "Locator":
        """Say it, and wait for the whole answer."""
        self.rest()
        before = self.messages.count()
        self.say(text)
        self.page.wait_for_function(AFTER_ANSWER, arg=before + 2, polling=LOOKS_MILLISECONDS)
        return self.answer

    def menu(self, what: str) -> None:
        """Of the open conversation."""
        self.page.locator(".st-key-chat_menu").get_by_role("button").click()
        self.page.get_by_text(what, exact=True).click()

    def rename(self, title: str) -> None:
        """The open conversation, with Enter, which counts from the moment “Save” is there."""
        self.menu("Rename")
        dialog = self.page.get_by_role("dialog")
        self.expect(dialog.get_by_role("button", name="Save")).to_be_visible()
        dialog.get_by_role("textbox").fill(title)
        dialog.get_by_role("textbox").press("Enter")
        self.expect(dialog).to_have_count(0)

    @property
    def search(self) -> "Locator":
        """Of the conversations, in the sidebar."""
        return self.page.get_by_role("searchbox", name="Search conversations")

    def edit_earlier(self, number: int) -> None:
        """Of the person's own messages, by the menu beside it; the last one has none."""
        self.rest()  # a run that ends would close the menu again
        self.main.get_by_role("button", name="More", exact=True).nth(number).click()
        edit = self.page.get_by_test_id("stPopoverBody").get_by_role("button", name="Edit")
        edit.click()

    # -- what is seen -----------------------------------------------------------------------

    @property
    def expect(self):
        from playwright.sync_api import expect

        return expect

    def toast(self, text: str) -> None:
        self.expect(self.page.get_by_test_id("stToast").get_by_text(text)).to_be_visible()
