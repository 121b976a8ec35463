"""Who is to answer a message, and what it is understood to say: worked out before anything is
stored, so that what would be sent can be shown first."""

from dataclasses import dataclass

from memory.flow import chat_models, commands, turn
from memory.flow.parts import Parts
from memory.flow.stopwatch import Stopwatch
from memory.flow.turn import Request, Turn
from memory.protocols import Model
from memory.rules.talk.commands import FORGETS, Command


@dataclass(frozen=True, slots=True)
class Planned:
    """Who is to answer what."""

    understood: Turn
    command: Command | None
    model: Model | None
    """None: Recollect itself."""
    watch: Stopwatch
    """It has timed what was done so far, and goes on with the answer."""


def plan(parts: Parts, request: Request, model: Model | str | None) -> Planned:
    """Raises InvalidInput or ModelUnavailable."""
    chosen = _choose(parts, request.user_id, model)
    if chosen is not None:
        parts.background.give_way()
    watch = Stopwatch()
    understood = turn.understand(parts, request, watch)
    command = commands.read(understood)
    forgets = command is not None and command.wish in FORGETS
    if forgets or commands.is_answered_from_memory(parts, understood, command):
        chosen = None
    return Planned(understood, command, chosen, watch)


def _choose(parts: Parts, user_id: str, model: Model | str | None) -> Model | None:
    """None for the built-in answerer."""
    if model is None:
        return chat_models.answering(parts, user_id)
    return chat_models.named(parts, user_id, model) if isinstance(model, str) else model
