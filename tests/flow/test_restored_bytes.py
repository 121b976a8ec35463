"""Whatever was erased after a backup is not in the file that is restored from it, to the last byte;
all else is back, whole and searchable. Likewise in an encrypted file, whose bytes tell nothing: its
pages are looked at as they are read."""

import io

import pytest

from tests.flow.on_disk import content_beside
from tests.flow.scan import found_in
from tests.flow.test_bytes import (
    KINDS,
    Copy,
    Life,
    assert_kept,
    assert_there,
    copy,
    made,
    opened,
    traces_of,
)

__all__ = ["copy"]  # a fixture

SIZE = 100
PASSPHRASE = "four small words here"


@pytest.fixture(scope="module")
def lives(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Life]:
    return {SIZE: made(tmp_path_factory.mktemp("life"), SIZE)}


@pytest.mark.parametrize("size", [SIZE])
@pytest.mark.parametrize("name", KINDS)
def test_what_was_erased_after_a_backup_does_not_come_back_with_it(
    copy: Copy,
    name: str,
) -> None:
    """By whichever way it was erased, in every file of the folder."""
    kind, traces = KINDS[name], traces_of(name, copy.life)
    source = io.BytesIO()
    copy.memory.backup(source)
    assert_there(copy, kind.gone(copy.life))
    assert kind.erase(copy).verified

    report = copy.memory.restore_backup(source)

    assert report.plan.erased_since is not None
    assert report.plan.erased_since["memories"] >= len(kind.gone(copy.life))
    assert found_in(content_beside(copy.database), traces) == set()
    with opened(copy.database.parent, copy.clock) as memory:
        restored = Copy(memory, copy.clock, copy.database, copy.life)
        assert_kept(restored, kind.stays(copy.life))
        assert memory.check().sound
        assert memory.verify_audit().state == "intact"


@pytest.mark.parametrize("size", [SIZE])
@pytest.mark.parametrize("name", KINDS)
def test_nothing_erased_is_left_in_the_pages_of_an_encrypted_file(copy: Copy, name: str) -> None:
    """Those that are free included, as SQLite reads them; the receipt has looked at the same."""
    kind, traces = KINDS[name], traces_of(name, copy.life)
    copy.memory.set_passphrase(PASSPHRASE)
    database = copy.memory._store.database
    standing = {trace for row in kind.gone(copy.life) for trace in row.standing}
    assert len(found_in(database.pages(), standing)) > 0.8 * len(standing)

    receipt = kind.erase(copy)

    assert (receipt.verified, receipt.deciphered) == (True, True)
    assert found_in(database.pages(), traces) == set()
    assert found_in(content_beside(copy.database), {*traces, *standing}) == set()
    assert copy.memory.check().sound
