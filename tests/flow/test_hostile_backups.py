"""What is offered as a backup and is none, or is made to do harm: refused with the reason, before
anything of it runs, and nothing has changed."""

import io
import json
import tempfile
import zipfile
from collections import namedtuple
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import apsw
import pytest

from memory.engine import Memory
from memory.errors import BackupRejected, DiskFull
from memory.settings import Settings
from memory.store import packing
from memory.store.connection import Database
from memory.store.migrations import migrate
from tests.fakes import FakeEmbedder
from tests.flow.conftest import OpenMemory
from tests.flow.on_disk import written

TEA = "I prefer green tea."
Alter = Callable[[dict[str, bytes]], None]


@pytest.fixture
def memory(memory: Memory) -> Memory:
    memory.remember("me", TEA)
    return memory


@pytest.fixture
def parts(memory: Memory) -> dict[str, bytes]:
    """The files of a good backup."""
    target = io.BytesIO()
    memory.backup(target)
    with zipfile.ZipFile(target) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes]) -> io.BytesIO:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    target.seek(0)
    return target


def in_database(*statements: str) -> Alter:
    """A backup whose database somebody has been at."""

    def alter(parts: dict[str, bytes]) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "altered.db"
            path.write_bytes(parts["recollect.db"])
            connection = apsw.Connection(str(path))
            for statement in statements:
                connection.execute(statement).fetchall()
            connection.close()
            parts["recollect.db"] = path.read_bytes()

    return alter


def without(name: str) -> Alter:
    def alter(parts: dict[str, bytes]) -> None:
        del parts[name]

    return alter


def about(**told: object) -> Alter:
    def alter(parts: dict[str, bytes]) -> None:
        parts["backup.json"] = json.dumps(json.loads(parts["backup.json"]) | told).encode()

    return alter


def database(content: bytes) -> Alter:
    def alter(parts: dict[str, bytes]) -> None:
        parts["recollect.db"] = content

    return alter


def keys(content: bytes) -> Alter:
    def alter(parts: dict[str, bytes]) -> None:
        parts["recollect.db.keys"] = content

    return alter


def page_gone(parts: dict[str, bytes]) -> None:
    """A leaf of a table that nobody asks for by itself."""
    content = bytearray(parts["recollect.db"])
    content[5 * 4096 : 6 * 4096] = bytes(4096)
    parts["recollect.db"] = bytes(content)


CASES: dict[str, tuple[Alter, str]] = {
    "no words about it": (without("backup.json"), "it is not a ZIP of Recollect"),
    "no database": (without("recollect.db"), "it is not a ZIP of Recollect"),
    "another program's": (about(format="photos"), "it is not a ZIP of Recollect"),
    "without a day": (about(made_at="yesterday"), "it is not a ZIP of Recollect"),
    "keys that are none": (keys(b"[1, 2]"), "the keys of its audit cannot be read"),
    "keys of no number": (keys(b'{"chain": "x"}'), "the keys of its audit cannot be read"),
    "a newer kind": (about(version=2), "a newer Recollect made it"),
    "a newer schema": (in_database("pragma user_version = 999"), "a newer Recollect made it"),
    "no database at all": (database(b"Dear diary. " * 1000), "it holds no memory of Recollect"),
    "an empty file": (database(b""), "it holds no memory of Recollect"),
    "another's database": (in_database("pragma application_id = 7"), "no memory of Recollect"),
    "no schema": (in_database("pragma user_version = 0"), "it holds no memory of Recollect"),
    "a damaged page": (page_gone, "parts of it cannot be read"),
    "half of it": (
        lambda parts: database(parts["recollect.db"][: 4096 * 9])(parts),
        "parts of it cannot be read",
    ),
    "a trigger": (
        in_database(
            "create trigger harm after insert on audit begin delete from memories; end",
        ),
        "its tables are not as Recollect makes them",
    ),
    "a view": (
        in_database("create view harm as select * from memories"),
        "its tables are not as Recollect makes them",
    ),
    "a table that passes for one of the vectors": (
        in_database("create table memory_vectors_x (a default (load_extension('x')))"),
        "its tables are not as Recollect makes them",
    ),
    "a trigger that passes for one of the vectors": (
        in_database(
            "create trigger memory_vectors_x after insert on audit begin select 1; end",
        ),
        "its tables are not as Recollect makes them",
    ),
    "a table less": (
        in_database("drop table placeholders"),
        "its tables are not as Recollect makes them",
    ),
    "other words for a table": (
        in_database(
            "pragma writable_schema = on",
            "update sqlite_schema set sql = replace(sql, 'text text', 'text blob')",
        ),
        "its tables are not as Recollect makes them",
    ),
}


def assert_refused(memory: Memory, source: io.BytesIO, words: str, settings: Settings) -> None:
    before = written(settings.database)
    names = {path.name for path in settings.database.parent.iterdir()}

    for attempt in (memory.plan_restore, memory.restore_backup):
        with pytest.raises(BackupRejected, match="Nothing was changed") as refused:
            attempt(source)
        assert words in str(refused.value)

    assert written(settings.database) == before
    assert {path.name for path in settings.database.parent.iterdir()} == names
    assert [item.text for item in memory.items("me")] == [TEA]


@pytest.mark.parametrize("case", CASES)
def test_what_is_no_backup_is_refused_with_the_reason(
    memory: Memory, parts: dict[str, bytes], settings: Settings, case: str
) -> None:
    """And leaves nothing beside the file."""
    alter, words = CASES[case]
    alter(parts)

    assert_refused(memory, packed(parts), words, settings)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "it is not a ZIP of Recollect"),
        (b"Dear diary, this is no ZIP. " * 100, "it is not a ZIP of Recollect"),
        (b"PK\x03\x04" + bytes(500), "it is not a ZIP of Recollect"),
    ],
)
def test_what_is_no_zip_is_refused(
    memory: Memory, settings: Settings, content: bytes, words: str
) -> None:
    assert_refused(memory, io.BytesIO(content), words, settings)


def test_a_zip_with_a_broken_middle_is_refused(
    memory: Memory, parts: dict[str, bytes], settings: Settings
) -> None:
    """Its list of files, which stands at its end, is whole."""
    content = bytearray(packed(parts).getvalue())
    middle = content.index(b"SQLite format 3")
    content[middle + 5000 : middle + 6000] = b"?" * 1000

    assert_refused(memory, io.BytesIO(bytes(content)), "the ZIP is damaged", settings)


def test_a_backup_of_another_embedding_model_is_refused(
    open_memory: OpenMemory, tmp_path: Path, memory: Memory, settings: Settings
) -> None:
    """Two models' vectors say nothing about each other."""
    other = open_memory(
        Settings(database=tmp_path / "other" / "x.db"), embedder=FakeEmbedder("another-model")
    )
    source = io.BytesIO()
    other.backup(source)

    assert_refused(memory, source, "embedding model “another-model”", settings)


def test_what_the_disk_has_no_room_for_is_not_unpacked(
    memory: Memory, parts: dict[str, bytes], monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    """A small ZIP can say that it holds a thousand times as much."""
    room = namedtuple("room", "free")
    monkeypatch.setattr(packing.shutil, "disk_usage", lambda _: room(1000))

    with pytest.raises(DiskFull):
        memory.plan_restore(packed(parts))

    assert [item.text for item in memory.items("me")] == [TEA]


def test_a_backup_of_an_older_recollect_is_brought_up_to_date(
    memory: Memory, open_memory: OpenMemory, parts: dict[str, bytes], tmp_path: Path
) -> None:
    """As its file would have been at a start."""
    path = tmp_path / "older.db"
    with closing(Database(path)) as older:
        migrate(older, 6)
        older.run(
            "insert into people (user_id, created_at) values ('me', '2026-01-01T00:00+00:00')"
        )
    parts["recollect.db"] = path.read_bytes()

    assert memory.plan_restore(packed(parts)).backup.people == 1
    memory.restore_backup(packed(parts))

    assert open_memory().items("me") == []
