"""Sweeps: what a plan takes and leaves, that it is done exactly or not at all."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from memory.engine import Memory
from memory.errors import InvalidInput, StalePlan
from memory.records import PERSONALIZATION, Protection, Status, SweepPlan
from tests.fakes import FixedClock
from tests.flow.lived import in_use, live, strength, told, whole_file
from tests.flow.swept import DAYS, STRONG, Scene, live_through
from tests.flow.test_concurrency import CALLS


@pytest.fixture
def scene(memory: Memory, clock: FixedClock) -> Scene:
    return live_through(memory, clock)


# -- what it takes --------------------------------------------------------------------------


def test_a_sweep_archives_what_has_faded_and_nothing_else(scene: Scene) -> None:
    """The weakest first; it tells what it did, and leaves the rest alone."""
    plan = scene.memory.plan_sweep("me")
    assert tuple(each.item.id for each in plan.archived) == scene.dust
    assert (plan.held, plan.purged, plan.protected) == (STRONG + 2, (), ())
    assert plan.archived_tokens > 0
    report = scene.memory.sweep(plan)
    assert (report.archived, report.purged, report.receipt) == (2, 0, None)
    assert scene.archived() == set(scene.dust)
    assert in_use(scene.memory) == set(scene.strong)
    (kept,) = [kept for kept in scene.memory.sweeps("me") if kept.id == report.id]
    assert (kept.archived, kept.undoable, kept.unattended, kept.archived_tokens) == (
        2,
        2,
        False,
        plan.archived_tokens,
    )
    for ident in scene.dust:
        assert scene.memory.item(ident).archived_at == scene.clock.now


PROTECTIONS: dict[str, tuple[Callable[[Memory, int], object], Protection]] = {
    "pinned": (lambda memory, ident: memory.pin(ident), Protection.PINNED),
    "paused": (lambda memory, ident: memory.pause(ident), Protection.PAUSED),
    "used": (lambda memory, ident: memory.reinforce([ident]), Protection.USED),
    "holiday": (lambda memory, ident: memory.set_holiday("me", True), Protection.HOLIDAY),
}


@pytest.mark.parametrize(("does", "why"), PROTECTIONS.values(), ids=PROTECTIONS)
def test_a_protection_stops_the_sweep_and_not_the_curve(
    scene: Scene, does: Callable[[Memory, int], object], why: Protection
) -> None:
    """Whatever is weak enough and stays is told with its reason. A use gives nothing here."""
    rules = replace(scene.memory.forgetting_rules("me"), boost=0)
    scene.memory.set_forgetting_rules("me", rules)
    first, _ = scene.dust
    before = strength(scene.memory, first)
    does(scene.memory, first)
    assert first not in scene.planned()
    assert scene.why()[first] is why
    as_it_was = 0.25 if why is Protection.PINNED else before
    assert strength(scene.memory, first) == pytest.approx(as_it_was)


@pytest.mark.parametrize("use", ["reinforce", "storing"])
def test_seven_days_after_a_use_or_storing_it_goes(scene: Scene, use: str) -> None:
    """Not a day before, however weak it is; the protection itself strengthens nothing."""
    rules = replace(scene.memory.forgetting_rules("me"), boost=0)
    scene.memory.set_forgetting_rules("me", rules)
    ident = scene.dust[0] if use == "reinforce" else told(scene.memory, "The sky was dull", 0.01)
    if use == "reinforce":
        scene.memory.reinforce([ident])
    for _ in range(6):
        assert scene.why()[ident] is (Protection.USED if use == "reinforce" else Protection.NEW)
        live(scene.memory, scene.clock, 1)
    scene.clock.advance(days=0.99)
    assert ident in scene.why()
    scene.clock.advance(days=0.01)
    assert ident in scene.planned()


def test_the_floor_holds_what_is_very_important_and_the_profile_of_today(
    listening: Memory, clock: FixedClock
) -> None:
    """What no longer holds of the profile has none."""
    (first,) = listening.observe("me", "user", "I live in Berlin.").stored
    clock.advance(hours=1)
    (new,) = listening.observe("me", "user", "I moved to Munich.").stored
    old = first.id
    assert listening.item(old).superseded_by == new.id
    listening._store.database.run("update memories set importance = 0.5")  # else it keeps each
    critical, below = told(listening, "Fix A", 0.9), told(listening, "Fix B", 0.89)
    live(listening, clock, 100)
    found = {ident: strength(listening, ident) for ident in (old, new.id, critical, below)}
    assert found[new.id] == found[critical] == 0.2
    assert max(found[old], found[below]) < 0.01
    plan = listening.plan_sweep("me")
    assert {each.item.id for each in plan.archived} == {old, below}
    assert {kept.item.id: kept.why for kept in plan.protected} == {
        new.id: Protection.PROFILE,
        critical: Protection.IMPORTANT,
    }
    fades = {kept.item.id: kept.archives_at for kept in listening.retention("me")}
    assert fades[new.id] is fades[critical] is None


def test_a_pinned_memory_never_fades(scene: Scene) -> None:
    """In fifty years of being there; it is called neither fading nor due."""
    ident = scene.strong[0]
    scene.memory.pin(ident)
    for _ in range(100):
        scene.clock.advance(days=6)
        scene.memory.visit("me")
    (kept,) = scene.memory.retention_of([scene.memory.item(ident)])
    assert (kept.strength, kept.fading, kept.fades_at, kept.archives_at) == (0.8, False, None, None)


@pytest.mark.parametrize(("dust", "asks"), [(1, False), (3, False), (4, True)])
def test_the_app_asks_before_it_takes_more_than_a_fifth(
    memory: Memory, clock: FixedClock, dust: int, asks: bool
) -> None:
    """Refused, and nothing done, where nobody looks; the person may do it all the same."""
    for number in range(STRONG):
        told(memory, f"The notebook number {number} is blue", 0.8)
    for number in range(dust):
        told(memory, f"The weather on day {number} was grey", 0.2)
    live(memory, clock, DAYS)
    plan = memory.plan_sweep("me", unattended=True)
    assert (len(plan.archived), plan.asks_first) == (dust, asks)
    if asks:
        before = whole_file(memory)
        with pytest.raises(InvalidInput, match="Look at it in Forgetting first"):
            memory.sweep(plan)
        assert whole_file(memory) == before
    assert memory.sweep(memory.plan_sweep("me")).archived == dust


# -- a plan ---------------------------------------------------------------------------------


def test_a_plan_changes_nothing(scene: Scene) -> None:
    """Not a row of any table, whatever it would do; nor do the other readers."""
    scene.memory.change([scene.dust[0]], "archive")
    live(scene.memory, scene.clock, 31)
    before = whole_file(scene.memory)
    assert scene.memory.plan_sweep("me").purged
    scene.memory.plan_sweep("me", unattended=True)
    scene.memory.plan_sweep("me", at=scene.clock.now + timedelta(days=400), policy="stability")
    scene.memory.forecast("me")
    scene.memory.forgetting("me")
    scene.memory.retention("me")
    scene.memory.curve(scene.dust[1])
    scene.memory.sweeps("me")
    assert whole_file(scene.memory) == before


STALE: dict[str, Callable[[Scene, SweepPlan], object]] = {
    "used": lambda scene, plan: scene.memory.reinforce([scene.dust[0]]),
    "listed": lambda scene, plan: scene.memory.recall("me", "grey weather", limit=1),
    "pinned": lambda scene, plan: scene.memory.pin(scene.dust[0]),
    "paused": lambda scene, plan: scene.memory.pause(scene.dust[0]),
    "edited": lambda scene, plan: scene.memory.edit(scene.dust[0], "The weather was fine"),
    "archived": lambda scene, plan: scene.memory.change([scene.dust[0]], "archive"),
    "forgotten": lambda scene, plan: scene.memory.forget(scene.dust[0]),
    "erased": lambda scene, plan: scene.memory.erase("me", memory=scene.dust[0]),
    "merged": lambda scene, plan: scene.memory.merge(list(scene.dust)),
    "on holiday": lambda scene, plan: scene.memory.set_holiday("me", True),
    "other rules": lambda scene, plan: scene.memory.set_forgetting_rules(
        "me", replace(plan.rules, grace_days=31)
    ),
    "swept": lambda scene, plan: scene.memory.sweep(plan),
}


@pytest.mark.parametrize("meanwhile", STALE.values(), ids=STALE)
def test_a_plan_that_no_longer_holds_is_refused(
    scene: Scene, meanwhile: Callable[[Scene, SweepPlan], object]
) -> None:
    """And nothing of it is done."""
    plan = scene.memory.plan_sweep("me")
    scene.clock.advance(minutes=5)
    meanwhile(scene, plan)
    before = whole_file(scene.memory)
    with pytest.raises(StalePlan):
        scene.memory.sweep(plan)
    assert whole_file(scene.memory) == before


FORGED: dict[str, Callable[[SweepPlan, Scene], SweepPlan]] = {
    "of another person": lambda plan, scene: replace(plan, user_id="you"),
    "of nobody": lambda plan, scene: replace(plan, user_id="nobody"),
    "less": lambda plan, scene: replace(plan, archived=plan.archived[1:]),
    "more": lambda plan, scene: replace(
        plan,
        archived=(*plan.archived, *scene.memory.retention_of([scene.memory.item(scene.strong[0])])),
    ),
}


def test_a_plan_that_came_to_take_a_large_share_is_refused_where_nobody_looks(
    scene: Scene,
) -> None:
    """Others went since; and whoever denies that it asks has no plan. The person may do it."""
    plan, looked_at = (scene.memory.plan_sweep("me", unattended=alone) for alone in (True, False))
    scene.memory.change(scene.strong[:-1], "forget")
    asking = scene.memory.plan_sweep("me", unattended=True)
    assert (plan.asks_first, asking.asks_first) == (False, True)
    for refused in (plan, replace(asking, asks_first=False)):
        with pytest.raises(StalePlan):
            scene.memory.sweep(refused)
    assert scene.archived() == set()
    assert scene.memory.sweep(looked_at).archived == len(scene.dust)


@pytest.mark.parametrize("forge", FORGED.values(), ids=FORGED)
def test_a_plan_is_done_as_it_was_made(
    scene: Scene, forge: Callable[[SweepPlan, Scene], SweepPlan]
) -> None:
    """Whoever changes one has none."""
    scene.memory.grant("you", PERSONALIZATION)
    with pytest.raises(StalePlan):
        scene.memory.sweep(forge(scene.memory.plan_sweep("me"), scene))
    assert scene.archived() == set()


def test_what_does_not_concern_a_plan_leaves_it_good(scene: Scene) -> None:
    """New memories, uses of others, a day that went by."""
    plan = scene.memory.plan_sweep("me")
    told(scene.memory, "The cups are clean")
    scene.memory.reinforce([scene.strong[0]])
    live(scene.memory, scene.clock, 1)
    assert scene.memory.sweep(plan).archived == 2


def test_a_plan_for_a_coming_day_archives_by_that_day(scene: Scene) -> None:
    """What it takes is what will be weak by then; and by other rules, by those."""
    at = scene.clock.now + timedelta(days=15)
    plan = scene.memory.plan_sweep("me", at=at)
    assert {each.item.id for each in plan.archived} == {*scene.dust, *scene.strong}
    assert set(scene.planned(policy="stability")) < set(scene.dust)
    assert scene.memory.sweep(plan).archived == STRONG + 2
    assert in_use(scene.memory) == set()


def test_the_same_plan_twice_at_once_is_done_once(scene: Scene) -> None:
    """Of two tabs that press the button, one is refused."""
    plan = scene.memory.plan_sweep("me")

    def sweep() -> bool:
        try:
            scene.memory.sweep(plan)
        except StalePlan:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        done = [pool.submit(sweep) for _ in range(2)]
    assert sorted(each.result() for each in done) == [False, True]
    assert len(scene.memory.sweeps("me")) == 1


def test_no_call_of_the_door_sweeps_by_itself(memory: Memory, clock: FixedClock) -> None:
    """All of them in a row, over dust of two people: only ``sweep`` archives."""
    memory.grant("you", PERSONALIZATION)
    archived, yours = [], set()
    for name, made in CALLS.items():
        if name in ("sweep", "undo_sweep", "erase", "revoke", "restore_backup", "set_passphrase"):
            continue  # what sweeps, erases what this looks at, or is refused but to who is alone
        made(memory)
        if name == "remember":  # after the two memories that the calls are about
            yours = {told(memory, f"Old dust {n}", 0.01, "you") for n in range(3)}
            told(memory, "Old dust", 0.01)
        live(memory, clock, 3, "you")
        items = [*memory.items("me"), *memory.items("you")]
        archived += [name for item in items if item.status is Status.ARCHIVED]
    assert archived == []
    assert in_use(memory, "you") == yours
    assert memory.plan_sweep("you").archived
