"""A hub of models on this computer, which speaks as much of the real one's language as fetching a
model takes: what a repository holds, and each file, whole or from a byte on."""

import hashlib
import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar
from urllib.parse import unquote, urlsplit

REVISION = "0123456789abcdef0123456789abcdef01234567"
LARGE = 100_000
"""Files of more bytes are kept apart (LFS), with a SHA-256."""


@dataclass
class Hub:
    """What it holds, and what it was asked."""

    repositories: Mapping[str, Mapping[str, bytes]]
    status: int = 200
    """Of every answer."""
    gives: int | None = None
    """So many bytes of files in all, then it hangs up; None: all."""
    lies: bool = False
    """Sends other bytes than it says."""
    asked: list[tuple[str, str, Mapping[str, str]]] = field(default_factory=list)
    """Method, path and headers."""
    address: str = ""

    def paths(self) -> list[str]:
        return [path for _, path, _ in self.asked]

    def described(self, repository: str) -> bytes:
        siblings = []
        for name, content in self.repositories[repository].items():
            blob = hashlib.sha1(f"blob {len(content)}\0".encode() + content).hexdigest()  # noqa: S324
            each: dict[str, object] = {"rfilename": name, "size": len(content), "blobId": blob}
            if len(content) > LARGE:
                digest = hashlib.sha256(content).hexdigest()
                each["lfs"] = {"sha256": digest, "size": len(content), "pointerSize": 134}
            siblings.append(each)
        return json.dumps({"id": repository, "sha": REVISION, "siblings": siblings}).encode()

    def file(self, path: str) -> bytes | None:
        repository, _, rest = path.partition(f"/resolve/{REVISION}/")
        return self.repositories.get(repository, {}).get(rest)


class _Server(ThreadingHTTPServer):
    def handle_error(self, *_: object) -> None:
        """Who asked has hung up."""


class _Handler(BaseHTTPRequestHandler):
    hub: ClassVar[Hub]
    protocol_version = "HTTP/1.1"

    def do_HEAD(self) -> None:
        self._answer(body=False)

    def do_GET(self) -> None:
        self._answer(body=True)

    def log_message(self, *_: object) -> None: ...

    def _answer(self, *, body: bool) -> None:
        path = unquote(urlsplit(self.path).path).lstrip("/")
        self.hub.asked.append((self.command, path, dict(self.headers)))
        if self.hub.status != 200:
            return self._send(self.hub.status, b"", {}, body=body)
        if path.startswith("api/models/"):
            repository = path.removeprefix("api/models/")
            if repository not in self.hub.repositories:
                return self._send(404, b"", {"X-Error-Code": "RepoNotFound"}, body=body)
            described = self.hub.described(repository)
            return self._send(200, described, {"Content-Type": "application/json"}, body=body)
        content = self.hub.file(path)
        if content is None:
            return self._send(404, b"", {"X-Error-Code": "EntryNotFound"}, body=body)
        return self._send_file(content, body=body)

    def _send_file(self, content: bytes, *, body: bool) -> None:
        headers = {"X-Repo-Commit": REVISION, "ETag": f'"{hashlib.sha256(content).hexdigest()}"'}
        begin = 0
        if (wanted := self.headers.get("Range")) is not None:
            begin = int(wanted.removeprefix("bytes=").partition("-")[0])
            headers["Content-Range"] = f"bytes {begin}-{len(content) - 1}/{len(content)}"
        if self.hub.lies:
            content = bytes(len(content))
        self._send(206 if begin else 200, content[begin:], headers, body=body)

    def _send(self, status: int, content: bytes, headers: Mapping[str, str], *, body: bool) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if not body:
            return
        most = self.hub.gives
        if most is not None and not self.path.startswith("/api/"):
            content, self.hub.gives = content[:most], max(0, most - len(content))
            self.close_connection = not self.hub.gives
        self.wfile.write(content)


@contextmanager
def serving(hub: Hub) -> Iterator[Hub]:
    handler = type("Handler", (_Handler,), {"hub": hub})
    server = _Server(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    hub.address = f"http://127.0.0.1:{server.server_port}"
    try:
        yield hub
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
