"""What was imported: its rows go with what they tell of."""

from pathlib import Path

import pytest

from memory.records import ChatFormat, DataClass, Role
from memory.store import Store
from memory.store.messages import NewMessage
from tests.fakes import NOON
from tests.store.test_migrations import make_older

ELEVENTH = 11
SOURCE = b"a keyed hash of thirty-two bytes"


def say(store: Store, person: int, name: str = "chatgpt/tea") -> tuple[int, int]:
    """A conversation and a message in it, by their rows."""
    conversation = store.conversations.open(person, name, NOON)
    new = NewMessage(Role.USER, "I like tea.", NOON, NOON, DataClass.INTERNAL, expires_at=None)
    return conversation, store.messages.add(person, conversation, new)


@pytest.fixture
def brought_in(store: Store, person: int) -> tuple[int, int, int]:
    """An import, its conversation and its message."""
    conversation, message = say(store, person)
    ident = store.chat_imports.begin(person, ChatFormat.CHATGPT, NOON)
    store.chat_imports.add_conversation(ident, conversation)
    store.chat_imports.add_message(person, ident, SOURCE, message)
    return ident, conversation, message


def test_what_is_here_is_known_by_its_source(
    store: Store, person: int, brought_in: tuple[int, int, int]
) -> None:
    """To the person it came to, and to nobody else."""
    ident, conversation, message = brought_in
    other = store.people.find_or_add("other", NOON)

    assert store.chat_imports.known(person) == store.chat_imports.sources(ident) == {SOURCE}
    assert store.chat_imports.is_known(person, SOURCE)
    assert not store.chat_imports.is_known(other, SOURCE)
    assert store.chat_imports.began(conversation)
    assert store.chat_imports.messages(ident) == [message]
    assert store.chat_imports.conversations(ident) == [conversation]


def test_a_conversation_in_which_more_was_said_is_not_the_imports_alone(
    store: Store, person: int, brought_in: tuple[int, int, int]
) -> None:
    """What the person said since is theirs."""
    ident, _, _ = brought_in
    say(store, person)

    assert store.chat_imports.conversations(ident) == []


def test_an_import_is_stopped_until_it_has_ended(
    store: Store, person: int, brought_in: tuple[int, int, int]
) -> None:
    """Only of the same format."""
    ident, _, _ = brought_in
    assert store.chat_imports.stopped(person, ChatFormat.CHATGPT) == [ident]
    assert store.chat_imports.stopped(person, ChatFormat.CLAUDE) == []

    store.chat_imports.end(ident, NOON)

    assert store.chat_imports.stopped(person, ChatFormat.CHATGPT) == []
    (told,) = store.chat_imports.all(person)
    assert (told.conversations, told.messages, told.memories) == (1, 1, 0)
    assert told.ended_at == NOON


@pytest.mark.parametrize(
    ("deleted", "left"),
    [
        ("delete from messages", {"imports": 1, "imported": 0, "imported_conversations": 1}),
        ("delete from conversations", {"imports": 1, "imported": 0, "imported_conversations": 0}),
        ("delete from imports", {"imports": 0, "imported": 0, "imported_conversations": 0}),
        ("delete from people", {"imports": 0, "imported": 0, "imported_conversations": 0}),
    ],
)
def test_a_row_goes_with_what_it_tells_of(
    store: Store, brought_in: tuple[int, int, int], deleted: str, left: dict[str, int]
) -> None:
    """So that nothing tells of what was erased."""
    store.database.run(deleted)

    counts = {table: store.database.value(f"select count(*) from {table}") for table in left}  # noqa: S608
    assert counts == left


def test_an_older_file_has_imported_nothing(tmp_path: Path) -> None:
    """Its conversations are the person's own."""
    older = tmp_path / "older.db"
    make_older(older, ELEVENTH)
    store = Store(older)
    person = store.people.find_or_add("me", NOON)
    conversation, _ = say(store, person)

    assert store.chat_imports.all(person) == []
    assert not store.chat_imports.began(conversation)
    store.close()
