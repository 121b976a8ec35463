"""Asks a server elsewhere for the list of its models: once, with the key and nothing else, over the
same line as for answers."""

import json
from collections.abc import Iterator

from memory.adapters.llm.failures import Foreign, failure
from memory.adapters.llm.line import line_elsewhere
from memory.adapters.llm.providers import Endpoint

LIST_SECONDS = 15.0
"""Between two pieces of a list, which may come from far."""
MOST_BYTES = 8 * 1024 * 1024
"""Of a list; OpenRouter's, the longest, takes about one."""
NO_LIST_THERE = frozenset({301, 302, 303, 307, 308, 404, 405})


def ask_list(endpoint: Endpoint, key: str, name: str) -> object:
    """What it answers, as JSON; None when that is none. ``name``: whose list it is, as errors say
    it. Raises ModelUnavailable."""
    import httpx

    line = line_elsewhere(endpoint, key, LIST_SECONDS, name)
    try:
        with line.http.stream(
            "GET", f"{endpoint.address}/models{endpoint.page}", headers=dict(endpoint.headers)
        ) as response:
            if response.status_code in NO_LIST_THERE:
                return None
            response.raise_for_status()
            read: object = json.loads(b"".join(_at_most(response.iter_bytes())))
            return read
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise failure(error, name, line.status, line.said) from Foreign(error, line.status)
    except (ValueError, RecursionError):
        return None
    finally:
        line.close()


def _at_most(pieces: Iterator[bytes]) -> Iterator[bytes]:
    read = 0
    for piece in pieces:
        read += len(piece)
        if read > MOST_BYTES:
            raise ValueError("more than a list of models")
        yield piece
