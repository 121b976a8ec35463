"""The check of the file: silent when all is well, and a sentence for each thing that is not."""

from pathlib import Path

import pytest

from memory.records import PERSONALIZATION, Health
from memory.store import Store
from tests.fakes import FixedClock
from tests.flow.on_disk import another_reader
from tests.flow.working import open_memory

TEXTS = ("I like tea.", "I like coffee.", "I like water.")

# what is done to the file -> what the check says of it
DAMAGES = {
    "delete from memory_vectors where memory_id = 2": ["Memories without a vector: 1."],
    "delete from memories where id = 2": [
        "The full-text index does not match the memories.",
        "Full-text rows without a memory: 1.",
        "Rows of “memory_vectors” that point to what is no longer in “memories”: 1.",
    ],
    "update memories set text = 'I like wine.' where id = 2": [
        "The full-text index does not match the memories.",
    ],
    "insert into memory_text (memory_text, rowid, text) values ('delete', 2, 'I like coffee.')": [
        "The full-text index does not match the memories.",
        "Memories missing in the full text: 1.",
    ],
    "insert into revisions (memory_id, text, replaced_at) values (99, 'old', '2026')": [
        "Rows of “revisions” that point to what is no longer in “memories”: 1.",
    ],
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file with three memories, closed."""
    database = tmp_path / "recollect.db"
    with open_memory(database, FixedClock()) as memory:
        memory.grant("me", PERSONALIZATION)
        for text in TEXTS:
            memory.remember("me", text)
    return database


def checked(path: Path, damage: str = "") -> Health:
    store = Store(path)
    try:
        store.database.run("pragma foreign_keys = off")
        if damage:
            store.database.run(damage)
        return store.health.check()
    finally:
        store.close()


def test_a_sound_file_has_no_problems(path: Path) -> None:
    """Three memories, each in its three places, and nothing pending."""
    assert checked(path) == Health(
        sound=True, problems=(), memories=3, vectors=3, full_text_rows=3, pending_erasures=0
    )


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_is_damaged_is_named(path: Path, damage: str) -> None:
    """By a sentence each, and the file is not sound."""
    health = checked(path, damage)

    assert [*health.problems] == DAMAGES[damage]
    assert not health.sound


def test_what_sqlite_itself_finds_is_reported(path: Path) -> None:
    """An index that does not say what its table says: SQLite's own check finds it."""
    damage = "update sqlite_schema set sql = replace(sql, 'status)', 'kind)') where name = ?"
    store = Store(path)
    store.database.run("pragma writable_schema = on")
    store.database.run(damage, ("memories_person",))
    store.close()

    [first, *_] = checked(path).problems

    assert first.startswith("SQLite reports: row 1 missing from index memories_person")


def test_an_erasure_that_a_reader_holds_up_is_pending_and_no_problem(path: Path) -> None:
    """The next start finishes it."""
    with open_memory(path, FixedClock()) as memory, another_reader(path):
        memory.erase("me", memory=2)
        assert memory.check() == Health(
            sound=True, problems=(), memories=2, vectors=2, full_text_rows=2, pending_erasures=1
        )
    with open_memory(path, FixedClock()) as memory:
        assert memory.check().pending_erasures == 0
