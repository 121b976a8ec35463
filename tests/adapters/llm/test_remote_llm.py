"""Chat models elsewhere, against a server that plays each provider in its own form.

The forms and the errors are those of the providers' documentation; no provider was asked.
"""

import logging
import threading
import traceback
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

import pytest

from memory.adapters.llm import RemoteModel, warm_up
from memory.adapters.llm.answer import MOST_CHARACTERS
from memory.adapters.llm.failures import Foreign
from memory.adapters.llm.line import MOST_BYTES
from memory.adapters.llm.providers import PROVIDERS, Endpoint, Wire
from memory.errors import (
    AnswerBrokenOff,
    AnswerCutOff,
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
from memory.protocols import Charged, Counted, Model, Sized, Structured
from memory.records import ChatMessage, ModelChoice, ModelOffer, Price, Server, Usage
from memory.rules.context_window import MOST_ANSWER_TOKENS
from tests.adapters.scripted_server import Fault, Play, ScriptedServer, Step, Thought, refusal

TEXT = "my bank is called Fjordvik"
KEY = "key-7712"
ENVIRONMENT_KEY = "sk-of-another-service"
MESSAGES: Sequence[ChatMessage] = (
    {"role": "system", "content": "Be brief."},
    {"role": "user", "content": TEXT},
)
SECONDS = 20
"""Longer than anything here takes, so that what hangs fails."""

every_provider = pytest.mark.parametrize("server", list(PROVIDERS))
every_wire = pytest.mark.parametrize("server", [Server.OPENAI, Server.ANTHROPIC, Server.GEMINI])


@pytest.fixture(scope="module", autouse=True)
def library() -> None:
    """Takes seconds once, so that no test waits for it with a thread beside it."""
    for wire in Wire:
        warm_up(wire)


@pytest.fixture
def played() -> Iterator[ScriptedServer]:
    with ScriptedServer() as started:
        yield started


def endpoint_of(played: ScriptedServer, server: Server) -> Endpoint:
    """The provider's own, at another address with the same path."""
    endpoint = PROVIDERS[server]
    return replace(endpoint, address=f"{played.address}{urlsplit(endpoint.address).path}")


def model_of(
    played: ScriptedServer,
    server: Server = Server.OPENAI,
    *,
    model: str = "scripted",
    key: str = KEY,
    answer_seconds: float = SECONDS,
) -> RemoteModel:
    offer = ModelOffer(ModelChoice(server, model))
    endpoint = endpoint_of(played, server)
    return RemoteModel(server, endpoint, key, offer, answer_seconds=answer_seconds)


def failing(model: RemoteModel) -> tuple[list[str], ModelUnavailable]:
    """The pieces that came, and what ended them."""
    pieces: list[str] = []
    with pytest.raises(ModelUnavailable) as raised:
        pieces.extend(model.stream(MESSAGES))
    return pieces, raised.value


# -- what is asked, and what comes -------------------------------------------------------------

CHAT = [{"role": "system", "content": "Be brief."}, {"role": "user", "content": TEXT}]
COUNTED = {"stream_options": {"include_usage": True}}
ASKED: Mapping[Server, tuple[str, Mapping[str, object]]] = {
    Server.OPENAI: (
        "/v1/chat/completions",
        {"messages": CHAT, "max_completion_tokens": MOST_ANSWER_TOKENS, **COUNTED},
    ),
    Server.OPENROUTER: (
        "/api/v1/chat/completions",
        {"messages": CHAT, "max_tokens": MOST_ANSWER_TOKENS},
    ),
    Server.MISTRAL: ("/v1/chat/completions", {"messages": CHAT, "max_tokens": MOST_ANSWER_TOKENS}),
    Server.GROQ: (
        "/openai/v1/chat/completions",
        {"messages": CHAT, "max_tokens": MOST_ANSWER_TOKENS, **COUNTED},
    ),
    Server.ANTHROPIC: (
        "/v1/messages",
        {
            "system": [{"type": "text", "text": "Be brief."}],
            "messages": [{"role": "user", "content": [{"type": "text", "text": TEXT}]}],
            "max_tokens": MOST_ANSWER_TOKENS,
        },
    ),
    Server.GEMINI: (
        "/v1beta/models/gpt-5-pro%2Fllama-3:streamGenerateContent?alt=sse",
        {
            "system_instruction": {"parts": [{"text": "Be brief."}]},
            "contents": [{"role": "user", "parts": [{"text": TEXT}]}],
            "generationConfig": {"max_output_tokens": MOST_ANSWER_TOKENS, "temperature": 1.0},
        },
    ),
}
KEYS: Mapping[Server, tuple[str, str]] = {
    Server.ANTHROPIC: ("x-api-key", KEY),
    Server.GEMINI: ("x-goog-api-key", KEY),
}
"""By which header the key comes; the others take it as a bearer."""
NEEDED = {"accept", "accept-encoding", "connection", "content-length", "content-type", "host"}


@every_provider
def test_exactly_this_is_sent(played: ScriptedServer, server: Server) -> None:
    """The messages, the model's own name, and nothing that litellm knows of it; the key in the
    provider's header alone."""
    answer = model_of(played, server, model="gpt-5-pro/llama-3").stream(MESSAGES)

    assert list(answer) == ["That ", "is ", "noted."]
    assert answer.usage == Usage(12, 3, counted_by_model=True)
    (asked,) = played.asked
    path, body = ASKED[server]
    assert asked.path == path
    named = {} if server is Server.GEMINI else {"model": "gpt-5-pro/llama-3", "stream": True}
    assert asked.body == {**body, **named}
    assert played.looked_up == []


@every_provider
def test_only_needed_headers_are_sent(played: ScriptedServer, server: Server) -> None:
    """Not what this computer is, nor what speaks."""
    list(model_of(played, server).stream(MESSAGES))

    (asked,) = played.asked
    name, value = KEYS.get(server, ("authorization", f"Bearer {KEY}"))
    version = {"anthropic-version"} if server is Server.ANTHROPIC else set()
    assert set(asked.headers) == NEEDED | version | {name}
    assert asked.headers[name] == value
    assert str(asked).count(KEY) == 1


@every_provider
def test_the_first_piece_does_not_wait_for_the_second(
    played: ScriptedServer, server: Server
) -> None:
    """The server says no more until the first piece has been read."""
    go_on = threading.Event()
    played.play(Play(["Well, ", go_on, "yes."]))

    answer = model_of(played, server).stream(MESSAGES)
    assert next(answer) == "Well, "
    go_on.set()
    assert list(answer) == ["yes."]


def test_it_is_all_that_a_model_elsewhere_is(played: ScriptedServer) -> None:
    """The flows look at what a model can do by these protocols; no form is asked of one."""
    price = Price(1e-6, 2e-6)
    endpoint = endpoint_of(played, Server.GROQ)
    offer = ModelOffer(ModelChoice(Server.GROQ, "m"), 8192, price, answer_tokens=8192)
    model: Model = RemoteModel("Groq", endpoint, KEY, offer)

    assert not model.is_local
    assert isinstance(model, Charged)
    assert (model.provider, model.price) == ("Groq", price)
    assert isinstance(model, Sized)
    assert model.context_tokens == 8192
    assert model.answer_tokens == 2048, "a quarter of it"
    assert not isinstance(model, Structured)
    assert isinstance(model.stream(MESSAGES), Counted)


def test_an_answer_without_end_is_cut_off(played: ScriptedServer) -> None:
    """Whatever length was asked for: no more is read, and nobody waits for the rest."""
    never = threading.Event()
    played.play(Play(["a" * 100_000] * 5 + [never]))

    pieces, error = failing(model_of(played))

    assert isinstance(error, AnswerCutOff)
    assert len("".join(pieces)) == MOST_CHARACTERS
    assert played.asked[0].gone.wait(SECONDS)


@pytest.mark.parametrize("status", [200, 500])
def test_a_line_without_end_is_cut_off(played: ScriptedServer, status: int) -> None:
    """Also where it is an error: it is read no further than any answer could be long."""
    megabyte = b"a" * 1024 * 1024
    never = threading.Event()
    played.play(
        Play([b"data: ", *[megabyte] * (MOST_BYTES // len(megabyte)), b"a", never], status=status)
    )

    pieces, error = failing(model_of(played))

    assert (pieces, type(error)) == ([], AnswerBrokenOff)
    assert played.asked[0].gone.wait(SECONDS)


def test_nothing_is_asked_before_the_first_piece_is(played: ScriptedServer) -> None:
    """An answer that nobody reads costs nothing."""
    answer = model_of(played).stream(MESSAGES)
    answer.close()

    assert list(answer) == []
    assert played.asked == []


@pytest.mark.parametrize("model", ["models/gemini-pro", "gemini-pro"])
def test_a_model_of_gemini_is_named_with_or_without_its_folder(
    played: ScriptedServer, model: str
) -> None:
    """Its list has it, its documentation does not."""
    list(model_of(played, Server.GEMINI, model=model).stream(MESSAGES))

    assert played.asked[0].path == "/v1beta/models/gemini-pro:streamGenerateContent?alt=sse"


@pytest.mark.parametrize("model", ["../x?key=1", "a/../../b", "a#b", "a:countTokens?x="])
def test_the_name_of_a_model_leads_nowhere_else(played: ScriptedServer, model: str) -> None:
    """It stands in the address, as one word."""
    list(model_of(played, Server.GEMINI, model=model).stream(MESSAGES))

    path, _, query = played.asked[0].path.partition("?")
    assert path.startswith("/v1beta/models/")
    assert path.endswith(":streamGenerateContent")
    assert (path.count("/"), query) == (3, "alt=sse")


def test_what_an_answer_cost_is_kept_where_it_is_told(played: ScriptedServer) -> None:
    """OpenRouter tells it with the tokens."""
    usage = {"prompt_tokens": 12, "completion_tokens": 3, "total_tokens": 15, "cost": 0.0042}
    played.play(Play(["Yes", {"choices": [], "usage": usage}], usage=None))

    answer = model_of(played, Server.OPENROUTER).stream(MESSAGES)
    assert list(answer) == ["Yes"]
    assert answer.usage == Usage(12, 3, counted_by_model=True, cost=0.0042)


@pytest.mark.parametrize("cost", [-1, True, "1", 1e9, float("nan")])
def test_a_cost_that_cannot_be_is_unknown(played: ScriptedServer, cost: object) -> None:
    """It is added up, beside the answers."""
    usage = {"prompt_tokens": 12, "completion_tokens": 3, "total_tokens": 15, "cost": cost}
    played.play(Play(["Yes", {"choices": [], "usage": usage}], usage=None))

    answer = model_of(played, Server.OPENROUTER).stream(MESSAGES)
    assert list(answer)
    assert answer.usage == Usage(12, 3, counted_by_model=True)


@every_wire
def test_tokens_of_an_answer_that_was_stopped_are_unknown(
    played: ScriptedServer, server: Server
) -> None:
    """What Anthropic and Gemini tell before the end is not what was answered."""
    played.play(Play(["One, ", threading.Event()]))
    answer = model_of(played, server).stream(MESSAGES)
    assert next(answer) == "One, "
    answer.close()

    assert answer.usage is None


@every_wire
def test_tokens_are_unknown_where_nobody_counts(played: ScriptedServer, server: Server) -> None:
    """They are not made up."""
    played.play(Play(usage=None))
    answer = model_of(played, server).stream(MESSAGES)

    assert list(answer)
    assert answer.usage is None


COUNTS: dict[str, tuple[Server, Mapping[str, object], Usage | None]] = {
    "Anthropic, kept before": (
        Server.ANTHROPIC,
        {
            "type": "message_delta",
            "delta": {"stop_reason": "end_turn"},
            "usage": {
                "input_tokens": 10,
                "cache_read_input_tokens": 500,
                "cache_creation_input_tokens": None,
                "output_tokens": 7,
            },
        },
        Usage(510, 7, counted_by_model=True),
    ),
    "Gemini, thoughts beside the answer": (
        Server.GEMINI,
        {
            "candidates": [{"finishReason": "STOP"}],
            "usageMetadata": {
                "promptTokenCount": 10,
                "candidatesTokenCount": 7,
                "thoughtsTokenCount": 100,
                "totalTokenCount": 117,
            },
        },
        Usage(10, 107, counted_by_model=True),
    ),
    "Gemini, less than nothing": (
        Server.GEMINI,
        {
            "candidates": [{"finishReason": "STOP"}],
            "usageMetadata": {"promptTokenCount": 10, "totalTokenCount": 3},
        },
        None,
    ),
}


@pytest.mark.parametrize("case", COUNTS)
def test_all_tokens_are_counted_that_are_paid_for(played: ScriptedServer, case: str) -> None:
    """Also those that are told apart."""
    server, last, usage = COUNTS[case]
    played.play(Play(["Yes", last, Fault.END], usage=None))
    answer = model_of(played, server).stream(MESSAGES)

    assert list(answer) == ["Yes"]
    assert answer.usage == usage


THINKING: dict[str, Sequence[Step]] = {
    "told apart": [Thought("hm"), Thought("so"), "Yes", "."],
    "in the text": ["<think>hm</think>Yes", "."],
}


@every_provider
@pytest.mark.parametrize("case", THINKING)
def test_thoughts_are_no_part_of_the_answer(
    played: ScriptedServer, server: Server, case: str
) -> None:
    """However the provider tells of them."""
    played.play(Play(THINKING[case]))

    assert list(model_of(played, server).stream(MESSAGES)) == ["Yes", "."]


def test_thoughts_of_mistral_come_as_parts(played: ScriptedServer) -> None:
    """Of the same text as the answer."""
    thought = {"type": "thinking", "thinking": [{"type": "text", "text": "hm"}]}
    parts = [thought, {"type": "text", "text": "Yes"}]
    played.play(
        Play(
            [{"choices": [{"index": 0, "delta": {"content": part}}]} for part in ([thought], parts)]
        )
    )

    assert list(model_of(played, Server.MISTRAL).stream(MESSAGES)) == ["Yes"]


@every_wire
@pytest.mark.parametrize(
    ("finish", "expected"), [("length", AnswerCutOff), ("content_filter", AnswerRefused)]
)
def test_an_answer_says_why_it_ended(
    played: ScriptedServer, server: Server, finish: str, expected: type[ModelUnavailable]
) -> None:
    """What came stands, with what it took."""
    played.play(Play(["So far"], finish=finish))
    answer = model_of(played, server).stream(MESSAGES)

    assert next(answer) == "So far"
    with pytest.raises(expected):
        next(answer)
    assert answer.usage == Usage(12, 3, counted_by_model=True)


ENDED: dict[str, tuple[Server, Play, type[ModelUnavailable]]] = {
    "Mistral's size": (Server.MISTRAL, Play(["So "], finish="model_length"), AnswerCutOff),
    "OpenRouter's error": (Server.OPENROUTER, Play(["So "], finish="error"), AnswerBrokenOff),
    "OpenRouter's error with words": (
        Server.OPENROUTER,
        Play(
            [
                "So ",
                {
                    "error": {"code": 502, "message": f"Provider disconnected {TEXT}"},
                    "choices": [{"index": 0, "delta": {"content": ""}, "finish_reason": "error"}],
                },
            ]
        ),
        AnswerBrokenOff,
    ),
    "Gemini blocks the question": (
        Server.GEMINI,
        Play([{"promptFeedback": {"blockReason": "SAFETY"}}, Fault.END]),
        AnswerRefused,
    ),
    "Gemini recites": (Server.GEMINI, Play(["So "], finish="RECITATION"), AnswerRefused),
    "Anthropic is overloaded": (
        Server.ANTHROPIC,
        Play(["So ", {"type": "error", "error": {"type": "overloaded_error", "message": TEXT}}]),
        ModelBusy,
    ),
    "Anthropic fails": (
        Server.ANTHROPIC,
        Play(["So ", {"type": "error", "error": {"type": "api_error", "message": TEXT}}]),
        AnswerBrokenOff,
    ),
    "Anthropic's size": (
        Server.ANTHROPIC,
        Play(["So "], finish="model_context_window_exceeded"),
        AnswerCutOff,
    ),
    "Gemini does not know": (Server.GEMINI, Play(["So "], finish="OTHER"), AnswerBrokenOff),
    "Gemini is overloaded": (
        Server.GEMINI,
        Play(["So ", {"error": {"code": 503, "message": TEXT, "status": "UNAVAILABLE"}}]),
        AnswerBrokenOff,
    ),
}


@pytest.mark.parametrize("case", ENDED)
def test_each_provider_has_ends_of_its_own(played: ScriptedServer, case: str) -> None:
    """None of them is taken for a whole answer, and none is asked for again."""
    server, play, expected = ENDED[case]
    played.play(play)

    pieces, error = failing(model_of(played, server))
    assert type(error) is expected
    assert pieces == [step for step in play.steps if step == "So "]
    assert "Fjordvik" not in "".join(traceback.format_exception(error))
    assert len(played.asked) == 1


# -- stopping ----------------------------------------------------------------------------------


@every_provider
def test_stopping_between_two_pieces_tells_the_server(
    played: ScriptedServer, server: Server
) -> None:
    """What has come stays; nothing more comes, and nothing more is paid for."""
    played.play(Play(["One, ", threading.Event(), "two."]))
    answer = model_of(played, server).stream(MESSAGES)

    assert next(answer) == "One, "
    answer.close()
    answer.close()
    assert played.asked[0].gone.wait(SECONDS)
    assert list(answer) == []


@every_wire
@pytest.mark.parametrize(
    "play", [Play(before=threading.Event()), Play([threading.Event()])], ids=["byte", "piece"]
)
def test_stopping_ends_the_waiting_and_tells_the_server(
    played: ScriptedServer, server: Server, play: Play
) -> None:
    """From another thread, at once, and without an error."""
    played.play(play)
    answer = model_of(played, server).stream(MESSAGES)
    came: list[object] = []

    def read() -> None:
        try:
            came.extend(answer)
        except ModelUnavailable as error:
            came.append(error)

    thread = threading.Thread(target=read)
    thread.start()
    assert played.wait_for_requests(1)

    answer.close()
    assert played.asked[0].gone.wait(SECONDS)
    thread.join(SECONDS)
    assert (thread.is_alive(), came) == (False, [])


# -- what goes wrong ---------------------------------------------------------------------------

ECHO = f"in “{TEXT}”, key {KEY}"


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


# -- where text goes ---------------------------------------------------------------------------

PROXIES = ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy")
BASES = (
    "OPENAI_BASE_URL OPENAI_API_BASE ANTHROPIC_API_BASE ANTHROPIC_BASE_URL GEMINI_API_BASE "
    "GOOGLE_GEMINI_BASE_URL OPENROUTER_API_BASE MISTRAL_API_BASE MISTRAL_BASE_URL GROQ_API_BASE"
).split()
OTHER_KEYS = (
    "OPENAI_API_KEY ANTHROPIC_API_KEY GEMINI_API_KEY GOOGLE_API_KEY PALM_API_KEY MISTRAL_API_KEY "
    "OPENROUTER_API_KEY GROQ_API_KEY LITELLM_API_KEY OPENAI_ORGANIZATION OPENAI_ORG_ID "
    "OPENAI_PROJECT_ID ANTHROPIC_AUTH_TOKEN OR_SITE_URL OR_APP_NAME"
).split()


@pytest.fixture
def other(monkeypatch: pytest.MonkeyPatch) -> Iterator[ScriptedServer]:
    """Where everything would go that the environment has a say in."""
    with ScriptedServer("other") as started:
        for name in (*PROXIES, *BASES):
            monkeypatch.setenv(name, started.address)
        for name in OTHER_KEYS:
            monkeypatch.setenv(name, ENVIRONMENT_KEY)
        monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", f"X-Key: {ENVIRONMENT_KEY}")
        yield started


def went(server: ScriptedServer) -> list[object]:
    return [*server.asked, *server.looked_up, *server.ways_asked]


@every_provider
def test_nothing_of_the_environment_is_sent(
    played: ScriptedServer, other: ScriptedServer, server: Server
) -> None:
    """Not its keys, and not the text to where it says: the address that was given is the one."""
    assert list(model_of(played, server, model="llama-3").stream(MESSAGES))

    (asked,) = played.asked
    assert ENVIRONMENT_KEY not in str(asked)
    assert (went(other), played.looked_up) == ([], [])


def test_warming_up_asks_nobody(other: ScriptedServer) -> None:
    """Whatever is imported for a first answer is, and nothing more."""
    for wire in Wire:
        warm_up(wire)

    assert went(other) == []


@every_wire
def test_a_server_that_sends_elsewhere_is_not_followed(
    played: ScriptedServer, other: ScriptedServer, server: Server
) -> None:
    """The text would go with it."""
    there = f"{other.address}/v1/chat/completions"
    played.play(Play(status=307, error="{}", headers={"Location": there}))

    failing(model_of(played, server))
    assert went(other) == []


@every_provider
def test_nothing_of_a_conversation_is_logged(
    played: ScriptedServer,
    server: Server,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """At no level, and on no error; neither what was asked nor what was answered, nor the key."""
    caplog.set_level(logging.DEBUG)
    played.play(Play(["Fjordvik, then."]), *(refusal(s, ECHO) for s in (400, 401, 500)))
    model = model_of(played, server)

    assert list(model.stream(MESSAGES))
    for _ in range(3):
        failing(model)
    out, err = capfd.readouterr()
    for shown in (caplog.text, out, err, repr(model), repr(vars(model)["_endpoint"])):
        assert "Fjordvik" not in shown
        assert KEY not in shown
