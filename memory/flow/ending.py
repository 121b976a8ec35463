"""When an answer has ended: it is kept where its question is kept, with what it was built on, how
it came about, and for some days exactly what a model was given for it.

What a model says is taken in as what a person says: masked, and of a class of its own.
"""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from memory.errors import NotFound, StoreUnavailable
from memory.flow import audit, conversations, hot, intake, policies, recall, study, turn
from memory.flow.parts import Parts
from memory.flow.reply import Reply
from memory.flow.sending import recording
from memory.flow.transcripts import BuiltOn, Provenance
from memory.flow.turn import Turn
from memory.records import (
    Act,
    Answered,
    DataClass,
    KeptContext,
    Label,
    ModelPlace,
    PrivacyRules,
    Role,
    Source,
    Usage,
)
from memory.rules import policy, spending
from memory.store.messages import NewMessage

CONTEXT_DAYS = 7
"""How long it can be looked up what a model was given."""
TELLS_UNSTORABLE = "It may tell what is kept nowhere, so it is not kept either."
GIVEN_AS_A_LINE = "It was given as a line of the profile or of a name, or as said in this chat."


@dataclass(frozen=True, slots=True)
class _Ended:
    """An answer that has ended, as it may be kept."""

    this: Turn
    reply: Reply
    now: datetime
    text: str
    masked: tuple[Label, ...]
    data_class: DataClass
    """The strictest of what it says, answers, was built on and was given."""


def keep(parts: Parts, this: Turn, reply: Reply, *, counts: bool = True) -> int | None:
    """The id that the answer is kept by. None where nothing is kept: what it was built on is gone,
    it was only rehearsed, or nothing came in the place of an answer that stands."""
    now = parts.clock()
    reply.usage = _usage(parts, reply)
    # what came to nothing leaves the answer that is to be given anew
    if this.request.rehearsed or (not reply.text.strip() and _stands(parts, this)):
        recording.record_unkept(parts, this, reply, now)
        return None
    ended, hindrance = _as_kept(parts, this, reply, now)
    if this.stores_for is not None and not hindrance:
        try:
            return _keep_in_file(parts, ended, this.stores_for, counts=counts)
        except StoreUnavailable as error:
            recording.record_unkept(parts, this, reply, now)
            return _keep_in_process(parts, ended, str(error))
    recording.record_unkept(parts, this, reply, now)
    return _keep_in_process(parts, ended, hindrance, may_be_stored=not hindrance)


def _keep_in_file(parts: Parts, ended: _Ended, person_id: int, *, counts: bool) -> int | None:
    """The answer and its row in the ledger, or neither; of one that may not be kept, the row."""
    with parts.store.transaction():
        may = _may_keep(parts, ended, person_id)
        message_id = _record(parts, ended, person_id, counts=counts) if may else None
        recording.record(parts, ended.this, ended.reply, ended.now, message_id)
        return message_id


def _stands(parts: Parts, this: Turn) -> bool:
    """Whether there is an answer already, and it says anything."""
    old = this.request.old_answer
    if old is None:
        return False
    with suppress(NotFound):  # erased meanwhile
        return bool(conversations.message(parts, old).text)
    return False


def _usage(parts: Parts, reply: Reply) -> Usage:
    """As its server counted, or as is counted here; some say that they were given nothing."""
    usage = None if reply.stream is None else reply.stream.usage
    if usage is None or not usage.context_tokens:
        given = 0 if reply.sent is None else reply.sent.report.tokens
        usage = Usage(given, parts.tokens.count(reply.text))
    if reply.stream is not None and not reply.stream.asked:
        return replace(usage, cost=0.0)
    return replace(usage, cost=spending.cost(reply.by, usage, reply.ending, came=bool(reply.text)))


def _as_kept(parts: Parts, this: Turn, reply: Reply, now: datetime) -> tuple[_Ended, str]:
    """Also, in words, why it may not be stored, if it may not. The built-in answerer says what is
    stored, and nothing else."""
    classes = [this.studied.intake.data_class]
    classes += [source.item.data_class for source in reply.sources]
    if reply.sent is None:
        data_class = policy.strictest(classes)
        return _Ended(this, reply, now, reply.text, (), data_class), ""
    taken = intake.take_in(parts, this.stores_for, reply.text, learnt_from=False)
    data_class = policy.strictest([*classes, reply.sent.data_class, taken.data_class])
    if this.stores_for is None:
        return _Ended(this, reply, now, reply.text, (), data_class), ""
    ended = _Ended(this, reply, now, taken.text, taken.labels, data_class)
    if reply.sent.holds_unstorable:
        return ended, TELLS_UNSTORABLE
    return ended, study.refusal(taken)


def _keep_in_process(
    parts: Parts, ended: _Ended, note: str = "", *, may_be_stored: bool = True
) -> int | None:
    """None when what it was built on, or the chat that it belongs to, is gone by now."""
    request = ended.this.request
    in_process = ended.reply.observation.message_id is None
    chat_is_gone = in_process and not parts.transcripts.messages(
        request.user_id, request.conversation
    )
    if chat_is_gone or not is_there(parts, ended.reply):
        return None
    if request.old_answer is not None:
        parts.transcripts.remove(request.user_id, request.old_answer)
    return parts.transcripts.add(
        request.user_id,
        request.conversation,
        Role.ASSISTANT,
        ended.text,
        now=ended.now,
        state=ended.reply.state,
        masked=ended.masked,
        note=note or ended.this.unsaved,
        data_class=ended.data_class,
        may_be_stored=may_be_stored and ended.this.may_be_stored,
        provenance=Provenance(
            _answered(ended.reply),
            _kept_context(parts, ended, None),
            tuple(
                BuiltOn(each.item.id, each.score, each.similarity, each.terms, each.reason)
                for each in (*ended.reply.sources, *_given(parts, ended.reply))
            ),
            () if ended.reply.sent is None else ended.reply.sent.message_ids,
        ),
    )


def _may_keep(parts: Parts, ended: _Ended, person_id: int) -> bool:
    return (
        ended.reply.observation.message_id is not None
        and is_there(parts, ended.reply)
        and intake.may_hold(parts, person_id, ended.data_class)
    )


def is_there(parts: Parts, reply: Reply) -> bool:
    """Not when its question, or anything it was built on or given, was erased while it streamed
    (as a revoked consent does too): it would bring back what must be gone."""
    asked, sent = reply.observation.message_id, reply.sent
    messages = {*(() if asked is None else (asked,)), *(sent.message_ids if sent else ())}
    memories = {source.item.id for source in reply.sources} | set(sent.memory_ids if sent else ())
    return parts.store.messages.are_kept(messages) and len(
        parts.store.memories.many(list(memories))
    ) == len(memories)


def _record(parts: Parts, ended: _Ended, person_id: int, *, counts: bool) -> int:
    """The answer, what it was built on, and the audit; call it in a transaction."""
    request, reply, now = ended.this.request, ended.reply, ended.now
    if request.asked_in is not None:
        turn.replace_answers(parts, person_id, request.asked_in, now)
    if request.old_answer is not None:  # one that could not be saved stands in the process
        parts.transcripts.remove(request.user_id, request.old_answer)
    conversation = request.conversation
    conversation_id = parts.store.conversations.open(person_id, conversation, now)
    new = _message(ended, policies.of(parts, person_id))
    message_id = parts.store.messages.add(person_id, conversation_id, new)
    counts = counts and bool(reply.text)  # nothing was made of it where nothing came
    recall.use(parts, reply.sources, message_id=message_id, now=now, counts=counts)
    recall.use(parts, _given(parts, reply), message_id=message_id, now=now, counts=False)
    parts.store.answers.add(message_id, _answered(reply))
    kept = _kept_context(parts, ended, new.expires_at)
    if reply.sent is not None and kept is not None:
        asked = reply.observation.message_id
        went_in = (*reply.sent.message_ids, *(() if asked is None else (asked,)))
        parts.store.contexts.add(message_id, kept, reply.sent.memory_ids, went_in)
    if reply.text and parts.store.conversations.remembers(conversation_id):
        said = hot.Interaction(conversation, Role.ASSISTANT, ended.text, ended.data_class)
        hot.keep(parts, person_id, message_id, said, now)
    used = {"memories": len(reply.sources)}
    classes = [source.item.data_class for source in reply.sources]
    audit.event(parts, person_id, Act.RECALL, f"message:{message_id}", now, used, classes=classes)
    return message_id


def _answered(reply: Reply) -> Answered:
    assert reply.usage is not None
    stream = reply.stream
    return Answered(
        model=reply.model,
        is_local=reply.by.place is not ModelPlace.REMOTE,
        ending=reply.ending,
        context_tokens=reply.usage.context_tokens,
        answer_tokens=reply.usage.answer_tokens,
        counted_by_model=reply.usage.counted_by_model,
        first_seconds=None if stream is None else stream.first_seconds,
        total_seconds=None if stream is None else stream.total_seconds,
    )


def _kept_context(
    parts: Parts, ended: _Ended, answer_expires_at: datetime | None
) -> KeptContext | None:
    """None from the built-in answerer; never longer than the answer. What is masked in the file
    is not told by what was sent either."""
    reply, now = ended.reply, ended.now
    sent = reply.sent
    if sent is None:
        return None
    until = now + timedelta(days=CONTEXT_DAYS)
    if answer_expires_at is not None:
        until = min(until, answer_expires_at)
    rules = policies.of(parts, parts.store.people.find(ended.this.request.user_id))
    readable = policy.kept_readable(reply.pseudonyms, rules)
    return KeptContext(tuple(sent.messages), sent.report, now, until, readable)


def _given(parts: Parts, reply: Reply) -> list[Source]:
    """Memories that a model was given as lines of the profile or of entities, or as what was just
    said: what it made of them goes with them."""
    if reply.sent is None:
        return []
    used = {source.item.id for source in reply.sources}
    others = [ident for ident in reply.sent.memory_ids if ident not in used]
    return [
        Source(item, 0.0, 0.0, {}, GIVEN_AS_A_LINE) for item in parts.store.memories.many(others)
    ]


def _message(ended: _Ended, rules: PrivacyRules) -> NewMessage:
    return NewMessage(
        role=Role.ASSISTANT,
        text=ended.text,
        created_at=ended.now,
        said_at=ended.now,
        data_class=ended.data_class,
        expires_at=policy.expires_at(ended.data_class, ended.now, rules),
        state=ended.reply.state,
        masked=ended.masked,
        answers=ended.reply.observation.message_id,
    )
