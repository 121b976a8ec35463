"""What a turn leaves behind: a message, a hot entry and, if it deserves it, memories; all in one
transaction. ``study`` works everything out first; here it is only written.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime

from memory.flow import audit, entities, hot, inbox, intake, long_term, permission, policies, study
from memory.flow.fading import presence
from memory.flow.long_term import Kept, Place
from memory.flow.parts import Parts
from memory.flow.study import Studied
from memory.records import PERSONALIZATION, Act, Doubt, Learning, Observation, Role
from memory.rules import policy
from memory.rules.importance import TOLD
from memory.store.messages import NewMessage
from memory.store.said import Saying

DEFAULT_CONVERSATION = "default"
ONLY_WHAT_I_SAY = (
    "You chose that only what you say is to be remembered. Begin with “Remember that …” to keep it."
)
MEMORY_OFF = "Memory is off in this conversation, so it stays in the conversation only."
RULES_CHANGED = "Your privacy rules were changed meanwhile. Say it again to have it kept."
REFUSED_MEANWHILE = "The consent to keep what is sensitive was withdrawn meanwhile."


@dataclass(frozen=True, slots=True)
class Written:
    """What of a turn stands in the file."""

    studied: Studied
    """As the person wants it learnt; where nothing is stored, ``skipped`` says why."""
    message_id: int | None = None
    """None: nothing of it may be stored."""
    kept: Kept = field(default_factory=Kept)
    remembers: bool = True
    """Whether memory is on in its conversation."""


def store(
    parts: Parts, studied: Studied, person_id: int, conversation: str, now: datetime
) -> Observation:
    """Write what was studied; joins the caller's transaction or makes its own."""
    with parts.store.transaction():
        written = write(parts, studied, person_id, conversation, now)
        studied, message_id, kept = written.studied, written.message_id, written.kept
        if message_id is None:
            return unstored(studied)
        # what waits is told in its own conversation only
        if written.remembers and studied.doubt is None:
            taken = studied.intake
            said = hot.Interaction(conversation, studied.role, taken.text, taken.data_class)
            hot.keep(parts, person_id, message_id, said, now)
        _audit(parts, person_id, message_id, kept, now)
    if studied.intake.keepable:
        parts.withheld.add(person_id, message_id, studied.intake.keepable, now)
    return Observation(
        message_id=message_id,
        importance=studied.importance,
        stored=kept.stored,
        entities=studied.mentions,
        profile=kept.fields,
        reinforced=kept.reinforced,
        proposed=kept.proposed,
        redactions=studied.intake.masked,
        skipped="" if kept.stored or kept.reinforced or kept.proposed else studied.skipped,
    )


def write(
    parts: Parts,
    studied: Studied,
    person_id: int,
    conversation: str,
    now: datetime,
    *,
    is_past: bool = False,
) -> Written:
    """The message, and what is learnt from it; call it in a transaction, and audit what it did.

    ``is_past``: its conversation was used when it was said, not now.
    """
    if problem := _hindrance(parts, studied, person_id):
        return Written(replace(studied, skipped=problem))
    tables = parts.store
    presence.note(parts, person_id, now)
    if off := not permission.remembers_in(parts, person_id, conversation):
        studied = replace(studied, skipped=MEMORY_OFF, vector=None, drafts=())
    else:
        studied = as_the_person_wants(parts, person_id, studied)
    used_at = studied.said_at if is_past else now
    conversation_id = tables.conversations.open(person_id, conversation, used_at)
    message_id = tables.messages.add(
        person_id, conversation_id, _message(studied, now), used_at=used_at
    )
    where = Place(person_id, conversation_id, message_id)
    kept = long_term.store(parts, studied, where, now)
    if studied.fix is not None and not off:
        kept = long_term.with_solution(parts, kept, studied.fix, studied.doubt, where, now)
    if not (kept.stored or kept.proposed) and _is_noted(parts, person_id, conversation, studied):
        saying = Saying(person_id, studied.said_at, message_id)
        entities.note(parts, saying, studied.mentions, studied.intake.reading.relations)
    return Written(studied, message_id, kept, remembers=not off)


def _hindrance(parts: Parts, studied: Studied, person_id: int) -> str:
    """Why nothing of it may be stored by now, in words."""
    if permission.consenting(parts, studied.user_id, PERSONALIZATION) != person_id:
        return study.NOT_REMEMBERING  # revoked in between
    if not intake.may_hold(parts, person_id, studied.intake.data_class):
        return studied.refused or REFUSED_MEANWHILE
    if policies.of(parts, person_id) != studied.intake.rules:
        return RULES_CHANGED
    return ""


def _audit(parts: Parts, person_id: int, message_id: int, kept: Kept, now: datetime) -> None:
    subject, counts = f"message:{message_id}", {"messages": 1, "memories": len(kept.stored)}
    classes = [item.data_class for item in (*kept.stored, *kept.proposed)]
    audit.event(parts, person_id, Act.STORE, subject, now, counts, classes=classes)
    if kept.proposed:
        waiting = {"memories": len(kept.proposed)}
        audit.event(parts, person_id, Act.PROPOSE, subject, now, waiting)


def as_the_person_wants(parts: Parts, person_id: int, studied: Studied) -> Studied:
    """All of it, only after asking, or only what they say is to be remembered."""
    match inbox.mode(parts, person_id):
        case Learning.ASK if TOLD not in studied.importance.terms:
            return replace(studied, doubt=studied.doubt or Doubt.ASKED)
        case Learning.TOLD if not studied.told:
            return replace(studied, skipped=ONLY_WHAT_I_SAY, vector=None, drafts=(), fix=None)
    return studied


def _is_noted(parts: Parts, person_id: int, conversation: str, studied: Studied) -> bool:
    """Whether what it mentions counts though it is no memory; not where it would wait as one."""
    return studied.doubt is None and permission.is_noted(
        parts, person_id, conversation, studied.role, told=studied.told
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
        note="" if studied.drafts else studied.skipped,
    )


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
    person_id = permission.consenting(parts, user_id, PERSONALIZATION)
    who = intake.chosen(Role, role, "role")
    studied = study.understand(
        parts,
        user_id,
        person_id,
        who,
        text,
        said_at=said_at,
        conversation=conversation,
        speaker=speaker,
    )
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
