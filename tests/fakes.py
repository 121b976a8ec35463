"""Stand-ins for what comes from outside: small, exact and handed in through the constructor."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Any

import numpy as np

from memory.adapters.llm.providers import PROVIDERS
from memory.errors import (
    AnswerBrokenOff,
    AppError,
    EmbedderMissing,
    KeyMissing,
    ModelNotConnected,
)
from memory.protocols import Charged, Model, Vectors
from memory.records import (
    ChatMessage,
    Connection,
    EmbeddingOffer,
    EntityType,
    KeySource,
    Label,
    Mention,
    ModelChoice,
    ModelOffer,
    Price,
    ProfileFact,
    Provider,
    Reading,
    Relation,
    Server,
    Span,
)
from memory.rules.context_window import MOST_ANSWER_TOKENS
from memory.store.vectors import Vector

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
"""A Monday, far from midnight, from a month's end and from a change of daylight saving."""

DIMENSION = 384
"""That of the built-in embedding model, so that a fake fits every table."""

WORD = re.compile(r"\w+")
SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")

PERSONAL_DATA = (
    (Label.SECRET, re.compile(r"\bsk-[A-Za-z0-9]{8,}\b")),
    (Label.EMAIL, re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b")),
    (Label.NAME, re.compile(r"(?<=my name is )[A-Z]\w+", re.IGNORECASE)),
)

KNOWN = (
    Mention("Maya", EntityType.PERSON),
    Mention("Bob", EntityType.PERSON),
    Mention("Acme", EntityType.ORGANIZATION),
    Mention("Apollo", EntityType.PROJECT),
    Mention("Berlin", EntityType.PLACE),
    Mention("PostgreSQL", EntityType.TECHNOLOGY, "database"),
    Mention("MongoDB", EntityType.TECHNOLOGY, "database"),
    Mention("Python", EntityType.TECHNOLOGY, "language"),
)

# as it is said, and the lemma of it
VERBS = {"works at": "work at", "works on": "work on", "uses": "use", "knows": "know"}

PROFILE = {
    "name": re.compile(r"\bmy name is (\w+)", re.IGNORECASE),
    "employer": re.compile(r"\bI work at (\w+)", re.IGNORECASE),
    "location": re.compile(r"\bI live in (\w+)", re.IGNORECASE),
}


class FixedClock:
    """Stands still until it is told to move."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(
        self, *, days: float = 0, hours: float = 0, minutes: float = 0, seconds: float = 0
    ) -> datetime:
        self.now += timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
        return self.now


class FakeEmbedder:
    """Texts are as similar as the words they share: one hashed dimension a word, counted. Of
    another name, each word has another place."""

    def __init__(self, name: str = "fake", dimension: int = DIMENSION) -> None:
        self.name = name
        self.dimension = dimension
        self.embedded: list[str] = []
        """Every text it was given, in order."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        self.embedded.extend(texts)
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word, count in Counter(WORD.findall(text.lower()) or [""]).items():
                row[self._place(word)] += count
            row /= np.linalg.norm(row)
        return rows

    def _place(self, word: str) -> int:
        other = b"" if self.name == "fake" else self.name.encode()
        digest = hashlib.blake2b(word.encode(), digest_size=8, key=other).digest()
        return int.from_bytes(digest, "big") % self.dimension


def vector_of(text: str, dimension: int = DIMENSION, model: str = "fake") -> Vector:
    """As the fake embedder of that name makes it."""
    return Vector(model, FakeEmbedder(model, dimension).embed([text])[0])


class FakeEmbeddingModels:
    """One that is there, and others of which some are to be downloaded."""

    def __init__(self, *others: FakeEmbedder, here: Sequence[str] = ()) -> None:
        """``here``: names of those that are downloaded already."""
        self.packaged = FakeEmbedder()
        self._all = {each.name: each for each in (self.packaged, *others)}
        self.here = {self.packaged.name, *here}
        self.downloaded: list[str] = []
        """What was asked for, in order."""
        self.fails_with: AppError | None = None

    def offers(self) -> tuple[EmbeddingOffer, ...]:
        return tuple(
            EmbeddingOffer(
                each.name,
                each.dimension,
                0 if each is self.packaged else 90,
                "English",
                "mit",
                "" if each is self.packaged else "a hub",
                256,
            )
            for each in self._all.values()
        )

    def stored_as(self, name: str) -> str | None:
        return name if name in self.here else None

    def offer_of(self, stored_as: str) -> str:
        return stored_as

    def embedder(self, stored_as: str) -> FakeEmbedder:
        if stored_as not in self.here:
            raise EmbedderMissing(stored_as)
        return self._all[stored_as]

    def download(self, name: str, on_bytes: Callable[[int, int], None], stop: Event) -> None:
        self.downloaded.append(name)
        on_bytes(30, 90)
        if self.fails_with is not None:
            raise self.fails_with
        if not stop.is_set():
            on_bytes(90, 90)
            self.here.add(name)

    def copy_from(self, name: str, folder: Path) -> None:
        if not folder.is_dir():
            raise EmbedderMissing(name)
        self.here.add(name)

    def remove(self, name: str) -> None:
        self.here.discard(name)


class FakeLanguage:
    """Finds what its small tables know, by regular expression."""

    def __init__(
        self,
        known: Sequence[Mention] = KNOWN,
        profile: Mapping[str, re.Pattern[str]] = PROFILE,
    ) -> None:
        self._known = tuple(known)
        self._profile = dict(profile)

    def read(self, text: str) -> Reading:
        mentions = self._mentions(text)
        return Reading(
            self.personal_data(text),
            self.sentences(text),
            mentions,
            self._stated(text),
            relations=self._related(text, mentions),
        )

    def personal_data(self, text: str) -> tuple[Span, ...]:
        spans: list[Span] = []
        for label, pattern in PERSONAL_DATA:
            for find in pattern.finditer(text):
                start, end = find.span()
                if all(end <= span.start or span.end <= start for span in spans):
                    spans.append(Span(start, end, label, rule=f"fake {label.lower()}"))
        return tuple(sorted(spans, key=lambda span: span.start))

    def sentences(self, text: str) -> tuple[str, ...]:
        return tuple(part.strip() for part in SENTENCE_END.split(text) if part.strip())

    def _mentions(self, text: str) -> tuple[Mention, ...]:
        found = [
            (find.start(), mention)
            for mention in self._known
            if (find := re.search(rf"\b{re.escape(mention.name)}\b", text, re.IGNORECASE))
        ]
        return tuple(mention for _, mention in sorted(found, key=lambda pair: pair[0]))

    def _related(self, text: str, mentions: Sequence[Mention]) -> tuple[Relation, ...]:
        """A name, one of the verbs and another name, right behind each other."""
        return tuple(
            Relation(one, verb, other, said)
            for said, verb in VERBS.items()
            for one in mentions
            for other in mentions
            if re.search(rf"\b{one.name} {said} {other.name}\b", text, re.IGNORECASE)
        )

    def _stated(self, text: str) -> tuple[ProfileFact, ...]:
        return tuple(
            ProfileFact(field, find[1], confidence=0.9)
            for field, pattern in self._profile.items()
            if (find := pattern.search(text))
        )


class FakeTokenCounter:
    """One token a word."""

    def count(self, text: str) -> int:
        return len(text.split())


class FakeModel:
    """Says its pieces in order; with ``fails_after``, breaks off after that many of them."""

    def __init__(
        self,
        pieces: Sequence[str] = ("That ", "is ", "noted."),
        *,
        name: str = "fake-model",
        is_local: bool = True,
        fails_after: int | None = None,
    ) -> None:
        self.pieces = tuple(pieces)
        self.name = name
        self.is_local = is_local
        self.fails_after = fails_after
        self.received: list[list[ChatMessage]] = []
        """The messages of every call, in order."""

    def stream(self, messages: Sequence[ChatMessage]) -> Iterator[str]:
        self.received.append(list(messages))
        yield from self.pieces[: self.fails_after]
        if self.fails_after is not None:
            raise AnswerBrokenOff(self.name)


CHEAP = Price(1e-6, 4e-6)
"""A dollar for a million tokens of question."""


class FakeRemoteModel(FakeModel):
    """Runs elsewhere, for money."""

    def __init__(
        self,
        pieces: Sequence[str] = ("That ", "is ", "noted."),
        *,
        name: str = "fake-remote",
        provider: str = Server.OPENAI,
        price: Price | None = CHEAP,
        fails_after: int | None = None,
    ) -> None:
        super().__init__(pieces, name=name, is_local=False, fails_after=fails_after)
        self.provider = provider
        self.price = price
        self.answer_tokens = MOST_ANSWER_TOKENS


class FakeReader(FakeModel):
    """Also keeps to a form, or says that it does: its pieces are the output."""

    def __init__(self, pieces: Sequence[str] = (), **more: Any) -> None:
        super().__init__(pieces, **more)
        self.schemas: list[Mapping[str, object]] = []
        self.ended = Event()
        """Set when it was read to its end, or closed."""

    def structured(
        self, messages: Sequence[ChatMessage], schema: Mapping[str, object]
    ) -> Iterator[str]:
        self.schemas.append(schema)
        try:
            yield from self.stream(messages)
        finally:
            self.ended.set()


def suggesting(*suggestions: Mapping[str, object]) -> FakeReader:
    """A model that suggests these; what is left out of one is as for something new."""
    new = {"action": "add", "target": 0, "kind": "fact"}
    return FakeReader([json.dumps({"suggestions": [new | dict(each) for each in suggestions]})])


def on_ollama(model: str) -> ModelChoice:
    return ModelChoice(Server.OLLAMA, model, "http://127.0.0.1:11434")


class FakeModels:
    """Has the models it is given: those of here on one server that is never asked, those of
    elsewhere with their providers."""

    def __init__(self, *models: Model, keys: Mapping[Server, str] | None = None) -> None:
        """``keys``: of providers, in the environment."""
        self._models = {model.name: model for model in models}
        self._environment = dict(keys or {})
        self.keys: list[str] = []
        """What it was given with every call, in order."""
        self.looked_up: list[Server] = []
        """Providers that were asked for their lists."""
        self.tested: list[ModelChoice] = []
        self.warmed: list[ModelChoice] = []
        self.closed = False

    def find(self) -> tuple[ModelOffer, ...]:
        return tuple(
            ModelOffer(on_ollama(name), 4096)
            for name, model in self._models.items()
            if model.is_local
        )

    def find_at(
        self, address: str, key: str = "", *, elsewhere: bool = False
    ) -> tuple[ModelOffer, ...]:
        self.keys.append(key)
        server = Server.ELSEWHERE if elsewhere else Server.OLLAMA
        return tuple(ModelOffer(ModelChoice(server, name, address)) for name in self._models)

    def providers(self) -> tuple[Provider, ...]:
        return tuple(
            Provider(
                server,
                endpoint.variables[0],
                KeySource.ENVIRONMENT if server in self._environment else None,
            )
            for server, endpoint in PROVIDERS.items()
        )

    def offers(self, server: Server) -> tuple[ModelOffer, ...]:
        return tuple(
            ModelOffer(ModelChoice(server, model.name), 128_000, model.price)
            for model in self._models.values()
            if isinstance(model, Charged) and model.provider == server
        )

    def look_up(self, server: Server, key: str) -> tuple[ModelOffer, ...]:
        self.keys.append(key)
        if not (key or server in self._environment):
            raise KeyMissing(server)
        self.looked_up.append(server)
        return self.offers(server)

    def known(self, choice: ModelChoice) -> ModelOffer:
        model = self._models.get(choice.model)
        return ModelOffer(choice, price=model.price if isinstance(model, Charged) else None)

    def connect(self, choice: ModelChoice, key: str = "", known: ModelOffer | None = None) -> Model:
        self.keys.append(key)
        if choice.model not in self._models:
            raise ModelNotConnected(choice.model)
        if choice.server in PROVIDERS and not (key or choice.server in self._environment):
            raise KeyMissing(choice.model)
        return self._models[choice.model]

    def test(self, choice: ModelChoice, key: str = "") -> Connection:
        self.keys.append(key)
        self.tested.append(choice)
        return Connection(choice.model in self._models, "It was asked.")

    def warm_up(self, choice: ModelChoice) -> None:
        self.warmed.append(choice)

    def close(self) -> None:
        self.closed = True


class AtOnce:
    """Does what it is given right away, where others would leave it to the background."""

    def __init__(self) -> None:
        self.given_way = 0

    def submit(self, work: Callable[[Event], None]) -> None:
        work(Event())

    def give_way(self) -> None:
        self.given_way += 1

    def close(self) -> None: ...
