"""The answer to a turn: from a model or built in, in a stream, recorded when it ends.

The person's message is stored before the first word of the answer, the answer when its stream
ends, however it ends: a stopped answer is kept as far as it came.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from memory.errors import ModelNotConnected, StoreUnavailable
from memory.flow import (
    audit,
    commands,
    context,
    hot,
    intake,
    permission,
    policies,
    recall,
    sending,
    study,
    turn,
)
from memory.flow.answering import answer
from memory.flow.answering.knowledge import Kept, Knowledge, Used
from memory.flow.parts import Parts
from memory.flow.turn import Request, Turn
from memory.protocols import Model
from memory.records import (
    PERSONALIZATION,
    Act,
    Context,
    DataClass,
    Label,
    MemoryItem,
    MessageState,
    Observation,
    PrivacyRules,
    Recalled,
    Role,
    Source,
    StatedField,
    Usage,
)
from memory.rules import policy
from memory.rules.talk import dates, wording
from memory.rules.talk.commands import FORGETS, Command
from memory.store.messages import NewMessage

TELLS_UNSTORABLE = "It may tell what is kept nowhere, so it is not kept either."
GIVEN_AS_A_LINE = "It was given as a line of the profile or of a name, or as said in this chat."
WORD = re.compile(r"\s*\S+\s*")

Finish = Callable[["Reply", MessageState], int | None]


class Reply:
    """An answer that streams, and records itself when it ends.

    Iterate to get its pieces; ``close`` stops it and keeps what has arrived. ``observation`` is
    there from the start; ``text``, ``sources``, ``usage`` and ``message_id`` when it has ended.
    """

    def __init__(
        self,
        pieces: Iterator[str],
        finish: Finish,
        *,
        conversation_id: str,
        observation: Observation,
        sources: tuple[Source, ...],
        sent: Context | None,
        called: str = "",
    ) -> None:
        self.conversation_id = conversation_id
        self.observation = observation
        self.sources = sources
        self.sent = sent
        """What a model was given; None from the built-in answerer, which is given nothing."""
        self.called = called
        """Where the model is that was called: local or remote; empty for the built-in answerer."""
        self.text = ""
        self.usage: Usage | None = None
        self.message_id: int | None = None
        self._pieces = pieces
        self._finish = finish
        self._ended = False

    def __iter__(self) -> Iterator[str]:
        complete = False
        try:
            for piece in () if self._ended else self._pieces:
                self.text += piece
                yield piece
            complete = True
        finally:
            self._end(MessageState.COMPLETE if complete else MessageState.PARTIAL)

    def read(self) -> str:
        """The whole answer."""
        for _ in self:
            pass
        return self.text

    def close(self) -> None:
        """Stop, if it has not ended yet."""
        self._end(MessageState.PARTIAL)

    def _end(self, state: MessageState) -> None:
        if not self._ended:
            self._ended = True
            self.message_id = self._finish(self, state)


def respond(parts: Parts, request: Request, model: Model | str | None) -> Reply:
    """Raises InvalidInput, or BudgetExceeded for a model, before anything is stored."""
    chosen = _choose(parts, model)
    understood = turn.understand(parts, request)
    command = commands.read(understood)
    if command is not None and command.wish in FORGETS:
        return _forgetting(parts, commands.unlearnt(understood), command)
    if chosen is None or commands.is_answered_from_memory(parts, understood, command):
        # no context is given, so none has to fit a budget
        return _built_in(parts, *turn.store(parts, understood))
    asked = sending.limited(
        parts, chosen, turn.for_context(parts, understood), understood.studied.intake.data_class
    )
    assembled = context.assemble(parts, asked)
    stored = understood.stores_for is not None
    given = sending.masked(parts, chosen, asked, assembled, stored=stored)
    this, observation = turn.store(parts, understood)
    return Reply(
        sending.stream(parts, chosen, request.user_id, given.messages),
        lambda reply, state: _end(parts, this, reply, state, given.report.tokens),
        conversation_id=request.conversation,
        observation=observation,
        sources=_sources(given.recalled),
        sent=given,
        called=sending.place_of(chosen),
    )


def regenerate(
    parts: Parts, user_id: str, answer_id: int, model: Model | str | None, without: Sequence[int]
) -> Reply:
    """The last answer of a conversation given anew, from what is known now; the old one goes when
    the new one has ended. Raises NotFound or InvalidInput when it cannot be."""
    asked = turn.question_of(parts, user_id, answer_id)
    request = Request(
        user_id,
        asked.text,
        asked.conversation_id,
        without=tuple(without),
        private=asked.id < 0 and not asked.note,
        asked_in=asked.id,
        asked_class=asked.data_class,
        old_answer=answer_id,
        unsaved=asked.note if asked.id < 0 else "",
    )
    return respond(parts, request, model)


def _choose(parts: Parts, model: Model | str | None) -> Model | None:
    """None for the built-in answerer."""
    if isinstance(model, str):
        raise ModelNotConnected(model)
    return model or parts.model


def _forgetting(parts: Parts, understood: Turn, command: Command) -> Reply:
    this, observation = turn.store(parts, understood)
    done = commands.carry_out(parts, this, observation, command, _why_off(parts, this))
    return Reply(
        iter(WORD.findall(done.text)),
        lambda reply, state: _end(parts, this, reply, state, 0, counts=False),
        conversation_id=this.request.conversation,
        observation=observation,
        sources=done.sources,
        sent=None,
    )


def _built_in(parts: Parts, this: Turn, observation: Observation) -> Reply:
    found = answer.answer(
        this.studied.intake.text,
        _knowledge(parts, this, observation),
        embedder=parts.embedder,
        language=parts.language,
    )
    return Reply(
        iter(WORD.findall(found.text)),
        lambda reply, state: _end(parts, this, reply, state, 0, counts=not found.listed),
        conversation_id=this.request.conversation,
        observation=observation,
        sources=_used(parts, this, found.used),
        sent=None,
    )


def _knowledge(parts: Parts, this: Turn, observation: Observation) -> Knowledge:
    """What was known before this turn, without what is to be left out."""
    now, person_id = this.studied.said_at, this.recalls_for
    fields = [] if person_id is None else parts.store.profile.fields(person_id, now)
    here = now.astimezone(dates.LOCAL)
    left_out = {*this.without, *(item.id for item in observation.stored)}

    def stated() -> list[StatedField]:
        said = [] if person_id is None else parts.store.profile.stated(person_id, now)
        return [each for each in said if each.field.source_memory_id not in left_out]

    return Knowledge(
        profile=tuple(field for field in fields if field.source_memory_id not in left_out),
        recalled=this.recalled,
        kept=_kept(parts, person_id, now, left_out),
        now=here,
        observation=observation,
        off=_why_off(parts, this),
        stated=stated,
        held=lambda moment: _recallable(parts, person_id, now, left_out, until=moment),
        times=lambda text: parts.calendar.times(text, here),
    )


def _kept(parts: Parts, person_id: int | None, now: datetime, left_out: Collection[int]) -> Kept:
    def load() -> list[MemoryItem]:
        return _recallable(parts, person_id, now, left_out)

    def get(memory_id: int) -> MemoryItem | None:
        found = [] if memory_id in left_out else parts.store.memories.many([memory_id])
        return next((item for item in found if item.in_use), None)

    return Kept(load, get)


def _recallable(
    parts: Parts,
    person_id: int | None,
    now: datetime,
    left_out: Collection[int],
    *,
    until: datetime | None = None,
) -> list[MemoryItem]:
    """``until``: what had been said by then, and held then."""
    found = [] if person_id is None else parts.store.memories.recallable(person_id, now, until)
    return [item for item in found if item.id not in left_out]


def _why_off(parts: Parts, this: Turn) -> str:
    """Why nothing of this turn is remembered; empty when it is."""
    if this.studied.refused:
        return wording.not_kept(this.studied.refused)
    if this.unsaved:
        return wording.not_saved(this.unsaved)
    if permission.consenting(parts, this.request.user_id, PERSONALIZATION) is None:
        return wording.REMEMBERING_IS_OFF
    if this.request.private:
        return wording.CHAT_IS_PRIVATE
    return "" if this.recalls_for is not None else wording.MEMORY_IS_OFF


def _used(parts: Parts, this: Turn, used: Sequence[Used]) -> tuple[Source, ...]:
    """The memories an answer was built on, as the answerer says why; recall's score if it has one.

    A field's memory, or a listed one, may be none that recall found.
    """
    ranked = {result.item.id: result for result in this.recalled}
    others = parts.store.memories.many([u.memory_id for u in used if u.memory_id not in ranked])
    by_id = {source.item.id: source for source in _sources(ranked.values())}
    by_id |= {item.id: Source(item, 0.0, 0.0, {}, "") for item in others}
    return tuple(
        replace(by_id[use.memory_id], reason=use.reason) for use in used if use.memory_id in by_id
    )


def _sources(recalled: Iterable[Recalled]) -> tuple[Source, ...]:
    return tuple(Source(r.item, r.score, r.similarity, r.terms, r.reason) for r in recalled)


# -- when it has ended ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Ended:
    """An answer that has ended, as it may be kept."""

    this: Turn
    reply: Reply
    state: MessageState
    now: datetime
    text: str
    masked: tuple[Label, ...]
    data_class: DataClass
    """The strictest of what it says, answers, was built on and was given."""


def _end(
    parts: Parts,
    this: Turn,
    reply: Reply,
    state: MessageState,
    context_tokens: int,
    *,
    counts: bool = True,
) -> int | None:
    """Keep the answer where its question is kept; None when that is gone by now."""
    now = parts.clock()
    reply.usage = Usage(context_tokens, parts.tokens.count(reply.text))
    sending.record_call(parts, this, reply.called, reply.usage, now)
    if this.request.asked_in is not None and not reply.text:
        return None  # nothing came: the answer that is to be given anew stays
    ended, hindrance = _as_kept(parts, this, reply, state, now)
    if this.stores_for is None or hindrance:
        return _keep_in_process(parts, ended, hindrance, may_be_stored=not hindrance)
    try:
        with parts.store.transaction():
            if not _may_keep(parts, ended, this.stores_for):
                return None
            return _record(parts, ended, this.stores_for, counts=counts)
    except StoreUnavailable as error:
        return _keep_in_process(parts, ended, str(error))


def _as_kept(
    parts: Parts, this: Turn, reply: Reply, state: MessageState, now: datetime
) -> tuple[_Ended, str]:
    """What a model says is taken in as what a person says: masked, and of a class of its own. In
    words, why it may not be stored, if it may not.

    The built-in answerer says what is stored, and nothing else.
    """
    classes = [this.studied.intake.data_class]
    classes += [source.item.data_class for source in reply.sources]
    if reply.sent is None:
        data_class = policy.strictest(classes)
        return _Ended(this, reply, state, now, reply.text, (), data_class), ""
    taken = intake.take_in(parts, this.stores_for, reply.text, learnt_from=False)
    data_class = policy.strictest([*classes, reply.sent.data_class, taken.data_class])
    if this.stores_for is None:
        return _Ended(this, reply, state, now, reply.text, (), data_class), ""
    ended = _Ended(this, reply, state, now, taken.text, taken.labels, data_class)
    if reply.sent.holds_unstorable:
        return ended, TELLS_UNSTORABLE
    return ended, study.refusal(taken)


def _keep_in_process(
    parts: Parts, ended: _Ended, note: str = "", *, may_be_stored: bool = True
) -> int:
    request = ended.this.request
    if request.old_answer is not None:
        parts.transcripts.cut(request.user_id, request.conversation, request.old_answer)
    return parts.transcripts.add(
        request.user_id,
        request.conversation,
        Role.ASSISTANT,
        ended.text,
        now=ended.now,
        state=ended.state,
        masked=ended.masked,
        note=note or ended.this.unsaved,
        data_class=ended.data_class,
        may_be_stored=may_be_stored and ended.this.may_be_stored,
    )


def _may_keep(parts: Parts, ended: _Ended, person_id: int) -> bool:
    """Not when its question, or anything it was built on or given, was erased while it streamed
    (as a revoked consent does too): it would bring back what must be gone."""
    reply, sent = ended.reply, ended.reply.sent
    messages = {reply.observation.message_id, *(sent.message_ids if sent else ())}
    memories = {source.item.id for source in reply.sources} | set(sent.memory_ids if sent else ())
    return (
        None not in messages
        and all(parts.store.messages.is_kept(ident) for ident in messages if ident is not None)
        and len(parts.store.memories.many(list(memories))) == len(memories)
        and intake.may_hold(parts, person_id, ended.data_class)
    )


def _record(parts: Parts, ended: _Ended, person_id: int, *, counts: bool) -> int:
    """The answer, what it was built on, and the audit; call it in a transaction."""
    request, reply, now = ended.this.request, ended.reply, ended.now
    if request.asked_in is not None:
        turn.replace_answers(parts, person_id, request.asked_in, now)
    if request.old_answer is not None:  # one that could not be saved stands in the process
        parts.transcripts.cut(request.user_id, request.conversation, request.old_answer)
    conversation = request.conversation
    conversation_id = parts.store.conversations.open(person_id, conversation, now)
    new = _message(ended, policies.of(parts, person_id))
    message_id = parts.store.messages.add(person_id, conversation_id, new)
    recall.use(parts, reply.sources, message_id=message_id, now=now, counts=counts)
    recall.use(parts, _given(parts, reply), message_id=message_id, now=now, counts=False)
    if parts.store.conversations.remembers(conversation_id):
        said = hot.Interaction(conversation, Role.ASSISTANT, ended.text, ended.data_class)
        hot.keep(parts, person_id, message_id, said, now)
    used = {"memories": len(reply.sources)}
    classes = [source.item.data_class for source in reply.sources]
    audit.event(parts, person_id, Act.RECALL, f"message:{message_id}", now, used, classes=classes)
    return message_id


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
        state=ended.state,
        masked=ended.masked,
        answers=ended.reply.observation.message_id,
    )
