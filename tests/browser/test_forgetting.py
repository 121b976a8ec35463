"""The Forgetting page in a real browser: what the pointer is told, playing, and a phone."""

import re
from typing import TYPE_CHECKING

import pytest

from tests.browser.beside import engine, start_anew
from tests.browser.conftest import PHONE
from tests.browser.person import TOO_WIDE, Person
from tests.browser.server import AppServer

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator, Page

BERLIN, TEA = "I live in Berlin.", "I prefer green tea to coffee."


@pytest.fixture
def person(page: "Page", app: AppServer) -> Person:
    """Somebody of whom two things are remembered."""
    start_anew(app)
    with engine(app) as memory:
        memory.grant("me", "personalization")
        memory.remember("me", BERLIN, importance=0.5)
        memory.remember("me", TEA, importance=0.8)
    return Person(page, app.url)


def chart(person: Person) -> "Locator":
    """Once it is drawn."""
    drawn = person.main.get_by_test_id("stVegaLiteChart").locator("canvas, svg.marks").first
    person.expect(drawn).to_be_visible()
    return drawn


def test_pointer_is_told_the_story_of_the_nearest_point(person: Person) -> None:
    """In words: whose, when, how strong."""
    person.open("/forgetting")
    drawn = chart(person)
    size = drawn.bounding_box()

    drawn.hover(position={"x": size["width"] * 0.5, "y": size["height"] * 0.5})

    told = person.page.locator("#vg-tooltip-element")
    person.expect(told).to_contain_text(re.compile("if it is not used"))
    person.expect(told).to_contain_text(re.compile(f"{re.escape(BERLIN)}|{re.escape(TEA)}"))


def test_play_moves_the_day_on_until_it_is_paused(person: Person) -> None:
    """By itself; then it is the person's again."""
    person.open("/forgetting?view=future")
    day = person.page.get_by_role("slider", name="Days from now")

    person.page.get_by_role("button", name="Play").click()
    person.expect(day).to_have_value(re.compile("[1-9]0"))
    person.page.get_by_role("button", name="Pause").click()
    person.expect(person.page.get_by_role("button", name="Play")).to_be_visible()
    person.rest()

    paused = int(day.input_value())
    day.press("ArrowRight")
    person.expect(person.main.get_by_role("heading", level=2)).to_contain_text(
        f"in {paused + 1} days"
    )


def test_what_is_bent_is_bent_at_once(person: Person) -> None:
    """A use by hand, and a pin, in the words below the chart."""
    person.open("/forgetting")
    chart(person)
    facts = person.main.locator(".st-key-forgetting_curves_one")
    person.expect(facts).to_contain_text("Not used yet.")

    person.page.get_by_role("button", name="Use it once more").click()
    person.expect(facts).to_contain_text("1 use, last on")
    person.page.get_by_role("button", name="Pin", exact=True).click()
    person.expect(facts).to_contain_text("It is pinned and does not fade.")


@pytest.mark.parametrize("view", ["curves", "future", "what-if"])
def test_a_phone_holds_every_view(
    person: Person, app: AppServer, new_page: "Callable[..., Page]", view: str
) -> None:
    """Nothing can be scrolled sideways."""
    phone = Person(new_page(PHONE, color_scheme="dark"), app.url)

    phone.open(f"/forgetting?view={view}")
    chart(phone)

    assert phone.page.evaluate(TOO_WIDE) == []
