"""A file of before vectors were rows: they are moved, and the chunks they stood in are gone."""

from pathlib import Path

import numpy as np
import pytest

from memory.records import PERSONALIZATION
from memory.store import Store
from memory.store.connection import Database
from tests.fakes import DIMENSION, NOON, vector_of
from tests.store.test_migrations import make_older

ELEVENTH = 11
TEXTS = ("green tea", "black coffee", "a glass of water")
MEMORY = """
    insert into memories (id, person_id, kind, text, data_class, purpose, importance,
                          importance_terms, status, created_at, said_at)
    values (?, 1, 'fact', ?, 'internal', 'personalization', 1, '{}', 'active', '2026', '2026')
"""


ERASED = np.random.default_rng(1).normal(size=DIMENSION).astype(np.float32).tobytes()
"""Without the runs of zeros of the other vectors, which stand in every file."""


def vector(text: str) -> bytes:
    raw: bytes = vector_of(text).numbers.tobytes()
    return raw


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The memory in the middle was erased: its place in the chunk is free."""
    older = tmp_path / "older.db"
    make_older(older, ELEVENTH)
    database = Database(older)
    with database.transaction():
        database.run("insert into people values (1, 'me', '2026', null)")
        database.run("insert into embedding_models values (1, 'fake', ?)", (DIMENSION,))
        database.run(
            f"""
            create virtual table memory_vectors using vec0 (
                embedding float[{DIMENSION}] distance_metric=cosine, model_id integer)
            """
        )
        for ident, text in enumerate(TEXTS, start=1):
            database.run(MEMORY, (ident, text))
            database.run(
                "insert into memory_vectors (rowid, embedding, model_id) values (?, ?, 1)",
                (ident, ERASED if ident == 2 else vector(text)),
            )
        database.run("delete from memory_vectors where rowid = 2")
        database.run("delete from memories where id = 2")
    database.close()
    return older


def test_every_vector_is_moved_as_it_was(path: Path) -> None:
    """And is searched: with its signs, of its person, made by its model."""
    store = Store(path)
    store.vectors.use_model("fake", DIMENSION)
    store.consents.grant(1, PERSONALIZATION, "2026-11", NOON)

    kept = {ident: own.tobytes() for ident, own in store.vectors.many("fake", [1, 2, 3]).items()}
    assert kept == {1: vector(TEXTS[0]), 3: vector(TEXTS[2])}
    found = store.vectors.search(1, vector_of("glass of water"), 1, NOON)
    assert [ident for ident, _ in found] == [3]
    assert store.health.check().vectors == 2
    store.close()


def test_nothing_is_left_of_the_chunks(path: Path) -> None:
    """Neither a table nor, in its pages, a vector that is in no row."""
    Store(path).close()

    database = Database(path)
    tables = database.rows("select name from sqlite_schema where sql like '%vec0%'")
    assert tables == []
    database.close()
    assert ERASED[:48] not in path.read_bytes()


def test_a_file_without_a_model_gets_the_table_too(tmp_path: Path) -> None:
    """It was made with the first model, and there is one at the first opening."""
    make_older(tmp_path / "older.db", ELEVENTH)

    store = Store(tmp_path / "older.db")

    store.vectors.use_model("fake", DIMENSION)
    assert store.vectors.many("fake", [1]) == {}
    store.close()
