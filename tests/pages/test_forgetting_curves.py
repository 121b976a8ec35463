"""Curves of the Forgetting page: which, what they tell, and what bends one at once."""

import html

import pytest

from memory import PERSONALIZATION, Memory
from pages.parts.shared import WORD_JOINER
from pages.parts.whose import ME
from tests.fakes import FixedClock
from tests.pages.drawn import chart
from tests.pages.screen import Screen

pytestmark = pytest.mark.usefixtures("clock")

HOSTILE = "![x](http://evil.example/y) and $$x$$"


def open_curves(screen: Screen, which: str = "mix") -> Screen:
    screen.open("forgetting")
    screen.test.pills(key="forgetting_curves_which").set_value(which)
    return screen.run()


def series(screen: Screen) -> list[str]:
    """Texts of the memories that are drawn, in the order of their letters."""
    names = chart(screen).rows("words")["series"].drop_duplicates()
    return [name.split(" · ", 1)[1] for name in sorted(names)]


def facts(screen: Screen) -> str:
    """What is said of the memory in focus."""
    (line,) = (each.value for each in screen.test.caption if each.value.startswith("Strength"))
    return line


def test_use_is_a_jump_told_in_words(screen: Screen, memory: Memory, clock: FixedClock) -> None:
    """What was done, when, and what it did to the strength."""
    item = memory.remember(ME, "I live in Berlin.", importance=0.5)
    clock.advance(days=5)
    memory.reinforce([item.id])
    clock.advance(days=2)

    screen.open("forgetting")

    (jump,) = memory.curve(item.id).jumps
    said = f"7 March: you kept it fresh, {jump.before:.0%} → {jump.after:.0%}"
    assert said in chart(screen).words


def test_past_is_told_by_what_was_before(screen: Screen, memory: Memory, clock: FixedClock) -> None:
    """Since it was stored, and since each use."""
    item = memory.remember(ME, "I live in Berlin.", importance=0.5)
    clock.advance(days=5)
    memory.reinforce([item.id])
    clock.advance(days=4)

    screen.open("forgetting")

    words = chart(screen).words
    assert "5 March: 43%, 3 days after it was stored" in words
    assert "10 March: 59%, 3 days after you kept it fresh" in words


def test_day_on_which_a_memory_fades_is_marked_and_said(
    screen: Screen, memory: Memory, clock: FixedClock
) -> None:
    """In the chart, in its words, and below it."""
    item = memory.remember(ME, "I live in Berlin.", importance=0.5)
    clock.advance(days=2)

    screen.open("forgetting")

    (kept,) = memory.retention_of([item])
    day = kept.fades_at.astimezone()
    marks = chart(screen).rows("name")["name"]
    assert f"{day.day} {day:%b}" in list(marks)
    assert "It fades now" in chart(screen).words
    assert f"Unused, it fades on {day.day} {day:%B}, in" in facts(screen)


def test_thresholds_and_today_are_named(screen: Screen, memory: Memory) -> None:
    """With the numbers of the rules that hold."""
    memory.remember(ME, "I live in Berlin.")

    screen.open("forgetting")

    names = set(chart(screen).rows("name")["name"])
    assert {"fading below 35%", "archived below 15%", "today"} <= names


def test_memories_of_the_same_words_are_two_lines(screen: Screen, memory: Memory) -> None:
    """Cut to the same label, they would be joined into one zigzag."""
    start = "The staging server needs a restart after each deploy because of "
    memory.remember(ME, start + "the cache.")
    memory.remember(ME, start + "the queue.")

    screen.open("forgetting")

    assert chart(screen).rows("words")["series"].nunique() == 2


@pytest.mark.parametrize(
    ("which", "first"),
    [
        ("strongest", "I play the guitar."),
        ("used", "I like tea."),
        ("fading", "I like tea."),
    ],
)
def test_choice_says_which_memories_are_drawn(
    screen: Screen, memory: Memory, clock: FixedClock, which: str, first: str
) -> None:
    """Those that fade already are not what fades next."""
    memory.remember(ME, "I was in Rome.", importance=0.2)
    tea = memory.remember(ME, "I like tea.", importance=0.4)
    memory.remember(ME, "I play the guitar.", importance=0.8)
    memory.reinforce([tea.id])

    open_curves(screen, which)

    assert series(screen)[0] == first


def test_choices_without_any_say_so(screen: Screen, memory: Memory) -> None:
    """In place of an empty chart."""
    memory.remember(ME, "I like tea.", pinned=True)

    assert "Nothing was used yet." in open_curves(screen, "used").words
    assert "Nothing fades within a year." in open_curves(screen, "fading").words


def test_what_is_pinned_stays_in_the_chart(screen: Screen, memory: Memory) -> None:
    """Though it no longer fades next: one wants to see what it did."""
    memory.remember(ME, "I like tea.", importance=0.4)
    memory.remember(ME, "I like milk.", importance=0.6)
    open_curves(screen, "fading")

    screen.click("forgetting_curves_pin")

    assert series(screen) == ["I like tea.", "I like milk."]


def test_mix_holds_no_memory_twice(screen: Screen, memory: Memory) -> None:
    """One can be the strongest and the most used."""
    memory.remember(ME, "I like tea.")
    guitar = memory.remember(ME, "I play the guitar.", importance=0.8)
    memory.reinforce([guitar.id])

    screen.open("forgetting")

    assert sorted(series(screen)) == ["I like tea.", "I play the guitar."]


@pytest.mark.parametrize("address", ["{1},{0}", "{1},{0},999,x", "{1},{0}," + 30 * "9"])
def test_address_names_the_memories(screen: Screen, memory: Memory, address: str) -> None:
    """What is not there, or no number, is left out."""
    ids = [memory.remember(ME, f"I like {drink}.").id for drink in ("tea", "milk", "cocoa")]
    screen.test.query_params["memory"] = address.format(*ids)

    screen.open("forgetting")

    assert series(screen) == ["I like milk.", "I like tea."]


def test_address_opens_nobody_elses_memory(screen: Screen, memory: Memory) -> None:
    """As if it were not there."""
    memory.grant("somebody", PERSONALIZATION)
    theirs = memory.remember("somebody", "I like gin.")
    mine = memory.remember(ME, "I like tea.")
    screen.test.query_params["memory"] = f"{theirs.id},{mine.id}"

    screen.open("forgetting")

    assert series(screen) == ["I like tea."]
    assert "gin" not in screen.words


def test_another_choice_leaves_the_address(screen: Screen, memory: Memory) -> None:
    """And what was picked can be gone back to."""
    ids = [memory.remember(ME, f"I like {drink}.").id for drink in ("tea", "milk")]
    screen.test.query_params["memory"] = str(ids[0])
    screen.open("forgetting")

    open_curves(screen, "strongest")
    assert "memory" not in screen.test.query_params
    assert len(series(screen)) == 2

    screen.test.pills(key="forgetting_curves_which").set_value("picked")
    screen.run()
    assert series(screen) == ["I like tea."]
    assert screen.test.query_params["memory"] == str(ids[0])


def test_nothing_picked_says_how_to_pick(screen: Screen, memory: Memory) -> None:
    """With the way there."""
    memory.remember(ME, "I like tea.")

    open_curves(screen, "picked")

    assert "Nothing is picked." in screen.words
    assert "forgetting_to_inspector" in screen.keys


def test_inspector_leads_to_a_memorys_curve(screen: Screen, memory: Memory) -> None:
    """From its card."""
    memory.remember(ME, "I like tea.")
    milk = memory.remember(ME, "I like milk.")
    screen.open("inspector")

    screen.click(f"inspector_curve_{milk.id}")

    assert series(screen) == ["I like milk."]


def test_inspector_leads_to_the_curves_of_what_is_ticked(screen: Screen, memory: Memory) -> None:
    """Side by side in one chart."""
    for drink in ("tea", "milk", "cocoa"):
        memory.remember(ME, f"I like {drink}.")
    screen.open("inspector")
    screen.tick(0, 2)

    screen.click("inspector_bulk_curves")

    assert sorted(series(screen)) == ["I like cocoa.", "I like tea."]


def test_using_it_once_more_bends_the_curve_at_once(
    screen: Screen, memory: Memory, clock: FixedClock
) -> None:
    """The strength is higher, and the use stands in the chart."""
    item = memory.remember(ME, "I live in Berlin.", importance=0.5)
    clock.advance(days=5)
    screen.open("forgetting")
    (before,) = memory.retention_of([item])

    screen.click("forgetting_curves_use")

    (after,) = memory.retention_of([item])
    assert after.strength > before.strength
    assert facts(screen).startswith(f"Strength {after.strength:.0%} now.")
    assert f"7 March: you kept it fresh, {before.strength:.0%} → " in chart(screen).words


def test_pin_makes_the_curve_straight_until_it_is_unpinned(screen: Screen, memory: Memory) -> None:
    """Said, too."""
    item = memory.remember(ME, "I live in Berlin.", importance=0.5)
    screen.open("forgetting")

    screen.click("forgetting_curves_pin")
    assert "It is pinned and does not fade." in facts(screen)
    future = chart(screen).rows("words").query("part == 'future'")
    assert future["strength"].nunique() == 1

    screen.click("forgetting_curves_unpin")
    assert "Unused, it fades on" in facts(screen)
    assert not memory.item(item.id).pinned


def test_letter_chooses_the_memory_in_focus(screen: Screen, memory: Memory) -> None:
    """Its line is the thick one."""
    memory.remember(ME, "I like tea.", importance=0.9)
    memory.remember(ME, "I like milk.", importance=0.5)
    open_curves(screen, "strongest")

    screen.choose("B", "forgetting_curves_focus")

    assert "**I like milk.**" in screen.words
    rows = chart(screen).rows("thick")
    assert set(rows[rows["thick"]]["series"]) == {"B · I like milk."}


def test_both_policies_are_drawn_side_by_side(screen: Screen, memory: Memory) -> None:
    """Of one memory: that which holds, and the other."""
    item = memory.remember(ME, "I live in Berlin.", importance=0.5)
    screen.open("forgetting")

    screen.test.toggle(key="forgetting_curves_compare").set_value(True)
    screen.run()

    rows = chart(screen).rows("words").query("part == 'future'")
    last = rows.groupby("series")["strength"].last()
    assert list(last.index) == ["Exponential, which holds", "Stability"]
    other = memory.curve(item.id, days=90, policy="stability")
    assert last["Stability"] == pytest.approx(other.points[-1][1])


def test_span_reaches_as_far_as_chosen(screen: Screen, memory: Memory) -> None:
    """A month, three, or a year."""
    memory.remember(ME, "I live in Berlin.")
    screen.open("forgetting")

    screen.choose("A year", "forgetting_curves_days")

    assert "in 365 days: " in chart(screen).words


def test_chart_is_told_in_numbers_and_as_a_table(
    screen: Screen, memory: Memory, clock: FixedClock
) -> None:
    """For who cannot see it."""
    item = memory.remember(ME, "I live in Berlin.", importance=0.5)
    clock.advance(days=60)

    screen.open("forgetting")

    (kept,) = memory.retention_of([item])
    assert f"A: {kept.strength:.0%} now" in chart(screen).alt
    *_, table = screen.test.table
    (row,) = table.value.to_dict("records")
    assert row["Strength"] == f"{kept.strength:.0%}"
    assert row["Fades"] == "fading"


def test_holiday_is_said(screen: Screen, memory: Memory) -> None:
    """A straight line has its reason."""
    memory.remember(ME, "I live in Berlin.", importance=0.5)
    memory.set_holiday(ME, True)

    screen.open("forgetting")

    assert "Holiday mode is on: nothing fades while it is on." in facts(screen)


def test_text_of_a_memory_is_text_and_nothing_else(screen: Screen, memory: Memory) -> None:
    """An image in it would be fetched."""
    memory.remember(ME, HOSTILE)

    screen.open("forgetting")

    (title,) = (mark.value for mark in screen.test.markdown if "evil" in mark.value)
    (cell,) = screen.test.table[-1].value["Memory"]
    for shown in (title, cell):
        assert "](" not in shown
        assert "$" not in shown
    assert html.unescape(title).replace(WORD_JOINER, "") == f"**{HOSTILE}**"


def test_session_keeps_no_text(screen: Screen, memory: Memory) -> None:
    """It would outlive an erasure."""
    memory.remember(ME, "I live in Berlin.")
    memory.remember(ME, "I like tea.")
    screen.open("forgetting")

    screen.choose("B", "forgetting_curves_focus")

    assert "Berlin" not in screen.kept
    assert "tea" not in screen.kept


def test_with_nothing_remembered_there_is_something_to_play_with(
    screen: Screen, memory: Memory
) -> None:
    """A made-up memory, by the real rules."""
    screen.open("forgetting")
    assert "here is a made-up memory" in screen.words
    before = facts(screen)

    screen.test.slider(key="forgetting_example_importance").set_value(95)
    screen.run()

    curve = memory.example_curve(ME, importance=0.95, age_days=60, used_days_ago=[45, 20, 3])
    assert facts(screen) != before
    assert facts(screen).startswith(f"Strength {curve.points[0][1]:.0%} now.")
