"""The indexes of two models in one file, as two programs that have it open see them: what a vector
is compared with and stored among is decided by its own model, and by the file."""

from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest

from memory.errors import EmbedderChanged, EmbedderMismatch
from memory.records import IndexState
from memory.store import Store
from memory.store.indexes import Embedded, Index
from memory.store.vectors import Vector
from tests.fakes import NOON, vector_of
from tests.store.conftest import Remember

TEXTS = ("green tea", "black coffee", "cold water")


def small(text: str) -> Vector:
    return vector_of(text, 64, "small")


@pytest.fixture
def ids(remember: Remember) -> list[int]:
    return [remember(text) for text in TEXTS]


@pytest.fixture
def other(store: Store, path: Path) -> Iterator[Store]:
    """Another program with the same file."""
    opened = Store(path)
    yield opened
    opened.close()


@pytest.fixture
def built(store: Store, ids: list[int]) -> Index:
    with store.transaction():
        store.indexes.begin("small", 64)
    index = store.indexes.find(IndexState.BEING_BUILT)
    assert index is not None
    put(store, index, *zip(ids, TEXTS, strict=True))
    return index


def put(store: Store, index: Index, *texts: tuple[int, str]) -> bool:
    with store.transaction():
        embedded = [Embedded(ident, text, small(text)) for ident, text in texts]
        return store.indexes.put(index, embedded)


def use(store: Store, index: Index) -> None:
    with store.transaction():
        store.indexes.use(index)


def nearest(store: Store, person: int, vector: Vector) -> int:
    return store.vectors.search(person, vector, 1, NOON)[0][0]


# -- searching ------------------------------------------------------------------------------


def test_a_question_is_compared_with_what_its_own_model_made(
    store: Store, person: int, ids: list[int], built: Index
) -> None:
    """Before a switch and after it, whichever is in use."""
    for _ in range(2):
        for make in (vector_of, small):
            assert nearest(store, person, make("black coffee")) == ids[1]
            assert store.vectors.similarities(make("black coffee"), ids)[ids[1]] == pytest.approx(1)
        use(store, built)


def test_what_is_added_to_one_index_hides_nothing_of_the_other(
    store: Store, person: int, remember: Remember, built: Index
) -> None:
    """Their vectors stand between each other in the file; both are followed as they come."""
    for number in range(5):
        ident = remember(f"lemonade {number}")
        assert nearest(store, person, vector_of(f"lemonade {number}")) == ident
        put(store, built, (ident, f"lemonade {number}"))
        assert nearest(store, person, small(f"lemonade {number}")) == ident


def test_a_question_by_a_model_whose_index_is_gone_is_refused(
    store: Store, person: int, built: Index
) -> None:
    """Also where another one has taken its place in the file, and its id."""
    assert nearest(store, person, small("green tea"))
    with store.transaction():
        store.indexes.drop(built)
        store.indexes.begin("large", 512)
    large = store.indexes.find(IndexState.BEING_BUILT)
    assert large is not None
    assert large.id == built.id

    with pytest.raises(EmbedderChanged):
        nearest(store, person, small("green tea"))
    assert store.vectors.search(person, vector_of("tea", 512, "large"), 1, NOON) == []


# -- storing --------------------------------------------------------------------------------


def test_only_a_vector_of_the_model_in_use_is_stored(
    store: Store, ids: list[int], built: Index
) -> None:
    """Of that moment: the transaction that stores it looks."""
    store.vectors.remove([ids[0]])
    with pytest.raises(EmbedderChanged):
        store.vectors.add(ids[0], small(TEXTS[0]))

    use(store, built)

    with pytest.raises(EmbedderChanged, match="Do it again"):
        store.vectors.add(ids[0], vector_of(TEXTS[0]))
    store.vectors.add(ids[0], small(TEXTS[0]))


def test_a_switch_of_another_program_holds_at_once(
    store: Store, other: Store, person: int, ids: list[int], built: Index
) -> None:
    """For what is stored; what was asked before is answered by the index that is kept."""
    assert other.vectors.model == "fake"
    assert nearest(other, person, vector_of("green tea")) == ids[0]

    use(store, built)

    assert other.vectors.model == "small"
    assert nearest(other, person, vector_of("green tea")) == ids[0]
    with pytest.raises(EmbedderChanged), other.transaction():
        other.vectors.add(ids[0], vector_of("green tea"))
    with pytest.raises(EmbedderMismatch, match="“small”"):
        other.vectors.use_model("fake", 384)


def test_a_program_that_is_storing_holds_a_switch_off(
    store: Store, other: Store, remember: Remember, built: Index
) -> None:
    """Between its look at the model in use and its end nothing can come."""
    ident = remember("lemonade")
    store.vectors.remove([ident])
    other.database._connection.set_busy_timeout(1)

    with store.transaction():
        store.vectors.add(ident, vector_of("lemonade"))
        with pytest.raises(Exception, match="holding the database"):
            use(other, built)

    assert store.vectors.model == "fake"


# -- building -------------------------------------------------------------------------------


def test_what_an_index_lacks_is_listed_from_an_id_on(
    store: Store, remember: Remember, ids: list[int], built: Index
) -> None:
    assert store.indexes.lacking(built, 9) == []
    more = [remember(f"lemonade {number}") for number in range(4)]

    assert store.indexes.lacking(built, 9) == more
    assert store.indexes.lacking(built, 2, more[0]) == more[1:3]
    store.vectors.remove(ids[:1])
    assert store.indexes.lacking(built, 1) == ids[:1]


@pytest.mark.parametrize("what", ["changed", "erased"])
def test_a_vector_of_a_text_that_is_no_more_is_not_taken(
    store: Store, ids: list[int], built: Index, what: str
) -> None:
    """It was read before, and embedded meanwhile."""
    store.vectors.remove(ids[:1])
    if what == "changed":
        store.database.run("update memories set text = 'x' where id = ?", (ids[0],))
    else:
        store.database.run("delete from memories where id = ?", (ids[0],))

    assert put(store, built, (ids[0], TEXTS[0]))

    assert ids[0] not in store.vectors.many("small", ids)


def test_two_programs_may_build_the_same_index(
    store: Store, other: Store, ids: list[int], built: Index
) -> None:
    """One vector a memory, whoever made it."""
    assert put(other, built, *zip(ids, TEXTS, strict=True))

    found = store.indexes.find(IndexState.BEING_BUILT)
    assert found is not None
    assert found.vectors == 3


def test_an_index_that_another_program_let_go_takes_nothing(
    store: Store, other: Store, ids: list[int], built: Index
) -> None:
    """Nor does one that has its id by now."""
    with other.transaction():
        other.indexes.drop(built)
    assert not put(store, built, (ids[0], TEXTS[0]))
    with other.transaction():
        other.indexes.begin("large", 512)

    assert not put(store, built, (ids[0], TEXTS[0]))
    assert [index.vectors for index in store.indexes.all()] == [3, 0]


def test_vectors_of_another_size_are_refused(store: Store, ids: list[int], built: Index) -> None:
    wrong = Embedded(ids[0], TEXTS[0], Vector("small", vector_of(TEXTS[0]).numbers))

    with pytest.raises(EmbedderMismatch), store.transaction():
        store.indexes.put(built, [wrong])


@pytest.mark.parametrize(
    "statement",
    [
        "update embedding_models set name = 'x' where name = 'small'",
        "update embedding_models set dimension = 384 where name = 'small'",
        """
        insert into memory_vectors (memory_id, model_id, person_id, bits, embedding)
        select id, 1, person_id, x'00', x'0000' from memories
        """,
    ],
)
def test_the_file_itself_keeps_models_apart(store: Store, built: Index, statement: str) -> None:
    """Whatever a program does."""
    store.database.run("delete from memory_vectors where model_id = 1")

    with pytest.raises(apsw.ConstraintError, match="model"):
        store.database._connection.execute(statement)


def test_there_is_one_of_each_state(store: Store, built: Index) -> None:
    """The file refuses a second, and a switch leaves one of each."""
    with pytest.raises(apsw.ConstraintError):
        store.database._connection.execute(
            "insert into embedding_models (name, dimension, state) values ('x', 8, 'in use')"
        )

    use(store, built)

    assert [(index.model, index.state) for index in store.indexes.all()] == [
        ("small", IndexState.IN_USE),
        ("fake", IndexState.KEPT),
    ]
    fake = store.indexes.find(IndexState.KEPT)
    assert fake is not None
    use(store, fake)
    assert store.vectors.model == "fake"
