"""The test of a connection: elsewhere it is a call like others, and may have cost something."""

from memory.flow import chat_models
from memory.flow.connections import place
from memory.flow.parts import Parts
from memory.flow.sending import recording
from memory.protocols import TEST_QUESTION
from memory.records import CallPurpose, Connection, Ending, ModelChoice, ModelPlace, Usage


def test(parts: Parts, choice: ModelChoice, key: str, user_id: str | None) -> Connection:
    """``user_id``: in whose ledger it stands, if it worked and left this computer."""
    key = key or parts.connections.key(place(choice))
    tested = parts.connections.models.test(choice, key)
    if tested.works and user_id is not None and choice.server.place is ModelPlace.REMOTE:
        recording.record_call(
            parts,
            user_id,
            CallPurpose.TEST,
            chat_models.answerer(parts.connections.models.connect(choice, key)),
            tested.usage or Usage(parts.tokens.count(TEST_QUESTION), parts.tokens.count("OK")),
            Ending.COMPLETE,
            parts.clock(),
        )
    return tested
