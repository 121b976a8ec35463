"""Another embedding model: its index built beside the one in use, stopped and gone on with,
whatever happens meanwhile."""

import gc
import threading
from collections.abc import Sequence

import pytest

from memory.engine import Memory
from memory.errors import (
    EmbedderMismatch,
    InvalidInput,
    NotFound,
)
from memory.protocols import Vectors
from memory.records import PERSONALIZATION, BuildState, IndexBuild, IndexState
from memory.settings import Settings
from tests.fakes import AtOnce, FakeEmbedder, FakeEmbeddingModels, FakeModel, FixedClock, vector_of
from tests.flow.conftest import OpenMemory
from tests.flow.indexed import (
    MANY,
    Interrupted,
    InThread,
    assert_unmixed,
    remember,
    states,
    vectors_by_model,
    wal_of,
)
from tests.flow.on_disk import left_of


@pytest.fixture
def memory(two_models: Memory) -> Memory:
    return two_models


# -- building ----------------------------------------------------------------------------------


def test_an_index_is_built_beside_the_one_in_use(memory: Memory) -> None:
    """Of every memory, while the old one is searched."""
    ids = remember(memory)

    memory.build_index("small")

    assert memory.index_build() == IndexBuild("small", BuildState.READY, 5, 5, None)
    assert states(memory) == {"fake": IndexState.IN_USE, "small": IndexState.BEING_BUILT}
    assert vectors_by_model(memory) == {"fake": {*ids}, "small": {*ids}}
    assert_unmixed(memory)


def test_nothing_is_being_built_where_nobody_asked(memory: Memory) -> None:
    assert memory.index_build() is None
    with pytest.raises(NotFound):
        memory.resume_build()


def test_progress_and_the_time_that_remains_are_told(
    memory: Memory, small: Interrupted, clock: FixedClock
) -> None:
    """At the pace so far: sixteen of forty-eight took four seconds, when the second batch was
    embedded."""
    remember(memory, 48)
    small._left = 3
    seen: list[IndexBuild | None] = []
    embed = FakeEmbedder.embed

    def slow(self: FakeEmbedder, texts: Sequence[str]) -> Vectors:
        clock.advance(seconds=4)
        return embed(self, texts)

    small.happens = lambda: seen.append(memory.index_build())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(FakeEmbedder, "embed", slow)
        memory.build_index("small")

    assert seen == [IndexBuild("small", BuildState.BUILDING, 32, 48, 4.0)]


def test_chat_goes_on_with_the_old_one_meanwhile(
    open_memory: OpenMemory, models: FakeEmbeddingModels, small: Interrupted
) -> None:
    """In a thread of its own: what is said in the middle of a batch is answered, stored by the old
    model, and taken into the new index before it is whole."""
    builder = InThread()
    memory = open_memory(embedder=None, embedding_models=models, builder=builder)
    memory.grant("me", PERSONALIZATION)
    remember(memory, MANY)
    in_a_batch, goes_on = threading.Event(), threading.Event()

    def waits() -> None:
        in_a_batch.set()
        assert goes_on.wait(30)

    small.happens = waits
    memory.build_index("small")
    assert in_a_batch.wait(30)

    said = memory.remember("me", "I like lemonade.")
    assert memory.recall("me", "lemonade")[0].item == said
    assert vectors_by_model(memory) == {"fake": {item.id for item in memory.items("me")}}
    goes_on.set()
    builder.close()

    assert memory.index_build() == IndexBuild("small", BuildState.READY, MANY + 1, MANY + 1, None)
    assert_unmixed(memory)


def test_it_gives_way_to_a_turn(memory: Memory, small: Interrupted) -> None:
    """The second batch is not begun while somebody waits."""
    remember(memory, 20)
    foreground = memory._parts.foreground
    asked: list[bool] = []
    give_way = foreground.give_way

    def noted(stop: threading.Event) -> None:
        asked.append(foreground._busy == 0)
        give_way(stop)

    foreground.give_way = noted  # type: ignore[method-assign]
    memory.build_index("small")

    assert asked == [True, True]


def test_somebody_who_waits_holds_it_up(memory: Memory) -> None:
    """Until they have what they waited for, or it is to stop."""
    foreground, stop, went_on = memory._parts.foreground, threading.Event(), threading.Event()

    def build() -> None:
        foreground.give_way(stop)
        went_on.set()

    with foreground.busy():
        thread = threading.Thread(target=build)
        thread.start()
        assert not went_on.wait(0.05)
    thread.join(30)

    assert went_on.is_set()


@pytest.mark.parametrize("ends", ["read", "closed", "let go"])
def test_an_answer_of_a_model_on_this_computer_is_waited_for(memory: Memory, ends: str) -> None:
    """To its end, however that comes about."""
    foreground = memory._parts.foreground
    reply = memory.respond("me", "What do I like?", model=FakeModel())
    pieces = iter(reply)
    assert next(pieces)
    assert foreground._is_answering()

    if ends == "read":
        list(pieces)
    elif ends == "closed":
        reply.close()
    else:
        pieces.close()
        del reply, pieces
        gc.collect()

    assert not foreground._is_answering()


def test_a_stopped_build_goes_on_where_it_was(memory: Memory, small: Interrupted) -> None:
    """What is done is not done again."""
    remember(memory, MANY)
    small.happens = memory.stop_build

    memory.build_index("small")
    stopped = memory.index_build()
    assert stopped == IndexBuild("small", BuildState.STOPPED, 16, MANY, None)
    embedded = len(small.embedded)
    memory.resume_build()

    assert memory.index_build() == IndexBuild("small", BuildState.READY, MANY, MANY, None)
    assert len(small.embedded) - embedded == MANY - 16
    assert_unmixed(memory)


def test_it_goes_on_after_the_program_has_ended(
    memory: Memory, open_memory: OpenMemory, models: FakeEmbeddingModels, small: Interrupted
) -> None:
    """The file says that it was stopped, and how far it was."""
    remember(memory, MANY)
    small.happens = memory.stop_build
    memory.build_index("small")
    memory.close()

    again = open_memory(embedder=None, embedding_models=models, builder=AtOnce())

    assert again.index_build() == IndexBuild("small", BuildState.STOPPED, 16, MANY, None)
    again.resume_build()
    assert again.index_build() == IndexBuild("small", BuildState.READY, MANY, MANY, None)


def test_what_hinders_it_is_told(
    memory: Memory, models: FakeEmbeddingModels, small: Interrupted
) -> None:
    """And it goes on when that is put right."""
    remember(memory, MANY)

    def fails() -> None:
        raise EmbedderMismatch("The model is broken. Mend it.")

    small.happens = fails
    memory.build_index("small")

    found = memory.index_build()
    assert found == IndexBuild(
        "small", BuildState.STOPPED, 0, MANY, None, "The model is broken. Mend it."
    )
    memory.resume_build()
    assert memory.index_build() == IndexBuild("small", BuildState.READY, MANY, MANY, None)


def test_nothing_is_downloaded_to_go_on(
    memory: Memory, models: FakeEmbeddingModels, small: Interrupted
) -> None:
    """Where its files have gone since, that is agreed to anew."""
    remember(memory, MANY)
    small.happens = memory.stop_build
    memory.build_index("small")
    models.here.discard("small")

    with pytest.raises(InvalidInput, match="Agree to its download"):
        memory.resume_build()

    assert models.downloaded == []
    memory.build_index("small", download=True)
    assert memory.index_build() == IndexBuild("small", BuildState.READY, MANY, MANY, None)
    assert models.downloaded == ["small"]


# -- what happens while it is built ------------------------------------------------------------


def test_a_text_corrected_in_the_midst_of_a_batch_leaves_no_old_vector(
    memory: Memory, small: Interrupted
) -> None:
    """The batch read the old words; its vector is refused, and the new words' one is made."""
    ids = remember(memory)
    small.happens = lambda: memory.edit(ids[0], "I like lemonade.")

    memory.build_index("small")

    assert memory.index_build() == IndexBuild("small", BuildState.READY, 5, 5, None)
    assert_unmixed(memory)


def test_a_correction_takes_the_vector_of_every_model(memory: Memory) -> None:
    """Until the new words are embedded for the second index, it lacks one."""
    ids = remember(memory)
    memory.build_index("small")

    memory.edit(ids[0], "I like lemonade.")

    assert memory.index_build() == IndexBuild("small", BuildState.READY, 4, 5, None)
    assert vectors_by_model(memory) == {"fake": {*ids}, "small": {*ids[1:]}}
    assert_unmixed(memory)
    memory.switch_index()
    assert_unmixed(memory)
    assert memory.recall("me", "lemonade")[0].item.id == ids[0]


def test_a_merge_in_the_midst_of_a_batch_is_taken_in(memory: Memory, small: Interrupted) -> None:
    """The whole is one more memory."""
    ids = remember(memory)
    small.happens = lambda: memory.merge(ids[:2], "I like lemonade and water.")

    memory.build_index("small")

    assert memory.index_build() == IndexBuild("small", BuildState.READY, 6, 6, None)
    assert_unmixed(memory)


def test_an_erased_memory_leaves_no_vector_of_any_model(memory: Memory, settings: Settings) -> None:
    """In no table, and no byte of the file."""
    ids = remember(memory)
    memory.build_index("small")
    rows = memory._parts.store.database.rows(
        "select embedding from memory_vectors where memory_id = ?", (ids[0],)
    )
    raw = [row[0] for row in rows]
    assert len(raw) == 2
    assert all(vector in settings.database.read_bytes() + wal_of(settings) for vector in raw)

    receipt = memory.erase("me", memory=ids[0])

    assert receipt.verified
    assert vectors_by_model(memory) == {"fake": {*ids[1:]}, "small": {*ids[1:]}}
    assert not any(vector in settings.database.read_bytes() + wal_of(settings) for vector in raw)


def test_a_memory_erased_in_the_midst_of_a_batch_stays_gone(
    memory: Memory, small: Interrupted, settings: Settings
) -> None:
    ids = remember(memory)
    gone = vector_of("I like green tea number 0.", 64, "small").numbers.tobytes()
    small.happens = lambda: memory.erase("me", memory=ids[0])

    memory.build_index("small")

    assert memory.index_build() == IndexBuild("small", BuildState.READY, 4, 4, None)
    assert gone not in settings.database.read_bytes() + wal_of(settings)
    assert left_of(["number 0"], settings.database) == []
