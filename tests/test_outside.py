"""The guard that the whole suite rests on when it says that nothing leaves this computer."""

import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.outside import OutsideConnection, foreign_host, without_proxies

ROOT = Path(__file__).parents[1]
# Addresses and names reserved for documentation (RFC 5737, RFC 2606): they lead nowhere.
ADDRESS = "192.0.2.1"
NAME = "example.invalid"


def _connect() -> None:
    with socket.socket() as opened:
        opened.connect((ADDRESS, 443))


def _send_datagram() -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as opened:
        opened.sendto(b"x", (ADDRESS, 53))


def _listen_to_the_network() -> None:
    with socket.socket() as opened:
        opened.bind(("0.0.0.0", 0))  # noqa: S104 - this is the mistake that must be noticed


ATTEMPTS: dict[str, Callable[[], object]] = {
    f"socket.connect {ADDRESS}": _connect,
    f"socket.sendto {ADDRESS}": _send_datagram,
    "socket.bind 0.0.0.0": _listen_to_the_network,
    f"socket.getaddrinfo {NAME}": lambda: socket.getaddrinfo(NAME, 443),
    f"socket.gethostbyname {NAME}": lambda: socket.gethostbyname(NAME),
}


@pytest.mark.parametrize("expected", ATTEMPTS)
def test_outside_attempts_fail_and_are_recorded(expected: str, outside: list[str]) -> None:
    """An attempt raises at once, and stays on record even though the error was handled."""
    with pytest.raises(OutsideConnection):
        ATTEMPTS[expected]()

    assert outside == [expected]
    outside.clear()


def test_create_connection_by_name_is_recorded(outside: list[str]) -> None:
    """What libraries use to connect looks the name up first, which is an attempt already."""
    with pytest.raises(OutsideConnection):
        socket.create_connection((NAME, 443), timeout=1)

    assert outside == [f"socket.getaddrinfo {NAME}"]
    outside.clear()


def test_this_computer_may_be_reached(outside: list[str]) -> None:
    """Servers and sockets of this computer work as ever, and count as no attempt."""
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname(), timeout=5) as client,
    ):
        assert client.getpeername() == server.getsockname()
    assert socket.getaddrinfo("localhost", 80)
    for end in socket.socketpair():
        end.close()

    assert outside == []


@pytest.mark.parametrize("host", ["localhost", b"localhost", "127.0.0.1", "127.9.9.9", "::1", None])
def test_names_of_this_computer_are_not_foreign(host: object) -> None:
    """Loopback is known by every name and address it has."""
    assert foreign_host("socket.getaddrinfo", (host, 80, 0, 0, 0)) is None


@pytest.mark.parametrize("host", ["", "10.0.0.1", "localhost.example.com", "::", b"example.com"])
def test_other_names_are_foreign(host: object) -> None:
    """The local network and look-alike names are outside as well."""
    assert foreign_host("socket.gethostbyname", (host,)) is not None


def test_proxies_are_forgotten() -> None:
    """Upper and lower case: programs read both."""
    given = {"HTTPS_PROXY": "http://127.0.0.1:1", "all_proxy": "x", "PATH": "/bin"}

    assert without_proxies(given) == {"PATH": "/bin"}


# -- native code ----------------------------------------------------------------------------

GUARDED = """
import ctypes, socket, sys
from tests.outside import kill_at_native_datagram
if not kill_at_native_datagram():
    sys.exit(NOT_HERE)
server = socket.create_server(("127.0.0.1", 0))
socket.create_connection(server.getsockname())
socket.socketpair()
"""
LOOK_UP = "ctypes.CDLL(None).getaddrinfo(b'example.invalid', b'80', None, ctypes.c_void_p())"
NOT_HERE = 77


@pytest.mark.parametrize(
    ("then", "expected"), [("", 0), (LOOK_UP, -signal.SIGSYS)], ids=["loopback", "look-up"]
)
def test_native_look_up_ends_the_process(then: str, expected: int) -> None:
    """One that Python's own audit never sees; what a server on this computer needs goes on."""
    code = GUARDED.replace("NOT_HERE", str(NOT_HERE)) + then
    ended = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode
    if ended == NOT_HERE:
        pytest.skip("only Linux has the filter")

    assert ended == expected
