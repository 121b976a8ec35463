"""Learning with a model: it reads a message beside the rules, and what it finds waits in the inbox.

A model can only propose. What comes of its output is stored as a proposal, by our own rules of
class, masking and secrets, or not at all: nothing here erases, exports or takes into use. What the
rules found stands whatever becomes of it.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from memory.errors import InvalidInput, NotFound
from memory.flow import audit, chat_models, derive, intake, long_term, policies
from memory.flow.afterwards import read_along
from memory.flow.afterwards.read_along import Asked
from memory.flow.parts import Parts
from memory.protocols import Model, Structured
from memory.records import (
    PERSONALIZATION,
    Act,
    Action,
    Classification,
    ClassReason,
    Days,
    Doubt,
    Importance,
    Kind,
    MemoryItem,
    ModelReading,
    Outcome,
    Role,
    Statement,
    Status,
    Suggestion,
    Unusable,
)
from memory.rules import change, grounding, policy
from memory.rules.importance import importance, of_statement
from memory.rules.meant import CLEAR_SIMILARITY
from memory.rules.repeats import repeats, telling
from memory.store.memories import NewMemory
from memory.store.vectors import Vector

NEAR = 8
"""Known memories that a suggestion is compared with."""


def learn(
    parts: Parts, model: Model, user_id: str, message_id: int, stop: threading.Event
) -> ModelReading | None:
    """Ask the model what a stored message says, and put what is new of that into the inbox.

    None when nothing was asked, or nothing kept of it: where the person did not choose so, the
    message is gone or was read before, or ``stop`` was set. Raises StoreUnavailable.
    """
    asked = read_along.ask_about(parts, model, user_id, message_id, parts.clock())
    if asked is None or not isinstance(model, Structured):
        return None
    output = read_along.output_of(parts, model, chat_models.answerer(model), asked, stop)
    if output is None:
        return None
    found = output if isinstance(output, Unusable) else parts.suggestions.read(output, asked.shown)
    drafts = () if isinstance(found, Unusable) else _drafts(parts, asked, found)
    return _store(parts, model, asked, found, drafts, parts.clock())


# -- what is made of it ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Draft:
    """A suggestion as it may be stored."""

    kind: Kind
    taken: intake.Intake
    classification: Classification
    target: MemoryItem | None
    statement: Statement | None
    happened: Days | None
    vector: Vector
    is_rewording: bool


def _drafts(parts: Parts, asked: Asked, suggestions: Sequence[Suggestion]) -> tuple[_Draft, ...]:
    """Those that the message supports, and that may be kept."""
    drafts: list[_Draft] = []
    for suggestion in suggestions:
        draft = _draft(parts, asked, suggestion)
        said = [telling(each.taken.text) for each in drafts]
        if draft is not None and not repeats(telling(draft.taken.text), said):
            drafts.append(draft)
    return tuple(drafts)


def _draft(parts: Parts, asked: Asked, suggestion: Suggestion) -> _Draft | None:
    if suggestion.action is Action.NOTHING:
        return None
    try:
        given = intake.clean(suggestion.text, parts.settings.max_memory_bytes, "memory")
    except InvalidInput:
        return None  # it shows nothing
    target = _target(asked, suggestion)
    text = _as_said(asked, suggestion, target, parts.language.sentences(given))
    if not text:
        return None
    taken = intake.take_in(parts, asked.person_id, text)
    if taken.refused or grounding.states_nothing(taken.reading.parsed):
        return None
    stated = derive.stated(taken.reading, taken.text)
    whole = stated[0] if len(stated) == 1 and stated[0].text == taken.text else None
    kind = whole.kind if whole else suggestion.kind  # by its grammar it is surer
    is_episode = kind is Kind.EPISODE
    return _Draft(
        kind=kind,
        taken=taken,
        classification=_class_of(taken, target),
        target=target,
        statement=whole,
        happened=derive.happened(parts, taken.text, asked.message.said_at) if is_episode else None,
        vector=parts.embedder.embed([taken.text])[0],
        is_rewording=suggestion.action is Action.UPDATE,
    )


def _as_said(
    asked: Asked, suggestion: Suggestion, target: MemoryItem | None, sentences: Sequence[str]
) -> str:
    """The first sentence that the message supports, and more only of a procedure: small models go
    round in circles until they are cut off in one, and add what they think of it."""
    whole = [each for each in sentences if each.endswith((".", "!", "?"))] or sentences[:1]
    known = [target.text] if target else []
    question = asked.question.text if asked.question else ""
    grounded = [
        each
        for each in dict.fromkeys(whole)
        if grounding.is_grounded(each, asked.said, known, question)
    ]
    return " ".join(grounded if suggestion.kind is Kind.PROCEDURE else grounded[:1])


def _target(asked: Asked, suggestion: Suggestion) -> MemoryItem | None:
    if suggestion.target is None or not suggestion.action.is_about_known:
        return None
    return asked.known[suggestion.target - 1]


def _class_of(taken: intake.Intake, target: MemoryItem | None) -> Classification:
    """By its own words, and no laxer than what it would take the place of."""
    found = taken.classification
    if target is None:
        return found
    strictest = policy.strictest([found.data_class, target.data_class])
    if strictest is found.data_class:
        return found
    return Classification(strictest, target.class_reason or ClassReason.CHOSEN)


# -- into the inbox -------------------------------------------------------------------------


def _store(
    parts: Parts,
    model: Model,
    asked: Asked,
    found: Sequence[Suggestion] | Unusable,
    drafts: Sequence[_Draft],
    now: datetime,
) -> ModelReading | None:
    """What is new of it, and what came of the reading; nothing when anything that the model was
    given is gone by now, or may not be read any more."""
    with parts.store.transaction():
        if not _may_keep(parts, asked):
            return None
        made = [item for draft in drafts if (item := _propose(parts, asked, draft, now))]
        if isinstance(found, Unusable):
            reading = ModelReading(Outcome.UNUSABLE, unusable=found)
        else:
            outcome = Outcome.PROPOSED if made else Outcome.NOTHING_NEW
            reading = ModelReading(outcome, len(made))
        parts.store.model_readings.record(asked.message.id, reading)
        _audit(parts, model, asked, made, now)
        return reading


def _may_keep(parts: Parts, asked: Asked) -> bool:
    try:
        message = parts.store.messages.get(asked.message.id)
    except NotFound:
        return False
    still = parts.store.memories.many([item.id for item in asked.known])
    kept = {item.id: item.text for item in still if item.status is not Status.FORGOTTEN}
    return (
        message.text == asked.message.text
        and read_along.may_read(parts, asked.user_id, message) == asked.person_id
        and (asked.question is None or parts.store.messages.is_kept(asked.question.id))
        and kept == {item.id: item.text for item in asked.known}
    )


def _propose(parts: Parts, asked: Asked, draft: _Draft, now: datetime) -> MemoryItem | None:
    """None for what is known already, or may not be kept."""
    if policies.of(parts, asked.person_id) != draft.taken.rules:
        return None
    if not intake.may_hold(parts, asked.person_id, draft.classification.data_class):
        return None
    if _is_known(parts, asked, draft, now):
        return None
    new = _new(parts, asked, draft, now)
    if draft.statement is not None and draft.target is None:
        new, newer_than, same = derive.settle(parts, asked.person_id, new, draft.statement, now)
        if same is not None:
            return None
        if newer_than and new.rival_id is None:
            new = replace(new, rival_id=newer_than[-1].id)
    reading = draft.taken.reading
    mentioned = reading.mentions, reading.relations
    return long_term.write(parts, asked.person_id, new, draft.vector, reading.profile, *mentioned)


def _is_known(parts: Parts, asked: Asked, draft: _Draft, now: datetime) -> bool:
    """Whether something says the same: what the rules found in the message, also if the person took
    it back; what waits; or what is near to it in meaning."""
    tables = parts.store
    near = tables.vectors.search(asked.person_id, draft.vector, NEAR, now)
    own = tables.memories.from_message(asked.message.id)
    waiting = tables.statements.proposed(asked.person_id, now)
    close = {ident for ident, cosine in near if cosine >= CLEAR_SIMILARITY}
    others = [*own, *waiting, *tables.memories.many([ident for ident, _ in near]), *asked.known]
    text = draft.taken.text
    if any(telling(text) == telling(item.text) for item in others):
        return True  # also a turn, whole
    by_id = {item.id: item for item in others if read_along.states(item)}
    if repeats(telling(text), (telling(item.text) for item in by_id.values())):
        return True
    target = draft.target.id if draft.target else None
    return any(
        grounding.say_alike(text, item.text)
        for item in by_id.values()
        if item.id in close and item.id != target
    )


def _new(parts: Parts, asked: Asked, draft: _Draft, now: datetime) -> NewMemory:
    statement = draft.statement
    message = asked.message
    expires = policy.expires_at(draft.classification.data_class, now, draft.taken.rules)
    return NewMemory(
        kind=draft.kind,
        text=draft.taken.text,
        classification=draft.classification,
        purpose=PERSONALIZATION,
        importance=_importance(draft),
        pinned=False,
        created_at=now,
        said_at=message.said_at,
        expires_at=expires,
        source_message_id=message.id,
        conversation_id=parts.store.conversations.find(asked.person_id, message.conversation_id),
        statement=statement,
        topic=change.topic(statement) if statement else "",
        happened=draft.happened,
        doubt=_doubt(asked, draft),
        rival_id=draft.target.id if draft.target else None,
        by_model=True,
    )


def _importance(draft: _Draft) -> Importance:
    reading = draft.taken.reading
    if draft.statement is not None:
        return of_statement(draft.statement, reading.mentions)
    return importance(draft.taken.text, Role.USER, reading.sentences, reading.mentions)


def _doubt(asked: Asked, draft: _Draft) -> Doubt:
    """What is read in a message that reads like an instruction is of its making."""
    if found := derive.doubt_of(asked.message.text) or derive.doubt_of(draft.taken.text):
        return found
    return Doubt.REWORDING if draft.is_rewording else Doubt.MODEL


def _audit(
    parts: Parts, model: Model, asked: Asked, made: Sequence[MemoryItem], now: datetime
) -> None:
    thing = f"message:{asked.message.id}"
    where = chat_models.answerer(model).place
    audit.event(parts, asked.person_id, Act.MODEL_CALL, "model", now, scope=where)
    if made:
        counts, classes = {"memories": len(made)}, [item.data_class for item in made]
        audit.event(parts, asked.person_id, Act.PROPOSE, thing, now, counts, classes=classes)
