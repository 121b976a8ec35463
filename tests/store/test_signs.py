"""The first cut of a search by meaning: it follows the file, whatever happens to it."""

from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest

from memory.store import Store
from memory.store.signs import ROOM, Signs
from memory.store.vectors import Vector
from tests.fakes import DIMENSION, NOON, vector_of
from tests.store.conftest import Remember


def signs_of(store: Store, text: str) -> bytes:
    raw = vector_of(text).numbers.tobytes()
    found: bytes = store.database.value("select vec_quantize_binary(?)", (raw,))
    return found


def nearest(store: Store, signs: Signs, text: str, wanted: int = 1, person: int = 1) -> list[int]:
    return sorted(signs.nearest(person, signs_of(store, text), wanted))


@pytest.fixture
def signs(store: Store) -> Signs:
    """A second one beside the store's own, to be asked directly."""
    model: int = store.database.value("select id from embedding_models")
    return Signs(store.database, model)


def test_nothing_is_near_where_there_is_nothing(store: Store, signs: Signs) -> None:
    """Nor of a person that nobody knows."""
    assert nearest(store, signs, "tea", person=4711) == []


def test_what_is_added_is_found_at_once(store: Store, signs: Signs, remember: Remember) -> None:
    """Also by who has read the others before."""
    tea = remember("green tea")
    assert nearest(store, signs, "green tea") == [tea]

    coffee = remember("black coffee")

    assert nearest(store, signs, "black coffee") == [coffee]
    assert nearest(store, signs, "tea", 9) == [tea, coffee]


def test_there_is_room_for_any_number(store: Store, signs: Signs, remember: Remember) -> None:
    """Read at once and one after the other, past the room that there is at first."""
    with store.transaction():
        idents = [remember(f"text {number}") for number in range(ROOM)]
    assert nearest(store, signs, "text", 2 * ROOM) == idents

    more = [remember("something else") for _ in range(3)]

    assert nearest(store, signs, "text", 2 * ROOM) == idents + more
    assert nearest(store, signs, "something else", 3) == more


def test_each_person_has_their_own(store: Store, signs: Signs, remember: Remember) -> None:
    """However near those of another are."""
    other = store.people.find_or_add("other", NOON)
    remember("green tea", person_id=other)
    mine = remember("something else")

    assert nearest(store, signs, "green tea") == [mine]


def test_what_was_taken_back_is_not_missed(store: Store, signs: Signs, remember: Remember) -> None:
    """A search within a transaction sees what it added; its ids are given again afterwards."""
    remember("black coffee")
    with suppress(ZeroDivisionError), store.transaction():
        taken_back = remember("green tea")
        assert nearest(store, signs, "green tea") == [taken_back]
        _ = 1 / 0

    kept = remember("tea, green tea")

    assert kept == taken_back
    assert nearest(store, signs, "green tea") == [kept]


def test_what_is_gone_is_let_go(store: Store, signs: Signs, remember: Remember) -> None:
    """However it comes about: by itself, or with its memory."""
    alone, with_memory, kept = remember("tea"), remember("green tea"), remember("coffee")
    assert nearest(store, signs, "tea", 9) == [alone, with_memory, kept]

    store.vectors.remove([alone])
    assert nearest(store, signs, "tea", 9) == [with_memory, kept]

    store.database.run("delete from memories where id = ?", (with_memory,))
    assert nearest(store, signs, "tea", 9) == [kept]


def test_a_corrected_memory_is_found_by_its_new_meaning(
    store: Store, signs: Signs, remember: Remember
) -> None:
    """Its vector is another row."""
    tea, coffee = remember("green tea"), remember("black coffee")
    assert nearest(store, signs, "lemonade", 9) == [tea, coffee]

    store.vectors.remove([tea])
    store.vectors.add(tea, vector_of("lemonade"))

    assert nearest(store, signs, "lemonade") == [tea]


def test_what_another_process_does_is_noticed(
    store: Store, signs: Signs, path: Path, remember: Remember
) -> None:
    """What it adds, and what it removes."""
    gone = remember("green tea")
    assert nearest(store, signs, "green tea", 9) == [gone]
    other = Store(path)
    other.vectors.use_model("fake", DIMENSION)

    other.database.run("delete from memories where id = ?", (gone,))
    assert nearest(store, signs, "green tea", 9) == []

    kept = remember("black coffee")
    other.vectors.remove([kept])
    other.vectors.add(kept, vector_of("lemonade"))
    other.close()

    assert nearest(store, signs, "lemonade") == [kept]


@pytest.mark.parametrize("dimension", [8, 104, 384, 1024])
def test_a_model_may_have_any_number_of_signs(tmp_path: Path, dimension: int) -> None:
    """Whole words of 64, or not."""
    store = Store(tmp_path / "any.db")
    store.vectors.use_model("other", dimension)
    numbers = np.random.default_rng(1).normal(size=(50, dimension)).astype(np.float32)
    vectors = numbers / np.linalg.norm(numbers, axis=1, keepdims=True)
    store.people.find_or_add("me", NOON)
    with store.transaction():
        for ident, vector in enumerate(vectors, start=1):
            store.database.run(MEMORY, (ident,))
            store.vectors.add(ident, Vector("other", vector))
    signs = Signs(store.database, 1)

    for ident, vector in enumerate(vectors, start=1):
        bits = store.database.value("select vec_quantize_binary(?)", (vector.tobytes(),))
        assert ident in signs.nearest(1, bits, 5)
    store.close()


MEMORY = """
    insert into memories (id, person_id, kind, text, data_class, purpose, importance,
                          importance_terms, status, created_at, said_at)
    values (?, 1, 'fact', 'x', 'internal', 'personalization', 1, '{}', 'active', '2026', '2026')
"""


def test_the_nearest_by_signs_are_those_that_differ_least(
    store: Store, signs: Signs, remember: Remember
) -> None:
    """As counted bit by bit, whatever the texts are."""
    words = ["tea", "coffee", "water", "green", "black", "cold"]
    texts = [f"{a} {b} {c}" for a in words for b in words for c in words]
    with store.transaction():
        idents = [remember(text) for text in texts]
    bits = [np.unpackbits(np.frombuffer(signs_of(store, text), np.uint8)) for text in texts]

    for text, own in zip(texts[::17], bits[::17], strict=True):
        differ = {i: int((own != other).sum()) for i, other in zip(idents, bits, strict=True)}
        found = nearest(store, signs, text, 20)
        assert len(found) == 20
        farthest = max(differ[ident] for ident in found)
        assert farthest <= min(differ[ident] for ident in idents if ident not in found)
