"""The Inspector: finding a memory, what its card says, correcting, pinning, forgetting."""

import pandas as pd
import pytest

from memory import Memory, MemoryItem, Status
from pages._shared import USER
from tests.pages.screen import Screen

TOLD = (
    "Hi, I'm Maya. I work on a Django app with PostgreSQL 14, "
    "and I prefer concise examples with comments."
)


@pytest.fixture
def tea(screen: Screen, memory: Memory) -> MemoryItem:
    return memory.remember(USER, "I prefer green tea to coffee.", kind="preference")


@pytest.fixture
def berlin(screen: Screen, memory: Memory) -> MemoryItem:
    return memory.remember(USER, "I live in Berlin.")


def listed(screen: Screen) -> list[str]:
    return list(_table(screen)["Memory"])


def _table(screen: Screen) -> pd.DataFrame:
    return screen.test.dataframe[0].value


def test_empty_inspector_says_what_will_be_here_and_leads_to_the_chat(screen: Screen) -> None:
    """One button, to where memories come from."""
    screen.open("inspector")
    assert "Nothing is remembered yet" in screen.words
    assert not screen.test.dataframe

    screen.click("inspector_chat")

    assert [title.value for title in screen.test.title] == ["Chat"]


def test_table_lists_memories_newest_first(
    screen: Screen, tea: MemoryItem, berlin: MemoryItem
) -> None:
    """With kind and strength; the card shows the first."""
    screen.open("inspector")

    assert listed(screen) == [berlin.text, tea.text]
    assert list(_table(screen)["Kind"]) == ["fact", "preference"]
    assert _table(screen)["Strength"].between(0, 100).all()
    assert f"> {berlin.text}" in screen.words


def test_search_narrows_the_table(screen: Screen, tea: MemoryItem, berlin: MemoryItem) -> None:
    """Each word has to be in the text, in capitals or not."""
    screen.open("inspector").write("inspector_search", "GREEN tea")

    assert listed(screen) == [tea.text]
    assert f"> {tea.text}" in screen.words


def test_search_without_a_match_says_so(screen: Screen, tea: MemoryItem) -> None:
    """And the way back is open."""
    screen.open("inspector").write("inspector_search", "submarine")
    assert "No memory matches" in screen.words

    screen.write("inspector_search", "")
    assert listed(screen) == [tea.text]


def test_chosen_row_is_the_one_on_the_card(
    screen: Screen, tea: MemoryItem, berlin: MemoryItem
) -> None:
    """The row of the table decides."""
    screen.open("inspector")
    table = f"inspector_table_{berlin.id}_2"
    screen.test.session_state[table] = {"selection": {"rows": [1], "columns": [], "cells": []}}

    screen.run()

    assert f"> {tea.text}" in screen.words
    assert f"inspector_edit_{tea.id}" in screen.keys


def test_card_tells_where_a_memory_comes_from_and_why_it_was_kept(
    screen: Screen, memory: Memory
) -> None:
    """The message, the terms of its importance, and how long it stays."""
    screen.run().say(TOLD)

    screen.open("inspector")

    assert "Where it was said" in screen.words
    assert screen.test.text[0].value == TOLD
    assert "Why it was kept: importance 1.00" in screen.words
    assert "+0.40  preference" in screen.words
    assert "kept until" in screen.words


def test_source_leads_to_its_conversation(screen: Screen, memory: Memory) -> None:
    """Even when another one was opened since."""
    screen.run().say(TOLD).click("chat_new")

    screen.open("inspector").click(screen.key("inspector_open_"))

    assert screen.messages[0] == f"user: {TOLD}"


def test_correction_is_saved_and_the_old_wording_kept(
    screen: Screen, memory: Memory, berlin: MemoryItem
) -> None:
    """The dialog begins with the text as it is."""
    screen.open("inspector").click(f"inspector_edit_{berlin.id}")
    field = f"inspector_text_{berlin.id}"
    assert screen.test.text_area(key=field).value == berlin.text

    screen.test.text_area(key=field).set_value("I live in Hamburg.")
    screen.click(f"inspector_save_{berlin.id}")

    assert memory.item(berlin.id).text == "I live in Hamburg."
    assert "Corrected. The next answer follows." in screen.words
    assert "> I live in Hamburg." in screen.words
    assert "corrected on" in screen.words
    assert "Earlier wording (1)" in screen.words
    assert "> I live in Berlin." in screen.words


def test_empty_correction_is_refused(screen: Screen, memory: Memory, berlin: MemoryItem) -> None:
    """The memory stays as it was, and success is not claimed."""
    screen.open("inspector").click(f"inspector_edit_{berlin.id}")

    screen.test.text_area(key=f"inspector_text_{berlin.id}").set_value("   ")
    screen.click(f"inspector_save_{berlin.id}")

    assert memory.item(berlin.id).text == berlin.text
    assert "Corrected" not in screen.words


def test_pin_and_unpin(screen: Screen, memory: Memory, berlin: MemoryItem) -> None:
    """The card shows what holds, and offers the other."""
    screen.open("inspector").click(f"inspector_pin_{berlin.id}")
    assert memory.item(berlin.id).pinned
    assert "Pinned: it no longer fades." in screen.words
    assert f"inspector_pin_{berlin.id}" not in screen.keys

    screen.click(f"inspector_unpin_{berlin.id}")
    assert not memory.item(berlin.id).pinned
    assert f"inspector_pin_{berlin.id}" in screen.keys


def test_forgotten_memory_is_found_under_forgotten_and_can_be_put_back(
    screen: Screen, memory: Memory, tea: MemoryItem, berlin: MemoryItem
) -> None:
    """Out of the list at once; until it is erased, not lost."""
    screen.open("inspector").click(f"inspector_forget_{berlin.id}")
    assert listed(screen) == [tea.text]

    screen.test.segmented_control(key="inspector_status").set_value("Forgotten")
    screen.run()
    assert listed(screen) == [berlin.text]
    assert "Erased for good in about 10 min." in screen.words

    screen.click(f"inspector_put_back_{berlin.id}")
    assert memory.item(berlin.id).status is Status.ACTIVE
    assert "No memory matches" in screen.words


def test_memory_erased_meanwhile_is_said_in_words(
    screen: Screen, memory: Memory, tea: MemoryItem, berlin: MemoryItem
) -> None:
    """As from another tab: no traceback, and the list is right again."""
    screen.open("inspector")
    memory.erase(USER, memory=berlin.id)

    screen.click(f"inspector_pin_{berlin.id}")

    assert screen.test.toast[0].value
    assert listed(screen) == [tea.text]


def test_about_you_shows_profile_and_names(screen: Screen, memory: Memory) -> None:
    """What was stated, with the memory it was said in, and who and what was mentioned."""
    screen.run().say(TOLD)
    screen.open("inspector")
    screen.test.session_state["inspector_tab"] = "About you"

    screen.run()

    profile, names = (table.value for table in screen.test.dataframe)
    fields = dict(zip(profile["Field"], profile["Value"], strict=True))
    assert fields["name"] == "Maya"
    assert fields["database"] == "PostgreSQL 14"
    assert profile["Said in"].str.startswith("Hi, I'm Maya.").all()
    assert "Django" in list(names["Name"])
    assert "Maya" not in list(names["Name"])


def test_about_you_says_what_is_missing(screen: Screen, tea: MemoryItem) -> None:
    """Where nothing was stated and nobody mentioned."""
    screen.open("inspector")
    screen.test.session_state["inspector_tab"] = "About you"

    screen.run()

    assert "Your name, tools and the like appear here" in screen.words
    assert "People, places and technologies appear here" in screen.words
