"""“Keep it on this computer”: what was masked in a message is stored after all, there, in the
memory made of it, and wherever it is said again. Never a password or a key."""

from dataclasses import replace

from memory.errors import NotFound
from memory.flow import audit, entities, following, forget, intake, learn, policies, revise
from memory.flow.parts import Parts
from memory.records import Act, Label, Message
from memory.rules.query import attributed
from memory.store.said import Saying


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
    reading = parts.language.read(typed)
    items = parts.store.memories.from_message(message_id)
    speaker = items[0].speaker if items else None
    vector = parts.embedder.embed([attributed(typed, speaker)])[0] if items else None
    unmasked = replace(taken, text=typed, reading=reading)
    turn = next((item for item in items if item.is_turn), None)
    following_it = following.work_out(parts, turn, unmasked) if turn else following.Following()
    with parts.store.transaction():
        if not parts.store.messages.is_kept(message_id) or message.text != taken.text:
            raise NotFound("masked value in message", message_id)
        intake.check_rules(parts, person_id, taken)
        intake.allow(parts, person_id, typed, taken.masked)
        never = tuple(label for label in message.masked if label not in taken.labels)
        parts.store.messages.reword(message_id, typed, never)
        if not items and learn.is_noted(parts, person_id, message.conversation_id, message.role):
            saying = Saying(person_id, message.said_at, message_id)
            entities.note_anew(parts, saying, reading.mentions, reading.relations)
        for item in parts.store.memories.from_message(message_id):
            if item.text == taken.text and vector is not None:
                parts.store.memories.reword(item, typed)
                revise.follow(parts, person_id, item, reading, vector)
            forget.cool(parts, item)
        following.forget_gone(parts, following_it, now)
        if turn is not None:
            following.learn_new(parts, person_id, turn, following_it, now)
        counts = {"values": len(taken.masked)}
        audit.event(parts, person_id, Act.KEEP, f"message:{message_id}", now, counts)
    parts.withheld.drop([message_id])
    return parts.store.messages.get(message_id)


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
