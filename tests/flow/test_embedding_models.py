"""Which embedding models can be chosen, which files they have, and two of them compared on the
person’s own data."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from memory.engine import Memory
from memory.errors import (
    DownloadFailed,
    EmbedderMissing,
    InvalidInput,
    NotFound,
)
from memory.records import PERSONALIZATION, Act, BuildState, IndexBuild, IndexState
from tests.fakes import AtOnce, FakeEmbedder, FakeEmbeddingModels
from tests.flow.conftest import OpenMemory
from tests.flow.indexed import (
    DRINKS,
    MANY,
    Interrupted,
    assert_unmixed,
    remember,
    states,
    vectors_by_model,
)


@pytest.fixture
def memory(two_models: Memory) -> Memory:
    return two_models


# -- which can be chosen -----------------------------------------------------------------------


def test_every_model_is_listed_with_what_is_known_of_it(memory: Memory) -> None:
    """The one in use first."""
    found = memory.embedding_models()

    assert [(m.name, m.downloaded, m.state, m.is_packaged) for m in found] == [
        ("fake", True, IndexState.IN_USE, True),
        ("small", True, None, False),
        ("large", False, None, False),
    ]
    assert [m.offer.dimension for m in found] == [384, 64, 512]


def test_nothing_is_downloaded_before_the_person_agreed(
    memory: Memory, models: FakeEmbeddingModels
) -> None:
    with pytest.raises(InvalidInput, match="Agree to its download"):
        memory.build_index("large")
    assert models.downloaded == []

    memory.build_index("large", download=True)

    assert models.downloaded == ["large"]
    assert memory.index_build() == IndexBuild("large", BuildState.READY, 0, 0, None)
    assert [event.action for event in memory.audit(2)] == [Act.BUILD_INDEX, Act.FETCH_MODEL]


def test_a_failed_download_is_told_and_can_be_tried_again(
    memory: Memory, models: FakeEmbeddingModels
) -> None:
    """With how far it came; nothing of it is in the file."""
    remember(memory)
    models.fails_with = DownloadFailed("large", "the hub cannot be reached", "Try again.")
    memory.build_index("large", download=True)

    found = memory.index_build()
    assert found is not None
    assert (found.model, found.state, found.done, found.of) == ("large", "stopped", 30, 90)
    assert found.problem == str(models.fails_with)
    assert states(memory) == {"fake": IndexState.IN_USE}

    models.fails_with = None
    with pytest.raises(InvalidInput, match="Agree to its download"):
        memory.resume_build()
    memory.build_index("large", download=True)
    assert memory.index_build() == IndexBuild("large", BuildState.READY, 5, 5, None)


def test_a_failed_download_can_be_let_go(memory: Memory, models: FakeEmbeddingModels) -> None:
    """Another model can be chosen then."""
    models.fails_with = DownloadFailed("large", "the hub cannot be reached", "Try again.")
    memory.build_index("large", download=True)

    assert memory.drop_index("large")

    assert memory.index_build() is None
    memory.build_index("small")


def test_a_stopped_download_is_nothing(memory: Memory, models: FakeEmbeddingModels) -> None:
    """There is nothing of it to go on with."""
    download = models.download

    def stopped(name: str, on_bytes: Callable[[int, int], None], stop: threading.Event) -> None:
        memory.stop_build()
        download(name, on_bytes, stop)

    models.download = stopped  # type: ignore[method-assign]
    memory.build_index("large", download=True)

    assert memory.index_build() is None
    assert states(memory) == {"fake": IndexState.IN_USE}


def test_it_is_told_of_from_the_first_moment(
    open_memory: OpenMemory, models: FakeEmbeddingModels
) -> None:
    """Also before the thread that builds it has begun."""
    waiting: list[Callable[[threading.Event], None]] = []
    builder = AtOnce()
    builder.submit = waiting.append  # type: ignore[method-assign]
    memory = open_memory(embedder=None, embedding_models=models, builder=builder)

    memory.build_index("small")

    assert memory.index_build() == IndexBuild("small", BuildState.BUILDING, 0, 0, None)


@pytest.mark.parametrize("others", ["being built", "kept"])
def test_there_is_one_index_beside_the_one_in_use(
    memory: Memory, models: FakeEmbeddingModels, others: str
) -> None:
    """The other is let go first, by the person."""
    models.here.add("large")
    memory.build_index("small")
    if others == "kept":
        memory.switch_index()

    with pytest.raises(InvalidInput, match=f"is {others}. Let it go first"):
        memory.build_index("large")
    with pytest.raises(InvalidInput):
        memory.build_index("fake")


def test_the_one_in_use_and_an_unknown_one_are_refused(memory: Memory) -> None:
    with pytest.raises(InvalidInput, match="in use already"):
        memory.build_index("fake")
    with pytest.raises(NotFound):
        memory.build_index("no such model")


def test_files_can_come_from_a_folder_and_go_again(memory: Memory, tmp_path: Path) -> None:
    """Not while there is an index by them."""
    memory.take_model_files("large", tmp_path)
    memory.build_index("large")
    with pytest.raises(InvalidInput, match="Let it go first"):
        memory.remove_model_files("large")

    memory.drop_index("large")
    memory.remove_model_files("large")

    assert [model.downloaded for model in memory.embedding_models()] == [True, True, False]
    for call in (
        lambda: memory.take_model_files("x", tmp_path),
        lambda: memory.remove_model_files("x"),
    ):
        with pytest.raises(NotFound):
            call()


def test_a_memory_opens_with_the_model_that_its_file_names(
    memory: Memory, open_memory: OpenMemory, models: FakeEmbeddingModels, small: Interrupted
) -> None:
    ids = remember(memory)
    memory.build_index("small")
    memory.switch_index()
    memory.close()

    again = open_memory(embedder=None, embedding_models=models)

    assert again.recall("me", "black coffee")[0].item.id == ids[1]
    assert small.embedded[-1] == "black coffee"


def test_a_memory_whose_model_is_missing_opens_and_says_what_to_do(
    memory: Memory, open_memory: OpenMemory, models: FakeEmbeddingModels
) -> None:
    """Its texts can be read; from them the packaged model builds its index anew."""
    remember(memory)
    memory.build_index("small")
    memory.switch_index()
    memory.drop_index("fake")
    memory.close()
    models.here.discard("small")

    again = open_memory(embedder=None, embedding_models=models, builder=AtOnce())

    assert len(again.items("me")) == 5
    with pytest.raises(EmbedderMissing, match="download it again, or build the index anew"):
        again.recall("me", "tea")
    again.build_index("fake")
    again.switch_index()
    assert again.recall("me", "green tea")
    assert_unmixed(again)


def test_a_missing_model_can_be_downloaded_again(
    memory: Memory, models: FakeEmbeddingModels
) -> None:
    """It is the same, so there is nothing to build."""
    remember(memory)
    memory.build_index("small")
    memory.switch_index()
    memory.drop_index("fake")
    models.here.discard("small")

    memory.build_index("small", download=True)

    assert memory.index_build() is None
    assert memory.recall("me", "green tea")


class Renewed(FakeEmbeddingModels):
    """Of which the hub has other weights by now."""

    mark = "1"

    def stored_as(self, name: str) -> str | None:
        stored = super().stored_as(name)
        return stored if stored is None or name == "fake" else f"{name}@{self.mark}"

    def offer_of(self, stored_as: str) -> str:
        return stored_as.partition("@")[0]

    def embedder(self, stored_as: str) -> FakeEmbedder:
        if self.stored_as(self.offer_of(stored_as)) != stored_as:
            raise EmbedderMissing(stored_as)
        return FakeEmbedder(stored_as, 384 if stored_as == "fake" else 64)


def test_other_weights_of_the_same_model_are_another_model(open_memory: OpenMemory) -> None:
    """Fetched again, they are not used with the old index: theirs is built beside it, switched to,
    and the old one let go."""
    models = Renewed(FakeEmbedder("small", 64), here=["small"])
    memory = open_memory(embedder=None, embedding_models=models, builder=AtOnce())
    memory.grant("me", PERSONALIZATION)
    remember(memory)
    memory.build_index("small")
    memory.switch_index()
    memory.drop_index("fake")
    models.here.discard("small")
    models.mark = "2"

    memory.build_index("small", download=True)

    small = memory.embedding_models()[0]
    assert (small.name, small.state, small.downloaded) == ("small", IndexState.IN_USE, False)
    with pytest.raises(EmbedderMissing):
        memory.recall("me", "green tea")
    assert memory.index_build() == IndexBuild("small", BuildState.READY, 5, 5, None)
    memory.switch_index()
    assert memory.recall("me", "green tea")
    assert memory.drop_index("small")
    assert_unmixed(memory)
    assert set(vectors_by_model(memory)) == {"small@2"}


# -- comparing ---------------------------------------------------------------------------------


def test_two_models_are_compared_on_what_the_person_asked(memory: Memory) -> None:
    """Which memories their answers were built on, and whether each model finds them."""
    remember(memory, 30)
    for drink in DRINKS[:3]:
        memory.respond("me", f"What do I say about {drink}?").read()
    memory.build_index("small")

    found = memory.compare_index("me")

    assert (found.used, found.built) == ("fake", "small")
    assert found.asked + found.derived >= 30
    assert found.asked == 3
    assert 0 < found.overlap <= 1
    assert found.found_by_used == 1
    assert found.found_by_built is not None
    assert 0 <= found.found_by_built <= 1
    assert len(found.examples) == 5
    assert all(len(each.by_used) == len(each.by_built) == 10 for each in found.examples)


def test_where_nothing_was_asked_memories_stand_in(memory: Memory) -> None:
    """Nobody knows then which one is right; only how much they agree."""
    remember(memory)
    memory.build_index("small")

    found = memory.compare_index("me")

    assert (found.asked, found.derived, found.overlap) == (0, 5, 1)
    assert (found.found_by_used, found.found_by_built) == (None, None)


def test_half_an_index_is_not_compared(memory: Memory, small: Interrupted) -> None:
    with pytest.raises(InvalidInput, match="no second index"):
        memory.compare_index("me")
    remember(memory, MANY)
    small.happens = memory.stop_build
    memory.build_index("small")

    with pytest.raises(InvalidInput, match="not whole yet"):
        memory.compare_index("me")


def test_what_each_step_was_is_in_the_audit(memory: Memory) -> None:
    """Without a text."""
    remember(memory)
    memory.build_index("small")
    memory.switch_index()
    memory.drop_index("fake")

    assert [event.action for event in memory.audit(3)] == [
        Act.DROP_INDEX,
        Act.SWITCH_INDEX,
        Act.BUILD_INDEX,
    ]
    assert memory.verify_audit().state == "intact"
