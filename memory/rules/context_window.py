"""How many tokens a model reads at once, its answer included: what is left for either of them, and
which numbers that servers tell can be true."""

from typing import TypeGuard

ANSWER_SHARE = 0.25
"""Of what a model reads at once, so much is left for its answer."""
MOST_ANSWER_TOKENS = 4096
"""No answer takes more, what is thought before it included: a model that goes round in circles is
ended there."""
MOST_ANSWER_TOKENS_ELSEWHERE = 16_384
"""Of a large model that is paid for: those that think spend thousands before the first word."""
MOST_TOKENS = 10**9
"""No context and no count is as large, whatever a server says."""
OTHER_ENCODING = 1.25
"""Tokens of another encoding than ours for the same English text, at most: a small vocabulary needs
more of them, and each message has marks around it."""


def room(context_tokens: int) -> int:
    """How many tokens, as we count them, a model can be given that reads so many at once."""
    answer = min(int(context_tokens * ANSWER_SHARE), MOST_ANSWER_TOKENS)
    return int((context_tokens - answer) / OTHER_ENCODING)


def longest_answer(context_tokens: int | None, answer_tokens: int | None) -> int:
    """Tokens that a model elsewhere may take for an answer, which must fit beside what it is given.
    Both are what is known of it."""
    most = min(answer_tokens or MOST_ANSWER_TOKENS, MOST_ANSWER_TOKENS_ELSEWHERE)
    return most if context_tokens is None else min(most, int(context_tokens * ANSWER_SHARE))


def is_count(told: object) -> TypeGuard[int]:
    """Whether what a server tells can be a number of tokens; True is none, though Python counts it
    as one."""
    return type(told) is int and 0 <= told < MOST_TOKENS


def size(told: object) -> int | None:
    """As much as a model reads or answers, where that can be; None where nobody says."""
    return told if is_count(told) and told > 0 else None
