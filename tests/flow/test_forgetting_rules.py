"""The numbers that a person's memories fade by: chosen, taken back, and never another's."""

import io
import json
import math
import zipfile
from dataclasses import asdict, replace

import pytest

from memory.engine import Memory
from memory.errors import InvalidInput
from memory.records import PERSONALIZATION, ForgettingRules, PolicyName
from tests.fakes import FixedClock
from tests.flow.conftest import OpenMemory
from tests.flow.lived import live, strength, told, whole_file

USUAL = ForgettingRules()
SLOWER = replace(USUAL, daily_loss=0.01, grace_days=90)


def test_rules_hold_at_once_for_all_that_is_stored(memory: Memory, clock: FixedClock) -> None:
    """Strength is derived: nothing is written to any memory, and nothing lost on the way back."""
    ident = told(memory, "The train leaves at noon", 0.8)
    live(memory, clock, 10)
    assert memory.set_forgetting_rules("me", SLOWER) == SLOWER
    assert memory.forgetting_rules("me") == SLOWER
    assert strength(memory, ident) == pytest.approx(0.8 * 0.99**10)
    assert memory.curve(ident).points[1][1] == pytest.approx(0.8 * 0.99**11)
    assert memory.forecast("me").rules == memory.plan_sweep("me").rules == SLOWER
    memory.set_forgetting_rules("me", USUAL)
    assert strength(memory, ident) == pytest.approx(0.8 * 0.95**10)


def test_there_is_a_way_back_from_a_change(memory: Memory) -> None:
    """Of one step; to set what is set already is no change."""
    assert memory.earlier_forgetting_rules("me") is None
    memory.set_forgetting_rules("me", SLOWER)
    memory.set_forgetting_rules("me", SLOWER)
    assert memory.earlier_forgetting_rules("me") == USUAL
    memory.set_forgetting_rules("me", memory.earlier_forgetting_rules("me") or USUAL)
    assert memory.forgetting_rules("me") == USUAL
    assert memory.earlier_forgetting_rules("me") == SLOWER
    assert [event.action for event in memory.audit(2)] == ["forgetting rules"] * 2
    assert memory.count_audit(actions=["forgetting rules"]) == 2
    assert memory.verify_audit().state == "intact"


@pytest.mark.parametrize(
    "wrong",
    [
        {"daily_loss": 0},
        {"daily_loss": 0.51},
        {"daily_loss": -0.05},
        {"daily_loss": math.nan},
        {"boost": 1.1},
        {"boost": -0.1},
        {"floor": 1.1},
        {"floor": math.nan},
        {"archived_below": -0.1},
        {"archived_below": 0.35},
        {"archived_below": math.nan},
        {"fading_below": 1.1},
        {"fading_below": 0.1},
        {"grace_days": -1},
        {"grace_days": 3651},
        {"policy": "linear"},
    ],
    ids=repr,
)
def test_numbers_that_make_no_sense_are_refused(memory: Memory, wrong: dict[str, object]) -> None:
    """Wherever they are given, and nothing is changed for them."""
    ident = told(memory, "The train leaves at noon")
    before = whole_file(memory)
    rules = replace(USUAL, **wrong)
    for call in (
        lambda: memory.set_forgetting_rules("me", rules),
        lambda: memory.curve(ident, policy=rules),
        lambda: memory.forecast("me", policy=rules),
        lambda: memory.plan_sweep("me", policy=rules),
    ):
        with pytest.raises(InvalidInput):
            call()
    assert whole_file(memory) == before


@pytest.mark.parametrize(
    "edge",
    [
        {"daily_loss": 0.001},
        {"daily_loss": 0.5},
        {"boost": 0},
        {"boost": 1},
        {"floor": 0},
        {"floor": 1},
        {"archived_below": 0},
        {"archived_below": 0, "fading_below": 1},
        {"grace_days": 0},
        {"grace_days": 3650},
    ],
    ids=repr,
)
@pytest.mark.parametrize("policy", list(PolicyName))
def test_the_last_numbers_that_make_sense_work(
    memory: Memory, clock: FixedClock, edge: dict[str, float], policy: PolicyName
) -> None:
    """For memories of every importance, used and not."""
    idents = [told(memory, f"Worth {importance}", importance) for importance in (0, 0.5, 1)]
    live(memory, clock, 10)
    memory.reinforce(idents[:2])
    memory.set_forgetting_rules("me", replace(USUAL, policy=policy, **edge))
    live(memory, clock, 10)
    assert all(0 <= kept.strength <= 1 for kept in memory.retention("me"))
    for ident in idents:
        curve = memory.curve(ident, days=3650)
        assert all(0 <= strong <= 1 for _, strong in (*curve.past, *curve.points))
    found = memory.forecast("me", days=3650)
    assert {sum(asdict(count).values()) for count in found.counts} == {3}
    if edge.get("archived_below") == 0:
        assert found.lost_within(3650) == set()
    memory.sweep(memory.plan_sweep("me"))
    assert sum(memory.forgetting("me").spread) + memory.forgetting("me").counts.archived == 3


def test_each_person_has_rules_of_their_own(memory: Memory, open_memory: OpenMemory) -> None:
    """Also after closing, and for who is not known yet."""
    memory.grant("you", PERSONALIZATION)
    memory.set_forgetting_rules("you", SLOWER)
    memory.set_forgetting_rules("new here", replace(SLOWER, grace_days=7))
    memory.close()
    again = open_memory()
    assert again.forgetting_rules("me") == again.forgetting_rules("stranger") == USUAL
    assert again.forgetting_rules("you") == SLOWER
    assert again.forgetting_rules("new here").grace_days == 7


def exported(memory: Memory) -> dict[str, object]:
    with zipfile.ZipFile(io.BytesIO(memory.export("me"))) as archive:
        content: dict[str, object] = json.loads(archive.read("recollect.json"))
    return content


def test_the_export_holds_what_forgetting_knows_of_the_person(
    memory: Memory, clock: FixedClock
) -> None:
    """The rules, each use, what sweeps did, and when the person was not there."""
    told(memory, "The train leaves at noon", 0.8)
    memory.set_forgetting_rules("me", SLOWER)
    memory.reinforce([1])
    used_at = clock.now
    clock.advance(days=30)
    memory.visit("me")
    told(memory, "Dust", 0.1)
    back_at = clock.now
    live(memory, clock, 8)
    report = memory.sweep(memory.plan_sweep("me"))
    content = exported(memory)
    assert json.loads(content["settings"]["forgetting"]) == asdict(SLOWER)
    assert json.loads(content["settings"]["forgetting before"]) == asdict(USUAL)
    (train,) = [each for each in content["memories"] if each["importance"] == 0.8]
    assert train["uses"] == [{"at": used_at.isoformat(), "kind": "by hand"}]
    assert content["absences"] == [
        {"since": used_at.isoformat(), "until": back_at.isoformat(), "holiday": False}
    ]
    (swept,) = content["sweeps"]
    assert (swept["id"], swept["archived"]) == (report.id, 1)


def test_erasing_everything_erases_rules_sweeps_and_absences(
    memory: Memory, clock: FixedClock
) -> None:
    """They are told of beforehand, and gone with the rest; the rules are the usual ones again."""
    told(memory, "Dust", 0.1)
    memory.set_forgetting_rules("me", replace(SLOWER, daily_loss=0.05))
    live(memory, clock, 8)
    memory.sweep(memory.plan_sweep("me"))
    clock.advance(days=30)
    memory.set_holiday("me", True)
    places = memory.footprint("me").places
    assert (places["sweeps"], places["absences"], places["settings"]) == (1, 2, 2)
    receipt = memory.erase("me")
    assert receipt.places == places
    assert receipt.verified
    for table in ("sweeps", "absences", "settings", "access_times"):
        assert memory._store.database.value(f"select count(*) from {table}") == 0  # noqa: S608
    assert memory.forgetting_rules("me") == USUAL
    assert (memory.holiday("me"), memory.sweeps("me")) == (None, [])
