"""What the article says of smart forgetting (section 5), held against the rules.

Each quotation is followed by the tests of it.
"""

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest

from memory.records import ForgettingRules, PolicyName, Protection
from memory.rules.absence import Presence
from memory.rules.decay import Policy, falls_below, floors, policy_of, strength, track
from memory.rules.sweeping import Weak, kept_from_archive
from tests.rules.fading import ANSWER, LISTED, POLICIES, Use, every, falls, strong, uses_of
from tests.rules.scoring.made import item

RULES = ForgettingRules()

CRITICAL_BUG_FIX = 0.95
CASUAL_CHITCHAT = 0.2

both = pytest.mark.parametrize("policy", POLICIES, ids=["exponential", "stability"])
over_two_months = pytest.mark.parametrize("day", [0, 1, 7, 14, 30, 45, 60])


# -- "memories lose value at a rate of about 5% per day by default" -------------------------


@pytest.mark.parametrize("name", PolicyName)
@pytest.mark.parametrize("importance", [CASUAL_CHITCHAT, 0.5, CRITICAL_BUG_FIX])
def test_a_memory_loses_five_percent_on_its_first_day_by_default(
    name: PolicyName, importance: float
) -> None:
    """By either policy."""
    policy = policy_of(ForgettingRules(policy=name))

    assert strong(policy, importance, day=1) == pytest.approx(0.95 * importance)


def test_by_default_it_loses_as_much_on_every_day() -> None:
    """ "decays exponentially over time": the article's policy is the default, and halves a memory
    in two weeks."""
    policy = policy_of(RULES)
    left = [strong(policy, 1.0, day=day) for day in range(61)]

    assert [after / before for before, after in pairwise(left)] == pytest.approx([0.95] * 60)
    assert left[14] < 0.5 < left[13]


# -- "critical bug fixes get higher base scores than casual chitchat" -----------------------


@both
@over_two_months
@pytest.mark.parametrize("weight", [None, LISTED, ANSWER], ids=["unused", "listed", "answers"])
def test_a_critical_bug_fix_stays_above_chitchat(
    policy: Policy, day: int, weight: float | None
) -> None:
    """With as much use as chitchat has, or as little."""
    uses = [] if weight is None else every(10, day, weight)

    fix = strong(policy, CRITICAL_BUG_FIX, uses, day=day)
    assert fix > strong(policy, CASUAL_CHITCHAT, uses, day=day)


@both
def test_chitchat_is_gone_in_a_week_or_so_and_the_bug_fix_long_after(policy: Policy) -> None:
    """Left alone, and even without the floor of what is very important."""
    chitchat = falls(policy, CASUAL_CHITCHAT, below=RULES.archived_below)
    fix = falls(policy, CRITICAL_BUG_FIX, below=RULES.archived_below)

    assert 5 < chitchat < 8
    assert fix > 30


@both
def test_an_unused_bug_fix_is_kept_for_good(policy: Policy) -> None:
    """The floor of what is very important is above the archive, and no sweep takes it."""
    importance = np.array([CRITICAL_BUG_FIX, CASUAL_CHITCHAT])
    floor = floors(importance, np.zeros(2, bool), RULES)
    at = track(policy, importance, np.zeros(2), uses_of())

    fix, chitchat = strength(policy, at, 10_000.0, floor, np.zeros(2, bool)).tolist()
    assert fix == RULES.floor > RULES.archived_below > chitchat
    day = falls_below(policy, at, RULES.archived_below, floor, np.zeros(2, bool))
    assert np.isinf(day).tolist() == [True, False]


@both
def test_chitchat_that_comes_up_again_and_again_overtakes_an_unused_bug_fix(policy: Policy) -> None:
    """ "importance" is where a memory begins: use decides what becomes of it."""
    used = strong(policy, CASUAL_CHITCHAT, every(5, 60), day=60)

    assert used > strong(policy, CRITICAL_BUG_FIX, day=60)


# -- "every time a memory gets accessed, it receives a relevance boost" ---------------------


@both
@pytest.mark.parametrize("weight", [LISTED, ANSWER], ids=["listed", "answer"])
@pytest.mark.parametrize("importance", [CASUAL_CHITCHAT, 0.5, CRITICAL_BUG_FIX])
@pytest.mark.parametrize("day", [0, 1, 7, 30, 60])
def test_each_access_boosts(policy: Policy, weight: float, importance: float, day: int) -> None:
    """At once, and it shows for as long as anything is left."""
    for later in (0, 1, 7, 30, 60, 365):
        used = strong(policy, importance, [(day, weight)], day=day + later)
        assert used > strong(policy, importance, day=day + later)


@both
@pytest.mark.parametrize("importance", [CASUAL_CHITCHAT, 0.5, CRITICAL_BUG_FIX])
def test_a_boost_fights_the_decay_and_does_not_end_it(policy: Policy, importance: float) -> None:
    """A memory that was used fades again."""
    used = [strong(policy, importance, [(10, ANSWER)], day=day) for day in (10, 11, 20, 60)]

    assert used == sorted(used, reverse=True)
    assert len(set(used)) == len(used)


# -- "Frequently accessed memories stay fresh" ----------------------------------------------


@both
@pytest.mark.parametrize("importance", [CASUAL_CHITCHAT, 0.5, CRITICAL_BUG_FIX])
@pytest.mark.parametrize("weight", [LISTED, ANSWER], ids=["listed", "answers"])
def test_what_is_used_every_few_days_stays_fresh(
    policy: Policy, importance: float, weight: float
) -> None:
    """For a year: from the second month on it is at no moment called fading."""
    uses = every(3, 365, weight)

    lowest = min(
        strong(policy, importance, uses[: day // 3], day=day + 2.999) for day in range(30, 364, 3)
    )

    assert lowest >= RULES.fading_below


@both
def test_what_answers_are_built_on_stays_fresher_than_what_is_listed(policy: Policy) -> None:
    """Both stay fresher than what is left alone."""
    left = [
        strong(policy, 0.5, uses, day=60)
        for uses in ([], every(5, 60, LISTED), every(5, 60, ANSWER))
    ]

    assert left == sorted(left)
    assert left[0] < 0.5 * left[1]


# -- "those collecting digital dust gradually become candidates for removal" ----------------


@both
def test_of_what_is_never_used_the_least_important_goes_first(policy: Policy) -> None:
    """All of one day."""
    importance = [0.2, 0.35, 0.5, 0.65, 0.8, 0.95]

    gone = [falls(policy, each, below=RULES.archived_below) for each in importance]

    assert gone == sorted(gone)
    assert len(set(gone)) == len(gone)
    assert not any(map(math.isinf, gone))


@both
def test_of_equal_importance_what_was_used_longest_ago_goes_first(policy: Policy) -> None:
    """What never was goes before all."""
    last_uses: list[list[Use]] = [[], [(1, ANSWER)], [(5, ANSWER)], [(10, ANSWER)], [(20, ANSWER)]]

    gone = [falls(policy, 0.5, uses, below=RULES.archived_below) for uses in last_uses]

    assert gone == sorted(gone)
    assert len(set(gone)) == len(gone)


@both
def test_dust_settles_gradually(policy: Policy) -> None:
    """It is fading long before it is weak enough for the archive: there is time to be warned."""
    for importance in (0.4, 0.6, 0.8, 1.0):
        fades = falls(policy, importance, below=RULES.fading_below)
        assert falls(policy, importance, below=RULES.archived_below) > fades + 14


# -- "memories accessed recently or multiple times get protection" --------------------------


@both
@pytest.mark.parametrize("weight", [LISTED, ANSWER], ids=["listed", "answers"])
@pytest.mark.parametrize("importance", [CASUAL_CHITCHAT, 0.5, CRITICAL_BUG_FIX])
def test_each_further_access_protects_for_longer(
    policy: Policy, weight: float, importance: float
) -> None:
    """One use more, on a day between, and the memory lasts longer after the same last one."""
    histories: Sequence[list[Use]] = [
        [(20, weight)],
        [(15, weight), (20, weight)],
        [(10, weight), (15, weight), (20, weight)],
        [(5, weight), (10, weight), (15, weight), (20, weight)],
    ]

    gone = [falls(policy, importance, uses, below=RULES.archived_below) for uses in histories]

    assert gone == sorted(gone)
    assert len(set(gone)) == len(gone)


@pytest.mark.parametrize(
    ("days_since_use", "why"), [(0, Protection.USED), (6.9, Protection.USED), (7, None), (60, None)]
)
def test_what_was_accessed_recently_is_left_by_a_sweep(
    days_since_use: float, why: Protection | None
) -> None:
    """However weak it is."""
    weak = Weak(
        item=item(1, importance=CASUAL_CHITCHAT),
        bare_strength=0.0,
        in_profile=False,
        days_since_use=days_since_use,
        days_since_storing=90.0,
        put_back=False,
    )
    there = Presence(back_since=None, is_away=False, on_holiday=False, last_sweep_at=None)

    assert kept_from_archive(weak, RULES, there) is why
