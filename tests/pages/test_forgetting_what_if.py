"""What if: other rules over one's own memories, using them, and going back."""

from dataclasses import replace

import pytest

from memory import Act, ForgettingRules, InvalidInput, Memory, PolicyName
from pages.parts.whose import ME
from tests.pages.drawn import chart
from tests.pages.screen import Screen

pytestmark = pytest.mark.usefixtures("clock")

HELD = ForgettingRules()


def open_what_if(screen: Screen) -> Screen:
    screen.test.query_params["view"] = "what-if"
    return screen.open("forgetting")


def move(screen: Screen, name: str, *values: float) -> Screen:
    """A slider, or a range of two."""
    slider = screen.test.slider(key=f"forgetting_what_if_{name}")
    slider.set_range(*values) if len(values) > 1 else slider.set_value(*values)
    return screen.run()


def heading(screen: Screen) -> str:
    """The comparison in a sentence."""
    *_, line = screen.test.main.header
    return line.value


@pytest.fixture
def twelve(memory: Memory) -> Memory:
    """All gone within 30 days at 5% a day; three of them at 2%."""
    for number in range(12):
        importance = 0.2 if number < 3 else 0.5
        memory.remember(ME, f"Note number {number}.", importance=importance)
    return memory


def test_it_begins_with_the_rules_that_hold(screen: Screen, twelve: Memory) -> None:
    """Of these, what would go, and something to try."""
    twelve.set_forgetting_rules(ME, replace(HELD, daily_loss=0.04, grace_days=60))

    open_what_if(screen)

    lost = len(twelve.forecast(ME).lost_within(30))
    assert heading(screen) == f"By today’s rules you would lose these {lost} in 30 days."
    assert screen.test.slider(key="forgetting_what_if_loss").value == 4.0
    assert screen.test.number_input(key="forgetting_what_if_grace").value == 60
    assert "These are the settings that hold." in screen.words
    assert "forgetting_what_if_use" not in screen.keys


def test_both_are_compared_in_words(screen: Screen, twelve: Memory) -> None:
    """With a list of each."""
    open_what_if(screen)

    move(screen, "loss", 2.0)

    assert heading(screen) == "At 5% a day you would lose these 12 in 30 days; at 2%, these 3."
    assert "**By today’s rules: 12**" in screen.words
    assert "**By these: 3**" in screen.words
    assert "and 2 more" in screen.words
    (today, these) = (m.value for m in screen.test.markdown if m.value.startswith("- "))
    assert today.count("\n") + 1 == 10
    assert these.count("\n") + 1 == 3
    assert "- **Note number 5" in today
    assert "- :gray[Note number 2" in these


@pytest.mark.parametrize(
    ("name", "values", "changed"),
    [
        ("boost", (80,), {"boost": 0.8}),
        ("floor", (40,), {"floor": 0.4}),
        ("thresholds", (20, 50), {"archived_below": 0.2, "fading_below": 0.5}),
    ],
)
def test_each_setting_is_tried(
    screen: Screen, twelve: Memory, name: str, values: tuple[int, ...], changed: dict[str, float]
) -> None:
    """The numbers are those of the forecast by it, and nothing is set by trying."""
    open_what_if(screen)

    move(screen, name, *values)

    forecast = twelve.forecast(ME, policy=replace(HELD, **changed))
    assert f"**By these: {len(forecast.lost_within(30))}**" in screen.words
    assert heading(screen).startswith("By today’s rules you would lose these 12 in 30 days; by")
    assert twelve.forgetting_rules(ME) == HELD


def test_other_policy_is_suggested_and_tried(screen: Screen, twelve: Memory) -> None:
    """By one press."""
    open_what_if(screen)

    screen.click("forgetting_what_if_try_1")

    forecast = twelve.forecast(ME, policy="stability")
    assert f"**By these: {len(forecast.lost_within(30))}**" in screen.words


def test_chart_has_both_forecasts(screen: Screen, twelve: Memory) -> None:
    """Over the horizon that is chosen, in the text alternative, too."""
    open_what_if(screen)
    move(screen, "loss", 2.0)

    screen.choose("90 days", "forgetting_what_if_horizon")

    rows = chart(screen).rows("archived")
    assert dict(rows.groupby("rules").size()) == {"Today’s rules": 91, "These": 91}
    tried = twelve.forecast(ME, policy=replace(HELD, daily_loss=0.02)).counts[90].archived
    assert chart(screen).alt == (
        f"Archived memories after 90 days: 12 by today’s rules, {tried} by these."
    )


def test_settings_are_used_and_gone_back_from(screen: Screen, twelve: Memory) -> None:
    """At once, and said."""
    open_what_if(screen)
    move(screen, "loss", 2.0)

    screen.click("forgetting_what_if_use")
    assert twelve.forgetting_rules(ME) == replace(HELD, daily_loss=0.02)
    assert "These settings hold since now. Before: exponential, 5% a day" in screen.words
    assert [event.action for event in twelve.audit(user_id=ME)].count(Act.FORGETTING_RULES) == 1

    screen.click("forgetting_what_if_back")
    assert twelve.forgetting_rules(ME) == HELD
    assert screen.test.slider(key="forgetting_what_if_loss").value == 5.0


def test_articles_settings_come_back(screen: Screen, twelve: Memory) -> None:
    """Into the controls; they hold only when they are used."""
    other = replace(HELD, daily_loss=0.04, policy=PolicyName.STABILITY, fading_below=0.5)
    twelve.set_forgetting_rules(ME, other)
    open_what_if(screen)

    screen.click("forgetting_what_if_article")

    assert screen.test.slider(key="forgetting_what_if_loss").value == 5.0
    assert screen.test.slider(key="forgetting_what_if_thresholds").value == (15, 35)
    assert twelve.forgetting_rules(ME) == other


def test_what_cannot_be_is_said_in_words(screen: Screen, twelve: Memory) -> None:
    """Both thresholds at one number: no chart, no button, and the remedy."""
    open_what_if(screen)

    move(screen, "thresholds", 30, 30)

    with pytest.raises(InvalidInput) as refused:
        twelve.forecast(ME, policy=replace(HELD, fading_below=0.3, archived_below=0.3))
    assert str(refused.value) in screen.words
    assert "forgetting_what_if_use" not in screen.keys


def test_texts_are_shown_as_they_are_and_not_kept(screen: Screen, memory: Memory) -> None:
    """An image in one would be fetched, and one in the session would outlive an erasure."""
    memory.remember(ME, "![x](http://evil.example/y) and $$x$$", importance=0.2)

    open_what_if(screen)

    (listed,) = (mark.value for mark in screen.test.markdown if mark.value.startswith("- "))
    assert "](" not in listed
    assert "$" not in listed
    assert "![x](http://evil.example/y) and $$x$$" in screen.words
    assert "evil" not in screen.kept


def test_with_nothing_remembered_there_is_something_to_play_with(screen: Screen) -> None:
    """A made-up memory by the rules that hold, and by those that are tried."""
    open_what_if(screen)
    assert "here is a made-up memory" in screen.words

    move(screen, "loss", 2.0)

    drawn = chart(screen).rows("words").query("part == 'future'")
    last = drawn.groupby("series")["strength"].last()
    assert last["These"] > last["Today’s rules"]


@pytest.mark.parametrize(
    "rules",
    [
        ForgettingRules(daily_loss=0.001),
        ForgettingRules(daily_loss=0.5),
        ForgettingRules(daily_loss=0.0333, boost=0.333, floor=0.111),
        ForgettingRules(archived_below=0.001, fading_below=0.004),
    ],
)
def test_it_begins_with_rules_that_no_widget_can_show(
    screen: Screen, twelve: Memory, rules: ForgettingRules
) -> None:
    """A script set them: they are as they are until one is moved, and that one alone changes."""
    twelve.set_forgetting_rules(ME, rules)
    open_what_if(screen)
    assert "forgetting_what_if_use" not in screen.keys
    assert "By today’s rules:" in screen.words

    move(screen, "boost", 90)
    screen.click("forgetting_what_if_use")
    assert twelve.forgetting_rules(ME) == replace(rules, boost=0.9)

    screen.click("forgetting_what_if_back")
    assert twelve.forgetting_rules(ME) == rules
