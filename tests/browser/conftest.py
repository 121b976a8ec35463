"""Chromium, servers, and pages that fail their test when they ask anyone else for anything."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn
from urllib.parse import urlsplit

import pytest

from tests.browser.server import AppServer
from tests.outside import is_loopback

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-proxy-server",
    # Even an attempt that a test would report must not leave this computer.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)
WAIT_MILLISECONDS = 30_000
"""A cold page of charts takes 8 s on two cores; waiting ends as soon as it is there."""

DESKTOP = (1280, 900)
PHONE = (390, 844)


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

    def watch(self, context: "BrowserContext") -> None:
        context.on("request", lambda request: self.note_request(request.url))
        context.on("page", lambda page: page.on("websocket", lambda ws: self.note_request(ws.url)))
        context.on("weberror", lambda error: self.page_errors.append(str(error.error)))
        context.on("console", self._note_console)
        context.on("dialog", self._note_dialog)

    def _note_console(self, message) -> None:
        if message.type == "error":
            self.console_errors.append(message.text)

    def _note_dialog(self, dialog) -> None:
        self.dialogs.append(f"{dialog.type}: {dialog.message}")
        dialog.dismiss()


def _missing(reason: str) -> NoReturn:
    """Where a browser was promised, its absence must not pass for success."""
    if os.environ.get("REQUIRE_BROWSER") == "1":
        pytest.fail(f"REQUIRE_BROWSER=1, but {reason}")
    pytest.skip(reason)


@pytest.hookimpl(tryfirst=True)  # before pytest-xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """They share one browser and one app; two at a time would only wait for each other."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="package")
def chromium() -> str:
    """The path of a Chromium to drive."""
    found = os.environ.get("CHROMIUM") or next(
        filter(None, map(shutil.which, CHROMIUM_NAMES)), None
    )
    return found or _missing("no Chromium found; install the chromium package or set CHROMIUM")


# Ends with this folder, not with the session: Playwright's event loop runs as long as it does.
@pytest.fixture(scope="package")
def browser(chromium: str) -> "Iterator[Browser]":
    try:
        from playwright.sync_api import expect, sync_playwright
    except ImportError:
        _missing("Playwright is not installed; run uv sync --group browser")
    expect.set_options(timeout=WAIT_MILLISECONDS)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=list(CHROMIUM_FLAGS))
        yield launched
        launched.close()


@pytest.fixture
def server(
    browser: "Browser", tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[..., AppServer]]:
    """Starts a fresh app: ``server()``, ``server(clock_days=1, RECOLLECT_STRICT="on")``.

    A test may stop it and start it again. At the end, none may have tried to leave this computer.
    """
    with ExitStack() as started:

        def start(clock_days: int = 0, **environ: str) -> AppServer:
            app = AppServer(tmp_path_factory.mktemp("app"), environ)
            started.callback(_stop_and_check, app)
            app.start(clock_days)
            return app

        yield start


@pytest.fixture(scope="package")
def app(browser: "Browser", tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppServer]:
    """One running app for all tests that do not mind what others left in it.

    It answers slowly enough to be stopped: “What can you do?” takes three seconds.
    """
    shared = AppServer(tmp_path_factory.mktemp("shared_app"), {"RECOLLECT_WORDS_PER_SECOND": "12"})
    shared.start()
    yield shared
    _stop_and_check(shared)


def _stop_and_check(app: AppServer) -> None:
    app.stop()
    assert not app.outside, f"the server tried to reach outside: {app.outside}"


@pytest.fixture
def seen() -> Seen:
    return Seen()


@pytest.fixture
def new_page(browser: "Browser", seen: Seen) -> "Iterator[Callable[..., Page]]":
    """Opens a page as a new person would: ``new_page(PHONE, color_scheme="dark")``.

    At the end, no page may have asked another computer for anything, opened a JavaScript dialog
    or raised an error that nobody caught.
    """
    with ExitStack() as opened:

        def open_page(viewport: tuple[int, int] = DESKTOP, **options: object) -> "Page":
            width, height = viewport
            context = browser.new_context(viewport={"width": width, "height": height}, **options)
            opened.callback(context.close)
            context.set_default_timeout(WAIT_MILLISECONDS)
            seen.watch(context)
            return context.new_page()

        yield open_page
    assert not seen.outside, f"pages asked other computers: {seen.outside}"
    assert not seen.dialogs, f"pages opened dialogs: {seen.dialogs}"
    assert not seen.page_errors, f"pages raised errors: {seen.page_errors}"


@pytest.fixture
def page(new_page: "Callable[..., Page]") -> "Page":
    return new_page()
