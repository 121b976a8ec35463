"""A disk that fills up at any write: nothing is half written, and all works when there is room."""

import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

import pytest

from memory.engine import Memory
from memory.errors import DiskFull
from memory.records import PERSONALIZATION, ErasureReceipt, MemoryItem
from memory.settings import Settings
from tests.fakes import FakeEmbedder, FakeLanguage, FixedClock
from tests.flow.on_disk import left_of
from tests.store.full_disk import FullDisk, full_disk

TOLD = "My name is Maya and I like tea from Darjeeling."
LIKES = "I decided to use PostgreSQL for the Apollo project in Berlin."


@dataclass
class Room:
    """A memory on a disk that can fill up, with one item in it."""

    memory: Memory
    disk: FullDisk
    item: MemoryItem

    def check(self) -> None:
        """The file is whole, each memory is in every place it lives, and the audit holds."""
        database = self.memory._store.database
        assert database.value("pragma integrity_check") == "ok"
        memories = database.rows("select id from memories order by id")
        assert database.rows("select memory_id from memory_vectors order by 1") == memories
        database.run("insert into memory_text (memory_text, rank) values ('integrity-check', 1)")
        assert database.rows("select id from memory_text_docsize order by id") == memories
        assert self.memory.verify_audit().state == "intact"

    def content(self) -> list[object]:
        """Everything that an action could have left behind."""
        memory = self.memory
        listed = (memory.items, memory.conversations, memory.profile, memory.entities)
        chats = [memory.messages(c.id) for c in memory.conversations("me")]
        return [*(each("me") for each in listed), chats, memory.consents("me"), memory.audit()]


def parts() -> dict[str, object]:
    return {"clock": FixedClock(), "embedder": FakeEmbedder(), "language": FakeLanguage()}


@contextmanager
def opened(settings: Settings) -> Iterator[Room]:
    with full_disk() as disk, Memory.open(settings, **parts()) as memory:
        memory.grant("me", PERSONALIZATION)
        yield Room(memory, disk, memory.remember("me", TOLD))
        disk.room = None


@pytest.fixture
def room(settings: Settings) -> Iterator[Room]:
    with opened(settings) as its_room:
        yield its_room


ACTIONS: dict[str, Callable[[Memory, MemoryItem], object]] = {
    "observe": lambda memory, _: memory.observe("me", "user", LIKES),
    "remember": lambda memory, _: memory.remember("me", LIKES),
    "edit": lambda memory, item: memory.edit(item.id, LIKES),
    "forget": lambda memory, item: memory.forget(item.id),
    "pin": lambda memory, item: memory.pin(item.id),
    "grant": lambda memory, _: memory.grant("me", "sensitive"),
    "recall": lambda memory, _: memory.recall("me", "tea"),
    "instructions": lambda memory, _: memory.set_instructions("me", "Be short."),
}


@pytest.mark.parametrize("action", ACTIONS)
def test_a_disk_full_at_any_write_leaves_all_or_nothing(room: Room, action: str) -> None:
    """With no room, with room for one write, for two, until there is enough."""
    before = room.content()

    for writes in itertools.count():
        room.disk.room, room.disk.refused = writes, 0
        try:
            ACTIONS[action](room.memory, room.item)
        except DiskFull:
            room.disk.room = None
            assert room.content() == before
            room.check()
        else:
            break

    assert writes > 0, "nothing was written, so nothing is proven"
    assert room.disk.refused == 0
    room.disk.room = None
    room.check()


def test_an_export_needs_no_room(room: Room) -> None:
    """What is held can be had on a full disk, too; only the audit lacks it."""
    before = room.memory.audit()
    room.disk.room = 0

    assert room.memory.export("me")

    assert room.disk.refused
    assert room.memory.audit() == before
    room.disk.room = None
    room.check()


# -- erasures -------------------------------------------------------------------------------

ERASURES: dict[str, Callable[[Memory, MemoryItem], ErasureReceipt]] = {
    "memory": lambda memory, item: memory.erase("me", memory=item.id),
    "everything": lambda memory, _: memory.erase("me"),
    "purpose": lambda memory, _: memory.erase("me", purpose=PERSONALIZATION),
    "withdrawal": lambda memory, _: memory.revoke("me", PERSONALIZATION),
}
TENTHS = range(11)


@pytest.fixture(scope="module")
def writes_of(tmp_path_factory: pytest.TempPathFactory) -> dict[str, int]:
    """How many writes each erasure takes; they are a thousand, too many to fail at each."""
    counts = {}
    for name, erase in ERASURES.items():
        with opened(Settings(database=tmp_path_factory.mktemp(name) / "recollect.db")) as room:
            before = room.disk.written
            erase(room.memory, room.item)
            counts[name] = room.disk.written - before
    return counts


@pytest.mark.parametrize("tenths", TENTHS)
@pytest.mark.parametrize("name", ERASURES)
def test_an_erasure_on_a_disk_that_fills_up_is_taken_back_or_finished_later(
    settings: Settings, writes_of: dict[str, int], name: str, tenths: int
) -> None:
    """Until the rows are gone nothing is, the consent included; from then on the rest is pending,
    and goes as soon as there is room."""
    with opened(settings) as room:
        memory = room.memory
        room.disk.room = min(writes_of[name] * tenths // 10, writes_of[name] - 1)
        with suppress(DiskFull):
            receipt = ERASURES[name](memory, room.item)
            assert not receipt.verified
            assert "the disk is full" in receipt.pending
        assert room.disk.refused
        room.disk.room = None
        room.check()
        if memory.items("me"):
            assert memory.items("me") == [room.item]
            assert [consent.revoked_at for consent in memory.consents("me")] == [None]
            assert ERASURES[name](memory, room.item).verified
        else:
            assert memory.check().pending_erasures == 1
            memory.expire()
        assert memory.check().pending_erasures == 0
        assert left_of([TOLD], settings.database) == []
