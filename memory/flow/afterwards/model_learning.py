"""The person's choice whether a connected model reads along. Off unless they turn it on."""

from memory.flow import audit, inbox, intake
from memory.flow.parts import Parts
from memory.records import Act, Learning

MODEL_LEARNING = "learning with a model"
"""The key of the choice among a person's settings."""
ON, OFF = "on", "off"


def is_on(parts: Parts, person_id: int | None) -> bool:
    found = None if person_id is None else parts.store.preferences.get(person_id, MODEL_LEARNING)
    return found == ON


def set_on(parts: Parts, user_id: str, on: bool) -> None:
    now = parts.clock()
    with parts.store.transaction():
        person_id = parts.store.people.find_or_add(intake.name(user_id, "person"), now)
        parts.store.preferences.set(person_id, MODEL_LEARNING, ON if on else OFF)
        act = Act.MODEL_LEARNING_ON if on else Act.MODEL_LEARNING_OFF
        audit.event(parts, person_id, act, MODEL_LEARNING, now)


def may_read(parts: Parts, person_id: int) -> bool:
    """Whether a model may learn from what the person says: not where nothing is learnt unasked."""
    return is_on(parts, person_id) and inbox.mode(parts, person_id) is not Learning.TOLD
