"""Finding memories by vector and by words: one id in every place, one filter in every path."""

from datetime import timedelta

import numpy as np
import pytest

from memory.errors import EmbedderMismatch
from memory.records import Status
from memory.rules.query import search_words
from memory.store import Store
from memory.store.memory_rows import RECALLABLE, binding
from memory.store.vectors import NEAR_BY_SIGNS, Vector
from tests.fakes import DIMENSION, NOON, vector_of
from tests.store.conftest import Remember
from tests.store.hiding import HIDE


def unit(text: str) -> np.ndarray:
    return vector_of(text).numbers


def by_vector(store: Store, person: int, text: str, limit: int = 50) -> list[int]:
    return [ident for ident, _ in store.vectors.search(person, vector_of(text), limit, NOON)]


def by_words(store: Store, person: int, text: str) -> list[int]:
    return sorted(store.full_text.best(person, search_words(text), 50, NOON))


def test_a_memory_has_one_id_in_every_place(store: Store, remember: Remember) -> None:
    """So none of the three rows can be left behind unseen."""
    idents = [remember(f"text number {number}") for number in range(3)]

    for rows in (
        "select id from memories order by 1",
        "select memory_id from memory_vectors order by 1",
        "select rowid from memory_text order by 1",
    ):
        assert [row[0] for row in store.database.rows(rows)] == idents


def test_ids_are_never_given_twice(store: Store, person: int, remember: Remember) -> None:
    """A stale link to an erased memory cannot meet another one."""
    first = remember("to be erased")
    with store.transaction(), store.selection.of([first]):
        store.erasure.delete(person, remove_messages=True)

    assert remember("another") > first


@pytest.mark.parametrize("hidden", HIDE)
def test_what_is_out_of_recall_is_found_by_no_search(
    store: Store, person: int, remember: Remember, hidden: str
) -> None:
    """The same filter holds for vectors, words, and the list of all."""
    seen = remember("green tea in the morning")
    unseen = remember("green tea in the morning")
    HIDE[hidden](store, unseen)

    assert by_vector(store, person, "green tea") == [seen]
    assert by_words(store, person, "green tea") == [seen]
    assert [item.id for item in store.memories.recallable(person, NOON)] == [seen]


def test_a_memory_is_found_until_the_moment_it_expires(
    store: Store, person: int, remember: Remember
) -> None:
    """A microsecond before, and not on it."""
    ident = remember("green tea", expires_at=NOON + timedelta(microseconds=1))

    assert by_vector(store, person, "green tea") == by_words(store, person, "tea") == [ident]


def test_the_nearest_are_found_though_nearer_ones_are_hidden(
    store: Store, person: int, remember: Remember
) -> None:
    """The filter works before the neighbours are counted, not after."""
    other = store.people.find_or_add("other", NOON)
    for _ in range(20):
        remember("green tea", person_id=other)
    mine = remember("green house")

    assert by_vector(store, person, "green tea", limit=1) == [mine]


@pytest.mark.parametrize(
    ("read", "index"),
    [
        (f"select id from memories where {RECALLABLE}", "memories_recallable"),  # noqa: S608  ours
        (
            "select distinct speaker from memories "
            "where person_id = :person and speaker is not null",
            "memories_speaker",
        ),
    ],
    ids=["who may be found", "who speaks"],
)
def test_what_every_recall_reads_in_full_comes_from_an_index_alone(
    store: Store, person: int, read: str, index: str
) -> None:
    """A filter that its index no longer covers reads every memory with its text."""
    plan = store.database.rows(f"explain query plan {read}", binding(person, NOON))

    steps = [step for *_, step in plan if " memories " in step]
    assert [f"USING COVERING INDEX {index} " in step for step in steps] == [True]


def test_vectors_are_read_in_the_order_of_the_ids(
    store: Store, person: int, remember: Remember
) -> None:
    """Those that have none are left out."""
    first, second = remember("green tea"), remember("black coffee")

    found = store.vectors.many("fake", [second, 4711, first])

    assert list(found) == [second, first]
    assert (found[first] == unit("green tea")).all()
    assert store.vectors.many("fake", []) == {}


# -- vectors --------------------------------------------------------------------------------


def test_what_was_erased_leaves_room_for_what_comes(
    store: Store, person: int, remember: Remember
) -> None:
    """Each vector replaced once, here and there: the file hardly grows, and the next erasure, which
    rewrites it, leaves no gap at all."""
    with store.transaction():
        idents = [remember(f"text number {number}") for number in range(600)]
    pages = store.database.value("pragma page_count")

    for third in range(3):
        gone = idents[third::3]
        with store.transaction():
            store.vectors.remove(gone)
            for ident in gone:
                store.vectors.add(ident, vector_of(f"another text {ident}"))

    assert store.database.value("pragma page_count") < 1.5 * pages
    store.erasure.purge()
    assert store.database.value("pragma page_count") <= pages
    assert set(by_vector(store, person, "another text", limit=1_000)) == set(idents)


def test_similarity_is_the_cosine(store: Store, person: int, remember: Remember) -> None:
    """Of one shared word in two it is a half; the two ways to get it agree."""
    ident = remember("green tea")

    ((found, similarity),) = store.vectors.search(person, vector_of("green house"), 1, NOON)

    assert found == ident
    assert similarity == pytest.approx(0.5, abs=1e-6)
    again = store.vectors.similarities(vector_of("green house"), [ident, 4711])
    assert again == {ident: pytest.approx(0.5, abs=1e-6)}


@pytest.mark.parametrize("limit", [-1, 0, 1, NEAR_BY_SIGNS + 1, 10**9])
def test_any_number_of_neighbours_may_be_asked_for(
    store: Store, person: int, remember: Remember, limit: int
) -> None:
    """At least one, and no more than there are."""
    ident = remember("green tea")

    assert by_vector(store, person, "green", limit=limit) == [ident]


def broken(value: float) -> np.ndarray:
    vector = unit("green tea").copy()
    vector[7] = value
    return vector


BAD_VECTORS = {
    "not a number": broken(float("nan")),
    "infinite": broken(float("inf")),
    "zero": np.zeros(DIMENSION, np.float32),
    "not of unit length": unit("green tea") * 2,
    "too short": np.ones(3, np.float32) / np.sqrt(3),
    "two of them": np.stack([unit("green"), unit("tea")]),
}


@pytest.mark.parametrize("name", BAD_VECTORS)
def test_bad_vectors_are_refused(store: Store, person: int, remember: Remember, name: str) -> None:
    """sqlite-vec would take them, and a NaN row would rank first in every search."""
    remember("green tea")
    ident = store.memories.all(person)[0].id

    with pytest.raises(EmbedderMismatch):
        store.vectors.add(ident + 1, Vector("fake", BAD_VECTORS[name]))
    with pytest.raises(EmbedderMismatch):
        store.vectors.search(person, Vector("fake", BAD_VECTORS[name]), 5, NOON)

    assert store.database.value("select count(*) from memory_vectors") == 1


@pytest.mark.parametrize(("name", "dimension"), [("other", DIMENSION), ("fake", 512)])
def test_vectors_of_another_model_are_refused(store: Store, name: str, dimension: int) -> None:
    """Two models' vectors say nothing about each other; the message names both."""
    with pytest.raises(EmbedderMismatch, match="“fake” .384 numbers each.*" + name):
        store.vectors.use_model(name, dimension)

    assert store.vectors.model == "fake"


def test_what_may_be_recalled_is_compared_however_much_may_not(
    store: Store, person: int, remember: Remember
) -> None:
    """The few in use among many in the archive are found as if those were not there."""
    vectors = np.random.default_rng(1).normal(size=(2_000, DIMENSION)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    with store.transaction():
        idents = [remember(f"text {number}") for number in range(len(vectors))]
        store.vectors.remove(idents)
        for ident, vector in zip(idents, vectors, strict=True):
            store.vectors.add(ident, vector)
        for place, ident in enumerate(idents):
            if place % 20:
                store.memories.set_status(ident, Status.ARCHIVED, NOON)
    in_use = vectors[::20]

    for asked in vectors[1:200:10]:
        found = store.vectors.search(person, asked, 10, NOON)
        best = np.argsort(-(in_use @ asked))[:10]
        assert [ident for ident, _ in found] == [idents[20 * place] for place in best]
