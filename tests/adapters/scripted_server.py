"""A server of chat models that says what a test tells it to, and fails as real ones do.

It speaks in the forms of ``scripted_forms``, each at its own path, and answers any other path with
the document that stands under it in ``documents``. It listens on this computer only, in threads of
the test's own process; the app may run in another.

    with ScriptedServer() as server:
        server.play(Play(["Hello ", wait, "there"]))      # wait: an Event that the test sets
        ...
        server.asked[0].body, server.asked[0].headers, server.asked[0].gone.wait(5)
"""

import json
import socket
import threading
from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

from tests.adapters.scripted_forms import Fault, OpenAIForm, Play, Step, Thought, form_of

__all__ = [
    "Asked",
    "Fault",
    "Play",
    "ScriptedServer",
    "Step",
    "Thought",
    "openai_models",
    "refusal",
]

HOST = "127.0.0.1"
STEP_SECONDS = 0.01
"""How often a waiting answer looks whether who asked has gone."""
LONGEST_SECONDS = 60
"""No waiting outlasts this, so that a test that forgot an event does not hang for ever."""


def refusal(status: int, message: str, **details: object) -> Play:
    """An error as most servers give it."""
    return Play(status=status, error={"error": {"message": message, "code": status, **details}})


@dataclass
class Asked:
    """A request as it came."""

    path: str
    headers: dict[str, str]
    """By lower-case name."""
    body: dict[str, Any]
    gone: threading.Event = field(default_factory=threading.Event)
    """Set when who asked closed the connection before the answer had ended."""


def openai_models(*names: str, **details: object) -> dict[str, object]:
    """What ``/v1/models`` says; ``details`` stand beside each name."""
    return {"object": "list", "data": [{"id": n, "object": "model", **details} for n in names]}


class ScriptedServer:
    """Runs from ``start`` to ``close``, or as a context manager."""

    def __init__(self, *models: str, port: int = 0) -> None:
        """``models`` are listed as OpenAI-compatible servers list theirs."""
        self.documents: dict[str, object] = {"/v1/models": openai_models(*models)} if models else {}
        """By path: JSON to be, bytes as they are, or a Play; a function is given the request."""
        self.usual = Play()
        """Played when nothing else is."""
        self.asked: list[Asked] = []
        """Every chat that was asked for, in order."""
        self.looked_up: list[Asked] = []
        """Every other request, in order."""
        self.ways_asked: list[str] = []
        """Where it was to lead as a proxy, in order."""
        self._plays: deque[Play] = deque()
        self._came = threading.Condition()
        self._http = _Server((HOST, port), _Handler)
        self._http.scripted = self
        self.port: int = self._http.server_port
        self.address = f"http://{HOST}:{self.port}"

    def play(self, *plays: Play) -> None:
        """The next answers, one for each request."""
        self._plays.extend(plays)

    def wait_for_requests(self, count: int, seconds: float = 10) -> bool:
        """True when so many chats have been asked for."""
        with self._came:
            return self._came.wait_for(lambda: len(self.asked) >= count, seconds)

    def start(self) -> Self:
        threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def close(self) -> None:
        self._http.closing.set()
        self._http.shutdown()
        self._http.server_close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.close()

    def _take(self, asked: Asked) -> Play:
        with self._came:
            self.asked.append(asked)
            self._came.notify_all()
            return self._plays.popleft() if self._plays else self.usual


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    scripted: ScriptedServer

    def __init__(self, *args: Any) -> None:
        self.closing = threading.Event()
        super().__init__(*args)

    def handle_error(self, *_: object) -> None:
        """Who asked has gone, which is what many tests are about."""


class _Gone(Exception):
    """Nobody listens any more."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def log_message(self, *_: object) -> None:
        """Not on the screen of the tests."""

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def do_CONNECT(self) -> None:
        """As a proxy is asked for a way to elsewhere: there is none."""
        self.server.scripted.ways_asked.append(self.path)
        self.close_connection = True
        self._head(502, {"Content-Length": "0"})

    def _answer(self) -> None:
        self.close_connection = True
        asked = self._read()
        with suppress(_Gone, OSError):
            if form_of(asked.path) is not None:
                self._play(asked, self.server.scripted._take(asked))
            else:
                self.server.scripted.looked_up.append(asked)
                self._document(asked)

    def _read(self) -> Asked:
        content = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        return Asked(self.path, headers, json.loads(content) if content else {})

    def _document(self, asked: Asked) -> None:
        found = self.server.scripted.documents.get(asked.path)
        if callable(found):
            found = found(asked)
        if found is None:
            found = refusal(404, "no such page")
        if isinstance(found, Play):
            self._play(asked, found)
        else:
            self._send(200, {}, found)

    def _play(self, asked: Asked, play: Play) -> None:
        over = threading.Event()
        threading.Thread(target=self._watch, args=(asked, over), daemon=True).start()
        try:
            if play.before:
                self._wait(asked, play.before)
            if play.error is not None:
                self._send(play.status, play.headers, play.error)
            else:
                self._stream(asked, play)
        except OSError:  # nobody takes what is written
            asked.gone.set()
            raise
        finally:
            over.set()

    def _watch(self, asked: Asked, over: threading.Event) -> None:
        """Nothing more is sent by who asked: what can be read is the end of the connection."""
        with suppress(OSError, ValueError):
            self.connection.recv(1, socket.MSG_PEEK)
        if not over.is_set():
            asked.gone.set()

    def _wait(self, asked: Asked, event: threading.Event) -> None:
        for _ in range(int(LONGEST_SECONDS / STEP_SECONDS)):
            if event.wait(STEP_SECONDS):
                return
            if asked.gone.is_set() or self.server.closing.is_set():
                break
        raise _Gone

    def _send(self, status: int, headers: Mapping[str, str], content: object) -> None:
        if isinstance(content, str):
            content = content.encode()
        data = content if isinstance(content, bytes) else json.dumps(content).encode()
        self._head(status, {"Content-Type": "application/json", **headers})
        self.wfile.write(data)

    def _head(self, status: int, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in {**headers, "Connection": "close"}.items():
            self.send_header(name, value)
        self.end_headers()

    def _stream(self, asked: Asked, play: Play) -> None:
        form = form_of(asked.path) or OpenAIForm
        says = form(play)
        chunked = {"Transfer-Encoding": "chunked", "Content-Type": says.content_type}
        self._head(play.status, {**chunked, **play.headers})
        for line in says.begin():
            self._chunk(line)
        for step in play.steps:
            if isinstance(step, threading.Event):
                self._wait(asked, step)
            elif step is Fault.DROP:
                self.connection.shutdown(socket.SHUT_RDWR)
                return
            elif step is Fault.END:
                self._chunk(b"")
                return
            else:
                self._chunk(step if isinstance(step, bytes) else says.line(says.step(step)))
        for line in says.end():
            self._chunk(line)
        self._chunk(b"")

    def _chunk(self, data: bytes) -> None:
        self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
