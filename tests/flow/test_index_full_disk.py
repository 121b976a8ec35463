"""A disk that fills up while an index is built, switched to, or let go: nothing is half done, and
it goes on when there is room."""

import itertools
from collections.abc import Iterator

import pytest

from memory.engine import Memory
from memory.errors import DiskFull
from memory.records import PERSONALIZATION, BuildState, IndexState
from memory.settings import Settings
from tests.fakes import AtOnce, FakeEmbedder, FakeEmbeddingModels, FakeLanguage, FixedClock
from tests.flow.indexed import MANY, assert_unmixed, remember, states
from tests.store.full_disk import FullDisk, full_disk


@pytest.fixture
def disk() -> Iterator[FullDisk]:
    with full_disk() as made:
        yield made
        made.room = None


@pytest.fixture
def memory(disk: FullDisk, settings: Settings) -> Iterator[Memory]:
    models = FakeEmbeddingModels(FakeEmbedder("small", 64), here=["small"])
    with Memory.open(
        settings,
        clock=FixedClock(),
        language=FakeLanguage(),
        embedding_models=models,
        builder=AtOnce(),
    ) as opened:
        opened.grant("me", PERSONALIZATION)
        remember(opened, MANY)
        yield opened


def test_a_build_on_a_full_disk_is_stopped_and_says_why(memory: Memory, disk: FullDisk) -> None:
    """After some of it; what is there is kept."""
    disk.room = 30
    memory.build_index("small")

    found = memory.index_build()
    assert found is not None
    assert found.state is BuildState.STOPPED
    assert found.problem.startswith("The disk is full")
    disk.room = None
    memory.resume_build()
    found = memory.index_build()
    assert found is not None
    assert (found.state, found.done) == (BuildState.READY, MANY)
    assert_unmixed(memory)


def test_a_switch_on_a_full_disk_is_made_or_not(memory: Memory, disk: FullDisk) -> None:
    """At whichever write it fills up."""
    memory.build_index("small")
    before = states(memory)
    for room in itertools.count():
        disk.room = room
        try:
            memory.switch_index()
        except DiskFull:
            disk.room = None
            assert states(memory) == before
            assert_unmixed(memory)
        else:
            break

    assert room > 0, "nothing was written, so nothing is proven"
    disk.room = None
    assert states(memory) == {"small": IndexState.IN_USE, "fake": IndexState.KEPT}
    assert_unmixed(memory)


def test_what_is_let_go_on_a_full_disk_leaves_the_file_later(
    memory: Memory, disk: FullDisk, settings: Settings
) -> None:
    """Its rows are gone at once; its bytes, when there is room to write the file anew."""
    memory.build_index("small")
    memory.switch_index()
    rows = memory._parts.store.database.rows(
        "select embedding from memory_vectors join embedding_models m on m.id = model_id"
        " where name = 'fake'"
    )
    for room in itertools.count(10, 10):
        disk.room = room
        try:
            gone = memory.drop_index("fake")
        except DiskFull:
            disk.room = None
            assert states(memory)["fake"] is IndexState.KEPT
        else:
            break

    assert not gone
    assert states(memory) == {"small": IndexState.IN_USE}
    disk.room = None
    memory.expire()
    held = settings.database.read_bytes()
    assert not any(row[0] in held for row in rows)
