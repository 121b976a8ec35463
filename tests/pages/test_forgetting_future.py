"""Fast-forward: the coming year day by day, and which memories go."""

import pytest

from memory import Memory
from pages.parts.forgetting import future
from pages.parts.forgetting.curve_words import day_name
from pages.parts.whose import ME
from tests.fakes import FixedClock
from tests.pages.drawn import chart
from tests.pages.screen import Screen

pytestmark = pytest.mark.usefixtures("clock")


def open_future(screen: Screen, day: int = 0) -> Screen:
    screen.test.query_params["view"] = "future"
    screen.open("forgetting")
    if day:
        screen.test.slider(key="forgetting_future_day").set_value(day)
        screen.run()
    return screen


def numbers(screen: Screen) -> dict[str, tuple[str, str]]:
    """With their difference to today."""
    names = ("Active", "Fading", "Archived")
    found = {metric.label: (metric.value, metric.delta) for metric in screen.test.metric}
    return {name: found[name] for name in names}


def listed(screen: Screen) -> str:
    """Which go, when."""
    return "\n".join(mark.value for mark in screen.test.markdown)


@pytest.fixture
def three(memory: Memory) -> Memory:
    """One weak, one strong, one pinned."""
    memory.remember(ME, "I was in Rome.", importance=0.4)
    memory.remember(ME, "I like tea.", importance=0.8)
    memory.remember(ME, "I live in Berlin.", importance=0.4, pinned=True)
    return memory


def test_today_stands_as_it_is(screen: Screen, three: Memory) -> None:
    """And says when the first goes."""
    open_future(screen)

    assert numbers(screen) == {
        "Active": ("3", "as today"),
        "Fading": ("0", "as today"),
        "Archived": ("0", "as today"),
    }
    rome = three.retention_of([three.item(1)])[0]
    day = day_name(rome.fades_at, three.now())
    assert f"Nothing goes by then. The first goes on {day}." in screen.words


def test_day_has_its_numbers_and_their_difference(screen: Screen, three: Memory) -> None:
    """As the forecast has them."""
    open_future(screen, 20)

    counts = three.forecast(ME).counts[20]
    assert (counts.active, counts.fading, counts.archived) == (1, 1, 1)
    assert numbers(screen) == {
        "Active": ("1", "-2"),
        "Fading": ("1", "+1"),
        "Archived": ("1", "+1"),
    }
    assert "22 March, in 20 days" in screen.words


def test_those_that_go_are_listed_the_latest_first(screen: Screen, three: Memory) -> None:
    """Each with the last that happens to it, under its day."""
    open_future(screen, 20)

    rome, tea = three.retention_of([three.item(ident) for ident in (1, 2)])
    went = {
        rome.archives_at: ":gray-badge[archived] I was in Rome",
        tea.fades_at: ":orange-badge[fading] I like tea",
    }
    (late, late_words), (early, early_words) = sorted(went.items(), reverse=True)
    days = [f"**{day_name(at, three.now())}**" for at in (late, early)]
    in_order = (days[0], late_words, days[1], early_words)
    places = [listed(screen).index(each) for each in in_order]
    assert places == sorted(places)
    assert "Berlin" not in listed(screen)


@pytest.mark.parametrize("deed", ["Use it once more", "Pin"])
def test_what_is_kept_goes_later_or_never(screen: Screen, three: Memory, deed: str) -> None:
    """At once: the forecast is another one."""
    open_future(screen, 34)
    before = numbers(screen)
    assert before["Archived"][0] == "2"

    screen.test.menu_button(key="forgetting_future_keep_2").click(deed)
    screen.run()

    assert numbers(screen)["Archived"][0] == "1"
    assert three.item(2).pinned == (deed == "Pin")
    assert three.item(2).access_count == (deed != "Pin")


def test_days_are_those_of_the_other_views(
    screen: Screen, memory: Memory, clock: FixedClock
) -> None:
    """Noon of a coming day, from here on, lies after an evening on which something goes."""
    item = memory.remember(ME, "I was in Rome.", importance=0.396)
    (kept,) = memory.retention_of([item])
    (going,) = memory.forecast(ME).leaving
    fades, archived = (day_name(at, clock.now) for at in (kept.fades_at, kept.archives_at))

    open_future(screen)
    assert f"The first goes on {fades}." in screen.words
    for ahead, expected in ((going.fades_on, fades), (going.archives_on, archived)):
        screen.test.slider(key="forgetting_future_day").set_value(ahead)
        screen.run()
        assert f"**{expected}**" in listed(screen)


def test_what_is_due_today_goes_with_the_next_sweep(
    screen: Screen, three: Memory, clock: FixedClock
) -> None:
    """Nothing is archived by being looked at."""
    clock.advance(days=7)
    three.visit(ME)
    clock.advance(days=7)
    three.visit(ME)
    clock.advance(days=7)
    three.visit(ME)

    open_future(screen)

    assert numbers(screen)["Archived"][0] == "0"
    assert "1 memory is weak enough for that already." in screen.words
    screen.test.slider(key="forgetting_future_day").set_value(1)
    screen.run()
    assert numbers(screen)["Archived"] == ("1", "+1")
    assert ":gray-badge[archived] I was in Rome" in listed(screen)


def test_chart_has_every_day_and_the_chosen_one(screen: Screen, three: Memory) -> None:
    """Its words, too; the text alternative is the same for each day, as another one would have the
    chart built anew."""
    open_future(screen)
    before = chart(screen).alt

    screen.test.slider(key="forgetting_future_day").set_value(20)
    screen.run()

    drawn = chart(screen)
    stages = drawn.rows("stage")
    assert set(stages.groupby("stage").size()) == {366}
    assert "1 active, 1 fading, 1 archived" in drawn.words
    assert "22 Mar" in list(drawn.rows("name")["name"])
    assert drawn.alt == before
    assert "Today: 3 active, 0 fading, 0 archived" in drawn.alt


def test_play_goes_on_by_itself_and_pauses(screen: Screen, three: Memory) -> None:
    """Each tick is a run of the fragment: here one for each run of the page."""
    open_future(screen)

    screen.click("forgetting_future_play")
    screen.run()
    playing = screen.test.slider(key="forgetting_future_day").value
    assert playing >= future.STEP
    assert screen.test.button(key="forgetting_future_play").label == "Pause"

    screen.click("forgetting_future_play")
    paused = screen.test.slider(key="forgetting_future_day").value
    assert screen.test.button(key="forgetting_future_play").label == "Play"
    screen.run()
    assert screen.test.slider(key="forgetting_future_day").value == paused


def test_who_moves_the_slider_has_paused_it(screen: Screen, three: Memory) -> None:
    """It must not run away from the hand."""
    open_future(screen)
    screen.click("forgetting_future_play")

    screen.test.slider(key="forgetting_future_day").set_value(203)
    screen.run()

    assert screen.test.slider(key="forgetting_future_day").value == 203
    assert screen.test.button(key="forgetting_future_play").label == "Play"


def test_late_echo_of_the_slider_does_not_pause_it(screen: Screen, three: Memory) -> None:
    """A slow browser sends the day before once more."""
    open_future(screen)
    screen.click("forgetting_future_play")
    screen.run()
    reached = screen.test.slider(key="forgetting_future_day").value

    screen.test.slider(key="forgetting_future_day").set_value(reached - future.STEP)
    screen.run()

    assert screen.test.slider(key="forgetting_future_day").value == reached + future.STEP
    assert screen.test.button(key="forgetting_future_play").label == "Pause"


def test_it_does_not_play_on_after_another_view(screen: Screen, three: Memory) -> None:
    """Nor when a tick that was late has kept the day."""
    open_future(screen)
    screen.click("forgetting_future_play")
    for view in ("week", "future"):
        screen.test.session_state["forgetting_future_day"] = 25
        screen.choose(view, "forgetting_view")

    assert screen.test.button(key="forgetting_future_play").label == "Play"


def test_play_ends_with_the_year_and_begins_again(screen: Screen, three: Memory) -> None:
    """From its first day."""
    open_future(screen, 365)
    assert screen.test.button(key="forgetting_future_play").label == "Play"

    screen.click("forgetting_future_play")
    assert screen.test.slider(key="forgetting_future_day").value <= 2 * future.STEP

    screen.test.session_state["forgetting_future_day"] = 365
    screen.run()
    assert screen.test.button(key="forgetting_future_play").label == "Play"


def test_list_has_pages(screen: Screen, memory: Memory) -> None:
    """Twenty on each."""
    for number in range(21):
        memory.remember(ME, f"Note number {number}.", importance=0.4)

    open_future(screen, 30)

    assert "**21 memories fade or are archived by then**" in screen.words
    assert listed(screen).count("-badge[") == 20
    screen.test.pagination(key="forgetting_future_page").set_value(2)
    screen.run()
    assert listed(screen).count("-badge[") == 1


def test_holiday_is_said_and_nothing_fades(screen: Screen, three: Memory) -> None:
    """On no day."""
    three.set_holiday(ME, True)

    open_future(screen, 365)

    assert "Holiday mode is on: nothing fades while it is on." in screen.words
    assert numbers(screen)["Active"] == ("3", "as today")
    assert "Nothing goes within a year." in screen.words


def test_texts_are_shown_as_they_are_and_not_kept(screen: Screen, memory: Memory) -> None:
    """An image in one would be fetched, and one in the session would outlive an erasure."""
    memory.remember(ME, "![x](http://evil.example/y) and $$x$$", importance=0.4)

    open_future(screen, 30)

    assert "](" not in listed(screen)
    assert "$" not in listed(screen)
    assert "![x](http://evil.example/y) and $$x$$" in screen.words
    assert "evil" not in screen.kept


def test_with_nothing_remembered_there_is_something_to_play_with(screen: Screen) -> None:
    """A made-up memory on any day."""
    open_future(screen)
    assert "here is a made-up memory" in screen.words

    screen.test.slider(key="forgetting_future_example_day").set_value(365)
    screen.run()

    assert "in 365 days**: strength 0%, weak enough for the archive." in screen.words
