"""Models of providers and of other servers elsewhere: offered, looked up, connected and tested."""

import threading
from collections.abc import Iterator, Mapping
from datetime import date
from urllib.parse import urlsplit

import pytest

from memory.adapters.llm.providers import KEY_VARIABLES, PROVIDERS, Endpoint, without_keys
from memory.adapters.models.chat_models import ChatModels
from memory.errors import (
    InvalidInput,
    KeyMissing,
    KeyRefused,
    ModelBusy,
    ModelNotConnected,
    ModelUnavailable,
)
from memory.protocols import Charged, Models, Sized
from memory.records import (
    Connection,
    KeySource,
    ModelChoice,
    ModelOffer,
    ModelPlace,
    Price,
    Server,
    Usage,
)
from tests.adapters.llm.played import endpoint_of
from tests.adapters.scripted_server import Play, ScriptedServer, Step, openai_models, refusal

KEY = "key-7712"
TODAY = date(2026, 3, 2)
KEYED = {endpoint.variables[0]: KEY for endpoint in PROVIDERS.values()}

every_provider = pytest.mark.parametrize("server", list(PROVIDERS))


@pytest.fixture
def played() -> Iterator[ScriptedServer]:
    with ScriptedServer() as started:
        yield started


def providers_at(played: ScriptedServer) -> Mapping[Server, Endpoint]:
    return {server: endpoint_of(played, server) for server in PROVIDERS}


def models_at(
    played: ScriptedServer, environ: Mapping[str, str] = KEYED, *, test_seconds: float = 20
) -> ChatModels:
    ticks = iter(range(0, 1000, 2))
    return ChatModels(
        addresses=tuple,
        timer=lambda: float(next(ticks)),
        test_seconds=test_seconds,
        environ=environ,
        providers=providers_at(played),
        today=lambda: TODAY,
    )


def elsewhere(address: str, model: str = "m") -> ModelChoice:
    return ModelChoice(Server.ELSEWHERE, model, address)


# -- who there is, and keys --------------------------------------------------------------------


def test_every_server_of_elsewhere_has_an_endpoint_or_an_address_of_its_own() -> None:
    """And all of them are encrypted."""
    remote = {server for server in Server if server.place is ModelPlace.REMOTE}

    assert remote == {*PROVIDERS, Server.ELSEWHERE}
    assert all(endpoint.address.startswith("https://") for endpoint in PROVIDERS.values())
    assert all(endpoint.variables for endpoint in PROVIDERS.values())


@pytest.mark.parametrize(
    ("environ", "variable", "key"),
    [
        ({"GEMINI_API_KEY": "a"}, "GEMINI_API_KEY", "a"),
        ({"GOOGLE_API_KEY": "b"}, "GOOGLE_API_KEY", "b"),
        ({"GOOGLE_API_KEY": "b", "GEMINI_API_KEY": " a\n"}, "GEMINI_API_KEY", "a"),
        ({"GOOGLE_API_KEY": "b", "GEMINI_API_KEY": "  "}, "GOOGLE_API_KEY", "b"),
    ],
)
def test_a_key_is_read_from_the_environment(
    played: ScriptedServer, environ: Mapping[str, str], variable: str, key: str
) -> None:
    """By the first name that has one, which is told; nobody is asked whether it fits."""
    models: Models = models_at(played, environ)

    (gemini,) = (each for each in models.providers() if each.key_from is not None)
    assert (gemini.server, gemini.variable) == (Server.GEMINI, variable)
    assert gemini.key_from is KeySource.ENVIRONMENT
    assert played.looked_up == []

    played.documents[PATHS[Server.GEMINI]] = LISTS[Server.GEMINI][0]
    models.look_up(Server.GEMINI, "")
    assert played.looked_up[0].headers["x-goog-api-key"] == key


def test_a_program_of_ours_gets_no_keys() -> None:
    """It has nothing to do with them."""
    assert without_keys({"PATH": "/bin", **KEYED, "GOOGLE_API_KEY": "x"}) == {"PATH": "/bin"}
    assert len(KEY_VARIABLES) == 7


# -- what is offered ---------------------------------------------------------------------------


@pytest.mark.parametrize("server", [each for each in PROVIDERS if each is not Server.OPENROUTER])
def test_models_are_offered_with_size_and_price_without_asking(
    played: ScriptedServer, server: Server
) -> None:
    """As the table that comes with litellm has them."""
    offers = models_at(played).offers(server)

    assert len(offers) >= 3
    assert all(offer.choice.server is server and not offer.choice.address for offer in offers)
    assert any(offer.context_tokens and offer.context_tokens > 30_000 for offer in offers)
    assert all(offer.price is not None for offer in offers)
    assert played.looked_up == []


def test_models_that_no_table_has_are_not_offered(played: ScriptedServer) -> None:
    """OpenRouter's change every day."""
    assert models_at(played).offers(Server.OPENROUTER) == ()


@pytest.mark.parametrize("server", [Server.OLLAMA, Server.ELSEWHERE])
def test_only_providers_offer(played: ScriptedServer, server: Server) -> None:
    """The others are looked for by their addresses."""
    for ask in (models_at(played).offers, lambda each: models_at(played).look_up(each, KEY)):
        with pytest.raises(InvalidInput, match="no provider"):
            ask(server)


# -- the lists that are asked for --------------------------------------------------------------

GPT = ModelChoice(Server.OPENAI, "gpt-4o")
PATHS: Mapping[Server, str] = {
    Server.OPENAI: "/v1/models",
    Server.ANTHROPIC: "/v1/models?limit=1000",
    Server.GEMINI: "/v1beta/models?pageSize=1000",
    Server.OPENROUTER: "/api/v1/models",
    Server.MISTRAL: "/v1/models",
    Server.GROQ: "/openai/v1/models",
}
HEADERS: Mapping[Server, dict[str, str]] = {
    Server.ANTHROPIC: {"x-api-key": KEY, "anthropic-version": "2023-06-01"},
    Server.GEMINI: {"x-goog-api-key": KEY},
    Server.OPENROUTER: {},
}
METHODS = ["generateContent", "countTokens"]
LISTS: Mapping[Server, tuple[object, tuple[tuple[str, int | None, Price | None], ...]]] = {
    Server.OPENAI: (
        openai_models("new-9", "gpt-4o-2024-08-06", "gpt-4o", "whisper-1", "gpt-5-pro", "tts-1"),
        (("gpt-4o", 128_000, Price(2.5e-6, 1e-5)), ("new-9", None, None)),
    ),
    Server.ANTHROPIC: (
        {"data": [{"type": "model", "id": "claude-new-9"}], "has_more": False},
        (("claude-new-9", None, None),),
    ),
    Server.GEMINI: (
        {
            "models": [
                {
                    "name": "models/gemini-new-9",
                    "inputTokenLimit": 1000,
                    "supportedGenerationMethods": METHODS,
                },
                {"name": "models/bisect", "supportedGenerationMethods": ["embedContent"]},
                {"name": "models/gemma-3-27b-it", "supportedGenerationMethods": METHODS},
            ]
        },
        (("gemini-new-9", 1000, None),),
    ),
    Server.OPENROUTER: (
        {
            "data": [
                {
                    "id": "maker/model",
                    "context_length": 4096,
                    "pricing": {"prompt": "0.000001", "completion": "0.000002"},
                    "architecture": {"output_modalities": ["text"]},
                },
                {"id": "maker/any", "context_length": 10, "pricing": {"prompt": "-1"}},
                {"id": "maker/painter", "architecture": {"output_modalities": ["image"]}},
                {"id": "maker/free", "pricing": {"prompt": "0", "completion": "0"}},
                {"id": "maker/odd", "pricing": {"prompt": "x", "completion": "nan"}},
            ]
        },
        (
            ("maker/any", 10, None),
            ("maker/free", None, Price(0, 0)),
            ("maker/model", 4096, Price(1e-6, 2e-6)),
            ("maker/odd", None, None),
        ),
    ),
    Server.MISTRAL: (
        openai_models("new-9", max_context_length=500, capabilities={"completion_chat": True}),
        (("new-9", 500, None),),
    ),
    Server.GROQ: (
        openai_models("new-9", context_window=700, active=True),
        (("new-9", 700, None),),
    ),
}


@every_provider
def test_a_provider_is_asked_for_its_list(played: ScriptedServer, server: Server) -> None:
    """With the key, where it wants one, and nothing else; once. Size and price are the table's
    where it has them, and else those that are told."""
    listed, expected = LISTS[server]
    played.documents[PATHS[server]] = listed

    offers = models_at(played).look_up(server, "")
    assert [(each.choice, each.context_tokens, each.price) for each in offers] == [
        (ModelChoice(server, name), size, price) for name, size, price in expected
    ]
    (asked,) = played.looked_up
    plain = {"accept", "accept-encoding", "connection", "host"}
    key = HEADERS.get(server, {"authorization": f"Bearer {KEY}"})
    assert {name: value for name, value in asked.headers.items() if name not in plain} == key
    assert asked.body == {}


def test_a_typed_key_goes_before_the_one_of_the_environment(played: ScriptedServer) -> None:
    """For the list as for an answer."""
    played.documents["/v1/models"] = openai_models("gpt-4o")
    models = models_at(played)

    models.look_up(Server.OPENAI, "typed")
    "".join(models.connect(GPT, "typed").stream([{"role": "user", "content": "hello"}]))
    for asked in (*played.looked_up, *played.asked):
        assert asked.headers["authorization"] == "Bearer typed"


@pytest.mark.parametrize("server", [each for each in PROVIDERS if each is not Server.OPENROUTER])
def test_nobody_is_asked_without_a_key(played: ScriptedServer, server: Server) -> None:
    """It would be refused."""
    models = models_at(played, {})

    with pytest.raises(KeyMissing):
        models.look_up(server, "")
    with pytest.raises(KeyMissing):
        models.connect(ModelChoice(server, "m"))
    assert played.looked_up == []


def test_a_public_list_needs_no_key(played: ScriptedServer) -> None:
    """And is shown none."""
    played.documents["/api/v1/models"] = {"data": [{"id": "maker/model"}]}

    assert models_at(played, {}).look_up(Server.OPENROUTER, KEY)
    assert "authorization" not in played.looked_up[0].headers


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (refusal(401, f"no {KEY}"), KeyRefused),
        (refusal(403, f"no {KEY}"), KeyRefused),
        (refusal(400, f"API key not valid {KEY}"), KeyRefused),
        (refusal(429, f"later {KEY}"), ModelBusy),
        (refusal(500, f"oh {KEY}"), ModelUnavailable),
        (refusal(404, "no such page"), InvalidInput),
        (Play(status=302, error="", headers={"Location": "http://127.0.0.1:9/"}), InvalidInput),
        (b"<html>", InvalidInput),
        (b"[" * 100_000, InvalidInput),
        ({"data": "none"}, InvalidInput),
    ],
)
def test_a_list_that_does_not_come_is_an_error(
    played: ScriptedServer, answer: object, expected: type[Exception]
) -> None:
    """Of whom, and without a word of theirs."""
    played.documents["/v1/models"] = answer
    models = models_at(played)

    for ask in (
        lambda: models.look_up(Server.OPENAI, ""),
        lambda: models.find_at(f"{played.address}/v1", KEY, elsewhere=True),
    ):
        with pytest.raises(expected) as raised:
            ask()
        assert type(raised.value) is expected
        assert KEY not in str(raised.value)
    assert len(played.looked_up) == 2


def test_a_provider_that_cannot_be_reached_is_not_connected() -> None:
    """Its port was free a moment ago."""
    with ScriptedServer() as gone:
        pass

    with pytest.raises(ModelNotConnected, match="OpenAI"):
        models_at(gone).look_up(Server.OPENAI, "")


# -- servers at an address ---------------------------------------------------------------------


def test_a_server_elsewhere_is_looked_for_by_its_address(played: ScriptedServer) -> None:
    """Also one on this computer, where it passes on what it is asked."""
    played.documents["/v1/models"] = openai_models("big", "embed-1", max_model_len=4096)
    models = models_at(played)

    (offer,) = models.find_at(played.address, KEY, elsewhere=True)
    assert offer == ModelOffer(elsewhere(f"{played.address}/v1", "big"), 4096)
    assert played.looked_up[0].headers["authorization"] == f"Bearer {KEY}"
    model = models.connect(elsewhere(played.address, "big"))
    assert isinstance(model, Sized)
    assert model.context_tokens == 4096


def test_a_model_at_an_address_needs_no_key_and_is_not_local(played: ScriptedServer) -> None:
    """It is named by its host: what it is given leaves this computer, or may."""
    model = models_at(played, {}).connect(elsewhere(played.address))

    assert "".join(model.stream([{"role": "user", "content": "hello"}])) == "That is noted."
    assert not model.is_local
    assert isinstance(model, Charged)
    assert (model.provider, model.price) == (urlsplit(played.address).netloc, None)
    assert "authorization" not in played.asked[0].headers


def test_what_was_said_to_be_here_is_not_asked_elsewhere(played: ScriptedServer) -> None:
    """And the other way round the choice is told."""
    with pytest.raises(InvalidInput, match="not this computer"):
        models_at(played).find_at("https://models.example")


def test_a_provider_is_at_no_other_address(played: ScriptedServer) -> None:
    """Its key would go there."""
    with pytest.raises(InvalidInput, match="an address of its own"):
        models_at(played).connect(ModelChoice(Server.OPENAI, "m", played.address))


@pytest.mark.parametrize("server", [*PROVIDERS, Server.ELSEWHERE])
@pytest.mark.parametrize("key", ["sk-one\nX-Other: two", "sk-ünï", "sk-\u200bone", "sk-\x00one"])
def test_what_no_header_can_carry_is_no_key(
    played: ScriptedServer, server: Server, key: str
) -> None:
    """Nobody is asked with it, and it is said."""
    address = played.address if server is Server.ELSEWHERE else ""
    models = models_at(played)

    with pytest.raises(InvalidInput, match="Copy it anew") as raised:
        models.connect(ModelChoice(server, "m", address), key)
    assert models.test(ModelChoice(server, "m", address), key) == Connection(
        False, str(raised.value)
    )
    with pytest.raises(InvalidInput, match="Copy it anew"):
        models.find_at(played.address, key, elsewhere=True)
    assert key not in str(raised.value)
    assert played.asked == played.looked_up == []


@every_provider
def test_what_no_header_can_carry_is_no_key_of_the_environment(
    played: ScriptedServer, server: Server
) -> None:
    models = models_at(played, dict.fromkeys(KEYED, "sk-one\nX: two"))

    assert [each.key_from for each in models.providers()] == [None] * len(PROVIDERS)
    with pytest.raises(KeyMissing):
        models.connect(ModelChoice(server, "m"))


def test_a_key_is_taken_without_the_line_break_behind_it(played: ScriptedServer) -> None:
    played.documents["/v1/models"] = openai_models("m")

    models_at(played).look_up(Server.OPENAI, f"{KEY}\n")

    assert played.looked_up[0].headers["authorization"] == f"Bearer {KEY}"


@pytest.mark.parametrize(
    ("model", "path"),
    [("sk-proj-abcDEF1234567890abcDEF1234567890", ""), ("m", "/sk-abcdefghijklmnop1234/v1")],
)
def test_a_key_in_the_name_or_the_address_is_refused(
    played: ScriptedServer, model: str, path: str
) -> None:
    """Both are stored, and told wherever the model is."""
    with pytest.raises(InvalidInput, match="Enter it as the key") as raised:
        models_at(played).connect(elsewhere(f"{played.address}{path}", model))

    assert "sk-" not in str(raised.value)


@pytest.mark.parametrize("model", ["", "  "])
def test_a_model_has_a_name(played: ScriptedServer, model: str) -> None:
    """It can be typed, and be forgotten."""
    with pytest.raises(InvalidInput, match="Which model"):
        models_at(played).connect(ModelChoice(Server.OPENAI, model))


# -- connected ---------------------------------------------------------------------------------


@every_provider
def test_a_connected_model_answers(played: ScriptedServer, server: Server) -> None:
    """By a name that no table has; nothing is asked before."""
    model = models_at(played).connect(ModelChoice(server, "new-9"))
    assert isinstance(model, Charged)
    assert isinstance(model, Sized)
    assert (model.provider, model.price, model.context_tokens) == (server, None, None)
    assert played.asked == played.looked_up == []

    assert "".join(model.stream([{"role": "user", "content": "hello"}])) == "That is noted."
    assert len(played.asked) == 1


def test_a_connected_model_knows_what_it_costs(played: ScriptedServer) -> None:
    """By the table, or as its provider listed it."""
    played.documents["/api/v1/models"] = LISTS[Server.OPENROUTER][0]
    models = models_at(played)
    models.look_up(Server.OPENROUTER, "")

    for choice, size, price in (
        (GPT, 128_000, Price(2.5e-6, 1e-5)),
        (ModelChoice(Server.OPENROUTER, "maker/model"), 4096, Price(1e-6, 2e-6)),
    ):
        model = models.connect(choice)
        assert isinstance(model, Charged)
        assert isinstance(model, Sized)
        assert (model.context_tokens, model.price) == (size, price)


@every_provider
def test_warming_up_asks_nobody(played: ScriptedServer, server: Server) -> None:
    """Nor does looking for what is on this computer, or connecting."""
    models = models_at(played)
    models.warm_up(ModelChoice(server, "m"))
    models.find()
    models.connect(ModelChoice(server, "m"))

    assert played.asked == played.looked_up == []


# -- the test of a connection ------------------------------------------------------------------


@every_provider
def test_a_connection_that_works_says_so_and_what_it_took(
    played: ScriptedServer, server: Server
) -> None:
    """One question, and nothing beside it."""
    played.play(Play(["O", "K"], usage=(9, 2)))

    tested = models_at(played).test(ModelChoice(server, "m"))
    assert tested == Connection(True, "It answered in 2.0 s.", Usage(9, 2, counted_by_model=True))
    (asked,) = played.asked
    assert "Say OK and nothing else." in str(asked.body)
    assert played.looked_up == []


FAILED: dict[str, tuple[Play, str]] = {
    "key": (refusal(401, KEY), "OpenAI refused the key"),
    "model": (refusal(404, KEY), "OpenAI does not have “m”"),
    "busy": (refusal(429, KEY), "takes no more questions"),
    "funds": (refusal(429, KEY, type="insufficient_quota"), "spent"),
    "request": (refusal(400, KEY), "may be no model for chats"),
    "slow": (Play(before=threading.Event()), "said nothing for too long"),
    "gateway": (refusal(502, KEY), "cannot be reached at"),
    "empty": (Play([]), "without a word"),
    "refused": (Play(["So"], finish="content_filter"), "rules"),
    "inside": (refusal(500, KEY), "could not answer"),
}


@pytest.mark.parametrize("case", FAILED)
def test_a_failed_test_says_what_to_do(played: ScriptedServer, case: str) -> None:
    """In words for somebody who cannot start the server."""
    play, says = FAILED[case]
    played.play(play)

    tested = models_at(played, test_seconds=0.3).test(ModelChoice(Server.OPENAI, "m"))
    assert (tested.works, tested.usage) == (False, None)
    assert says in tested.says
    assert "tart the" not in tested.says
    assert "{" not in tested.says
    assert KEY not in tested.says


def test_a_test_without_a_key_says_where_to_put_one(played: ScriptedServer) -> None:
    """Nobody is asked."""
    tested = models_at(played, {}).test(ModelChoice(Server.GEMINI, "m"))

    assert not tested.works
    assert "no key for Google Gemini" in tested.says
    assert "GEMINI_API_KEY" in tested.says
    assert played.asked == []


def test_a_test_of_an_address_that_may_not_be_fails_in_words(played: ScriptedServer) -> None:
    """It is not asked."""
    tested = models_at(played).test(elsewhere("http://models.example/v1"))

    assert (tested.works, "https" in tested.says) == (False, True)


def test_braces_in_a_name_are_nothing_special(played: ScriptedServer) -> None:
    """Names are typed."""
    played.play(Play([]), refusal(500, "oh"))
    models = models_at(played)

    for _ in range(2):
        steps: Step = models.test(ModelChoice(Server.OPENAI, "{model}{0}")).says
        assert "{model}{0}" in str(steps)
