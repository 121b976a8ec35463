"""How a model elsewhere fails: refused, broken off, too slow, not there.

The errors are those of the providers' documentation; no provider was asked.
"""

import threading
import traceback
from collections.abc import Sequence

import pytest

from memory.adapters.llm.failures import Foreign
from memory.errors import (
    AnswerBrokenOff,
    AnswerRefused,
    ContextTooLong,
    EmptyAnswer,
    KeyRefused,
    ModelBusy,
    ModelNotConnected,
    ModelNotFound,
    ModelOutOfFunds,
    ModelTooSlow,
    ModelUnavailable,
    RequestNotUnderstood,
)
from memory.records import Server
from tests.adapters.llm.played import (
    ECHO,
    KEY,
    SECONDS,
    every_provider,
    every_wire,
    failing,
    model_of,
)
from tests.adapters.llm.played import library as library
from tests.adapters.llm.played import played as played
from tests.adapters.scripted_server import Fault, Play, ScriptedServer, Step, Thought, refusal


def anthropic(status: int, kind: str, message: str = "") -> Play:
    error = {"type": kind, "message": f"{message} {ECHO}"}
    return Play(status=status, error={"type": "error", "error": error})


def gemini(status: int, kind: str, message: str = "") -> Play:
    error = {"code": status, "message": f"{message} {ECHO}", "status": kind}
    return Play(status=status, error={"error": error})


FAILURES: dict[str, tuple[Server, Play, type[ModelUnavailable]]] = {
    "OpenAI, key": (
        Server.OPENAI,
        refusal(401, f"Incorrect API key {ECHO}", code="invalid_api_key"),
        KeyRefused,
    ),
    "OpenAI, model": (
        Server.OPENAI,
        refusal(404, f"does not exist {ECHO}", code="model_not_found"),
        ModelNotFound,
    ),
    "OpenAI, quota": (
        Server.OPENAI,
        refusal(429, f"exceeded {ECHO}", type="insufficient_quota"),
        ModelOutOfFunds,
    ),
    "OpenAI, rate": (Server.OPENAI, refusal(429, f"Rate limit reached {ECHO}"), ModelBusy),
    "OpenAI, context": (
        Server.OPENAI,
        refusal(400, f"maximum context length {ECHO}", code="context_length_exceeded"),
        ContextTooLong,
    ),
    "OpenAI, inside": (Server.OPENAI, refusal(500, ECHO), ModelUnavailable),
    "Anthropic, key": (Server.ANTHROPIC, anthropic(401, "authentication_error"), KeyRefused),
    "Anthropic, not allowed": (Server.ANTHROPIC, anthropic(403, "permission_error"), KeyRefused),
    "Anthropic, model": (
        Server.ANTHROPIC,
        anthropic(404, "not_found_error", "model: scripted"),
        ModelNotFound,
    ),
    "Anthropic, credit": (
        Server.ANTHROPIC,
        anthropic(400, "invalid_request_error", "Your credit balance is too low"),
        ModelOutOfFunds,
    ),
    "Anthropic, context": (
        Server.ANTHROPIC,
        anthropic(400, "invalid_request_error", "prompt is too long: 200001 tokens > 200000"),
        ContextTooLong,
    ),
    "Anthropic, size": (Server.ANTHROPIC, anthropic(413, "request_too_large"), ContextTooLong),
    "Anthropic, request": (
        Server.ANTHROPIC,
        anthropic(400, "invalid_request_error", "max_tokens: Input should be"),
        RequestNotUnderstood,
    ),
    "Anthropic, rate": (Server.ANTHROPIC, anthropic(429, "rate_limit_error"), ModelBusy),
    "Anthropic, inside": (Server.ANTHROPIC, anthropic(500, "api_error"), ModelUnavailable),
    "Anthropic, overloaded": (Server.ANTHROPIC, anthropic(529, "overloaded_error"), ModelBusy),
    "Gemini, key": (
        Server.GEMINI,
        gemini(400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key."),
        KeyRefused,
    ),
    "Gemini, not allowed": (Server.GEMINI, gemini(403, "PERMISSION_DENIED"), KeyRefused),
    "Gemini, model": (
        Server.GEMINI,
        gemini(404, "NOT_FOUND", "models/scripted is not found for API version v1beta"),
        ModelNotFound,
    ),
    "Gemini, context": (
        Server.GEMINI,
        gemini(400, "INVALID_ARGUMENT", "The input token count exceeds the maximum"),
        ContextTooLong,
    ),
    "Gemini, request": (Server.GEMINI, gemini(400, "INVALID_ARGUMENT"), RequestNotUnderstood),
    "Gemini, rate": (Server.GEMINI, gemini(429, "RESOURCE_EXHAUSTED"), ModelBusy),
    "Gemini, inside": (Server.GEMINI, gemini(500, "INTERNAL"), ModelUnavailable),
    "Gemini, overloaded": (Server.GEMINI, gemini(503, "UNAVAILABLE"), ModelBusy),
    "Gemini, late": (Server.GEMINI, gemini(504, "DEADLINE_EXCEEDED"), ModelTooSlow),
    "OpenRouter, credit": (
        Server.OPENROUTER,
        refusal(402, f"Insufficient {ECHO}"),
        ModelOutOfFunds,
    ),
    "OpenRouter, model": (
        Server.OPENROUTER,
        refusal(400, f"scripted is not a valid model ID {ECHO}"),
        ModelNotFound,
    ),
    "OpenRouter, moderation": (
        Server.OPENROUTER,
        refusal(403, f"The model requires moderation and your input was flagged {ECHO}"),
        AnswerRefused,
    ),
    "OpenRouter, provider": (Server.OPENROUTER, refusal(502, ECHO), ModelNotConnected),
    "Mistral, key": (
        Server.MISTRAL,
        Play(status=401, error={"detail": f"Unauthorized {ECHO}"}),
        KeyRefused,
    ),
    "Mistral, model": (
        Server.MISTRAL,
        Play(status=400, error={"type": "invalid_model", "message": ECHO, "code": "1500"}),
        ModelNotFound,
    ),
    "Mistral, request": (
        Server.MISTRAL,
        Play(status=422, error={"detail": [{"type": "extra_forbidden", "input": ECHO}]}),
        RequestNotUnderstood,
    ),
    "Groq, model gone": (
        Server.GROQ,
        refusal(400, f"was decommissioned {ECHO}", code="model_decommissioned"),
        ModelNotFound,
    ),
    "Groq, rate": (Server.GROQ, refusal(429, f"Rate limit reached {ECHO}"), ModelBusy),
}


@pytest.mark.parametrize("case", FAILURES)
def test_every_failure_has_its_error(played: ScriptedServer, case: str) -> None:
    """The error, and whatever a traceback shows, holds nothing of the text or the key."""
    server, play, expected = FAILURES[case]
    played.play(play)

    pieces, error = failing(model_of(played, server))
    assert (pieces, type(error)) == ([], expected)
    shown = "".join(traceback.format_exception(error))
    assert "Fjordvik" not in shown
    assert KEY not in shown
    assert isinstance(error.__cause__, Foreign)
    assert len(played.asked) == 1


NESTED = b"[" * 100_000
BROKEN: dict[str, tuple[Sequence[Step], type[ModelUnavailable]]] = {
    "cut in the middle": (["So ", Fault.DROP], AnswerBrokenOff),
    "cut before the first word": ([Fault.DROP], AnswerBrokenOff),
    "ended too early": (["So ", Fault.END], AnswerBrokenOff),
    "garbage": (["So ", b"data: {no\n\n{no\n", Fault.END], AnswerBrokenOff),
    "nested without end": (["So ", b"data: " + NESTED + b"\n\n", Fault.END], AnswerBrokenOff),
    "another shape": (
        ["So ", {"type": "content_block_delta", "candidates": [3], "choices": [3]}],
        AnswerBrokenOff,
    ),
    "no word": ([], EmptyAnswer),
    "only space": ([" ", "\n"], EmptyAnswer),
    "only thoughts": ([Thought("hm")], EmptyAnswer),
}


@every_wire
@pytest.mark.parametrize("case", BROKEN)
def test_an_answer_that_is_none_is_an_error(
    played: ScriptedServer, server: Server, case: str
) -> None:
    """What had come stays."""
    steps, expected = BROKEN[case]
    played.play(Play(steps))

    pieces, error = failing(model_of(played, server))
    assert type(error) is expected
    assert pieces == [step for step in steps if step == "So "]
    assert len(played.asked) == 1


@every_provider
@pytest.mark.parametrize("status", [429, 503, 529])
def test_nothing_is_sent_twice(played: ScriptedServer, server: Server, status: int) -> None:
    """Not by itself: who was refused decides whether to try again, whatever the server proposes."""
    again = Play(status=status, error="{}", headers={"Retry-After": "0"})
    played.play(*[again] * 9)

    assert type(failing(model_of(played, server))[1]) is ModelBusy
    assert len(played.asked) == 1


@every_wire
@pytest.mark.parametrize(
    "play",
    [Play(before=threading.Event()), Play(["So ", threading.Event()])],
    ids=["first", "next"],
)
def test_a_server_that_says_nothing_is_too_slow(
    played: ScriptedServer, server: Server, play: Play
) -> None:
    """To the first piece, and between two."""
    played.play(play)

    assert type(failing(model_of(played, server, answer_seconds=0.2))[1]) is ModelTooSlow
    assert played.asked[0].gone.wait(SECONDS)
    assert len(played.asked) == 1


@every_wire
def test_a_server_that_is_not_there_is_not_connected(server: Server) -> None:
    """Its port was free a moment ago."""
    with ScriptedServer() as gone:
        pass

    assert type(failing(model_of(gone, server))[1]) is ModelNotConnected
