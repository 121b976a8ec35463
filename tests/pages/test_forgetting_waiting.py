"""What waits in the archive to be erased: seen, put back, or kept there."""

from collections.abc import Callable

import pytest

from memory import Memory, MemoryItem, Status
from pages.parts.forgetting.rows import PAGE
from pages.parts.whose import ME
from tests.pages.screen import Screen

pytestmark = pytest.mark.usefixtures("clock")

SOON = 0.4
"""Importance of what fades within the week after it was stored."""


@pytest.fixture
def tea(screen: Screen, memory: Memory) -> MemoryItem:
    return memory.remember(ME, "I like tea.", importance=SOON)


def opened(screen: Screen) -> Screen:
    screen.test.query_params["view"] = "week"
    return screen.open("forgetting")


@pytest.fixture
def waiting(
    screen: Screen, memory: Memory, tea: MemoryItem, live: Callable[[int], None]
) -> MemoryItem:
    """Archived so long ago that it goes in five days."""
    memory.change([tea.id], "archive")
    live(25)
    return tea


def test_what_waits_is_listed_with_its_day(
    screen: Screen, memory: Memory, waiting: MemoryItem, live: Callable[[int], None]
) -> None:
    """When that is past, the next sweep takes it."""
    opened(screen)
    assert "1 memory to be erased" in screen.words
    assert "**erased on Wednesday**" in screen.words

    live(6)
    screen.run()
    assert "**erased with the next sweep**" in screen.words


def test_what_was_archived_lately_does_not_wait_yet(
    screen: Screen, memory: Memory, tea: MemoryItem
) -> None:
    """It has three weeks."""
    memory.change([tea.id], "archive")

    opened(screen)

    assert "to be erased" not in screen.words


def test_to_be_listed_is_to_be_shown(
    screen: Screen, memory: Memory, waiting: MemoryItem, live: Callable[[int], None]
) -> None:
    """An unattended sweep erases only what was shown."""
    live(6)
    assert not memory.plan_sweep(ME, unattended=True).purged

    opened(screen)

    (purged,) = memory.plan_sweep(ME, unattended=True).purged
    assert purged.id == waiting.id


def test_those_of_another_page_were_not_shown(
    screen: Screen, memory: Memory, live: Callable[[int], None]
) -> None:
    """Nobody has seen them."""
    items = [memory.remember(ME, f"Note number {number}.") for number in range(PAGE + 1)]
    memory.change([item.id for item in items], "archive")
    live(31)

    opened(screen)

    assert len(memory.plan_sweep(ME, unattended=True).purged) == PAGE


def test_put_back_is_undone(screen: Screen, memory: Memory, waiting: MemoryItem) -> None:
    """Into the archive, where its time begins anew."""
    opened(screen).click(f"forgetting_put_back_{waiting.id}")
    assert memory.item(waiting.id).status is Status.ACTIVE
    assert "Put back 1 memory" in screen.words

    screen.click("forgetting_undo")

    assert memory.item(waiting.id).status is Status.ARCHIVED
    assert "to be erased" not in screen.words


def test_pinned_it_waits_no_longer(screen: Screen, memory: Memory, waiting: MemoryItem) -> None:
    """It stays in the archive."""
    opened(screen).click(f"forgetting_pin_{waiting.id}")

    assert memory.item(waiting.id).status is Status.ARCHIVED
    assert "to be erased" not in screen.words

    screen.click("forgetting_undo")
    assert "1 memory to be erased" in screen.words


def test_erased_memories_are_spared_too(
    screen: Screen, memory: Memory, waiting: MemoryItem, live: Callable[[int], None]
) -> None:
    """Tokens and bytes, in a unit that can be read."""
    live(6)
    memory.sweep(memory.plan_sweep(ME))
    assert memory.forgetting(ME).purged == 1

    opened(screen)

    (spared,) = (metric for metric in screen.test.metric if metric.label == "Spared")
    assert spared.value == f"{memory.forgetting(ME).purged_tokens} tokens"
    assert "erased with 1 memory (2 KB)" in spared.help
