"""What has faded, in a real browser: the app finds it by itself, and leaves a large sweep to the
person."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from memory import Memory, Settings
from memory.adapters.embedder import MiniLMEmbedder
from tests.browser.conftest import PHONE
from tests.browser.person import TOO_WIDE, Person
from tests.browser.server import AppServer
from tests.fakes import FakeEmbedder, FakeLanguage, FixedClock

if TYPE_CHECKING:
    from playwright.sync_api import Page

DAYS = 10
"""For which the person was there, and used none of it."""
WEAK, STRONG = 0.1, 0.95
LOOKS, LOOK_MILLISECONDS = 30, 1_000
"""The app sweeps a while after its first page, and says so on the next."""


def fade(weak: int, strong: int) -> Callable[[Path], None]:
    """So many of each were stored days ago."""

    def store(database: Path) -> None:
        settings = Settings(database=database)
        clock = FixedClock(datetime.now(UTC) - timedelta(days=DAYS))
        embedder = FakeEmbedder(name=MiniLMEmbedder(settings.cache).name)
        with Memory.open(
            settings, clock=clock, embedder=embedder, language=FakeLanguage()
        ) as memory:
            memory.grant("me", "personalization")
            for number in range(weak):
                memory.remember("me", f"Weak note number {number}.", importance=WEAK)
            for number in range(strong):
                memory.remember("me", f"Strong note number {number}.", importance=STRONG)
            for _ in range(DAYS):
                clock.advance(days=1)
                memory.visit("me")

    return store


def look_until(person: Person, path: str, words: str) -> None:
    found = person.page.get_by_text(words).first
    for _ in range(LOOKS):
        person.open(path)
        if found.is_visible():
            return
        person.page.wait_for_timeout(LOOK_MILLISECONDS)
    person.expect(found).to_be_visible()


def press(person: Person, name: str) -> None:
    person.main.get_by_role("button", name=name).first.click()


def test_a_large_sweep_is_found_looked_at_made_and_undone(
    page: "Page", server: Callable[..., AppServer]
) -> None:
    """From the sidebar of any page to its preview; nothing was done before."""
    person = Person(page, server(prepare=fade(4, 6)).url)
    look_until(person, "/", "A sweep waits for you")
    person.expect(person.sidebar).to_contain_text("10 memories")

    person.sidebar.get_by_role("link", name="A sweep waits for you").click()
    press(person, "Preview a sweep")
    person.expect(person.main).to_contain_text("4 memories of 10 would leave answers")
    press(person, "Sweep now")

    person.expect(person.main).to_contain_text("Swept: 4 archived.")
    person.expect(person.sidebar).to_contain_text("6 memories")
    person.expect(person.sidebar).not_to_contain_text("A sweep waits for you")
    press(person, "Undo")
    person.toast("Undone: 4 memories in use again")
    person.expect(person.sidebar).to_contain_text("10 memories")


def test_what_the_app_swept_is_told_and_undone(
    new_page: "Callable[..., Page]", server: Callable[..., AppServer]
) -> None:
    """In a line above the numbers; nothing can be scrolled sideways on a phone."""
    page = new_page(PHONE)
    person = Person(page, server(prepare=fade(1, 9)).url)
    look_until(person, "/forgetting?view=week", "1 memory went into the archive.")
    assert page.evaluate(TOO_WIDE) == []

    press(person, "Undo")

    person.toast("Undone: they are in use again.")
    person.expect(person.main).not_to_contain_text("went into the archive")


def test_what_is_about_to_leave_is_kept_on_a_phone(
    new_page: "Callable[..., Page]", server: Callable[..., AppServer]
) -> None:
    """With one press, and it is gone from the list."""
    page = new_page(PHONE, color_scheme="dark")
    person = Person(page, server(prepare=fade(4, 6)).url)
    person.open("/forgetting?view=week")
    person.expect(person.main).to_contain_text("4 memories on the way out")
    assert page.evaluate(TOO_WIDE) == []

    press(person, "Keep all 4")

    person.expect(person.main).to_contain_text("Kept 4 memories fresh")
    person.expect(person.main).to_contain_text("Nothing fades this week")
