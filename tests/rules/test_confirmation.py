"""When “that worked” makes a proposal a solution, and when it does not."""

import pytest

from memory.rules.confirmation import asks_on, confirms, proposal, tells_problem


@pytest.mark.parametrize(
    "text",
    [
        "That worked!",
        "That worked, thanks.",
        "Great, that fixed it.",
        "It works now, thank you!",
        "Restarting solved the problem",
        "your suggestion worked",
        "That did the trick.",
        "The issue is gone",
        "Fixed now, thanks a lot",
        "It's working now",
        "perfect, the fix worked",
        "Great, that did the trick.",
        "Works like a charm.",
        "You were right, it's fixed.",
        "Thanks! It works perfectly.",
        "Yes, everything is working.",
    ],
)
def test_a_confirmation_is_known(text: str) -> None:
    """In few words, as people write it."""
    assert confirms(text)


@pytest.mark.parametrize(
    "text",
    [
        "That didn't work.",
        "It still doesn't work",
        "Did that work for you?",
        "Would it have worked if I had restarted?",
        "That almost worked, but the timeout is back.",
        "Nothing worked",
        "No, that fixed nothing",
        "I worked on it yesterday",
        "Thanks!",
        "ok",
        "I hope that works.",
        "Hopefully that fixed it.",
        "Let me check that it works now.",
        "I wish that worked.",
        "That should have fixed it.",
        "I'll tell you whether it works now.",
        "My sister works fine with Bob",
        "How it works now is that the server sends a token",
        "It worked " + "and then I wrote a long report about something else " * 4,
    ],
)
def test_what_denies_asks_or_tells_more_confirms_nothing(text: str) -> None:
    """To keep a wrong fix is worse than to miss a right one."""
    assert not confirms(text)


def test_a_proposal_is_the_sentences_that_say_what_to_do() -> None:
    """Verbatim; explanations and quoted memories are left out."""
    answer = [
        "That error means that the pool is empty.",
        "Increase the pool size to 20.",
        "> You told me: use Redis.",
        "Then restart the server.",
        "It takes a minute.",
    ]
    assert proposal(answer) == "Increase the pool size to 20. Then restart the server."
    assert proposal(["I don't know.", "Tell me more."]) == ""
    assert proposal([f"Try option {number}." for number in range(9)]).count("Try") == 3


@pytest.mark.parametrize(
    "text",
    [
        "That didn't work.",
        "It still doesn't work",
        "Still failing, the same error.",
        "No, the problem is still there.",
        "Tried that, still 502 errors.",
        "How do I do that?",
        "Where is this setting?",
    ],
)
def test_what_asks_on_tells_no_problem_of_its_own(text: str) -> None:
    """What is wrong was told before."""
    assert asks_on(text)
    assert not tells_problem(text)


@pytest.mark.parametrize(
    "text", ["My API doesn't work.", "That didn't work, now I get a timeout.", "The build failed."]
)
def test_a_problem_told_is_one(text: str) -> None:
    """Also behind the word that the last proposal failed."""
    assert tells_problem(text)
    assert not asks_on(text)


@pytest.mark.parametrize("text", ["Tell me a joke", "What is the capital of France?", "I like tea"])
def test_another_matter_is_neither(text: str) -> None:
    """An answer to it solves nothing from before."""
    assert not tells_problem(text)
    assert not asks_on(text)
