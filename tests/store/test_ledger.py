"""Rows of the ledger: what they keep, and what is gone from them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from memory.records import (
    Answerer,
    CallPurpose,
    ContextReport,
    DataClass,
    Ending,
    KeptContext,
    Label,
    Latency,
    ModelPlace,
    MonthSpent,
    Pseudonym,
    Role,
    Tier,
    Usage,
)
from memory.store import Store
from memory.store.ledger import NewEntry
from memory.store.messages import NewMessage
from tests.fakes import NOON
from tests.store.conftest import Remember

ELSEWHERE = Answerer("example-1", "Example AI", ModelPlace.REMOTE)
NEW = NewEntry(NOON, CallPurpose.ANSWER, ELSEWHERE, Ending.COMPLETE, Usage(100, 10), 0.5)


def say(store: Store, person: int) -> int:
    conversation = store.conversations.open(person, "work", NOON)
    new = NewMessage(Role.ASSISTANT, "Tea.", NOON, NOON, DataClass.PERSONAL, expires_at=None)
    return store.messages.add(person, conversation, new)


def test_a_row_reads_as_it_was_written(store: Store, person: int, remember: Remember) -> None:
    """Every field of it."""
    tea, message = remember("I like tea."), say(store, person)
    new = replace(
        NEW,
        usage=Usage(100, 10, counted_by_model=True),
        message_id=message,
        history_tokens=900,
        masked=3,
        memories=4,
        memory_ids=(tea, tea + 9),
        sections={"memories": 40, "instructions": 60},
        seconds={Latency.RECALL: 0.25, Latency.FIRST_WORD: 1.5},
        tiers=(Tier.HOT, Tier.COLD),
    )

    ident = store.ledger.add(person, new)

    (entry,) = store.ledger.find(person)
    assert (entry.id, entry.at, entry.purpose, entry.ending) == (
        ident,
        NOON,
        CallPurpose.ANSWER,
        Ending.COMPLETE,
    )
    assert (entry.provider, entry.model, entry.place) == ("Example AI", "example-1", "remote")
    assert (entry.context_tokens, entry.answer_tokens, entry.counted_by_model) == (100, 10, True)
    assert (entry.cost, entry.history_tokens, entry.masked, entry.memories) == (0.5, 900, 3, 4)
    assert (entry.message_id, entry.memory_ids) == (message, (tea,))
    assert list(entry.sections.items()) == [("memories", 40), ("instructions", 60)]
    assert entry.seconds == {Latency.RECALL: 0.25, Latency.FIRST_WORD: 1.5}
    assert entry.tiers == (Tier.HOT, Tier.COLD)
    assert entry.tokens_saved == 800


def test_what_is_gone_by_then_is_not_named(store: Store, person: int, remember: Remember) -> None:
    """A memory, and an answer whose place stands empty: the row is written all the same."""
    tea, message = remember("I like tea."), say(store, person)
    with store.transaction(), store.selection.of([tea], [message]):
        store.erasure.delete(person, remove_messages=False)

    store.ledger.add(person, replace(NEW, message_id=message, memories=1, memory_ids=(tea,)))

    (entry,) = store.ledger.find(person)
    assert (entry.message_id, entry.memory_ids, entry.memories) == (None, (), 1)


@pytest.mark.parametrize("remove", [False, True])
def test_an_erased_answer_and_memory_go_from_their_row(
    store: Store, person: int, remember: Remember, remove: bool
) -> None:
    """Whether the message keeps its empty place or not; the numbers stay."""
    tea, coffee, message = remember("I like tea."), remember("I like coffee."), say(store, person)
    new = replace(NEW, message_id=message, memories=2, memory_ids=(tea, coffee))
    store.ledger.add(person, new)

    with store.transaction(), store.selection.of([tea], [message]):
        assert store.selection.counts(person, everything=False)["ledger"] == 1
        assert store.selection.sent() == 1
        store.erasure.delete(person, remove_messages=remove)

    (entry,) = store.ledger.find(person)
    assert (entry.message_id, entry.memory_ids, entry.memories) == (None, (coffee,), 2)
    assert store.ledger.of_answer(person, message) is None
    assert store.ledger.find(person, memory_id=tea) == []
    assert store.ledger.count(person, memory_id=coffee) == 1


def test_a_call_counts_once_however_much_of_it_goes(
    store: Store, person: int, remember: Remember
) -> None:
    """And only where it went elsewhere."""
    tea, coffee, message = remember("I like tea."), remember("I like coffee."), say(store, person)
    new = replace(NEW, message_id=message, memory_ids=(tea, coffee))
    store.ledger.add(person, new)
    here = Answerer("tiny", "Ollama", ModelPlace.LOCAL)
    store.ledger.add(person, replace(new, by=here, message_id=None))

    with store.transaction(), store.selection.of([tea, coffee], [message]):
        assert store.selection.sent() == 1


def test_looking_up_needs_no_scan(store: Store) -> None:
    """Erasing looks for every memory and message that goes: each is found by an index."""
    for sql in (
        "delete from ledger_memories where memory_id = 1",
        "update ledger set message_id = null where message_id = 1",
        "select sum(cost) from ledger where person_id = 1 and at >= 'a' and at < 'b'",
        "select * from ledger where person_id = 1 order by at desc, id desc limit 9",
    ):
        plan = " ".join(row[3] for row in store.database.rows(f"explain query plan {sql}"))
        assert "SEARCH" in plan, sql
        assert "SCAN" not in plan, sql
        assert "TEMP B-TREE" not in plan, sql


def test_a_month_is_summed_from_its_first_moment_to_before_its_last(
    store: Store, person: int
) -> None:
    """Without what the built-in answerer said, which is no call."""
    end = NOON + timedelta(days=1)
    remote = replace(NEW, history_tokens=700)
    built_in = Answerer("built-in answerer", "Recollect", ModelPlace.BUILT_IN)
    for new in (
        replace(remote, at=NOON - timedelta(microseconds=1)),
        remote,
        replace(remote, cost=None, history_tokens=40),
        replace(remote, by=Answerer("tiny", "Ollama", ModelPlace.LOCAL), cost=0.0),
        replace(NEW, by=built_in, usage=Usage(0, 0), cost=0.0),
        replace(remote, at=end),
    ):
        store.ledger.add(person, new)

    assert store.ledger.month(person, date(2026, 3, 1), NOON, end) == MonthSpent(
        month=date(2026, 3, 1),
        calls=3,
        calls_elsewhere=2,
        context_tokens=300,
        answer_tokens=30,
        tokens_saved=1_200,
        cost=0.5,
        unpriced=1,
    )
    assert store.ledger.spent(person, NOON, end) == 0.5
    assert store.ledger.reaches(person) == (NOON - timedelta(microseconds=1), end)
    assert store.ledger.audited(person) == 4


def test_what_was_said_is_measured_without_what_is_erased(store: Store, person: int) -> None:
    """In bytes, of one person; one message may be left out."""
    first, second = say(store, person), say(store, person)
    say(store, store.people.find_or_add("other", NOON))
    assert store.holdings.said_bytes(person) == 2 * len("Tea.")
    assert store.holdings.said_bytes(person, but=second) == len("Tea.")

    with store.transaction(), store.selection.of([], [first]):
        store.erasure.delete(person, remove_messages=False)

    assert store.holdings.said_bytes(person, but=second) == 0


def test_pseudonyms_are_kept_with_what_was_sent_and_go_with_it(store: Store, person: int) -> None:
    """As the values are written: an erasure finds their bytes."""
    message = say(store, person)
    kept = KeptContext(
        (),
        ContextReport((), (), 0, 0),
        NOON,
        NOON + timedelta(days=7),
        (Pseudonym("[NAME_1]", Label.NAME, "Zoë “Quokka” Ðrew"),),
    )
    store.contexts.add(message, kept, (), ())

    assert store.contexts.get(message, NOON) == kept
    assert store.contexts.masked_values(person) == {message: ["Zoë “Quokka” Ðrew"]}
    assert "Zoë “Quokka” Ðrew" in store.database.value("select pseudonyms from contexts")
    with store.transaction(), store.selection.of([], [message]):
        store.erasure.delete(person, remove_messages=False)
    assert store.contexts.masked_values(person) == {}
