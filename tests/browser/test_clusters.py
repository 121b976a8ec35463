"""The Inspector's clusters in a real browser: a point that is clicked, and a phone."""

from typing import TYPE_CHECKING

import pytest

from tests.browser.beside import engine, start_anew
from tests.browser.conftest import PHONE
from tests.browser.person import TOO_WIDE, Person
from tests.browser.server import AppServer

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

# by the fake embedder, texts are as alike as the words they share
CAT = ("The cat Miso sleeps.", "The cat Miso eats.", "The cat Miso plays.")
DATABASE = (
    "PostgreSQL has many tables.",
    "PostgreSQL has many indexes.",
    "PostgreSQL has many backups.",
)
FIRST_LOOK_MILLISECONDS = 120_000
"""It loads scikit-learn, which takes some seconds, and many where all processors are busy."""
MARGIN_PIXELS, EDGE = 8, 1.08
"""Of the map: what is around it, and how far its directions reach."""


@pytest.fixture
def person(page: "Page", app: AppServer) -> Person:
    """Somebody of whom two things are remembered, three times each."""
    start_anew(app)
    with engine(app) as memory:
        memory.grant("me", "personalization")
        for text in (*CAT, *DATABASE):
            memory.remember("me", text)
    return Person(page, app.url)


def open_clusters(person: Person) -> None:
    person.page.goto(person.url + "/inspector?inspector_tab=Clusters")
    last = person.page.get_by_text("How each kind is used")
    person.expect(last).to_be_visible(timeout=FIRST_LOOK_MILLISECONDS)
    person.expect(canvas(person)).to_be_visible()
    person.rest()


def canvas(person: Person) -> "Locator":
    return person.page.get_by_test_id("stEChartsChart").locator("canvas").first


def card(person: Person) -> "Locator":
    return person.page.locator(".st-key-inspector_clusters_card")


def click_point(person: Person, app: AppServer, text: str) -> None:
    """Where the map says that it is."""
    with engine(app) as memory:
        (placed,) = (p for p in memory.clusters("me").places if p.item.text == text)
    box = canvas(person).bounding_box()
    width, height = (box[side] - 2 * MARGIN_PIXELS for side in ("width", "height"))
    across, down = (placed.x + EDGE) / (2 * EDGE), (EDGE - placed.y) / (2 * EDGE)
    canvas(person).click(
        position={"x": MARGIN_PIXELS + width * across, "y": MARGIN_PIXELS + height * down}
    )


def test_a_point_opens_its_cluster_and_its_memory(person: Person, app: AppServer) -> None:
    """The address keeps the cluster, and its card leads to the memory's own."""
    open_clusters(person)
    person.expect(card(person)).to_contain_text(CAT[0])

    click_point(person, app, DATABASE[2])

    person.expect(card(person).locator("strong")).to_have_text(DATABASE[2])
    assert "cluster=" in person.page.url
    card(person).get_by_role("button", name="Open", exact=True).first.click()
    person.expect(person.page.locator(".st-key-inspector_card")).to_contain_text(DATABASE[2])


def test_on_a_phone_the_map_fits(person: Person) -> None:
    """Nothing can be scrolled sideways, and the card stands below the map."""
    person.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    open_clusters(person)

    assert person.page.evaluate(TOO_WIDE) == []
    below = canvas(person).bounding_box()
    assert card(person).bounding_box()["y"] >= below["y"] + below["height"]
