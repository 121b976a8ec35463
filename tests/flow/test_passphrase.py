"""A passphrase for the file: nothing of it can be read without, nothing of it is lost, and the
passphrase itself stands nowhere."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path

import pytest

from memory.engine import Memory
from memory.errors import (
    FileShared,
    InvalidInput,
    PassphraseNeeded,
    StoreUnavailable,
    WrongPassphrase,
)
from memory.records import PERSONALIZATION, Act
from memory.settings import Settings, passphrase_from_env
from memory.store.draft import Draft
from tests.fakes import FakeModel
from tests.flow.conftest import OpenMemory
from tests.flow.on_disk import another_reader, content_beside, written
from tests.flow.scan import found_in, pieces_of
from tests.flow.test_bytes import DenseEmbedder

OLD, NEW = "four small words here", "other words, not 'those' \"ones\" é"
TOLD = "I prefer quokkatea over wombatjuice."
WORDS = ("quokkatea", "wombatjuice", "platypusland", "numbatcity", "Zebediah", "limericks")
"""Of a memory, a title, a turn with a name, and the instructions."""


@pytest.fixture
def memory(open_memory: OpenMemory) -> Memory:
    """With words in every place that holds any."""
    memory = open_memory(embedder=DenseEmbedder())
    memory.grant("me", PERSONALIZATION)
    memory.remember("me", TOLD)
    reply = memory.respond(
        "me", "I moved to numbatcity with Zebediah.", model=FakeModel(("Fine.",))
    )
    reply.read()
    memory.rename_conversation("me", "default", "Of platypusland")
    memory.set_instructions("me", "Answer in limericks.")
    return memory


def canaries() -> set[bytes]:
    """Words as they were typed, as the full-text index has them, and stretches of a vector."""
    typed = {word.encode() for word in WORDS}
    vector = DenseEmbedder().embed([TOLD])[0].tobytes()
    return typed | {word.lower() for word in typed} | set(pieces_of(vector))


def seen(settings: Settings) -> set[bytes]:
    """What anybody can read in any file of the folder."""
    return found_in(content_beside(settings.database), canaries())


def texts(memory: Memory) -> list[str]:
    return [item.text for item in memory.items("me")]


# -- setting, changing, removing ------------------------------------------------------------


def test_without_a_passphrase_everything_can_be_read(memory: Memory, settings: Settings) -> None:
    """What the next tests look for is there otherwise; the index keeps stems in lower case."""
    assert seen(settings) >= {word.encode() for word in WORDS} | set(
        pieces_of(DenseEmbedder().embed([TOLD])[0].tobytes())
    )


def test_with_a_passphrase_nothing_can_be_read_in_any_file(
    memory: Memory, settings: Settings
) -> None:
    """No text, no word of the index, no name, no vector; open, while more is written, and closed.
    What was told is there as before."""
    before = texts(memory)
    memory.set_passphrase(OLD)

    assert memory.is_encrypted
    assert seen(settings) == set()
    memory.remember("me", "I like quokkatea from numbatcity, too.")
    assert written(settings.database)
    assert seen(settings) == set()
    assert texts(memory) == ["I like quokkatea from numbatcity, too.", *before]
    memory.close()
    assert seen(settings) == set()
    assert settings.database.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("steps", [(OLD,), (OLD, NEW)])
def test_the_file_opens_with_its_passphrase_only(
    memory: Memory, open_memory: OpenMemory, steps: tuple[str, ...]
) -> None:
    """The one before opens it no more, and a try changes nothing."""
    current = None
    for passphrase in steps:
        memory.set_passphrase(passphrase, current=current)
        current = passphrase
    before = texts(memory)
    memory.close()

    with pytest.raises(PassphraseNeeded, match="is encrypted"):
        open_memory()
    for wrong in {OLD, NEW, OLD.upper(), f"{OLD} ", f"{current}\0", "\0", ""} - {current}:
        with pytest.raises(WrongPassphrase, match="does not open"):
            open_memory(passphrase=wrong)
    opened = open_memory(embedder=DenseEmbedder(), passphrase=current)

    assert texts(opened) == before
    assert opened.check().sound
    assert opened.verify_audit().state == "intact"
    assert opened.recall("me", TOLD)[0].item.text == TOLD


def test_a_removed_passphrase_is_needed_no_more(memory: Memory, open_memory: OpenMemory) -> None:
    """The file is what it was."""
    before = texts(memory)
    memory.set_passphrase(OLD)
    memory.remove_passphrase(OLD)

    assert not memory.is_encrypted
    memory.close()
    assert texts(open_memory(embedder=DenseEmbedder())) == before


def test_who_changes_or_removes_it_says_it_once_more(memory: Memory, settings: Settings) -> None:
    """The screen may be somebody else's for a moment."""
    memory.set_passphrase(OLD)
    before = written(settings.database)

    for current in (None, "wrong " + OLD):
        with pytest.raises(PassphraseNeeded):
            memory.set_passphrase(NEW, current=current)
    with pytest.raises(WrongPassphrase):
        memory.remove_passphrase(NEW)

    assert written(settings.database) == before
    assert memory._store.database.opens_with(OLD)


@pytest.mark.parametrize(
    ("passphrase", "words"),
    [
        ("", "at least 12 characters"),
        ("short words", "at least 12 characters"),
        ("aabbaabbaabbaabb", "repeats the same few"),
        ("two lines of it\nare too many", "one line"),
        ("with a nothing \0 in its middle", "one line"),
        ("half of a sign \ud800 is none", "one line"),
        ("long " * 201, "at most 1,000"),
    ],
)
def test_what_protects_nothing_is_refused(
    memory: Memory, open_memory: OpenMemory, tmp_path: Path, passphrase: str, words: str
) -> None:
    """Also for a new file."""
    with pytest.raises(InvalidInput, match=words):
        memory.set_passphrase(passphrase)
    with pytest.raises(InvalidInput, match=words):
        open_memory(Settings(database=tmp_path / "other.db"), passphrase=passphrase)

    assert not memory.is_encrypted


def test_one_spelling_of_an_accent_is_as_good_as_the_other(
    memory: Memory, open_memory: OpenMemory, settings: Settings
) -> None:
    """Some keyboards type it as one sign, others as two."""
    memory.set_passphrase("caf\u00e9 au lait, please")
    memory.close()

    assert open_memory(embedder=DenseEmbedder(), passphrase="cafe\u0301 au lait, please")
    assert Memory.salvage(settings, passphrase="cafe\u0301 au lait, please")


def test_a_new_file_is_encrypted_from_the_start(open_memory: OpenMemory, tmp_path: Path) -> None:
    """Who gives a passphrase does not mean a file that anybody can read."""
    settings = Settings(database=tmp_path / "folder" / "new.db")
    memory = open_memory(settings, embedder=DenseEmbedder(), passphrase=OLD)
    memory.grant("me", PERSONALIZATION)
    memory.remember("me", TOLD)

    assert memory.is_encrypted
    assert seen(settings) == set()
    with pytest.raises(PassphraseNeeded):
        open_memory(settings)


def test_a_file_without_a_passphrase_needs_none_that_is_given(
    memory: Memory, open_memory: OpenMemory
) -> None:
    """It stays as it is: encrypting it is a choice of its own."""
    memory.close()

    opened = open_memory(embedder=DenseEmbedder(), passphrase=OLD)

    assert texts(opened)
    assert not opened.is_encrypted


def test_the_audit_tells_that_it_was_set_and_not_what(memory: Memory) -> None:
    """In this order, with no content."""
    memory.set_passphrase(OLD)
    memory.set_passphrase(NEW, current=OLD)
    memory.remove_passphrase(NEW)

    told = memory.audit(3)
    assert [event.action for event in told] == [Act.DECRYPT, Act.CHANGE_PASSPHRASE, Act.ENCRYPT]
    assert {len(event.counts) for event in told} == {0}
    assert memory.verify_audit().state == "intact"


# -- the passphrase itself ------------------------------------------------------------------


def reachable(thing: object, depth: int = 6) -> str:
    """All that hangs on an object, as text."""
    if depth == 0 or isinstance(thing, (str, bytes, int, float, type(None))):
        return repr(thing)
    if isinstance(thing, dict):
        return "".join(reachable(part, depth - 1) for pair in thing.items() for part in pair)
    if isinstance(thing, (list, tuple, set, frozenset)):
        return "".join(reachable(part, depth - 1) for part in thing)
    slots = [getattr(thing, name, None) for name in getattr(type(thing), "__slots__", ())]
    return reachable([*getattr(thing, "__dict__", {}).values(), *slots], depth - 1)


def test_the_passphrase_stands_nowhere(memory: Memory, settings: Settings) -> None:
    """In no file, in no setting, and in nothing that this program keeps while it runs."""
    memory.set_passphrase(OLD)
    memory.remember("me", "I like tea.")

    assert OLD.encode() not in content_beside(settings.database)
    assert OLD not in repr(memory.settings)
    assert OLD not in reachable(memory)
    assert "passphrase" not in {field.name for field in fields(Settings)}


def test_no_error_tells_the_passphrase(memory: Memory, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite would name the address of the copy, which holds it."""
    monkeypatch.setattr(Draft, "held", held_nowhere)
    with pytest.raises(StoreUnavailable) as failed:
        memory.set_passphrase(OLD)

    chain: list[str] = []
    error: BaseException | None = failed.value
    while error is not None:
        chain += [str(error), repr(error.args)]
        error = error.__cause__ or error.__context__
    assert chain
    assert "four" not in "".join(chain)


@contextmanager
def held_nowhere(draft: Draft) -> Iterator[Path]:
    """A draft whose folder is gone."""
    yield draft.path.parent / "gone" / "draft"


def test_the_environment_may_name_it_and_settings_do_not_keep_it() -> None:
    """For a computer where nobody types it."""
    environ = {"RECOLLECT_PASSPHRASE": OLD, "RECOLLECT_DATABASE": "x.db"}
    assert passphrase_from_env(environ) == OLD
    assert passphrase_from_env({"RECOLLECT_PASSPHRASE": ""}) is None
    assert passphrase_from_env({}) is None
    assert OLD not in repr(Settings.from_env(environ))


# -- others at the file, and what cuts it short ---------------------------------------------


def test_it_is_refused_while_another_program_has_the_file_open(
    memory: Memory, settings: Settings
) -> None:
    """It would go on writing into what is no longer the file."""
    with another_reader(settings.database), pytest.raises(FileShared, match="Another program"):
        memory.set_passphrase(OLD)

    assert not memory.is_encrypted
    memory.remember("me", "I like tea.")
    memory.set_passphrase(OLD)
    assert memory.is_encrypted
    assert "I like tea." in texts(memory)


def test_nothing_is_lost_of_what_is_told_while_it_is_set(memory: Memory) -> None:
    """Others wait for some tenths of a second, and go on in the new file."""
    before = set(texts(memory))

    def tell(name: int) -> None:
        for number in range(20):
            memory.remember("me", f"I like tea number {number} of {name}.")

    with ThreadPoolExecutor(4) as pool:
        telling = [pool.submit(tell, name) for name in range(4)]
        memory.set_passphrase(OLD)
        memory.set_passphrase(NEW, current=OLD)
        for each in telling:
            each.result()

    told = {f"I like tea number {n} of {name}." for n in range(20) for name in range(4)}
    assert set(texts(memory)) == before | told
    assert memory.check().sound
    assert memory.verify_audit().state == "intact"


CUT_SHORT = """
import os, signal, sys, pathlib
from memory.engine import Memory
from memory.settings import Settings
from memory.store import connection, copies, protection
from tests.fakes import FixedClock, FakeLanguage
from tests.flow.test_bytes import DenseEmbedder
database, moment, new, current = sys.argv[1:]
memory = Memory.open(
    Settings(database=pathlib.Path(database)), clock=FixedClock(), embedder=DenseEmbedder(),
    language=FakeLanguage(), passphrase=current or None,
)
def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)
if moment == "before the copy":
    protection.write_copy = die
elif moment == "after the copy":
    connection.Database.replace_with = die
elif moment == "before the name":
    pathlib.Path.replace = die
elif moment == "after the name":
    connection.persist = die
elif moment == "before the old one is wiped":
    connection.wipe = die
if new:
    memory.set_passphrase(new, current=current or None)
else:
    memory.remove_passphrase(current)
"""
MOMENTS = {
    "before the copy": False,
    "after the copy": False,
    "before the name": False,
    "after the name": True,
    "before the old one is wiped": True,
}


SET, CHANGED, REMOVED = ("", OLD), (OLD, NEW), (OLD, "")
CUTS = [
    ("before the copy", *SET),
    *(("after the copy", *kind) for kind in (SET, CHANGED, REMOVED)),
    ("before the name", *SET),
    *(("after the name", *kind) for kind in (SET, CHANGED, REMOVED)),
    ("before the old one is wiped", *SET),  # what is encrypted is not wiped
]


@pytest.mark.parametrize(("moment", "current", "new"), CUTS)
def test_what_is_cut_short_leaves_a_file_that_opens_the_old_way_or_the_new(
    memory: Memory, settings: Settings, open_memory: OpenMemory, moment: str, current: str, new: str
) -> None:
    """With all that was in it; what was begun beside it is cleared away at the next start."""
    if current:
        memory.set_passphrase(current)
    before = texts(memory)
    memory.close()

    ended = subprocess.run(
        [sys.executable, "-c", CUT_SHORT, str(settings.database), moment, new, current], check=False
    )

    assert ended.returncode == -9
    done = MOMENTS[moment]
    opens, other = (new, current) if done else (current, new)
    if opens:
        with pytest.raises(PassphraseNeeded):
            open_memory(embedder=DenseEmbedder(), passphrase=other or None)
    memory = open_memory(embedder=DenseEmbedder(), passphrase=opens or None)
    assert texts(memory) == before
    assert memory.check().sound
    assert memory.is_encrypted == bool(opens)
    names = {path.name for path in settings.database.parent.iterdir()}
    assert {name for name in names if "draft" in name or "sealed" in name} == set()
    if memory.is_encrypted:
        assert seen(settings) == set()


# -- erasing in an encrypted file -----------------------------------------------------------


def test_an_erasure_is_verified_in_the_pages_as_they_are_read(memory: Memory) -> None:
    """The bytes on the disk would be free of anything."""
    memory.set_passphrase(OLD)
    (item,) = (item for item in memory.items("me") if item.text == TOLD)
    pages: Callable[[], bytes] = memory._store.database.pages
    assert b"quokkatea" in pages()

    receipt = memory.erase("me", memory=item.id)

    assert (receipt.verified, receipt.deciphered) == (True, True)
    assert receipt.bytes_searched == len(pages())
    assert b"quokkatea" not in pages().lower()


def test_a_trace_in_an_encrypted_file_is_found(memory: Memory) -> None:
    """Here one that an erasure is made to overlook."""
    memory.set_passphrase(OLD)
    database = memory._store.database
    (item,) = (item for item in memory.items("me") if item.text == TOLD)
    database.run("create table overlooked (text text)")
    database.run("insert into overlooked values (?)", (TOLD,))

    receipt = memory.erase("me", memory=item.id)

    assert not receipt.verified
    assert "Traces were still found" in receipt.pending
