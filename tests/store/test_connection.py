"""The file: private, set up as erasure needs it, all or nothing, and safe for many at once."""

import errno
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import apsw
import pytest

from memory.engine import Memory
from memory.errors import (
    DamagedDatabase,
    DatabaseBusy,
    DiskError,
    DiskFull,
    ForeignDatabase,
    NewerSchema,
    NotADatabase,
    StoreUnavailable,
    UnwritableFile,
)
from memory.records import PERSONALIZATION
from memory.settings import Settings
from memory.store import Store
from memory.store.connection import Database
from memory.store.failures import translated
from memory.store.opening import APPLICATION_ID
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


def zeros(path: Path) -> None:
    path.write_bytes(bytes(40_960))


Make = Callable[[Path], None]


@pytest.mark.parametrize(
    ("make", "kind", "words"),
    [
        (foreign_database, ForeignDatabase, "is a database of another program"),
        (marked_database, ForeignDatabase, "is a database of another program"),
        (newer_database, NewerSchema, "was written by a newer Recollect (schema 999)"),
        (text_file, NotADatabase, "is not a database"),
        (zeros, NotADatabase, "is not a database"),
    ],
)
def test_a_file_that_is_not_ours_is_refused_and_left_alone(
    tmp_path: Path, make: Make, kind: type[StoreUnavailable], words: str
) -> None:
    """To the byte, with nothing left beside it, and the message says what to do."""
    path = tmp_path / "file.db"
    make(path)
    before = path.read_bytes()

    with pytest.raises(kind, match="RECOLLECT_DATABASE") as refused:
        Store(path)

    assert words in str(refused.value)
    assert "nothing was changed in it" in str(refused.value)
    assert refused.value.path == path
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["file.db"]


def test_an_empty_file_is_a_fresh_start(tmp_path: Path) -> None:
    """Somebody may have made it with the permissions they want."""
    path = tmp_path / "file.db"
    path.touch()

    Store(path).close()

    assert path.stat().st_size > 0


def folder_in_its_place(path: Path) -> None:
    path.mkdir()


def file_above_it(path: Path) -> None:
    path.parent.rmdir()
    path.parent.touch()


def link_to_nowhere(path: Path) -> None:
    path.symlink_to(path.parent / "not mounted" / "recollect.db")


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (folder_in_its_place, "it is a folder, not a file"),
        (file_above_it, "is a file, not a folder"),
        (link_to_nowhere, "not mounted/recollect.db”, which is not there"),
    ],
)
def test_a_place_that_cannot_hold_a_file_is_refused_with_the_reason(
    tmp_path: Path, make: Make, reason: str
) -> None:
    """A link to a disk that is missing must not begin an empty memory behind one's back."""
    path = tmp_path / "folder" / "recollect.db"
    path.parent.mkdir()
    make(path)

    with pytest.raises(UnwritableFile, match="cannot be written") as refused:
        Store(path)

    assert reason in str(refused.value)
    assert [file.name for file in tmp_path.iterdir()] == ["folder"]


def test_a_link_leads_to_the_file_and_to_what_lies_beside_it(tmp_path: Path) -> None:
    """SQLite keeps its log beside the real file: an erasure looks for it there."""
    (tmp_path / "disk").mkdir()
    real, link = tmp_path / "disk" / "real.db", tmp_path / "link.db"
    Store(real).close()
    link.symlink_to(real)

    store = Store(link)
    store.people.find_or_add("me", NOON)

    assert store.database.file("-wal") == tmp_path / "disk" / "real.db-wal"
    assert store.database.file("-wal").stat().st_size > 0
    store.close()


# Somebody who may only look: the programs are loaded before the rights are given up.
LOOKING_ON = """
import os, pathlib, sys
from memory.errors import (
    DamagedDatabase,
    DatabaseBusy,
    DiskError,
    DiskFull,
    ForeignDatabase,
    NewerSchema,
    NotADatabase,
    StoreUnavailable,
    UnwritableFile,
)
from memory.store import Store
if os.getuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
try:
    Store(pathlib.Path(sys.argv[1]))
except StoreUnavailable as error:
    print(type(error).__name__, error)
"""


@pytest.fixture
def public() -> Iterator[Path]:
    """A folder that everybody can look into, as the tests' own is closed to others."""
    with tempfile.TemporaryDirectory(prefix="recollect-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)
        Path(folder).chmod(0o755)


@pytest.mark.skipif(not hasattr(os, "setuid"), reason="permissions of another kind")
@pytest.mark.parametrize(
    ("file_mode", "reason"),
    [
        (None, "does not let this program write into it"),
        (0o444, "its owner does not let this program read and write it"),
        (0o000, "its owner does not let this program read and write it"),
    ],
)
def test_a_folder_or_file_of_somebody_else_is_refused_with_the_reason(
    public: Path, file_mode: int | None, reason: str
) -> None:
    """Nothing is written there, and nothing is opened for reading alone in silence."""
    path = public / "recollect.db"
    if file_mode is not None:
        Store(path).close()
        path.chmod(file_mode)
    public.chmod(0o555)
    before = sorted(file.name for file in public.iterdir())

    run = subprocess.run(
        [sys.executable, "-c", LOOKING_ON, str(path)], capture_output=True, text=True, check=True
    )

    assert run.stdout.startswith("UnwritableFile")
    assert reason in run.stdout
    assert sorted(file.name for file in public.iterdir()) == before


# -- what happens later ---------------------------------------------------------------------


@pytest.mark.parametrize("table", ["sqlite_schema", "people"])
def test_a_file_damaged_after_it_was_made_is_called_damaged(
    store: Store, path: Path, table: str
) -> None:
    """Also when its very head is gone, which SQLite takes for “no database”."""
    page = store.database.value("select min(pageno) from dbstat where name = ?", (table,))
    store.close()
    content = bytearray(path.read_bytes())
    content[(page - 1) * 4096 : page * 4096] = b"?" * 4096
    path.write_bytes(content)

    with pytest.raises(DamagedDatabase, match="Restore a copy"):
        Store(path).database.rows("select * from people")


@pytest.mark.parametrize(
    ("cause", "kind"),
    [
        (apsw.NotADBError("not now"), DamagedDatabase),
        (apsw.CorruptError("bad page"), DamagedDatabase),
        (UnicodeDecodeError("utf-8", b"\xff", 0, 1, "bad text"), DamagedDatabase),
        (apsw.FullError("full"), DiskFull),
        (OSError(errno.ENOSPC, "full"), DiskFull),
        (OSError(errno.EDQUOT, "quota"), DiskFull),
        (apsw.BusyError("busy"), DatabaseBusy),
        (apsw.LockedError("locked"), DatabaseBusy),
        (apsw.ProtocolError("lock race"), DatabaseBusy),
        (apsw.SchemaChangeError("changed"), DatabaseBusy),
        (apsw.ReadOnlyError("read-only"), UnwritableFile),
        (apsw.CantOpenError("cannot open"), UnwritableFile),
        (apsw.PermissionsError("no"), UnwritableFile),
        (PermissionError(errno.EACCES, "no"), UnwritableFile),
        (apsw.IOError("disk"), DiskError),
        (OSError(errno.EIO, "disk"), DiskError),
        (apsw.NoLFSError("too large"), DiskError),
        (apsw.ExtensionLoadingError("vec0"), StoreUnavailable),
        (apsw.NoMemError("memory"), StoreUnavailable),
        (MemoryError(), StoreUnavailable),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else value.__name__,
)
def test_what_the_disk_or_another_program_causes_is_told_in_words(
    path: Path, cause: Exception, kind: type[StoreUnavailable]
) -> None:
    """With what to do, and with the cause for whoever has to look into it."""
    with pytest.raises(StoreUnavailable) as told, translated(path):
        raise cause

    assert type(told.value) is kind
    assert told.value.__cause__ is cause
    assert told.value.path == path
    sentences = str(told.value).count(". ") + str(told.value).endswith(".")
    assert sentences >= 2, "what happened, and what to do"


def test_a_log_that_cannot_grow_is_a_full_disk(path: Path) -> None:
    """SQLite has a word of its own where there is no room for the file of its locks."""
    cause = apsw.IOError("no room")
    cause.extendedresult = apsw.SQLITE_IOERR_SHMSIZE

    with pytest.raises(DiskFull), translated(path):
        raise cause


@pytest.mark.parametrize("mistake", [apsw.ConstraintError("twice"), apsw.SQLError("no such table")])
def test_our_own_mistakes_stay_what_they_are(path: Path, mistake: Exception) -> None:
    """No person could do anything about them."""
    with pytest.raises(type(mistake)), translated(path):
        raise mistake


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


def test_what_waits_for_the_commit_is_done_once_the_outermost_is_in_the_file(store: Store) -> None:
    """In its order, when others already see what was written, and able to write by itself."""
    database, seen = store.database, []

    def look() -> None:
        with closing(Store(database.path)) as other:
            seen.append(names(other.database))
        with store.transaction():
            store.people.find_or_add("afterwards", NOON)

    with store.transaction():
        with store.transaction():
            store.people.find_or_add("inner", NOON)
            database.after_commit(look)
        database.after_commit(lambda: seen.append(["last"]))
        assert seen == []

    assert seen == [["inner"], ["last"]]
    assert names(database) == ["afterwards", "inner"]


def test_what_waits_for_a_commit_that_never_comes_is_dropped(store: Store) -> None:
    """Also for the next transaction."""
    seen: list[str] = []

    def fail() -> None:
        with store.transaction():
            store.database.after_commit(lambda: seen.append("too early"))
            raise RuntimeError("taken back")

    with pytest.raises(RuntimeError, match="taken back"):
        fail()
    with store.transaction():
        store.people.find_or_add("me", NOON)

    assert seen == []


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
