"""The way back from a sweep, and what is told of one in the audit."""

import pytest

from memory.engine import Memory
from memory.errors import NotFound
from memory.records import PERSONALIZATION, MemoryItem, Protection, Status
from tests.fakes import FixedClock
from tests.flow.lived import live, strength, told
from tests.flow.swept import Scene, live_through


@pytest.fixture
def scene(memory: Memory, clock: FixedClock) -> Scene:
    return live_through(memory, clock)


def test_undoing_a_sweep_restores_exactly_what_it_archived(scene: Scene) -> None:
    """As it was, which is no use of it; what was put back by hand meanwhile is let alone."""

    def standing() -> list[tuple[MemoryItem, float]]:
        return [(scene.memory.item(one), strength(scene.memory, one)) for one in scene.dust]

    before = standing()
    first = scene.memory.sweep(scene.memory.plan_sweep("me")).id
    other = scene.strong[0]
    scene.memory.change([other], "archive")
    restored = scene.memory.undo_sweep(first)
    assert {item.id for item in restored} == set(scene.dust)
    assert standing() == before
    assert scene.archived() == {other}
    (done,) = scene.memory.sweeps("me")
    assert (done.undone_at, done.undoable) == (scene.clock.now, 0)


def test_undoing_leaves_what_was_restored_and_archived_by_hand_since(scene: Scene) -> None:
    """No sweep has to do with it any more."""
    first, second = scene.dust
    sweep = scene.memory.sweep(scene.memory.plan_sweep("me")).id
    scene.memory.restore(first)
    scene.memory.change([first], "archive")
    assert [item.id for item in scene.memory.undo_sweep(sweep)] == [second]
    assert scene.archived() == {first}


def test_what_was_put_back_stays_seven_days(scene: Scene) -> None:
    """Undoing it again prolongs nothing."""
    sweep = scene.memory.sweep(scene.memory.plan_sweep("me")).id
    scene.memory.undo_sweep(sweep)
    live(scene.memory, scene.clock, 6)
    assert scene.memory.undo_sweep(sweep) == []
    assert scene.why() == dict.fromkeys(scene.dust, Protection.PUT_BACK)
    assert scene.memory.forecast("me").lost_within(0) == set()
    live(scene.memory, scene.clock, 1)
    assert set(scene.planned()) == set(scene.dust)
    assert scene.memory.forecast("me").lost_within(0) == set(scene.dust)


def test_a_sweep_that_never_was_is_not_found(scene: Scene) -> None:
    """An error, never a silent nothing."""
    with pytest.raises(NotFound):
        scene.memory.undo_sweep(4711)


def test_the_id_of_an_erased_sweep_undoes_no_other(scene: Scene) -> None:
    """Whoever still has it, as a page that stands open does, has nothing."""
    report = scene.memory.sweep(scene.memory.plan_sweep("me"))
    scene.memory.erase("me")
    scene.memory.grant("you", PERSONALIZATION)
    theirs = told(scene.memory, "The weather was grey", 0.1, "you")
    live(scene.memory, scene.clock, 8, "you")
    assert scene.memory.sweep(scene.memory.plan_sweep("you")).archived == 1

    with pytest.raises(NotFound):
        scene.memory.undo_sweep(report.id)
    assert scene.memory.item(theirs).status is Status.ARCHIVED


def test_sweeps_are_audited_by_counts_alone(scene: Scene) -> None:
    """One event for the sweep, one for its undoing, none for a plan or for an empty sweep."""
    count = scene.memory.count_audit()
    plan = scene.memory.plan_sweep("me")
    assert scene.memory.count_audit() == count
    done = scene.memory.sweep(plan)
    assert scene.memory.sweep(scene.memory.plan_sweep("me")).archived == 0
    scene.memory.undo_sweep(done.id)
    undone, swept = scene.memory.audit(2)
    assert scene.memory.count_audit() == count + 2
    assert (swept.action, swept.counts) == ("sweep", {"archived": 2, "purged": 0})
    assert (undone.action, undone.counts) == ("undo sweep", {"memories": 2})
    assert not any(word in repr((swept, undone)) for word in ("weather", "bus", "grey"))
    assert scene.memory.verify_audit().state == "intact"
