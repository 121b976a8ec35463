"""Chat models elsewhere, against a server that plays each provider in its own form.

The forms are those of the providers' documentation; no provider was asked.
"""

import threading
import traceback
from collections.abc import Mapping, Sequence

import pytest

from memory.adapters.llm import RemoteModel
from memory.adapters.llm.answer import MOST_CHARACTERS
from memory.adapters.llm.line import MOST_BYTES
from memory.errors import (
    AnswerBrokenOff,
    AnswerCutOff,
    AnswerRefused,
    ModelBusy,
    ModelUnavailable,
)
from memory.protocols import Charged, Counted, Model, Sized, Structured
from memory.records import ModelChoice, ModelOffer, Price, Server, Usage
from memory.rules.context_window import MOST_ANSWER_TOKENS
from tests.adapters.llm.played import (
    KEY,
    MESSAGES,
    SECONDS,
    TEXT,
    endpoint_of,
    every_provider,
    every_wire,
    failing,
    model_of,
)
from tests.adapters.llm.played import library as library
from tests.adapters.llm.played import played as played
from tests.adapters.scripted_server import Fault, Play, ScriptedServer, Step, Thought

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
