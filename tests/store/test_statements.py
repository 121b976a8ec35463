"""What memories state, in their table: what took the place of what, and what stands in what."""

import itertools
from datetime import timedelta
from pathlib import Path

import apsw
import pytest

from memory.records import DataClass, Days, Doubt, Kind, Role, Statement, Status
from memory.store import Store
from memory.store.messages import NewMessage
from tests.fakes import NOON
from tests.store.conftest import Remember
from tests.store.test_migrations import make_older

LATER = [NOON + timedelta(days=days) for days in range(5)]
LOCATION = Statement("I live in “Berlin”.", 0, Kind.FACT, attribute="location", value="Berlin")
PROCEDURE = Statement(
    "To deploy:\n1. test\n2. push", 3, Kind.PROCEDURE, steps=("test", "push"), worked=False
)


def row(store: Store, remember: Remember, length: int) -> list[int]:
    """Memories, each superseded by the next."""
    ids = [remember(f"I live in {at}.", said_at=LATER[at]) for at in range(length)]
    for older, newer in itertools.pairwise(ids):
        store.statements.supersede(older, newer)
    return ids


def held(store: Store, ids: list[int]) -> list[int | None]:
    """By each that is there, the day until which it holds."""
    found = [store.memories.many([ident]) for ident in ids]
    return [item.valid_until and (item.valid_until - NOON).days for (item,) in filter(None, found)]


def set_status(store: Store, memory_id: int, status: Status) -> None:
    store.memories.set_status(memory_id, status, NOON)


@pytest.mark.parametrize("statement", [LOCATION, PROCEDURE, None])
def test_a_statement_reads_as_it_was_written(
    store: Store, remember: Remember, statement: Statement | None
) -> None:
    """With all that hangs on it."""
    days = Days(NOON.date(), LATER[2].date())
    ident = remember(
        "x", statement=statement, is_turn=True, happened=days, doubt=Doubt.ASKED, topic="t"
    )

    item = store.memories.get(ident)
    assert (item.statement, item.is_turn, item.happened) == (statement, True, days)
    assert (item.doubt, item.status, item.times_said) == (Doubt.ASKED, Status.PROPOSED, 1)
    store.statements.accept(ident)
    assert store.memories.get(ident).in_use


def test_on_a_topic_is_what_holds(store: Store, remember: Remember, person: int) -> None:
    """Oldest first by when it was said; not what is over, forgotten, or another's."""
    other = store.people.find_or_add("bob", NOON)
    late = remember("late", topic="a", said_at=LATER[2])
    early = remember("early", topic="a", said_at=LATER[1])
    waits = remember("waits", topic="a", said_at=LATER[3], doubt=Doubt.ASKED)
    gone = remember("gone", topic="a")
    over = remember("over", topic="a", expires_at=NOON)
    superseded = remember("superseded", topic="a")
    remember("another's", topic="a", person_id=other)
    remember("of something else", topic="b")
    set_status(store, gone, Status.FORGOTTEN)
    store.statements.supersede(superseded, late)

    found = [item.id for item in store.statements.on_topic(person, "a", NOON)]
    assert found == [early, late, waits]
    assert over not in found


# -- superseded -----------------------------------------------------------------------------


def test_what_is_superseded_held_until_the_other_was_said(store: Store, remember: Remember) -> None:
    """Each of a row until the next."""
    assert held(store, row(store, remember, 4)) == [1, 2, 3, None]


@pytest.mark.parametrize(
    ("forgotten", "expected"),
    [
        ([3], [1, 2, None, None]),
        ([1], [2, 2, 3, None]),
        ([1, 2], [3, 3, 3, None]),
        ([2, 1], [3, 3, 3, None]),
        ([1, 2, 3], [None, None, None, None]),
        ([3, 2, 1], [None, None, None, None]),
        ([1, 3, 2], [None, None, None, None]),
    ],
)
def test_what_is_forgotten_hands_down(
    store: Store, remember: Remember, forgotten: list[int], expected: list[int | None]
) -> None:
    """In whatever order; put back in any order, all is as it was."""
    ids = row(store, remember, 4)
    for place in forgotten:
        set_status(store, ids[place], Status.FORGOTTEN)
    assert held(store, ids) == expected

    for place in forgotten:
        set_status(store, ids[place], Status.ACTIVE)
    assert held(store, ids) == [1, 2, 3, None]


@pytest.mark.parametrize(
    ("erased", "expected"),
    [
        ([3], [1, 2, None]),
        ([1], [2, 3, None]),
        ([0], [2, 3, None]),
        ([1, 2], [3, None]),
        ([2, 3], [1, None]),
        ([1, 2, 3], [None]),
    ],
)
@pytest.mark.parametrize("forgotten_first", [False, True])
def test_what_is_erased_hands_down(
    store: Store,
    remember: Remember,
    person: int,
    erased: list[int],
    expected: list[int | None],
    forgotten_first: bool,
) -> None:
    """Several at once, too, and whether or not they were forgotten before."""
    ids = row(store, remember, 4)
    with store.transaction():
        if forgotten_first:
            for place in erased:
                set_status(store, ids[place], Status.FORGOTTEN)
        with store.selection.of([ids[place] for place in erased]):
            store.erasure.delete(person, remove_messages=False)

    assert held(store, ids) == expected


def test_an_archived_or_paused_one_holds_its_place(store: Store, remember: Remember) -> None:
    """It fades; nobody took it back."""
    ids = row(store, remember, 2)
    set_status(store, ids[1], Status.ARCHIVED)
    store.memories.set_paused(ids[1], True)

    assert held(store, ids) == [1, None]
    store.statements.hold_again(ids[0])
    assert held(store, ids) == [None, None]


# -- the same words -------------------------------------------------------------------------


def test_what_holds_the_same_words_is_found_both_ways(
    store: Store, remember: Remember, person: int
) -> None:
    """Of one message only, unless it was said again in a turn of another."""
    said = [message(store, person) for _ in range(2)]
    turn = remember("I like tea. I like milk.", source_message_id=said[0], is_turn=True)
    tea = remember("I like tea.", source_message_id=said[0], statement=LOCATION)
    milk = remember("I like milk.", source_message_id=said[0], statement=LOCATION)
    other = remember("Oh, I like tea. Bye.", source_message_id=said[1], is_turn=True)

    def beside(ident: int) -> list[int]:
        return [item.id for item in store.statements.overlapping(ident)]

    assert (beside(turn), beside(tea), beside(milk)) == ([tea, milk], [turn], [turn])
    store.statements.say_again(tea, LATER[1])
    assert (beside(tea), beside(milk), beside(other)) == ([turn, other], [turn], [])


def message(store: Store, person: int) -> int:
    new = NewMessage(Role.USER, "x", NOON, NOON, DataClass.INTERNAL, None)
    with store.transaction():
        return store.messages.add(person, store.conversations.open(person, "talk", NOON), new)


def test_what_is_selected_takes_the_same_words_and_their_merge(
    store: Store, remember: Remember, person: int
) -> None:
    """What is due goes by itself."""
    said = message(store, person)
    turn = remember("I like tea. I like milk.", source_message_id=said, is_turn=True)
    tea = remember("I like tea.", source_message_id=said)
    remember("I like milk.", source_message_id=said)
    whole = remember("I like tea. I like milk. I run.")
    store.memories.merge_into(turn, whole)

    counts = []
    for with_same_words in (True, False):
        selection = store.selection.of([tea], with_same_words=with_same_words)
        with store.transaction(), selection:
            counts.append(store.selection.counts(person, everything=False)["memories"])
    assert counts == [3, 1]


def test_a_turn_of_which_a_part_is_over_is_outdated(
    store: Store, remember: Remember, person: int
) -> None:
    """As of the day on which the new one was said."""
    said = message(store, person)
    turn = remember("I like tea. Hm.", source_message_id=said, is_turn=True)
    part = remember("I like tea.", source_message_id=said)
    newer = remember("I like milk.", said_at=LATER[2])
    store.statements.supersede(part, newer)

    assert store.statements.outdated([turn, part, newer], LATER[1]) == set()
    assert store.statements.outdated([turn, part, newer], LATER[2]) == {turn}


# -- an older file --------------------------------------------------------------------------

OLDER_ROWS = """
    insert into people values (1, 'me', '2026-03-01T12:00:00.000000+00:00');
    insert into conversations (id, person_id, name, created_at, updated_at)
    values (1, 1, 'talk', '2026-03-01T12:00:00.000000+00:00', '2026-03-01T12:00:00.000000+00:00');
    insert into messages (id, person_id, conversation_id, role, text, state, created_at, said_at)
    values (1, 1, 1, 'user', 'I like tea.', 'complete',
        '2026-03-01T12:00:00.000000+00:00', '2026-03-01T12:00:00.000000+00:00');
    insert into memories (person_id, kind, text, data_class, purpose, importance,
        importance_terms, status, created_at, said_at, source_message_id)
    select 1, kind, text, 'personal', 'personalization', 0.8, '{}', 'active',
        '2026-03-01T12:00:00.000000+00:00', '2026-03-01T12:00:00.000000+00:00', message
    from (select 'episode' as kind, 'I like tea.' as text, 1 as message
        union all select 'episode', 'Told as an episode.', null
        union all select 'fact', 'Told as a fact.', null);
    insert into memory_text (rowid, text) select id, text from memories;
"""


def test_an_older_file_gets_its_turns_and_no_statements(tmp_path: Path) -> None:
    """Only what came from a message is a turn; and what supersedes it is undone as anywhere."""
    older = tmp_path / "older.db"
    make_older(older, 4)
    connection = apsw.Connection(str(older))
    connection.execute(OLDER_ROWS)
    connection.close()

    store = Store(older)
    items = sorted(store.memories.all(1), key=lambda item: item.id)
    assert [item.is_turn for item in items] == [True, False, False]
    assert all(
        (item.statement, item.times_said, item.superseded_by, item.doubt, item.happened)
        == (None, 1, None, None, None)
        for item in items
    )
    store.statements.supersede(items[0].id, items[1].id)
    set_status(store, items[1].id, Status.FORGOTTEN)
    assert store.memories.get(items[0].id).valid_until is None
    store.close()
