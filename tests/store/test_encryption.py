"""Encrypted files as they lie on the disk: how they are told from others, what a wrong passphrase
does to one (nothing), and what another file in its place means to who opens it."""

import random
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import apsw
import pytest

from memory.errors import (
    DamagedDatabase,
    DatabaseBusy,
    NotADatabase,
    PassphraseNeeded,
    WrongPassphrase,
)
from memory.store import Store, opening
from memory.store.connection import Database
from memory.store.draft import Draft
from memory.store.encryption import is_encrypted, is_sealed
from memory.store.salvage import salvage
from tests.fakes import NOON

PASSPHRASE, OTHER = "four small words here", "five other words over there"


@pytest.fixture
def encrypted(path: Path) -> Path:
    """A file with a person in it."""
    with closing(Store(path, PASSPHRASE)) as store:
        store.people.find_or_add("me", NOON)
    return path


def people(database: Database) -> list[str]:
    return [row[0] for row in database.rows("select user_id from people order by user_id")]


# -- telling them apart ---------------------------------------------------------------------


def test_an_encrypted_file_is_known_by_its_head(encrypted: Path) -> None:
    """Also by nothing else: no mark of ours stands beside it."""
    assert is_encrypted(encrypted)
    assert b"SQLite" not in encrypted.read_bytes()


def plain(path: Path) -> None:
    Store(path).close()


def noise(path: Path) -> None:
    path.write_bytes(random.Random(1).randbytes(40_960))  # noqa: S311  nothing secret


def words(path: Path) -> None:
    path.write_text("Dear diary, this is no database. " * 1000)


def zeros(path: Path) -> None:
    path.write_bytes(bytes(40_960))


@pytest.mark.parametrize("make", [plain, noise, words, zeros, Path.touch])
def test_what_is_not_encrypted_is_not_taken_for_it(
    tmp_path: Path, make: Callable[[Path], None]
) -> None:
    """Somebody else's file must not ask for a passphrase that it never had."""
    path = tmp_path / "file"
    make(path)

    assert not is_encrypted(path)
    assert not is_encrypted(tmp_path / "missing")
    assert not is_encrypted(tmp_path)


def test_a_head_is_judged_by_all_of_its_eight_bytes(encrypted: Path) -> None:
    """Any of them off, and it is none."""
    head = encrypted.read_bytes()[:24]
    assert is_sealed(head)
    for place in range(16, 24):
        changed = bytearray(head)
        changed[place] ^= 0x55
        assert not is_sealed(bytes(changed)), place
    assert not is_sealed(head[:23])


def test_noise_stays_no_database_whatever_is_typed(tmp_path: Path) -> None:
    """The sentence about a passphrase would send somebody looking for one."""
    path = tmp_path / "file.db"
    noise(path)
    for passphrase in (None, PASSPHRASE):
        with pytest.raises(NotADatabase):
            Database(path, passphrase)


def test_a_damaged_page_is_damage_and_no_wrong_passphrase(encrypted: Path) -> None:
    """Its seal does not fit; the first page, by which the passphrase is tried, is whole."""
    with closing(Database(encrypted, PASSPHRASE)) as database:
        page = database.value("select rootpage from sqlite_schema where name = 'people'")
    content = bytearray(encrypted.read_bytes())
    content[(page - 1) * 4096 + 300] ^= 1
    encrypted.write_bytes(content)

    with closing(Database(encrypted, PASSPHRASE)) as database, pytest.raises(DamagedDatabase):
        database.rows("select * from people")


# -- a wrong passphrase ---------------------------------------------------------------------

KILLED = """
import os, pathlib, signal, sys
from memory.store import Store, opening
from tests.fakes import NOON
store = Store(pathlib.Path(sys.argv[1]), sys.argv[2])
store.people.find_or_add("written last", NOON)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_wrong_passphrase_does_no_harm_to_what_waits_in_the_log(encrypted: Path) -> None:
    """A crash left it there: it is moved into the file by who opens it, and only the right one may
    do that."""
    subprocess.run([sys.executable, "-c", KILLED, str(encrypted), PASSPHRASE], check=False)
    log = encrypted.with_name(encrypted.name + "-wal")
    assert log.stat().st_size
    before = encrypted.read_bytes(), log.read_bytes()

    for _ in range(3):
        with pytest.raises(WrongPassphrase):
            Database(encrypted, OTHER)
        with pytest.raises(PassphraseNeeded):
            Database(encrypted)
    assert (encrypted.read_bytes(), log.read_bytes()) == before

    with closing(Database(encrypted, PASSPHRASE)) as database:
        assert people(database) == ["me", "written last"]


def test_several_begin_an_encrypted_file_at_once(tmp_path: Path) -> None:
    """Each makes a salt of its own for a file that is empty; the first one's holds."""
    path = tmp_path / "new.db"
    begin = (
        "import pathlib, sys; from memory.store import Store; "
        "sys.stdin.readline(); Store(pathlib.Path(sys.argv[1]), sys.argv[2]).close()"
    )
    running = [
        subprocess.Popen(
            [sys.executable, "-c", begin, str(path), PASSPHRASE], stdin=subprocess.PIPE, text=True
        )
        for _ in range(4)
    ]
    for process in running:
        process.communicate("go\n")

    assert [process.returncode for process in running] == [0] * 4
    with closing(Store(path, PASSPHRASE)) as store:
        assert store.database.is_encrypted


# -- another file in its place --------------------------------------------------------------


def test_who_opens_a_file_while_another_takes_its_place_opens_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is written into a file without a name would be gone."""
    path, other = tmp_path / "file.db", tmp_path / "other.db"
    for place, name in ((path, "old"), (other, "new")):
        with closing(Store(place)) as store:
            store.people.find_or_add(name, NOON)
    switch = opening.switch_to_wal

    def replaced_first(connection: apsw.Connection) -> None:
        if other.exists():
            other.replace(path)
        switch(connection)

    monkeypatch.setattr(opening, "switch_to_wal", replaced_first)
    with closing(Database(path)) as database:
        assert people(database) == ["new"]


def test_who_opens_a_file_while_an_encrypted_one_takes_its_place_hears_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encrypted: Path
) -> None:
    """And not that the file is damaged."""
    path = tmp_path / "plain.db"
    Store(path).close()
    switch = opening.switch_to_wal

    def replaced_first(connection: apsw.Connection) -> None:
        if encrypted.exists():
            encrypted.replace(path)
        switch(connection)

    monkeypatch.setattr(opening, "switch_to_wal", replaced_first)
    with pytest.raises(PassphraseNeeded):
        Database(path)


def test_one_draft_is_worked_on_at_a_time(path: Path) -> None:
    """Who comes second is told to wait, and what the first one does is not cleared away."""
    path.parent.mkdir(exist_ok=True)
    with Draft(path).held() as draft:
        draft.write_bytes(b"half")
        with pytest.raises(DatabaseBusy), Draft(path).held(10):
            pass
        Draft(path).clear_left_over()
        assert draft.read_bytes() == b"half"
        assert draft.stat().st_mode & 0o777 == 0o600
    assert not draft.exists()


# -- what can be read of a damaged one ------------------------------------------------------


def test_what_can_be_read_of_a_damaged_encrypted_file_wants_its_passphrase(
    encrypted: Path,
) -> None:
    """The rows are there; without the passphrase nobody gets at them."""
    with pytest.raises(PassphraseNeeded):
        salvage(encrypted)
    with pytest.raises(WrongPassphrase):
        salvage(encrypted, OTHER)
    assert salvage(encrypted, PASSPHRASE).startswith(b"PK")


def test_the_file_that_was_not_encrypted_is_overwritten(path: Path, tmp_path: Path) -> None:
    """Seen through a second name of it."""
    with closing(Store(path)) as store:
        store.people.find_or_add("quokka", NOON)
        store.database.rows("pragma wal_checkpoint(truncate)")
        second = tmp_path / "second"
        second.hardlink_to(path)
        store.protection.change(PASSPHRASE)

    assert second.stat().st_size
    assert not any(second.read_bytes())
