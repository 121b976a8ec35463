"""What leaves a conversation under a token budget; one token a word here."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memory.errors import BudgetExceeded
from memory.records import ChatMessage
from memory.rules.budget import tokens, trim


def count(text: str) -> int:
    return len(text.split())


def messages(sketch: str) -> list[ChatMessage]:
    """“s2 u3 a1”: a system prompt of two words, three of the user, one of the assistant."""
    roles = {"s": "system", "u": "user", "a": "assistant"}
    return [
        ChatMessage(role=roles[word[0]], content=f"{position}:{'w ' * int(word[1:])}".strip())
        for position, word in enumerate(sketch.split())
    ]


def sketch(found: list[ChatMessage]) -> str:
    return " ".join(f"{m['role'][0]}{count(m['content'])}" for m in found)


@pytest.mark.parametrize(
    ("said", "budget", "kept", "left"),
    [
        ("s2 u3 a3 u3", 11, "s2 u3 a3 u3", ""),
        ("s2 u3 a3 u3", 10, "s2 u3", "u3 a3"),
        ("s2 u3 a3 u3 a3 u3", 11, "s2 u3 a3 u3", "u3 a3"),
        ("s2 u3 a3 u3 a3 u3", 10, "s2 u3", "u3 a3 u3 a3"),
        ("s2 u3 a3 u3", 5, "s2 u3", "u3 a3"),
        # a turn may hold several answers, or none
        ("s1 u1 a1 a1 a1 u1", 4, "s1 u1", "u1 a1 a1 a1"),
        ("s1 u1 u1 u1 u1", 3, "s1 u1 u1", "u1 u1"),
        # of the last turn only its last message is sure of its place
        ("s1 u5 a2", 4, "s1 a2", "u5"),
        ("s1 u5 a2 a2", 5, "s1 a2 a2", "u5"),
        # without a system prompt, and with an answer first
        ("u2 a2 u2", 4, "u2", "u2 a2"),
        ("a2 u2 a2 u2", 6, "u2 a2 u2", "a2"),
        ("s3", 3, "s3", ""),
        ("", 0, "", ""),
    ],
)
def test_whole_turns_leave_oldest_first(said: str, budget: int, kept: str, left: str) -> None:
    """Never the system prompt, never the last message, and only as many as must."""
    found, gone = trim(messages(said), budget, count)

    assert (sketch(found), sketch(gone)) == (kept, left)


@pytest.mark.parametrize(
    ("said", "budget", "needed"),
    [("s2 u3", 4, 5), ("s5 u1 a1 u1", 5, 6), ("u9", 8, 9), ("s4", 3, 4)],
)
def test_what_alone_is_too_much_is_an_error(said: str, budget: int, needed: int) -> None:
    """With both numbers; never an endless loop, never a context over its budget."""
    with pytest.raises(BudgetExceeded, match=f"needs {needed} tokens .* {budget} are allowed") as e:
        trim(messages(said), budget, count)

    assert (e.value.tokens, e.value.budget) == (needed, budget)


@given(
    st.lists(st.tuples(st.sampled_from("sua"), st.integers(1, 30)), max_size=25),
    st.integers(0, 200),
)
def test_the_result_fits_and_ends_with_the_last_message(
    said: list[tuple[str, int]], budget: int
) -> None:
    """And what is kept and what left are together what was said, each in its order."""
    given_messages = messages(" ".join(f"{role}{words}" for role, words in said))
    system = [message for message in given_messages if message["role"] == "system"]
    others = [message for message in given_messages if message["role"] != "system"]
    if tokens([*system, *others[-1:]], count) > budget:
        with pytest.raises(BudgetExceeded):
            trim(given_messages, budget, count)
        return

    kept, left = trim(given_messages, budget, count)

    assert tokens(kept, count) <= budget
    assert kept[: len(system)] == system
    assert left + kept[len(system) :] == others
    assert kept[-1:] == (others or system)[-1:]
