"""The curve of a made-up memory: by the same rules as one that is stored."""

from dataclasses import replace
from datetime import timedelta

import pytest

from memory import InvalidInput, Memory, PolicyName
from tests.fakes import FixedClock


@pytest.mark.parametrize("policy", PolicyName)
def test_example_runs_as_a_memory_of_the_same_history(
    memory: Memory, clock: FixedClock, policy: PolicyName
) -> None:
    """Past, uses, future, and the days on which it leaves."""
    item = memory.remember("me", "I like tea.", importance=0.6)
    for _ in range(3):
        clock.advance(days=5)
        memory.reinforce([item.id])
    clock.advance(days=2)

    made_up = memory.example_curve(
        "me", importance=0.6, age_days=17, used_days_ago=[2, 12, 7], days=30, policy=policy
    )

    real = memory.curve(item.id, days=30, policy=policy)
    assert made_up.item is None
    for of_real, of_example in ((real.past, made_up.past), (real.points, made_up.points)):
        assert [at for at, _ in of_example] == [at for at, _ in of_real]
        assert [each for _, each in of_example] == pytest.approx([each for _, each in of_real])
    assert [(each.at, each.after) for each in made_up.jumps] == [
        (each.at, pytest.approx(each.after)) for each in real.jumps
    ]
    for name in ("fades_at", "archives_at"):
        apart = getattr(made_up, name) - getattr(real, name)
        assert abs(apart) < timedelta(seconds=1)


def test_example_goes_by_the_persons_own_rules(memory: Memory) -> None:
    """And is not stored."""
    rules = replace(memory.forgetting_rules("me"), daily_loss=0.5, fading_below=0.4)
    memory.set_forgetting_rules("me", rules)

    curve = memory.example_curve("me", importance=0.8, age_days=1, days=1)

    assert curve.points[0][1] == pytest.approx(0.4)
    assert curve.fading_below == 0.4
    assert memory.find("me").total == 0


@pytest.mark.parametrize(
    "story",
    [
        {"importance": 1.1, "age_days": 10},
        {"importance": 0.5, "age_days": 0},
        {"importance": 0.5, "age_days": 10, "used_days_ago": [11]},
        {"importance": 0.5, "age_days": 10, "days": 0},
    ],
)
def test_example_that_cannot_be_is_refused(memory: Memory, story: dict) -> None:
    """In words."""
    with pytest.raises(InvalidInput):
        memory.example_curve("me", **story)
