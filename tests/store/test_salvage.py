"""What is read of a damaged file: all but what stood on bad pages, and the file stays as it is."""

import io
import json
import random
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import apsw
import pytest

from memory.engine import Memory
from memory.errors import DamagedDatabase, StoreUnavailable
from memory.records import PERSONALIZATION, DataClass, Role
from memory.settings import Settings
from memory.store import Store
from memory.store.messages import NewMessage
from memory.store.salvage import TABLES
from tests.fakes import DIMENSION, NOON

PAGE = 4096
MESSAGES = 3_000
GAP = "\N{REPLACEMENT CHARACTER}"
LONG_EVERY = 100
"""One in so many does not fit its page and goes on in others."""


@dataclass(frozen=True)
class Whole:
    """A sound file, and where in it things stand."""

    content: bytes
    leaves: list[int]
    """Pages with messages, in order."""
    overflow: list[int]
    """Pages on which long messages go on."""
    schema: list[int]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Whole:
    path = tmp_path_factory.mktemp("whole") / "recollect.db"
    store = Store(path)
    store.vectors.use_model("fake", DIMENSION)
    with store.transaction():
        person = store.people.find_or_add("me", NOON)
        store.consents.grant(person, PERSONALIZATION, "2026-11", NOON)
        store.preferences.set(person, "instructions", "Be short.")
        chat = store.conversations.open(person, "chat", NOON)
        for number in range(MESSAGES):
            text = said(number)
            new = NewMessage(Role.USER, text, NOON, NOON, DataClass.PERSONAL, expires_at=None)
            store.messages.add(person, chat, new)

    def pages(table: str, kind: str) -> list[int]:
        rows = store.database.rows(
            "select pageno from dbstat where name = ? and pagetype = ? order by path", (table, kind)
        )
        return [row[0] for row in rows]

    places = (
        pages("messages", "leaf"),
        pages("messages", "overflow"),
        pages("sqlite_schema", "leaf"),
    )
    store.close()
    return Whole(path.read_bytes(), *places)


def said(number: int) -> str:
    return f"Message {number}: " + "a few words " * (1_000 if number % LONG_EVERY == 0 else 9)


Damage = Callable[[bytearray, Whole], object]


def spoil(content: bytearray, *pages: int, zeros: bool = False) -> None:
    for page in pages:
        noise = bytes(PAGE) if zeros else random.Random(page).randbytes(PAGE)  # noqa: S311
        content[(page - 1) * PAGE : page * PAGE] = noise


def salvaged(path: Path) -> dict[str, list[dict[str, Any]]]:
    with zipfile.ZipFile(io.BytesIO(Memory.salvage(Settings(database=path)))) as archive:
        assert archive.testzip() is None
        content = json.loads(archive.read("recollect.json"))
    assert list(content["tables"]) == list(TABLES)
    return dict(content["tables"])


# what happened -> how, and how many of the messages may be missing
DAMAGES: dict[str, tuple[Damage, int]] = {
    "nothing": (lambda content, whole: None, 0),
    "a page of messages": (lambda content, whole: spoil(content, whole.leaves[50]), 40),
    "a page of zeros": (lambda content, whole: spoil(content, whole.leaves[50], zeros=True), 40),
    "the first and the last page": (
        lambda content, whole: spoil(content, whole.leaves[0], whole.leaves[-1]),
        80,
    ),
    "five pages apart": (lambda content, whole: spoil(content, *whole.leaves[3:80:17]), 200),
    "a page that a long message goes on in": (
        lambda content, whole: spoil(content, whole.overflow[4]),
        1,
    ),
    "a page of zeros that a long message ends in": (
        lambda content, whole: spoil(content, whole.overflow[-1], zeros=True),
        0,
    ),
    "the head": (lambda content, whole: content.__setitem__(slice(100), bytes(100)), 0),
    "the first page": (lambda content, whole: spoil(content, 1), 0),
    "the half": (lambda content, whole: content.__delitem__(slice(len(content) // 2, None)), 2_200),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_bad_pages_take_only_their_own_rows_along(
    tmp_path: Path, whole: Whole, damage: str
) -> None:
    """The rest is there to the letter; the file is left as it was, with nothing beside it."""
    path = tmp_path / "recollect.db"
    content = bytearray(whole.content)
    do, missing = DAMAGES[damage]
    do(content, whole)
    path.write_bytes(content)

    tables = salvaged(path)

    read = {row["id"]: row["text"] for row in tables["messages"]}
    assert MESSAGES - missing <= len(read) <= MESSAGES
    assert len(read) < MESSAGES or not missing, "the damage did nothing"
    gaps = [ident for ident, text in read.items() if text != said(ident - 1)]
    assert len(gaps) <= 1, "at most the one text whose middle or end is gone"
    assert all(said(ident - 1).startswith(read[ident].partition(GAP)[0]) for ident in gaps)
    assert all(GAP in read[ident] for ident in gaps)
    assert list(read) == sorted(read)
    assert [row["user_id"] for row in tables["people"]] == ["me"]
    assert [row["value"] for row in tables["settings"]] == ["Be short."]
    assert [row["purpose"] for row in tables["consents"]] == [PERSONALIZATION]
    assert path.read_bytes() == content
    assert [file.name for file in tmp_path.iterdir()] == ["recollect.db"]


def test_what_only_the_log_holds_is_read_too(tmp_path: Path) -> None:
    """The latest turns stand there until the file is closed; another server may have crashed."""
    store = Store(tmp_path / "open" / "recollect.db")
    store.vectors.use_model("fake", DIMENSION)
    store.people.find_or_add("me", NOON)
    copied = tmp_path / "recollect.db"
    for ending in ("", "-wal"):
        content = store.database.file(ending).read_bytes()
        copied.with_name(copied.name + ending).write_bytes(content)
    store.close()
    before = {file.name: file.read_bytes() for file in tmp_path.glob("recollect*")}

    assert [row["user_id"] for row in salvaged(copied)["people"]] == ["me"]
    assert {file.name: file.read_bytes() for file in tmp_path.glob("recollect*")} == before


def test_the_readme_tells_how_much_was_read(tmp_path: Path, whole: Whole) -> None:
    """And of which table something is missing."""
    path = tmp_path / "recollect.db"
    content = bytearray(whole.content)
    spoil(content, whole.leaves[50])
    path.write_bytes(content)

    with zipfile.ZipFile(io.BytesIO(Memory.salvage(Settings(database=path)))) as archive:
        told = archive.read("README.txt").decode().splitlines()
        read = len(json.loads(archive.read("recollect.json"))["tables"]["messages"])

    assert f"messages         {read:,}, and some are missing" in told
    assert "people           1" in told


@pytest.mark.parametrize("content", [b"", b"Dear diary. " * 1_000, bytes(40_960)])
def test_a_file_with_nothing_of_ours_gives_an_error_and_no_empty_archive(
    tmp_path: Path, content: bytes
) -> None:
    """It would look like a loss of everything."""
    path = tmp_path / "recollect.db"
    path.write_bytes(content)

    with pytest.raises(DamagedDatabase):
        Memory.salvage(Settings(database=path))
    assert path.read_bytes() == content


def test_a_foreign_database_is_not_salvaged(tmp_path: Path) -> None:
    """Only what is known by name is read."""
    path = tmp_path / "other.db"
    connection = apsw.Connection(str(path))
    connection.execute("create table recipes (id integer primary key, text text)")
    connection.close()

    with pytest.raises(StoreUnavailable):
        Memory.salvage(Settings(database=path))
