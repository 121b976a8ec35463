"""When the person wants to see what leaves this computer before it does: the first time that
anything goes to a provider, or every time."""

import json

from memory.errors import StoreUnavailable
from memory.flow import audit, intake
from memory.flow.parts import Parts
from memory.records import Act, Answerer, ModelPlace, Review

REVIEW, SHOWN = "review of what is sent", "providers that were shown"
"""Keys among the person's settings; of the second, a list of their names."""


def when(parts: Parts, user_id: str) -> Review:
    person_id = parts.store.people.find(user_id)
    found = None if person_id is None else parts.store.preferences.get(person_id, REVIEW)
    return Review(found) if found else Review.FIRST


def choose(parts: Parts, user_id: str, wanted: str) -> Review:
    """Raises InvalidInput for what is neither."""
    chosen = intake.chosen(Review, wanted, "moment")
    now = parts.clock()
    with parts.store.transaction():
        person_id = parts.store.people.find_or_add(intake.name(user_id, "person"), now)
        parts.store.preferences.set(person_id, REVIEW, chosen)
        audit.event(parts, person_id, Act.REVIEW, REVIEW, now)
    return chosen


def asks_first(parts: Parts, user_id: str, to: Answerer) -> bool:
    """Nothing that stays on this computer needs to be shown."""
    if to.place is not ModelPlace.REMOTE:
        return False
    return when(parts, user_id) is Review.ALWAYS or to.provider not in _shown(parts, user_id)


def note_shown(parts: Parts, user_id: str, to: Answerer) -> None:
    """The person saw what goes to the provider, and sent it; with a full disk they see it again."""
    shown = _shown(parts, user_id)
    person_id = parts.store.people.find(user_id)
    if person_id is None or to.provider in shown:
        return
    try:
        parts.store.preferences.set(person_id, SHOWN, json.dumps([*shown, to.provider]))
    except StoreUnavailable:
        return


def forget_shown(parts: Parts, person_id: int) -> None:
    """Call it in the transaction that withdraws the consent: whoever gives it anew looks anew."""
    parts.store.preferences.set(person_id, SHOWN, "")


def _shown(parts: Parts, user_id: str) -> list[str]:
    person_id = parts.store.people.find(user_id)
    found = None if person_id is None else parts.store.preferences.get(person_id, SHOWN)
    return json.loads(found) if found else []
