"""Windows that stay open from test to test: opening one costs four times what its page does.

Nothing of one person is left for the next but the scripts that the browser has already read. The
page itself is another each time: one that stays grows to a gigabyte, and every click gets slower.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tests.outside import is_loopback

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

WAIT_MILLISECONDS = 30_000
"""A cold page of charts takes 8 s on two cores; waiting ends as soon as it is there."""
NOWHERE = "about:blank"


@dataclass
class Seen:
    """What the pages of one test did besides showing something."""

    outside: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    page_errors: list[str] = field(default_factory=list)
    console_errors: list[str] = field(default_factory=list)
    """Not failures in themselves: a restarted server breaks a tab's connection, for one."""

    def note_request(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("data", "blob") and not is_loopback(parts.hostname or ""):
            self.outside.append(url)

    @contextmanager
    def watch(self, context: "BrowserContext") -> Iterator[None]:
        """All its pages: those that are there, and those that they open."""
        with ExitStack() as heard:

            def hear(source: "BrowserContext | Page", event: str, listener: Callable) -> None:
                source.on(event, listener)
                heard.callback(source.remove_listener, event, listener)

            def hear_page(page: "Page") -> None:
                hear(page, "websocket", lambda websocket: self.note_request(websocket.url))

            hear(context, "request", lambda request: self.note_request(request.url))
            hear(context, "weberror", lambda error: self.page_errors.append(str(error.error)))
            hear(context, "console", self._note_console)
            hear(context, "dialog", self._note_dialog)
            hear(context, "page", hear_page)
            for page in context.pages:
                hear_page(page)
            yield

    def _note_console(self, message) -> None:
        if message.type == "error":
            self.console_errors.append(message.text)

    def _note_dialog(self, dialog) -> None:
        self.dialogs.append(f"{dialog.type}: {dialog.message}")
        dialog.dismiss()


class Windows:
    """Each with its own cookies and storage, as those of different people are."""

    def __init__(self, browser: "Browser") -> None:
        self._browser = browser
        self._free: list[Page] = []

    @contextmanager
    def open(self, viewport: tuple[int, int], color_scheme: str, seen: Seen) -> Iterator["Page"]:
        """Nobody else has it; afterwards its window is emptied, or closed if that cannot be."""
        from playwright.sync_api import Error

        page = self._free.pop() if self._free else self._new()
        width, height = viewport
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=color_scheme)
        with seen.watch(page.context):
            yield page
            try:
                self._free.append(_emptied(page))
            except Error:
                page.context.close()

    def _new(self) -> "Page":
        context = self._browser.new_context()
        context.set_default_timeout(WAIT_MILLISECONDS)
        return context.new_page()


def _emptied(page: "Page") -> "Page":
    """A page in the same window, as it is when that was just opened."""
    context = page.context
    if page.url != NOWHERE:
        page.evaluate("localStorage.clear(); sessionStorage.clear()")
    for each in context.pages:
        each.close()
    context.clear_cookies()
    context.clear_permissions()
    return context.new_page()
