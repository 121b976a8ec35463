"""Two embedding models in one file: what the tests of their indexes have in common."""

import threading
from collections.abc import Callable, Sequence

from memory.engine import Memory
from memory.protocols import Vectors
from memory.records import IndexState
from memory.settings import Settings
from tests.fakes import AtOnce, FakeEmbedder, vector_of

DRINKS = ("green tea", "black coffee", "cold water", "apple juice", "hot cocoa")
MANY = 40
"""More than two batches."""


class Interrupted(FakeEmbedder):
    """Has something else happen in the midst of the nth time that it embeds, once."""

    def __init__(self, name: str, dimension: int, at: int = 1) -> None:
        super().__init__(name, dimension)
        self.happens: Callable[[], object] | None = None
        self._left = at

    def embed(self, texts: Sequence[str]) -> Vectors:
        self._left -= 1
        if self.happens is not None and self._left <= 0:
            happens, self.happens = self.happens, None
            happens()
        return super().embed(texts)


class InThread(AtOnce):
    """Does it beside the test, which can wait for its end."""

    def __init__(self) -> None:
        super().__init__()
        self._threads: list[threading.Thread] = []

    def submit(self, work: Callable[[threading.Event], None]) -> None:
        self._threads.append(threading.Thread(target=work, args=(threading.Event(),)))
        self._threads[-1].start()

    def close(self) -> None:
        for thread in self._threads:
            thread.join()


def remember(memory: Memory, count: int = len(DRINKS)) -> list[int]:
    texts = [f"I like {DRINKS[n % 5]} number {n}." for n in range(count)]
    return [memory.remember("me", text).id for text in texts]


def states(memory: Memory) -> dict[str, IndexState]:
    return {m.name: m.state for m in memory.embedding_models() if m.state is not None}


def vectors_by_model(memory: Memory) -> dict[str, set[int]]:
    rows = memory._parts.store.database.rows(
        "select name, memory_id from memory_vectors join embedding_models m on m.id = model_id"
    )
    return {name: {ident for of, ident in rows if of == name} for name, _ in rows}


def assert_unmixed(memory: Memory) -> None:
    """Each vector is what its model makes of the text that its memory has now."""
    rows = memory._parts.store.database.rows(
        """
        select memories.text, name, dimension, embedding from memory_vectors
        join memories on memories.id = memory_id join embedding_models m on m.id = model_id
        """
    )
    for text, name, dimension, raw in rows:
        assert raw == vector_of(text, dimension, name).numbers.tobytes(), (text, name)
    assert memory.check().problems == ()


def wal_of(settings: Settings) -> bytes:
    log = settings.database.with_name(settings.database.name + "-wal")
    return log.read_bytes() if log.exists() else b""
