"""The test of a connection: what is asked, and what the person reads of it. In a conversation the
errors say it otherwise."""

from memory.errors import (
    EmptyAnswer,
    KeyMissing,
    KeyRefused,
    ModelBusy,
    ModelNotConnected,
    ModelNotFound,
    ModelOutOfFunds,
    ModelTooSlow,
    ModelUnavailable,
    RequestNotUnderstood,
)
from memory.protocols import TEST_QUESTION
from memory.records import ChatMessage

TEST_SECONDS = 60.0
"""To the first word of a test, in which a model may have to be loaded."""
TEST_MESSAGES: tuple[ChatMessage, ...] = ({"role": "user", "content": TEST_QUESTION},)
# {model}, {address}, {provider} and {variable} are named.
SAYS: dict[type[ModelUnavailable], str] = {
    ModelNotConnected: (
        "Nothing answers at {address}. Start the server there, or correct the address, then test "
        "again."
    ),
    ModelNotFound: "The server does not have “{model}”. Choose one of its models.",
    KeyRefused: "The server refused the key, or wants one. Enter the key it was started with.",
    ModelTooSlow: (
        "The server is there, but “{model}” said nothing for too long. It may still be loading: "
        "test again in a minute, or choose a smaller model."
    ),
    ModelBusy: (
        "The server is there, but busy or still loading “{model}”. Wait a little, then test again."
    ),
    EmptyAnswer: "“{model}” ended without a word. Choose another model.",
}
SAYS_ELSEWHERE: dict[type[ModelUnavailable], str] = {
    ModelNotConnected: (
        "{provider} cannot be reached at {address}. See that this computer is online and that the "
        "address is right, then test again."
    ),
    ModelNotFound: (
        "{provider} does not have “{model}”, or not for this key. Choose another model."
    ),
    KeyMissing: (
        "There is no key for {provider}. Enter it, or set {variable} in the environment, then test "
        "again."
    ),
    KeyRefused: "{provider} refused the key, or wants one. Enter another, then test again.",
    ModelTooSlow: (
        "{provider} can be reached, but “{model}” said nothing for too long. Test again, or choose "
        "another model."
    ),
    ModelBusy: (
        "{provider} takes no more questions just now. Wait a little, then test again; with some "
        "keys only few questions are allowed."
    ),
    ModelOutOfFunds: (
        "What may be spent with {provider} is spent, or nothing was paid yet. Put that right "
        "there, then test again."
    ),
    RequestNotUnderstood: (
        "{provider} did not understand the request: “{model}” may be no model for chats. Choose "
        "another one."
    ),
    EmptyAnswer: "“{model}” ended without a word. Choose another model.",
}


def answered_in(seconds: float) -> str:
    return f"It answered in {seconds:.1f} s." if seconds >= 0.1 else "It answered at once."
