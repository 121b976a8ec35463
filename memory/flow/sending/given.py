"""What a model is given for a turn, put together, masked where it leaves, and measured."""

import hashlib
import json
from dataclasses import dataclass, replace

from memory.errors import BudgetExceeded, ContextTooLong, NotAsShown
from memory.flow import chat_models, context, intake, turn
from memory.flow.parts import Parts
from memory.flow.sending import allowed, budget, masking
from memory.flow.stopwatch import Stopwatch
from memory.flow.turn import Turn
from memory.protocols import Model, Sized
from memory.records import Answerer, Context, Latency, Pseudonym
from memory.rules.context_window import room


@dataclass(frozen=True, slots=True)
class Given:
    """All that a model gets for one answer."""

    by: Answerer
    context: Context
    """As the model gets it."""
    pseudonyms: tuple[Pseudonym, ...]
    most_cost: float | None
    """US dollars, were the answer as long as it may be."""

    @property
    def digest(self) -> str:
        """Of what leaves, and to whom: what the person is shown and what is sent have the same."""
        told = [self.by.name, self.by.provider, self.context.messages]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def prepare(parts: Parts, model: Model, understood: Turn, watch: Stopwatch) -> Given:
    """No more than the model can read, and nothing that may not leave or be spent.

    Raises ConsentRequired, StaysHome, BudgetSpent, BudgetExceeded, ContextTooLong; and NotAsShown
    when it is not what the person was shown.
    """
    data_class = understood.studied.intake.data_class
    with watch.during(Latency.CONTEXT):
        asked = allowed.limited(parts, model, _asked(parts, model, understood), data_class)
        assembled = _assembled(parts, model, asked)
    with watch.during(Latency.MASKING):
        stored = understood.stores_for is not None
        masked = masking.masked(parts, model, asked, assembled, stored=stored)
    size = masked.context.report.tokens
    budget.check(parts, asked.user_id, model, size, asked.now)
    given = Given(
        chat_models.answerer(model),
        masked.context,
        masked.pseudonyms,
        budget.most_cost(model, size),
    )
    if understood.request.as_shown not in ("", given.digest):
        raise NotAsShown
    return given


def _asked(parts: Parts, model: Model, understood: Turn) -> context.Asked:
    """Elsewhere, with the message as it was typed: it is masked for sending, so that what it says
    can be put back into the answer; what was masked for storing cannot."""
    asked = turn.for_context(parts, understood)
    request = understood.request
    if model.is_local or request.asked_in is not None:
        return asked
    typed = intake.clean(request.text, parts.settings.max_message_bytes, "message")
    return replace(asked, text=typed)


def _assembled(parts: Parts, model: Model, asked: context.Asked) -> Context:
    most = context.most_tokens(parts)
    reads = model.context_tokens if isinstance(model, Sized) else None
    limit = most if reads is None else min(most, room(reads))
    try:
        return context.assemble(parts, replace(asked, max_tokens=limit))
    except BudgetExceeded as error:
        if limit == most:
            raise
        raise ContextTooLong(model.name) from error
