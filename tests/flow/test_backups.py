"""Backups: one file that holds everything, checked before it is handed out, and the way back."""

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from memory.engine import Memory
from memory.errors import (
    DamagedDatabase,
    FileShared,
    InvalidInput,
    PassphraseNeeded,
    WrongPassphrase,
)
from memory.records import PERSONALIZATION, REMOTE_MODEL, Act
from memory.settings import Settings
from tests.fakes import NOON, FakeEmbedder, FakeModel, FixedClock
from tests.flow.conftest import OpenMemory
from tests.flow.on_disk import another_reader, content_beside, left_of, written
from tests.flow.worker import Worker, call

PASSPHRASE, OTHER = "four small words here", "five other words over there"
TEA, CAKE, SECRET = "I prefer green tea.", "I prefer quokkacake.", "I prefer wombatpie."


def backed_up(memory: Memory) -> io.BytesIO:
    target = io.BytesIO()
    memory.backup(target)
    target.seek(0)
    return target


def texts(memory: Memory) -> set[str]:
    return {item.text for item in memory.items("me")}


@pytest.fixture
def memory(memory: Memory) -> Memory:
    for text in (TEA, CAKE, SECRET):
        memory.remember("me", text)
    return memory


@pytest.fixture
def reopened(memory: Memory, open_memory: OpenMemory) -> Callable[..., Memory]:
    """The file as it stands after it was restored."""

    def open_it(**parts: object) -> Memory:
        memory.close()
        opened = open_memory(**parts)
        assert opened.check().sound
        return opened

    return open_it


# -- taking one -----------------------------------------------------------------------------


def test_a_backup_is_one_file_with_everything_and_says_what_it_is(memory: Memory) -> None:
    """The copy, the keys of its audit, and plain words."""
    target = io.BytesIO()
    made = memory.backup(target)

    with zipfile.ZipFile(target) as archive:
        assert set(archive.namelist()) == {
            "README.txt",
            "backup.json",
            "recollect.db",
            "recollect.db.keys",
            "recollect.db.keys.head",
        }
        assert archive.testzip() is None
        words = archive.read("README.txt").decode()
        copy = archive.read("recollect.db")
    assert (made.made_at, made.encrypted, made.people, made.memories) == (NOON, False, 1, 3)
    assert "What you erase in Recollect after that day is still in this file." in words
    assert "not encrypted" in words
    assert TEA.encode() in copy


def test_a_backup_to_a_file_is_for_its_owner_only_and_replaces_none(
    memory: Memory, tmp_path: Path
) -> None:
    """A second one of the same name could be the only good one."""
    target = tmp_path / "mine.zip"
    memory.backup(target)
    before = target.read_bytes()

    with pytest.raises(InvalidInput, match="there already"):
        memory.backup(target)

    assert target.stat().st_mode & 0o777 == 0o600
    assert target.read_bytes() == before


def test_a_backup_leaves_nothing_behind(memory: Memory, settings: Settings) -> None:
    """Neither beside the database nor of a copy that failed."""
    before = {path.name for path in settings.database.parent.iterdir()}
    backed_up(memory)
    with pytest.raises(InvalidInput):
        memory.backup(settings.database)

    assert {path.name for path in settings.database.parent.iterdir()} == before


def test_a_backup_of_an_encrypted_file_is_encrypted_too(memory: Memory) -> None:
    """With the same passphrase, which nobody is asked for."""
    memory.set_passphrase(PASSPHRASE)
    source = backed_up(memory)

    with zipfile.ZipFile(source) as archive:
        copy = archive.read("recollect.db")
        assert "encrypted with the passphrase" in archive.read("README.txt").decode()
    assert TEA.encode() not in copy
    assert b"SQLite format 3" not in copy


def test_a_damaged_file_makes_no_backup(memory: Memory, open_memory: OpenMemory) -> None:
    """The copy is read to the end before it is handed out: this one would be found out too late."""
    database = memory._store.database
    page = database.value("select rootpage from sqlite_schema where name = 'memories_person'")
    path = database.file("")
    memory.close()
    content = bytearray(path.read_bytes())
    content[(page - 1) * 4096 + 20 : page * 4096] = bytes(4096 - 20)
    path.write_bytes(content)
    memory = open_memory()

    with pytest.raises(DamagedDatabase):
        memory.backup(io.BytesIO())


def test_a_backup_is_told_in_the_audit_and_by_each_receipt(memory: Memory) -> None:
    """An erasure does not reach it, and says so."""
    backed_up(memory)
    (item, *_) = memory.items("me")

    receipt = memory.erase("me", memory=item.id)

    assert (receipt.backups, receipt.last_backup_at) == (1, NOON)
    told = memory.audit(actions=[Act.BACKUP])
    assert [event.counts for event in told] == [{"memories": 3}]


def test_a_backup_is_one_state_while_another_process_writes(
    memory: Memory, settings: Settings
) -> None:
    """Each time it is a sound one, and everything is there in the end."""
    with Worker(settings.database) as worker:
        worker.open()
        worker.start(*[call("remember", "me", f"I like tea number {n}.") for n in range(150)])
        for _ in range(5):
            source = backed_up(memory)
            assert memory.plan_restore(source).backup.memories <= 153
        assert not [result for result in worker.answer() if isinstance(result, str)]
    assert len(memory.items("me")) == 153


# -- going back to it -----------------------------------------------------------------------


def test_a_plan_says_what_would_come_and_go_and_changes_nothing(
    memory: Memory, clock: FixedClock, settings: Settings
) -> None:
    """By count, never by text."""
    source = backed_up(memory)
    clock.advance(days=1)
    (secret,) = (item for item in memory.items("me") if item.text == SECRET)
    memory.erase("me", memory=secret.id)
    memory.remember("me", "I like rain.")
    before = written(settings.database)

    plan = memory.plan_restore(source)

    assert (plan.backup.made_at, plan.backup.memories) == (NOON, 3)
    assert plan.erased_since == {"memories": 1, "messages": 0}
    assert plan.newer == {"memories": 1, "messages": 0}
    assert written(settings.database) == before


def test_going_back_brings_what_was_changed_and_not_what_was_erased(
    memory: Memory, settings: Settings, reopened: Callable[..., Memory]
) -> None:
    """The turn it stands in goes with it, to the last byte; what is newer goes, too."""
    memory.observe("me", "user", "I decided to buy a wombatpie.", conversation_id="shop")
    source = backed_up(memory)
    for item in memory.items("me"):
        if "wombat" in item.text:
            memory.erase("me", memory=item.id)
    (cake,) = (item for item in memory.items("me") if item.text == CAKE)
    memory.edit(cake.id, "I prefer bread.")
    memory.remember("me", "I like rain.")

    report = memory.restore_backup(source)

    assert report.plan.erased_since is not None
    assert report.plan.erased_since["memories"] == 2
    opened = reopened()
    assert texts(opened) == {TEA, CAKE}
    assert left_of(["wombatpie"], settings.database) == []
    assert b"wombatpie" not in content_beside(settings.database)
    assert opened.recall("me", CAKE)[0].item.text == CAKE


def test_instructions_that_were_cleared_do_not_come_back(
    memory: Memory, settings: Settings, reopened: Callable[..., Memory]
) -> None:
    memory.set_instructions("me", "Praise the bandicoot.")
    source = backed_up(memory)
    memory.set_instructions("me", "")

    memory.restore_backup(source)

    assert "bandicoot" not in reopened().instructions("me")
    assert b"bandicoot" not in content_beside(settings.database)


def test_everything_of_a_person_who_was_erased_stays_erased(
    memory: Memory, settings: Settings, reopened: Callable[..., Memory]
) -> None:
    """With their key: it must not come back either."""
    memory.grant("platypus", PERSONALIZATION)
    memory.remember("platypus", "I prefer numbatsoup.")
    source = backed_up(memory)
    memory.erase("platypus")
    keys = settings.keys.read_bytes()

    memory.restore_backup(source)

    opened = reopened()
    assert opened.items("platypus") == []
    assert left_of(["numbatsoup", "platypus"], settings.database) == []
    assert set(json.loads(settings.keys.read_bytes())) == set(json.loads(keys))


def test_the_audit_goes_on_over_a_way_back(
    memory: Memory, reopened: Callable[..., Memory], clock: FixedClock
) -> None:
    """What was done since the backup was done, though the memories are of before."""
    source = backed_up(memory)
    clock.advance(hours=1)
    memory.export("me")
    events = memory.count_audit()

    memory.restore_backup(source)

    opened = reopened()
    assert opened.count_audit() == events + 1
    assert [event.action for event in opened.audit(3)] == [
        Act.RESTORE_BACKUP,
        Act.EXPORT,
        Act.BACKUP,
    ]
    assert opened.verify_audit().state == "intact"


def test_a_consent_withdrawn_since_stays_withdrawn(
    memory: Memory, reopened: Callable[..., Memory]
) -> None:
    """Going back is no agreement."""
    memory.grant("me", REMOTE_MODEL)
    source = backed_up(memory)
    memory.revoke("me", REMOTE_MODEL)
    now = memory.consents("me")

    memory.restore_backup(source)

    assert reopened().consents("me") == now


def test_what_models_took_since_stays_in_the_ledger(
    memory: Memory, reopened: Callable[..., Memory]
) -> None:
    """What left this computer did leave it; the answer itself is not there any more."""
    source = backed_up(memory)
    memory.respond("me", "What tea do I prefer?", model=FakeModel(("Green.",))).read()
    assert memory.count_ledger("me") == 1

    memory.restore_backup(source)

    (entry,) = reopened().ledger("me")
    assert entry.message_id is None


def test_ids_given_since_are_not_given_again(
    memory: Memory, reopened: Callable[..., Memory]
) -> None:
    """A link to what is gone must not lead to a stranger."""
    source = backed_up(memory)
    newest = memory.remember("me", "I like rain.").id

    memory.restore_backup(source)

    assert reopened().remember("me", "I like snow.").id > newest


def test_after_another_way_back_it_cannot_be_told_what_was_erased(
    memory: Memory, reopened: Callable[..., Memory]
) -> None:
    """What is missing may only not have been there: all of the backup comes back then."""
    first = backed_up(memory)
    memory.remember("me", "I like rain.")
    second = backed_up(memory)
    memory.restore_backup(first)
    memory = reopened()
    assert texts(memory) == {TEA, CAKE, SECRET}

    plan = memory.plan_restore(second)
    memory.restore_backup(second)

    assert plan.erased_since is None
    opened = reopened()
    assert "I like rain." in texts(opened)
    assert opened.verify_audit().state == "intact"


def test_a_backup_of_another_file_comes_with_its_own_audit(
    memory: Memory, open_memory: OpenMemory, tmp_path: Path, reopened: Callable[..., Memory]
) -> None:
    """As on a new computer: nothing in it was erased here, and its keys are the ones that fit."""
    other = open_memory(Settings(database=tmp_path / "other" / "recollect.db"))
    other.grant("me", PERSONALIZATION)
    other.remember("me", "I like snow.")
    source = backed_up(other)

    plan = memory.plan_restore(source)
    memory.restore_backup(source)

    assert (plan.erased_since, plan.newer) == (None, {"memories": 3, "messages": 0})
    opened = reopened()
    assert texts(opened) == {"I like snow."}
    assert opened.verify_audit().state == "intact"
    assert opened.audit(1)[0].action == Act.RESTORE_BACKUP


def test_going_back_is_refused_while_another_program_has_the_file_open(
    memory: Memory, settings: Settings
) -> None:
    """Nothing has changed then, and it works later."""
    source = backed_up(memory)
    with another_reader(settings.database), pytest.raises(FileShared):
        memory.restore_backup(source)

    assert texts(memory) == {TEA, CAKE, SECRET}
    memory.restore_backup(source)


CUT_SHORT = """
import os, signal, sys, pathlib
from memory.engine import Memory
from memory.flow import audit
from memory.settings import Settings
from memory.store import connection
from tests.fakes import FakeEmbedder, FakeLanguage, FixedClock
database, moment, backup = sys.argv[1:]
memory = Memory.open(
    Settings(database=pathlib.Path(database)), clock=FixedClock(), embedder=FakeEmbedder(),
    language=FakeLanguage(),
)
def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)
if moment == "before the name":
    pathlib.Path.replace = die
elif moment == "after the name":
    connection.persist = die
elif moment == "before it is told":
    audit.of_everybody = die
with open(backup, "rb") as file:
    memory.restore_backup(file)
"""


@pytest.mark.parametrize(
    ("moment", "done"),
    [("before the name", False), ("after the name", True), ("before it is told", True)],
)
def test_a_way_back_that_is_cut_short_leaves_one_state_or_the_other(
    memory: Memory, settings: Settings, open_memory: OpenMemory, moment: str, done: bool
) -> None:
    """Whole, with an audit that fits, and nothing beside it."""
    backup = settings.database.with_name("mine.zip")
    memory.backup(backup)
    (secret,) = (item for item in memory.items("me") if item.text == SECRET)
    memory.erase("me", memory=secret.id)
    memory.remember("me", "I like rain.")
    memory.close()

    ended = subprocess.run(
        [sys.executable, "-c", CUT_SHORT, str(settings.database), moment, str(backup)], check=False
    )

    assert ended.returncode == -9
    opened = open_memory()
    assert texts(opened) == {TEA, CAKE} | (set() if done else {"I like rain."})
    assert opened.check().sound
    assert opened.verify_audit().state == "intact"
    names = {path.name for path in settings.database.parent.iterdir()}
    assert {name for name in names if "draft" in name or "sealed" in name} == set()
    assert left_of([SECRET], settings.database) == []


# -- with passphrases -----------------------------------------------------------------------


def test_an_encrypted_backup_wants_its_passphrase_and_the_file_has_it_then(
    memory: Memory, reopened: Callable[..., Memory], open_memory: OpenMemory
) -> None:
    """The one of its day, whatever the file has now."""
    memory.set_passphrase(PASSPHRASE)
    source = backed_up(memory)
    memory.set_passphrase(OTHER, current=PASSPHRASE)

    with pytest.raises(PassphraseNeeded, match="the day it was made"):
        memory.plan_restore(source)
    with pytest.raises(WrongPassphrase, match="does not open the backup"):
        memory.restore_backup(source, passphrase=OTHER)
    assert memory.plan_restore(source, passphrase=PASSPHRASE).backup.encrypted
    memory.restore_backup(source, passphrase=PASSPHRASE)

    with pytest.raises(WrongPassphrase):
        open_memory(passphrase=OTHER)
    assert texts(reopened(passphrase=PASSPHRASE)) == {TEA, CAKE, SECRET}


def test_going_back_to_an_open_backup_takes_no_protection_away(
    memory: Memory, settings: Settings, reopened: Callable[..., Memory]
) -> None:
    """The file keeps its passphrase, which is said once more."""
    source = backed_up(memory)
    memory.set_passphrase(PASSPHRASE)

    with pytest.raises(PassphraseNeeded):
        memory.restore_backup(source)
    with pytest.raises(WrongPassphrase):
        memory.restore_backup(source, current=OTHER)
    memory.restore_backup(source, current=PASSPHRASE)

    assert b"quokkacake" not in content_beside(settings.database)
    assert texts(reopened(passphrase=PASSPHRASE)) == {TEA, CAKE, SECRET}


# -- where the file cannot be opened --------------------------------------------------------


def test_a_file_that_cannot_be_opened_is_set_aside_and_not_lost(
    memory: Memory, settings: Settings, open_memory: OpenMemory, clock: FixedClock
) -> None:
    """Here its passphrase is lost; somebody may remember it yet."""
    source = backed_up(memory)
    memory.set_passphrase(PASSPHRASE)
    memory.close()
    locked = settings.database.read_bytes()

    report = Memory.restore_unopened(settings, source, clock=clock, embedder=FakeEmbedder())

    assert report.set_aside == settings.database.with_name("recollect.db.aside-1")
    assert report.set_aside.read_bytes() == locked
    assert report.set_aside.with_name("recollect.db.aside-1.keys").exists()
    assert report.plan.erased_since is None
    opened = open_memory()
    assert texts(opened) == {TEA, CAKE, SECRET}
    assert opened.verify_audit().state == "intact"


def test_where_there_is_no_file_none_is_set_aside(
    memory: Memory, tmp_path: Path, open_memory: OpenMemory, clock: FixedClock
) -> None:
    """A new computer, on which nothing was opened yet."""
    source = backed_up(memory)
    settings = Settings(database=tmp_path / "new" / "recollect.db")
    settings.database.parent.mkdir()

    report = Memory.restore_unopened(settings, source, clock=clock, embedder=FakeEmbedder())

    assert report.set_aside is None
    assert texts(open_memory(settings)) == {TEA, CAKE, SECRET}


def test_an_open_file_is_not_set_aside(memory: Memory, settings: Settings) -> None:
    """By this program or by any other."""
    with pytest.raises(FileShared):
        Memory.restore_unopened(settings, backed_up(memory), embedder=FakeEmbedder())
    assert texts(memory) == {TEA, CAKE, SECRET}
