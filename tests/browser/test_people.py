"""People, the example and the tour in a real browser: what one types is not another's."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from memory import example
from tests.browser.beside import engine, start_anew
from tests.browser.conftest import PHONE
from tests.browser.person import TOO_WIDE, Person
from tests.browser.server import AppServer

if TYPE_CHECKING:
    from playwright.sync_api import Page

ANA = "Ana Quillfeather"
MINE = "I prefer rooibos tea."
EXAMPLE_MILLISECONDS = 240_000
"""It takes some fifteen seconds of a processor that has nothing else to do."""


@pytest.fixture
def empty(app: AppServer) -> Iterator[AppServer]:
    """Nobody is in it before, nor after."""
    start_anew(app)
    yield app
    start_anew(app)


@pytest.fixture
def person(empty: AppServer, page: "Page") -> Person:
    return Person(page, empty.url)


def open_ana(person: Person) -> None:
    person.sidebar.get_by_role("combobox", name="Whose memory").click()
    person.page.get_by_role("option", name=ANA).click()
    person.expect(person.page.get_by_role("button", name="Back to yours")).to_be_visible()
    person.rest()


def test_what_one_types_is_not_anothers(
    person: Person, empty: AppServer, new_page: "Callable[..., Page]"
) -> None:
    """Said or only typed; each tab shows whom it opened, a new one whom was opened last."""
    person.open()
    person.agree()
    person.ask(MINE)
    with engine(empty) as memory:
        ana = memory.add_person(ANA).user_id
        memory.grant(ana, "personalization")
    person.page.reload()
    person.rest()
    person.unfold(person.sidebar, "Assistant")
    instructions = person.sidebar.get_by_role("textbox", name="Instructions for the assistant")
    instructions.fill("Call me captain.")
    person.composer.fill("I was about to say")
    person.search.fill("rooibos")
    person.expect(person.sidebar.get_by_text("rooibos").first).to_be_visible()
    other = Person(new_page(), empty.url)
    other.open()

    open_ana(other)
    other.ask("I prefer strong coffee.")
    person.expect(person.main.get_by_text(MINE).first).to_be_visible()
    open_ana(person)

    person.expect(person.main.get_by_text(MINE)).to_have_count(0)
    person.expect(person.composer).to_have_value("")
    person.expect(person.search).to_have_value("")
    if instructions.is_hidden():
        person.unfold(person.sidebar, "Assistant")
    person.expect(instructions).not_to_have_value("Call me captain.")
    third = Person(new_page(), empty.url)
    third.open()
    third.expect(third.page.get_by_role("button", name="Back to yours")).to_be_visible()
    with engine(empty) as memory:
        assert "rooibos" not in repr(memory.items(ana))
        assert "coffee" not in repr(memory.items("me"))
        assert "captain" not in memory.instructions(ana)


def test_the_example_comes_is_walked_through_and_goes(
    person: Person, empty: AppServer, new_page: "Callable[..., Page]"
) -> None:
    """From the empty page: made while one watches, asked, toured, removed in one click."""
    page = person.page
    person.open()
    page.get_by_role("button", name="Explore", exact=True).click()
    person.expect(page.get_by_role("progressbar")).to_be_visible()
    remove = page.get_by_role("button", name="Remove the example")
    person.expect(remove).to_be_visible(timeout=EXAMPLE_MILLISECONDS)
    person.rest()

    page.get_by_role("button", name=example.SUGGESTIONS[0]).click()
    person.expect(person.messages).to_have_count(2)
    person.expect(person.answer.get_by_text("1 memory used")).to_be_visible()
    phone = Person(new_page(PHONE, color_scheme="dark"), empty.url)
    phone.open()
    for stop, name in enumerate(("Inspector", "Inspector", "Forgetting", "Privacy"), start=2):
        page.get_by_role("button", name="Next", exact=True).click()
        person.expect(page.get_by_text(f"Tour: {stop} of 5")).to_be_visible()
        person.expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()
        person.rest()
    page.get_by_role("button", name="Done", exact=True).click()
    assert phone.page.evaluate(TOO_WIDE) == []

    remove.click()
    person.expect(page.get_by_text("The example is removed")).to_be_visible()
    with engine(empty) as memory:
        assert memory.people() == []
        assert memory.stats().memories == memory.stats().messages == 0


def test_the_tour_fits_a_phone(empty: AppServer, new_page: "Callable[..., Page]") -> None:
    """From the first page to the last, beginning with nothing."""
    phone = Person(new_page(PHONE), empty.url)
    phone.open()
    phone.page.get_by_role("button", name="Take the tour").click()
    for stop in range(1, 6):
        phone.expect(phone.page.get_by_text(f"Tour: {stop} of 5")).to_be_visible()
        phone.rest()
        assert phone.page.evaluate(TOO_WIDE) == []
        phone.page.get_by_role("button", name="Done" if stop == 5 else "Next", exact=True).click()
    phone.expect(phone.page.get_by_text("Tour: ")).to_have_count(0)
