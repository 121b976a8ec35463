"""Sweeps: shown before they are done, done as shown, undone; and how strong memories are."""

from collections.abc import Callable

import pytest

from memory import ForgettingRules, Memory, Status
from pages.parts.forgetting.spread import in_words
from pages.parts.whose import ME
from tests.pages.screen import Screen

pytestmark = pytest.mark.usefixtures("clock")

WEAK, STRONG = 0.1, 0.95
"""Importances; the strong ones keep the floor."""
WORD = "Zanzibarquokka"


@pytest.fixture
def faded(screen: Screen, memory: Memory, live: Callable[[int], None]) -> list[int]:
    """Ids of two that a sweep takes; two others are strong, one is pinned."""
    items = [memory.remember(ME, f"I like {what}.", importance=WEAK) for what in ("tea", "rain")]
    memory.remember(ME, "I live in Berlin.", importance=STRONG)
    memory.remember(ME, "I work on Fridays.", importance=STRONG)
    memory.remember(ME, "I read at night.", importance=WEAK, pinned=True)
    live(8)
    return [item.id for item in items]


def opened(screen: Screen) -> Screen:
    screen.test.query_params["view"] = "sweeps"
    return screen.open("forgetting")


def statuses(memory: Memory, ids: list[int]) -> set[Status]:
    return {memory.item(ident).status for ident in ids}


# -- the preview -----------------------------------------------------------------------------


def test_without_memories_it_says_what_a_sweep_is(screen: Screen) -> None:
    opened(screen)

    assert "Nothing to sweep yet" in screen.words
    assert "forgetting_preview" not in screen.keys


def test_preview_shows_what_goes_and_what_is_left_and_changes_nothing(
    screen: Screen, memory: Memory, faded: list[int]
) -> None:
    """The weakest first; and why another one stays."""
    plan = memory.plan_sweep(ME)

    opened(screen).click("forgetting_preview")

    assert (
        f"**2 memories** of 5 would leave answers, and spare them {plan.archived_tokens} tokens."
        in (screen.words)
    )
    table = screen.test.dataframe[0].value
    assert list(table["Memory"]) == [each.item.text for each in plan.archived]
    assert list(table["Strength"]) == [100 * each.strength for each in plan.archived]
    assert "1 memory: pinned" in screen.words
    assert "I read at night." in screen.words
    assert statuses(memory, faded) == {Status.ACTIVE}


def test_preview_of_nothing_offers_no_sweep(screen: Screen, memory: Memory) -> None:
    memory.remember(ME, "I like tea.")

    opened(screen).click("forgetting_preview")
    assert "**Nothing.** No memory is weak enough, or due." in screen.words
    assert "forgetting_sweep_now" not in screen.keys

    screen.click("forgetting_close")
    assert "forgetting_preview" in screen.keys


def test_not_now_does_nothing(screen: Screen, memory: Memory, faded: list[int]) -> None:
    opened(screen).click("forgetting_preview").click("forgetting_close")

    assert statuses(memory, faded) == {Status.ACTIVE}
    assert "What a sweep would do" not in screen.words


def test_a_large_one_says_that_it_is_never_made_unasked(
    screen: Screen, memory: Memory, faded: list[int]
) -> None:
    opened(screen).click("forgetting_preview")

    assert "So large a sweep is never made without you." in screen.words


# -- sweeping --------------------------------------------------------------------------------


def test_sweep_does_what_was_shown_and_is_undone(
    screen: Screen, memory: Memory, faded: list[int]
) -> None:
    """By the line that tells it."""
    opened(screen).click("forgetting_preview").click("forgetting_sweep_now")
    assert statuses(memory, faded) == {Status.ARCHIVED}
    assert "Swept: 2 archived." in screen.words
    assert "What a sweep would do" not in screen.words

    screen.click("forgetting_undo_report")

    assert statuses(memory, faded) == {Status.ACTIVE}
    assert "Undone: 2 memories in use again" in screen.words
    assert "Swept: 2 archived." not in screen.words


def test_what_has_changed_since_is_shown_anew(
    screen: Screen, memory: Memory, faded: list[int]
) -> None:
    """Nothing is swept that was not shown as it is."""
    opened(screen).click("forgetting_preview")
    memory.pin(faded[0])

    screen.click("forgetting_sweep_now")

    assert statuses(memory, faded) == {Status.ACTIVE}
    assert "Nothing was swept: something has changed since." in screen.words
    assert "**1 memory** of 5 would leave answers" in screen.words

    screen.click("forgetting_sweep_now")
    assert memory.item(faded[1]).status is Status.ARCHIVED
    assert memory.item(faded[0]).status is Status.ACTIVE


def test_a_change_in_mid_sweep_is_told(
    screen: Screen, memory: Memory, faded: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the plan and its deed, in another tab."""
    opened(screen).click("forgetting_preview")
    sweep = memory.sweep

    def pinned_first(*args: object, **options: object) -> object:
        memory.pin(faded[0])
        return sweep(*args, **options)

    monkeypatch.setattr(memory, "sweep", pinned_first)
    screen.click("forgetting_sweep_now")

    assert "what you were shown has changed since" in screen.words
    assert "**1 memory** of 5 would leave answers" in screen.words
    assert memory.item(faded[1]).status is Status.ACTIVE


def test_what_is_erased_leaves_a_receipt(
    screen: Screen, memory: Memory, faded: list[int], live: Callable[[int], None]
) -> None:
    """And no undo; the steps were told meanwhile."""
    memory.sweep(memory.plan_sweep(ME))
    live(31)
    opened(screen).click("forgetting_preview")
    assert "**2 memories** would be erased for good" in screen.words
    assert "There is no undo." in screen.words

    screen.click("forgetting_sweep_now")

    assert "Swept: 2 erased." in screen.words
    assert "Erased and verified" in screen.words
    assert "forgetting_undo_report" not in screen.keys
    assert len(memory.items(ME)) == 3


def test_report_is_there_until_another_page_is_opened(
    screen: Screen, memory: Memory, faded: list[int]
) -> None:
    opened(screen).click("forgetting_preview").click("forgetting_sweep_now")

    opened(screen.open("chat"))

    assert "Swept: 2 archived." not in screen.words


def test_no_text_stays_in_the_session(
    screen: Screen, memory: Memory, live: Callable[[int], None]
) -> None:
    """A plan holds texts; what is kept of it are ids."""
    memory.remember(ME, f"My cat is called {WORD}.", importance=WEAK)
    live(8)
    opened(screen).click("forgetting_preview")
    assert WORD in repr(screen.test.dataframe[0].value)
    assert WORD not in screen.kept

    screen.click("forgetting_sweep_now")

    assert WORD not in screen.kept


# -- earlier sweeps --------------------------------------------------------------------------


def test_earlier_sweeps_tell_who_made_them_and_what_they_did(
    screen: Screen, memory: Memory, faded: list[int], live: Callable[[int], None]
) -> None:
    """The latest first; those that found nothing are left out."""
    memory.sweep(memory.plan_sweep(ME))
    memory.remember(ME, "I like snow.", importance=WEAK)
    live(8)
    memory.sweep(memory.plan_sweep(ME, unattended=True))
    live(1)
    memory.sweep(memory.plan_sweep(ME))

    opened(screen)

    told = [mark.value for mark in screen.test.markdown if "archived**" in mark.value]
    assert ["By itself" in line for line in told] == [True, False]
    assert "**1 archived**" in told[0]
    assert "**2 archived**" in told[1]


def test_an_earlier_sweep_is_undone_as_far_as_it_can_be(
    screen: Screen, memory: Memory, faded: list[int]
) -> None:
    """What was put back since is no longer counted."""
    report = memory.sweep(memory.plan_sweep(ME))
    memory.restore(faded[0])
    opened(screen)
    undo = f"forgetting_undo_sweep_{report.id}"
    assert screen.test.button(key=undo).label == "Undo for 1"

    screen.click(undo)

    assert statuses(memory, faded) == {Status.ACTIVE}
    assert undo not in screen.keys
    assert "undone on" in screen.words


# -- how strong they are ---------------------------------------------------------------------


def test_spread_is_drawn_with_its_thresholds(
    screen: Screen, memory: Memory, faded: list[int]
) -> None:
    """And told in words to whoever does not see it."""
    opened(screen)

    (chart,) = screen.test.get("vega_lite_chart")
    assert '"archived 15%"' in chart.proto.spec
    assert '"fading 35%"' in chart.proto.spec
    rules, overview = memory.forgetting_rules(ME), memory.forgetting(ME)
    assert chart.proto.alt == in_words(overview.spread, rules)


def test_spread_in_words_tells_every_bar() -> None:
    """Those that are empty are left out."""
    spread = [0] * 20
    spread[1], spread[10] = 2, 1

    told = in_words(spread, ForgettingRules())

    assert "How strong 3 memories not in the archive are." in told
    assert "2 from 5% to 10%, 1 from 50% to 55%." in told
    assert "Below 35% they are fading, below 15% weak enough for the archive." in told
