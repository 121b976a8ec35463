"""What a turn leaves behind: a message, a hot entry and, if it deserves it, a memory with its
vector, its full-text row, profile fields and entities, all in one transaction.

``study`` works everything out, ``store`` only writes; between the two a caller can still decide
that nothing may be stored.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from memory.errors import ConsentRequired, InvalidInput
from memory.flow import audit, confirmed, derive, entities, hot, inbox, intake, policies
from memory.flow.confirmed import Fix
from memory.flow.derive import Draft
from memory.flow.parts import Parts
from memory.records import (
    PERSONALIZATION,
    REMOTE_MODEL,
    SENSITIVE,
    Act,
    Classification,
    ClassReason,
    DataClass,
    Days,
    Doubt,
    Importance,
    Kind,
    Learning,
    MemoryItem,
    Mention,
    Observation,
    ProfileFact,
    Relation,
    Role,
)
from memory.rules import change, policy
from memory.rules.importance import WEIGHTS, importance
from memory.rules.query import attributed
from memory.store.memories import NewMemory
from memory.store.messages import NewMessage
from memory.store.said import Saying
from memory.store.vectors import Vector

DEFAULT_CONVERSATION = "default"
NO_MEMORY_PURPOSES = frozenset({SENSITIVE, REMOTE_MODEL})
ONE_SITTING = timedelta(hours=1)
"""A turn is understood from the one before it when no more time than that lies between them."""
NOT_REMEMBERING = "Recollect may not remember: there is no consent for personalization."
BY_ITS_STATEMENTS = "It is kept by what it states."
ONLY_WHAT_I_SAY = (
    "You chose that only what you say is to be remembered. Begin with “Remember that …” to keep it."
)
LONG_TURN = 8
"""Sentences; of a longer turn what it states is kept, the rest stays in the conversation."""
TOLD = "explicit “remember”"
"""The term of an importance that says so."""
MEMORY_OFF = "Memory is off in this conversation, so it stays in the conversation only."
RULES_CHANGED = "Your privacy rules were changed meanwhile. Say it again to have it kept."
REFUSED_MEANWHILE = "The consent to keep what is sensitive was withdrawn meanwhile."
REFUSED = "It is sensitive ({topic}), and you have not agreed that such things are kept."


@dataclass(frozen=True, slots=True)
class Kept:
    """What a turn left in long-term memory."""

    stored: tuple[MemoryItem, ...] = ()
    reinforced: tuple[MemoryItem, ...] = ()
    proposed: tuple[MemoryItem, ...] = ()
    fields: tuple[ProfileFact, ...] = ()
    """What of the profile is in use by it."""


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
    """Why the turn as a whole becomes no memory, in words; empty when it does."""
    vector: "Vector | None"
    """Of the turn as a whole, if it becomes a memory."""
    drafts: tuple[Draft, ...]
    """What it states that becomes a memory."""
    happened: Days | None
    doubt: Doubt | None
    speaker: str | None
    said_at: datetime
    fix: Fix | None = None
    """What it confirms of what the assistant proposed."""

    @property
    def refused(self) -> str:
        """Why nothing of it may be stored, in words; empty when it may."""
        return refusal(self.intake)

    @property
    def is_own(self) -> bool:
        """The person speaks for themselves; nobody else states anything of them."""
        return _is_own(self.role, self.speaker, self.user_id)

    @property
    def told(self) -> bool:
        """The person said that it is to be remembered."""
        return self.is_own and TOLD in self.importance.terms


def _is_own(role: Role, speaker: str | None, user_id: str) -> bool:
    return role is Role.USER and speaker in (None, user_id)


def study(
    parts: Parts,
    user_id: str,
    person_id: int | None,
    role: Role,
    text: str,
    *,
    said_at: datetime,
    conversation: str,
    speaker: str | None = None,
) -> Studied:
    """``person_id`` None: nothing may be stored. Raises InvalidInput for a text too long."""
    given = intake.clean(text, parts.settings.max_message_bytes, "message")
    taken = intake.take_in(parts, person_id, given)
    reading = taken.reading
    by_another = not _is_own(role, speaker, user_id)
    weight = importance(
        taken.text, role, reading.sentences, reading.mentions, by_another=by_another
    )
    studied = Studied(
        user_id=user_id,
        role=role,
        intake=taken,
        importance=weight,
        mentions=reading.mentions,
        profile=reading.profile if _is_own(role, speaker, user_id) else (),
        skipped=_reason_to_skip(parts, person_id, taken, weight),
        vector=None,
        drafts=(),
        happened=derive.happened(parts, taken.text, said_at),
        doubt=derive.doubt_of(taken.text),
        speaker=speaker,
        said_at=said_at,
    )
    if person_id is None or taken.refused:
        return studied
    if studied.is_own:
        fix = confirmed.fix(parts, person_id, conversation, taken.text, said_at)
        studied = replace(_with_statements(parts, studied), fix=fix)
    return _embedded(parts, studied)


def _with_statements(parts: Parts, studied: Studied) -> Studied:
    """A long turn is kept by what it states, unless every turn is kept; one that is a single
    statement is that statement."""
    taken = studied.intake
    drafts = derive.drafts(parts, taken, studied.said_at)
    if not drafts:
        return studied
    long = len(taken.reading.sentences) > LONG_TURN and parts.settings.importance_threshold > 0
    if is_whole(drafts, taken.text) or long:
        return replace(studied, drafts=drafts, skipped=BY_ITS_STATEMENTS)
    return replace(studied, drafts=drafts)


def is_whole(drafts: Sequence[Draft], text: str) -> bool:
    """Whether a text is one statement, and nothing beside it."""
    return len(drafts) == 1 and drafts[0].text == text


def _embedded(parts: Parts, studied: Studied) -> Studied:
    """In one batch; a statement that is the whole turn is one text with it."""
    whole = None if studied.skipped else attributed(studied.intake.text, studied.speaker)
    texts = [] if whole is None else [whole]
    texts += [attributed(draft.text, studied.speaker) for draft in studied.drafts]
    if not texts:
        return studied
    vectors = list(parts.embedder.embed(texts))
    vector = None if whole is None else vectors.pop(0)
    drafts = zip(studied.drafts, vectors, strict=True)
    return replace(
        studied,
        vector=vector,
        drafts=tuple(replace(draft, vector=own) for draft, own in drafts),
    )


def of_class_at_least(studied: Studied, data_class: DataClass) -> Studied:
    taken = studied.intake
    found = policy.strictest([taken.data_class, data_class])
    if found is taken.data_class:
        return studied
    classification = Classification(found, ClassReason.CHOSEN)
    drafts = (replace(draft, classification=classification) for draft in studied.drafts)
    return replace(
        studied,
        intake=replace(taken, classification=classification),
        drafts=tuple(drafts),
    )


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
    if 0 < settings.importance_threshold >= weight.score and TOLD not in weight.terms:
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
            return unstored(replace(studied, skipped=studied.refused or REFUSED_MEANWHILE))
        if policies.of(parts, person_id) != studied.intake.rules:
            return unstored(replace(studied, skipped=RULES_CHANGED))
        if off := not remembers_in(parts, person_id, conversation):
            studied = replace(studied, skipped=MEMORY_OFF, vector=None, drafts=())
        else:
            studied = _as_the_person_wants(parts, person_id, studied)
        conversation_id = tables.conversations.open(person_id, conversation, now)
        message_id = tables.messages.add(person_id, conversation_id, _message(studied, now))
        if not off and studied.doubt is None:  # what waits is told in its own conversation only
            taken = studied.intake
            said = hot.Interaction(conversation, studied.role, taken.text, taken.data_class)
            hot.keep(parts, person_id, message_id, said, now)
        where = Place(person_id, conversation_id, message_id)
        kept = _store_memories(parts, studied, where, now)
        if studied.fix is not None and not off:
            kept = _with_solution(parts, kept, studied.fix, where, now)
        if not (kept.stored or kept.proposed) and is_noted(
            parts, person_id, conversation, studied.role
        ):
            saying = Saying(person_id, studied.said_at, message_id)
            entities.note(parts, saying, studied.mentions, studied.intake.reading.relations)
        counts = {"messages": 1, "memories": len(kept.stored)}
        classes = [item.data_class for item in (*kept.stored, *kept.proposed)]
        audit.event(
            parts, person_id, Act.STORE, f"message:{message_id}", now, counts, classes=classes
        )
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


def _as_the_person_wants(parts: Parts, person_id: int, studied: Studied) -> Studied:
    """All of it, only after asking, or only what they say is to be remembered."""
    match inbox.mode(parts, person_id):
        case Learning.ASK if TOLD not in studied.importance.terms:
            return replace(studied, doubt=studied.doubt or Doubt.ASKED)
        case Learning.TOLD if not studied.told:
            return replace(studied, skipped=ONLY_WHAT_I_SAY, vector=None, drafts=())
    return studied


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


@dataclass(frozen=True, slots=True)
class Place:
    """Where a turn was said, by its rows."""

    person_id: int
    conversation_id: int
    message_id: int


def _store_memories(parts: Parts, studied: Studied, where: Place, now: datetime) -> Kept:
    """The turn, verbatim and dated (article, section 1: episodic memory), and what it states
    (semantic and procedural memory)."""
    follows = _turn_before(parts, where.conversation_id, studied.said_at)
    made = _store_turn(parts, studied, where, follows, now)
    rest = _rest(studied) if any(item.doubt is None for item in made) else ()
    fields = dict.fromkeys(rest)
    again: dict[int, MemoryItem] = {}
    whole = is_whole(studied.drafts, studied.intake.text)
    message_id = where.message_id if studied.vector is None else None
    for draft in studied.drafts:
        if not intake.may_hold(parts, where.person_id, draft.classification.data_class):
            continue
        new = _part(studied, draft, where, now)
        if whole:
            new = replace(new, is_turn=True, follows=follows)
        new, superseded, same = derive.settle(parts, where.person_id, new, draft, now)
        if same is None:
            relations = () if studied.vector is not None else _related_in(studied, draft)
            part = _store_part(parts, where.person_id, new, draft, superseded, relations, now)
            made.append(part)
            fields |= {} if new.doubt else dict.fromkeys(draft.profile)
        elif same.source_message_id != where.message_id:
            again[same.id] = derive.say_again(
                parts,
                where.person_id,
                same,
                said_at=studied.said_at,
                message_id=message_id,
                now=now,
            )
    return _kept(parts, [item.id for item in made], list(again), tuple(fields))


def _with_solution(parts: Parts, kept: Kept, fix: Fix, where: Place, now: datetime) -> Kept:
    """What the assistant proposed, now that the person says that it worked."""
    new = confirmed.memory_of(parts, where.person_id, where.conversation_id, fix, now)
    if new is None:
        return kept
    item = write(parts, where.person_id, new, fix.vector, (), ())
    return replace(kept, stored=(*kept.stored, item))


def _kept(
    parts: Parts, made: Sequence[int], again: Sequence[int], fields: tuple[ProfileFact, ...]
) -> Kept:
    """As they stand when all is stored: one part of a turn may have superseded another."""
    stored = sorted(parts.store.memories.many(made), key=lambda item: item.id)
    reinforced = sorted(parts.store.memories.many(again), key=lambda item: item.id)
    return Kept(
        tuple(item for item in stored if item.doubt is None),
        tuple(item for item in reinforced if item.doubt is None),
        tuple(item for item in (*stored, *reinforced) if item.doubt is not None),
        fields,
    )


def _related_in(studied: Studied, draft: Draft) -> tuple[Relation, ...]:
    """Who does what, in one statement; where the turn is kept as a whole, it tells that."""
    place = draft.statement.sentence
    return tuple(each for each in studied.intake.reading.relations if each.sentence == place)


def _store_turn(
    parts: Parts, studied: Studied, where: Place, follows: int | None, now: datetime
) -> list[MemoryItem]:
    """Nothing, when it becomes no memory as a whole. What its statements say of the person is
    theirs."""
    if studied.vector is None:
        return []
    new = replace(_turn(studied, where, now), follows=follows)
    found = studied.mentions, studied.intake.reading.relations
    return [write(parts, where.person_id, new, studied.vector, _rest(studied), *found)]


def _rest(studied: Studied) -> tuple[ProfileFact, ...]:
    """What none of its statements says."""
    of_parts = {fact for draft in studied.drafts for fact in draft.profile}
    return tuple(fact for fact in studied.profile if fact not in of_parts)


def _store_part(
    parts: Parts,
    person_id: int,
    new: NewMemory,
    draft: Draft,
    superseded: Sequence[MemoryItem],
    relations: Sequence[Relation],
    now: datetime,
) -> MemoryItem:
    assert draft.vector is not None, "drafts are embedded when they are studied"
    item = write(parts, person_id, new, draft.vector, draft.profile, draft.mentions, relations)
    if new.doubt is None:
        derive.take_place(parts, person_id, item, superseded, now)
    return item


def _turn(studied: Studied, where: Place, now: datetime) -> NewMemory:
    taken = studied.intake
    return NewMemory(
        kind=Kind.EPISODE,
        text=taken.text,
        classification=taken.classification,
        purpose=PERSONALIZATION,
        importance=studied.importance,
        pinned=False,
        created_at=now,
        said_at=studied.said_at,
        expires_at=policy.expires_at(taken.data_class, now, taken.rules),
        source_message_id=where.message_id,
        conversation_id=where.conversation_id,
        speaker=studied.speaker or _unnamed(studied.role),
        is_turn=True,
        happened=studied.happened,
        doubt=studied.doubt,
    )


def _part(studied: Studied, draft: Draft, where: Place, now: datetime) -> NewMemory:
    return replace(
        _turn(studied, where, now),
        kind=draft.statement.kind,
        text=draft.text,
        classification=draft.classification,
        importance=draft.importance,
        expires_at=policy.expires_at(draft.classification.data_class, now, studied.intake.rules),
        statement=draft.statement,
        topic=change.topic(draft.statement),
        is_turn=False,
        happened=draft.happened,
        doubt=studied.doubt or derive.doubt_of(draft.text),
    )


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
    relations: Sequence[Relation] = (),
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
    saying = Saying(person_id, new.said_at, new.source_message_id, ident)
    entities.note(parts, saying, mentions, relations)
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
    studied = study(
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


def remembers_in(parts: Parts, person_id: int, conversation: str) -> bool:
    """Whether memories are used in a conversation and made of it; one not begun yet remembers."""
    found = parts.store.conversations.find(person_id, conversation)
    return found is None or parts.store.conversations.remembers(found)


def is_noted(parts: Parts, person_id: int, conversation: str, role: Role) -> bool:
    """Whether what is mentioned in a message counts though no memory is made of it."""
    return role is Role.USER and remembers_in(parts, person_id, conversation)


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
    reading = taken.reading
    with parts.store.transaction():
        if consenting(parts, user_id, purpose) != person_id:
            raise ConsentRequired(purpose)  # revoked in between
        intake.check_rules(parts, person_id, taken)
        found = reading.mentions, reading.relations
        item = write(parts, person_id, new, vector, reading.profile, *found)
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
    terms = dict(found.terms) | {TOLD: WEIGHTS[TOLD]}
    return Importance(min(1.0, max(0.0, sum(terms.values()))), terms)
