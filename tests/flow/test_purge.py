"""What waited in the archive long enough is erased to the bytes, and nothing before its time."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from memory.engine import Memory
from memory.errors import InvalidInput, NotFound, StalePlan
from memory.records import PERSONALIZATION, Doubt, ErasureStep, Protection, Status, SweepPlan
from memory.settings import Settings
from tests.fakes import FixedClock
from tests.flow.conftest import OpenMemory
from tests.flow.lived import in_use, live, told
from tests.flow.on_disk import left_of
from tests.flow.test_confirmed import ANSWER, FIX, PROBLEM, talk
from tests.flow.test_erasure import vector_of

TEXT = "The floccinaucini train of the zephyranthes line was late again"
EARLIER = "The floccinaucini train of the wolframite line was late"
TRACES = (TEXT, EARLIER, "zephyranthes", "wolframite", vector_of(TEXT)[:1000])
KEPT = "The xylographer's notebook is blue"
GRACE = 30


@pytest.fixture
def archived(memory: Memory, clock: FixedClock) -> int:
    """By a sweep, on this day; its id. Much else is in use."""
    for number in range(20):
        told(memory, f"{KEPT} and has the number {number}", 0.95)
    ident = told(memory, EARLIER, 0.3)
    memory.edit(ident, TEXT)
    live(memory, clock, 20)
    assert [each.item.id for each in memory.plan_sweep("me").archived] == [ident]
    memory.sweep(memory.plan_sweep("me"))
    return ident


def purged(plan: SweepPlan) -> list[int]:
    return [item.id for item in plan.purged]


def why(memory: Memory, **more: object) -> list[Protection]:
    return [
        kept.why
        for kept in memory.plan_sweep("me", **more).protected
        if kept.item.status is Status.ARCHIVED
    ]


# -- when -----------------------------------------------------------------------------------


def test_after_its_grace_it_is_erased_to_the_bytes(
    memory: Memory, archived: int, clock: FixedClock, settings: Settings
) -> None:
    """Text, earlier wording, words and vector; the receipt is verified, and the rest is whole."""
    live(memory, clock, GRACE)
    assert left_of(TRACES, settings.database) == list(TRACES)
    plan = memory.plan_sweep("me")
    assert (purged(plan), plan.asks_first) == ([archived], False)
    steps: list[ErasureStep] = []
    report = memory.sweep(plan, on_step=steps.append)
    assert (report.archived, report.purged, report.purged_bytes) == (0, 1, plan.purged_bytes)
    assert plan.purged_bytes >= len(TEXT) + len(EARLIER) + 384 * 4
    assert report.receipt is not None
    assert (report.receipt.scope, report.receipt.verified) == ("faded", True)
    assert report.receipt.places["memories"] == report.receipt.places["revisions"] == 1
    assert steps == list(ErasureStep)
    assert left_of(TRACES, settings.database) == []
    with pytest.raises(NotFound):
        memory.item(archived)
    assert len(memory.recall("me", KEPT, limit=50, touch=False)) == 20
    overview = memory.forgetting("me")
    assert (overview.purged, overview.purged_bytes) == (1, plan.purged_bytes)
    assert overview.purged_tokens > 0
    swept, erased = memory.audit(2, actions=["sweep", "erase"])
    assert {swept.action, erased.action} == {"sweep", "erase"}
    assert (memory.sweeps("me")[0].purged, memory.sweeps("me")[0].undoable) == (1, 0)
    assert memory.check().problems == ()


def test_the_grace_counts_from_the_archiving_itself(
    memory: Memory, archived: int, clock: FixedClock
) -> None:
    """Not a moment before; and anew when it was put back and archived again."""
    ends = clock.now + timedelta(days=GRACE)
    (kept,) = memory.retention_of([memory.item(archived)])
    assert kept.purges_at == ends
    live(memory, clock, GRACE - 1)
    clock.advance(hours=23, minutes=59)
    assert memory.plan_sweep("me").is_empty
    memory.change([archived], "restore")
    memory.change([archived], "archive")
    clock.advance(minutes=1)
    assert memory.plan_sweep("me").is_empty
    live(memory, clock, GRACE)
    assert purged(memory.plan_sweep("me")) == [archived]


def test_a_plan_for_a_coming_day_shows_what_would_be_erased_and_erases_nothing(
    memory: Memory, archived: int, clock: FixedClock
) -> None:
    """Before its time it is refused, with all that the plan would archive."""
    plan = memory.plan_sweep("me", at=clock.now + timedelta(days=GRACE))
    assert purged(plan) == [archived]
    with pytest.raises(InvalidInput, match="before its time"):
        memory.sweep(plan)
    assert memory.item(archived).status is Status.ARCHIVED


@pytest.mark.parametrize("away", [8, 40, 5 * 365])
@pytest.mark.parametrize("unattended", [True, False])
def test_the_first_sweep_after_an_absence_erases_nothing(
    memory: Memory, archived: int, clock: FixedClock, away: int, unattended: bool
) -> None:
    """Nor any while it lasts; the second one after the return does."""
    live(memory, clock, GRACE)
    clock.advance(days=away)
    for _ in range(2):
        assert why(memory, unattended=True) == [Protection.AWAY]
        assert memory.sweep(memory.plan_sweep("me", unattended=True)).purged == 0
        clock.advance(days=1)
    memory.visit("me")
    clock.advance(minutes=1)
    memory.note_shown([archived])
    first = memory.plan_sweep("me", unattended=unattended)
    assert (first.purged, why(memory, unattended=unattended)) == ((), [Protection.AWAY])
    memory.sweep(first)
    clock.advance(minutes=1)
    assert memory.sweep(memory.plan_sweep("me", unattended=unattended)).purged == 1


def test_the_app_erases_only_what_was_shown_since_the_person_came_back(
    memory: Memory, archived: int, clock: FixedClock
) -> None:
    """What was shown before they left is to be shown again; they themselves may erase it."""
    memory.note_shown([archived])
    live(memory, clock, GRACE)
    assert purged(memory.plan_sweep("me", unattended=True)) == [archived]
    clock.advance(days=20)
    memory.visit("me")
    clock.advance(minutes=1)
    memory.sweep(memory.plan_sweep("me", unattended=True))
    assert why(memory, unattended=True) == [Protection.UNSHOWN]
    assert purged(memory.plan_sweep("me")) == [archived]
    memory.note_shown([archived])
    plan = memory.plan_sweep("me", unattended=True)
    assert (purged(plan), memory.sweep(plan).purged) == ([archived], 1)


def test_what_was_shown_counts_for_the_archive_it_is_in_now(
    memory: Memory, archived: int, clock: FixedClock
) -> None:
    """Put back and archived again, it is to be shown again; of what is in use nothing is noted."""
    memory.note_shown([archived, 1, 4711])
    memory.change([archived], "restore")
    memory.change([archived], "archive")
    live(memory, clock, GRACE)
    assert why(memory, unattended=True) == [Protection.UNSHOWN]


@pytest.mark.parametrize(
    ("does", "reason"),
    [
        (lambda memory, ident: memory.pin(ident), Protection.PINNED),
        (lambda memory, ident: memory.set_holiday("me", True), Protection.HOLIDAY),
    ],
)
def test_pins_and_holidays_keep_the_archive_too(
    memory: Memory,
    archived: int,
    clock: FixedClock,
    does: Callable[[Memory, int], object],
    reason: Protection,
) -> None:
    """However long its grace is over."""
    does(memory, archived)
    live(memory, clock, 2 * GRACE)
    assert why(memory) == [reason]


STALE: dict[str, Callable[[Memory, int], object]] = {
    "put back": lambda memory, ident: memory.restore(ident),
    "pinned": lambda memory, ident: memory.pin(ident),
    "edited": lambda memory, ident: memory.edit(ident, "The train was on time"),
    "erased": lambda memory, ident: memory.erase("me", memory=ident),
    "a longer grace": lambda memory, ident: memory.set_forgetting_rules(
        "me", replace(memory.forgetting_rules("me"), grace_days=60)
    ),
}


@pytest.mark.parametrize("meanwhile", STALE.values(), ids=STALE)
def test_a_plan_that_would_erase_something_else_is_refused(
    memory: Memory, archived: int, clock: FixedClock, meanwhile: Callable[[Memory, int], object]
) -> None:
    """Whatever changed since the person saw it."""
    live(memory, clock, GRACE)
    plan = memory.plan_sweep("me")
    meanwhile(memory, archived)
    with pytest.raises(StalePlan):
        memory.sweep(plan)


# -- words that stand in what stays ---------------------------------------------------------

BOTH = "The login page crashed with the error zugzwang. I prefer trains to planes."


def old_enough(memory: Memory, clock: FixedClock) -> None:
    live(memory, clock, GRACE + 1)


def part_of(memory: Memory, text: str) -> int:
    (found,) = [item.id for item in memory.items("me") if item.text == text]
    return found


def archive_alone(memory: Memory, *idents: int) -> None:
    """As a sweep does, which takes each by its own strength."""
    sweeps = memory._store.sweeps
    with memory._store.transaction():
        sweep = sweeps.add(1, memory.now(), unattended=False, tokens=0)
        sweeps.archive(sweep, idents, memory.now())


@pytest.mark.parametrize("alone", ["turn", "statement"])
def test_a_turn_and_its_statement_are_erased_together_or_not_at_all(
    listening: Memory, clock: FixedClock, settings: Settings, alone: str
) -> None:
    """While one of them is in use the other stays in the archive."""
    listening.observe("me", "user", BOTH)
    statement = part_of(listening, "I prefer trains to planes.")
    turn = part_of(listening, BOTH)
    first, second = (turn, statement) if alone == "turn" else (statement, turn)
    archive_alone(listening, first)
    old_enough(listening, clock)
    assert why(listening) == [Protection.SHARED]
    assert listening.sweep(listening.plan_sweep("me")).purged == 0
    archive_alone(listening, second)
    listening.sweep(listening.plan_sweep("me"))
    old_enough(listening, clock)
    report = listening.sweep(listening.plan_sweep("me"))
    assert report.receipt is not None
    assert report.receipt.verified
    assert left_of(["trains to planes"], settings.database) == []


@pytest.mark.parametrize("what", ["proposed", "merged"])
def test_words_that_wait_in_the_inbox_or_in_a_merge_keep_the_turn(
    listening: Memory, clock: FixedClock, what: str
) -> None:
    """They are told by a memory that stays, whatever it is called."""
    listening.observe("me", "user", BOTH)
    turn, statement = part_of(listening, BOTH), part_of(listening, "I prefer trains to planes.")
    others = [item.id for item in listening.items("me") if item.id not in (turn, statement)]
    if what == "proposed":
        listening._store.database.run(
            "update memories set status = 'proposed', proposed_because = ? where id = ?",
            (Doubt.CONTRADICTION, statement),
        )
    else:
        listening.merge([statement, told(listening, "I prefer ships to planes.", 0.95)])
    archive_alone(listening, turn, *others)
    old_enough(listening, clock)
    assert turn not in purged(listening.plan_sweep("me"))


def test_a_problem_stays_as_long_as_its_solution(memory: Memory, clock: FixedClock) -> None:
    """Which tells it in the same words."""
    talk(memory, clock, ("user", PROBLEM), ("assistant", ANSWER), ("user", "That worked, thanks!"))
    problem, solution = part_of(memory, PROBLEM), part_of(memory, FIX)
    archive_alone(memory, problem)
    old_enough(memory, clock)
    assert why(memory) == [Protection.SHARED]
    archive_alone(memory, solution)
    memory.sweep(memory.plan_sweep("me"))
    old_enough(memory, clock)
    assert set(purged(memory.plan_sweep("me"))) == {problem, solution}


# -- cut short ------------------------------------------------------------------------------


class Killed(BaseException):
    """The process ends here."""


@pytest.mark.parametrize("step", list(ErasureStep))
def test_a_sweep_that_is_cut_short_loses_nothing_it_should_not(
    memory: Memory,
    open_memory: OpenMemory,
    archived: int,
    clock: FixedClock,
    settings: Settings,
    step: ErasureStep,
) -> None:
    """What it archived can be put back; what it had not begun to erase is whole, and what it had is
    gone to the bytes when the file is opened again."""
    memory.grant("me", PERSONALIZATION)
    dust = told(memory, "The weather was grey", 0.3)
    live(memory, clock, GRACE)
    plan = memory.plan_sweep("me")
    assert ([each.item.id for each in plan.archived], purged(plan)) == ([dust], [archived])

    def kill(now: ErasureStep) -> None:
        if now is step:
            raise Killed

    with pytest.raises(Killed):
        memory.sweep(plan, on_step=kill)
    memory._closed = True  # it can do nothing any more
    memory._store.close()
    again = open_memory()
    (sweep,) = [kept for kept in again.sweeps("me") if kept.archived and kept.undoable == 1][:1]
    if step is ErasureStep.DELETING:
        assert again.item(archived).text == TEXT
        assert sweep.purged == 0
    else:
        assert left_of(TRACES, settings.database) == []
        assert sweep.purged == 1
    assert [item.id for item in again.undo_sweep(sweep.id)] == [dust]
    assert dust in in_use(again)
    assert again.check().problems == ()
