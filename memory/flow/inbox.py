"""What waits for the person: what they want to be asked about, what is at odds with what they said
before, what reads like an instruction to a model, and what a model found in what they said."""

from memory.errors import InvalidInput
from memory.flow import audit, derive, forget, intake
from memory.flow.parts import Parts
from memory.records import Act, Doubt, Learning, MemoryItem, Proposal, Status

LEARNING = "learning"
"""The key of the mode among a person's settings."""


def mode(parts: Parts, person_id: int | None) -> Learning:
    """What is learnt from what the person says; all that deserves to last, unless they chose."""
    chosen = None if person_id is None else parts.store.preferences.get(person_id, LEARNING)
    return Learning(chosen) if chosen else Learning.AUTOMATIC


def set_mode(parts: Parts, user_id: str, wanted: str) -> Learning:
    """Raises InvalidInput for what is no mode."""
    now = parts.clock()
    chosen = intake.chosen(Learning, wanted, "way of learning")
    with parts.store.transaction():
        person_id = parts.store.people.find_or_add(intake.name(user_id, "person"), now)
        parts.store.preferences.set(person_id, LEARNING, chosen)
        audit.event(parts, person_id, Act.LEARNING, LEARNING, now)
    return chosen


def proposals(parts: Parts, user_id: str) -> list[Proposal]:
    """Newest first."""
    person_id = parts.store.people.find(user_id)
    if person_id is None:
        return []
    return [
        Proposal(item, item.doubt or Doubt.ASKED, _rival(parts, item))
        for item in parts.store.statements.proposed(person_id, parts.clock())
    ]


def _rival(parts: Parts, item: MemoryItem) -> MemoryItem | None:
    found = [] if item.rival_id is None else parts.store.memories.many([item.rival_id])
    return next((rival for rival in found if rival.holds), None)


def accept(parts: Parts, item_id: int, *, replace: bool) -> MemoryItem:
    """Into use: beside what it is at odds with or, with ``replace``, in its place.

    What was asked about stands to what is known as if it had been learnt at once. Raises NotFound,
    and InvalidInput when it is not in the inbox.
    """
    now = parts.clock()
    with parts.store.transaction():
        item = _waiting(parts, item_id)
        person_id = parts.store.memories.person_of(item_id)
        rival = _rival(parts, item)
        parts.store.statements.accept(item_id)
        accepted = parts.store.memories.get(item_id)
        if replace and rival is not None:
            derive.supersede(parts, person_id, rival, accepted, now)
        derive.take_its_place(parts, person_id, accepted, now)
        audit.event(parts, person_id, Act.ACCEPT, f"memory:{item_id}", now, {"memories": 1})
        return parts.store.memories.get(item_id)


def reject(parts: Parts, item_id: int) -> MemoryItem:
    """Forgotten with the turn it stands in, as any other memory is: undone by ``restore``, which
    puts it back into the inbox, and erased when undo ends. What was accepted of a rejected turn
    stays."""
    now = parts.clock()
    with parts.store.transaction():
        item = _waiting(parts, item_id)
        person_id = parts.store.memories.person_of(item_id)
        forget.forget(parts, [item], now, sparing=_accepted(parts, item))
        audit.event(parts, person_id, Act.REJECT, f"memory:{item_id}", now, {"memories": 1})
        return parts.store.memories.get(item_id)


def _accepted(parts: Parts, item: MemoryItem) -> list[MemoryItem]:
    """What a turn states and the person has taken into use already."""
    found = parts.store.statements.overlapping(item.id) if item.is_turn else []
    return [other for other in found if other.in_use and not other.is_turn]


def _waiting(parts: Parts, item_id: int) -> MemoryItem:
    item = parts.store.memories.get(item_id)
    if item.status is not Status.PROPOSED:
        raise InvalidInput("This memory does not wait in the inbox any more. Look at it again.")
    return item
