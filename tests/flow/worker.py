"""Another process on the same file, as the test that starts it sees it; see ``working.py``."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

ROOT = Path(__file__).parents[2]

Call = tuple[str, list[Any], dict[str, Any]]


def call(name: str, *given: Any, **named: Any) -> Call:
    """A call of the door, to be made by a worker."""
    return name, list(given), named


class Worker:
    """Tell it, then ask what came of it: in between, both processes are at work."""

    def __init__(self, database: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.flow.working", str(database)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Lets it close its memory and end; after an error it is ended at once."""
        if error is not None:
            self._process.kill()
        self._process.communicate()

    def tell(self, **told: Any) -> None:
        self._process.stdin.write(json.dumps(told) + "\n")
        self._process.stdin.flush()

    def answer(self) -> Any:
        line = self._process.stdout.readline()
        assert line, "the worker ended without an answer; its error is in the captured output"
        return json.loads(line)

    def open(self) -> None:
        self.tell(open=True)
        assert self.answer() == "open"

    def start(self, *calls: Call, threads: int = 1) -> None:
        self.tell(calls=calls, threads=threads)

    def do(self, *calls: Call, threads: int = 1) -> list[Any]:
        self.start(*calls, threads=threads)
        return self.answer()

    # -- a short life -----------------------------------------------------------------------

    def lines(self) -> Iterator[dict[str, Any]]:
        """What it tells of its life; a line that its end cut off is none."""
        for line in self._process.stdout:
            if line.endswith("\n"):
                yield json.loads(line)

    def kill(self, after_seconds: float = 0) -> None:
        """With SIGKILL: it cannot tidy up."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(after_seconds)
        self._process.kill()
