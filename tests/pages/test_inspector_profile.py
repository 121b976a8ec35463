"""The Inspector's profile: one document, edited in place, and as it was on another day."""

import json
from datetime import UTC, date, datetime

import pytest

from memory import Memory
from pages.parts.whose import ME
from tests.pages.screen import Screen

WORD = "Zanzibarquokka"


@pytest.fixture
def told(screen: Screen, memory: Memory) -> Memory:
    """In March, and again in April."""
    for month, text in (
        (3, "I live in Berlin."),
        (3, "I use MySQL, and Redis."),
        (4, "I moved to Munich last week."),
    ):
        memory.observe(ME, "user", text, at=datetime(2026, month, 2, 12, tzinfo=UTC))
    return memory


def open_profile(screen: Screen) -> Screen:
    screen.open("inspector")
    screen.test.session_state["inspector_tab"] = "Profile"
    return screen.run()


def edit_key(screen: Screen, memory: Memory, value: str, what: str = "edit") -> str:
    """Of the button beside a value."""
    (field,) = (field for field in memory.profile(ME) if field.value == value)
    return screen.key(f"profile_{what}_{field.source_memory_id}_")


def test_the_document_shows_what_holds_and_what_held(screen: Screen, told: Memory) -> None:
    """With its days, its source and how sure it is; the earlier one folded away."""
    open_profile(screen)

    for words in ("Location", "Munich", "Since 2 April 2026 · 90% sure", "Database", "MySQL"):
        assert words in screen.words
    assert "“I moved to Munich last week.”" in {
        button.label.replace("&#46;", ".") for button in screen.test.button
    }
    assert "1 earlier value" in screen.words
    assert "Berlin" in screen.words
    assert "2 March – 2 April 2026" in screen.words


def test_it_is_copied_as_json(screen: Screen, told: Memory) -> None:
    """One value as it is, several as a list."""
    from pages.parts.inspector.profile import _as_json

    assert json.loads(_as_json(told.profile(ME))) == {
        "location": "Munich",
        "database": ["Redis", "MySQL"],
    }


def test_a_source_opens_its_memory(screen: Screen, told: Memory) -> None:
    """On its card, in the first tab."""
    (field,) = (field for field in told.profile(ME) if field.value == "Munich")
    open_profile(screen).click(f"profile_source_{field.source_memory_id}_0")

    assert f"inspector_erase_{field.source_memory_id}" in screen.keys


def test_a_field_is_changed_and_that_is_undone(screen: Screen, told: Memory) -> None:
    """By one line above the document."""
    open_profile(screen).click(edit_key(screen, told, "Munich"))
    field = next(box.key for box in screen.test.text_input if "profile_value_" in str(box.key))
    assert screen.test.text_input(key=field).value == "Munich"

    screen.fill(field, "Hamburg").click(screen.key("profile_save_"))
    screen.run()

    assert "Hamburg" in screen.words
    assert "set by you" in screen.words
    assert "Set 1 field" in screen.words
    screen.click("inspector_undo")
    assert "Hamburg" not in screen.words


def test_one_of_several_values_is_changed_alone(screen: Screen, told: Memory) -> None:
    """The other stays."""
    (redis,) = (field for field in told.profile(ME) if field.value == "Redis")
    open_profile(screen)
    keys = sorted(key for key in screen.keys if key.startswith("profile_edit_"))
    number = [
        field.value
        for field in told.profile(ME)
        if field.source_memory_id == redis.source_memory_id
    ].index("Redis")
    screen.click(f"profile_edit_{redis.source_memory_id}_{number}")
    field = f"profile_value_{redis.source_memory_id}_{number}"
    assert screen.test.text_input(key=field).value == "Redis", keys

    screen.fill(field, "SQLite").click(screen.key("profile_save_"))

    assert {each.value for each in told.profile(ME) if each.field == "database"} == {
        "MySQL",
        "SQLite",
    }


def test_a_field_of_ones_own_is_added(screen: Screen, told: Memory) -> None:
    """What cannot be one is said in words."""
    open_profile(screen).click("profile_add")
    screen.fill("profile_new_name", "favourite team").fill("profile_new_value", "St. Pauli")
    screen.click("profile_new_save").run()
    assert "Favourite team" in screen.words
    assert "St. Pauli" in screen.words

    screen.click("profile_add")
    screen.fill("profile_new_name", "?").fill("profile_new_value", "x")
    screen.click("profile_new_save")

    assert "A field needs a name" in screen.words


def test_a_field_is_removed_with_its_history_and_put_back(screen: Screen, told: Memory) -> None:
    """The dialog shows what is forgotten for it."""
    open_profile(screen).click(edit_key(screen, told, "Munich", "remove"))
    assert "I moved to Munich last week" in screen.words
    assert "2 memories" in screen.words

    screen.click(screen.key("profile_removed_")).run()

    assert "Location" not in screen.words
    assert "Removed 1 field, and forgot 2 memories" in screen.words
    screen.click("inspector_undo")
    assert "Munich" in screen.words


def test_the_document_of_another_day_is_only_read(screen: Screen, told: Memory) -> None:
    """With a way back to now."""
    open_profile(screen)
    screen.test.date_input(key="profile_as_of").set_value(date(2026, 3, 20))
    screen.run()

    assert "As of 20 March 2026, by what had been said" in screen.words
    assert "Berlin" in screen.words
    assert "Munich" not in screen.words
    assert not any(key.startswith(("profile_edit", "profile_remove")) for key in screen.keys)
    assert "profile_add" not in screen.keys

    screen.click("profile_now")

    assert "Munich" in screen.words
    assert screen.test.date_input(key="profile_as_of").value is None


def test_an_empty_document_says_what_will_be_here(screen: Screen, memory: Memory) -> None:
    """Now, and on a day before anything was said."""
    memory.remember(ME, "The deploy script needs the staging flag.")
    open_profile(screen)
    assert "Nothing is in your profile yet" in screen.words

    screen.test.date_input(key="profile_as_of").set_value(date(2020, 3, 20))
    screen.run()

    assert "Nothing was in your profile then" in screen.words


def test_the_session_keeps_nothing_of_a_field(screen: Screen, memory: Memory) -> None:
    """Also when its dialog was open, and was dismissed."""
    memory.set_profile(ME, WORD, WORD)
    open_profile(screen).click(screen.key("profile_edit_"))
    assert WORD in screen.kept, "nothing was shown, so nothing is proven"
    screen.run()
    screen.click(screen.key("profile_remove_")).run()
    assert WORD in screen.words

    memory.erase(ME)
    screen.run()

    assert WORD not in screen.kept
