"""The rules that a person's memories fade by: the usual ones, or their own, with a way back."""

import json
from dataclasses import asdict, replace

from memory.flow import audit, intake
from memory.flow.parts import Parts
from memory.records import Act, ForgettingRules, PolicyName
from memory.rules import sweeping

CHOSEN, BEFORE = "forgetting", "forgetting before"
"""Keys among the person's settings."""
USUAL = ForgettingRules()


def of(parts: Parts, person_id: int | None) -> ForgettingRules:
    return USUAL if person_id is None else _kept(parts, person_id, CHOSEN) or USUAL


def before(parts: Parts, person_id: int | None) -> ForgettingRules | None:
    """What held before the last change; None: nothing was changed."""
    return None if person_id is None else _kept(parts, person_id, BEFORE)


def choose(parts: Parts, user_id: str, rules: ForgettingRules) -> ForgettingRules:
    """They hold at once, for all that is stored. Raises InvalidInput."""
    now, chosen = parts.clock(), sweeping.checked(rules)
    with parts.store.transaction():
        person_id = parts.store.people.find_or_add(user_id, now)
        held = of(parts, person_id)
        if chosen != held:
            parts.store.preferences.set(person_id, BEFORE, json.dumps(asdict(held)))
            parts.store.preferences.set(person_id, CHOSEN, json.dumps(asdict(chosen)))
            audit.event(parts, person_id, Act.FORGETTING_RULES, "forgetting rules", now)
    return chosen


def meant(
    parts: Parts, person_id: int | None, policy: ForgettingRules | str | None
) -> ForgettingRules:
    """The rules that a caller names: whole, by their policy's name, or the person's own."""
    if isinstance(policy, ForgettingRules):
        return sweeping.checked(policy)
    held = of(parts, person_id)
    return (
        held
        if policy is None
        else replace(held, policy=intake.chosen(PolicyName, policy, "policy"))
    )


def _kept(parts: Parts, person_id: int, key: str) -> ForgettingRules | None:
    text = parts.store.preferences.get(person_id, key)
    if text is None:
        return None
    numbers = json.loads(text)
    return ForgettingRules(**numbers | {"policy": PolicyName(numbers["policy"])})
