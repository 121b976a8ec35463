"""Addresses of servers, of this computer and elsewhere: which may be asked, and over what."""

import ipaddress
import re
from urllib.parse import SplitResult, urlsplit

from memory.errors import InvalidInput

ENDINGS = ("/v1", "/api")
"""What many programs want behind an address; here it is left off, and added for each question."""
EXAMPLE = "http://127.0.0.1:8080"
EXAMPLE_ELSEWHERE = "https://models.example.com/v1"
VERSION = "/v1"
"""What most servers have behind their address; taken for one that has nothing behind it."""
CHAT_PATH = "/chat/completions"
"""What documentation often shows behind it, and is not part of it."""
PRIVATE_NAME = re.compile(
    r"^(?:[a-z][a-z0-9-]*|(?:[\w-]+\.)+(?:local|lan|internal|home\.arpa))$", re.IGNORECASE
)
"""Names that only a network of one's own knows: RFC 6762, RFC 8375, and by custom. Of letters,
digits and hyphens alone: what else a name has in it may end it, for whoever looks it up."""


def address_here(text: str) -> str:
    """The address without what follows its port. Raises InvalidInput for one of elsewhere."""
    parts, host = _parts(text, EXAMPLE)
    if not is_here(host):
        raise InvalidInput(
            f"“{host}” is not this computer, so what it is asked leaves this computer. Give it as "
            f"a server elsewhere, or give an address such as {EXAMPLE}."
        )
    path = parts.path.rstrip("/")
    for ending in ENDINGS:
        path = path.removesuffix(ending)
    return f"{_beginning(parts, host)}{path}"


def address_elsewhere(text: str) -> str:
    """The address of a server that is on another computer, or passes on what it is asked, with the
    version of its interface. Raises InvalidInput for one over which others could read along."""
    parts, host = _parts(text, EXAMPLE_ELSEWHERE)
    if parts.scheme == "http" and not is_private(host):
        raise InvalidInput(
            f"“{host}” is reached over networks of others, who could read along. Give its address "
            f"with https, such as {EXAMPLE_ELSEWHERE}."
        )
    path = parts.path.rstrip("/").removesuffix(CHAT_PATH).rstrip("/")
    return f"{_beginning(parts, host)}{path or VERSION}"


def _parts(text: str, example: str) -> tuple[SplitResult, str]:
    """An address in its parts, and its host. Without a scheme it is taken for http where it is
    private, and for https elsewhere. Raises InvalidInput."""
    text = text.strip()
    try:
        parts = urlsplit(text)
        if "://" not in text:
            private = is_private(urlsplit(f"//{text}").hostname or "")
            parts = urlsplit(f"{'http' if private else 'https'}://{text}")
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise _unreadable(text, example) from error
    more = "@" in parts.netloc or parts.query or parts.fragment
    if not host or parts.scheme not in ("http", "https") or more or port == 0:
        raise _unreadable(text, example)
    if any(letter.isspace() or not letter.isprintable() for letter in text):
        raise _unreadable(text, example)
    return parts, host


def _beginning(parts: SplitResult, host: str) -> str:
    name = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{name}{f':{parts.port}' if parts.port else ''}"


def is_here(host: str) -> bool:
    """True for names and addresses that nobody else can be reached by."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def is_private(host: str) -> bool:
    """True for names and addresses that lead to no network of others."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return bool(PRIVATE_NAME.fullmatch(host))
    mapped = getattr(address, "ipv4_mapped", None)
    return bool((mapped or address).is_private)


def _unreadable(text: str, example: str) -> InvalidInput:
    return InvalidInput(f"“{text}” is not an address of a server. Give one such as {example}.")
