"""Conversations without a browser: the list, the search, the menu, private chats."""

import time
from pathlib import Path

import pytest
from streamlit.runtime.caching import clear_session_resource_cache

from memory import Memory
from pages.parts.chat.conversation_menu import (
    COPY_CONTEXT,
    DELETE,
    FORGET_TOO,
    KEEP_MEMORIES,
    MEMORY_OFF,
    MEMORY_ON,
    RENAME,
)
from pages.parts.chat.conversations import LATE_SECONDS, RECENT, snippet
from pages.parts.whose import ME
from tests.flow.on_disk import content, written
from tests.pages.screen import Screen

TOLD = "My cat is called Zanzibarquokka, and I always feed it at seven."
SESSION = "test session id"
"""Of every AppTest."""
WORD = "Zanzibarquokka"
ASKED = "What is my cat called?"


@pytest.fixture
def told(screen: Screen, memory: Memory) -> Screen:
    """After one turn that was worth remembering."""
    return screen.run().say(TOLD)


def open_id(screen: Screen) -> str:
    return address(screen, "c")


def address(screen: Screen, name: str) -> str:
    """A part of the address; AppTest gives a list for what a test or the page has set anew."""
    value = screen.test.query_params[name]
    return value[0] if isinstance(value, list) else value


def titles(memory: Memory) -> list[str]:
    return [conversation.title for conversation in memory.conversations(ME)]


# -- the list -------------------------------------------------------------------------------


def test_empty_conversations_are_not_listed_but_for_the_open_one(
    screen: Screen, memory: Memory
) -> None:
    """One without a message exists when its memory was turned off before anything was said."""
    memory.respond(ME, "Hello", conversation_id="talk").read()
    for name in ("one", "two"):
        memory.set_conversation_memory(ME, name, on=False)

    screen.test.query_params["c"] = "one"
    screen.run()

    assert {"chat_open_talk", "chat_open_one"} <= screen.keys
    assert "chat_open_two" not in screen.keys


def test_older_conversations_are_behind_earlier_and_the_open_one_never_is(
    screen: Screen, memory: Memory
) -> None:
    for number in range(RECENT + 3):
        memory.observe(ME, "user", f"Talk {number}", conversation_id=f"talk-{number}")
    screen.test.query_params["c"] = "talk-0"

    screen.run()

    listed = {key for key in screen.keys if key.startswith("chat_open_")}
    assert len(listed) == RECENT + 1
    assert "chat_open_talk-0" in listed
    assert "Earlier" in screen.words


@pytest.mark.parametrize("button", ["chat_new", "chat_start_private"])
def test_run_with_the_address_of_before_does_not_lead_back(told: Screen, button: str) -> None:
    """One that a timer asked for before the browser had the new address."""
    left = open_id(told)
    told.click(button)

    told.test.query_params["c"] = left
    told.run()

    assert told.messages == []


def test_going_back_later_opens_what_was_left(told: Screen) -> None:
    left = open_id(told)
    told.click("chat_new")
    told.test.session_state["chat_left"] = {left: time.monotonic() - LATE_SECONDS}

    told.test.query_params["c"] = left
    told.run()

    assert told.messages[0] == f"user: {TOLD}"


# -- the search -----------------------------------------------------------------------------


def test_search_finds_a_message_and_opens_its_conversation_there(
    told: Screen, memory: Memory
) -> None:
    """The words stand out in the snippet, with the title of the conversation beneath."""
    there = open_id(told)
    message = memory.messages(there, user_id=ME)[0]
    told.click("chat_new").write("chat_search", "quokka seven")

    found = told.test.button(key=f"chat_found_{message.id}")
    assert "Zanzibar**quokka**" in found.label
    assert "You ·" in told.words
    told.click(f"chat_found_{message.id}")

    assert open_id(told) == there
    assert address(told, "m") == str(message.id)
    assert told.messages[0] == f"user: {TOLD}"


def test_search_without_a_find_says_so(told: Screen) -> None:
    told.write("chat_search", "penguin")

    assert "No message holds these words." in told.words
    assert not any(key.startswith("chat_found_") for key in told.keys)


@pytest.mark.parametrize(
    ("text", "words", "shown"),
    [
        ("We meet at noon", ["noon"], "We meet at **noon**"),
        ("We meet at noon", ["MEET", "noon"], "We **meet** at **noon**"),
        ("Straße", ["strasse"], "Straße"),
        ("see <b>", ["<b>"], "see &#60;b&#62;"),
        ("a :material/home: b", ["home"], "a &#58;material&#47;**home**&#58; b"),
        ("right\u202eleft", ["left"], "right&#91;U&#43;202E&#93;**left**"),
        (f"{'word ' * 20}needle {'word ' * 20}", ["needle"], None),
    ],
)
def test_snippet_shows_the_found_words_and_nothing_comes_to_life(
    text: str, words: list[str], shown: str | None
) -> None:
    """A long message is cut round the first find, between two words."""
    made = snippet(text, words)

    if shown is not None:
        assert made == shown
    else:
        assert made.startswith("…word word ")
        assert "**needle**" in made
        assert made.endswith("…")
        assert len(made) < len(text)


# -- the menu -------------------------------------------------------------------------------


def test_renaming_saves_and_an_empty_title_brings_the_first_words_back(
    told: Screen, memory: Memory
) -> None:
    """No title stays in the session when the dialog is gone."""
    field = f"chat_title_{open_id(told)}"
    told.menu("chat_menu", RENAME).fill(field, "Feeding plan").click("chat_rename_save").run()
    assert titles(memory) == ["Feeding plan"]
    assert told.test.button(key=f"chat_open_{open_id(told)}").label == "Feeding plan"
    assert "Feeding plan" not in told.kept

    told.menu("chat_menu", RENAME).fill(field, "").click("chat_rename_save")

    (title,) = titles(memory)
    assert title == TOLD[: len(title)]


def test_title_that_is_too_long_is_refused_in_words(told: Screen, memory: Memory) -> None:
    before = titles(memory)
    told.menu("chat_menu", RENAME).fill(f"chat_title_{open_id(told)}", "x" * 300)

    told.click("chat_rename_save")

    assert titles(memory) == before
    assert "chat_problem" in told.kept, "the dialog has nothing to tell"


def test_memory_off_is_said_and_turned_on_again(told: Screen, memory: Memory) -> None:
    """Off, nothing is used and nothing is learnt; a line says so."""
    told.menu("chat_menu", MEMORY_OFF)
    assert "Memory is off in this conversation" in told.words
    told.say(ASKED).say("I prefer concise examples with comments.")
    assert WORD not in told.messages[3]
    assert [item.text for item in memory.items(ME)] == [TOLD]

    told.click("chat_memory_on")

    assert "Memory is off" not in told.words
    assert WORD in told.say(ASKED).messages[-1]


def test_memory_can_be_off_before_anything_is_said(screen: Screen, memory: Memory) -> None:
    screen.run().menu("chat_menu", MEMORY_OFF).say(TOLD)

    assert memory.items(ME) == []
    assert MEMORY_ON in screen.test.menu_button[0].options


def test_context_for_another_chat_is_there_to_copy(told: Screen) -> None:
    """With a word on where it goes, and nothing of it in the session afterwards."""
    told.menu("chat_menu", COPY_CONTEXT)

    assert told.test.code[0].value.startswith("# Context from an earlier conversation")
    assert TOLD in told.test.code[0].value
    assert "it leaves this computer" in told.words
    assert WORD not in told.run().kept


def test_deleting_forgets_what_was_learnt_and_opens_a_new_conversation(
    told: Screen, memory: Memory, database: Path
) -> None:
    """What goes is counted before; afterwards no byte of it is left."""
    gone = open_id(told)
    told.menu("chat_menu", DELETE)
    assert "2 messages and 1 memory" in told.words
    assert told.test.radio(key="chat_delete_what").value == FORGET_TOO
    assert WORD.encode() in content(database)

    told.click("chat_delete")

    assert "Erased and verified." in told.words
    assert told.messages == []
    assert open_id(told) != gone
    assert memory.conversations(ME) == []
    assert memory.items(ME) == []
    assert WORD.lower().encode() not in content(database).lower()
    assert WORD not in told.kept


def test_deleting_can_keep_the_memories(told: Screen, memory: Memory) -> None:
    told.menu("chat_menu", DELETE).pick("chat_delete_what", KEEP_MEMORIES)

    told.click("chat_delete")

    assert memory.conversations(ME) == []
    assert [item.text for item in memory.items(ME)] == [TOLD]
    assert WORD in told.say(ASKED).messages[-1]


# -- private chats --------------------------------------------------------------------------


def test_private_chat_writes_nothing(told: Screen, memory: Memory, database: Path) -> None:
    """Not a byte of the file changes over turns, an edit, another answer and a reload, and it may
    use what is remembered."""
    told.click("chat_start_private")
    before = written(database)

    told.say(ASKED).say("I decided to call the next one Quuxington.")
    assert WORD in told.messages[1]
    told.click(told.key("chat_again_"))
    private = told.test.session_state["chat_private"]
    said = memory.messages(private, user_id=ME)[-2]
    told.click(f"chat_edit_{said.id}")
    told.write_long(f"chat_edit_text_{said.id}", "I decided to call it Xyzzyville.")
    told.click("chat_edit_send")

    assert "nothing of this chat is stored" in told.words
    assert told.messages[2] == "user: I decided to call it Xyzzyville."
    assert "c" not in told.test.query_params
    assert "Xyzzyville" not in Screen().run().words
    assert written(database) == before
    for word in (b"quuxington", b"xyzzyville"):
        assert word not in content(database).lower()


def test_ending_a_private_chat_leaves_nothing_of_it_in_the_process(
    told: Screen, memory: Memory
) -> None:
    """The conversation that was open before it is there again, empty or not."""
    told.click("chat_start_private").say("I decided to call the next one Quuxington.")
    private = told.test.session_state["chat_private"]
    assert len(memory.messages(private, user_id=ME)) == 2

    told.click("chat_end_private")

    assert memory.messages(private, user_id=ME) == []
    assert "chat_private" not in told.test.session_state
    assert "Quuxington" not in told.words
    assert "Private:" not in told.words


def test_opening_another_conversation_ends_the_private_chat(told: Screen, memory: Memory) -> None:
    told.click("chat_start_private").say("Hello")
    private = told.test.session_state["chat_private"]

    told.click(told.key("chat_open_"))

    assert told.messages[0] == f"user: {TOLD}"
    assert memory.messages(private, user_id=ME) == []


def test_session_that_ends_takes_its_private_chat_along(told: Screen, memory: Memory) -> None:
    """As a closed or reloaded page does; Streamlit then lets go of what belongs to the session."""
    told.click("chat_start_private").say("I decided to call the next one Quuxington.")
    private = told.test.session_state["chat_private"]
    assert memory.messages(private, user_id=ME)

    clear_session_resource_cache(SESSION)

    assert memory.messages(private, user_id=ME) == []


def test_private_chat_stays_while_one_looks_at_another_page(told: Screen) -> None:
    told.click("chat_start_private").say("Hello")

    told.open("privacy").open("chat")

    assert told.messages[0] == "user: Hello"
    assert "nothing of this chat is stored" in told.words
