"""What the article says of forgetting (section 5), through the door.

A critical bug fix and chitchat of the same day, lived with for sixty days: strength halves in two
weeks, what is used stays fresh, dust goes first, and what matters is there when it is needed.
"""

import pytest

from memory.engine import Memory
from memory.records import Stage
from tests.fakes import FixedClock
from tests.flow.lived import in_use, live, strength, told

FIX = "Critical: the payment webhook is sent twice, so we deduplicate by the event id"
CHITCHAT = "The weather was grey and the coffee was lukewarm"
HABIT = "The deploy script for the staging server is tools/ship.sh"
ASIDE = "The meeting room on the third floor has the better chairs"
QUESTION = "Which script deploys the staging server?"
DAYS = 60


@pytest.fixture
def idents(memory: Memory) -> dict[str, int]:
    values = {FIX: 0.95, CHITCHAT: 0.3, HABIT: 0.6, ASIDE: 0.6}
    return {text: told(memory, text, importance) for text, importance in values.items()}


def live_asking(memory: Memory, clock: FixedClock, days: int) -> None:
    """The script is asked for every five days, in the chat."""
    for day in range(1, days + 1):
        live(memory, clock, 1)
        if day % 5 == 0:
            assert "ship.sh" in memory.respond("me", QUESTION, conversation_id=f"{day}").read()


def test_five_per_cent_a_day_halve_a_memory_in_two_weeks(
    memory: Memory, clock: FixedClock, idents: dict[str, int]
) -> None:
    """After 13.5 days half is left, of whatever importance: what is critical starts higher."""
    live(memory, clock, 13)
    clock.advance(hours=12)
    assert strength(memory, idents[CHITCHAT]) == pytest.approx(0.3 / 2, rel=1e-3)
    assert strength(memory, idents[FIX]) == pytest.approx(0.95 / 2, rel=1e-3)


def test_each_access_fights_the_decay(
    memory: Memory, clock: FixedClock, idents: dict[str, int]
) -> None:
    """Of two memories of equal importance the used one is fresh after sixty days, and the other is
    dust; nothing of it is written when it is read."""
    live_asking(memory, clock, DAYS)
    habit, aside = strength(memory, idents[HABIT]), strength(memory, idents[ASIDE])
    assert habit > 0.8
    assert aside == pytest.approx(0.6 * 0.95**DAYS)
    curve = memory.curve(idents[HABIT])
    assert len(curve.jumps) == DAYS // 5
    assert all(jump.after > jump.before for jump in curve.jumps)
    assert memory.curve(idents[ASIDE]).jumps == ()


def test_dust_goes_first_and_what_is_critical_stays(
    memory: Memory, clock: FixedClock, idents: dict[str, int]
) -> None:
    """Chitchat before an aside, both long before the sixty days are over; the bug fix, which nobody
    asked for, is kept by its importance and the script by its use."""
    gone: dict[int, int] = {}
    for day in range(5, DAYS + 1, 5):
        live_asking(memory, clock, 5)
        plan = memory.plan_sweep("me")
        gone |= {each.item.id: day for each in plan.archived}
        memory.sweep(plan)

    assert list(gone) == [idents[CHITCHAT], idents[ASIDE]]
    assert gone[idents[CHITCHAT]] < gone[idents[ASIDE]] < DAYS
    assert in_use(memory) == {idents[FIX], idents[HABIT]}
    assert strength(memory, idents[FIX]) == 0.2
    (found,) = memory.recall("me", "Why do we deduplicate the payment webhook?", limit=1)
    assert found.item.id == idents[FIX]
    assert CHITCHAT not in {each.item.text for each in memory.recall("me", CHITCHAT)}


def test_a_warning_comes_before_anything_is_lost(
    memory: Memory, clock: FixedClock, idents: dict[str, int]
) -> None:
    """Each fades before it is archived, on the day that was foretold."""
    foretold = {each.item_id: each for each in memory.forecast("me", days=DAYS).leaving}
    stages: dict[int, list[Stage]] = {ident: [] for ident in idents.values()}
    for day in range(DAYS + 1):
        memory.sweep(memory.plan_sweep("me"))
        for kept in memory.retention("me"):
            if kept.stage not in stages[kept.item.id]:
                stages[kept.item.id].append(kept.stage)
                on = foretold[kept.item.id]
                expected = {Stage.FADING: on.fades_on, Stage.ARCHIVED: on.archives_on}
                assert day == expected.get(kept.stage, 0)
        live(memory, clock, 1)

    assert stages[idents[FIX]] == [Stage.ACTIVE, Stage.FADING]
    assert stages[idents[CHITCHAT]] == [Stage.FADING, Stage.ARCHIVED]
    assert stages[idents[ASIDE]] == [Stage.ACTIVE, Stage.FADING, Stage.ARCHIVED]


def test_a_fix_that_is_used_outlives_chitchat_by_either_policy(
    memory: Memory, clock: FixedClock, idents: dict[str, int]
) -> None:
    """By the power law what is recalled at the brink of forgetting is held the longest."""
    live(memory, clock, 10)
    memory.recall("me", FIX, limit=1)
    memory.recall("me", CHITCHAT, limit=1)
    live(memory, clock, DAYS - 10)
    for policy in ("exponential", "stability"):
        left = {text: memory.curve(idents[text], policy=policy).points[0][1] for text in idents}
        assert left[FIX] > left[CHITCHAT] > 0
    by = {p: memory.curve(idents[ASIDE], policy=p).points for p in ("exponential", "stability")}
    assert by["stability"][-1][1] > by["exponential"][-1][1]
