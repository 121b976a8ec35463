"""Privacy on the Inspector's card: the class and its choice, the clock, the rules."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from memory import SENSITIVE, DataClass, Memory, MemoryItem, Preset
from pages.parts.inspector.memory_privacy import time_left
from pages.parts.shared import on_day
from pages.parts.whose import ME
from tests.pages.screen import Screen
from tests.pages.test_inspector import links, listed, opened


@pytest.fixture
def berlin(screen: Screen, memory: Memory) -> MemoryItem:
    return memory.remember(ME, "I live in Berlin.")


@pytest.fixture
def tea(screen: Screen, memory: Memory) -> MemoryItem:
    return memory.remember(ME, "I prefer green tea to coffee.", kind="preference")


def badges(screen: Screen) -> str:
    return " ".join(mark.value for mark in screen.test.markdown if "-badge[" in mark.value)


def progress(screen: Screen) -> list[str]:
    return [bar.proto.text for bar in screen.test.get("progress")]


def clock_of(item: MemoryItem, condition: str = "") -> str:
    """What stands above the bar of its time."""
    left = time_left(item.expires_at, datetime.now(UTC))
    return f":material/schedule: Erased {left} ({on_day(item.expires_at)}) {condition}".strip()


def choose_class(screen: Screen, item: MemoryItem, data_class: DataClass) -> None:
    screen.test.radio(key=f"inspector_class_{item.id}").set_value(data_class.value)
    screen.run()


def chosen_class(screen: Screen, item: MemoryItem) -> str:
    return screen.test.radio(key=f"inspector_class_{item.id}").value


def set_rule(memory: Memory, data_class: DataClass, **changes: object) -> None:
    rules = memory.privacy_rules(ME)
    classes = dict(rules.classes)
    classes[data_class] = replace(classes[data_class], **changes)
    memory.set_privacy_rules(ME, replace(rules, classes=classes))


def test_card_tells_the_class_and_why(screen: Screen, berlin: MemoryItem) -> None:
    screen.open("inspector")

    assert "personal: it speaks of oneself" in badges(screen)


def test_class_can_be_chosen_and_the_choice_undone(
    screen: Screen, memory: Memory, berlin: MemoryItem
) -> None:
    """What follows from it shows at once: how long it is kept."""
    screen.open("inspector")
    assert progress(screen)[1] == clock_of(berlin, "unless it is used")

    choose_class(screen, berlin, DataClass.INTERNAL)

    assert memory.item(berlin.id).data_class is DataClass.INTERNAL
    assert "internal: chosen by you" in badges(screen)
    assert "Made 1 memory internal" in screen.words
    assert "Kept until it has faded, or you erase it" in screen.words

    screen.click("inspector_undo")

    assert memory.item(berlin.id).data_class is DataClass.PERSONAL
    assert memory.item(berlin.id).expires_at == berlin.expires_at
    assert chosen_class(screen, berlin) == "personal"


def test_undo_leaves_a_later_choice_of_class_alone(
    screen: Screen, memory: Memory, berlin: MemoryItem
) -> None:
    """As from another tab: it says that it came too late."""
    screen.open("inspector")
    choose_class(screen, berlin, DataClass.INTERNAL)
    memory.classify(berlin.id, DataClass.CONFIDENTIAL)

    screen.click("inspector_undo")

    assert memory.item(berlin.id).data_class is DataClass.CONFIDENTIAL
    assert "Undo is no longer possible" in screen.words


def test_sensitive_needs_its_consent_and_the_way_there_is_shown(
    screen: Screen, memory: Memory, berlin: MemoryItem
) -> None:
    """The class stays as it was, also on the page."""
    screen.open("inspector")
    choose_class(screen, berlin, DataClass.SENSITIVE)

    assert memory.item(berlin.id).data_class is DataClass.PERSONAL
    assert chosen_class(screen, berlin) == "personal"
    assert "Turn it on in Privacy" in screen.test.toast[0].value
    assert "inspector_undo" not in screen.keys
    assert "view=consent" in links(screen)

    memory.grant(ME, SENSITIVE)
    choose_class(screen, berlin, DataClass.SENSITIVE)

    assert "sensitive: chosen by you" in badges(screen)
    assert "view=consent" not in links(screen)


def test_memory_that_left_its_list_by_its_new_class_stays_on_the_card(
    screen: Screen, tea: MemoryItem, berlin: MemoryItem
) -> None:
    """The list is of one class."""
    screen.open("inspector")
    screen.test.pills(key="inspector_classes").set_value(["personal"])
    screen.run().open_row(listed(screen).index(berlin.text))

    choose_class(screen, berlin, DataClass.INTERNAL)

    assert berlin.text not in listed(screen)
    assert opened(screen, berlin)


def test_class_of_what_is_forgotten_cannot_be_chosen(
    screen: Screen, memory: Memory, berlin: MemoryItem
) -> None:
    """Nor is any day told but that of its erasure."""
    memory.forget(berlin.id)
    screen.open("inspector").choose("Forgotten", "inspector_status")

    assert not screen.test.radio
    assert len(progress(screen)) == 1
    assert "Erased for good in about 10 min" in screen.words


def test_clock_of_the_usual_rules_is_put_off_by_use(
    screen: Screen, memory: Memory, berlin: MemoryItem
) -> None:
    """Not that of a paused one, which is not used."""
    screen.open("inspector")
    assert progress(screen)[1] == clock_of(berlin, "unless it is used")

    screen.click(f"inspector_pause_{berlin.id}")
    screen.test.query_params["memory"] = str(berlin.id)
    screen.run()

    assert progress(screen)[1] == clock_of(berlin)


@pytest.mark.parametrize("regime", [{"preset": Preset.ARTICLE}, {"strict": True}])
def test_clock_of_the_article_counts_from_storing(
    regime: dict[str, object], screen: Screen, memory: Memory, berlin: MemoryItem
) -> None:
    """Thirty days for what is personal, used or not."""
    memory.set_privacy_rules(ME, replace(memory.privacy_rules(ME), **regime))
    set_rule(memory, DataClass.PERSONAL, days=30)

    screen.open("inspector")

    item = memory.item(berlin.id)
    assert item.expires_at == berlin.created_at + timedelta(days=30)
    assert progress(screen)[1] == clock_of(item)


def test_bar_tells_how_much_of_the_time_is_left(
    screen: Screen, memory: Memory, berlin: MemoryItem
) -> None:
    """All of it just after storing; nothing has one where there is no end."""
    screen.open("inspector")
    assert [bar.proto.value for bar in screen.test.get("progress")][1] in (99, 100)

    choose_class(screen, berlin, DataClass.PUBLIC)

    assert len(progress(screen)) == 1


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "today"),
        (1, "tomorrow"),
        (12, "in 12 days"),
        (60, "in 60 days"),
        (61, "in 2 months"),
        (364, "in 11 months"),
        (365, "in 12 months"),
        (3650, "in 9 years"),
    ],
)
def test_time_left_is_told_in_whole_units(days: int, words: str) -> None:
    now = datetime(2026, 11, 3, 12, tzinfo=UTC)

    assert time_left(now + timedelta(days=days), now) == words


def test_card_and_list_say_when_the_rules_keep_a_class_out_of_answers(
    screen: Screen, memory: Memory, berlin: MemoryItem
) -> None:
    screen.open("inspector")
    assert "Not recalled" not in screen.words

    set_rule(memory, DataClass.PERSONAL, recalled=False)
    screen.run()

    assert "Not recalled: your rules for personal memories" in screen.words
    assert "view=retention" in links(screen)
    assert list(screen.test.dataframe[0].value["Marks"]) == ["not recalled"]
    assert "unless it is used" not in progress(screen)[1]
