"""Each use, what it did to the strength, and what becomes of all memories if none is used."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from random import Random

import pytest

from memory.engine import Memory
from memory.errors import InvalidInput, NotFound
from memory.records import Curve, Forecast, Leaving, PolicyName, Stage, StageCounts, UseKind
from tests.fakes import NOON, FakeModel, FixedClock
from tests.flow.lived import live, strength, told

TRAIN = "The train to Berlin leaves at noon"


def uses(memory: Memory, ident: int) -> list[tuple[datetime, UseKind]]:
    return [(jump.at, jump.kind) for jump in memory.curve(ident).jumps]


# -- each use -------------------------------------------------------------------------------


USES: dict[str, tuple[Callable[[Memory, int], object], UseKind, float]] = {
    "answer": (
        lambda memory, ident: memory.respond("me", "When does the train to Berlin leave?").read(),
        UseKind.ANSWER,
        1,
    ),
    "listed": (lambda memory, ident: memory.recall("me", "train"), UseKind.LISTED, 0.4),
    "by hand": (lambda memory, ident: memory.reinforce([ident]), UseKind.BY_HAND, 1),
}


@pytest.mark.parametrize(("use", "kind", "weight"), USES.values(), ids=USES)
def test_each_use_is_a_jump_at_its_time(
    memory: Memory,
    clock: FixedClock,
    use: Callable[[Memory, int], object],
    kind: UseKind,
    weight: float,
) -> None:
    """By half of what was lacking times its weight; it counts as one use of the memory."""
    ident = told(memory, TRAIN, 0.8)
    live(memory, clock, 10)
    at = clock.advance(hours=3)
    use(memory, ident)
    live(memory, clock, 4)

    curve = memory.curve(ident)
    (jump,) = curve.jumps
    before = 0.8 * 0.95 ** (10 + 3 / 24)
    after = before + 0.5 * weight * (1 - before)
    assert (jump.at, jump.kind) == (at, kind)
    assert (jump.before, jump.after) == pytest.approx((before, after))
    assert [s for t, s in curve.past if t == at] == pytest.approx([before, after])
    at_last = [curve.past[-1][1], curve.points[0][1]]
    assert at_last == pytest.approx([after * 0.95**4] * 2)
    item = memory.item(ident)
    assert (item.access_count, item.last_accessed_at) == (1, at)


def test_what_is_only_looked_at_is_not_used(memory: Memory, clock: FixedClock) -> None:
    """Nor what is looked up without touching, nor the past of an answer."""
    ident = told(memory, TRAIN, 0.8)
    live(memory, clock, 2)
    memory.recall("me", "train", touch=False)
    memory.context("me", "When does the train leave?")
    memory.explain("me", "train", ident)
    memory.related(ident)
    memory.retention("me")
    memory.note_shown([ident])
    assert uses(memory, ident) == []
    assert strength(memory, ident) == pytest.approx(0.8 * 0.95**2)


def test_a_use_outlives_the_answer_and_goes_with_the_memory(
    memory: Memory, clock: FixedClock
) -> None:
    """What an answer said is erased with its conversation; that the memory was of use then stays
    as long as the memory does."""
    ident = told(memory, TRAIN, 0.8)
    at = clock.advance(days=2)
    model = FakeModel(("At noon.",))
    memory.respond("me", "When does the train to Berlin leave?", model=model).read()
    before = strength(memory, ident)
    memory.erase("me", conversation="default", keep_memories=True)
    assert memory.uses(ident) == []
    assert uses(memory, ident) == [(at, UseKind.ANSWER)]
    assert strength(memory, ident) == before
    assert memory.footprint("me", memory=ident).places["access times"] == 1
    receipt = memory.erase("me", memory=ident)
    assert receipt.places["access times"] == 1
    assert memory._store.database.value("select count(*) from access_times") == 0


def test_a_merged_memory_takes_over_the_uses_of_its_parts(
    memory: Memory, clock: FixedClock
) -> None:
    """None counts twice; a part has its own again when the merge is undone."""
    first, second = told(memory, TRAIN, 0.5), told(memory, "The bus to Berlin is slow", 0.5)
    live(memory, clock, 1)
    memory.reinforce([first, second])
    clock.advance(hours=1)
    memory.reinforce([first])
    merged = memory.merge([first, second])
    alone = told(memory, "A fresh one of the same importance", merged.importance)
    assert strength(memory, merged.id) > strength(memory, alone)
    assert len(memory._store.uses.times(merged.id)) == 3
    assert memory.curve(merged.id).jumps == ()  # before it was made: there is no curve to jump
    memory.unmerge(merged.id)
    assert (len(uses(memory, first)), len(uses(memory, second))) == (2, 1)


def test_the_past_ignores_what_was_used_and_pinned_later(memory: Memory, clock: FixedClock) -> None:
    """Strength as it was then, whatever came after; the same on the curve that is drawn of it."""
    ident = told(memory, TRAIN, 0.8)
    live(memory, clock, 10)
    then = clock.now
    live(memory, clock, 5)
    memory.reinforce([ident])
    memory.pin(ident)
    live(memory, clock, 5)
    (kept,) = memory.retention("me", at=then)
    assert kept.strength == pytest.approx(0.8 * 0.95**10)
    assert memory.curve(ident, at=then).jumps == ()
    assert memory.curve(ident, at=then).points[0][1] == pytest.approx(0.8 * 0.95**10)
    assert memory.retention("me", at=NOON - timedelta(days=1)) == []


@pytest.mark.parametrize("kept_days", [0.5, 3])
def test_what_was_pinned_for_long_fades_from_the_end_of_the_pin(
    memory: Memory, clock: FixedClock, kept_days: float
) -> None:
    """Not from before it; a pin of less than a day was a slip and changes nothing."""
    ident = told(memory, TRAIN, 0.8)
    live(memory, clock, 10)
    memory.pin(ident)
    clock.advance(days=kept_days)
    memory.unpin(ident)
    faded = 0.8 * 0.95 ** (10 + kept_days)
    expected = faded + 0.5 * (1 - faded) if kept_days > 1 else faded
    assert strength(memory, ident) == pytest.approx(expected)


def test_a_curve_of_nothing_is_refused(memory: Memory) -> None:
    """Too short, too long, of a policy that there is not, of a memory that is not there."""
    ident = told(memory, TRAIN)
    for days in (0, -1, 100_000):
        with pytest.raises(InvalidInput, match="day"):
            memory.curve(ident, days=days)
        with pytest.raises(InvalidInput, match="day"):
            memory.forecast("me", days=days)
    with pytest.raises(InvalidInput):
        memory.curve(ident, policy="linear")
    with pytest.raises(NotFound):
        memory.curve(4711)


# -- they agree -----------------------------------------------------------------------------


def a_life(memory: Memory, clock: FixedClock, seed: int) -> None:
    """Memories stored, used, pinned, paused, archived, swept and put back over three months, with
    an absence and a holiday."""
    random = Random(seed)  # noqa: S311 - to live the same life again
    idents: list[int] = []
    for day in range(40):
        clock.advance(days=1, minutes=random.randrange(1, 60))
        memory.visit("me")
        for _ in range(2):
            importance = random.choice([0.05, 0.2, 0.4, 0.7, 0.95]) + random.random() * 0.04
            idents.append(told(memory, f"Note {len(idents)} of day {day}", importance))
        act = random.choice(["pin", "unpin", "pause", "resume", "archive", "restore", ""])
        if act:
            memory.change([random.choice(idents)], act)
        memory.recall("me", f"Note {random.choice(idents)}", limit=2)
        in_use = [kept.item for kept in memory.retention("me") if kept.item.in_use]
        memory.reinforce([item.id for item in random.sample(in_use, 1)])
        if day == 15:
            clock.advance(days=30)
        if day in (20, 24):
            memory.set_holiday("me", day == 20)
        if day == 36:
            memory.undo_sweep(memory.sweep(memory.plan_sweep("me")).id)


AHEAD = 60
"""Days of each curve and of the forecast."""


@pytest.mark.parametrize("seed", range(3))
def test_curve_forecast_retention_and_plan_agree(
    memory: Memory, clock: FixedClock, seed: int
) -> None:
    """By either policy: on strengths, on the days on which each memory leaves a stage, and on the
    counts."""
    a_life(memory, clock, seed)
    clock.advance(seconds=30)
    for policy in PolicyName:
        memory.set_forgetting_rules("me", replace(memory.forgetting_rules("me"), policy=policy))
        forecast = memory.forecast("me", days=AHEAD)
        curves = {
            each.item.id: memory.curve(each.item.id, days=AHEAD) for each in memory.retention("me")
        }
        assert_agree_now(memory, forecast, curves)
        assert_agree_later(memory, forecast, curves)


def assert_agree_now(memory: Memory, forecast: Forecast, curves: Mapping[int, Curve]) -> None:
    now = memory.now()
    leaving = {each.item_id: each for each in forecast.leaving}
    assert len(forecast.counts) == AHEAD + 1
    assert {sum(asdict(count).values()) for count in forecast.counts} == {len(curves)}
    for each in memory.retention("me"):
        ident, curve = each.item.id, curves[each.item.id]
        assert curve.points[0] == (now, pytest.approx(each.strength))
        assert curve.past[-1][1] == pytest.approx(each.strength)
        assert (curve.fades_at, curve.archives_at) == (each.fades_at, each.archives_at)
        assert_crosses(curve.points, each.fades_at, forecast.rules.fading_below, each.item.pinned)
        if ident in leaving:
            assert leaving[ident].strength == pytest.approx(each.strength)
        if each.stage is not Stage.ARCHIVED:
            assert days_on(leaving.get(ident), "fades_on") == days_until(each.fades_at, now)
            assert days_on(leaving.get(ident), "archives_on") == days_until(each.archives_at, now)


def assert_agree_later(memory: Memory, forecast: Forecast, curves: Mapping[int, Curve]) -> None:
    for day in (0, 1, 7, 23, AHEAD):
        at = memory.now() + timedelta(days=day)
        plan = memory.plan_sweep("me", at=at)
        gone = {item.item.id for item in plan.archived}
        assert gone == forecast.lost_within(day), day
        assert {i.item.id: i.strength for i in plan.archived} == pytest.approx(
            {ident: curves[ident].points[day][1] for ident in gone}
        )
        then = {each.item.id: each.strength for each in memory.retention("me", at=at)}
        assert then == pytest.approx({ident: c.points[day][1] for ident, c in curves.items()})


def assert_crosses(
    points: tuple[tuple[datetime, float], ...],
    fades_at: datetime | None,
    threshold: float,
    pinned: bool,
) -> None:
    """Below from that moment on, and not before; what is pinned fades at no moment."""
    if pinned:
        assert fades_at is None
        return
    for at, strong in points:
        assert (strong < threshold) == (fades_at is not None and at > fades_at)


def days_until(moment: datetime | None, now: datetime) -> int | None:
    """Whole days, rounded up; None: not within those of the forecast."""
    if moment is None:
        return None
    ahead = max(0, -((now - moment) // timedelta(days=1)))
    return ahead if ahead <= AHEAD else None


def days_on(leaving: Leaving | None, stage: str) -> int | None:
    return None if leaving is None else getattr(leaving, stage)


def test_a_forecast_of_nothing_and_of_a_few(memory: Memory, clock: FixedClock) -> None:
    """The first to go first; a pinned memory stays where it is."""
    assert memory.forecast("stranger", days=2).counts == (StageCounts(0, 0, 0),) * 3
    weak, strong = told(memory, "Grey weather", 0.3), told(memory, TRAIN, 0.5)
    memory.pin(told(memory, "Pinned dust", 0.1))
    found = memory.forecast("me", days=40)
    assert found.counts[0] == StageCounts(2, 1, 0)
    assert [each.item_id for each in found.leaving] == [weak, strong]
    assert [(each.fades_on, each.archives_on) for each in found.leaving] == [(0, 14), (7, 24)]
    assert found.lost_within(13) == set()
    assert found.lost_within(14) == {weak}
    assert found.counts[40] == StageCounts(1, 0, 2)
    longer = memory.forecast("me", days=40, policy="stability")
    assert longer.lost_within(14) == set()


def test_the_overview_counts_what_is_and_what_went(memory: Memory, clock: FixedClock) -> None:
    """By stage, by strength and by what the archive holds."""
    assert memory.forgetting("stranger").counts == StageCounts(0, 0, 0)
    told(memory, TRAIN, 0.8)
    memory.pin(told(memory, "Pinned dust", 0.1))
    told(memory, "Grey weather", 0.3)
    memory.change([told(memory, "The bus was late", 0.2)], "archive")
    found = memory.forgetting("me")
    assert (found.counts, found.pinned) == (StageCounts(2, 1, 1), 1)
    assert found.mean_strength == pytest.approx((0.8 + 0.1 + 0.3) / 3)
    assert sum(found.spread) == 3
    assert found.archived_tokens == memory._parts.tokens.count("The bus was late")
    assert (found.purged, found.purged_tokens, found.purged_bytes) == (0, 0, 0)
