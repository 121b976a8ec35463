"""What a turn leaves behind: a message, a hot entry and, if it deserves it, a memory with its
vector, its full-text row, profile fields and entities, all in one transaction.

``study`` works everything out, ``store`` only writes; between the two a caller can still decide
that nothing may be stored.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from memory.errors import ConsentRequired, InvalidInput
from memory.flow import audit, hot, intake, policies
from memory.flow.parts import Parts
from memory.records import (
    PERSONALIZATION,
    REMOTE_MODEL,
    SENSITIVE,
    Act,
    Classification,
    ClassReason,
    DataClass,
    Importance,
    Kind,
    MemoryItem,
    Mention,
    Observation,
    ProfileFact,
    Role,
)
from memory.rules import policy
from memory.rules.importance import WEIGHTS, importance
from memory.rules.query import attributed
from memory.store.memories import NewMemory
from memory.store.messages import NewMessage
from memory.store.vectors import Vector

DEFAULT_CONVERSATION = "default"
NO_MEMORY_PURPOSES = frozenset({SENSITIVE, REMOTE_MODEL})
ONE_SITTING = timedelta(hours=1)
"""A turn is understood from the one before it when no more time than that lies between them."""
NOT_REMEMBERING = "Recollect may not remember: there is no consent for personalization."
MEMORY_OFF = "Memory is off in this conversation, so it stays in the conversation only."
RULES_CHANGED = "Your privacy rules were changed meanwhile. Say it again to have it kept."
REFUSED_MEANWHILE = "The consent to keep what is sensitive was withdrawn meanwhile."
REFUSED = "It is sensitive ({topic}), and you have not agreed that such things are kept."


@dataclass(frozen=True, slots=True)
class Studied:
    """A turn understood, before anything is written."""

    user_id: str
    role: Role
    intake: intake.Intake
    importance: Importance
    mentions: tuple[Mention, ...]
    profile: tuple[ProfileFact, ...]
    skipped: str
    """Why it becomes no memory, in words; empty when it does."""
    vector: "Vector | None"
    speaker: str | None
    said_at: datetime

    @property
    def refused(self) -> str:
        """Why nothing of it may be stored, in words; empty when it may."""
        return refusal(self.intake)


def study(
    parts: Parts,
    user_id: str,
    person_id: int | None,
    role: Role,
    text: str,
    *,
    said_at: datetime,
    speaker: str | None = None,
) -> Studied:
    """``person_id`` None: nothing may be stored. Raises InvalidInput for a text too long."""
    given = intake.clean(text, parts.settings.max_message_bytes, "message")
    taken = intake.take_in(parts, person_id, given)
    reading = taken.reading
    weight = importance(taken.text, role, reading.sentences, reading.mentions)
    skipped = _reason_to_skip(parts, person_id, taken, weight)
    speaks_for_themselves = role is Role.USER and speaker in (None, user_id)
    return Studied(
        user_id=user_id,
        role=role,
        intake=taken,
        importance=weight,
        mentions=reading.mentions,
        profile=reading.profile if speaks_for_themselves else (),
        skipped=skipped,
        vector=None if skipped else parts.embedder.embed([attributed(taken.text, speaker)])[0],
        speaker=speaker,
        said_at=said_at,
    )


def of_class_at_least(studied: Studied, data_class: DataClass) -> Studied:
    taken = studied.intake
    found = policy.strictest([taken.data_class, data_class])
    if found is taken.data_class:
        return studied
    classification = Classification(found, ClassReason.CHOSEN)
    return replace(studied, intake=replace(taken, classification=classification))


def refusal(taken: intake.Intake) -> str:
    """Why nothing of it may be stored, in words; empty when it may."""
    return REFUSED.format(topic=taken.classification.reason) if taken.refused else ""


def _reason_to_skip(
    parts: Parts, person_id: int | None, taken: intake.Intake, weight: Importance
) -> str:
    settings = parts.settings
    if person_id is None:
        return NOT_REMEMBERING
    if taken.refused:
        return refusal(taken)
    # a threshold of 0 keeps every turn, also one whose score is 0
    if 0 < settings.importance_threshold >= weight.score:
        return (
            f"Its importance of {weight.score:.2f} is not above {settings.importance_threshold:g}, "
            "so it stays in the conversation only."
        )
    if len(taken.text.encode()) > settings.max_memory_bytes:
        return (
            f"It is longer than a memory may be ({settings.max_memory_bytes / 1024:g} KB), so it "
            "stays in the conversation only."
        )
    return ""


def store(
    parts: Parts, studied: Studied, person_id: int, conversation: str, now: datetime
) -> Observation:
    """Write what was studied; joins the caller's transaction or makes its own."""
    tables = parts.store
    with tables.transaction():
        if consenting(parts, studied.user_id, PERSONALIZATION) != person_id:
            return unstored(replace(studied, skipped=NOT_REMEMBERING))  # revoked in between
        if not intake.may_hold(parts, person_id, studied.intake.data_class):
            return unstored(replace(studied, skipped=REFUSED_MEANWHILE))
        if policies.of(parts, person_id) != studied.intake.rules:
            return unstored(replace(studied, skipped=RULES_CHANGED))
        if off := not remembers_in(parts, person_id, conversation):
            studied = replace(studied, skipped=MEMORY_OFF, vector=None)
        conversation_id = tables.conversations.open(person_id, conversation, now)
        message_id = tables.messages.add(person_id, conversation_id, _message(studied, now))
        if not off:
            taken = studied.intake
            said = hot.Interaction(conversation, studied.role, taken.text, taken.data_class)
            hot.keep(parts, person_id, message_id, said, now)
        stored = _store_episode(parts, studied, person_id, conversation_id, message_id, now)
        counts = {"messages": 1, "memories": len(stored)}
        classes = [item.data_class for item in stored]
        audit.event(
            parts, person_id, Act.STORE, f"message:{message_id}", now, counts, classes=classes
        )
    if studied.intake.keepable:
        parts.withheld.add(person_id, message_id, studied.intake.keepable, now)
    return Observation(
        message_id=message_id,
        importance=studied.importance,
        stored=stored,
        entities=studied.mentions,
        profile=studied.profile if stored else (),
        redactions=studied.intake.masked,
        skipped=studied.skipped,
    )


def _message(studied: Studied, now: datetime) -> NewMessage:
    taken = studied.intake
    return NewMessage(
        role=studied.role,
        text=taken.text,
        created_at=now,
        said_at=studied.said_at,
        data_class=taken.data_class,
        expires_at=policy.expires_at(taken.data_class, now, taken.rules),
        speaker=studied.speaker,
        masked=taken.labels,
        note=studied.skipped,
    )


def _store_episode(
    parts: Parts,
    studied: Studied,
    person_id: int,
    conversation_id: int,
    message_id: int,
    now: datetime,
) -> tuple[MemoryItem, ...]:
    """The turn itself as a memory, verbatim and dated (article, section 1: episodic memory)."""
    if studied.vector is None:
        return ()
    taken = studied.intake
    new = NewMemory(
        kind=Kind.EPISODE,
        text=taken.text,
        classification=taken.classification,
        purpose=PERSONALIZATION,
        importance=studied.importance,
        pinned=False,
        created_at=now,
        said_at=studied.said_at,
        expires_at=policy.expires_at(taken.data_class, now, taken.rules),
        source_message_id=message_id,
        conversation_id=conversation_id,
        speaker=studied.speaker or _unnamed(studied.role),
        follows=_turn_before(parts, conversation_id, studied.said_at),
    )
    return (write(parts, person_id, new, studied.vector, studied.profile, studied.mentions),)


def _turn_before(parts: Parts, conversation_id: int, said_at: datetime) -> int | None:
    """The last turn kept of the conversation, unless that was another day's talk."""
    last = parts.store.memories.latest_turn(conversation_id)
    if last is None or not timedelta(0) <= said_at - last.said_at <= ONE_SITTING:
        return None
    return last.id


def _unnamed(role: Role) -> str | None:
    """Words of an assistant must never pass for the person's own."""
    return None if role is Role.USER else role.value


def write(
    parts: Parts,
    person_id: int,
    new: NewMemory,
    vector: Vector,
    profile: Sequence[ProfileFact],
    mentions: Sequence[Mention],
) -> MemoryItem:
    """The memory in every place it lives; call it in a transaction.

    Raises ConsentRequired when its purpose, or its class, is not agreed to: the last to look.
    """
    tables = parts.store
    if not tables.consents.granted(person_id, new.purpose):
        raise ConsentRequired(new.purpose)
    if not intake.may_hold(parts, person_id, new.classification.data_class):
        raise ConsentRequired(SENSITIVE)
    ident = tables.memories.add(person_id, new)
    tables.vectors.add(ident, vector)
    tables.profile.replace(person_id, ident, profile, new.said_at)
    tables.entities.mention(
        person_id, mentions, message_id=new.source_message_id, memory_id=ident, at=new.said_at
    )
    return tables.memories.get(ident)


def observe(
    parts: Parts,
    user_id: str,
    role: str,
    text: str,
    *,
    speaker: str | None,
    conversation_id: str | None,
    at: datetime | None,
) -> Observation:
    now = parts.clock()
    said_at = intake.moment(at, now)
    conversation = intake.name(conversation_id or DEFAULT_CONVERSATION, "conversation")
    speaker = speaker and intake.name(speaker, "speaker")
    person_id = consenting(parts, user_id, PERSONALIZATION)
    who = intake.chosen(Role, role, "role")
    studied = study(parts, user_id, person_id, who, text, said_at=said_at, speaker=speaker)
    if person_id is not None:
        return store(parts, studied, person_id, conversation, now)
    return unstored(studied)


def unstored(studied: Studied) -> Observation:
    """What a turn comes to when nothing may be stored."""
    return Observation(
        message_id=None,
        importance=studied.importance,
        entities=studied.mentions,
        redactions=studied.intake.masked,
        skipped=studied.skipped,
    )


def remembers_in(parts: Parts, person_id: int, conversation: str) -> bool:
    """Whether memories are used in a conversation and made of it; one not begun yet remembers."""
    found = parts.store.conversations.find(person_id, conversation)
    return found is None or parts.store.conversations.remembers(found)


def consenting(parts: Parts, user_id: str, purpose: str) -> int | None:
    """The person's id when they agreed to the purpose. Raises InvalidInput for what is no name."""
    purpose = intake.name(purpose, "purpose")
    person_id = parts.store.people.find(intake.name(user_id, "person"))
    if person_id is None or not parts.store.consents.granted(person_id, purpose):
        return None
    return person_id


def remember(
    parts: Parts,
    user_id: str,
    text: str,
    *,
    kind: str,
    data_class: str | None,
    purpose: str,
    importance: float | None,
    pinned: bool,
    at: datetime | None,
) -> MemoryItem:
    """Store a text as a memory because somebody said so. Raises ConsentRequired, InvalidInput."""
    now = parts.clock()
    if purpose in NO_MEMORY_PURPOSES:
        raise InvalidInput(
            f"Nothing is remembered for “{purpose}”: it allows something of what is kept for "
            "another purpose. Name that one."
        )
    person_id = consenting(parts, user_id, purpose)
    if person_id is None:
        raise ConsentRequired(purpose)
    given = intake.clean(text, parts.settings.max_memory_bytes, "memory")
    chosen = intake.chosen(DataClass, data_class, "data class") if data_class else None
    taken = intake.take_in(parts, person_id, given, chosen)
    if taken.refused:
        raise ConsentRequired(SENSITIVE)
    new = NewMemory(
        kind=intake.chosen(Kind, kind, "kind of memory"),
        text=taken.text,
        classification=taken.classification,
        purpose=purpose,
        importance=_told_importance(taken, importance),
        pinned=pinned,
        created_at=now,
        said_at=intake.moment(at, now),
        expires_at=policy.expires_at(taken.data_class, now, taken.rules),
    )
    vector = parts.embedder.embed([taken.text])[0]
    with parts.store.transaction():
        if consenting(parts, user_id, purpose) != person_id:
            raise ConsentRequired(purpose)  # revoked in between
        intake.check_rules(parts, person_id, taken)
        item = write(parts, person_id, new, vector, taken.reading.profile, taken.reading.mentions)
        classes = [item.data_class]
        audit.event(
            parts, person_id, Act.STORE, f"memory:{item.id}", now, {"memories": 1}, classes=classes
        )
    return item


def _told_importance(taken: intake.Intake, given: float | None) -> Importance:
    if given is not None:
        return Importance(min(1.0, max(0.0, given)), {"given": given})
    reading = taken.reading
    found = importance(taken.text, Role.USER, reading.sentences, reading.mentions)
    name = "explicit “remember”"
    terms = dict(found.terms) | {name: WEIGHTS[name]}
    return Importance(min(1.0, max(0.0, sum(terms.values()))), terms)
