"""Privacy: consent given and withdrawn, what is held, taking it along, erasing it."""

import pytest

from memory import Memory
from pages.parts.shared import USER
from tests.pages.screen import Screen

WORD = "Zanzibarquokka"


@pytest.fixture
def filled(screen: Screen, memory: Memory) -> Screen:
    """On the page, after one memory."""
    memory.remember(USER, f"My cat is called {WORD}.")
    return screen.open("privacy")


def places(screen: Screen) -> dict[str, str]:
    """The first table of places and counts."""
    return dict(screen.test.table[0].value["value"])


def confirm(screen: Screen, word: str) -> None:
    """A form sends what is typed with its button."""
    screen.test.text_input(key="privacy_erase_word").set_value(word)
    screen.click("privacy_erase_submit")


def test_empty_page_tells_that_nothing_is_held_and_nothing_left(screen: Screen) -> None:
    """Nothing to erase, no consent, nothing sent."""
    screen.open("privacy")

    assert "Nothing is held about you." in screen.words
    assert "**Nothing.**" in screen.words
    assert "Nothing has happened yet." in screen.words
    assert "The key file is missing" not in screen.words
    assert "privacy_grant" in screen.keys
    assert "privacy_revoke" not in screen.keys
    assert "privacy_erase_submit" not in screen.keys


def test_consent_is_given_with_one_click(screen: Screen) -> None:
    """And the day it was given stands there."""
    screen.open("privacy").click("privacy_grant")

    assert ":material/check: Given on" in screen.words
    assert "privacy_revoke" in screen.keys
    assert list(screen.test.dataframe[0].value["What"]) == ["Consent given"]


def test_withdrawing_shows_what_goes_and_then_a_receipt(filled: Screen, memory: Memory) -> None:
    """Nothing is erased before the second click."""
    filled.click("privacy_revoke")
    assert "It is erased at once, and for good:" in filled.words
    assert places(filled)["Memories"] == "1"
    assert len(memory.items(USER)) == 1

    filled.click("privacy_revoke_confirmed")

    assert ":material/verified: Erased and verified" in filled.words
    assert places(filled)["Memories"] == "1"
    assert memory.items(USER) == []
    assert "privacy_grant" in filled.keys


def test_receipt_is_shown_once(filled: Screen) -> None:
    """It belongs to the moment."""
    filled.click("privacy_revoke").click("privacy_revoke_confirmed")

    filled.run()

    assert "Erased and verified" not in filled.words


def test_page_tells_where_the_data_is_and_how_much(filled: Screen, memory: Memory) -> None:
    """The path to copy, and the counts."""
    assert filled.test.code[0].value == str(memory.settings.database)
    assert "1 memory" in filled.words
    assert "By class: 1 personal." in filled.words


def test_export_can_be_downloaded(filled: Screen) -> None:
    """Made at the click; its content is tested where it is made."""
    (button,) = filled.test.get("download_button")

    assert button.key == "privacy_export_download"
    assert not button.disabled


@pytest.mark.parametrize("word", ["", "erased", "yes"])
def test_wrong_word_erases_nothing(word: str, filled: Screen, memory: Memory) -> None:
    """It says so, and what to type."""
    confirm(filled, word)

    assert "Nothing was erased: type “erase” first." in filled.words
    assert len(memory.items(USER)) == 1


def test_right_word_erases_everything_and_shows_a_verified_receipt(
    filled: Screen, memory: Memory
) -> None:
    """Memories, conversations and consent are gone; the receipt holds no content."""
    confirm(filled, " Erase ")

    assert ":material/verified: Erased and verified" in filled.words
    assert "Nothing is held about you." in filled.words
    assert WORD not in filled.words
    assert memory.items(USER) == []
    assert all(consent.revoked_at for consent in memory.consents(USER))
    assert "May I remember what you tell me?" in filled.open("chat").words


def test_audit_lists_what_happened_without_the_text(filled: Screen) -> None:
    """In the person's words, newest first, in an intact chain."""
    audit = filled.test.dataframe[0].value

    assert list(audit["What"]) == ["Stored", "Consent given"]
    assert WORD not in audit.to_string()
    assert "The chain of the audit is intact." in filled.words


def test_audit_without_its_key_is_called_unverifiable(filled: Screen, memory: Memory) -> None:
    """It does not claim what it cannot check."""
    memory.settings.keys.unlink()

    filled.run()

    assert "The key file is missing: the audit cannot be verified." in filled.words
