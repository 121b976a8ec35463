"""Another process that builds an index and switches to it and back, until it is killed:
``python -m tests.flow.building PATH``. A line tells of each step when it is done."""

import sys
from collections.abc import Sequence
from pathlib import Path

from memory.engine import Memory
from memory.protocols import Vectors
from memory.records import BuildState
from memory.settings import Settings
from tests.fakes import AtOnce, FakeEmbedder, FakeEmbeddingModels, FakeLanguage, FixedClock


class Telling(FakeEmbedder):
    def embed(self, texts: Sequence[str]) -> Vectors:
        print("embedded", flush=True)  # noqa: T201 - its answer
        return super().embed(texts)


def open_memory(database: Path, small: FakeEmbedder) -> Memory:
    return Memory.open(
        Settings(database=database),
        clock=FixedClock(),
        language=FakeLanguage(),
        embedding_models=FakeEmbeddingModels(small, here=["small"]),
        builder=AtOnce(),
    )


def main() -> None:
    with open_memory(Path(sys.argv[1]), Telling("small", 64)) as memory:
        memory.build_index("small")
        built = memory.index_build()
        assert built is not None
        assert built.state is BuildState.READY
        memory.switch_index()
        while True:
            print("switched", flush=True)  # noqa: T201 - likewise
            memory.remember("me", "I like lemonade.")
            memory.switch_back()


if __name__ == "__main__":
    main()
