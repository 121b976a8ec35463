"""What holds on every page: errors in words, the sidebar, and no text kept in the session."""

from pathlib import Path

import pytest

from memory import Memory
from pages.parts.whose import ME
from tests.pages.screen import Screen

PAGES = ("chat", "inspector", "forgetting", "privacy")
WORD = "Zanzibarquokka"


def test_file_that_is_no_database_gives_one_clear_page(database: Path) -> None:
    """No traceback, and the file is left as it was; test_failure.py has every other case."""
    database.write_text("Dear diary, this is not a database. " * 100)
    before = database.read_bytes()

    screen = Screen().run()

    assert "This file is not a database" in screen.words
    assert database.name in screen.words
    assert "Traceback" not in screen.words
    assert database.read_bytes() == before


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_empty(page: str, screen: Screen) -> None:
    """Its title is there, and no error."""
    screen.open(page)

    assert [title.value for title in screen.test.title] == [page.capitalize()]
    assert not screen.test.error


def test_instructions_are_saved_and_kept(screen: Screen) -> None:
    """Another session shows them; emptied, the default comes back."""
    default = screen.test.text_area(key="sidebar_instructions").value
    screen.write_long("sidebar_instructions", "Answer in one sentence.")
    screen.click("sidebar_save_instructions")
    assert "Instructions saved." in screen.words

    other = Screen().run()
    assert other.test.text_area(key="sidebar_instructions").value == "Answer in one sentence."

    other.write_long("sidebar_instructions", "").click("sidebar_save_instructions")
    assert Screen().run().test.text_area(key="sidebar_instructions").value == default


def test_no_text_of_the_person_stays_in_the_session(screen: Screen, memory: Memory) -> None:
    """It would outlive an erasure: neither what was said nor what was shown of it."""
    screen.run().say(f"My cat is called {WORD}.")
    screen.say("What do you know about me?")
    for page in PAGES:
        screen.open(page)
        assert WORD in screen.words or page == "privacy", "nothing was shown, so nothing is proven"
        kept = dict(screen.test.session_state._state.filtered_state)
        assert kept, "the session's state could not be read"
        assert WORD not in repr(kept)


def test_closing_one_correction_leaves_no_text_in_the_session(
    screen: Screen, memory: Memory
) -> None:
    """The field goes with its dialog."""
    item = memory.remember(ME, f"My cat is called {WORD}.")
    screen.open("inspector").click(f"inspector_edit_{item.id}")
    assert WORD in screen.test.text_area(key=f"inspector_text_{item.id}").value

    screen.click(f"inspector_save_{item.id}").run()

    assert WORD not in repr(dict(screen.test.session_state._state.filtered_state))
