"""How Recollect does at 1,000, 10,000 and 100,000 memories:
``uv run --group test python -m tests.benchmarks.scale [SIZE ...] [--composed]``.

The texts are made up (``a_life``): four phrases each, common ones by Zipf's law, as real words are.
Their vectors are the embedding model's own; ``--composed``, and above 100,000 always, each is the
sum of the real vectors of its phrases, which takes seconds in place of minutes and lies closer
together than real ones do, so that signs tell them apart less well. Every memory is a turn of a
conversation of 50 turns, with its message and its technologies.

Each size is filled and measured in a process of its own. Told is, for each:

- rows a second put into the file, each with its message, vector, full text and entities, in one
  transaction, and the median of ``remember`` at that size, which embeds and checks each text first;
- a whole ``recall`` of five with the query's embedding, median and 95th percentile, and the medians
  of its parts;
- the vector search for ten beside numpy's exact scan of the same matrix in memory, both in one
  thread, and how many of the exact ten are found;
- bytes of the file by memory, the process's memory (RSS) after all recalls, and the time to erase
  one memory to the bytes, which rewrites the file.
"""

import itertools
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from memory import Memory, Settings
from memory.adapters.embedder import MiniLMEmbedder
from memory.adapters.language import SpacyLanguage
from memory.records import PERSONALIZATION
from tests.benchmarks.a_life import phrases, questions
from tests.benchmarks.made_up import sentence
from tests.benchmarks.telling import given, result, smaller
from tests.benchmarks.turn import ME, composed, fill

SIZES = smaller((1_000, 10_000, 100_000), (1_000,))
COMPOSED = "--composed"
MOST_EMBEDDED = 100_000
RECALLS = 200
WARMING = 10
REMEMBERED = 40
SEARCHES = 100
RESULTS = 10

# part of a recall -> the methods whose time it is
PARTS = {
    "embedding": ("embedder.question",),
    "by meaning": ("store.vectors.search",),
    "by words": ("store.full_text.best", "store.full_text.hits"),
    "turns beside": ("store.memories.neighbours",),
    "reading": ("store.memories.many", "store.vectors.many"),
}


class Parts:
    """Stopwatches around the methods that a recall calls."""

    def __init__(self, parts: Any) -> None:
        self.seconds = dict.fromkeys(PARTS, 0.0)
        for name, methods in PARTS.items():
            for method in methods:
                *path, last = method.split(".")
                owner = parts
                for step in path:
                    owner = getattr(owner, step)
                setattr(owner, last, self._timed(name, getattr(owner, last)))

    def _timed(self, name: str, method: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            start = time.perf_counter()
            try:
                return method(*arguments, **named)
            finally:
                self.seconds[name] += time.perf_counter() - start

        return call


@contextmanager
def timed(found: list[float]) -> Iterator[None]:
    """Milliseconds."""
    start = time.perf_counter()
    yield
    found.append((time.perf_counter() - start) * 1e3)


def build(database: Path, size: int, cache: Path, whole: bool) -> str:
    embedder = MiniLMEmbedder(cache)
    past = list(itertools.islice(phrases(), size))
    vectors = embedder.embed(list(map(sentence, past))) if whole else [*composed(past, embedder)]
    start = time.perf_counter()
    fill(database, past, embedder, iter(vectors))
    took = time.perf_counter() - start
    stands = database.stat().st_size / size
    return f"{size / took:,.0f} rows a second, {stands / 1e3:.1f} KB each"


def measure(database: Path, cache: Path) -> str:
    with Memory.open(
        Settings(database=database, cache=cache),
        embedder=MiniLMEmbedder(cache),
        language=SpacyLanguage(),
    ) as memory:
        memory.grant(ME, PERSONALIZATION)
        memory.warm_up()
        lines = [recalls(memory)]
        lines.append(f"RSS {resident():,.0f} MB")
        lines.append(vector_search(memory))
        lines.append(remembered(memory))
        one = memory.recall(ME, "the garden behind the house", limit=1)[0].item.id
        took: list[float] = []
        with timed(took):
            receipt = memory.erase(ME, memory=one)
        assert receipt.verified, receipt
        lines.append(f"one erased in {took[0] / 1e3:.2f} s")
    return "\n  ".join(lines)


def recalls(memory: Memory) -> str:
    asked, whole = questions(), []
    for _ in range(WARMING):
        memory.recall(ME, next(asked), touch=False)
    parts, by_part = Parts(memory._parts), []
    for _ in range(RECALLS):
        before = dict(parts.seconds)
        with timed(whole):
            memory.recall(ME, next(asked), touch=False)
        by_part.append({name: (parts.seconds[name] - before[name]) * 1e3 for name in PARTS})
    p95 = statistics.quantiles(whole, n=20)[18]
    medians = {name: statistics.median(each[name] for each in by_part) for name in PARTS}
    medians["scoring and all else"] = statistics.median(
        total - sum(each.values()) for total, each in zip(whole, by_part, strict=True)
    )
    told = ", ".join(f"{name} {took:.1f}" for name, took in medians.items())
    return f"recall {statistics.median(whole):.1f} ms, p95 {p95:.1f} ({told})"


def vector_search(memory: Memory) -> str:
    store, embedder = memory._parts.store, memory._parts.embedder
    person = store.people.find(ME)
    assert person is not None
    rows = store.database.rows("select embedding from memory_vectors order by id")
    matrix = np.stack([np.frombuffer(raw, np.float32) for (raw,) in rows])
    asked = embedder.embed(list(itertools.islice(questions(5), SEARCHES)))
    searched: list[float] = []
    scanned: list[float] = []
    same = 0
    now = datetime.now(UTC)
    with threadpool_limits(1):
        for vector in asked:
            with timed(searched):
                found = store.vectors.search(person, vector, RESULTS, now)
            with timed(scanned):
                cosines = matrix @ vector.numbers
                exact = np.argpartition(-cosines, RESULTS)[:RESULTS]
            least = cosines[exact].min() - 1e-6  # of equals either is right
            same += sum(similarity >= least for _, similarity in found)
    search, scan = statistics.median(searched), statistics.median(scanned)
    return (
        f"vectors {search:.2f} ms, numpy {scan:.2f}, ratio {search / scan:.2f}, "
        f"recall@{RESULTS} {same / RESULTS / len(asked):.3f}"
    )


def remembered(memory: Memory) -> str:
    """Sentences that are not there yet."""
    took: list[float] = []
    for parts in itertools.islice(phrases(seed=9), REMEMBERED):
        with timed(took):
            memory.remember(ME, f"As I said, {sentence(parts)}")
    return f"one remembered in {statistics.median(took):.1f} ms"


def resident() -> float:
    """Megabytes of this process that are in memory, those of the file that it has mapped too."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def alone(call: Callable[..., str], *arguments: object) -> str:
    """In a process of its own."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(call, *arguments).result()


def main() -> None:
    sizes = [int(size) for size in given()] or SIZES
    with tempfile.TemporaryDirectory() as folder:
        cache = Path(folder)
        for size in sizes:
            whole = COMPOSED not in sys.argv and size <= MOST_EMBEDDED
            database = Path(folder) / f"{size}.db"
            print(f"{size:,} memories, {'real' if whole else 'composed'} vectors", flush=True)
            print(f"  {alone(build, database, size, cache, whole)}", flush=True)
            told = alone(measure, database, cache)
            print(f"  {told}", flush=True)
            recall, *others = told.splitlines()
            found, erased = others[1].strip(), others[-1].strip()
            result(f"{size:,}: {recall.partition(' (')[0]}; {found}; {erased}")
            database.unlink()


if __name__ == "__main__":
    main()
