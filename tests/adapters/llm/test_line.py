"""The connection to a server elsewhere: encrypted, by the one way there is, and cut at any time."""

import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from memory.adapters.llm import RemoteModel
from memory.adapters.llm.line import Line
from memory.adapters.llm.providers import Endpoint
from memory.errors import ModelNotConnected, ModelUnavailable
from memory.records import ModelChoice, ModelOffer, Server
from tests.adapters.llm.played import KEY, PROXIES, SECONDS, went
from tests.adapters.scripted_server import ScriptedServer

OFFER = ModelOffer(ModelChoice(Server.ELSEWHERE, "m"))


def refused(address: str) -> ModelUnavailable:
    model = RemoteModel("models.example", Endpoint(address), KEY, OFFER, answer_seconds=SECONDS)
    with pytest.raises(ModelUnavailable) as raised:
        next(model.stream([{"role": "user", "content": "hello"}]))
    return raised.value


# -- the environment's proxy -------------------------------------------------------------------


@pytest.fixture
def proxy(monkeypatch: pytest.MonkeyPatch) -> Iterator[ScriptedServer]:
    with ScriptedServer() as started:
        for name in PROXIES:
            monkeypatch.setenv(name, started.address)
        yield started


def test_a_proxy_leads_to_encrypted_places(proxy: ScriptedServer) -> None:
    """It is told where to, and no more: here it knows no way."""
    assert type(refused("https://models.example/v1")) is ModelNotConnected
    assert went(proxy) == ["models.example:443"]


def test_a_proxy_sees_nothing_that_is_not_encrypted(proxy: ScriptedServer) -> None:
    """It would read all of it."""
    with ScriptedServer() as server:
        line = Line(f"{server.address}/v1", KEY, SECONDS, elsewhere=True)
        line.http.get(f"{server.address}/v1/models")
        line.close()

    assert len(server.looked_up) == 1
    assert went(proxy) == []


@pytest.mark.parametrize("address", ["https://localhost:9/v1", "https://127.0.0.1:9/v1"])
def test_a_proxy_is_not_asked_for_this_computer(proxy: ScriptedServer, address: str) -> None:
    """Nothing listens at that port."""
    assert type(refused(address)) is ModelNotConnected
    assert went(proxy) == []


def test_a_place_that_needs_no_proxy_is_reached_without_one(
    proxy: ScriptedServer, outside: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As NO_PROXY says; here the network is forbidden."""
    monkeypatch.setenv("NO_PROXY", "models.example")
    assert type(refused("https://models.example/v1")) is ModelNotConnected

    assert went(proxy) == []
    assert outside == ["socket.getaddrinfo models.example"]
    outside.clear()


@pytest.mark.parametrize("address", ["socks5://127.0.0.1:9", "gopher://127.0.0.1:9"])
def test_a_proxy_that_is_not_understood_is_not_gone_around(
    proxy: ScriptedServer, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    """Whoever set it wants nothing to leave in another way."""
    for name in PROXIES:
        monkeypatch.setenv(name, address)

    assert type(refused("https://models.example/v1")) is ModelNotConnected
    assert went(proxy) == []


# -- encryption --------------------------------------------------------------------------------


class Stranger:
    """A server that nobody vouches for: it takes a request, and says no more."""

    def __init__(self, folder: Path) -> None:
        self.asked = threading.Event()
        self.gone = threading.Event()
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(*_certificate(folder))
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.address = f"https://127.0.0.1:{self._listening.getsockname()[1]}/v1"
        threading.Thread(target=self._take, daemon=True).start()

    def close(self) -> None:
        self._listening.close()

    def _take(self) -> None:
        with suppress(OSError):
            while True:
                opened, _ = self._listening.accept()
                with suppress(OSError), self._context.wrap_socket(opened, server_side=True) as one:
                    while one.recv(65536):
                        self.asked.set()
                self.gone.set()


def _certificate(folder: Path) -> tuple[Path, Path]:
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"),
            *("-keyout", str(key), "-out", str(certificate)),
        ],
        check=True,
        capture_output=True,
    )
    return certificate, key


@pytest.fixture
def stranger(tmp_path: Path) -> Iterator[Stranger]:
    if shutil.which("openssl") is None:
        pytest.skip("openssl makes the certificate")
    server = Stranger(tmp_path)
    yield server
    server.close()


def test_a_server_that_nobody_vouches_for_is_not_spoken_to(stranger: Stranger) -> None:
    """It could be anybody."""
    assert type(refused(stranger.address)) is ModelNotConnected
    assert stranger.gone.wait(SECONDS)
    assert not stranger.asked.is_set()


def test_an_encrypted_line_is_cut_while_it_waits(stranger: Stranger) -> None:
    """From another thread, at once; the server notices."""
    trusting = httpx.HTTPTransport(verify=False)
    line = Line(stranger.address, KEY, SECONDS, elsewhere=True, transport=trusting)
    ended: list[type[Exception]] = []

    def ask() -> None:
        try:
            line.http.get(f"{stranger.address}/models")
        except httpx.HTTPError as error:
            ended.append(type(error))

    thread = threading.Thread(target=ask)
    thread.start()
    assert stranger.asked.wait(SECONDS)
    line.hang_up()
    thread.join(SECONDS)

    assert not thread.is_alive()
    assert stranger.gone.wait(SECONDS)
    assert len(ended) == 1
    assert not issubclass(ended[0], httpx.TimeoutException)
    line.close()
