"""The connection to one server: nowhere else, and cut from any thread.

httpx cannot be interrupted while it waits. The socket it waits on can: shutting it down wakes the
waiting thread, and tells the server at once that nobody listens any more.
"""

import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any
from urllib.request import getproxies_environment, proxy_bypass

from memory.adapters.addresses import is_here
from memory.adapters.llm.failures import Foreign
from memory.adapters.llm.providers import BEARER, Endpoint
from memory.errors import ModelNotConnected

CONNECT_SECONDS = 5.0
SENT_HEADERS = frozenset(
    {"accept", "accept-encoding", "connection", "content-length", "content-type", "host"}
    | {"anthropic-version"}
)
"""All that a server is told, beside the key. The clients add others: the organisation and keys of
other services from the environment, and what this computer is."""
READ_BY_OPENAI = "x-stainless-raw-response"
"""openai's client writes it on a request, reads it from there again, and need not send it."""
MOST_SAID = 65536
"""Bytes of an error that are looked at."""
MOST_BYTES = 16 * 1024 * 1024
"""Of whatever is answered: a line, or an error, that goes on without end must not fill the memory.
The longest answer takes some 7 MB, were each of its characters sent by itself."""
CONNECTED = ("connect_tcp.complete", "start_tls.complete")


class Line:
    """Made for one answer. ``http`` is a plain httpx.Client, for whoever asks over it."""

    def __init__(
        self,
        address: str,
        key: str,
        answer_seconds: float,
        *,
        elsewhere: bool = False,
        key_header: str = BEARER,
        transport: Any = None,
    ) -> None:
        """``elsewhere``: the address need not be of this computer; ``transport``: of httpx, in
        place of a connection."""
        import httpx

        self.address = address
        self.key = key
        self._elsewhere = elsewhere
        self._key_header = key_header
        self._place = _place(httpx.URL(address))
        self._socket: socket.socket | None = None
        self._lock = threading.Lock()
        self.cut = False
        self.status: int | None = None
        """Of the last answer; None when none came."""
        self.retry_after = ""
        self.said = ""
        """Why it refused; it may quote anything."""
        self.timeout = httpx.Timeout(answer_seconds, connect=CONNECT_SECONDS)
        self.http = httpx.Client(
            transport=transport or _transport(address, elsewhere=elsewhere),
            trust_env=False,
            follow_redirects=False,
            timeout=self.timeout,
            event_hooks={"request": [self._prepare], "response": [self._note]},
        )

    def hang_up(self) -> None:
        """From any thread: what waits on the line ends, and what has not begun never does."""
        with self._lock:
            self.cut = True
            self._shut()

    def close(self) -> None:
        """Only while nobody waits on the line."""
        self.http.close()

    def _prepare(self, request: Any) -> None:
        import httpx

        url = request.url
        if _place(url) != self._place or not (self._elsewhere or is_here(url.host)):
            raise httpx.ConnectError("another address than the one given")
        for name in set(request.headers) - SENT_HEADERS - {READ_BY_OPENAI}:
            del request.headers[name]
        request.headers["accept-encoding"] = "identity"  # a compressed stream comes in blocks
        if self.key:
            bearer = self._key_header == BEARER
            request.headers[self._key_header] = f"Bearer {self.key}" if bearer else self.key
        self.status, self.retry_after, self.said = None, "", ""
        request.extensions["trace"] = self._trace

    def _trace(self, event: str, info: Mapping[str, Any]) -> None:
        if event.endswith(CONNECTED):
            with self._lock:
                self._socket = info["return_value"].get_extra_info("socket")
                if self.cut:
                    self._shut()

    def _note(self, response: Any) -> None:
        self.status = response.status_code
        if response.status_code >= 400:
            self.retry_after = response.headers.get("retry-after", "")
            self.said = response.read()[:MOST_SAID].decode(errors="replace")

    def _shut(self) -> None:
        if self._socket is not None:
            with suppress(OSError):  # the server was faster
                self._socket.shutdown(socket.SHUT_RDWR)


def line_elsewhere(endpoint: Endpoint, key: str, seconds: float, name: str) -> Line:
    """``name``: of whom an error speaks. Raises ModelNotConnected where the environment has a proxy
    of another kind than HTTP's: whoever set it wants nothing to go around it."""
    try:
        return Line(endpoint.address, key, seconds, elsewhere=True, key_header=endpoint.key_header)
    except (ImportError, ValueError) as error:
        raise ModelNotConnected(name) from Foreign(error, None)


def line_to_nobody(said: bytes) -> Line:
    """Everything is as it is with a server, but for the server: it says always the same."""
    import httpx

    def answer(_request: Any) -> Any:
        return httpx.Response(200, content=said)

    return Line("http://127.0.0.1", "", CONNECT_SECONDS, transport=httpx.MockTransport(answer))


def _transport(address: str, *, elsewhere: bool) -> Any:
    """Sends nothing that openai's client notes for itself, and reads no more than an answer has."""
    import httpx

    class Transport(httpx.HTTPTransport):
        def handle_request(self, request: Any) -> Any:
            headers = httpx.Headers(request.headers)
            headers.pop(READ_BY_OPENAI, None)
            sent = httpx.Request(
                request.method,
                request.url,
                headers=headers,
                stream=request.stream,
                extensions=request.extensions,
            )
            answered = super().handle_request(sent)
            answered.stream = _bounded(answered.stream)
            return answered

    return Transport(
        verify=address.startswith("https:"),  # certificates take longer to load than to ask
        trust_env=False,
        proxy=_proxy(httpx.URL(address)) if elsewhere else None,
    )


def _bounded(source: Any) -> Any:
    import httpx

    class Bounded(httpx.SyncByteStream):
        def __iter__(self) -> Iterator[bytes]:
            read = 0
            for piece in source:
                read += len(piece)
                if read > MOST_BYTES:
                    raise httpx.ReadError("more than any answer")
                yield piece

        def close(self) -> None:
            source.close()

    return Bounded()


def _proxy(url: Any) -> str | None:
    """The environment's, which some networks have no way around. It sees where a connection under
    TLS goes, and nothing of what is said; without TLS it would read everything."""
    if url.scheme != "https" or is_here(url.host):
        return None
    proxies = getproxies_environment()
    found = proxies.get("https") or proxies.get("all")
    return None if found is None or proxy_bypass(url.host) else found


def _place(url: Any) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port
