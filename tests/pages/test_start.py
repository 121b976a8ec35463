"""How one begins, without a browser: what an empty Recollect offers, example, tour and help."""

from collections.abc import Callable
from pathlib import Path

import pytest

from memory import Memory, example
from pages.parts.shared import open_memory
from pages.parts.start.help import QUESTIONS
from pages.parts.start.tour import STOPS
from pages.parts.whose import ME
from pages.parts.yours.chat_desk import desk_of
from tests.flow.on_disk import content
from tests.pages.screen import Screen

TOLD = "I prefer rooibos tea."
OFFERS = {"example_explore", "start_import", "start_tour"}


@pytest.fixture
def short_life(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its first day; tests/example has all of it."""
    monkeypatch.setattr("memory.example.SCRIPT", example.SCRIPT[:1])


def explored(screen: Screen) -> Screen:
    return screen.click("example_explore").run()


# -- what is offered ------------------------------------------------------------------------


def test_an_empty_recollect_offers_three_ways_to_begin(screen: Screen) -> None:
    """To chat, an example, an import; and a tour. Before and after one agreed."""
    assert "Tell me something worth remembering" in screen.words
    assert screen.keys >= OFFERS | {"chat_consent_yes"}

    screen.click("chat_consent_yes")
    assert screen.keys >= OFFERS | {"chat_suggestion_0"}


def test_who_has_begun_is_offered_no_more(screen: Screen, memory: Memory) -> None:
    """They know their way; the tour is in the help."""
    memory.remember(ME, TOLD)
    screen.run()
    assert not screen.keys & OFFERS
    assert "help_show" in screen.keys


def test_the_import_is_one_click_away(screen: Screen) -> None:
    """On the page of all that comes in and goes out."""
    screen.click("start_import")
    assert "Chats from elsewhere" in screen.words


# -- the example ----------------------------------------------------------------------------


@pytest.mark.usefixtures("short_life")
def test_the_example_is_made_and_opened(screen: Screen) -> None:
    """As a person of its own, with questions to ask and the tour at its beginning."""
    memory = open_memory()
    explored(screen)

    assert [person.name for person in memory.people()] == [example.NAME]
    assert memory.items(example.USER_ID)
    assert "is made up" in screen.words
    assert STOPS[0].title in screen.words
    assert [button.label for button in screen.test.button if "suggestion" in button.key] == list(
        example.SUGGESTIONS
    )
    assert memory.footprint(ME).total == 0


@pytest.mark.usefixtures("short_life")
def test_one_click_removes_the_example_to_the_last_byte(
    screen: Screen, memory: Memory, database: Path
) -> None:
    """One's own memory is as it was, and open again."""
    own = memory.remember(ME, TOLD)
    memory.forget(own.id)
    memory.erase(ME, memory=own.id)
    explored(screen.run())
    before = memory.items(example.USER_ID)

    screen.click("example_remove").run()

    assert "The example is removed" in screen.words
    assert "example_explore" in screen.keys
    assert [person.user_id for person in memory.people()] == [ME]
    left = content(database)
    assert before
    assert not [item.text for item in before if item.text.encode() in left]
    assert example.NAME.encode() not in left


@pytest.mark.usefixtures("short_life")
def test_a_file_that_the_example_was_given_goes_with_it(screen: Screen, memory: Memory) -> None:
    """The next example would find it."""
    explored(screen.run())
    desk = desk_of(example.USER_ID)
    desk.look(memory, b"I live in Oslo.")
    assert desk._thread is not None
    desk._thread.join()
    assert desk.data

    screen.click("example_remove").run()
    assert (desk.data, desk.plan) == (None, None)


@pytest.mark.usefixtures("short_life")
def test_the_example_is_opened_again_and_not_made_twice(screen: Screen) -> None:
    """It is offered as what it is by then."""
    explored(screen).click("people_back").run()
    assert "example_open" in screen.keys
    assert "example_explore" not in screen.keys

    screen.click("example_open").run()
    assert "example_remove" in screen.keys


def test_an_example_that_cannot_be_made_says_why(
    screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And leaves nothing; one is where one was."""
    monkeypatch.setenv("RECOLLECT_STRICT", "1")
    open_memory.clear()
    explored(Screen().run())
    assert open_memory().people() == []


# -- the tour -------------------------------------------------------------------------------


def walk(screen: Screen) -> list[str]:
    """Titles of the stops, to its end."""
    seen = []
    while "tour_next" in screen.keys:
        seen += [stop.title for stop in STOPS if stop.title in screen.words]
        screen.click("tour_next")
    seen += [stop.title for stop in STOPS if stop.title in screen.words]
    screen.click("tour_done")
    return seen


WAYS: dict[str, Callable[[Screen], Screen]] = {
    "the welcome": lambda screen: screen.click("start_tour"),
    "the help": lambda screen: screen.open("privacy").click("help_show").click("help_tour"),
}


@pytest.mark.parametrize("way", WAYS)
def test_the_tour_leads_through_the_pages(screen: Screen, way: str) -> None:
    """Also with nothing to see yet; afterwards nothing is left of it."""
    WAYS[way](screen)

    assert walk(screen) == [stop.title for stop in STOPS]
    assert not {key for key in screen.keys if key.startswith("tour_")}


def test_the_tour_goes_back(screen: Screen) -> None:
    """Also within one page."""
    screen.click("start_tour").click("tour_next").click("tour_next")
    assert STOPS[2].title in screen.words
    screen.click("tour_back")
    assert STOPS[1].title in screen.words
    screen.click("tour_back")
    assert STOPS[0].title in screen.words


def test_the_tour_can_be_ended_at_any_stop(screen: Screen) -> None:
    """One stays where one is."""
    screen.click("start_tour").click("tour_next").click("tour_end")
    assert not {key for key in screen.keys if key.startswith("tour_")}
    assert "Nothing is remembered yet" in screen.words


# -- help -----------------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["chat", "inspector", "forgetting", "privacy"])
def test_help_is_on_every_page(screen: Screen, page: str, database: Path) -> None:
    """With what people ask first, and where their own file is."""
    screen.open(page).click("help_show")
    asked = {box.label for box in screen.test.expander}
    assert asked >= {question for question, _ in QUESTIONS}
    assert database.name in screen.words
