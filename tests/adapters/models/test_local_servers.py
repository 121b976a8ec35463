"""Finding chat models: every kind of server as it describes itself, and whatever else listens."""

import threading
from collections.abc import Iterator

import pytest

from memory.adapters.addresses import address_here
from memory.adapters.models import local_servers
from memory.adapters.models.local_servers import Found, find, look, usual_addresses
from memory.errors import InvalidInput
from memory.records import ModelChoice, ModelOffer, Server
from tests.adapters.scripted_server import Asked, Play, ScriptedServer, openai_models, refusal


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer() as started:
        yield started


def offered(server: ScriptedServer, kind: Server, **contexts: int | None) -> tuple[ModelOffer, ...]:
    """What should be offered: names with how much each reads."""
    return tuple(
        ModelOffer(ModelChoice(kind, name, server.address), context)
        for name, context in contexts.items()
    )


# -- kinds of servers --------------------------------------------------------------------------


def ollama(server: ScriptedServer, **shown: object) -> None:
    """Serves these models, each with what Ollama shows of it."""

    def show(asked: Asked) -> object:
        return shown.get(str(asked.body["model"]))

    server.documents |= {
        "/v1/models": openai_models(*shown, owned_by="library"),
        "/api/tags": {"models": [{"name": name, "model": name} for name in shown]},
        "/api/show": show,
    }


def test_ollama_says_how_much_its_models_read(server: ScriptedServer) -> None:
    """Up to what a small computer has memory for, unless its maker set it."""
    ollama(
        server,
        large={"model_info": {"llama.context_length": 131072}, "capabilities": ["completion"]},
        small={"model_info": {"phi2.context_length": 2048}, "capabilities": ["completion"]},
        made={
            "model_info": {"llama.context_length": 131072},
            "parameters": 'stop "x"\nnum_ctx    16384\ntemperature 1',
        },
        unknown={"model_info": {}},
    )

    assert look(server.address).offers == offered(
        server, Server.OLLAMA, large=8192, small=2048, made=16384, unknown=None
    )


def test_ollama_models_that_only_embed_are_left_out(server: ScriptedServer) -> None:
    """They cannot answer."""
    ollama(
        server,
        chats={"capabilities": ["completion", "tools"]},
        other={"capabilities": ["embedding"]},
    )

    assert look(server.address).offers == offered(server, Server.OLLAMA, chats=None)


def test_ollama_models_that_run_elsewhere_are_left_out(server: ScriptedServer) -> None:
    """Ollama's makers run some: what is sent to them leaves this computer."""
    there = {"remote_host": "https://ollama.example", "capabilities": ["completion"]}
    ollama(server, here={"model_info": {}}, alias=there)
    tags = server.documents["/api/tags"]
    assert isinstance(tags, dict)
    tags["models"] += [
        {"name": "big:120b-cloud"},
        {"name": "x", "remote_host": "https://o.example"},
    ]

    assert look(server.address).offers == offered(server, Server.OLLAMA, here=None)


def test_llama_cpp_says_how_much_a_conversation_takes(server: ScriptedServer) -> None:
    """In its properties; the list tells what the model was trained for, too."""
    meta = {"n_ctx_train": 131072, "n_ctx": 16384}
    server.documents |= {
        "/v1/models": openai_models("tiny.gguf", owned_by="llamacpp", meta=meta),
        "/props": {"default_generation_settings": {"n_ctx": 4096}},
        "/api/tags": {"models": [{"name": "tiny.gguf"}]},
    }

    (offer,) = look(server.address).offers
    assert offer == ModelOffer(ModelChoice(Server.LLAMA_CPP, "tiny.gguf", server.address), 4096)


def test_llama_cpp_without_properties_says_it_in_its_list(server: ScriptedServer) -> None:
    """They can be switched off."""
    server.documents["/v1/models"] = openai_models(
        "tiny", owned_by="llamacpp", meta={"n_ctx_train": 131072, "n_ctx": 2048}
    )

    assert look(server.address).offers == offered(server, Server.LLAMA_CPP, tiny=2048)


def test_lm_studio_says_what_is_loaded(server: ScriptedServer) -> None:
    """And what could be; one that is not loaded is loaded with its usual context."""
    server.documents |= {
        "/v1/models": openai_models("loaded", "large", "small", "vectors", "plain"),
        "/api/v0/models": {
            "data": [
                {"id": "loaded", "type": "llm", "loaded_context_length": 16384},
                {"id": "large", "type": "vlm", "max_context_length": 131072},
                {"id": "small", "type": "llm", "max_context_length": 2048},
                {"id": "vectors", "type": "embeddings", "max_context_length": 512},
            ]
        },
        "/api/tags": {"error": "Unexpected endpoint"},
    }

    assert look(server.address).offers == offered(
        server, Server.COMPATIBLE, loaded=16384, large=4096, small=2048, plain=None
    )


def test_vllm_says_how_much_it_reads_in_its_list(server: ScriptedServer) -> None:
    """As ``max_model_len``."""
    server.documents["/v1/models"] = openai_models("m", owned_by="vllm", max_model_len=32768)

    assert look(server.address).offers == offered(server, Server.COMPATIBLE, m=32768)


def test_koboldcpp_is_not_taken_for_ollama(server: ScriptedServer) -> None:
    """It answers on Ollama's paths as well, and says its context on one of its own."""
    server.documents |= {
        "/v1/models": openai_models("kobold", owned_by="koboldcpp"),
        "/api/tags": {"models": [{"name": "kobold"}]},
        "/api/extra/true_max_context_length": {"value": 8192},
    }

    assert look(server.address).offers == offered(server, Server.COMPATIBLE, kobold=8192)


@pytest.mark.parametrize(
    "name",
    ["nomic-embed-text", "text-embedding-3", "bge-m3", "all-minilm", "whisper-1", "x-reranker"],
)
def test_models_that_do_not_chat_are_left_out_by_their_names(
    server: ScriptedServer, name: str
) -> None:
    """Where nothing else tells."""
    server.documents["/v1/models"] = openai_models(name, "subtts", "gemma-3")

    assert look(server.address).offers == offered(
        server, Server.COMPATIBLE, **{"subtts": None, "gemma-3": None}
    )


def test_a_key_is_sent_to_the_server_that_wants_it(server: ScriptedServer) -> None:
    """And without it, nothing is found."""

    def listed(asked: Asked) -> object:
        return (
            openai_models("m")
            if asked.headers.get("authorization") == "Bearer k"
            else refusal(401, "no")
        )

    server.documents["/v1/models"] = listed
    assert look(server.address).found is Found.KEY_REFUSED
    assert look(server.address, "k").offers == offered(server, Server.COMPATIBLE, m=None)


# -- whatever else listens ---------------------------------------------------------------------

OTHERS: dict[str, object] = {
    "a web page": b"<html>hello</html>",
    "no JSON to its end": b'{"data": [',
    "a number": 7,
    "nothing": b"",
    "null": b"null",
    "a list": [1, 2],
    "data that is no list": {"data": "x"},
    "very deep": b"[" * 100_000,
    "very long": b" " * (3 * 1024 * 1024),
    "no text at all": b"\xff\xfe\x00",
    "an error": refusal(500, "oh"),
}


@pytest.mark.parametrize("case", OTHERS)
def test_something_else_that_listens_is_no_model_server(server: ScriptedServer, case: str) -> None:
    """Many programs listen on these ports."""
    server.documents |= dict.fromkeys(("/v1/models", "/api/tags"), OTHERS[case])

    assert look(server.address) == local_servers.Look(Found.NO_MODELS)


def test_odd_rows_of_a_list_are_left_out(server: ScriptedServer) -> None:
    """The others stand."""
    odd = [{"id": 7}, {}, 7, {"id": ""}]
    others = [{"id": "m", "meta": 3, "max_model_len": True}, {"id": "n", "max_model_len": 10**30}]
    server.documents["/v1/models"] = {"data": [*odd, *others]}

    assert look(server.address).offers == offered(server, Server.COMPATIBLE, m=None, n=None)


def test_nothing_listens(server: ScriptedServer) -> None:
    """The server was closed a moment ago."""
    with ScriptedServer() as gone:
        pass

    assert look(gone.address) == local_servers.Look(Found.NOTHING)
    assert find([gone.address]) == ()


def test_a_server_that_says_nothing_keeps_nobody_waiting(server: ScriptedServer) -> None:
    """The others are found beside it, and it is left alone after a moment."""
    never = threading.Event()
    server.documents["/v1/models"] = Play(before=never)
    with ScriptedServer("m") as other:
        offers = find([server.address, other.address])

    assert [offer.choice.address for offer in offers] == [other.address]
    assert server.looked_up[0].gone.wait(10)


def test_a_server_that_sends_elsewhere_is_not_followed(server: ScriptedServer) -> None:
    """Whoever listens there must not send a look out of this computer."""
    with ScriptedServer("m") as other:
        there = {"Location": f"{other.address}/v1/models"}
        server.documents["/v1/models"] = Play(status=302, error="{}", headers=there)

        assert look(server.address).found is Found.NO_MODELS
        assert other.looked_up == []


def test_no_proxy_is_asked(server: ScriptedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """It would be told where this computer's servers are, and more."""
    server.documents["/v1/models"] = openai_models("m")
    with ScriptedServer() as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
            monkeypatch.setenv(name, proxy.address)

        assert look(server.address).found is Found.MODELS
        assert proxy.looked_up == []


# -- addresses ---------------------------------------------------------------------------------


def test_servers_are_found_in_the_order_of_their_addresses() -> None:
    """And each once."""
    with ScriptedServer("a", "b") as one, ScriptedServer("c") as other:
        offers = find([one.address, other.address + "/v1", one.address])

    assert [offer.choice.model for offer in offers] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        (" 127.0.0.1:8080 ", "http://127.0.0.1:8080"),
        ("localhost:1234/v1/", "http://localhost:1234"),
        ("http://localhost", "http://localhost"),
        ("http://[::1]:8080/v1", "http://[::1]:8080"),
        ("127.3.2.1:80", "http://127.3.2.1:80"),
        ("http://127.0.0.1:11434/api", "http://127.0.0.1:11434"),
        ("http://127.0.0.1:9/behind/this/v1", "http://127.0.0.1:9/behind/this"),
    ],
)
def test_an_address_is_understood_as_it_is_typed(given: str, address: str) -> None:
    """With or without what programs put around it."""
    assert address_here(given) == address


@pytest.mark.parametrize(
    "given",
    [
        "http://192.168.1.5:8080",
        "models.example",
        "https://api.openai.com/v1",
        "http://0.0.0.0:8080",
        "http://localhost.example:80",
        "http://127.0.0.1.example",
        "http://127.0.0.1@models.example",
        "http://2130706433:80",
        "http://[2001:db8::1]:80",
    ],
)
def test_an_address_of_elsewhere_is_refused(given: str) -> None:
    """In words that say what this version does."""
    with pytest.raises(InvalidInput, match=r"not this computer|not an address"):
        address_here(given)


@pytest.mark.parametrize(
    "given", ["", "ftp://127.0.0.1", "http://", "http://127.0.0.1:x", "http://[", "a b"]
)
def test_what_is_no_address_is_refused(given: str) -> None:
    """With one that would be."""
    with pytest.raises(InvalidInput):
        address_here(given)


@pytest.mark.parametrize(
    ("named", "address"),
    [
        ("127.0.0.1:9999", "http://127.0.0.1:9999"),
        ("0.0.0.0", "http://127.0.0.1:11434"),  # noqa: S104
        ("0.0.0.0:9999", "http://127.0.0.1:9999"),
        (":9999", "http://127.0.0.1:9999"),
        ("[::]:9999", "http://[::1]:9999"),
        ("http://localhost:9999", "http://localhost:9999"),
        ("192.168.1.5:9999", "http://127.0.0.1:11434"),
        ("https://ollama.example", "http://127.0.0.1:11434"),
        ("127.0.0.1:x", "http://127.0.0.1:11434"),
        ("[", "http://127.0.0.1:11434"),
        ("", "http://127.0.0.1:11434"),
    ],
)
def test_ollama_is_where_its_variable_says_if_that_is_here(named: str, address: str) -> None:
    """It is what Ollama itself listens by."""
    assert usual_addresses({"OLLAMA_HOST": named})[0] == address
