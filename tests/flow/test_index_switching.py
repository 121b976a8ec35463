"""Another index comes into use in one transaction, with a way back; and never a mix of two
models."""

import threading

import apsw
import pytest

from memory.engine import Memory
from memory.errors import (
    EmbedderChanged,
    EmbedderMismatch,
    InvalidInput,
    NotFound,
)
from memory.flow.indexing import building
from memory.records import PERSONALIZATION, IndexState
from memory.settings import Settings
from tests.fakes import AtOnce, FakeEmbeddingModels
from tests.flow.conftest import OpenMemory
from tests.flow.indexed import (
    MANY,
    Interrupted,
    assert_unmixed,
    remember,
    states,
    vectors_by_model,
    wal_of,
)


@pytest.fixture
def memory(two_models: Memory) -> Memory:
    return two_models


# -- switching ---------------------------------------------------------------------------------


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


# -- the way back ------------------------------------------------------------------------------


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
