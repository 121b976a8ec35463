"""What somebody at the page does, in their words: say, ask, wait for the answer, go to a page."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

AFTER_ANSWER = (
    "count => document.querySelectorAll('[data-testid=stChatMessage]').length >= count"
    " && document.querySelector('[data-testid=stApp][data-test-script-state=notRunning]')"
    " && !document.querySelector('[data-testid=stChatInputStopButton]')"
)
"""Both messages are there, and the page has nothing left to do."""

ROW_PIXELS = 38
"""Of the tables of the pages, and nearly of their headings."""


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

    def choose_row(self, row: int) -> None:
        """By its circle: a table is a drawing, only the place tells what is where."""
        table = self.page.get_by_test_id("stDataFrame")
        table.click(position={"x": 16, "y": ROW_PIXELS * (row + 1.5)})

    # -- beginning anew ---------------------------------------------------------------------

    def start_anew(self) -> None:
        """Nothing is agreed to and nothing is kept: shared apps come with what others left."""
        self.open("/privacy")
        withdraw = self.page.get_by_role("button", name="Withdraw…")
        allow = self.page.get_by_role("button", name="Allow")
        self.expect(withdraw.or_(allow)).to_be_visible()
        if withdraw.count():
            withdraw.click()
            self.page.get_by_role("button", name="Withdraw and erase").click()
        self.expect(allow).to_be_visible()
        self.rest()

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
        self.page.wait_for_function(AFTER_ANSWER, arg=before + 2)
        return self.answer

    # -- what is seen -----------------------------------------------------------------------

    @property
    def expect(self):
        from playwright.sync_api import expect

        return expect

    def toast(self, text: str) -> None:
        self.expect(self.page.get_by_test_id("stToast").get_by_text(text)).to_be_visible()
