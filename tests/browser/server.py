"""One running app with a data folder of its own, as a person would start it."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

from tests.outside import without_proxies

ROOT = Path(__file__).parents[2]
IN_SERVER = Path(__file__).with_name("in_server")

NOT_A_PERSONS = ("RECOLLECT_", "STREAMLIT_", "CI", "GITHUB_", "ORT_")
"""Beginnings of variables: libraries behave better where they think that they are tested."""
START_SECONDS = 60
"""A cold start takes 2 s; a busy machine may take its time."""
STOP_SECONDS = 15
POLL_SECONDS = 0.1


class AppServer:
    """Started, stopped and restarted on the same database and the same port."""

    def __init__(self, folder: Path, environ: dict[str, str] | None = None) -> None:
        self.folder = folder
        self.database = folder / "recollect.db"
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._environ = environ or {}
        self._output = folder / "server.log"
        self._outside = folder / "outside.log"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, clock_days: int = 0) -> None:
        """With ``clock_days`` the app believes that it is that many days later."""
        assert self._process is None, "the server is running already"
        with self._output.open("ab") as output:
            self._process = subprocess.Popen(
                self._command(),
                cwd=ROOT,
                env=self._environment(clock_days),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        self._wait_until_healthy()

    def stop(self) -> None:
        """Ends this server, and no other, by its own process id."""
        if self._process is None:
            return
        if self._process.poll() == -signal.SIGSYS:
            with self._outside.open("a") as log:
                log.write("a look-up or a datagram of native code\n")
        self._process.terminate()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None

    def restart(self, clock_days: int = 0) -> None:
        self.stop()
        self.start(clock_days)

    @property
    def output(self) -> str:
        """What it wrote to stdout and stderr, over all its starts."""
        return self._output.read_text(errors="replace") if self._output.exists() else ""

    @property
    def outside(self) -> list[str]:
        """Its attempts to leave this computer, over all its starts."""
        return self._outside.read_text().splitlines() if self._outside.exists() else []

    def _command(self) -> list[str]:
        options = {"server.port": self.port, "server.fileWatcherType": "none"}
        flags = [f"--{name}={value}" for name, value in options.items()]
        return [sys.executable, "-m", "streamlit", "run", "app.py", *flags]

    def _environment(self, clock_days: int) -> dict[str, str]:
        """The person's own, for the sake of caches, but without their Recollect settings."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(NOT_A_PERSONS)}
        return without_proxies(kept) | {
            "PYTHONPATH": os.pathsep.join((str(IN_SERVER), str(ROOT))),
            "BROWSER_TEST_OUTSIDE_LOG": str(self._outside),
            "BROWSER_TEST_CLOCK_DAYS": str(clock_days),
            "RECOLLECT_DATABASE": str(self.database),
            "STREAMLIT_SERVER_HEADLESS": "true",
            "STREAMLIT_CLIENT_SHOW_ERROR_DETAILS": "full",
            **self._environ,
        }

    def _wait_until_healthy(self) -> None:
        opener = build_opener(ProxyHandler({}))
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            if self._process.poll() is not None:
                break
            try:
                with opener.open(f"{self.url}/_stcore/health", timeout=START_SECONDS):
                    return
            except URLError:
                time.sleep(POLL_SECONDS)
        self.stop()
        raise RuntimeError(f"the app did not start:\n{self.output}")


@contextmanager
def running(app: AppServer) -> Iterator[AppServer]:
    """Until the end, when it must not have tried to leave this computer."""
    try:
        app.start()
        yield app
    finally:
        app.stop()
    assert not app.outside, f"the server tried to reach outside: {app.outside}"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])
