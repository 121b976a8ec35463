"""What leaves a conversation that outgrew its token budget (article, section 2).

The system prompt and the last message are never dropped; whole turns leave, oldest first, so
that no answer is left without its question.
"""

from collections.abc import Callable, Sequence

from memory.errors import BudgetExceeded
from memory.records import ChatMessage

Count = Callable[[str], int]
"""Tokens of a text."""


def tokens(messages: Sequence[ChatMessage], count: Count) -> int:
    """Tokens of the contents, as the article counts; what a provider adds is left out."""
    return sum(count(message["content"]) for message in messages)


def trim(
    messages: Sequence[ChatMessage], max_tokens: int, count: Count
) -> tuple[list[ChatMessage], list[ChatMessage]]:
    """The messages that fit, and those that had to leave; both in their order.

    Raises BudgetExceeded when the system prompt and the last message alone are too much.
    """
    system = [message for message in messages if message["role"] == "system"]
    turns = _turns([message for message in messages if message["role"] != "system"])
    sizes = [tokens(turn, count) for turn in turns]
    room = max_tokens - tokens(system, count)
    if turns:
        # of the last turn only its last message is sure of its place
        last_message = count(turns[-1][-1]["content"])
        if last_message > room:
            raise BudgetExceeded(max_tokens - room + last_message, max_tokens)
    elif room < 0:
        raise BudgetExceeded(max_tokens - room, max_tokens)
    first = 0
    while first < len(turns) - 1 and sum(sizes[first:]) > room:
        first += 1
    kept, left = _flat(turns[first:]), _flat(turns[:first])
    while len(kept) > 1 and tokens(kept, count) > room:
        left.append(kept.pop(0))
    return system + kept, left


def _turns(messages: Sequence[ChatMessage]) -> list[list[ChatMessage]]:
    """Each user message with the answers that follow it."""
    turns: list[list[ChatMessage]] = []
    for message in messages:
        if message["role"] == "user" or not turns:
            turns.append([])
        turns[-1].append(message)
    return turns


def _flat(turns: Sequence[Sequence[ChatMessage]]) -> list[ChatMessage]:
    return [message for turn in turns for message in turn]
