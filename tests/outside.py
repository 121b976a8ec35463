"""Notices whatever would reach out of this computer, or let something in.

An audit hook instead of patched functions: it sees every socket of the interpreter, whoever
opened it and in whichever thread, and name look-ups too. It cannot be taken off again, so it is
installed once a process: by ``conftest.py`` for the suite, by ``browser/in_server`` for servers.
"""

import ipaddress
import os
import socket
import sys
from collections.abc import Callable

LOOKUPS = frozenset({"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"})
ADDRESSED = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg", "socket.bind"})
INTERNET = frozenset({socket.AF_INET, socket.AF_INET6})
PROXY_VARIABLES = ("http_proxy", "https_proxy", "all_proxy", "ftp_proxy")


class OutsideConnection(ConnectionError):
    """Looks like a missing network to the code that tried, which may well handle it."""


def is_loopback(host: object) -> bool:
    """True for names and addresses of this computer that nobody else can reach."""
    name = host.decode() if isinstance(host, bytes) else host
    if name is None or name == "localhost":
        return True
    try:
        return ipaddress.ip_address(str(name)).is_loopback
    except ValueError:
        return False


def foreign_host(event: str, args: tuple[object, ...]) -> str | None:
    """The host that an audit event is about, when it is not this computer."""
    if event in LOOKUPS:
        host = args[0]
    elif event in ADDRESSED:
        opened, address = args
        if getattr(opened, "family", None) not in INTERNET or not isinstance(address, tuple):
            return None
        host = address[0]
    else:
        return None
    return None if is_loopback(host) else str(host)


def refuse_outside(record: Callable[[str], None]) -> None:
    """From now on, every attempt is recorded as "event host", and fails."""

    def hook(event: str, args: tuple[object, ...]) -> None:
        if event.startswith("socket.") and (host := foreign_host(event, args)) is not None:
            record(f"{event} {host}")
            raise OutsideConnection(f"{event} to {host}: nothing here may leave this computer")

    sys.addaudithook(hook)


def without_proxies(environ: dict[str, str]) -> dict[str, str]:
    """A proxy on this computer would carry a connection outside unseen."""
    return {name: value for name, value in environ.items() if name.lower() not in PROXY_VARIABLES}


def forget_proxies() -> None:
    for name in set(os.environ) - set(without_proxies(dict(os.environ))):
        del os.environ[name]
