"""One turn of the chat: take in, recall, answer in a stream, record.

The person's message is stored before the first word of the answer, the answer when its stream
ends, however it ends: a stopped answer is kept as far as it came.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from memory.errors import ModelUnavailable
from memory.flow import context, learn, recall, record
from memory.flow.answering import answer
from memory.flow.answering.knowledge import Knowledge, Used
from memory.flow.parts import Parts
from memory.protocols import Model
from memory.records import (
    PERSONALIZATION,
    Context,
    MessageState,
    Observation,
    Recalled,
    Role,
    Source,
    Usage,
)

RECALLED = 8
"""Memories the answerer looks at; it uses those that answer."""
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
    ) -> None:
        self.conversation_id = conversation_id
        self.observation = observation
        self.sources = sources
        self.sent = sent
        """What a model was given; None from the built-in answerer, which is given nothing."""
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


@dataclass(frozen=True, slots=True)
class _Turn:
    """What one call of ``respond`` has worked out before anything is written."""

    user_id: str
    person_id: int | None
    """None: nothing of this turn may be stored."""
    conversation: str
    now: datetime
    studied: learn.Studied
    recalled: tuple[Recalled, ...]
    without: tuple[int, ...]
    """Ids of memories to answer as if they were not there."""


def respond(
    parts: Parts,
    user_id: str,
    text: str,
    *,
    conversation_id: str | None,
    model: Model | str | None,
    without: Sequence[int],
    private: bool,
) -> Reply:
    """Raises InvalidInput or BudgetExceeded before anything is stored."""
    chosen = _choose(parts, model)
    turn = _understand(parts, user_id, text, conversation_id, without, private=private)
    given = context.assemble(
        parts,
        user_id,
        turn.studied.intake.text,
        conversation=turn.conversation,
        recalled=turn.recalled,
        now=turn.now,
        without=turn.without,
    )
    observation = _store(parts, turn)
    if chosen is None:
        return _built_in(parts, turn, observation)
    return Reply(
        chosen.stream(given.messages),
        lambda reply, state: _end(parts, turn, reply, state, given.report.tokens),
        conversation_id=turn.conversation,
        observation=observation,
        sources=_sources(given.recalled),
        sent=given,
    )


def _choose(parts: Parts, model: Model | str | None) -> Model | None:
    """None for the built-in answerer."""
    if isinstance(model, str):
        raise ModelUnavailable(
            f"The model “{model}” is not connected. Leave the model out: the built-in answerer "
            "replies from memory."
        )
    return model or parts.model


def _understand(
    parts: Parts,
    user_id: str,
    text: str,
    conversation_id: str | None,
    without: Sequence[int],
    *,
    private: bool,
) -> _Turn:
    now = parts.clock()
    person_id = learn.consenting(parts, user_id, PERSONALIZATION)
    studied = learn.study(
        parts, user_id, None if private else person_id, Role.USER, text, said_at=now
    )
    recalled: list[Recalled] = []
    if person_id is not None:
        vector = studied.vector
        if vector is None:
            vector = parts.embedder.embed([studied.intake.text])[0]
        recalled = recall.search(
            parts,
            person_id,
            studied.intake.text,
            vector,
            limit=RECALLED,
            now=now,
            without=without,
        )[:RECALLED]
    return _Turn(
        user_id=user_id,
        person_id=None if private else person_id,
        conversation=conversation_id or learn.DEFAULT_CONVERSATION,
        now=now,
        studied=studied,
        recalled=tuple(recalled),
        without=tuple(without),
    )


def _store(parts: Parts, turn: _Turn) -> Observation:
    if turn.person_id is not None:
        return learn.store(parts, turn.studied, turn.person_id, turn.conversation, turn.now)
    parts.transcripts.add(
        turn.user_id,
        turn.conversation,
        Role.USER,
        turn.studied.intake.text,
        now=turn.now,
        masked=turn.studied.intake.labels,
    )
    return learn.unstored(turn.studied)


def _built_in(parts: Parts, turn: _Turn, observation: Observation) -> Reply:
    found = answer.answer(
        turn.studied.intake.text,
        _knowledge(parts, turn, observation),
        embedder=parts.embedder,
        language=parts.language,
    )
    return Reply(
        iter(WORD.findall(found.text)),
        lambda reply, state: _end(parts, turn, reply, state, 0, counts=not found.listed),
        conversation_id=turn.conversation,
        observation=observation,
        sources=_used(parts, turn, found.used),
        sent=None,
    )


def _knowledge(parts: Parts, turn: _Turn, observation: Observation) -> Knowledge:
    """What was known before this turn, without what is to be left out; empty without consent."""
    known = learn.consenting(parts, turn.user_id, PERSONALIZATION)
    fields = [] if known is None else parts.store.profile.fields(known, turn.now)
    memories = [] if known is None else parts.store.memories.recallable(known, turn.now)
    left_out = {*turn.without, *(item.id for item in observation.stored)}
    return Knowledge(
        profile=tuple(field for field in fields if field.source_memory_id not in left_out),
        recalled=turn.recalled,
        memories=tuple(item for item in memories if item.id not in left_out),
        now=turn.now.astimezone(),
        observation=observation,
        remembering=turn.person_id is not None,
        private=turn.person_id is None and known is not None,
    )


def _used(parts: Parts, turn: _Turn, used: Sequence[Used]) -> tuple[Source, ...]:
    """The memories an answer was built on, as the answerer says why; recall's score if it has one.

    A field's memory, or a listed one, may be none that recall found.
    """
    ranked = {result.item.id: result for result in turn.recalled}
    others = parts.store.memories.many([u.memory_id for u in used if u.memory_id not in ranked])
    by_id = {source.item.id: source for source in _sources(ranked.values())}
    by_id |= {item.id: Source(item, 0.0, 0.0, {}, "") for item in others}
    return tuple(
        replace(by_id[use.memory_id], reason=use.reason) for use in used if use.memory_id in by_id
    )


def _sources(recalled: Iterable[Recalled]) -> tuple[Source, ...]:
    return tuple(Source(r.item, r.score, r.similarity, r.terms, r.reason) for r in recalled)


def _end(
    parts: Parts,
    turn: _Turn,
    reply: Reply,
    state: MessageState,
    context_tokens: int,
    *,
    counts: bool = True,
) -> int | None:
    """Keep the answer where its question is kept; None when that is gone by now."""
    now = parts.clock()
    reply.usage = Usage(context_tokens, parts.tokens.count(reply.text))
    if turn.person_id is None:
        return parts.transcripts.add(
            turn.user_id, turn.conversation, Role.ASSISTANT, reply.text, now=now, state=state
        )
    with parts.store.transaction():
        if not _may_keep(parts, reply):
            return None
        return _record(parts, turn, turn.person_id, reply, state, now, counts=counts)


def _may_keep(parts: Parts, reply: Reply) -> bool:
    """Not when its question, or a memory it was built on, was erased while it streamed (as a
    revoked consent does too): it would bring back what must be gone."""
    asked, sources = reply.observation.message_id, [source.item.id for source in reply.sources]
    return (
        asked is not None
        and parts.store.messages.is_kept(asked)
        and len(parts.store.memories.many(sources)) == len(sources)
    )


def _record(
    parts: Parts,
    turn: _Turn,
    person_id: int,
    reply: Reply,
    state: MessageState,
    now: datetime,
    *,
    counts: bool,
) -> int:
    """The answer, what it was built on, and the audit; call it in a transaction."""
    conversation_id = parts.store.messages.open_conversation(person_id, turn.conversation, now)
    message_id = parts.store.messages.add(
        person_id,
        conversation_id,
        Role.ASSISTANT,
        reply.text,
        now=now,
        said_at=now,
        state=state,
    )
    recall.use(parts, reply.sources, message_id=message_id, now=now, counts=counts)
    learn.keep_hot(parts, person_id, turn.conversation, message_id, Role.ASSISTANT, reply.text, now)
    record.event(
        parts,
        person_id,
        "recall",
        f"message:{message_id}",
        now,
        memories=len(reply.sources),
    )
    return message_id
