"""Whatever is wrong with the file, the disk or a model: a page in plain words, and nothing lost."""

from collections.abc import Callable, Iterator
from pathlib import Path

import apsw
import pytest

from memory import Memory, Settings
from memory.adapters.embedder import MiniLMEmbedder
from pages.parts.failure import WARNINGS, WORDS
from pages.parts.shared import PERSONALIZATION
from pages.parts.whose import ME
from tests.fakes import FakeEmbedder
from tests.pages.screen import Screen
from tests.store.full_disk import FullDisk, full_disk

PAGES = ("chat", "inspector", "forgetting", "privacy")
LIKES = "I prefer concise examples with comments."


def sound(path: Path) -> None:
    """A database with one memory."""
    with Memory.open(Settings(database=path), embedder=MiniLMNamed()) as memory:
        memory.grant(ME, PERSONALIZATION)
        memory.remember(ME, LIKES)


class MiniLMNamed(FakeEmbedder):
    """Fast; the name lets the app open the file."""

    def __init__(self) -> None:
        super().__init__(MiniLMEmbedder.name)


def text_file(path: Path) -> None:
    path.write_text("Dear diary, this is not a database. " * 100)


def browsers_file(path: Path) -> None:
    connection = apsw.Connection(str(path))
    connection.execute("create table moz_places (id integer primary key, url text)")
    connection.close()


def newer_file(path: Path) -> None:
    sound(path)
    connection = apsw.Connection(str(path))
    connection.execute("pragma user_version = 999")
    connection.close()


def damaged_file(path: Path) -> None:
    """The page with the consents is gone, which everything asks for."""
    sound(path)
    connection = apsw.Connection(str(path))
    [(page,)] = connection.execute(
        "select rootpage from sqlite_schema where name = 'consents'"
    ).fetchall()
    connection.close()
    content = bytearray(path.read_bytes())
    content[(page - 1) * 4096 : page * 4096] = bytes(4096)
    path.write_bytes(content)


def folder(path: Path) -> None:
    path.mkdir()


def broken_keys(path: Path) -> None:
    """With an erasure under way, which needs them at once."""
    sound(path)
    connection = apsw.Connection(str(path))
    connection.execute(
        "insert into erasure_journal (begun_at, scope, state) values ('', 'memory', 'deleted')"
    )
    connection.close()
    path.with_name(path.name + ".keys").write_text("not json")


CASES: dict[str, tuple[Callable[[Path], None], str]] = {
    "text": (text_file, "This file is not a database"),
    "foreign": (browsers_file, "This file belongs to another program"),
    "newer": (newer_file, "This file was made by a newer Recollect"),
    "damaged": (damaged_file, "The database is damaged"),
    "folder": (folder, "The file or its folder cannot be written"),
    "keys": (broken_keys, "The keys of the audit cannot be read"),
}


@pytest.mark.parametrize(
    ("case", "page"),
    [*((case, "chat") for case in CASES), *(("damaged", page) for page in PAGES[1:])],
)
def test_each_failure_has_a_page_of_its_own_instead_of_any_other(
    database: Path, case: str, page: str
) -> None:
    """A title, the path, numbered steps and “Try again”; no error box, no traceback."""
    make, title = CASES[case]
    make(database)
    before = {path: path.read_bytes() for path in database.parent.iterdir() if path.is_file()}

    screen = Screen().run().open(page)

    assert [shown.value for shown in screen.test.title] == [title]
    assert str(database) in screen.test.code[0].value
    assert "1. " in screen.words
    assert "Try again" in [button.label for button in screen.test.button]
    assert not screen.test.error
    assert not screen.test.sidebar.expander, "the sidebar needs a memory that is open"
    kept = {path: content for path, content in before.items() if path.suffix != ".db-wal"}
    assert {path: path.read_bytes() for path in kept} == kept


@pytest.mark.parametrize("case", ["text", "foreign"])
def test_try_again_opens_the_app_when_the_file_is_put_right(database: Path, case: str) -> None:
    """The failure is not kept anywhere."""
    CASES[case][0](database)
    screen = Screen().run()
    database.unlink()
    sound(database)

    screen.click("failure_again")

    assert [title.value for title in screen.test.title] == ["Chat"]
    assert "1 memory" in screen.words


def test_only_a_damaged_file_offers_what_can_be_read(database: Path) -> None:
    """Of another program's file nothing is anybody's business here."""
    browsers_file(database)
    assert not Screen().run().test.get("download_button")
    database.unlink()
    damaged_file(database)
    (button,) = Screen().run().test.get("download_button")
    assert button.proto.label == "Download what can be read"


def test_every_kind_of_failure_has_its_words() -> None:
    """A new kind would be shown by its bare sentence."""
    from memory import PassphraseNeeded, StoreUnavailable

    # what is only locked has a page of its own
    assert set(WORDS) == set(StoreUnavailable.__subclasses__()) - {PassphraseNeeded}
    assert set(WARNINGS) < set(WORDS)


# -- a disk that fills up while the app runs ------------------------------------------------


@pytest.fixture
def disk(database: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FullDisk]:
    """Under the app; what is hot expires at once, so that each page has something to clear."""
    import streamlit as st

    monkeypatch.setenv("RECOLLECT_HOT_TTL_SECONDS", "0")
    with full_disk() as disk:
        yield disk
        disk.room = None
        st.cache_resource.clear()  # closes the file while the disk is there


@pytest.fixture
def told(disk: FullDisk, screen: Screen, memory: Memory) -> Memory:
    """With something to clear away at the next page."""
    memory.observe(ME, "user", LIKES, conversation_id="first")
    return memory


@pytest.mark.parametrize("page", PAGES)
def test_a_full_disk_leaves_every_page_readable_under_one_warning(
    told: Memory, disk: FullDisk, screen: Screen, page: str
) -> None:
    """It says what it means and what to do, and goes when there is room."""
    disk.room = 0
    screen.open(page)

    (warning,) = screen.test.warning
    assert "The disk is full: nothing new is saved" in warning.value
    assert "Free some space" in warning.value
    assert [title.value for title in screen.test.title] == [page.capitalize()]
    assert not screen.test.error
    assert ("1 memory" if page in ("chat", "privacy") else LIKES) in screen.words

    disk.room = None
    assert not screen.run().test.warning


def test_a_full_disk_takes_no_action_by_half(told: Memory, disk: FullDisk, screen: Screen) -> None:
    """The reason shows where the button was pressed."""
    (item,) = told.items(ME)
    screen.open("inspector")
    disk.room = 0
    screen.click(f"inspector_pin_{item.id}")

    assert "The disk is full, so this was not saved." in screen.words
    disk.room = None
    assert not told.item(item.id).pinned


# -- models ---------------------------------------------------------------------------------


def test_without_the_embedding_model_the_text_comes_back_and_all_else_works(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Here its cache is a file, where a folder should be."""
    sound(database)
    (tmp_path / "cache").touch()
    monkeypatch.setattr(
        "memory.engine.MiniLMEmbedder", lambda _: MiniLMEmbedder(tmp_path / "cache")
    )
    screen = Screen().run().say("Which examples do I prefer?")

    (error,) = screen.test.error
    assert str(tmp_path / "cache") in error.value
    assert "RECOLLECT_CACHE" in error.value
    assert "Which examples do I prefer?" in [code.value for code in screen.test.code]
    for page, word in (("inspector", LIKES), ("forgetting", LIKES), ("privacy", "1 memory")):
        assert word in screen.open(page).words
        assert not screen.test.error


def test_no_failure_is_kept_in_the_session(database: Path) -> None:
    """Its traceback could hold what was being written."""
    damaged_file(database)
    screen = Screen().run()

    assert "DamagedDatabase" not in repr(dict(screen.test.session_state._state.filtered_state))
