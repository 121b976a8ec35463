"""The conversation buffer on the article's own conversation, counted as the article counts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memory.adapters.tokens import TiktokenCounter
from memory.errors import BudgetExceeded
from memory.flow.buffer import Buffer
from memory.records import ChatMessage

SYSTEM = "You are a helpful coding assistant specializing in Python."
TURNS = (
    (
        "Help me debug this Python function",
        "I'd be happy to help! Please share the function code.",
    ),
    (
        "def calculate_sum(numbers): return sum(numbers)",
        "That function looks correct! It calculates the sum of a list.",
    ),
    (
        "It's giving me a TypeError",
        "The TypeError suggests you might be passing incompatible types.",
    ),
    (
        "TypeError: unsupported operand type(s) for +: 'int' and 'str'",
        "Ah! You have strings mixed with integers. Try converting them first.",
    ),
    (
        "How do I convert strings to integers?",
        "Use int() function: int('5') converts string '5' to integer 5.",
    ),
    (
        "What about handling non-numeric strings?",
        "Use try/except with ValueError: try: int(x) except ValueError: skip",
    ),
    ("Show me a complete example", "Here's a robust version with error handling..."),
)
"""As printed in section 2; what its listing cuts off is completed."""


@pytest.fixture(scope="module")
def count() -> TiktokenCounter:
    return TiktokenCounter("gpt-3.5-turbo")


def talk(buffer: Buffer) -> list[int]:
    """How many messages the buffer holds after each turn."""
    buffer.add("system", SYSTEM)
    sizes = []
    for question, answer in TURNS:
        buffer.add("user", question)
        buffer.add("assistant", answer)
        sizes.append(len(buffer.messages))
    return sizes


def test_the_article_s_conversation_fits_its_thousand_tokens(count: TiktokenCounter) -> None:
    """Three messages after the first turn, fifteen after the seventh, nothing trimmed."""
    buffer = Buffer(1000, count.count)

    assert talk(buffer) == [3, 5, 7, 9, 11, 13, 15]
    assert buffer.left_out == []
    assert 150 < buffer.tokens < 200
    assert buffer.messages[0]["content"] == SYSTEM
    assert [m["role"] for m in buffer.messages[1:]] == ["user", "assistant"] * 7


def test_a_smaller_budget_makes_whole_turns_leave_oldest_first(count: TiktokenCounter) -> None:
    """The system prompt and the last message stay; what left is reported in its order."""
    buffer = Buffer(80, count.count)

    sizes = talk(buffer)

    assert sizes[0] == 3
    assert max(sizes) < 15
    assert buffer.tokens <= 80
    kept = [message["content"] for message in buffer.messages]
    assert kept[0] == SYSTEM
    assert kept[-2:] == list(TURNS[-1])
    everything = [text for turn in TURNS for text in turn]
    left = [message["content"] for message in buffer.left_out]
    assert left + kept[1:] == everything
    assert len(left) % 2 == 0


@pytest.mark.parametrize("budget", [0, 5, 11, 40])
def test_a_message_that_alone_is_too_much_is_an_error(budget: int, count: TiktokenCounter) -> None:
    """Never an endless loop, and the buffer is as it was."""
    buffer = Buffer(budget, count.count)
    long = "incompatible " * 40

    with pytest.raises(BudgetExceeded) as exceeded:
        buffer.extend(
            [
                ChatMessage(role="system", content="Be brief."),
                ChatMessage(role="user", content=long),
            ]
        )

    assert exceeded.value.budget == budget
    assert exceeded.value.tokens == count.count("Be brief.") + count.count(long)
    assert buffer.messages == buffer.left_out == []


@given(
    st.lists(st.tuples(st.sampled_from(["user", "assistant"]), st.integers(0, 40)), max_size=20),
    st.integers(0, 100),
)
def test_a_buffer_is_never_over_its_budget(said: list[tuple[str, int]], budget: int) -> None:
    """After each message it fits and ends with that message, or the message alone is too much;
    nothing is lost between what is kept and what left."""
    buffer = Buffer(budget, lambda text: len(text.split()))
    total: list[ChatMessage] = []
    for role, words in said:
        message = ChatMessage(role=role, content="word " * words)
        try:
            buffer.extend([message])
        except BudgetExceeded:
            assert words > budget
            continue
        total.append(message)
        assert buffer.tokens <= budget
        assert buffer.messages[-1] == message
        assert buffer.left_out + buffer.messages == total
