"""Exactly what would be sent, shown before it is."""

from collections.abc import Sequence
from dataclasses import replace

from memory.flow import anew, chat_models
from memory.flow.parts import Parts
from memory.flow.plan import plan
from memory.flow.sending import review
from memory.flow.sending.given import prepare
from memory.flow.turn import Request
from memory.protocols import Model
from memory.records import Outgoing


def of_message(parts: Parts, request: Request, model: Model | str | None) -> Outgoing | None:
    """None where Recollect itself would answer. Nothing is written but the numbers of what is
    masked, which a keyed hash finds again. Raises what ``respond`` raises."""
    planned = plan(parts, request, model)
    if planned.model is None:
        return None
    given = prepare(parts, planned.model, planned.understood, planned.watch)
    return Outgoing(
        model=given.by.name,
        provider=given.by.provider,
        place=given.by.place,
        messages=tuple(given.context.messages),
        report=given.context.report,
        pseudonyms=given.pseudonyms,
        memory_ids=given.context.memory_ids,
        most_cost=given.most_cost,
        digest=given.digest,
        asks_first=review.asks_first(parts, request.user_id, given.by),
    )


def asks_before(parts: Parts, user_id: str) -> bool:
    """By the model that answers the person; without working out what it would be given."""
    model = chat_models.answering(parts, user_id)
    return model is not None and review.asks_first(parts, user_id, chat_models.answerer(model))


def of_answer(
    parts: Parts,
    user_id: str,
    answer_id: int,
    model: Model | str | None,
    without: Sequence[int],
    *,
    rehearsed: bool,
) -> Outgoing | None:
    """For its question once more. Raises NotFound or InvalidInput when it cannot be."""
    find = anew.question_of if rehearsed else anew.last_question_of
    request = anew.asked_again(find(parts, user_id, answer_id), without)
    return of_message(parts, replace(request, rehearsed=rehearsed), model)
