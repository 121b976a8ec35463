"""Asking what is there at an address of this computer.

``http.client`` from the standard library knows no proxies and follows no redirects, so a question
about this computer stays on it whatever the environment says.
"""

import http.client
import json
import time
from urllib.parse import urlsplit

STEP_SECONDS = 0.4
"""For one step of a question; a server that is there answers within milliseconds."""
MOST_BYTES = 2 * 1024 * 1024
"""Of one answer; lists of models take some kilobytes."""


class JsonServer:
    """One server, which is asked until its time is over."""

    def __init__(self, address: str, key: str, seconds: float) -> None:
        self.address = address
        self.status: int | None = None
        """Of the last answer; None when there was none."""
        self._key = key
        self._until = time.monotonic() + seconds

    def left(self) -> float:
        return max(0.0, self._until - time.monotonic())

    def ask(self, path: str, body: object = None) -> object:
        """What it answers, as JSON; None when that is none, or no answer."""
        step = min(STEP_SECONDS, self.left())
        if step <= 0:
            return None
        parts = urlsplit(self.address)
        secure = parts.scheme == "https"
        kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
        connection = kind(str(parts.hostname), parts.port, timeout=step)
        self.status = None
        try:
            connection.request(
                "GET" if body is None else "POST",
                parts.path + path,
                None if body is None else json.dumps(body),
                self._headers(body),
            )
            response = connection.getresponse()
            self.status = response.status
            return json.loads(self._read(response)) if response.status == 200 else None
        except (OSError, http.client.HTTPException, ValueError, RecursionError):
            return None  # nothing there, or nothing that is a server of models
        finally:
            connection.close()

    def _headers(self, body: object) -> dict[str, str]:
        headers = {"Accept": "application/json"}
        if body is not None:
            headers["Content-Type"] = "application/json"
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        return headers

    def _read(self, response: http.client.HTTPResponse) -> bytes:
        content = b""
        while more := response.read1(65536):
            content += more
            if len(content) > MOST_BYTES or not self.left():
                raise ValueError("more than a list of models")
        return content
