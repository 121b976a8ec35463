"""People without a browser: added, opened, renamed, erased; each page shows the one who is open."""

import pytest

from memory import Memory
from pages.parts.whose import ME
from pages.parts.yours.chat_desk import desk_of
from tests.pages.screen import Screen

ANA, SAID, OTHERS = "Ana Quillfeather", "I prefer rooibos tea.", "I prefer strong coffee."
PAGES = ("chat", "inspector", "forgetting", "privacy")


@pytest.fixture
def ana(memory: Memory) -> str:
    """Beside oneself, who has told something too."""
    memory.remember(ME, SAID)
    person = memory.add_person(ANA)
    memory.grant(person.user_id, "personalization")
    memory.remember(person.user_id, OTHERS)
    return person.user_id


def open_person(screen: Screen, user_id: str) -> Screen:
    screen.test.selectbox(key="people_open").set_value(user_id)
    return screen.run().run()  # the page is empty in between


def test_between_two_people_the_page_is_empty(screen: Screen, ana: str) -> None:
    """The browser keeps what stands in a field as long as the field is there."""
    screen.run()
    screen.test.selectbox(key="people_open").set_value(ana)
    screen.run()
    assert screen.words == ""
    assert not screen.keys


def add(screen: Screen, name: str) -> Screen:
    screen.click("people_manage")
    screen.fill("people_new", name)
    return screen.click("people_add")


def test_alone_nobody_chooses(screen: Screen) -> None:
    """What nobody needs takes no room; the way to it is there."""
    assert not [box for box in screen.test.selectbox if box.key == "people_open"]
    assert "people_manage" in screen.keys
    assert "people_back" not in screen.keys


def test_somebody_is_added_and_open_at_once(screen: Screen, memory: Memory) -> None:
    """With nothing agreed to, and nothing known."""
    memory.remember(ME, SAID)
    add(screen, ANA).run()

    (_, person) = memory.people()
    assert person.name == ANA
    assert screen.test.selectbox(key="people_open").value == person.user_id
    assert ANA in screen.words
    assert "chat_consent_yes" in screen.keys
    assert "Not remembering · 0 memories" in screen.words


@pytest.mark.parametrize("name", ["", "  "])
def test_a_person_needs_a_name(screen: Screen, memory: Memory, name: str) -> None:
    """Said where it was typed; nobody is added."""
    add(screen, name)
    assert "needs a name" in screen.words
    assert [person.user_id for person in memory.people()] == [ME]


def test_nobody_else_is_called_you(screen: Screen, memory: Memory) -> None:
    """It stands for oneself in the list."""
    add(screen, " you ")
    assert "stands for yourself" in screen.words
    assert [person.user_id for person in memory.people()] == [ME]


def test_a_name_is_changed(screen: Screen, memory: Memory, ana: str) -> None:
    """Where it stands."""
    screen.run().click("people_manage").click(f"people_rename_{ana}")
    screen.fill("people_name", "Anna").click("people_renaming_save")

    assert [person.name for person in memory.people()] == ["", "Anna"]
    assert "Anna" in screen.test.selectbox(key="people_open").options


@pytest.mark.parametrize("page", PAGES)
def test_every_page_shows_the_one_who_is_open(screen: Screen, ana: str, page: str) -> None:
    """And says whose it is; nothing of oneself is seen or kept in the session."""
    screen.open(page)
    open_person(screen, ana)

    assert ANA in screen.words
    assert "people_back" in screen.keys
    assert SAID not in screen.words
    assert SAID not in screen.kept
    if page == "inspector":
        assert OTHERS in screen.words


def test_the_way_back(screen: Screen, memory: Memory, ana: str) -> None:
    """One click, from any page."""
    open_person(screen.open("inspector"), ana).click("people_back").run()

    assert "people_back" not in screen.keys
    assert SAID in screen.words
    assert OTHERS not in screen.words
    assert memory.chosen_person() == ME


def test_what_one_says_is_that_ones(screen: Screen, memory: Memory, ana: str) -> None:
    """Into a conversation of their own."""
    open_person(screen.run(), ana).say("I prefer short meetings.")

    assert "short meetings" in repr(memory.items(ana))
    assert "short meetings" not in repr(memory.items(ME))
    assert not memory.conversations(ME)


def test_the_next_session_begins_with_the_one_chosen_last(screen: Screen, ana: str) -> None:
    """A reload is another session."""
    open_person(screen.run(), ana)

    assert ANA in Screen().run().words


def test_a_private_chat_ends_when_another_person_is_opened(
    screen: Screen, memory: Memory, ana: str
) -> None:
    """It is gone from the process, too."""
    screen.run().click("chat_start_private").say("My cat is called Zanzibar.")
    private = screen.test.session_state["chat_private"]
    open_person(screen, ana)

    assert memory.messages(private, user_id=ME) == []
    open_person(screen, ME)
    assert "Zanzibar" not in screen.words


def test_another_persons_memory_is_not_opened_by_its_address(
    screen: Screen, memory: Memory, ana: str
) -> None:
    """Ids are counted for the whole file."""
    (theirs,) = memory.items(ana)
    screen.test.query_params["memory"] = str(theirs.id)
    screen.open("inspector")
    assert OTHERS not in screen.words


def test_who_is_erased_is_open_no_more(screen: Screen, memory: Memory, ana: str) -> None:
    """The receipt is seen, by oneself."""
    open_person(screen.open("privacy"), ana)
    screen.choose("erasure", key=screen.key_of_view())
    screen.test.text_input(key="privacy_erase_word").set_value("erase")
    screen.click(screen.key("privacy_erase_submit")).run()

    assert "Erased and verified" in screen.words
    assert "people_back" not in screen.keys
    assert [person.user_id for person in memory.people()] == [ME]
    assert memory.items(ME)


def test_who_was_erased_elsewhere_is_open_no_more(screen: Screen, memory: Memory, ana: str) -> None:
    """In another tab, or by a script."""
    open_person(screen.run(), ana)
    memory.erase(ana)

    screen.run().run()
    assert "The person who was open here was erased." in screen.words
    assert "people_back" not in screen.keys


def test_the_audit_lists_the_events_of_the_one_who_is_open(
    screen: Screen, memory: Memory, ana: str
) -> None:
    """What each did, and how much of which class, is theirs alone; the chain is everybody's."""
    memory.grant(ana, "sensitive")
    screen.test.query_params["view"] = "audit"
    screen.open("privacy")
    assert list(screen.test.dataframe[0].value["What"]) == ["Stored", "Consent given"]
    assert "The chain is intact" in screen.words

    open_person(screen, ana).choose("audit", key=screen.key_of_view())
    assert list(screen.test.dataframe[0].value["What"]) == [
        "Consent given",
        "Stored",
        "Consent given",
        "Person added",
    ]


def test_a_file_on_its_way_in_goes_with_the_person(
    screen: Screen, memory: Memory, ana: str
) -> None:
    """It was looked through for them; nobody comes to their desk any more."""
    open_person(screen.open("privacy"), ana)
    desk = desk_of(ana)
    desk.look(memory, b"I live in Oslo.")
    assert desk._thread is not None
    desk._thread.join()
    assert desk.data
    screen.choose("erasure", key=screen.key_of_view())
    screen.test.text_input(key="privacy_erase_word").set_value("erase")
    screen.click(screen.key("privacy_erase_submit"))

    assert (desk.data, desk.plan) == (None, None)
