"""The file: private, set up as erasure needs it, all or nothing, and safe for many at once."""

import threading
from collections.abc import Callable
from pathlib import Path

import apsw
import pytest

from memory.engine import Memory
from memory.errors import StoreUnavailable
from memory.records import PERSONALIZATION
from memory.settings import Settings
from memory.store import Store
from memory.store.connection import APPLICATION_ID, Database
from tests.fakes import NOON, FakeEmbedder, FakeLanguage, FixedClock


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_the_file_and_its_log_are_for_their_owner_only(store: Store, path: Path) -> None:
    """0600 in a folder of 0700, whatever the umask allows."""
    store.people.find_or_add("me", NOON)

    assert mode(path.parent) == 0o700
    assert {mode(file) for file in path.parent.iterdir()} == {0o600}
    assert {file.name for file in path.parent.iterdir()} >= {"recollect.db", "recollect.db-wal"}


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("secure_delete", 1),
        ("foreign_keys", 1),
        ("journal_mode", "wal"),
        ("temp_store", 2),
        ("trusted_schema", 0),
        ("synchronous", 1),
        ("busy_timeout", 10_000),
        ("application_id", APPLICATION_ID),
    ],
)
def test_pragmas_are_in_force(store: Store, pragma: str, value: object) -> None:
    """Most belong to the connection and are off by default."""
    assert store.database.value(f"pragma {pragma}") == value


def test_extensions_cannot_be_loaded_from_sql(store: Store) -> None:
    """Loading is switched off again once sqlite-vec is in."""
    with pytest.raises(apsw.SQLError):
        store.database.run("select load_extension('anything')")


# -- what is refused ------------------------------------------------------------------------


def foreign_database(path: Path) -> None:
    connection = apsw.Connection(str(path))
    connection.execute("create table recipes (id integer primary key, text text)")
    connection.execute("insert into recipes (text) values ('soup')")
    connection.close()


def marked_database(path: Path) -> None:
    connection = apsw.Connection(str(path))
    connection.execute("pragma application_id = 1196444487")
    connection.close()


def newer_database(path: Path) -> None:
    Store(path).close()
    connection = apsw.Connection(str(path))
    connection.execute("pragma user_version = 999")
    connection.close()


def text_file(path: Path) -> None:
    path.write_text("Dear diary, this is not a database at all.\n" * 100)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (foreign_database, "is a database of another program; nothing was changed in it"),
        (marked_database, "is a database of another program; nothing was changed in it"),
        (newer_database, "was written by a newer Recollect (schema 999); nothing was changed"),
        (text_file, "is not a readable database; nothing was changed in it"),
    ],
)
def test_a_file_that_is_not_ours_is_refused_and_left_alone(
    tmp_path: Path, make: Callable[[Path], None], words: str
) -> None:
    """To the byte, with nothing left beside it, and the message says what to do."""
    path = tmp_path / "file.db"
    make(path)
    before = path.read_bytes()

    with pytest.raises(StoreUnavailable, match="RECOLLECT_DATABASE") as refused:
        Store(path)

    assert words in str(refused.value)
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["file.db"]


def test_an_empty_file_is_a_fresh_start(tmp_path: Path) -> None:
    """Somebody may have made it with the permissions they want."""
    path = tmp_path / "file.db"
    path.touch()

    Store(path).close()

    assert path.stat().st_size > 0


def test_a_folder_in_the_place_of_the_file_is_refused(tmp_path: Path) -> None:
    """In the family of errors that a page knows how to show."""
    with pytest.raises(StoreUnavailable, match="cannot be written"):
        Store(tmp_path)


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    """The folder cannot be made there."""
    (tmp_path / "folder").touch()
    with pytest.raises(StoreUnavailable, match="cannot be written"):
        Store(tmp_path / "folder" / "recollect.db")


# -- transactions ---------------------------------------------------------------------------


def names(database: Database) -> list[str]:
    return [row[0] for row in database.rows("select user_id from people order by user_id")]


def test_a_transaction_is_all_or_nothing(store: Store) -> None:
    """An error takes back what was written before it."""

    def fail_midway() -> None:
        with store.transaction():
            store.people.find_or_add("a", NOON)
            raise RuntimeError("midway")

    with pytest.raises(RuntimeError, match="midway"):
        fail_midway()

    assert names(store.database) == []


def test_nested_transactions_are_one(store: Store) -> None:
    """The inner one's end commits nothing by itself."""

    def fail_after_the_inner() -> None:
        with store.transaction():
            with store.transaction():
                store.people.find_or_add("inner", NOON)
            raise RuntimeError("outer")

    with pytest.raises(RuntimeError, match="outer"):
        fail_after_the_inner()

    assert names(store.database) == []


def test_a_transaction_works_after_a_failed_one(store: Store) -> None:
    """Nothing is left open."""
    with pytest.raises(RuntimeError, match="first"), store.transaction():
        raise RuntimeError("first")
    with store.transaction(), store.transaction():
        store.people.find_or_add("second", NOON)

    other = Store(store.database.path)
    assert names(other.database) == ["second"]
    other.close()


def test_a_transaction_is_invisible_to_others_until_it_ends(store: Store, path: Path) -> None:
    """Another opener of the file sees the old state meanwhile."""
    other = Store(path)
    with store.transaction():
        store.people.find_or_add("me", NOON)
        assert names(other.database) == []
    assert names(other.database) == ["me"]
    other.close()


# -- many at once ---------------------------------------------------------------------------

THREADS = 8
WRITES = 50


def test_no_write_is_lost_with_many_threads_and_two_openers(settings: Settings) -> None:
    """Eight threads on one memory, while a second one on the same file writes too."""
    parts = {"clock": FixedClock(), "embedder": FakeEmbedder(), "language": FakeLanguage()}
    first, second = Memory.open(settings, **parts), Memory.open(settings, **parts)
    first.grant("me", PERSONALIZATION)
    errors: list[BaseException] = []

    def write(memory: Memory, name: str, writes: int) -> None:
        try:
            for number in range(writes):
                text = f"I prefer item {number} of writer {name} over all others."
                assert memory.observe("me", "user", text, conversation_id=name).stored
                memory.recall("me", text, limit=1)
        except BaseException as error:  # noqa: BLE001 - shown below, in the thread of the test
            errors.append(error)

    threads = [
        threading.Thread(target=write, args=(first, str(number), WRITES))
        for number in range(THREADS)
    ]
    threads.append(threading.Thread(target=write, args=(second, "second", WRITES)))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert errors == []
    expected = (THREADS + 1) * WRITES
    for memory in (first, second):
        stats = memory.stats()
        assert (stats.memories, stats.messages, stats.hot_entries) == (expected,) * 3
    assert {c.message_count for c in second.conversations("me")} == {WRITES}
    assert sum(item.access_count for item in first.items("me")) == expected
    assert first.verify_audit().state == "intact"
    first.close()
    second.close()


def test_a_fresh_file_can_be_opened_by_many_at_once(tmp_path: Path) -> None:
    """Each finds the schema whole, whoever made it."""
    path = tmp_path / "recollect.db"
    barrier = threading.Barrier(4)
    results: list[object] = []

    def open_it() -> None:
        barrier.wait()
        try:
            store = Store(path)
            store.vectors.use_model("fake", 384)
            results.append(store.people.all())
            store.close()
        except BaseException as error:  # noqa: BLE001 - compared below
            results.append(error)

    threads = [threading.Thread(target=open_it) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert results == [[]] * 4
