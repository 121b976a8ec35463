"""Chromium, servers, and pages that fail their test when they ask anyone else for anything."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest
from filelock import FileLock, Timeout

from tests.browser.chromium import CHROMIUM_FLAGS, find_chromium
from tests.browser.server import AppServer, running
from tests.browser.windows import WAIT_MILLISECONDS, Seen, Windows

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

DESKTOP = (1280, 900)
PHONE = (390, 844)


def _missing(reason: str) -> NoReturn:
    """Where a browser was promised, its absence must not pass for success."""
    if os.environ.get("REQUIRE_BROWSER") == "1":
        pytest.fail(f"REQUIRE_BROWSER=1, but {reason}")
    pytest.skip(reason)


@pytest.fixture(scope="package")
def chromium() -> str:
    """The path of a Chromium to drive."""
    return find_chromium() or _missing(
        "no Chromium found; install the chromium package or set CHROMIUM"
    )


@pytest.fixture(scope="package")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """On one worker only: nothing else would tell that ``tests/workers.py`` is without effect."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        yield
        return
    lock = FileLock(tmp_path_factory.getbasetemp().with_name("browser.lock"))
    try:
        lock.acquire(timeout=0)
    except Timeout:
        pytest.fail("another worker runs tests of the browser")
    yield
    lock.release()


# Ends with this folder, not with the session: Playwright's event loop runs as long as it does.
@pytest.fixture(scope="package")
def browser(chromium: str, alone: None) -> "Iterator[Browser]":
    try:
        from playwright.sync_api import expect, sync_playwright
    except ImportError:
        _missing("Playwright is not installed; run uv sync --group browser")
    expect.set_options(timeout=WAIT_MILLISECONDS)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def server(
    browser: "Browser", tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[..., AppServer]]:
    """Starts a fresh app: ``server()``, ``server(prepare=damage, RECOLLECT_STRICT="on")``.

    ``prepare`` is given the path of the database before the start. A test may stop the app and
    start it again. At the end, none may have tried to leave this computer.
    """
    with ExitStack() as started:

        def start(prepare: Callable[[Path], object] | None = None, **environ: str) -> AppServer:
            app = AppServer(tmp_path_factory.mktemp("app"), environ)
            if prepare:
                prepare(app.database)
            return started.enter_context(running(app))

        yield start


@pytest.fixture(scope="package")
def app(browser: "Browser", tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppServer]:
    """One running app for all tests that do not mind what others left in it."""
    environ = {"RECOLLECT_WORDS_PER_SECOND": "0"}
    with running(AppServer(tmp_path_factory.mktemp("app"), environ)) as shared:
        yield shared


@pytest.fixture(scope="package")
def slow_app(browser: "Browser", tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppServer]:
    """Another one, which can be stopped in mid-answer: “What can you do?” takes three seconds."""
    environ = {"RECOLLECT_WORDS_PER_SECOND": "12"}
    with running(AppServer(tmp_path_factory.mktemp("slow_app"), environ)) as shared:
        yield shared


@pytest.fixture
def seen() -> Seen:
    return Seen()


@pytest.fixture(scope="package")
def windows(browser: "Browser") -> Windows:
    return Windows(browser)


@pytest.fixture
def new_page(windows: Windows, seen: Seen) -> "Iterator[Callable[..., Page]]":
    """Opens a page as a new person would: ``new_page(PHONE, color_scheme="dark")``.

    At the end, no page may have asked another computer for anything, opened a JavaScript dialog
    or raised an error that nobody caught.
    """
    with ExitStack() as opened:

        def open_page(viewport: tuple[int, int] = DESKTOP, color_scheme: str = "light") -> "Page":
            return opened.enter_context(windows.open(viewport, color_scheme, seen))

        yield open_page
    assert not seen.outside, f"pages asked other computers: {seen.outside}"
    assert not seen.dialogs, f"pages opened dialogs: {seen.dialogs}"
    assert not seen.page_errors, f"pages raised errors: {seen.page_errors}"


@pytest.fixture
def page(new_page: "Callable[..., Page]") -> "Page":
    return new_page()
