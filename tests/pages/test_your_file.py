"""The file as the pages show it: a backup and the way back, a passphrase, a page that is locked."""

import io
from pathlib import Path

import pytest

from memory import Act, Memory, Settings
from pages.parts.shared import open_memory
from pages.parts.unlock import WRONG
from pages.parts.whose import ME
from pages.parts.yours.passphrase import DIFFER
from tests.pages.screen import Screen

OLD, NEW = "four small words here", "five other words over there"
TEA, CAKE = "I prefer green tea.", "I prefer quokkacake."
FORM = "privacy_passphrase"


@pytest.fixture
def memory(memory: Memory) -> Memory:
    memory.remember(ME, TEA)
    return memory


def yours(screen: Screen) -> Screen:
    screen.open("privacy")
    return screen.choose("yours", screen.key_of_view())


def backup(memory: Memory) -> bytes:
    target = io.BytesIO()
    memory.backup(target)
    return target.getvalue()


def upload(screen: Screen, content: bytes, name: str = "backup.zip") -> Screen:
    return screen.upload("Backup", name, content)


def choose_passphrase(screen: Screen, new: str, again: str, current: str | None = None) -> Screen:
    if current is not None:
        screen.fill(f"{FORM}_current", current)
    screen.fill(f"{FORM}_new", new).fill(f"{FORM}_again", again)
    return screen.click(f"{FORM}_set")


def unlock(screen: Screen, passphrase: str) -> Screen:
    return screen.fill("unlock_passphrase", passphrase).click("unlock_submit")


def titles(screen: Screen) -> list[str]:
    return [title.value for title in screen.test.title]


def assert_forgotten(screen: Screen) -> None:
    """What was typed stands nowhere in the session."""
    assert [passphrase for passphrase in (OLD, NEW) if passphrase in screen.kept] == []


# -- the passphrase -------------------------------------------------------------------------


def test_a_passphrase_is_set_typed_twice_and_kept_nowhere(screen: Screen, memory: Memory) -> None:
    """With what it does, what it does not, and what a lost one means."""
    yours(screen)
    assert "is lost for good" in screen.words
    assert "whoever sits at this computer still can" in screen.words

    choose_passphrase(screen, OLD, OLD)

    assert open_memory().is_encrypted
    assert "The file is encrypted now." in screen.words
    assert "as readable as they were" in screen.words
    assert OLD not in screen.kept
    assert OLD not in screen.words


@pytest.mark.parametrize(
    ("new", "again", "told"),
    [
        (OLD, NEW, DIFFER),
        ("short", "short", "at least 12 characters"),
        ("aaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaa", "repeats the same few characters"),
    ],
)
def test_what_is_no_good_passphrase_is_told_and_changes_nothing(
    screen: Screen, memory: Memory, new: str, again: str, told: str
) -> None:
    choose_passphrase(yours(screen), new, again)

    assert told in screen.words
    assert not open_memory().is_encrypted
    assert new not in screen.kept


def test_a_passphrase_is_changed_and_removed_with_the_one_of_today(
    screen: Screen, memory: Memory
) -> None:
    """A wrong one changes nothing, and says so."""
    choose_passphrase(yours(screen), OLD, OLD)
    choose_passphrase(screen, NEW, NEW, "not the one at all")
    assert "does not open" in screen.words
    choose_passphrase(screen, NEW, NEW, OLD)
    assert "The passphrase was changed." in screen.words
    screen.fill(f"{FORM}_removed", OLD).click(f"{FORM}_remove")
    assert "does not open" in screen.words
    assert memory.is_encrypted

    screen.fill(f"{FORM}_removed", NEW).click(f"{FORM}_remove")

    assert "not encrypted any more" in screen.words
    assert not memory.is_encrypted
    assert_forgotten(screen)


def test_a_locked_file_opens_with_its_passphrase_only(screen: Screen, memory: Memory) -> None:
    """One page in place of all others; what was wrong is said, and nothing of it is kept."""
    choose_passphrase(yours(screen), OLD, OLD)
    screen.click("privacy_lock")

    for page in ("chat", "inspector", "privacy"):
        assert titles(screen.open(page)) == ["Recollect is locked"]
        assert TEA not in screen.words
        assert not screen.test.error
    unlock(screen, NEW)
    assert WRONG in screen.words
    assert titles(screen) == ["Recollect is locked"]
    unlock(screen, OLD)

    assert titles(screen) == ["Privacy"]
    assert [item.text for item in open_memory().items(ME)] == [TEA]
    assert_forgotten(screen)
    assert titles(Screen().run()) == ["Chat"], "it is open for every tab"


def test_what_the_environment_opens_is_not_locked_here(
    screen: Screen, memory: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would be open again at once."""
    choose_passphrase(yours(screen), OLD, OLD)
    monkeypatch.setenv("RECOLLECT_PASSPHRASE", OLD)

    screen.run()

    assert "privacy_lock" not in screen.keys
    assert "RECOLLECT_PASSPHRASE" in screen.words


def test_a_wrong_one_in_the_environment_is_told_as_what_it_is(
    screen: Screen, memory: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody typed it; the right one opens all the same."""
    choose_passphrase(yours(screen), OLD, OLD)
    open_memory.clear()
    monkeypatch.setenv("RECOLLECT_PASSPHRASE", NEW)

    assert "RECOLLECT_PASSPHRASE does not open" in screen.run().words.replace("`", "")
    assert NEW not in screen.words
    assert titles(unlock(screen, OLD)) == ["Privacy"]


def test_who_lost_the_passphrase_hears_the_truth_and_can_begin_anew(
    screen: Screen, memory: Memory, database: Path
) -> None:
    """The locked file is kept under another name."""
    choose_passphrase(yours(screen), OLD, OLD)
    screen.click("privacy_lock")
    assert "Nothing can bring a lost passphrase back" in screen.words
    locked = database.read_bytes()

    screen.click("unlock_anew")

    assert titles(screen) == ["Privacy"]
    assert open_memory().items(ME) == []
    assert database.with_name("recollect.db.aside-1").read_bytes() == locked


def test_a_backup_opens_the_way_where_the_passphrase_is_lost(
    screen: Screen, memory: Memory
) -> None:
    """All of it comes back, and where the locked file is now is said."""
    content = backup(memory)
    choose_passphrase(yours(screen), OLD, OLD)
    screen.click("privacy_lock")

    upload(screen, content).click("privacy_restore_unopened")

    assert titles(screen) == ["Privacy"]
    assert "recollect.db.aside-1" in screen.words
    assert [item.text for item in open_memory().items(ME)] == [TEA]


# -- backups --------------------------------------------------------------------------------


def test_a_backup_is_one_button_and_the_page_says_what_it_is(
    screen: Screen, memory: Memory
) -> None:
    """And when the last one was made."""
    yours(screen)
    labels = [button.proto.label for button in screen.test.get("download_button")]
    assert "Make a backup" in labels
    assert "It is not encrypted" in screen.words
    assert "None was made yet." in screen.words
    assert "What you erase later is still in the backups from before." in screen.words

    backup(memory)

    assert "1 backup so far, the last on" in screen.run().words


def test_a_backup_is_looked_into_before_anything_is_changed(screen: Screen, memory: Memory) -> None:
    """What comes, what was erased since, what goes; only the word restores it."""
    item = memory.remember(ME, CAKE)
    content = backup(memory)
    memory.erase(ME, memory=item.id)
    memory.remember(ME, "I like rain.")

    upload(yours(screen), content)
    assert "In it: 2 memories" in screen.words
    assert "Erased here since, and erased from it again: 1 memory." in screen.words
    assert "Not in it, and gone afterwards: 1 memory of today." in screen.words
    screen.fill("privacy_restore_word", "yes").click("privacy_restore_now")
    assert "type “restore” first" in screen.words
    assert len(open_memory().items(ME)) == 2

    screen.fill("privacy_restore_word", "restore").click("privacy_restore_now")

    assert "Restored: the state of" in screen.words.replace("*", "")
    assert [found.text for found in open_memory().items(ME)] == [TEA]
    assert open_memory().audit(1)[0].action == Act.RESTORE_BACKUP
    assert "In it: 2 memories" not in screen.run().words


def test_what_is_no_backup_is_said_in_words(screen: Screen, memory: Memory) -> None:
    upload(yours(screen), b"Dear diary, no backup. " * 50)

    assert "This backup cannot be restored: it is not a ZIP of Recollect." in screen.words
    assert "privacy_restore_now" not in screen.keys


def test_an_encrypted_backup_asks_for_its_passphrase(screen: Screen, memory: Memory) -> None:
    """Once to look into it and once more to restore it: it is not kept in between."""
    memory.set_passphrase(OLD)
    content = backup(memory)
    memory.remove_passphrase(OLD)
    key = "privacy_restore_passphrase"

    upload(yours(screen), content)
    assert "This backup is encrypted." in screen.words
    screen.fill(key, NEW).click("privacy_restore_look")
    assert "does not open the backup" in screen.words
    screen.fill(key, OLD).click("privacy_restore_look")
    assert "In it: 1 memory" in screen.words
    assert_forgotten(screen)
    screen.fill(key, OLD).fill("privacy_restore_word", "restore").click("privacy_restore_now")

    assert "Restored" in screen.words
    assert open_memory().is_encrypted
    assert [item.text for item in open_memory().items(ME)] == [TEA]
    assert_forgotten(screen)


def test_a_receipt_tells_of_backups(screen: Screen, memory: Memory) -> None:
    """No erasure reaches them."""
    backup(memory)
    screen.open("privacy")
    screen.choose("erasure", screen.key_of_view())
    screen.fill("privacy_erase_word", "erase").click("privacy_erase_submit")

    assert "1 backup that you made, the last on" in screen.words
    assert "what is restored here is erased again" in screen.words


def test_an_erasure_in_an_encrypted_file_says_how_it_looked(screen: Screen, memory: Memory) -> None:
    memory.set_passphrase(OLD)
    screen.open("privacy")
    screen.choose("erasure", screen.key_of_view())
    screen.fill("privacy_erase_word", "erase").click("privacy_erase_submit")

    assert "Erased and verified" in screen.words
    assert "bytes of the file deciphered and read" in screen.words


def test_a_damaged_file_offers_a_backup_back(
    screen: Screen, memory: Memory, database: Path
) -> None:
    """The damaged one is set aside."""
    content = backup(memory)
    open_memory.clear()
    head = database.read_bytes()
    database.write_bytes(b"?" * 4096 + head[4096:])

    assert titles(Screen().run()) == ["The database is damaged"]
    damaged = upload(Screen().run(), content).click("privacy_restore_unopened")

    assert titles(damaged) == ["Chat"]
    assert [item.text for item in open_memory().items(ME)] == [TEA]
    assert database.with_name("recollect.db.aside-1").exists()
    assert not Memory.is_locked(Settings.from_env())


def test_a_file_that_is_damaged_while_it_is_open_gives_way_to_a_backup(
    screen: Screen, memory: Memory, database: Path
) -> None:
    """Closing it cannot write any more; that hinders nothing."""
    content = backup(memory)
    (item,) = memory.items(ME)
    memory.forget(item.id)  # to be erased at closing
    tables = memory._store.database
    page = tables.value("select rootpage from sqlite_schema where name = 'memories'")
    tables.rows("pragma wal_checkpoint(truncate)")
    tables.run("pragma cache_size = 0")
    with database.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(bytes(4096))
    assert titles(screen.run()) == ["The database is damaged"]

    upload(screen, content).click("privacy_restore_unopened")

    assert titles(screen) == ["Chat"]
    assert [found.text for found in open_memory().items(ME)] == [TEA]
