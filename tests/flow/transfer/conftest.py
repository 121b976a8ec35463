"""Two files: one with a whole life in it, and an empty one that it is brought into."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from memory.adapters.language import SpacyLanguage
from memory.engine import Memory
from memory.settings import Settings
from tests.fakes import AtOnce, FakeEmbedder, FixedClock
from tests.flow.conftest import OpenMemory
from tests.flow.transfer.rich import live_a_life


@pytest.fixture
def elsewhere(open_memory: OpenMemory, tmp_path: Path) -> Memory:
    """An empty file, with the same clock."""
    return open_memory(Settings(database=tmp_path / "elsewhere" / "recollect.db"))


@pytest.fixture(scope="module")
def lived(
    tmp_path_factory: pytest.TempPathFactory, real_language: SpacyLanguage
) -> Iterator[tuple[Memory, FixedClock]]:
    """Only read from: made once for all tests of a file."""
    clock = FixedClock()
    settings = Settings(database=tmp_path_factory.mktemp("lived") / "recollect.db")
    with Memory.open(
        settings,
        clock=clock,
        embedder=FakeEmbedder(),
        language=real_language,
        background=AtOnce(),
    ) as memory:
        live_a_life(memory, clock)
        yield memory, clock
