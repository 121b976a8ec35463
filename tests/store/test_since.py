"""A copy beside the file of today: every table is thought of, so that nothing erased comes back."""

import re
from contextlib import closing
from pathlib import Path

import pytest

from memory.store import Store
from memory.store.since import DELETIONS, GROWING, KEYS, Since
from tests.fakes import NOON

OF_SQLITE = ("sqlite_", "memory_text", "memory_vectors")
"""Beginnings of tables that SQLite and its extensions keep, or that go with their memory."""
WITH_ANOTHER = {
    # with a memory or a message
    *("accesses", "access_times", "answers", "model_readings", "profile_fields"),
    *("entity_mentions", "relations", "ledger_memories"),
    # with a message, a memory, or a conversation
    *("imported", "imported_conversations"),
    # with a kept context, or a summary
    *("context_messages", "context_sources", "summary_messages"),
    # when nothing names them any more
    *("entities", "entity_names"),
}
NOTHING_ERASABLE = {
    "consents": "those of today take their place",
    "hot_cache": "all of it goes: it lasts for an hour",
    "embedding_models": "a model's name",
    "class_rules": "numbers by words of ours",
    "label_rules": "numbers by words of ours",
    "sweeps": "numbers",
    "absences": "days",
}


def tables_of(statements: dict[str, str]) -> set[str]:
    words = r"(?:from|update) (\w+)"
    return {match for sql in statements.values() for match in re.findall(words, sql)}


def test_every_table_is_thought_of(store: Store) -> None:
    """A new one either has keys here, or goes with something that has, or holds nothing that is
    erased: say which."""
    rows = store.database.rows("select name from sqlite_schema where type = 'table'")
    tables = {row[0] for row in rows if not row[0].startswith(OF_SQLITE)}

    known = tables_of(KEYS) | set(GROWING) | WITH_ANOTHER | set(NOTHING_ERASABLE)
    assert tables == known


def test_what_is_gone_by_itself_is_deleted_by_itself() -> None:
    """All but what the selection of an erasure takes."""
    assert set(KEYS) - set(DELETIONS) == {"memories", "messages", "summaries", "contexts"}


TOLD = {
    "audit": (
        "insert into audit (at, action, subject, counts, link) values ('', 'x', '', '{}', ?)",
        "select * from audit order by id",
    ),
    "erasures": (
        "insert into erasure_journal (begun_at, scope, state) values ('', ?, 'done')",
        "select * from erasure_journal order by id",
    ),
}


@pytest.mark.parametrize("what", TOLD)
def test_what_was_done_since_stays_told(tmp_path: Path, what: str) -> None:
    """In its order, with its ids."""
    insert, rows = TOLD[what]
    with closing(Store(tmp_path / "copy.db")) as copy, closing(Store(tmp_path / "now.db")) as now:
        for store, links in ((copy, "a"), (now, "abc")):
            store.people.find_or_add("me", NOON)
            for link in links:
                store.database.run(insert, (link,))

        Since(copy.database, now.database).carry_over()

        assert copy.database.rows(rows) == now.database.rows(rows)
