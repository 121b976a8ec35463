"""The key file: whole whatever the disk does, and one for all processes that start at once."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from memory.engine import Memory
from memory.errors import DiskFull, KeysUnreadable, UnwritableFile
from memory.settings import Settings
from memory.store.keys import Keys
from tests.fakes import FakeEmbedder, FakeLanguage
from tests.store.full_disk import no_room_for_files

PROCESSES = 4
TURNS = 10
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
    assert len(json.loads(settings.keys.read_text())) == 1 + 2 * PROCESSES * TURNS
    assert {path.name for path in settings.database.parent.iterdir()} == {
        "recollect.db",
        "recollect.db.keys",
    }


def test_a_lock_left_by_a_crash_holds_nobody_off(file: Path) -> None:
    """The system lets go of it with the process; the file alone means nothing."""
    file.with_name(file.name + ".lock").touch()

    assert Keys(file).make_chain() == Keys(file).chain()


def test_a_full_disk_keeps_the_old_keys_and_leaves_no_draft(file: Path) -> None:
    """And the same call works when there is room."""
    keys = Keys(file)
    chain = keys.make_chain()

    with no_room_for_files(), pytest.raises(DiskFull):
        keys.digest(1, "memory:7")

    assert [path.name for path in file.parent.iterdir()] == [file.name]
    assert keys.chain() == chain
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

    for call in (Keys(file).chain, Keys(file).make_chain):
        with pytest.raises(KeysUnreadable, match="Restore it from a backup") as refused:
            call()
        assert str(file) in str(refused.value)
    assert file.read_text() == content


def test_a_folder_that_cannot_be_written_names_the_setting(tmp_path: Path) -> None:
    """Of the key file, not of the database."""
    (tmp_path / "folder").touch()

    with pytest.raises(UnwritableFile, match="RECOLLECT_KEY_FILE"):
        Keys(tmp_path / "folder" / "deeper" / "keys").destroy(1)
