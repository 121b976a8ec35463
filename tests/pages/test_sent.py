"""What left this computer, as the pages tell it: the ledger, the budget, an answer, a memory."""

import pytest

from memory import (
    PERSONALIZATION,
    REMOTE_MODEL,
    Memory,
    MemoryItem,
    ModelChoice,
    Review,
    Server,
)
from pages.parts.models.words import dollars
from pages.parts.shared import open_memory
from pages.parts.whose import ME
from tests.fakes import FakeModel, on_ollama
from tests.pages.elsewhere import REMOTE, Far, connect
from tests.pages.screen import Screen

TOLD = "I decided to use PostgreSQL for the shop because of its reliability."
ASKED = "Which database do I use for the shop?"


@pytest.fixture
def memory(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Memory:
    connect(monkeypatch, Far(), near=FakeModel(name="near"))
    request.getfixturevalue("screen")
    shared = open_memory()
    for purpose in (PERSONALIZATION, REMOTE_MODEL):
        shared.grant(ME, purpose)
    return shared


@pytest.fixture
def item(memory: Memory) -> MemoryItem:
    return memory.remember(ME, TOLD)


@pytest.fixture
def sent(memory: Memory, item: MemoryItem) -> int:
    """Id of an answer of a model elsewhere."""
    memory.choose_model(ME, ModelChoice(Server.OPENAI, REMOTE))
    reply = memory.respond(ME, ASKED, conversation_id="shop")
    reply.read()
    assert reply.message_id is not None
    return reply.message_id


def what_left(screen: Screen) -> Screen:
    return screen.open("privacy").choose("sent", key="privacy_view")


def open_row(screen: Screen, row: int) -> Screen:
    key = next(
        table.proto.id.split("-", 2)[2]
        for table in screen.test.dataframe
        if "privacy_ledger" in table.proto.id
    )
    screen.test.session_state[key] = {"selection": {"rows": [row], "columns": [], "cells": []}}
    return screen.run()


def ledger(screen: Screen) -> list[dict[str, object]]:
    (table,) = (each for each in screen.test.dataframe if "privacy_ledger" in each.proto.id)
    return table.value.to_dict("records")


def test_that_nothing_has_left_is_said_with_what_it_would_take(
    memory: Memory, screen: Screen
) -> None:
    memory.revoke(ME, REMOTE_MODEL)
    what_left(screen)

    assert "Nothing has left this computer" in screen.words
    assert "press Send on exactly what is shown to you" in screen.words
    assert "Your consent to send anything is not given, so nothing can leave." in screen.words


def test_each_call_stands_in_the_ledger(sent: int, screen: Screen, memory: Memory) -> None:
    """With all that it took; no text."""
    what_left(screen)

    (row,) = ledger(screen)
    assert row["Model"] == REMOTE
    assert row["Provider"] == "OpenAI"
    assert row["For"] == "Answer"
    assert row["Memories"] == 1
    assert row["Ended"] == "Complete"
    assert str(row["Cost"]).startswith("$0.0")
    metrics = {metric.label: metric.value for metric in screen.test.metric}
    assert metrics["Calls elsewhere"] == "1"
    assert TOLD not in screen.words


def test_a_call_leads_to_its_answer_and_to_the_memories(
    sent: int, item: MemoryItem, screen: Screen, memory: Memory
) -> None:
    """What is erased since is counted."""
    open_row(what_left(screen), 0)
    links = [link.proto for link in screen.test.get("page_link")]
    assert f"m={sent}" in next(link.query_string for link in links if "answer" in link.label)
    assert [link.label for link in links if "PostgreSQL" in link.label]
    assert "It was given 1 memory:" in screen.words

    memory.erase(ME, memory=item.id)
    open_row(screen.run(), 0)

    assert "1 memory of these is erased." in screen.words


def test_what_stayed_on_this_computer_is_shown_on_demand(
    sent: int, screen: Screen, memory: Memory
) -> None:
    memory.choose_model(ME, on_ollama("near"))
    memory.respond(ME, ASKED).read()
    what_left(screen)
    assert len(ledger(screen)) == 1

    screen.test.toggle(key="privacy_ledger_all").set_value(True)
    screen.run()

    assert [row["Model"] for row in ledger(screen)] == ["near", REMOTE]
    assert ledger(screen)[0]["Cost"] == "nothing"


def test_a_budget_is_set_changed_and_removed(sent: int, screen: Screen, memory: Memory) -> None:
    """How much of it is spent stands beside it."""
    what_left(screen).click("privacy_budget_set")
    assert "There is no amount" in screen.words

    screen.test.number_input(key="privacy_budget_None").set_value(5.0)
    screen.click("privacy_budget_set")
    assert memory.spending(ME).budget == 5.0
    (bar,) = screen.test.get("progress")
    assert "of &#36;5&#46;00 this month" in bar.proto.text

    screen.test.number_input(key="privacy_budget_5.0").set_value(2.5)
    screen.click("privacy_budget_set")
    assert memory.spending(ME).budget == 2.5

    screen.click("privacy_budget_remove")
    assert memory.spending(ME).budget is None


def test_what_is_shown_first_is_chosen_here_too(memory: Memory, screen: Screen) -> None:
    what_left(screen)
    screen.test.radio(key="privacy_review").set_value(Review.ALWAYS)
    screen.run()

    assert memory.sending_review(ME) is Review.ALWAYS


def test_the_overview_tells_of_it_and_leads_there(sent: int, screen: Screen) -> None:
    screen.open("privacy")
    assert "**1 call** of models elsewhere." in screen.words

    screen.click("privacy_to_sent").run()

    assert screen.test.segmented_control(key="privacy_view").value == "sent"


def test_why_tells_what_an_answer_took(sent: int, screen: Screen) -> None:
    """Tokens, money, time by stage and the tiers, in words too."""
    screen.test.query_params["c"] = "shop"
    screen.run().click(f"chat_why_{sent}").choose("What it took", key=f"chat_why_view_{sent}")

    assert f"Answered by **{REMOTE}**, run by **OpenAI**, elsewhere." in screen.words
    assert "**Cold**: long-term memory" in screen.words
    metrics = {metric.label: metric.value for metric in screen.test.metric}
    assert metrics["Cost"].startswith("$0.0")
    told = [chart.proto.alt for chart in screen.test.get("vega_lite_chart")]
    assert told[0].startswith("Tokens by section: Instructions ")
    assert "First word" in told[1]


def test_a_memory_says_how_often_it_left_and_to_whom(
    sent: int, item: MemoryItem, screen: Screen, memory: Memory
) -> None:
    memory.remember(ME, "I like tea.")
    screen.test.query_params["memory"] = str(item.id)
    screen.open("inspector")
    screen.test.query_params["memory"] = str(item.id)

    assert "Sent once, to OpenAI, last on" in screen.run().words


@pytest.mark.parametrize(
    ("amount", "words"),
    [(0, "$0.00"), (1.2, "$1.20"), (1234.5, "$1,234.50"), (0.0012, "$0.0012")],
)
def test_an_amount_is_told_to_the_cent_or_as_far_as_it_says_something(
    amount: float, words: str
) -> None:
    assert dollars(amount) == words


def test_of_next_to_nothing_it_is_said_that_it_is_less() -> None:
    assert dollars(0.00001) == "less than $0.0001"
