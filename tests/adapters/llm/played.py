"""A model elsewhere whose provider is played by a scripted server, for the tests of this folder."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

import pytest

from memory.adapters.llm import RemoteModel, warm_up
from memory.adapters.llm.providers import PROVIDERS, Endpoint, Wire
from memory.errors import ModelUnavailable
from memory.records import ChatMessage, ModelChoice, ModelOffer, Server
from tests.adapters.scripted_server import ScriptedServer

PROXIES = ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy")
TEXT = "my bank is called Fjordvik"
KEY = "key-7712"
ECHO = f"in “{TEXT}”, key {KEY}"
"""What a provider may quote of a request when it refuses it."""
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


def went(server: ScriptedServer) -> list[object]:
    """All that came to a server where nothing should."""
    return [*server.asked, *server.looked_up, *server.ways_asked]
