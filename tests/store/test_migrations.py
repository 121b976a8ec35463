"""Opening brings any older file to the newest schema, once."""

from pathlib import Path

import apsw

from memory.records import EntityType, Neighbours
from memory.store import Store
from memory.store.migrations import MIGRATIONS
from memory.store.opening import APPLICATION_ID
from memory.store.said import Within
from tests.fakes import DIMENSION, NOON

NEWEST = MIGRATIONS[-1].number


def test_migrations_are_numbered_in_order_and_say_why() -> None:
    """A step that is skipped or done twice would go unnoticed otherwise."""
    assert [migration.number for migration in MIGRATIONS] == list(range(1, NEWEST + 1))
    assert all(migration.why for migration in MIGRATIONS)


def test_a_fresh_file_reaches_the_newest_schema(store: Store) -> None:
    """And is marked as this program's."""
    assert store.database.value("pragma user_version") == NEWEST
    assert store.database.value("pragma application_id") == APPLICATION_ID


def test_reopening_changes_nothing(path: Path) -> None:
    """Not a byte of a file that is up to date."""
    first = Store(path)
    first.vectors.use_model("fake", DIMENSION)
    first.close()
    before = path.read_bytes()

    second = Store(path)
    second.vectors.use_model("fake", DIMENSION)
    second.close()

    assert path.read_bytes() == before


def test_every_step_can_be_the_one_a_file_is_at(tmp_path: Path) -> None:
    """A file left at any earlier step ends with the same schema as a fresh one."""
    Store(tmp_path / "fresh.db").close()
    for migration in MIGRATIONS:
        older = tmp_path / f"{migration.number}.db"
        make_older(older, migration.number)
        Store(older).close()
        assert schema(older) == schema(tmp_path / "fresh.db")


def make_older(path: Path, number: int) -> None:
    """A file as the program left it when ``number`` was its newest step."""
    from memory.store.connection import Database

    database = Database(path)
    with database.transaction():
        for migration in MIGRATIONS[:number]:
            migration.apply(database)
        database.run(f"pragma user_version = {number}")
        database.run(f"pragma application_id = {APPLICATION_ID}")
    database.close()


def schema(path: Path) -> set[tuple[str, str]]:
    connection = apsw.Connection(str(path))
    rows = connection.execute("select name, coalesce(sql, '') from sqlite_schema").fetchall()
    connection.close()
    return set(rows)


def test_keys_are_integers(store: Store) -> None:
    """A text key would stay readable in the index pages after an erasure."""
    tables = store.database.rows(
        "select name from sqlite_schema where type = 'table' and sql like '%primary key%'"
        " and name not like 'memory_%'"
    )
    for (table,) in tables:
        columns = store.database.rows("select name, type, pk from pragma_table_info(?)", (table,))
        keys = [(name, kind) for name, kind, place in columns if place]
        assert keys[0][1] == "INTEGER", table


def test_an_older_file_keeps_its_rows(tmp_path: Path) -> None:
    """What the first schema held reads as it did, in use, remembered and not replaced."""
    older = tmp_path / "older.db"
    make_older(older, 1)
    connection = apsw.Connection(str(older))
    connection.execute(FIRST_ROWS)
    connection.close()

    store = Store(older)

    (item,) = store.memories.all(1)
    assert (item.text, item.in_use, item.merged_into) == ("I like tea.", True, None)
    (message,) = store.messages.in_conversation(1, NOON)
    assert (message.text, message.replaced_at) == ("I like tea.", None)
    assert store.conversations.all(1)[0].remembers
    assert store.full_text.best(1, ["tea"], 5, NOON) == [item.id]
    store.close()


def test_turns_of_an_older_file_follow_each_other(tmp_path: Path) -> None:
    """Within a conversation, in the order they were kept, and not over more than an hour."""
    older = tmp_path / "older.db"
    make_older(older, 3)
    connection = apsw.Connection(str(older))
    connection.execute(FIRST_PEOPLE)
    for ident, (kind, place, minute) in enumerate(TURNS, start=1):
        said_at = f"2026-03-01T{12 + minute // 60}:{minute % 60:02}:00.000000+00:00"
        connection.execute(TURN, {"id": ident, "kind": kind, "place": place, "said_at": said_at})
    connection.close()

    store = Store(older)

    follows = dict(store.database.rows("select id, follows from memories"))
    assert follows == {1: None, 2: 1, 3: None, 4: 2, 5: None, 6: None, 7: None, 8: None, 9: 7}
    neighbours = store.memories.neighbours(1, [2], NOON, None)
    assert neighbours == {2: Neighbours(before=(1,), after=(4,))}
    store.close()


TURNS = (
    ("episode", 1, 0),
    ("episode", 1, 30),
    # of another conversation
    ("episode", 2, 31),
    # an hour later to the minute
    ("episode", 1, 90),
    # more than an hour
    ("episode", 1, 151),
    # told outright, in no conversation
    ("episode", None, 152),
    # said before what was kept before it
    ("episode", 1, 100),
    # no turn
    ("fact", 1, 101),
    ("episode", 1, 102),
)
TURN = """
    insert into memories (id, person_id, kind, text, data_class, purpose, importance,
        importance_terms, status, created_at, said_at, conversation_id)
    values (:id, 1, :kind, 'text', 'internal', 'personalization', 0.8, '{}', 'active', :said_at,
        :said_at, :place)
"""
FIRST_PEOPLE = """
    insert into people values (1, 'me', '2026-03-01T12:00:00.000000+00:00');
    insert into consents values (1, 1, 'personalization', '2026-11',
        '2026-03-01T12:00:00.000000+00:00', null);
    insert into conversations (id, person_id, name, created_at, updated_at) values
        (1, 1, 'work', '2026-03-01T12:00:00.000000+00:00', '2026-03-01T12:00:00.000000+00:00'),
        (2, 1, 'home', '2026-03-01T12:00:00.000000+00:00', '2026-03-01T12:00:00.000000+00:00');
"""
FIRST_ROWS = """
    insert into people values (1, 'me', '2026-03-01T12:00:00.000000+00:00');
    insert into consents values (1, 1, 'personalization', '2026-11',
        '2026-03-01T12:00:00.000000+00:00', null);
    insert into conversations values (1, 1, 'work', '', '2026-03-01T12:00:00.000000+00:00',
        '2026-03-01T12:00:00.000000+00:00');
    insert into messages values (1, 1, 1, 'user', null, 'I like tea.', 'complete', '[]', '',
        '2026-03-01T12:00:00.000000+00:00', '2026-03-01T12:00:00.000000+00:00');
    insert into memories (person_id, kind, text, data_class, purpose, importance,
        importance_terms, status, created_at, said_at, source_message_id, conversation_id)
    values (1, 'episode', 'I like tea.', 'personal', 'personalization', 0.8, '{}', 'active',
        '2026-03-01T12:00:00.000000+00:00', '2026-03-01T12:00:00.000000+00:00', 1, 1);
    insert into memory_text (rowid, text) values (1, 'I like tea.');
"""


def test_an_older_file_keeps_its_entities(tmp_path: Path) -> None:
    """Each with its id, its name and its mentions; an id of one that was erased stays unused."""
    older = tmp_path / "older.db"
    make_older(older, 4)
    connection = apsw.Connection(str(older))
    connection.execute(FIRST_ENTITIES)
    connection.close()

    store = Store(older)

    (tea,) = store.entities.all(Within(1, NOON))
    assert (tea.id, tea.name, tea.type, tea.mention_count) == (2, "Tea", EntityType.CONCEPT, 1)
    assert (tea.aliases, tea.attributes, tea.first_mentioned_at) == ((), {}, NOON)
    assert store.entities.places(tea.id) == ([1], [])
    assert store.entities.add(1, EntityType.PERSON) == 10
    store.close()


FIRST_ENTITIES = """
    insert into people values (1, 'me', '2026-03-01T12:00:00.000000+00:00');
    insert into memories (person_id, kind, text, data_class, purpose, importance,
        importance_terms, status, created_at, said_at)
    values (1, 'fact', 'I like tea.', 'personal', 'personalization', 0.8, '{}', 'active',
        '2026-03-01T12:00:00.000000+00:00', '2026-03-01T12:00:00.000000+00:00');
    insert into entities values (2, 1, 'Tea', 'concept'), (9, 1, 'Milk', 'concept');
    delete from entities where id = 9;
    insert into entity_mentions values (1, 2, null, 1, '2026-03-02T12:00:00.000000+00:00');
"""
