"""A turn of the conversation: understood, stored, and answered by a model or from memory.

The person's message is stored before the first word of the answer, the answer when its stream
ends, however it ends (``ending``): a stopped answer is kept as far as it came.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from memory.flow import anew, commands, ending, permission, turn
from memory.flow.afterwards import submitting
from memory.flow.answering import answer, gather
from memory.flow.answering.knowledge import Used
from memory.flow.chat_models import RECOLLECT
from memory.flow.parts import Parts
from memory.flow.plan import Planned, plan
from memory.flow.reply import Reply
from memory.flow.sending import asking, review
from memory.flow.sending.given import prepare
from memory.flow.streaming import Stream
from memory.flow.turn import Request, Turn
from memory.protocols import Model
from memory.records import PERSONALIZATION, Latency, Observation, Recalled, Source
from memory.rules.talk import wording
from memory.rules.talk.commands import FORGETS, Command

WORD = re.compile(r"\s*\S+\s*")


def respond(parts: Parts, request: Request, model: Model | str | None) -> Reply:
    """Raises, before anything is stored, what ``plan`` and ``sending.given.prepare`` raise."""
    planned = plan(parts, request, model)
    if planned.command is not None and planned.command.wish in FORGETS:
        return _forgetting(parts, planned, planned.command)
    if planned.model is None:
        # no context is given, so none has to fit a budget
        return _built_in(parts, planned)
    return _by_model(parts, planned, planned.model)


def _by_model(parts: Parts, planned: Planned, model: Model) -> Reply:
    given = prepare(parts, model, planned.understood, planned.watch)
    this, observation = _stored(parts, planned)
    if this.request.as_shown:
        review.note_shown(parts, this.request.user_id, given.by)
    reply = Reply(
        Stream(lambda: asking.ask(parts, model, this, given, reply)),
        lambda reply: ending.keep(parts, this, reply),
        conversation_id=this.request.conversation,
        observation=observation,
        sources=_sources(given.context.recalled),
        by=given.by,
        sent=given.context,
        pseudonyms=given.pseudonyms,
        seconds=planned.watch.seconds,
        afterwards=lambda reply: submitting.submit(parts, model, this, reply),
    )
    if model.is_local:
        parts.foreground.note(reply)
    return reply


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


def _stored(parts: Parts, planned: Planned) -> tuple[Turn, Observation]:
    with planned.watch.during(Latency.STORING):
        return turn.store(parts, planned.understood)


def _forgetting(parts: Parts, planned: Planned, command: Command) -> Reply:
    unlearnt = replace(planned, understood=commands.unlearnt(planned.understood))
    this, observation = _stored(parts, unlearnt)
    done = commands.carry_out(parts, this, observation, command, _why_off(parts, this))
    return Reply(
        iter(WORD.findall(done.text)),
        lambda reply: ending.keep(parts, this, reply, counts=False),
        conversation_id=this.request.conversation,
        observation=observation,
        sources=done.sources,
        by=RECOLLECT,
        seconds=planned.watch.seconds,
    )


def _built_in(parts: Parts, planned: Planned) -> Reply:
    this, observation = _stored(parts, planned)
    with planned.watch.during(Latency.ANSWERING):
        found = answer.answer(
            this.studied.intake.text,
            gather.knowledge(parts, this, observation, _why_off(parts, this)),
            embedder=parts.embedder.packaged,
            language=parts.language,
        )
    return Reply(
        iter(WORD.findall(found.text)),
        lambda reply: ending.keep(parts, this, reply, counts=not found.listed),
        conversation_id=this.request.conversation,
        observation=observation,
        sources=_used(parts, this, found.used),
        by=RECOLLECT,
        seconds=planned.watch.seconds,
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
