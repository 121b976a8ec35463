"""“Keep it on this computer”: what was masked in a message is stored after all, there, in the
memory made of it, and wherever it is said again. Never a password or a key."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from memory.errors import NotFound
from memory.flow import audit, derive, entities, forget, intake, permission, policies, revise
from memory.flow.parts import Parts
from memory.records import Act, Label, Message, Reading
from memory.rules.query import attributed
from memory.store.said import Saying
from memory.store.vectors import Vector


def keepable(parts: Parts, message_id: int) -> tuple[Label, ...]:
    """What was masked in the message and can still be kept; nothing when ``undo_seconds`` are over.
    Raises NotFound."""
    message = parts.store.messages.get(message_id)
    person_id = parts.store.people.find(message.user_id)
    if person_id is None or parts.withheld.get(person_id, message_id, parts.clock()) is None:
        return ()
    rules = policies.of(parts, person_id)
    return tuple(label for label in message.masked if intake.can_be_kept(rules, label))


def keep(parts: Parts, message_id: int) -> Message:
    """Raises NotFound when it is too late, or the message was erased or changed meanwhile."""
    now = parts.clock()
    message = parts.store.messages.get(message_id)
    person_id = parts.store.people.find(message.user_id)
    typed = None if person_id is None else parts.withheld.get(person_id, message_id, now)
    if person_id is None or typed is None:
        raise NotFound("masked value in message", message_id)
    taken = intake.take_in(parts, person_id, typed)
    if not all(intake.can_be_kept(taken.rules, span.label) for span in taken.masked):
        raise NotFound("masked value in message", message_id)
    unmasked = _unmasked(parts, person_id, message_id, taken, typed)
    mentioned = _mentioned(parts, person_id, message, typed)
    with parts.store.transaction():
        if not parts.store.messages.is_kept(message_id) or message.text != taken.text:
            raise NotFound("masked value in message", message_id)
        intake.check_rules(parts, person_id, taken)
        intake.allow(parts, person_id, typed, taken.masked)
        never = tuple(label for label in message.masked if label not in taken.labels)
        parts.store.messages.reword(message_id, typed, never)
        if mentioned:
            saying = Saying(person_id, message.said_at, message_id)
            entities.note_anew(parts, saying, mentioned.mentions, mentioned.relations)
        _reword(parts, person_id, message_id, unmasked, now)
        counts = {"values": len(taken.masked)}
        audit.event(parts, person_id, Act.KEEP, f"message:{message_id}", now, counts)
    parts.withheld.drop([message_id])
    return parts.store.messages.get(message_id)


@dataclass(frozen=True, slots=True)
class _Unmasked:
    """A memory of the message with what was masked in it."""

    text: str
    reading: Reading
    vector: Vector


def _unmasked(
    parts: Parts, person_id: int, message_id: int, taken: intake.Intake, typed: str
) -> dict[str, _Unmasked]:
    """By their masked texts, the turn and what it states as they were typed. What was corrected
    since stands in the message no more."""
    values = {
        intake.placeholder(parts, person_id, taken.rules, span, typed): typed[span.start : span.end]
        for span in taken.masked
    }
    found = {}
    for item in parts.store.memories.from_message(message_id):
        text = typed if item.text == taken.text else _filled_in(item.text, values)
        if item.text in taken.text and text != item.text:
            vector = parts.embedder.embed([attributed(text, item.speaker)])[0]
            found[item.text] = _Unmasked(text, parts.language.read(text), vector)
    return found


def _mentioned(parts: Parts, person_id: int, message: Message, typed: str) -> Reading | None:
    """What a message mentions of which no memory was made; None where memories do."""
    if parts.store.memories.from_message(message.id):
        return None
    noted = permission.is_noted(parts, person_id, message.conversation_id, message.role)
    return parts.language.read(typed) if noted else None


def _filled_in(text: str, values: Mapping[str, str]) -> str:
    for placeholder, value in values.items():
        text = text.replace(placeholder, value)
    return text


def _reword(
    parts: Parts, person_id: int, message_id: int, unmasked: Mapping[str, _Unmasked], now: datetime
) -> None:
    items = parts.store.memories.from_message(message_id)
    for item in items:
        if new := unmasked.get(item.text):
            parts.store.memories.reword(item, new.text)
            stated = derive.restated(item, new.reading, new.text)
            derive.restate(parts, person_id, item, stated, now)
        forget.cool(parts, item)
    for item in items:
        if new := unmasked.get(item.text):
            revise.follow(parts, person_id, item, new.reading, new.vector)


def kept(parts: Parts, user_id: str) -> dict[Label, int]:
    """How many values of each label are stored as they are."""
    person_id = parts.store.people.find(user_id)
    return {} if person_id is None else parts.store.placeholders.kept(person_id)


def keep_no_more(parts: Parts, user_id: str) -> None:
    """What is said from now on is masked again; what was stored since stays until it is erased."""
    person_id = parts.store.people.find(user_id)
    if person_id is None:
        return
    with parts.store.transaction():
        parts.store.placeholders.keep_none(person_id)
        audit.event(parts, person_id, Act.MASK_AGAIN, "values", parts.clock())
