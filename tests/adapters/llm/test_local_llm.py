"""Chat models through litellm, against a server that says and fails what the test tells it to."""

import inspect
import logging
import threading
import traceback
from collections.abc import Iterator, Mapping, Sequence

import pytest

from memory.adapters.llm import LocalModel, warm_up
from memory.adapters.llm.failures import BY_CLASS, Foreign, kind_of
from memory.adapters.llm.library import litellm
from memory.adapters.llm.thoughts import Answering
from memory.errors import (
    AnswerBrokenOff,
    AnswerCutOff,
    AnswerRefused,
    ContextTooLong,
    EmptyAnswer,
    InvalidInput,
    KeyRefused,
    ModelBusy,
    ModelNotConnected,
    ModelNotFound,
    ModelOutOfFunds,
    ModelTooSlow,
    ModelUnavailable,
    RequestNotUnderstood,
)
from memory.protocols import Counted, Model, Sized, Structured
from memory.records import ChatMessage, Server, Usage
from memory.rules.context_window import MOST_ANSWER_TOKENS
from tests.adapters.scripted_server import Fault, Play, ScriptedServer, Step, Thought, refusal

TEXT = "my bank is called Fjordvik"
KEY = "key-7712"
ENVIRONMENT_KEY = "sk-of-another-service"
MESSAGES: Sequence[ChatMessage] = ({"role": "user", "content": TEXT},)
SECONDS = 20
"""Longer than anything here takes, so that what hangs fails."""

KINDS = (Server.COMPATIBLE, Server.LLAMA_CPP, Server.OLLAMA)
every_kind = pytest.mark.parametrize("kind", KINDS)
both_protocols = pytest.mark.parametrize("kind", [Server.COMPATIBLE, Server.OLLAMA])


@pytest.fixture(scope="module", autouse=True)
def library() -> None:
    """Takes seconds once, so that no test waits for it with a thread beside it."""
    warm_up()


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer("scripted") as started:
        yield started


class Waits:
    """Remembers how long it should have waited, and does not."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    def __call__(self, _stopped: threading.Event, seconds: float) -> None:
        self.seconds.append(seconds)


def model_of(
    server: ScriptedServer,
    kind: Server = Server.COMPATIBLE,
    *,
    model: str = "scripted",
    key: str = KEY,
    context_tokens: int | None = None,
    answer_seconds: float = SECONDS,
    wait: Waits | None = None,
) -> LocalModel:
    return LocalModel(
        "Scripted",
        kind,
        model,
        server.address,
        key,
        context_tokens=context_tokens,
        answer_seconds=answer_seconds,
        wait=wait or Waits(),
    )


def failing(model: LocalModel) -> tuple[list[str], ModelUnavailable]:
    """The pieces that came, and what ended them."""
    pieces: list[str] = []
    with pytest.raises(ModelUnavailable) as raised:
        pieces.extend(model.stream(MESSAGES))
    return pieces, raised.value


# -- what is asked, and what comes -------------------------------------------------------------


@every_kind
def test_an_answer_comes_in_its_pieces(server: ScriptedServer, kind: Server) -> None:
    """What is asked for is the model by its own name, with the messages as they are."""
    answer = model_of(server, kind, model="llama-3/8b:q4").stream(MESSAGES)

    assert list(answer) == ["That ", "is ", "noted."]
    assert answer.usage == Usage(12, 3, counted_by_model=True)
    (asked,) = server.asked
    assert asked.body["model"] == "llama-3/8b:q4"
    assert [(m["role"], m["content"]) for m in asked.body["messages"]] == [("user", TEXT)]


@both_protocols
def test_the_first_piece_does_not_wait_for_the_second(server: ScriptedServer, kind: Server) -> None:
    """The server says no more until the first piece has been read."""
    go_on = threading.Event()
    server.play(Play(["Well, ", go_on, "yes."]))

    answer = model_of(server, kind).stream(MESSAGES)
    assert next(answer) == "Well, "
    go_on.set()
    assert list(answer) == ["yes."]


@both_protocols
def test_tokens_are_unknown_where_the_server_does_not_count(
    server: ScriptedServer, kind: Server
) -> None:
    """litellm would count by itself, with another encoding than the model's."""
    server.play(Play(usage=None))
    answer = model_of(server, kind).stream(MESSAGES)

    assert list(answer)
    assert answer.usage is None


@both_protocols
@pytest.mark.parametrize("usage", [(-1, 3), (12, 10**30)])
def test_tokens_that_cannot_be_are_unknown(
    server: ScriptedServer, kind: Server, usage: tuple[int, int]
) -> None:
    """They are kept beside the answer, where numbers have a limit."""
    server.play(Play(usage=usage))
    answer = model_of(server, kind).stream(MESSAGES)

    assert list(answer)
    assert answer.usage is None


def test_it_is_all_that_a_model_can_be(server: ScriptedServer) -> None:
    """The flows look at what a model can do by these protocols."""
    model = model_of(server, context_tokens=8192)
    as_model: Model = model

    assert as_model.is_local
    assert isinstance(model, Sized)
    assert isinstance(model, Structured)
    assert isinstance(model.stream(MESSAGES), Counted)
    assert model.context_tokens == 8192


def test_how_much_it_reads_is_found_out_when_needed_until_it_is_known(
    server: ScriptedServer,
) -> None:
    """Its server may be started later; and Ollama, not told how much, cuts off."""
    measured = iter([None, 4096])
    model = LocalModel(
        "Scripted", Server.OLLAMA, "m", server.address, measure=lambda: next(measured)
    )

    list(model.stream(MESSAGES))
    list(model.stream(MESSAGES))
    assert model.context_tokens == 4096
    assert [asked.body["options"].get("num_ctx") for asked in server.asked] == [None, 4096]


def test_nothing_is_asked_before_the_first_piece_is(server: ScriptedServer) -> None:
    """An answer that nobody reads costs nothing."""
    answer = model_of(server).stream(MESSAGES)
    answer.close()

    assert list(answer) == []
    assert server.asked == []


def test_warming_up_asks_nobody(elsewhere: ScriptedServer) -> None:
    """Whatever is imported for a first answer is, and nothing more."""
    warm_up()

    assert elsewhere.asked == elsewhere.looked_up == []


def test_an_address_that_is_known_late_is_asked_for_late(server: ScriptedServer) -> None:
    """The server inside the app is started by the first answer."""
    reached: list[int] = []

    def reach() -> tuple[str, str]:
        reached.append(1)
        return server.address, "late-key"

    model = LocalModel("Own", Server.OWN, "m", reach=reach)
    answer = model.stream(MESSAGES)
    assert reached == []
    assert "".join(answer) == "That is noted."
    assert server.asked[0].headers["authorization"] == "Bearer late-key"


def test_what_hinders_the_late_address_is_told(server: ScriptedServer) -> None:
    """The server inside the app may not start."""

    def reach() -> tuple[str, str]:
        raise ModelNotConnected("Own")

    with pytest.raises(ModelNotConnected):
        next(LocalModel("Own", Server.OWN, "m", reach=reach).stream(MESSAGES))


def test_ollama_is_told_how_much_to_read(server: ScriptedServer) -> None:
    """It cuts off what is above its own default, in silence."""
    list(model_of(server, Server.OLLAMA, context_tokens=8192).stream(MESSAGES))

    assert server.asked[0].path == "/api/chat"
    assert server.asked[0].body["options"]["num_ctx"] == 8192


SCHEMA: Mapping[str, object] = {"type": "object", "properties": {"facts": {"type": "array"}}}


def test_a_form_is_asked_for_of_openai_compatible_servers(server: ScriptedServer) -> None:
    """By JSON Schema, and without chance."""
    server.play(Play(['{"facts":', " []}"]))

    assert "".join(model_of(server).structured(MESSAGES, SCHEMA)) == '{"facts": []}'
    body = server.asked[0].body
    assert body["response_format"]["type"] == "json_schema"
    assert body["response_format"]["json_schema"]["schema"] == SCHEMA
    assert body["temperature"] == 0


def test_a_form_is_asked_for_of_ollama(server: ScriptedServer) -> None:
    """In Ollama's own words, beside how much it is to read."""
    list(model_of(server, Server.OLLAMA, context_tokens=4096).structured(MESSAGES, SCHEMA))

    body = server.asked[0].body
    assert body["format"] == SCHEMA
    assert (body["options"]["temperature"], body["options"]["num_ctx"]) == (0, 4096)


@pytest.mark.parametrize("model", ["gpt-5-pro", "o1", "gpt-4", "responses/x", "openai/gpt-oss-20b"])
def test_the_name_of_a_model_changes_nothing(server: ScriptedServer, model: str) -> None:
    """litellm refuses settings, or asks elsewhere, by names of well-known models."""
    assert list(model_of(server, model=model).structured(MESSAGES, SCHEMA))
    assert (server.asked[0].path, server.asked[0].body["model"]) == ("/v1/chat/completions", model)


@both_protocols
def test_an_answer_cut_at_its_length_says_so(server: ScriptedServer, kind: Server) -> None:
    """What came stands, and the person can ask to go on."""
    server.play(Play(["So far"], finish="length"))
    answer = model_of(server, kind).stream(MESSAGES)

    assert next(answer) == "So far"
    with pytest.raises(AnswerCutOff):
        next(answer)


@both_protocols
def test_no_answer_goes_on_for_ever(server: ScriptedServer, kind: Server) -> None:
    """A model that goes round in circles is ended by its server."""
    list(model_of(server, kind).stream(MESSAGES))

    body = server.asked[0].body
    most = body["options"]["num_predict"] if kind is Server.OLLAMA else body["max_tokens"]
    assert most == MOST_ANSWER_TOKENS


@both_protocols
def test_the_same_piece_a_hundred_times_is_an_answer(server: ScriptedServer, kind: Server) -> None:
    """litellm takes it for a model that has gone astray."""
    server.play(Play(["\n|", *["-"] * 150]))

    assert len(list(model_of(server, kind).stream(MESSAGES))) == 151


# -- thoughts ----------------------------------------------------------------------------------

THINKING: dict[str, tuple[Sequence[Step], list[str]]] = {
    "told apart by the server": ([Thought("hm"), Thought("so"), "Yes", "."], ["Yes", "."]),
    "in the text": (["<think>hm</think>Yes", "."], ["Yes", "."]),
    "over pieces": (["<th", "ink>", "hm", " so", "</thi", "nk>\n\n", "Yes", "."], ["Yes", "."]),
    "without a thought": (["<think>\n", "</think>", "Yes"], ["Yes"]),
}


@both_protocols
@pytest.mark.parametrize("case", THINKING)
def test_thoughts_are_no_part_of_the_answer(
    server: ScriptedServer, kind: Server, case: str
) -> None:
    """However the server tells of them."""
    said, answered = THINKING[case]
    server.play(Play(said))

    assert list(model_of(server, kind).stream(MESSAGES)) == answered


@pytest.mark.parametrize(
    ("pieces", "answer"),
    [
        (["Yes, ", "<think> is a tag"], "Yes, <think> is a tag"),
        (["<th", "is>"], "<this>"),
        (["<thi"], "<thi"),
        ([" \n", " Yes "], "Yes "),
        (["<think>a</think", "> <think>b</think>c"], "<think>b</think>c"),
        (["<think>a < b </think></think>c"], "</think>c"),
        (["<think>for ever", " and ever"], ""),
        ([], ""),
    ],
)
def test_only_thoughts_in_front_are_left_out(pieces: Sequence[str], answer: str) -> None:
    """What looks like them later on is what the answer is about."""
    answering = Answering()

    assert "".join([*(answering.take(piece) for piece in pieces), answering.end()]) == answer


# -- stopping ----------------------------------------------------------------------------------


def in_a_thread(answer: Iterator[str]) -> tuple[threading.Thread, list[object]]:
    """Reads the answer; the list gets its pieces, or the error."""
    came: list[object] = []

    def read() -> None:
        try:
            came.extend(answer)
        except ModelUnavailable as error:
            came.append(error)

    thread = threading.Thread(target=read)
    thread.start()
    return thread, came


WAITING: dict[str, Play] = {
    "the first byte": Play(before=threading.Event()),
    "the first piece": Play([threading.Event()]),
}


@both_protocols
@pytest.mark.parametrize("waits_for", WAITING)
def test_stopping_ends_the_waiting_and_tells_the_server(
    server: ScriptedServer, kind: Server, waits_for: str
) -> None:
    """From another thread, at once, and without an error; the server need not go on."""
    server.play(WAITING[waits_for])
    answer = model_of(server, kind).stream(MESSAGES)
    thread, came = in_a_thread(answer)
    assert server.wait_for_requests(1)

    answer.close()
    assert server.asked[0].gone.wait(SECONDS)
    thread.join(SECONDS)
    assert not thread.is_alive()
    assert came == []


@both_protocols
def test_stopping_between_two_pieces_tells_the_server(server: ScriptedServer, kind: Server) -> None:
    """What has come stays; nothing more comes."""
    server.play(Play(["One, ", threading.Event(), "two."]))
    answer = model_of(server, kind).stream(MESSAGES)

    assert next(answer) == "One, "
    answer.close()
    answer.close()
    assert server.asked[0].gone.wait(SECONDS)
    assert list(answer) == []


def test_stopping_ends_the_wait_for_another_try(server: ScriptedServer) -> None:
    """The next try is a second away, or ten."""
    waiting = threading.Event()

    def wait(stopped: threading.Event, _seconds: float) -> None:
        waiting.set()
        assert stopped.wait(SECONDS)

    server.play(refusal(503, "Loading model"))
    model = LocalModel("Scripted", Server.COMPATIBLE, "m", server.address, wait=wait)
    answer = model.stream(MESSAGES)
    thread, came = in_a_thread(answer)
    assert waiting.wait(SECONDS)

    answer.close()
    thread.join(SECONDS)
    assert (thread.is_alive(), came, len(server.asked)) == (False, [], 1)


# -- trying again ------------------------------------------------------------------------------


@both_protocols
@pytest.mark.parametrize("status", [429, 503, 529])
def test_a_busy_server_is_asked_again(server: ScriptedServer, kind: Server, status: int) -> None:
    """It may only be loading the model."""
    waits = Waits()
    server.play(refusal(status, "not now"), refusal(status, "not now"))

    assert list(model_of(server, kind, wait=waits).stream(MESSAGES))
    assert (len(server.asked), waits.seconds) == (3, [1.0, 3.0])


@both_protocols
@pytest.mark.parametrize("status", [429, 503, 529])
def test_a_server_that_stays_busy_is_asked_three_times(
    server: ScriptedServer, kind: Server, status: int
) -> None:
    """And by nobody else: litellm and openai try again by themselves, by default."""
    server.play(*[refusal(status, "not now")] * 9)

    assert isinstance(failing(model_of(server, kind))[1], ModelBusy)
    assert len(server.asked) == 3


def test_a_server_says_how_long_to_wait(server: ScriptedServer) -> None:
    """As long as it is bearable."""
    waits = Waits()
    server.play(Play(status=429, error="{}", headers={"Retry-After": "7"}))

    assert list(model_of(server, wait=waits).stream(MESSAGES))
    assert waits.seconds == [7.0]


def test_who_must_wait_long_is_told_at_once(server: ScriptedServer) -> None:
    """Half an hour is not waited for."""
    waits = Waits()
    server.play(Play(status=429, error="{}", headers={"Retry-After": "1800"}))

    assert isinstance(failing(model_of(server, wait=waits))[1], ModelBusy)
    assert (waits.seconds, len(server.asked)) == ([], 1)


# -- what goes wrong ---------------------------------------------------------------------------

ECHO = f"in “{TEXT}”, key {KEY}"

NESTED = b"[" * 100_000
FAILURES: dict[str, tuple[Play, type[ModelUnavailable]]] = {
    "bad request": (refusal(400, f"bad field {ECHO}"), RequestNotUnderstood),
    "not even JSON": (Play(status=400, error=f"<html>{ECHO}"), RequestNotUnderstood),
    "unprocessable": (refusal(422, f"bad type {ECHO}"), RequestNotUnderstood),
    "no key": (refusal(401, f"Invalid API Key {ECHO}"), KeyRefused),
    "not this key": (refusal(403, f"forbidden {ECHO}"), KeyRefused),
    "no such model": (refusal(404, f"model not found {ECHO}"), ModelNotFound),
    "no such model, said otherwise": (refusal(400, f"Model not found {ECHO}"), ModelNotFound),
    "nothing paid": (refusal(402, f"payment required {ECHO}"), ModelOutOfFunds),
    "quota": (refusal(429, f"quota {ECHO}", type="insufficient_quota"), ModelOutOfFunds),
    "policy": (refusal(400, f"content_policy_violation {ECHO}"), AnswerRefused),
    "inside": (refusal(500, f"oh {ECHO}"), ModelUnavailable),
    "behind a gateway": (refusal(502, f"oh {ECHO}"), ModelNotConnected),
    "gateway too slow": (refusal(504, f"oh {ECHO}"), ModelTooSlow),
    "llama.cpp, context": (
        refusal(
            400,
            f"the request exceeds the available context size {ECHO}",
            type="exceed_context_size_error",
        ),
        ContextTooLong,
    ),
    "LM Studio, context": (
        refusal(400, f"Trying to keep the first 9000 tokens when context length is 4096 {ECHO}"),
        ContextTooLong,
    ),
    "vLLM, context": (refusal(400, f"maximum context length is 4096 {ECHO}"), ContextTooLong),
    "Ollama, context": (
        Play(status=400, error={"error": f"input length exceeds the context length {ECHO}"}),
        ContextTooLong,
    ),
    "cut in the middle": (Play(["So ", Fault.DROP]), AnswerBrokenOff),
    "cut before the first word": (Play([Fault.DROP]), AnswerBrokenOff),
    "ended too early": (Play(["So ", Fault.END]), AnswerBrokenOff),
    "garbage": (Play(["So ", b"data: {no\n\n{no\n"]), AnswerBrokenOff),
    "nested without end": (
        Play(["So ", NESTED + b"\ndata: " + NESTED + b"\n\n"]),
        AnswerBrokenOff,
    ),
    "another shape": (
        Play(["So ", b"data: [1]\n\n", {"message": [2], "choices": [3]}]),
        AnswerBrokenOff,
    ),
    "no text": (
        Play(["So ", {"message": {"content": 7}, "choices": [{"delta": {"content": 7}}]}]),
        AnswerBrokenOff,
    ),
    "an error in the middle": (Play(["So ", {"error": {"message": ECHO}}]), AnswerBrokenOff),
    "context, in the stream": (
        Play([{"error": {"message": f"the context length {ECHO}"}}]),
        ContextTooLong,
    ),
    "filtered": (Play(["So "], finish="content_filter"), AnswerRefused),
    "no word": (Play([]), EmptyAnswer),
    "only space": (Play([" ", "\n"]), EmptyAnswer),
    "only thoughts": (Play(["<think>hm"]), EmptyAnswer),
}


@both_protocols
@pytest.mark.parametrize("case", FAILURES)
def test_every_failure_has_its_error(server: ScriptedServer, kind: Server, case: str) -> None:
    """What had come stays; the error, and whatever a traceback shows, holds nothing of the text."""
    play, expected = FAILURES[case]
    server.play(play)

    pieces, error = failing(model_of(server, kind))
    assert type(error) is expected
    assert pieces == [step for step in play.steps if step == "So "]
    shown = "".join(traceback.format_exception(error))
    assert "Fjordvik" not in shown
    assert KEY not in shown
    assert len(server.asked) == 1


def test_what_caused_a_failure_is_told_without_its_words(server: ScriptedServer) -> None:
    """For whoever looks for the reason."""
    server.play(refusal(401, ECHO))

    cause = failing(model_of(server))[1].__cause__
    assert isinstance(cause, Foreign)
    assert str(cause) == "litellm.exceptions.AuthenticationError, answered with status 401"


@both_protocols
@pytest.mark.parametrize(
    "play",
    [Play(before=threading.Event()), Play(["So ", threading.Event()])],
    ids=["first", "next"],
)
def test_a_server_that_says_nothing_is_too_slow(
    server: ScriptedServer, kind: Server, play: Play
) -> None:
    """To the first piece, and between two."""
    server.play(play)

    assert type(failing(model_of(server, kind, answer_seconds=0.2))[1]) is ModelTooSlow
    assert server.asked[0].gone.wait(SECONDS)


@every_kind
def test_a_server_that_is_not_there_is_not_connected(kind: Server) -> None:
    """Its port was free a moment ago."""
    with ScriptedServer() as gone:
        pass

    assert type(failing(model_of(gone, kind))[1]) is ModelNotConnected


def test_an_answer_that_said_why_it_ended_is_whole(server: ScriptedServer) -> None:
    """Whatever becomes of the connection then."""
    last = {"choices": [{"index": 0, "delta": {"content": "Yes."}, "finish_reason": "stop"}]}
    server.play(Play([last, Fault.DROP]))

    assert list(model_of(server).stream(MESSAGES)) == ["Yes."]


def test_every_error_of_litellm_has_a_meaning() -> None:
    """A class that a new version brings is to be thought about, not guessed."""
    classes = [
        kind
        for _, kind in inspect.getmembers(litellm().exceptions, inspect.isclass)
        if issubclass(kind, BaseException) and kind.__module__.startswith("litellm")
    ]

    assert len(classes) > 20
    assert [kind for kind in classes if f"litellm.{kind.__name__}" not in BY_CLASS] == []


def test_every_error_of_openai_has_a_meaning() -> None:
    """They come through where an answer is read."""
    import openai

    classes = [
        kind
        for _, kind in inspect.getmembers(openai, inspect.isclass)
        if issubclass(kind, openai.APIError)
    ]

    assert len(classes) > 8
    assert [kind for kind in classes if f"openai.{kind.__name__}" not in BY_CLASS] == []


def test_a_class_that_is_not_in_the_table_means_what_its_ancestor_does() -> None:
    """The nearest one that is."""
    import openai

    class Newer(openai.AuthenticationError):
        def __init__(self) -> None:
            Exception.__init__(self, "new")

    assert kind_of(Newer()) is KeyRefused


# -- where text goes ---------------------------------------------------------------------------


def test_only_addresses_of_this_computer_are_taken() -> None:
    """What is asked of another is another model: it says that it is none of here."""
    with pytest.raises(InvalidInput, match="not this computer"):
        LocalModel("Far", Server.COMPATIBLE, "m", "http://models.example:8080")


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> Iterator[ScriptedServer]:
    """Where everything would go that the environment has a say in."""
    with ScriptedServer("other") as other:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, other.address)
        for name in ("OPENAI_BASE_URL", "OPENAI_API_BASE", "OLLAMA_API_BASE", "OLLAMA_HOST"):
            monkeypatch.setenv(name, other.address)
        for name in ("OPENAI_API_KEY", "OLLAMA_API_KEY", "LITELLM_API_KEY", "OPENAI_ADMIN_KEY"):
            monkeypatch.setenv(name, ENVIRONMENT_KEY)
        for name in ("OPENAI_ORGANIZATION", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID"):
            monkeypatch.setenv(name, ENVIRONMENT_KEY)
        monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", f"X-Key: {ENVIRONMENT_KEY}")
        yield other


@every_kind
@pytest.mark.parametrize("key", [KEY, ""])
def test_nothing_of_the_environment_is_sent(
    server: ScriptedServer, elsewhere: ScriptedServer, kind: Server, key: str
) -> None:
    """Not its keys, and not the text to where it says: the address that was given is the one."""
    assert list(model_of(server, kind, model="llama-3", key=key).stream(MESSAGES))

    (asked,) = server.asked
    assert asked.headers.get("authorization", "") == (f"Bearer {key}" if key else "")
    assert ENVIRONMENT_KEY not in str(asked)
    assert (elsewhere.asked, elsewhere.looked_up, server.looked_up) == ([], [], [])


@both_protocols
def test_a_server_is_not_told_what_this_computer_is(server: ScriptedServer, kind: Server) -> None:
    """The client would tell its operating system and its versions."""
    list(model_of(server, kind).stream(MESSAGES))

    assert "user-agent" not in server.asked[0].headers
    assert not [name for name in server.asked[0].headers if "os" in name.split("-")]


@both_protocols
def test_a_server_that_sends_elsewhere_is_not_followed(
    server: ScriptedServer, elsewhere: ScriptedServer, kind: Server
) -> None:
    """The text would go with it."""
    there = f"{elsewhere.address}/v1/chat/completions"
    server.play(Play(status=307, error="{}", headers={"Location": there}))

    failing(model_of(server, kind))
    assert (elsewhere.asked, elsewhere.looked_up) == ([], [])


@both_protocols
def test_nothing_of_a_conversation_is_logged(
    server: ScriptedServer,
    kind: Server,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """At no level, and on no error; neither what was asked nor what was answered."""
    caplog.set_level(logging.DEBUG)
    server.play(Play(["Fjordvik, then."]), *(refusal(s, ECHO) for s in (400, 401, 500)))
    model = model_of(server, kind)

    assert list(model.stream(MESSAGES))
    for _ in range(3):
        failing(model)
    out, err = capfd.readouterr()
    for shown in (caplog.text, out, err):
        assert "Fjordvik" not in shown
        assert KEY not in shown
