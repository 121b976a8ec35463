"""Chats from elsewhere on the page: looked at, brought in, stopped, gone on with, removed."""

from collections.abc import Iterator

import pytest

from memory import ChatProgress, DiskFull, Memory
from pages.parts.whose import ME
from pages.parts.yours import chats
from pages.parts.yours.chat_desk import Desk, desk_of
from tests.adapters.chats.exports import BEGAN, chatgpt_of, zipped
from tests.pages.screen import Screen

TEA = chatgpt_of(
    "tea",
    ("user", "I prefer green tea over coffee."),
    ("assistant", "Noted."),
    ("user", "My e-mail is maya@example.com, and I live in Oslo."),
)
WORK = chatgpt_of("work", ("user", "We use PostgreSQL at work."), at=BEGAN + 86_400)
FIELD = "The export of ChatGPT or Claude, or a list"
EXPORT = zipped({"conversations.json": [TEA, WORK]})


@pytest.fixture
def yours(memory: Memory, screen: Screen) -> Screen:
    """At the view, with nothing chosen yet."""
    screen.open("privacy")
    return screen.choose("yours", "privacy_view")


@pytest.fixture(autouse=True)
def _no_thread_is_left() -> Iterator[None]:
    yield
    desk_of("me").close()


def ended(screen: Screen) -> Screen:
    """When what the thread does has come to its end."""
    thread = desk_of("me")._thread
    assert thread is not None
    thread.join()
    return screen.run()


def upload(screen: Screen, data: bytes, name: str = "export.zip") -> Screen:
    return ended(screen.upload(FIELD, name, data))


def test_the_way_to_an_export_is_told(yours: Screen) -> None:
    """Where each of them has it."""
    shown = yours.words
    assert "Settings → Data controls → Export data." in shown
    assert "Settings → Privacy → Export data." in shown


def test_a_file_is_looked_at_first(yours: Screen, memory: Memory) -> None:
    """Counts, days, what would be learnt with examples; nothing is stored."""
    upload(yours, EXPORT)

    shown = yours.words
    assert "An export of ChatGPT: nothing is stored yet" in shown
    assert "2 conversations · 3 messages of yours · 1 answer" in shown
    assert "from 14 November 2023 to 15 November 2023" in shown
    assert "Would be learnt" in shown
    assert memory.conversations(ME) == []
    assert memory.items(ME) == []


def test_what_was_looked_at_comes_in(yours: Screen, memory: Memory) -> None:
    """And the file is let go of."""
    upload(yours, EXPORT)
    yours.click("chats_bring")
    ended(yours)

    shown = yours.words
    assert "Brought in" in shown
    assert "4 messages of 2 conversations" in shown
    assert len(memory.conversations(ME)) == 2
    assert desk_of("me").data is None
    yours.click("chats_done")
    assert "Imported so far" in yours.words
    assert desk_of("me") == Desk(
        "me", _stop=desk_of("me")._stop, _thread=desk_of("me")._thread, _begun=desk_of("me")._begun
    )


def test_only_the_chosen_conversations_come_in(yours: Screen, memory: Memory) -> None:
    """By the rows of the table; the latest comes first."""
    upload(yours, EXPORT)
    yours.choose("Choose", "chats_which")
    assert yours.test.button(key="chats_bring").disabled
    yours.test.session_state["chats_chosen"] = {
        "selection": {"rows": [0], "columns": [], "cells": []}
    }
    yours.run()
    assert yours.test.button(key="chats_bring").label == "Bring in 1 message"
    yours.click("chats_bring")
    ended(yours)

    assert [each.title for each in memory.conversations(ME)] == ["About work"]


def test_a_list_can_be_pasted(yours: Screen, memory: Memory) -> None:
    """As the memories of another assistant are copied."""
    yours.test.text_area(key="chats_text_0").set_value("- I live in Oslo.\n- I prefer tea.")
    yours.click("chats_paste")
    ended(yours)
    assert "A list: nothing is stored yet" in yours.words
    yours.click("chats_bring")
    ended(yours)

    assert {item.text for item in memory.items(ME)} == {"I live in Oslo.", "I prefer tea."}
    assert "Oslo" not in yours.kept


def test_a_file_that_cannot_be_used_says_why(yours: Screen) -> None:
    """In one sentence; then another one can be chosen."""
    upload(yours, b'{"no": "chat"}', "some.json")
    assert "no conversation of ChatGPT or Claude was found in it" in yours.words

    yours.click("chats_done")
    assert yours.test.file_uploader(key="chats_file_1") is not None


def test_a_stopped_import_goes_on(
    yours: Screen, memory: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whole conversations are here; the rest comes with Resume."""
    monkeypatch.setattr("memory.flow.chats.importing.BATCH", 1)
    upload(yours, EXPORT)
    here = desk_of("me")
    tell = Desk._tell

    def stop_at_the_first(self: Desk, progress: ChatProgress) -> None:
        tell(self, progress)
        if progress.done == 1:
            self.stop()

    monkeypatch.setattr(Desk, "_tell", stop_at_the_first)
    yours.click("chats_bring")
    ended(yours)
    assert "Stopped" in yours.words
    assert "1 are left" in yours.words
    assert [each.message_count for each in memory.conversations(ME)] == [3]

    monkeypatch.setattr(Desk, "_tell", tell)
    yours.click("chats_resume")
    ended(yours)
    assert "Brought in" in yours.words
    assert len(memory.conversations(ME)) == 2
    assert here.data is None


def test_an_import_that_failed_can_be_gone_on_with(
    yours: Screen, memory: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What hinders it is said; the file is kept until it has come in."""
    upload(yours, EXPORT)
    bring_in = Memory.import_chats

    def fail(*_: object, **__: object) -> None:
        raise DiskFull(memory.settings.database)

    monkeypatch.setattr(Memory, "import_chats", fail)
    yours.click("chats_bring")
    ended(yours)
    assert "disk" in yours.words
    assert desk_of("me").data is not None

    monkeypatch.setattr(Memory, "import_chats", bring_in)
    yours.click("chats_resume")
    ended(yours)
    assert "Brought in" in yours.words


def test_an_import_is_removed_after_a_look_at_what_goes(yours: Screen, memory: Memory) -> None:
    """With a receipt; what is the person's own stays."""
    memory.remember(ME, "I like cocoa.")
    report = memory.import_chats(ME, EXPORT)
    yours.run().click(f"chats_remove_{report.import_id}")
    assert "This goes, at once and for good." in yours.words
    yours.click("chats_remove_confirm")

    assert "Erased and verified" in yours.words
    assert [item.text for item in memory.items(ME)] == ["I like cocoa."]
    assert memory.chat_imports(ME) == []


def test_without_consent_nothing_can_be_chosen_and_the_file_goes(
    yours: Screen, memory: Memory
) -> None:
    """What was waiting to come in is let go of, whichever view of the page is open."""
    upload(yours, EXPORT)
    assert desk_of("me").data is not None
    yours.choose("audit", "privacy_view")
    memory.erase(ME)
    yours.run()
    assert desk_of("me").data is None
    assert desk_of("me").plan is None

    yours.choose("yours", "privacy_view")
    assert "Recollect may not remember yet." in yours.words
    assert FIELD not in [each.label for each in yours.test.file_uploader]


def test_progress_is_told_with_the_time_that_is_left() -> None:
    """By what was done so far."""
    assert chats._how_far(ChatProgress(0, 0), None) == "opening the file"
    assert chats._how_far(ChatProgress(0, 10_000), None) == "0 of 10,000, 0 memories"
    assert (
        chats._how_far(ChatProgress(2_500, 10_000, 9, 80), 185.0)
        == "2,500 of 10,000, 80 memories, about 3 minutes left"
    )
    assert chats._how_far(ChatProgress(1, 2, 1, 1), 20.0).endswith("less than a minute left")
    assert chats._how_far(ChatProgress(2, 2, 1, 1), 0.0) == "2 of 2, 1 memory"
