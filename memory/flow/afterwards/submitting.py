"""What is done afterwards is handed to the background, for the model that gave the answer."""

import threading
from collections.abc import Callable
from contextlib import suppress

from memory.errors import AppError
from memory.flow.afterwards import propose, summarise
from memory.flow.parts import Parts
from memory.flow.reply import Reply
from memory.flow.turn import Turn
from memory.protocols import Model
from memory.records import Ending


def submit(parts: Parts, model: Model, this: Turn, reply: Reply) -> None:
    """Nothing after a private turn, a rehearsal, or a model that failed."""
    kept = reply.message_id is not None and reply.message_id > 0
    if not kept or reply.sent is None or reply.ending is not Ending.COMPLETE:
        return
    user_id, conversation = this.request.user_id, this.request.conversation
    said, begins_at = reply.observation.message_id, reply.sent.begins_at
    if said is not None:
        later(parts, lambda stop: propose.learn(parts, model, user_id, said, stop))
    if begins_at is not None:
        later(
            parts,
            lambda stop: summarise.update(parts, model, user_id, conversation, begins_at, stop),
        )


def later(parts: Parts, work: Callable[[threading.Event], object]) -> None:
    """Nobody waits for it, so nobody is told what hinders it: what was there before stands, and
    another message, or the same one answered anew, tries again."""

    def unheard(stop: threading.Event) -> None:
        with suppress(AppError):
            work(stop)

    parts.background.submit(unheard)
