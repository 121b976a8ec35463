"""Another embedding model: its index built beside the one in use, compared, switched to in one
transaction, with a way back; and never a mix of two."""

import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import apsw
import pytest

from memory.engine import Memory
from memory.errors import (
    DownloadFailed,
    EmbedderChanged,
    EmbedderMismatch,
    EmbedderMissing,
    InvalidInput,
    NotFound,
)
from memory.flow.indexing import building
from memory.protocols import Vectors
from memory.records import PERSONALIZATION, Act, BuildState, IndexBuild, IndexState
from memory.settings import Settings
from tests.fakes import AtOnce, FakeEmbedder, FakeEmbeddingModels, FixedClock, vector_of
from tests.flow.conftest import OpenMemory
from tests.flow.on_disk import left_of

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


@pytest.fixture
def small() -> Interrupted:
    return Interrupted("small", 64)


@pytest.fixture
def models(small: Interrupted) -> FakeEmbeddingModels:
    return FakeEmbeddingModels(small, FakeEmbedder("large", 512), here=["small"])


@pytest.fixture
def memory(open_memory: OpenMemory, models: FakeEmbeddingModels) -> Memory:
    opened = open_memory(embedder=None, embedding_models=models, builder=AtOnce())
    opened.grant("me", PERSONALIZATION)
    return opened


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


# -- building -------------------------------------------------------------------------------


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


# -- what happens while it is built ---------------------------------------------------------


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


def wal_of(settings: Settings) -> bytes:
    log = settings.database.with_name(settings.database.name + "-wal")
    return log.read_bytes() if log.exists() else b""


# -- switching ------------------------------------------------------------------------------


def test_a_switch_is_one_step_and_the_old_index_is_kept(memory: Memory) -> None:
    ids = remember(memory)
    memory.build_index("small")

    memory.switch_index()

    assert states(memory) == {"small": IndexState.IN_USE, "fake": IndexState.KEPT}
    assert memory.index_build() is None
    assert memory.recall("me", "black coffee")[0].item.id == ids[1]
    assert vectors_by_model(memory) == {"fake": {*ids}, "small": {*ids}}
    assert memory.check().sound


def test_what_is_stored_after_a_switch_is_of_the_new_model(memory: Memory) -> None:
    """In every thread, at once."""
    ids = remember(memory)
    memory.build_index("small")
    memory.switch_index()

    new = memory.remember("me", "I like lemonade.")

    assert vectors_by_model(memory) == {"fake": {*ids}, "small": {*ids, new.id}}
    assert memory.recall("me", "lemonade")[0].item == new
    assert_unmixed(memory)


def test_a_switch_embeds_first_what_came_meanwhile(memory: Memory, small: Interrupted) -> None:
    """Also what comes while it does that."""
    remember(memory)
    memory.build_index("small")
    memory.remember("me", "I like lemonade.")
    small._left, small.happens = 1, lambda: memory.remember("me", "I like milk.")

    memory.switch_index()

    assert {len(ids) for ids in vectors_by_model(memory).values()} == {7}
    assert_unmixed(memory)


def test_what_comes_at_the_last_moment_of_a_switch_is_not_left_out(
    memory: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the last look at what is lacking and the transaction: it looks once more."""
    remember(memory)
    memory.build_index("small")
    fill, came = building.fill, []

    def then_another(*args: object, **named: object) -> bool:
        whole = fill(*args, **named)  # type: ignore[arg-type]
        if len(came) < 3:
            came.append(memory.remember("me", f"I like lemonade {len(came)}."))
        return whole

    monkeypatch.setattr(building, "fill", then_another)
    memory.switch_index()

    assert len(came) == 3
    assert {len(ids) for ids in vectors_by_model(memory).values()} == {8}
    assert_unmixed(memory)


def test_many_threads_never_mix_two_models(memory: Memory) -> None:
    """Some are told to do it again; what they stored is whole, and of the model then in use."""
    remember(memory)
    memory.build_index("small")
    memory.switch_index()
    refused: list[EmbedderChanged] = []

    def talk(who: int) -> None:
        for number in range(15):
            try:
                item = memory.remember("me", f"I like drink {who} {number}.")
                memory.edit(item.id, f"I like drink {who} {number} very much.")
                memory.recall("me", "drink")
            except EmbedderChanged as error:
                refused.append(error)

    threads = [threading.Thread(target=talk, args=(who,)) for who in range(4)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        memory.switch_back()
    for thread in threads:
        thread.join()

    assert len(memory.items("me")) > 5
    assert len(refused) < 4 * 15
    in_use = next(name for name, state in states(memory).items() if state is IndexState.IN_USE)
    assert vectors_by_model(memory)[in_use] == {item.id for item in memory.items("me")}
    assert_unmixed(memory)


def test_a_switch_with_nothing_built_is_refused(memory: Memory) -> None:
    for switch in (memory.switch_index, memory.switch_back):
        with pytest.raises(InvalidInput):
            switch()
    assert states(memory) == {"fake": IndexState.IN_USE}


def test_a_vector_made_just_before_a_switch_is_not_stored(
    open_memory: OpenMemory, small: Interrupted
) -> None:
    """Nothing of what was told is: neither a text without a vector, nor a vector of the old model
    among the new. Done again, it is."""
    models = FakeEmbeddingModels(small, here=["small"])
    models.packaged = old = Interrupted("fake", 384)
    models._all["fake"] = old
    memory = open_memory(embedder=None, embedding_models=models, builder=AtOnce())
    memory.grant("me", PERSONALIZATION)
    ids = remember(memory)
    memory.build_index("small")
    old._left, old.happens = 1, memory.switch_index

    with pytest.raises(EmbedderChanged, match="Do it again"):
        memory.remember("me", "I like lemonade.")

    assert [item.id for item in memory.items("me")] == ids[::-1]
    assert_unmixed(memory)
    memory.remember("me", "I like lemonade.")
    assert_unmixed(memory)


def test_a_question_embedded_just_before_a_switch_is_answered_by_its_own_model(
    open_memory: OpenMemory, small: Interrupted
) -> None:
    """By the index that it belongs to, which is kept."""
    models = FakeEmbeddingModels(small, here=["small"])
    models.packaged = old = Interrupted("fake", 384)
    models._all["fake"] = old
    memory = open_memory(embedder=None, embedding_models=models, builder=AtOnce())
    memory.grant("me", PERSONALIZATION)
    ids = remember(memory)
    memory.build_index("small")
    old._left, old.happens = 1, memory.switch_index

    assert memory.recall("me", "black coffee")[0].item.id == ids[1]
    assert states(memory)["small"] is IndexState.IN_USE


def test_another_process_notices_the_switch(
    memory: Memory, open_memory: OpenMemory, models: FakeEmbeddingModels
) -> None:
    """It stores and searches by the new model from the next text on; what it embedded before is
    refused."""
    other = open_memory(embedder=None, embedding_models=models, builder=AtOnce())
    ids = remember(memory)
    assert other.recall("me", "black coffee")[0].item.id == ids[1]
    memory.build_index("small")
    before = other._parts.embedder.embed(["I like lemonade."])[0]

    memory.switch_index()

    with pytest.raises(EmbedderChanged):
        other._parts.store.vectors.add(ids[0], before)
    new = other.remember("me", "I like lemonade.")
    assert other.recall("me", "black coffee")[0].item.id == ids[1]
    assert memory.recall("me", "lemonade")[0].item == new
    assert vectors_by_model(memory)["small"] == {*ids, new.id}
    assert_unmixed(other)


def test_a_process_with_one_model_of_its_own_is_refused_after_a_switch(
    memory: Memory, open_memory: OpenMemory
) -> None:
    """It cannot know the other."""
    script = open_memory()
    remember(memory)
    memory.build_index("small")
    memory.switch_index()

    for call in (lambda: script.remember("me", "x is y"), lambda: script.recall("me", "tea")):
        with pytest.raises(EmbedderMismatch, match="“small”"):
            call()
    with pytest.raises(EmbedderMismatch, match="“small”"):
        open_memory()


def test_the_file_itself_refuses_two_in_use(memory: Memory) -> None:
    """Whatever a program does."""
    memory.build_index("small")

    with pytest.raises(apsw.ConstraintError):
        memory._parts.store.database._connection.execute(
            "update embedding_models set state = 'in use'"
        )


# -- the way back ---------------------------------------------------------------------------


def test_the_way_back_takes_in_what_was_stored_since(memory: Memory) -> None:
    """And the one that is left is the way back then."""
    remember(memory)
    memory.build_index("small")
    memory.switch_index()
    new = memory.remember("me", "I like lemonade.")

    memory.switch_back()

    assert states(memory) == {"fake": IndexState.IN_USE, "small": IndexState.KEPT}
    assert memory.recall("me", "lemonade")[0].item == new
    assert_unmixed(memory)
    memory.switch_back()
    assert states(memory)["small"] is IndexState.IN_USE


@pytest.mark.parametrize("switched", [False, True])
def test_what_is_let_go_is_gone_to_the_bytes(
    memory: Memory, settings: Settings, switched: bool
) -> None:
    """The way back, or an index that was never switched to."""
    remember(memory)
    memory.build_index("small")
    if switched:
        memory.switch_index()
    name = "fake" if switched else "small"
    rows = memory._parts.store.database.rows(
        "select embedding from memory_vectors join embedding_models m on m.id = model_id"
        " where name = ?",
        (name,),
    )
    assert len(rows) == 5

    assert memory.drop_index(name)

    held = settings.database.read_bytes() + wal_of(settings)
    assert not any(row[0] in held for row in rows)
    assert name not in states(memory)
    assert memory.index_build() is None
    assert memory.check().sound


def test_the_one_in_use_cannot_be_let_go(memory: Memory) -> None:
    """Nor one that is not there."""
    with pytest.raises(InvalidInput, match="in use"):
        memory.drop_index("fake")
    with pytest.raises(NotFound):
        memory.drop_index("small")


def test_a_build_whose_index_is_let_go_ends(memory: Memory, small: Interrupted) -> None:
    """Nothing of it comes back."""
    remember(memory, MANY)
    small.happens = lambda: memory.drop_index("small")

    memory.build_index("small")

    assert memory.index_build() is None
    assert states(memory) == {"fake": IndexState.IN_USE}
    assert vectors_by_model(memory).keys() == {"fake"}


# -- which can be chosen --------------------------------------------------------------------


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
    memory.resume_build()
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


# -- comparing ------------------------------------------------------------------------------


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
