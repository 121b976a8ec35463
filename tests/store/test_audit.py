"""The audit chain and its keys, which live outside the database file."""

import json
from pathlib import Path

import pytest

from memory.errors import StoreUnavailable
from memory.store import Store
from memory.store.keys import Keys
from tests.fakes import NOON

KEY = b"k" * 32


@pytest.fixture
def chain(store: Store) -> Store:
    for number in range(1, 6):
        store.audit.append(KEY, "store", f"subject {number}", {"memories": number}, NOON)
    return store


def test_an_untouched_chain_is_intact(chain: Store) -> None:
    """Also the empty one of a new file."""
    verified = chain.audit.verify(KEY)

    assert (verified.state, verified.events, verified.first_bad_id) == ("intact", 5, None)


def test_an_empty_chain_is_intact(store: Store) -> None:
    """Nothing happened yet, and that holds."""
    assert store.audit.verify(KEY).state == "intact"


@pytest.mark.parametrize(
    "change",
    [
        "update audit set counts = '{\"memories\": 30}' where id = 3",
        "update audit set subject = 'somebody else' where id = 3",
        "update audit set action = 'export' where id = 3",
        "update audit set at = '2026-01-01T00:00:00.000000+00:00' where id = 3",
        "update audit set link = (select link from audit where id = 2) where id = 3",
        "insert or replace into audit select 3, at, action, subject, counts, link "
        "from audit where id = 4",
    ],
)
def test_a_changed_row_is_found(chain: Store, change: str) -> None:
    """Whichever column it is, the first bad row is named."""
    chain.database.run(change)

    verified = chain.audit.verify(KEY)

    assert (verified.state, verified.first_bad_id) == ("broken", 3)


def test_a_row_cut_out_is_found(chain: Store) -> None:
    """The one behind it no longer follows on."""
    chain.database.run("delete from audit where id = 3")

    verified = chain.audit.verify(KEY)

    assert (verified.state, verified.events, verified.first_bad_id) == ("broken", 4, 4)


def test_another_key_does_not_verify(chain: Store) -> None:
    """Somebody who rewrites the file cannot make the chain anew without the key."""
    assert chain.audit.verify(b"x" * 32).state == "broken"


def test_without_the_key_the_chain_is_unverifiable(chain: Store) -> None:
    """Neither intact nor broken: nobody can tell."""
    verified = chain.audit.verify(None)

    assert (verified.state, verified.events, verified.first_bad_id) == ("unverifiable", 5, None)


def test_events_come_newest_first(chain: Store) -> None:
    """With their counts; only as many as asked for."""
    first, second = chain.audit.events(2)

    assert (first.subject, first.counts, first.at) == ("subject 5", {"memories": 5}, NOON)
    assert second.subject == "subject 4"
    assert chain.audit.count("store") == 5
    assert chain.audit.count("erase") == 0


# -- keys -----------------------------------------------------------------------------------


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "recollect.db.keys"


def test_the_key_file_is_for_its_owner_only(file: Path) -> None:
    """0600 from the first moment, and nothing else beside it."""
    Keys(file).make_chain()

    assert file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_keys_are_made_once_and_found_again(file: Path) -> None:
    """By any other opener of the same file."""
    assert Keys(file).chain() is None
    made = Keys(file).make_chain()

    assert len(made) == 32
    assert Keys(file).make_chain() == Keys(file).chain() == made


def test_digests_are_stable_and_differ_by_person(file: Path) -> None:
    """The same thing has the same hash, so that it can be followed; another's has not."""
    keys = Keys(file)
    digest = keys.digest(1, "memory:7")

    assert len(digest) == 64
    assert Keys(file).digest(1, "memory:7") == digest
    assert keys.digest(1, "memory:8") != digest
    assert keys.digest(2, "memory:7") != digest


def test_a_destroyed_key_never_comes_back(file: Path) -> None:
    """The same thing has another hash from then on; the others' keys stay."""
    keys = Keys(file)
    mine, theirs, chain = keys.digest(1, "x"), keys.digest(2, "x"), keys.make_chain()

    keys.destroy(1)
    keys.destroy(1)

    assert set(json.loads(file.read_text())) == {"person:2", "chain"}
    assert keys.digest(1, "x") != mine
    assert keys.digest(2, "x") == theirs
    assert keys.chain() == chain


def test_only_the_keys_of_those_who_are_there_are_kept(file: Path) -> None:
    """And the chain's."""
    keys = Keys(file)
    keys.make_chain()
    for person in (1, 2, 3):
        keys.digest(person, "x")

    keys.keep_only([2])

    assert set(json.loads(file.read_text())) == {"person:2", "chain"}


@pytest.mark.parametrize("content", ["", "not json", "[1"])
def test_a_broken_key_file_is_an_error_with_a_remedy(file: Path, content: str) -> None:
    """It is never overwritten: it may be restored."""
    file.write_text(content)

    with pytest.raises(StoreUnavailable, match="Restore it from a backup"):
        Keys(file).make_chain()

    assert file.read_text() == content


def test_a_key_file_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    """A file stands where its folder should be."""
    (tmp_path / "folder").touch()
    with pytest.raises(StoreUnavailable, match="cannot be"):
        Keys(tmp_path / "folder" / "keys").make_chain()
