"""The key file: whole whatever the disk does, and one for all processes that start at once."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from memory.engine import Memory
from memory.errors import DiskFull, KeysUnreadable, UnwritableFile
from memory.settings import Settings
from memory.store.chain_head import Head
from memory.store.keys import Keys
from tests.fakes import FakeEmbedder, FakeLanguage
from tests.store.full_disk import no_room_for_files

PROCESSES = 4
TURNS = 10
START_OF_ALL = Head(1, 0, "")
# Each waits for a line, so that all of them meet at the first key.
START = """
import pathlib, sys
from memory import Memory, Settings
from memory.store.keys import Keys
from tests.fakes import FakeEmbedder, FakeLanguage
settings, number = Settings(database=pathlib.Path(sys.argv[1])), int(sys.argv[2])
with Memory.open(settings, embedder=FakeEmbedder(), language=FakeLanguage()) as memory:
    print("ready", flush=True)
    sys.stdin.readline()
    for turn in range(10):
        # what comes from outside a transaction, as the mask of a phone number does
        Keys(settings.keys).digest(1000 * number + turn, "PHONE:555")
        memory.grant(f"person {number} {turn}", "personalization")
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "recollect.db.keys"


def test_processes_that_start_at_once_share_one_set_of_keys(settings: Settings) -> None:
    """On a fresh folder: none loses the key of another, and the audit of all of them holds."""
    running = [
        subprocess.Popen(
            [sys.executable, "-c", START, str(settings.database), str(number)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(1, PROCESSES + 1)
    ]
    assert [process.stdout.readline() for process in running] == ["ready\n"] * PROCESSES
    for process in running:
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in running:
        process.communicate()
    assert [process.returncode for process in running] == [0] * PROCESSES

    with Memory.open(settings, embedder=FakeEmbedder(), language=FakeLanguage()) as memory:
        checked = memory.verify_audit()
    assert (checked.state, checked.events) == ("intact", PROCESSES * TURNS)
    assert len(json.loads(settings.keys.read_text())) == 2 + 2 * PROCESSES * TURNS
    assert {path.name for path in settings.database.parent.iterdir()} == {
        "recollect.db",
        "recollect.db.keys",
        "recollect.db.keys.head",
    }


def names(file: Path) -> set[str]:
    """What stands in the folder of the keys."""
    return {path.name for path in file.parent.iterdir()}


def test_the_files_are_for_their_owner_only(file: Path) -> None:
    """0600 from the first moment, and nothing else beside them."""
    keys = Keys(file)
    keys.begin_chain(START_OF_ALL)

    assert names(file) == {file.name, file.name + ".head"}
    assert {path.stat().st_mode & 0o777 for path in file.parent.iterdir()} == {0o600}


def test_keys_are_made_once_and_found_again(file: Path) -> None:
    """By any other opener of the same file."""
    assert Keys(file).chain() is None

    made = Keys(file).begin_chain(START_OF_ALL)

    assert len(made.link) == len(made.head) == 32
    assert made.link != made.head
    assert Keys(file).chain() == made


def test_a_chain_begun_anew_keeps_the_key_of_its_links(file: Path) -> None:
    """The head has a new one, so that no copy of an older head fits."""
    keys = Keys(file)
    first, second = keys.begin_chain(START_OF_ALL), keys.begin_chain(Head(8, 7, ""))

    assert second.link == first.link
    assert keys.head.read(first.head) is None
    assert keys.head.read(second.head) == Head(8, 7, "")


def test_digests_are_stable_and_differ_by_person(file: Path) -> None:
    """The same thing has the same hash, so that it can be followed; another's has not."""
    keys = Keys(file)
    digest = keys.digest(1, "memory:7")

    assert len(digest) == 64
    assert Keys(file).digest(1, "memory:7") == digest
    assert keys.digests(1, "memory:7", "memory:8") == [digest, keys.digest(1, "memory:8")]
    assert keys.digest(1, "memory:8") != digest
    assert keys.digest(2, "memory:7") != digest


def test_asking_for_a_known_digest_makes_no_key(file: Path) -> None:
    """Nor a file: looking for a person in the audit leaves no trace."""
    keys = Keys(file)
    assert keys.known_digest(1, "person") is None
    assert names(file) == set()

    digest = keys.digest(1, "person")

    before = file.read_bytes()
    assert keys.known_digest(1, "person") == digest
    assert keys.known_digest(2, "person") is None
    assert file.read_bytes() == before


def test_a_destroyed_key_never_comes_back(file: Path) -> None:
    """The same thing has another hash from then on; the others' keys stay."""
    keys = Keys(file)
    mine, theirs = keys.digest(1, "x"), keys.digest(2, "x")
    chain = keys.begin_chain(START_OF_ALL)

    keys.destroy(1)
    keys.destroy(1)

    assert set(json.loads(file.read_text())) == {"person:2", "chain", "head"}
    assert keys.known_digest(1, "x") is None
    assert keys.digest(1, "x") != mine
    assert keys.digest(2, "x") == theirs
    assert keys.chain() == chain


def test_only_the_keys_of_those_who_are_there_are_kept(file: Path) -> None:
    """And the chain's."""
    keys = Keys(file)
    keys.begin_chain(START_OF_ALL)
    for person in (1, 2, 3):
        keys.digest(person, "x")

    keys.keep_only([2])

    assert set(json.loads(file.read_text())) == {"person:2", "chain", "head"}


def test_a_lock_left_by_a_crash_holds_nobody_off(file: Path) -> None:
    """The system lets go of it with the process; the file alone means nothing."""
    file.with_name(file.name + ".lock").touch()

    assert Keys(file).begin_chain(START_OF_ALL) == Keys(file).chain()


def test_a_full_disk_keeps_the_old_keys_and_leaves_no_draft(file: Path) -> None:
    """And the same call works when there is room."""
    keys = Keys(file)
    chain = keys.begin_chain(START_OF_ALL)
    there = names(file)

    with no_room_for_files(), pytest.raises(DiskFull):
        keys.digest(1, "memory:7")
    with no_room_for_files(), pytest.raises(DiskFull):
        keys.begin_chain(Head(8, 7, ""))

    assert names(file) == there
    assert keys.chain() == chain
    assert keys.head.read(chain.head) == START_OF_ALL
    assert keys.digest(1, "memory:7") == Keys(file).digest(1, "memory:7")


def test_a_full_disk_destroys_no_key_by_half(file: Path) -> None:
    """The key that was to go is there, and goes with the next call."""
    keys = Keys(file)
    before = keys.digest(1, "memory:7"), keys.digest(2, "memory:7")

    with no_room_for_files(), pytest.raises(DiskFull):
        keys.destroy(1)

    assert (keys.digest(1, "memory:7"), keys.digest(2, "memory:7")) == before
    keys.destroy(1)
    assert set(json.loads(file.read_text())) == {"person:2"}


@pytest.mark.parametrize(
    "content",
    ["", "not json", "[1]", "7", '{"chain": 7}', '{"chain": "no hex"}', '{"chain": null}'],
)
def test_a_key_file_of_anything_else_is_refused_and_left_alone(file: Path, content: str) -> None:
    """It may be restored; the message names it and says how."""
    file.write_text(content)

    keys = Keys(file)
    for call in (keys.chain, lambda: keys.begin_chain(START_OF_ALL)):
        with pytest.raises(KeysUnreadable, match="Restore it from a backup") as refused:
            call()
        assert str(file) in str(refused.value)
    assert file.read_text() == content
    assert names(file) == {file.name}


def test_a_folder_that_cannot_be_written_names_the_setting(tmp_path: Path) -> None:
    """Of the key file, not of the database."""
    (tmp_path / "folder").touch()

    keys = Keys(tmp_path / "folder" / "deeper" / "keys")
    for call in (lambda: keys.destroy(1), lambda: keys.begin_chain(START_OF_ALL)):
        with pytest.raises(UnwritableFile, match="RECOLLECT_KEY_FILE"):
            call()
