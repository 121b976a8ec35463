"""Notices whatever would reach out of this computer, or let something in.

An audit hook instead of patched functions: it sees every socket of the interpreter, whoever
opened it and in whichever thread, and name look-ups too. It cannot be taken off again, so it is
installed once a process: by ``conftest.py`` for the suite, by ``browser/in_server`` for servers.

Native code opens its sockets behind the interpreter's back: on Linux the kernel itself refuses the
servers every look-up and every datagram, whoever asks.
"""

import ctypes
import ipaddress
import os
import platform
import socket
import struct
import sys
from collections.abc import Callable

LOOKUPS = frozenset({"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"})
ADDRESSED = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg", "socket.bind"})
INTERNET = frozenset({socket.AF_INET, socket.AF_INET6})
PROXY_VARIABLES = ("http_proxy", "https_proxy", "all_proxy", "ftp_proxy")


# Linux: <linux/prctl.h>, <linux/seccomp.h>, <linux/audit.h>, <linux/bpf_common.h>
PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 38, 22, 2
SECCOMP_RET_KILL_PROCESS, SECCOMP_RET_ALLOW = 0x80000000, 0x7FFF0000
LOAD, AND, JUMP_IF_EQUAL, RETURN = 0x20, 0x54, 0x15, 0x06
NUMBER, ARCHITECTURE, FIRST_ARGUMENT, SECOND_ARGUMENT = 0, 4, 16, 24
"""Where they stand in what the kernel hands to a filter."""
SOCKET_CALLS = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
"""By machine: its name for the kernel, and the number of the call ``socket``."""
SOCKET_TYPE = 0xF
"""Without the flags that share the number."""


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


def kill_at_native_datagram() -> bool:
    """From now on this process dies by SIGSYS when any code in it, native or not, opens a socket
    for datagrams over the internet: what every look-up of a name does. There is no way back.

    False where that cannot be had, which is anywhere but on Linux.
    """
    if sys.platform != "linux" or platform.machine() not in SOCKET_CALLS:
        return False
    architecture, number = SOCKET_CALLS[platform.machine()]
    rules = [
        (LOAD, 0, 0, ARCHITECTURE),
        (JUMP_IF_EQUAL, 0, 8, architecture),
        (LOAD, 0, 0, NUMBER),
        (JUMP_IF_EQUAL, 0, 6, number),
        (LOAD, 0, 0, FIRST_ARGUMENT),
        (JUMP_IF_EQUAL, 1, 0, socket.AF_INET),
        (JUMP_IF_EQUAL, 0, 3, socket.AF_INET6),
        (LOAD, 0, 0, SECOND_ARGUMENT),
        (AND, 0, 0, SOCKET_TYPE),
        (JUMP_IF_EQUAL, 1, 0, socket.SOCK_DGRAM),
        (RETURN, 0, 0, SECCOMP_RET_ALLOW),
        (RETURN, 0, 0, SECCOMP_RET_KILL_PROCESS),
    ]
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *rule) for rule in rules))
    program = ctypes.create_string_buffer(struct.pack("HP", len(rules), ctypes.addressof(code)))
    control = ctypes.CDLL(None, use_errno=True).prctl
    if control(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) or control(
        PR_SET_SECCOMP, SECCOMP_MODE_FILTER, program, 0, 0
    ):
        raise OSError(ctypes.get_errno(), "the kernel does not take the filter")
    return True


def without_proxies(environ: dict[str, str]) -> dict[str, str]:
    """A proxy on this computer would carry a connection outside unseen."""
    return {name: value for name, value in environ.items() if name.lower() not in PROXY_VARIABLES}


def forget_proxies() -> None:
    for name in set(os.environ) - set(without_proxies(dict(os.environ))):
        del os.environ[name]
