"""What a turn costs beside its models: ``uv run python -m tests.benchmarks.turn``.

The real embedder and the real language model stand behind a stopwatch; all else of a turn
(searches, scores, transactions, audit) is the time outside them. The memories are made-up
sentences, put into the store in one transaction; to make ten thousand in seconds, the vector of
each is the sum of the real vectors of its phrases. Every observed turn becomes a memory as well,
which is the dearest case. One run, one process, models warm.
"""

import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import chain
from pathlib import Path

import numpy as np

from memory import Memory, Settings
from memory.adapters.embedder import MiniLMEmbedder
from memory.adapters.language import SpacyLanguage
from memory.protocols import Embedder, Vectors
from memory.records import (
    PERSONALIZATION,
    Classification,
    ClassReason,
    DataClass,
    Importance,
    Kind,
    Reading,
    Role,
    Span,
)
from memory.rules import technologies
from memory.store import Store
from memory.store.memories import NewMemory
from memory.store.messages import NewMessage
from memory.store.said import Saying
from memory.store.vectors import Vector
from tests.benchmarks.made_up import Phrases, phrases, questions, sentence
from tests.benchmarks.telling import listed, result, smaller

SIZES = smaller((0, 1_000, 10_000), (0, 1_000))
TURNS = smaller(100, 20)
ANSWERS = smaller(40, 10)
WARMING = 5
"""Turns before the measured ones: the first are slower than all others."""
IN_CONVERSATION = 50
"""Messages of each conversation of the past; one a minute."""
ME = "me"


class Stopwatch:
    """Adds up the time spent within what it goes along with."""

    def __init__(self) -> None:
        self.seconds = 0.0

    @contextmanager
    def running(self) -> Iterator[None]:
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds += time.perf_counter() - start


class TimedEmbedder:
    def __init__(self, embedder: MiniLMEmbedder, watch: Stopwatch) -> None:
        self._embedder = embedder
        self._watch = watch
        self.name = embedder.name
        self.dimension = embedder.dimension

    def embed(self, texts: Sequence[str]) -> Vectors:
        with self._watch.running():
            return self._embedder.embed(texts)


class TimedLanguage:
    def __init__(self, language: SpacyLanguage, watch: Stopwatch) -> None:
        self._language = language
        self._watch = watch

    def read(self, text: str) -> Reading:
        with self._watch.running():
            return self._language.read(text)

    def personal_data(self, text: str) -> tuple[Span, ...]:
        with self._watch.running():
            return self._language.personal_data(text)

    def sentences(self, text: str) -> tuple[str, ...]:
        with self._watch.running():
            return self._language.sentences(text)


@dataclass(frozen=True, slots=True)
class Timing:
    """Of one turn, in milliseconds."""

    embedder: float
    language: float
    outside: float

    @property
    def inside(self) -> float:
        return self.embedder + self.language


@dataclass(frozen=True, slots=True)
class Models:
    embedder: TimedEmbedder
    language: TimedLanguage
    embedding: Stopwatch
    reading: Stopwatch

    def timed(self, turn: Callable[[], object]) -> Timing:
        embedding, reading = self.embedding.seconds, self.reading.seconds
        start = time.perf_counter()
        turn()
        whole = time.perf_counter() - start
        embedding = self.embedding.seconds - embedding
        reading = self.reading.seconds - reading
        return Timing(embedding * 1e3, reading * 1e3, (whole - embedding - reading) * 1e3)


def models(cache: Path) -> Models:
    embedding, reading = Stopwatch(), Stopwatch()
    return Models(
        TimedEmbedder(MiniLMEmbedder(cache), embedding),
        TimedLanguage(SpacyLanguage(), reading),
        embedding,
        reading,
    )


def fill(
    database: Path,
    past: Sequence[Phrases],
    embedder: Embedder,
    vectors: Iterable[Vectors] | None = None,
) -> None:
    """Each sentence as a message, and as a memory of it with its vector and its technologies; it
    follows the one before it in its conversation. ``vectors``: in place of ``composed`` ones."""
    store = Store(database)
    store.vectors.use_model(embedder.name, embedder.dimension)
    begin = datetime.now(UTC) - timedelta(minutes=len(past))
    vectors = vectors or composed(past, embedder)
    known: dict[str, int] = {}
    memory: int | None = None
    with store.transaction():
        person = store.people.find_or_add(ME, begin)
        for number, (parts, vector) in enumerate(zip(past, vectors, strict=True)):
            text = sentence(parts)
            at = begin + timedelta(minutes=number)
            name = f"past {number // IN_CONVERSATION}"
            conversation = store.conversations.open(person, name, at)
            said = NewMessage(Role.USER, text, at, at, DataClass.INTERNAL, expires_at=None)
            message = store.messages.add(person, conversation, said)
            before = memory if number % IN_CONVERSATION else None
            episode = _episode(text, at, message, conversation, before)
            memory = store.memories.add(person, episode)
            store.vectors.add(memory, Vector(embedder.name, vector))
            named = [match.mention for match in technologies.matches(text)]
            for mention in named:
                if mention.name not in known:
                    known[mention.name] = store.entities.add(person, mention.type)
                store.entities.mention(
                    known[mention.name], mention, Saying(person, at, message, memory)
                )
    store.close()


def composed(past: Sequence[Phrases], embedder: Embedder) -> Iterator[Vectors]:
    known = sorted(set(chain.from_iterable(past)))
    vectors = dict(zip(known, embedder.embed(known), strict=True))
    for parts in past:
        total = np.sum([vectors[part] for part in parts], axis=0)
        yield total / np.linalg.norm(total)


def _episode(
    text: str, at: datetime, message: int, conversation: int, before: int | None
) -> NewMemory:
    return NewMemory(
        kind=Kind.EPISODE,
        text=text,
        classification=Classification(DataClass.INTERNAL, ClassReason.PLAIN),
        purpose=PERSONALIZATION,
        importance=Importance(0.8, {"given": 0.8}),
        pinned=False,
        created_at=at,
        said_at=at,
        expires_at=None,
        source_message_id=message,
        conversation_id=conversation,
        follows=before,
    )


def measure(memory: Memory, timed: Models, told: Iterator[str]) -> dict[str, list[Timing]]:
    asked = questions()

    def turn() -> None:
        memory.observe(ME, "user", next(told))
        memory.recall(ME, next(asked))

    def answer() -> None:
        memory.respond(ME, next(asked), conversation_id="answers").read()

    found = {}
    for name, call, count in (
        ("observe + recall", turn, TURNS),
        ("respond", answer, ANSWERS),
    ):
        for _ in range(WARMING):
            call()
        found[name] = [timed.timed(call) for _ in range(count)]
    return found


def line(size: int, name: str, found: Sequence[Timing]) -> str:
    embedder, language, outside = (
        [getattr(timing, part) for timing in found] for part in ("embedder", "language", "outside")
    )
    inside = [timing.inside for timing in found]
    middle = [statistics.median(part) for part in (embedder, language, inside, outside)]
    p95 = statistics.quantiles(outside, n=20)[18]
    figures = "".join(f"{figure:10.1f}" for figure in (*middle, p95))
    return f"{size:8,}  {name:16}{figures}{outside_by_inside(found):10.2f}"


def outside_by_inside(found: Sequence[Timing]) -> float:
    return statistics.median(each.outside for each in found) / statistics.median(
        each.inside for each in found
    )


def main() -> None:
    ratios: defaultdict[str, list[str]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        timed = models(Path(folder))
        every = phrases(SIZES[-1] + len(SIZES) * (TURNS + WARMING))
        past, coming = every[: SIZES[-1]], iter(every[SIZES[-1] :])
        print(f"medians of {TURNS} turns and {ANSWERS} answers, milliseconds")
        print(f"memories  {'':16}  embedder  language    inside   outside  out. p95  out./in.")
        for size in SIZES:
            database = Path(folder) / f"{size}.db"
            fill(database, past[:size], timed.embedder)
            settings = Settings(database=database, importance_threshold=0)
            with Memory.open(settings, embedder=timed.embedder, language=timed.language) as memory:
                memory.grant(ME, PERSONALIZATION)
                memory.warm_up()
                for name, found in measure(memory, timed, map(sentence, coming)).items():
                    print(line(size, name, found), flush=True)
                    ratios[name].append(f"{outside_by_inside(found):.2f}")
        for name, told in ratios.items():
            result(f"{name}, outside the models by inside: {', '.join(told)} at {listed(SIZES)}")


if __name__ == "__main__":
    main()
