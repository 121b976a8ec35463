"""Two tabs, on one server or on two that share a file: what one does the other knows."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.beside import start_anew
from tests.browser.person import Person
from tests.browser.server import AppServer, running

if TYPE_CHECKING:
    from playwright.sync_api import Page

SECRETIVE = "Zanzibarquokka"
"""A word that nothing else in the file holds."""

Tabs = tuple[Person, Person]


@pytest.fixture(scope="module")
def other_app(slow_app: AppServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppServer]:
    """On the file of the shared one."""
    environ = {"RECOLLECT_DATABASE": str(slow_app.database)}
    with running(AppServer(tmp_path_factory.mktemp("other_app"), environ)) as other:
        yield other


@pytest.fixture
def servers(
    request: pytest.FixtureRequest, slow_app: AppServer, other_app: AppServer
) -> tuple[AppServer, AppServer]:
    """The same one twice, or two on one file; nothing is kept in it."""
    start_anew(slow_app)
    return slow_app, (slow_app if request.param == 1 else other_app)


@pytest.fixture
def tabs(servers: tuple[AppServer, AppServer], new_page: "Callable[..., Page]") -> Tabs:
    """The first has agreed that it is remembered; the second is not opened yet."""
    first, second = (Person(new_page(), app.url) for app in servers)
    first.open()
    first.agree()
    return first, second


def follow(first: Person, second: Person) -> None:
    """The second tab opens the conversation of the first."""
    second.open(first.page.url.removeprefix(first.url))
    second.expect(second.messages).to_have_count(first.messages.count())


def assert_no_error(person: Person) -> None:
    person.expect(person.page.get_by_test_id("stException")).to_have_count(0)


@pytest.mark.parametrize("servers", [1, 2], indirect=True)
def test_both_say_things_and_nothing_is_lost_or_doubled(tabs: Tabs) -> None:
    """In turn and at the same moment; after a reload both show all of it, each once."""
    first, second = tabs
    first.ask("Hello")
    follow(first, second)
    second.ask("I prefer tabs over spaces.")
    first.ask("I always write my tests with pytest.")

    first.say("I drink green tea in the morning.")
    second.say("I deploy on Fridays only.")
    for tab in tabs:
        tab.expect(tab.stop_button).to_have_count(0)
        tab.rest()

    for tab in tabs:
        tab.page.reload()
        tab.expect(tab.messages).to_have_count(10)
        for text in (
            "Hello",
            "I prefer tabs over spaces.",
            "I always write my tests with pytest.",
            "I drink green tea in the morning.",
            "I deploy on Fridays only.",
        ):
            tab.expect(tab.messages.get_by_text(text, exact=True)).to_have_count(1)
        assert_no_error(tab)


@pytest.mark.parametrize("servers", [2], indirect=True)
def test_what_one_forgets_the_other_does_not_use(tabs: Tabs) -> None:
    """From its very next answer on, without a reload."""
    first, second = tabs
    told = first.ask(f"My cat is called {SECRETIVE}.")
    first.expect(told).to_contain_text("Remembered:")
    second.open()
    second.new_conversation()
    second.expect(second.ask("What is my cat called?")).to_contain_text(SECRETIVE)

    first.answer.get_by_role("button", name="Undo").click()
    first.expect(first.answer).not_to_contain_text("Remembered:")

    second.expect(second.ask("What is my cat called?")).not_to_contain_text(SECRETIVE)
    assert_no_error(second)


@pytest.mark.parametrize("servers", [2], indirect=True)
def test_what_one_erases_is_gone_in_the_other(
    tabs: Tabs, servers: tuple[AppServer, AppServer]
) -> None:
    """The open tab goes on with a chat that is empty and not remembered; nothing comes back."""
    first, second = tabs
    first.ask(f"My cat is called {SECRETIVE}.")
    follow(first, second)
    first.go_to("Privacy")
    first.main.get_by_text("Erasure", exact=True).click()
    first.erase()

    second.say("Good morning")
    second.expect(second.main.get_by_text("Good morning", exact=True)).to_be_visible()
    second.expect(second.stop_button).to_have_count(0)
    second.rest()
    second.expect(second.main).not_to_contain_text(SECRETIVE)
    assert_no_error(second)
    for name in ("Inspector", "Forgetting", "Privacy", "Chat"):
        second.go_to(name)
        assert_no_error(second)
        second.expect(second.main).not_to_contain_text(SECRETIVE)
    second.open()
    second.expect(second.page.get_by_text("May I remember what you tell me?")).to_be_visible()
    second.expect(second.messages).to_have_count(0)
    for app in servers:
        assert files_with(SECRETIVE, app.folder) == []


def files_with(word: str, folder: Path) -> list[str]:
    """The database, its log, the keys, the server's own log: whatever the app has written."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files if word.encode() in path.read_bytes()]
