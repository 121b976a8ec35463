"""What is done when an answer has been kept and nobody waits any more: with the model that gave it,
in the background."""

from memory.flow import propose, summarise
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
    said = reply.observation.message_id
    if said is not None:
        parts.background.submit(propose.later(parts, model, user_id, said))
    begins_at = reply.sent.begins_at
    if begins_at is not None:
        parts.background.submit(
            lambda stop: summarise.update(parts, model, user_id, conversation, begins_at, stop)
        )
