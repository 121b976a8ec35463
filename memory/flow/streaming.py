"""A model's answer as it comes, read by a thread of its own: so whoever waits for it can stop it,
also while nothing comes."""

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Event, Lock, Thread

from memory.errors import ModelUnavailable
from memory.protocols import Counted
from memory.records import Ending, Usage

WAIT_SECONDS = 0.1
"""How long an empty piece lets wait: whoever iterates gets to look around that often."""


class _Whole:
    """Pieces without half characters: servers that send a character in two halves, one to a piece,
    would have neither stored nor shown."""

    def __init__(self) -> None:
        self._half = ""

    def take(self, piece: str) -> str:
        text, self._half = self._half + piece, ""
        if "\ud800" <= text[-1:] <= "\udbff":
            text, self._half = text[:-1], text[-1]
        return _mended(text)

    def end(self) -> str:
        return _mended(self._half)


def _mended(text: str) -> str:
    """Halves that belong together made one; � for what has no other half."""
    return (
        text
        if text.isascii()
        else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    )


class _End:
    """After the last piece."""


class Stream:
    """Pieces of an answer, and empty ones while none has come.

    The model is asked at the first piece, by ``begin`` in the caller's own thread: once, whoever
    else wants a piece meanwhile, and not if it was stopped by then.
    """

    def __init__(self, begin: Callable[[], Iterator[str]]) -> None:
        self._begin = begin
        self._source: Iterator[str] | None = None
        self._arrived: SimpleQueue[str | BaseException | _End] = SimpleQueue()
        self._stopped = Event()
        self._beginning = Lock()
        self._begun_at = 0.0
        self.first_seconds: float | None = None
        """From the asking to the first piece that is not empty."""
        self.total_seconds: float | None = None
        """To the last of what was heard of it."""

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        with self._beginning:
            if self._source is None:
                self._start()
        try:
            arrived = self._arrived.get(timeout=WAIT_SECONDS)
        except Empty:
            return ""
        self.total_seconds = time.monotonic() - self._begun_at
        if isinstance(arrived, str):
            if arrived and self.first_seconds is None:
                self.first_seconds = self.total_seconds
            return arrived
        self._arrived.put(arrived)  # it has ended for whoever asks again, too
        if isinstance(arrived, BaseException):
            raise arrived
        raise StopIteration

    def _start(self) -> None:
        began = time.monotonic()
        source = None if self._stopped.is_set() else self._begin()
        if source is None or self._stopped.is_set():  # nothing is asked before it is read
            raise StopIteration
        self._begun_at, self._source = began, source
        Thread(target=self._read, args=(source,), name="model", daemon=True).start()

    @property
    def asked(self) -> bool:
        """Whether the model was asked; not before the first piece is wanted, nor where ``begin``
        raised."""
        return self._source is not None

    @property
    def usage(self) -> Usage | None:
        """As the model's server counted it, if it told."""
        return self._source.usage if isinstance(self._source, Counted) else None

    def close(self) -> None:
        """The model is told to stop; nothing more is read of it."""
        self._stopped.set()
        with self._beginning:  # what is begun is known by then
            close = getattr(self._source, "close", None)
        if close is not None:
            with suppress(ValueError):  # a generator at work: it is closed at its next piece
                close()

    def _read(self, source: Iterator[str]) -> None:
        whole = _Whole()
        try:
            for piece in source:
                if self._stopped.is_set():
                    break
                self._arrived.put(whole.take(piece))
            if rest := whole.end():
                self._arrived.put(rest)
            self._arrived.put(_End())
        except BaseException as error:  # noqa: BLE001  raised where the answer is waited for
            self._arrived.put(error)
        finally:
            if self._stopped.is_set():
                self.close()


@dataclass(frozen=True, slots=True)
class Heard:
    """What a model said where nobody watches, and what that took."""

    text: str
    usage: Usage | None
    """As the model's server counted it, if it told."""
    ending: Ending


def read(
    begin: Callable[[], Iterator[str]],
    stop: Event,
    most: int,
    when_ended: Callable[[Heard], None],
) -> str | None:
    """All of what a model says, or a little more than ``most`` characters of it; None where
    ``stop`` was set. ``when_ended`` is told however the model ended, if it was asked at all. Raises
    ModelUnavailable."""
    stream = Stream(begin)
    said, ending = "", Ending.STOPPED
    try:
        for piece in stream:
            said += piece
            if stop.is_set() or len(said) > most:
                break
        else:
            ending = Ending.COMPLETE
    except ModelUnavailable as error:
        if not stop.is_set():
            ending = Ending(error.ending)
            raise
    finally:
        stream.close()
        if stream.asked:
            when_ended(Heard(said, stream.usage, ending))
    return None if stop.is_set() else said
