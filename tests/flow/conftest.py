"""A memory opened with fakes, for the person “me” who agreed to personalization."""

from collections.abc import Callable, Iterator

import pytest

from memory.adapters.embedder import MiniLMEmbedder
from memory.adapters.language import SpacyLanguage
from memory.engine import Memory
from memory.records import PERSONALIZATION
from memory.settings import Settings
from tests.fakes import AtOnce, FakeEmbedder, FakeEmbeddingModels, FakeLanguage, FixedClock
from tests.flow.indexed import Interrupted

OpenMemory = Callable[..., Memory]


@pytest.fixture
def open_memory(settings: Settings, clock: FixedClock) -> Iterator[OpenMemory]:
    """Opens the test's file, with fakes unless others are given; closes it after the test."""
    opened: list[Memory] = []

    def open_it(its_settings: Settings = settings, **parts: object) -> Memory:
        fakes = {"clock": clock, "embedder": FakeEmbedder(), "language": FakeLanguage()}
        opened.append(Memory.open(its_settings, **fakes | parts))
        return opened[-1]

    yield open_it
    for memory in opened:
        memory.close()


@pytest.fixture(scope="session")
def real_embedder(tmp_path_factory: pytest.TempPathFactory) -> MiniLMEmbedder:
    return MiniLMEmbedder(tmp_path_factory.mktemp("models"))


@pytest.fixture(scope="session")
def real_language() -> SpacyLanguage:
    return SpacyLanguage()


@pytest.fixture
def listening(open_memory: OpenMemory, real_language: SpacyLanguage) -> Memory:
    """One that understands what is stated."""
    opened = open_memory(language=real_language)
    opened.grant("me", PERSONALIZATION)
    return opened


@pytest.fixture
def memory(open_memory: OpenMemory) -> Memory:
    opened = open_memory()
    opened.grant("me", PERSONALIZATION)
    return opened


@pytest.fixture
def small() -> Interrupted:
    return Interrupted("small", 64)


@pytest.fixture
def models(small: Interrupted) -> FakeEmbeddingModels:
    return FakeEmbeddingModels(small, FakeEmbedder("large", 512), here=["small"])


@pytest.fixture
def two_models(open_memory: OpenMemory, models: FakeEmbeddingModels) -> Memory:
    opened = open_memory(embedder=None, embedding_models=models, builder=AtOnce())
    opened.grant("me", PERSONALIZATION)
    return opened
