"""What the flows need from outside, so that tests can hand in fakes through the constructor."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Protocol, TypeAlias, runtime_checkable

from memory.records import (
    ChatFile,
    ChatMessage,
    Connection,
    EmbeddingOffer,
    ModelChoice,
    ModelOffer,
    Price,
    Provider,
    Reading,
    Server,
    Span,
    Suggestion,
    TimeSpan,
    Unusable,
    Usage,
)

TEST_QUESTION = "Say OK and nothing else."
"""What the test of a connection asks."""

Clock = Callable[[], datetime]
"""Returns now as an aware UTC datetime; read once per call of the door."""

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# In quotes: importing numpy takes a quarter of a second, and most calls need no vector.
Vectors: TypeAlias = "NDArray[np.float32]"
Labels: TypeAlias = "NDArray[np.int64]"
Places: TypeAlias = "NDArray[np.float64]"


class Embedder(Protocol):
    @property
    def name(self) -> str:
        """Identifies the model: vectors of two names are never compared."""

    @property
    def dimension(self) -> int: ...

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Rows of unit length, shape (len(texts), dimension)."""


@runtime_checkable
class TellsQuestionsApart(Protocol):
    """An embedder that was trained to read what is asked otherwise than what is found."""

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        """As ``embed``, to be compared with what that returns."""


class EmbeddingModels(Protocol):
    """The embedding models that can be chosen."""

    @property
    def packaged(self) -> Embedder:
        """The one that needs no download."""

    def offers(self) -> tuple[EmbeddingOffer, ...]:
        """The packaged one first. Asks nobody."""

    def stored_as(self, name: str) -> str | None:
        """The name of an offer's embedder: that of the very files which are on this computer. None
        where none are."""

    def offer_of(self, stored_as: str) -> str:
        """The name of the offer that it is of, whether or not its files are there."""

    def embedder(self, stored_as: str) -> Embedder:
        """By that name; nothing is loaded before the first text. Raises EmbedderMissing."""

    def download(self, name: str, on_bytes: Callable[[int, int], None], stop: Event) -> None:
        """Fetch an offer's files and try them: all of them are there then, or none. ``on_bytes``
        is told how many have come, and of how many. Raises DownloadFailed, and EmbedderUnavailable
        for files that are not what they should be."""

    def copy_from(self, name: str, folder: Path) -> None:
        """As ``download``, from a folder of this computer. Raises EmbedderUnavailable."""

    def remove(self, name: str) -> None:
        """The files of an offer, from this computer; nothing where there are none."""


class Language(Protocol):
    def read(self, text: str) -> Reading:
        """Everything the language model finds in the text."""

    def personal_data(self, text: str) -> tuple[Span, ...]:
        """Only the personal data."""

    def sentences(self, text: str) -> tuple[str, ...]:
        """Only the sentences."""


@runtime_checkable
class Batched(Protocol):
    """A language that reads many texts together in less time than each by itself."""

    def read_many(self, texts: Sequence[str]) -> list[Reading]:
        """Of each what ``Language.read`` finds in it."""

    def personal_data_of_many(self, texts: Sequence[str]) -> list[tuple[Span, ...]]:
        """Only the personal data."""


class ChatReader(Protocol):
    """Reads exports of other programs, and lists."""

    def read(self, data: bytes) -> ChatFile:
        """Raises ImportRejected for what is neither, or cannot be used."""


class Calendar(Protocol):
    def times(self, text: str, said_at: datetime, *, future: bool = False) -> tuple[TimeSpan, ...]:
        """What the text says of time, in order. ``said_at`` is aware, in the person's own zone.

        ``future``: the text speaks of what is to come, so “on Tuesday” is the next one.
        """


class TokenCounter(Protocol):
    def count(self, text: str) -> int: ...


class Model(Protocol):
    """A chat model. One handed in by a script needs no more than this."""

    @property
    def name(self) -> str: ...

    @property
    def is_local(self) -> bool:
        """True when text sent to it does not leave this computer."""

    def stream(self, messages: Sequence[ChatMessage]) -> Iterator[str]:
        """The answer in pieces, each as soon as it comes. Raises ModelUnavailable.

        Where the iterator has a ``close``, it is called, from another thread, to stop an answer.
        """


@runtime_checkable
class Sized(Protocol):
    """A model of which it is known how much it can read."""

    @property
    def context_tokens(self) -> int | None:
        """The question with its answer; None when its server does not say."""


@runtime_checkable
class Charged(Protocol):
    """A model of which it is known who runs it, and what that costs."""

    @property
    def provider(self) -> str:
        """As the person reads it: “OpenAI”, or the host of an address."""

    @property
    def price(self) -> Price | None:
        """None on this computer, where it costs nothing, and when nobody says."""

    @property
    def answer_tokens(self) -> int:
        """No answer takes more, what is thought before it included."""


@runtime_checkable
class Counted(Protocol):
    """An answer's iterator that knows its tokens when it has ended."""

    @property
    def usage(self) -> Usage | None:
        """None when the server did not tell."""


@runtime_checkable
class Structured(Protocol):
    """A model that can be held to a form."""

    def structured(
        self, messages: Sequence[ChatMessage], schema: Mapping[str, object]
    ) -> Iterator[str]:
        """As ``stream``: JSON, by this JSON Schema if the model keeps to it."""


class SuggestionReader(Protocol):
    """Reads what a model suggests of a message, in the form that it was asked for."""

    def schema(self, known: int) -> Mapping[str, object]:
        """The form, as a JSON Schema. ``known``: how many memories the model is shown."""

    def read(self, output: str, known: int) -> tuple[Suggestion, ...] | Unusable:
        """Never raises; an empty tuple is an answer, too."""


class Clusterer(Protocol):
    """Finds what is alike among some thousand vectors of unit length, which are its rows. The same
    ones give the same result. Raises ClusteringUnavailable."""

    def joined(self, vectors: Vectors, above: float) -> Labels:
        """Which group each is of: two groups become one as long as the mean cosine between their
        rows is above that."""

    def places(self, vectors: Vectors) -> Places:
        """A map of them, shape (rows, 2), -1 to 1: near each other what is alike."""


class SchemaChecker(Protocol):
    def first_problem(self, schema: Mapping[str, object], content: object) -> str:
        """Where content does not keep to a JSON Schema, and why, without quoting it: such as
        “memories[3].kind” is none of the words it may be. Empty when it does. Never raises."""


class Background(Protocol):
    """Where work is done that no answer waits for."""

    def submit(self, work: Callable[[Event], None]) -> None:
        """Done once, later, in order. The event is set when it should end early."""

    def give_way(self) -> None:
        """A message has come, which the model is for: what is being done ends, and is lost. What
        waits is not begun before more is submitted, which is when it has been answered."""

    def close(self) -> None:
        """As ``give_way``, and what waits is lost too. Returns when nothing is being done."""


class Models(Protocol):
    """The chat models that can be connected."""

    def find(self) -> tuple[ModelOffer, ...]:
        """Those whose servers answer on this computer now, and the one inside the app if it is
        installed. Takes up to a second; asks nobody outside."""

    def find_at(
        self, address: str, key: str = "", *, elsewhere: bool = False
    ) -> tuple[ModelOffer, ...]:
        """Those of a server that ``find`` does not know of. ``elsewhere``: it is not on this
        computer, or passes on what it is asked. Raises InvalidInput for an address that is not of
        the kind said, or may not be, ModelNotConnected or KeyRefused."""

    def providers(self) -> tuple[Provider, ...]:
        """Those of elsewhere, with the keys that the environment has. Asks nobody."""

    def offers(self, server: Server) -> tuple[ModelOffer, ...]:
        """The chat models of a provider by the table that comes with litellm. Asks nobody."""

    def look_up(self, server: Server, key: str) -> tuple[ModelOffer, ...]:
        """As the provider lists them now: it is asked, with the key and nothing else; with the
        environment's where none is given, and with none where the list is public. Raises
        KeyMissing, ModelUnavailable."""

    def known(self, choice: ModelChoice) -> ModelOffer:
        """What is known of a model, chosen or not. Asks nobody."""

    def connect(self, choice: ModelChoice, key: str = "", known: ModelOffer | None = None) -> Model:
        """``known``: what was known of it when it was chosen, which only a list may have told.
        Nothing is asked before its first answer; on this computer, how much it reads when that is
        wanted and was not found out. Raises ModelUnavailable when it cannot be (KeyMissing where a
        provider needs one), and InvalidInput for an address that may not be."""

    def test(self, choice: ModelChoice, key: str = "") -> Connection:
        """One word asked for; takes seconds where a model must be loaded first. Elsewhere nothing
        else is asked, and what it took is told."""

    def warm_up(self, choice: ModelChoice) -> None:
        """Load what the first answer would wait for: libraries, and the model inside the app."""

    def close(self) -> None:
        """Stop what was started, and with it what it remembers; it begins again when needed."""
