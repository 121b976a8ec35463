"""A turn of the conversation: understood, stored, and answered by a model or from memory.

The person's message is stored before the first word of the answer, the answer when its stream
ends, however it ends (``ending``): a stopped answer is kept as far as it came.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from memory.errors import BudgetExceeded, ContextTooLong
from memory.flow import (
    afterwards,
    anew,
    chat_models,
    commands,
    context,
    ending,
    permission,
    turn,
)
from memory.flow.answering import answer, gather
from memory.flow.answering.knowledge import Used
from memory.flow.chat_models import RECOLLECT
from memory.flow.parts import Parts
from memory.flow.reply import Reply
from memory.flow.sending import allowed, masking
from memory.flow.streaming import Stream
from memory.flow.turn import Request, Turn
from memory.protocols import Model, Sized
from memory.records import PERSONALIZATION, Context, Observation, Recalled, Source
from memory.rules import budget
from memory.rules.talk import wording
from memory.rules.talk.commands import FORGETS, Command

WORD = re.compile(r"\s*\S+\s*")


def respond(parts: Parts, request: Request, model: Model | str | None) -> Reply:
    """Raises InvalidInput, ModelUnavailable, or BudgetExceeded for a model, before anything is
    stored."""
    chosen = _choose(parts, request.user_id, model)
    if chosen is not None:
        parts.background.give_way()
    understood = turn.understand(parts, request)
    command = commands.read(understood)
    if command is not None and command.wish in FORGETS:
        return _forgetting(parts, commands.unlearnt(understood), command)
    if chosen is None or commands.is_answered_from_memory(parts, understood, command):
        # no context is given, so none has to fit a budget
        return _built_in(parts, *turn.store(parts, understood))
    given = _context(parts, chosen, understood)
    this, observation = turn.store(parts, understood)
    return Reply(
        Stream(lambda: allowed.stream(parts, chosen, request.user_id, given.messages)),
        lambda reply: ending.keep(parts, this, reply),
        conversation_id=request.conversation,
        observation=observation,
        sources=_sources(given.recalled),
        by=chat_models.answerer(chosen),
        sent=given,
        afterwards=lambda reply: afterwards.submit(parts, chosen, this, reply),
    )


def regenerate(
    parts: Parts,
    user_id: str,
    answer_id: int,
    model: Model | str | None,
    without: Sequence[int],
    as_shown: str = "",
) -> Reply:
    """The last answer of a conversation given anew, from what is known now; the old one goes when
    the new one has ended. Raises NotFound or InvalidInput when it cannot be."""
    asked = anew.last_question_of(parts, user_id, answer_id)
    request = anew.asked_again(asked, without)
    return respond(parts, replace(request, old_answer=answer_id, as_shown=as_shown), model)


def rehearse(
    parts: Parts,
    user_id: str,
    answer_id: int,
    model: Model | str | None,
    without: Sequence[int],
    as_shown: str = "",
) -> Reply:
    """What would be answered without these memories, to compare; nothing of it is kept, and
    nothing counts as used. Raises NotFound or InvalidInput when it cannot be."""
    asked = anew.question_of(parts, user_id, answer_id)
    request = replace(anew.asked_again(asked, without), rehearsed=True, as_shown=as_shown)
    return respond(parts, request, model)


def _choose(parts: Parts, user_id: str, model: Model | str | None) -> Model | None:
    """None for the built-in answerer."""
    if model is None:
        return chat_models.answering(parts, user_id)
    return chat_models.named(parts, user_id, model) if isinstance(model, str) else model


def _context(parts: Parts, model: Model, understood: Turn) -> Context:
    """What the model is given; no more than it can read, and nothing that may not leave."""
    asked = allowed.limited(
        parts, model, turn.for_context(parts, understood), understood.studied.intake.data_class
    )
    most = context.most_tokens(parts)
    reads = model.context_tokens if isinstance(model, Sized) else None
    limit = most if reads is None else min(most, budget.room(reads))
    try:
        assembled = context.assemble(parts, replace(asked, max_tokens=limit))
    except BudgetExceeded as error:
        if limit == most:
            raise
        raise ContextTooLong(model.name) from error
    stored = understood.stores_for is not None
    return masking.masked(parts, model, asked, assembled, stored=stored)


def _forgetting(parts: Parts, understood: Turn, command: Command) -> Reply:
    this, observation = turn.store(parts, understood)
    done = commands.carry_out(parts, this, observation, command, _why_off(parts, this))
    return Reply(
        iter(WORD.findall(done.text)),
        lambda reply: ending.keep(parts, this, reply, counts=False),
        conversation_id=this.request.conversation,
        observation=observation,
        sources=done.sources,
        by=RECOLLECT,
    )


def _built_in(parts: Parts, this: Turn, observation: Observation) -> Reply:
    found = answer.answer(
        this.studied.intake.text,
        gather.knowledge(parts, this, observation, _why_off(parts, this)),
        embedder=parts.embedder,
        language=parts.language,
    )
    return Reply(
        iter(WORD.findall(found.text)),
        lambda reply: ending.keep(parts, this, reply, counts=not found.listed),
        conversation_id=this.request.conversation,
        observation=observation,
        sources=_used(parts, this, found.used),
        by=RECOLLECT,
    )


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
