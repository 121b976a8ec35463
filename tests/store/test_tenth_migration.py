"""A file of before uses were kept one by one, sweeps and absences: what of it is known now."""

from datetime import datetime, timedelta
from pathlib import Path

import apsw
import pytest

from memory.records import Status, UseKind
from memory.store import Store
from memory.store.columns import from_time
from tests.fakes import NOON
from tests.store.test_migrations import make_older

NINTH = 9
MEMORY = """
    insert into memories (id, person_id, kind, text, data_class, purpose, importance,
        importance_terms, status, pinned, created_at, said_at, access_count, last_accessed_at)
    values (?, 1, 'fact', ?, 'internal', 'personalization', 0.8, '{}', ?, ?, ?, ?, ?, ?)
"""
ACCESS = """
    insert into accesses (memory_id, message_id, at, score, similarity, terms, reason)
    values (?, ?, ?, 1, 1, '{}', '')
"""
MESSAGE = """
    insert into messages (id, person_id, conversation_id, role, text, state, created_at, said_at)
    values (?, 1, 1, 'assistant', 'Tea.', 'complete', ?, ?)
"""


def day(number: float) -> datetime:
    return NOON + timedelta(days=number)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Memories used in answers that are there, in answers that are gone, never, and pinned."""
    older = tmp_path / "older.db"
    make_older(older, NINTH)
    connection = apsw.Connection(str(older))
    at = from_time(NOON)
    connection.execute("insert into people (id, user_id, created_at) values (1, 'me', ?)", (at,))
    connection.execute("insert into people (id, user_id, created_at) values (2, 'you', ?)", (at,))
    connection.execute(
        "insert into conversations (id, person_id, name, created_at, updated_at)"
        " values (1, 1, 'work', ?, ?)",
        (at, at),
    )
    for ident, count, last in ((1, 2, 9), (2, 3, 5), (3, 0, None), (4, 0, None)):
        used = None if last is None else from_time(day(last))
        status = "forgotten" if ident == 3 else "active"
        row = (ident, f"Text {ident}", status, ident == 4, at, at, count, used)
        connection.execute(MEMORY, row)
    for message in (1, 2):
        connection.execute(MESSAGE, (message, from_time(day(20)), from_time(day(20))))
    # the first was noted and did not count; of as many as counted, the latest are taken
    for message, number in ((1, 1), (None, 8), (2, 9)):
        connection.execute(ACCESS, (1, message, from_time(day(number))))
    connection.close()
    return older


def test_the_uses_that_are_known_are_kept_from_then_on(path: Path) -> None:
    """As many as counted, the latest; of those that went with their answers, the last."""
    store = Store(path)
    assert store.uses.times(1) == [(day(8), UseKind.LISTED), (day(9), UseKind.ANSWER)]
    assert store.uses.times(2) == [(day(5), UseKind.ANSWER)]
    assert store.uses.times(3) == store.uses.times(4) == []
    store.close()


def test_nothing_is_lost_or_made_up(path: Path) -> None:
    """Memories and what answers were built on are as they were; nothing is archived or swept."""
    store = Store(path)
    items = {item.id: item for item in store.memories.all(1)}
    assert [items[ident].text for ident in (1, 2, 3, 4)] == [f"Text {n}" for n in (1, 2, 3, 4)]
    assert (items[1].access_count, items[2].access_count) == (2, 3)
    assert items[3].status is Status.FORGOTTEN
    assert (items[4].pinned, items[4].pinned_at) == (True, None)
    assert all(item.archived_at is None for item in items.values())
    assert len(store.uses.of_memory(1, 10)) == 3
    assert (store.sweeps.all(1), store.absences.all(1)) == ([], [])
    assert store.sweeps.last_at(1, day(100)) is None
    store.close()


def test_who_was_there_last_said_or_used_something_last(path: Path) -> None:
    """The latest of all that is stamped; who did nothing, when they came."""
    store = Store(path)
    assert store.people.last_seen(1) == day(20)
    assert store.people.last_seen(2) == NOON
    assert store.people.last_seen(3) is None
    store.close()


def test_what_was_pinned_before_is_pinned_at_any_time(path: Path) -> None:
    """It is not known since when: as of each day that it was there."""
    store = Store(path)
    for until in (None, day(1)):
        histories = store.fading.of_person(1, day(30), until)
        assert dict(zip(histories.ids.tolist(), histories.pinned.tolist(), strict=True)) == {
            1: False,
            2: False,
            4: True,
        }
    store.close()
