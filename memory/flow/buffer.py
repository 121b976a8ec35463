"""The warm tier: the open conversation under a token budget (article, section 2).

It is built anew from the messages at each turn. A copy kept between turns would be wrong in the
second of two tabs, and would outlive an erasure.
"""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from memory.flow import intake
from memory.flow.parts import Parts
from memory.records import ChatMessage, DataClass, Message
from memory.rules import budget

MAX_MESSAGES = 200
"""More never fit into any budget this app offers."""


class Buffer:
    """A conversation that trims itself; the article's ConversationMemory.

    Raises BudgetExceeded when a message alone, with the system prompt, is over the budget.
    """

    def __init__(self, max_tokens: int, count: Callable[[str], int]) -> None:
        self.max_tokens = max_tokens
        self._count = count
        self.messages: list[ChatMessage] = []
        self.left_out: list[ChatMessage] = []

    def add(self, role: str, content: str) -> None:
        self.extend([ChatMessage(role=role, content=content)])

    def extend(self, messages: Sequence[ChatMessage]) -> None:
        kept, left = budget.trim([*self.messages, *messages], self.max_tokens, self._count)
        self.messages = kept
        self.left_out += left

    @property
    def tokens(self) -> int:
        return budget.tokens(self.messages, self._count)


def load(
    parts: Parts,
    user_id: str,
    conversation: str,
    now: datetime,
    *,
    untold: Collection[int | None] = (),
    before: int | None = None,
    classes: Collection[DataClass] = tuple(DataClass),
) -> list[Message]:
    """What was said so far, oldest first: from the file, or from the process if it may not be
    stored. What was forgotten or erased is not in it, nor the messages of the ids ``untold``, nor
    any of other classes.

    ``before``: only what was said before the message of this id.
    """
    messages: list[Message] = []
    person_id = parts.store.people.find(user_id)
    if person_id is not None:
        found = parts.store.conversations.find(person_id, conversation)
        if found is not None:
            stored = before if before is not None and before > 0 else None
            usable = parts.store.messages.usable(found, MAX_MESSAGES, stored, now)
            messages += [m for m in usable if intake.may_hold(parts, person_id, m.data_class)]
    unstored = parts.transcripts.messages(user_id, conversation, before)
    if person_id is not None and unstored:
        unused = parts.store.memories.unused_texts(person_id)
        gone = parts.transcripts.built_on(user_id, parts.store.memories.unused_ids(person_id))
        unstored = [
            m for m in unstored if m.id not in gone and not any(text in m.text for text in unused)
        ]
    messages += unstored
    messages.sort(key=lambda message: message.created_at)
    return [
        message
        for message in messages[-MAX_MESSAGES:]
        if message.text and message.id not in untold and message.data_class in classes
    ]


def as_chat(messages: Sequence[Message]) -> list[ChatMessage]:
    return [ChatMessage(role=message.role.value, content=message.text) for message in messages]
