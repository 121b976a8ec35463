"""The answer to a turn, in a stream that records itself when it ends."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from threading import Lock

from memory.errors import EmptyAnswer, ModelUnavailable
from memory.flow.streaming import Stream
from memory.records import (
    Answerer,
    Context,
    Ending,
    Latency,
    MessageState,
    Observation,
    Pseudonym,
    Source,
    Usage,
)

Finish = Callable[["Reply"], int | None]
NO_SECONDS: Mapping[Latency, float] = {}


class Reply:
    """An answer that streams, and records itself when it ends.

    Iterate to get its pieces; ``close`` stops it and keeps what has arrived. ``observation`` is
    there from the start; ``text``, ``sources``, ``usage``, ``ending`` and ``message_id`` when it
    has ended. Raises ModelUnavailable where the model fails: what came before is kept.
    """

    def __init__(
        self,
        pieces: Iterator[str],
        finish: Finish,
        *,
        conversation_id: str,
        observation: Observation,
        sources: tuple[Source, ...],
        by: Answerer,
        sent: Context | None = None,
        pseudonyms: tuple[Pseudonym, ...] = (),
        seconds: Mapping[Latency, float] = NO_SECONDS,
        afterwards: Callable[["Reply"], None] | None = None,
    ) -> None:
        self.conversation_id = conversation_id
        self.observation = observation
        self.sources = sources
        self.by = by
        """Who answers."""
        self.sent = sent
        """What a model was given; None from the built-in answerer, which is given nothing."""
        self.pseudonyms = pseudonyms
        """What stands in ``sent`` in the place of what."""
        self.seconds = dict(seconds)
        """How long each stage took so far."""
        self.text = ""
        self.usage: Usage | None = None
        self.ending = Ending.STOPPED
        self.message_id: int | None = None
        self.ledger_id: int | None = None
        """Of the row that tells of it until it has ended, where it leaves this computer."""
        self.begun_at: datetime | None = None
        """When it left."""
        self._pieces = pieces
        self._finish = finish
        self._afterwards = afterwards
        self._ended = False
        self._lock = Lock()

    def __iter__(self) -> Iterator[str]:
        return (piece for piece in self.watched() if piece)

    def watched(self) -> Iterator[str]:
        """As by iterating, with an empty piece now and then while nothing comes: a page must do
        something now and then, to notice that it is asked to stop."""
        if self._ended:
            return
        try:
            for piece in self._pieces:
                self.text += piece
                yield piece
            if self.sent is not None and not self.text.strip() and not self._ended:
                raise EmptyAnswer(self.model)
            self.ending = Ending.COMPLETE
        except ModelUnavailable as error:
            self.ending = Ending(error.ending)
            raise
        finally:
            self.close()

    def read(self) -> str:
        """The whole answer."""
        for _ in self:
            pass
        return self.text

    def close(self) -> None:
        """Stop, if it has not ended yet; from any thread."""
        with self._lock:
            if self._ended:
                return
            self._ended = True
        if isinstance(self._pieces, Stream):
            self._pieces.close()
        self.message_id = self._finish(self)
        if self._afterwards is not None:
            self._afterwards(self)

    @property
    def has_ended(self) -> bool:
        return self._ended

    @property
    def model(self) -> str:
        """The name of whoever answers."""
        return self.by.name

    @property
    def state(self) -> MessageState:
        complete = self.ending is Ending.COMPLETE
        return MessageState.COMPLETE if complete else MessageState.PARTIAL

    @property
    def stream(self) -> Stream | None:
        """Of a model; None where Recollect itself answers."""
        return self._pieces if isinstance(self._pieces, Stream) else None
