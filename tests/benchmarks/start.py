"""From starting the server to a usable page: ``uv run python -m tests.benchmarks.start``.

Beside it, the least an app with a chat can be: one line of Streamlit under the same config.toml.
The page is usable when its composer can be typed into, in a headless Chromium that is running
already. Cold is the first start of a fresh copy of the project (no bytecode of its own, no data,
no models in its cache folder), warm the second of the same copy; installed packages keep their
bytecode, and files stay in the system's memory. Every round starts all four, medians count.
"""

import os
import shutil
import statistics
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.benchmarks.telling import result
from tests.browser.chromium import CHROMIUM_FLAGS, find_chromium
from tests.browser.server import ROOT, AppServer
from tests.bytecode import KEEP_NONE

ROUNDS = 7
PROJECT = ("app.py", "memory", "pages", ".streamlit")
BARE = 'import streamlit as st\n\nst.chat_input("Hi")\n'
SCRIPTS = ("app.py", "bare.py")
WAYS = ("cold", "warm")
COMPOSER = "[data-testid=stChatInputTextArea]:enabled"


class CopyServer(AppServer):
    """Runs a script of a copy of the project; settings of the server stay those of the project."""

    def __init__(self, script: Path, data: Path) -> None:
        super().__init__(data, {"RECOLLECT_CACHE": str(data / "cache")})
        self._script = script

    def _environment(self, clock_days: int) -> dict[str, str]:
        """A warm start has the bytecode of the first, whatever this computer's Python is told."""
        environ = super()._environment(clock_days)
        return {name: value for name, value in environ.items() if name != KEEP_NONE}

    def _command(self) -> list[str]:
        return [str(self._script) if part == "app.py" else part for part in super()._command()]

    def processor_seconds(self) -> float:
        """From Linux's own accounts: the times in user and in system mode, fields 14 and 15."""
        account = Path(f"/proc/{self._process.pid}/stat").read_text()
        user, system = account.rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def copy_of_project(folder: Path) -> Path:
    """Without bytecode."""
    for name in PROJECT:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            folder.mkdir(exist_ok=True)
            shutil.copy(source, folder / name)
    (folder / "bare.py").write_text(BARE)
    return folder


@dataclass(frozen=True, slots=True)
class Start:
    """Seconds from the command to a usable page."""

    wall: float
    processor: float
    """Of the server alone: what others do on this computer hardly changes it."""


def start(server: CopyServer, browser: Browser) -> Start:
    context = browser.new_context()
    page = context.new_page()
    begin = time.perf_counter()
    server.start()
    try:
        page.goto(server.url)
        page.wait_for_selector(COMPOSER)
        return Start(time.perf_counter() - begin, server.processor_seconds())
    finally:
        context.close()
        server.stop()


def one_round(folder: Path, browser: Browser) -> dict[str, list[Start]]:
    """Cold and warm of each script."""
    copy = copy_of_project(folder)
    found = {}
    for script in SCRIPTS:
        data = folder / f"data of {script}"
        data.mkdir()
        server = CopyServer(copy / script, data)
        found[script] = [start(server, browser) for _ in WAYS]
    return found


def table(rounds: list[dict[str, list[Start]]]) -> None:
    print(f"seconds to a usable page, medians of {len(rounds)} rounds")
    print(f"{'':23}{'Recollect':>10}{'one line':>10}{'ratio':>8}")
    for place, way in enumerate(WAYS):
        for figure in ("wall", "processor"):
            ours, bare = (
                statistics.median(getattr(one[script][place], figure) for one in rounds)
                for script in SCRIPTS
            )
            print(f"{way:5} {figure + ' time':17}{ours:10.2f}{bare:10.2f}{ours / bare:8.2f}")
            result(f"{way}, {figure} time: {ours / bare:.2f} times one line of Streamlit")


def main() -> None:
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=CHROMIUM_FLAGS)
        rounds = [one_round(Path(folder) / str(number), browser) for number in range(ROUNDS)]
        browser.close()
    table(rounds)


if __name__ == "__main__":
    main()
