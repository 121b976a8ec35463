"""An answer as it comes: pieces, and how it ended. Stopped from any thread, at any time."""

import threading
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass

from memory.adapters.llm.failures import failure
from memory.adapters.llm.library import foreign_errors
from memory.adapters.llm.line import Line
from memory.adapters.llm.thoughts import Answering
from memory.errors import (
    AnswerBrokenOff,
    AnswerCutOff,
    AnswerRefused,
    EmptyAnswer,
    ModelBusy,
    ModelUnavailable,
)
from memory.records import Usage
from memory.rules.context_window import MOST_ANSWER_TOKENS

ANSWER_SECONDS = 120.0
"""To the first piece of an answer, and between two: a large model on a small computer is slow, and
one that thinks says nothing meanwhile."""
MOST_CHARACTERS = MOST_ANSWER_TOKENS * 64
"""Of an answer with its thoughts: no text takes as many for the tokens that were asked for, and a
server that goes on all the same must not fill the memory, nor the file."""
TRIES = 3
WAITS_SECONDS = (1.0, 3.0)
"""Between the tries, where the server does not say how long."""
LONGEST_WAIT_SECONDS = 10.0
"""Of what a server asks for: who must wait longer decides so."""

Wait = Callable[[threading.Event, float], object]
"""Waits for so long, or until the event is set."""


def wait_for(stopped: threading.Event, seconds: float) -> object:
    return stopped.wait(seconds)


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of a streamed answer, the same whichever server it is from."""

    text: str = ""
    """Of the answer; thoughts that the server tells apart are left out."""
    ended: str = ""
    """Why the answer ended, in OpenAI's words; empty in all chunks but the last."""
    usage: Usage | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """What an answer needs to come about: whom to ask, over which line, how often."""

    model: str
    """Its name."""
    line: Callable[[], Line]
    """Made at the first piece: a server inside the app is started only then."""
    ask: Callable[[Line], Iterator[Chunk]]
    wait: Wait
    tries: int = TRIES


class Answer:
    """Asks at its first ``next``. Raises ModelUnavailable."""

    def __init__(self, call: Call) -> None:
        self.usage: Usage | None = None
        self._call = call
        self._line: Line | None = None
        self._stopped = threading.Event()
        self._at_work = threading.Lock()
        self._pieces = self._run()

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        try:
            with self._at_work:
                return next(self._pieces)
        finally:
            if self._stopped.is_set():
                self._tidy()

    def close(self) -> None:
        self._stopped.set()
        line = self._line
        if line is not None:
            line.hang_up()
        self._tidy()

    def _tidy(self) -> None:
        """Unless another thread is at work, which does it then."""
        if self._at_work.acquire(blocking=False):
            try:
                self._pieces.close()
            finally:
                self._at_work.release()

    def _run(self) -> Generator[str]:
        if self._stopped.is_set():
            return
        line = self._call.line()
        try:
            self._line = line
            if not self._stopped.is_set():
                yield from self._answered(line)
        finally:
            line.close()

    def _answered(self, line: Line) -> Iterator[str]:
        answering, said, ended, left = Answering(), False, "", MOST_CHARACTERS
        for chunk in self._chunks(line):
            self.usage = chunk.usage or self.usage
            ended = chunk.ended or ended
            piece = answering.take(chunk.text[:left])
            left -= len(chunk.text)
            if piece:
                said = True
                yield piece
            if left < 0:
                raise AnswerCutOff(self._call.model)
        if self._stopped.is_set():
            return
        if rest := answering.end():
            said = True
            yield rest
        self._check(said, ended)

    def _check(self, said: bool, ended: str) -> None:
        if ended == "content_filter":
            raise AnswerRefused(self._call.model)
        if not ended:
            raise AnswerBrokenOff(self._call.model)
        if said and ended == "length":
            raise AnswerCutOff(self._call.model)
        if not said:
            raise EmptyAnswer(self._call.model)

    def _chunks(self, line: Line) -> Iterator[Chunk]:
        """Asked again only where the server had nothing to say but that it is busy."""
        for attempt in range(self._call.tries):
            begun = ended = False
            try:
                for chunk in self._call.ask(line):
                    begun, ended = True, ended or bool(chunk.ended)
                    yield chunk
                return
            except ImportError as error:
                raise ModelUnavailable(self._call.model) from error
            except foreign_errors() as error:
                failed = failure(error, self._call.model, line.status, line.said, begun=begun)
            if ended or self._stopped.is_set():
                return
            last = attempt + 1 == self._call.tries
            wait = None if last else _wait_seconds(line.retry_after, attempt)
            if begun or wait is None or not isinstance(failed, ModelBusy):
                raise failed
            self._call.wait(self._stopped, wait)
            if self._stopped.is_set():
                return


def _wait_seconds(asked: str, attempt: int) -> float | None:
    """None: not again."""
    try:
        seconds = float(asked) if asked else WAITS_SECONDS[attempt]
    except ValueError:
        seconds = WAITS_SECONDS[attempt]
    return seconds if 0 <= seconds <= LONGEST_WAIT_SECONDS else None
