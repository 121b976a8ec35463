"""What each answer took: a row of numbers for every one, and never a text."""

import contextlib
from datetime import date

import pytest

from memory.engine import Memory
from memory.errors import (
    AnswerBrokenOff,
    AppError,
    ConsentRequired,
    EmptyAnswer,
    KeyMissing,
    KeyRefused,
    ModelNotConnected,
    ModelUnavailable,
    NotFound,
)
from memory.flow.reply import Reply
from memory.flow.sending import recording
from memory.records import (
    PERSONALIZATION,
    REMOTE_MODEL,
    Answerer,
    CallPurpose,
    Ending,
    Latency,
    LedgerEntry,
    ModelPlace,
    Price,
    Tier,
    Usage,
)
from memory.settings import Settings
from tests.fakes import NOON, AtOnce, FakeModel, FakeReader, FixedClock
from tests.flow.charged import PRICE, ChargedModel
from tests.flow.conftest import OpenMemory
from tests.flow.test_clock import berlin as berlin
from tests.flow.test_earlier import Summariser, talk
from tests.flow.test_earlier import small as small
from tests.flow.test_full_disk import parts
from tests.store.full_disk import full_disk

TEA = "I prefer green tea over any other tea in the morning."
QUESTION = "Which tea do I prefer?"
BY_MEMORY = Answerer("built-in answerer", "Recollect", ModelPlace.BUILT_IN)


@pytest.fixture
def memory(memory: Memory) -> Memory:
    memory.grant("me", REMOTE_MODEL)
    return memory


def answered(
    memory: Memory, model: FakeModel | None, text: str = QUESTION, **more: object
) -> Reply:
    reply = memory.respond("me", text, model=model, **more)  # type: ignore[arg-type]
    with contextlib.suppress(ModelUnavailable):
        reply.read()
    return reply


def only(memory: Memory) -> LedgerEntry:
    (entry,) = memory.ledger("me")
    return entry


# -- answers ------------------------------------------------------------------------------------


def test_an_answer_of_a_model_is_told_with_all_it_took(memory: Memory, clock: FixedClock) -> None:
    """To the token and the cent, as its provider counted."""
    tea = memory.remember("me", TEA).id
    clock.advance(minutes=5)
    reply = answered(memory, ChargedModel(tells=Usage(1_000, 20, counted_by_model=True)))

    entry = only(memory)
    assert (entry.at, entry.purpose, entry.ending) == (
        clock.now,
        CallPurpose.ANSWER,
        Ending.COMPLETE,
    )
    assert (entry.provider, entry.model, entry.place) == ("Example AI", "example-1", "remote")
    assert entry.message_id == reply.message_id
    assert (entry.context_tokens, entry.answer_tokens, entry.counted_by_model) == (1_000, 20, True)
    assert entry.cost == pytest.approx(1_000 * 0.000_002 + 20 * 0.000_010)
    assert (entry.memories, entry.memory_ids) == (1, (tea,))
    sent = reply.sent
    assert sent is not None
    assert entry.sections == {each.name: each.tokens for each in sent.report.sections}
    assert entry.sections["memories"] > 0
    assert entry.tiers == (Tier.COLD,)
    assert memory.ledger_of("me", reply.message_id or 0) == entry


def test_what_no_server_counts_is_counted_here(memory: Memory) -> None:
    """And priced so."""
    reply = answered(memory, ChargedModel())

    entry, sent = only(memory), reply.sent
    assert sent is not None
    assert (entry.context_tokens, entry.counted_by_model) == (sent.report.tokens, False)
    assert entry.answer_tokens == memory._parts.tokens.count("That is noted.")
    assert entry.cost == pytest.approx(
        entry.context_tokens * PRICE.context + entry.answer_tokens * PRICE.answer
    )


@pytest.mark.parametrize(
    ("model", "cost"),
    [
        (FakeModel(), 0.0),
        (ChargedModel(price=None), None),
        (FakeModel(is_local=False), None),
        (ChargedModel(price=Price(0.0, 0.0)), 0.0),
        (ChargedModel(tells=Usage(900, 9, counted_by_model=True, cost=0.125)), 0.125),
        (ChargedModel(price=None, tells=Usage(900, 9, counted_by_model=True, cost=0.5)), 0.5),
    ],
    ids=["here", "no price", "of a script", "free", "as told", "as told without a price"],
)
def test_what_an_answer_costs(memory: Memory, model: FakeModel, cost: float | None) -> None:
    """Nothing on this computer; elsewhere what is told, or by the price, or nobody knows."""
    answered(memory, model)

    assert only(memory).cost == cost


def test_an_answer_from_memory_takes_nothing(memory: Memory) -> None:
    """It is told with what it was built on."""
    tea = memory.remember("me", TEA).id
    reply = answered(memory, None)
    nothing_known = answered(memory, None, "When does the ferry to Corfu leave?")

    last, first = memory.ledger("me")
    assert (first.provider, first.model, first.place) == (
        BY_MEMORY.provider,
        BY_MEMORY.name,
        BY_MEMORY.place,
    )
    assert (first.context_tokens, first.answer_tokens, first.cost, first.history_tokens) == (
        0,
        0,
        0.0,
        0,
    )
    assert (first.message_id, first.memory_ids, first.tiers) == (
        reply.message_id,
        (tea,),
        (Tier.COLD,),
    )
    assert nothing_known.sources == ()
    assert (last.memory_ids, last.tiers) == ((), ())


def test_the_stages_of_an_answer_are_timed(memory: Memory) -> None:
    """Each that there was, in seconds; where Recollect itself answers there is no first word to
    wait for."""
    answered(memory, FakeModel())
    answered(memory, None)

    from_memory, of_model = memory.ledger("me")
    assert set(of_model.seconds) == set(Latency)
    assert all(taken >= 0 for taken in of_model.seconds.values())
    assert Latency.FIRST_WORD not in from_memory.seconds


def test_the_tiers_are_those_it_was_made_of(memory: Memory) -> None:
    """What was said in another conversation in the last hour, in this one, and what is known."""
    memory.set_learning("me", "only what I say")
    answered(memory, FakeModel(), "The ferry leaves at nine.", conversation_id="travel")
    assert only(memory).tiers == ()

    memory.remember("me", TEA)
    answered(memory, FakeModel(), QUESTION, conversation_id="drinks")
    answered(memory, FakeModel(), QUESTION, conversation_id="drinks")

    third, second, _ = memory.ledger("me")
    assert second.tiers == (Tier.HOT, Tier.COLD)
    assert third.tiers == (Tier.HOT, Tier.WARM, Tier.COLD)


def test_masked_values_are_counted(memory: Memory) -> None:
    """Nothing is masked for a model of this computer."""
    answered(memory, ChargedModel(), "Write to maya@example.com and bob@example.com.")
    answered(memory, FakeModel(), "Write to maya@example.com again.")

    here, elsewhere = memory.ledger("me")
    assert (elsewhere.masked, here.masked) == (2, 0)


def test_a_rehearsal_is_told_as_one(memory: Memory) -> None:
    """It took as much, and is kept nowhere; one from memory took nothing, and leaves nothing."""
    tea = memory.remember("me", TEA).id
    reply = answered(memory, None)
    memory.rehearse("me", reply.message_id or 0, without=[tea]).read()
    assert memory.count_ledger("me") == 1
    memory.rehearse("me", reply.message_id or 0, model=ChargedModel()).read()

    entry = memory.ledger("me")[0]
    assert (entry.purpose, entry.message_id) == (CallPurpose.REHEARSAL, None)
    assert entry.memory_ids == (tea,)
    assert entry.cost is not None
    assert entry.cost > 0


def test_an_answer_given_anew_is_told_beside_the_old_one(memory: Memory, clock: FixedClock) -> None:
    """The old one's row names no answer any more when that is gone; its cost stays."""
    first = answered(memory, ChargedModel())
    again = memory.regenerate("me", first.message_id or 0, model=ChargedModel())
    again.read()
    clock.advance(hours=1)
    memory.expire()

    newer, older = memory.ledger("me")
    assert (newer.message_id, older.message_id) == (again.message_id, None)
    assert older.cost == pytest.approx(newer.cost, abs=0.001)


# -- answers that failed ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "error", [ModelNotConnected, KeyMissing], ids=["not connected", "without a key"]
)
def test_what_reached_no_model_is_not_told(memory: Memory, error: type[ModelUnavailable]) -> None:
    """Nor does the audit say that a model was called."""
    reply = answered(memory, ChargedModel((), fails=error("example-1")))

    assert reply.ending == error.ending
    assert memory.ledger("me") == []
    assert memory.audit(actions=["model call"]) == []
    assert memory.privacy_report("me").sent == 0


def test_what_was_never_asked_for_is_not_told(memory: Memory) -> None:
    """A reply that is closed before it began, and one whose consent went."""
    memory.respond("me", QUESTION, model=ChargedModel()).close()
    reply = memory.respond("me", QUESTION, model=ChargedModel())
    memory.revoke("me", REMOTE_MODEL)
    with pytest.raises(ConsentRequired):
        reply.read()

    assert memory.ledger("me") == []
    assert memory.audit(actions=["model call"]) == []


@pytest.mark.parametrize(
    ("pieces", "error", "costs"),
    [
        ((), KeyRefused, False),
        (("I ",), AnswerBrokenOff, True),
        ((), EmptyAnswer, True),
        ((), ModelUnavailable, True),
    ],
)
def test_an_answer_that_failed_is_told_with_its_ending(
    memory: Memory, pieces: tuple[str, ...], error: type[ModelUnavailable], costs: bool
) -> None:
    """Whoever was turned away at the door pays nothing; for what was given, one may have to."""
    reply = answered(memory, ChargedModel(pieces, fails=error("example-1")))

    entry = only(memory)
    assert (entry.ending, entry.message_id) == (Ending(error.ending), reply.message_id)
    assert entry.cost is not None
    assert (entry.cost > 0) is costs
    assert len(memory.audit(actions=["model call"])) == 1


def test_an_answer_that_was_stopped_is_told_as_far_as_it_came(memory: Memory) -> None:
    reply = memory.respond("me", QUESTION, model=ChargedModel(("One ", "two ", "three.")))
    next(iter(reply))
    reply.close()

    entry = only(memory)
    assert (entry.ending, entry.message_id) == (Ending.STOPPED, reply.message_id)
    assert entry.answer_tokens == memory._parts.tokens.count("One ")


def test_what_came_to_nothing_is_told_though_the_old_answer_stays(memory: Memory) -> None:
    """It was paid for all the same."""
    first = answered(memory, ChargedModel())
    again = memory.regenerate(
        "me", first.message_id or 0, model=ChargedModel((), fails=EmptyAnswer("example-1"))
    )
    with pytest.raises(EmptyAnswer):
        again.read()

    newer, older = memory.ledger("me")
    assert (newer.message_id, older.message_id) == (None, first.message_id)
    assert newer.ending is Ending.EMPTY


def test_an_answer_that_finds_the_disk_full_is_worth_more_than_its_row(settings: Settings) -> None:
    """It comes all the same, and the row is missing; with room again both are kept."""
    with full_disk() as disk, Memory.open(settings, **parts()) as memory:  # type: ignore[arg-type]
        memory.grant("me", PERSONALIZATION)
        reply = memory.respond("me", QUESTION, model=FakeModel())
        disk.room = 0
        assert reply.read() == "That is noted."
        disk.room = None
        assert reply.message_id is not None
        assert reply.message_id < 0
        assert memory.ledger("me") == []

        kept = answered(memory, FakeModel())
        assert only(memory).message_id == kept.message_id


def test_an_answer_that_could_not_be_saved_has_its_row_where_there_is_room_again(
    settings: Settings,
) -> None:
    """The disk refuses one write: the answer lives on in the process, and its row by itself."""
    with full_disk() as disk, Memory.open(settings, **parts()) as memory:  # type: ignore[arg-type]
        memory.grant("me", PERSONALIZATION)
        reply = memory.respond("me", QUESTION, model=FakeModel())
        disk.room = 0
        disk.when_refused = lambda: setattr(disk, "room", None)
        reply.read()

        assert reply.message_id is not None
        assert reply.message_id < 0
        assert (only(memory).message_id, only(memory).place) == (None, ModelPlace.LOCAL)
        assert memory.verify_audit().state == "intact"


# -- chats that leave nothing here --------------------------------------------------------------


def test_a_private_chat_tells_only_how_much_left_this_computer(memory: Memory) -> None:
    """Not which memories it was given, and no message: there is none."""
    memory.remember("me", TEA)
    answered(memory, FakeModel(), private=True)
    answered(memory, None, private=True)
    reply = answered(memory, ChargedModel(), private=True)

    entry = only(memory)
    assert (entry.place, entry.message_id, entry.memory_ids) == (ModelPlace.REMOTE, None, ())
    assert entry.memories == 1
    assert reply.usage is not None
    assert entry.context_tokens == reply.usage.context_tokens
    assert entry.cost is not None
    assert entry.cost > 0
    assert memory._store.database.value("select count(*) from ledger_memories") == 0
    assert memory.ledger_of("me", reply.message_id or 0) is None


def test_whoever_agreed_to_nothing_has_no_ledger(open_memory: OpenMemory) -> None:
    memory = open_memory()
    answered(memory, FakeModel())

    assert memory.ledger("me") == []
    assert memory.spending("me").months == ()
    assert memory._store.database.value("select count(*) from people") == 0


# -- other calls --------------------------------------------------------------------------------


def test_a_summary_is_told(open_memory: OpenMemory, small: Settings) -> None:
    """By the model that made it, at no cost; it is no answer."""
    model = Summariser()
    memory = open_memory(small, model=model, background=AtOnce())
    memory.grant("me", PERSONALIZATION)
    talk(memory)
    answered(memory, model, "And now?")

    summary, answer = memory.ledger("me")
    assert (answer.purpose, summary.purpose) == (CallPurpose.ANSWER, CallPurpose.SUMMARY)
    assert (summary.model, summary.place, summary.cost) == ("tiny", ModelPlace.LOCAL, 0.0)
    count = memory._parts.tokens.count
    assert summary.context_tokens >= count(model.asked[0])
    assert summary.answer_tokens == count(model.summary)
    assert (summary.message_id, summary.memory_ids, summary.history_tokens) == (None, (), 0)
    assert summary.ending is Ending.COMPLETE


def test_reading_along_is_told(open_memory: OpenMemory) -> None:
    model = FakeReader(['{"suggestions": []}'])
    memory = open_memory(model=model, background=AtOnce())
    memory.grant("me", PERSONALIZATION)
    memory.set_learning_with_model("me", True)
    answered(memory, model, "I moved to a flat near the harbour.")

    reading = memory.ledger("me")[0]
    assert (reading.purpose, reading.ending) == (CallPurpose.READING, Ending.COMPLETE)
    assert reading.context_tokens > 0


def test_a_call_that_reached_nobody_is_not_told(memory: Memory) -> None:
    """And a test of a connection is, with what it took; of a stranger nothing is known."""
    by = Answerer("example-1", "Example AI", ModelPlace.REMOTE, PRICE)
    for who, ending, usage in (
        ("me", Ending.NOT_CONNECTED, Usage(9, 0)),
        ("stranger", Ending.COMPLETE, Usage(9, 1)),
        ("me", Ending.COMPLETE, Usage(9, 1)),
    ):
        recording.record_call(memory._parts, who, CallPurpose.TEST, by, usage, ending, NOON)

    entry = only(memory)
    assert (entry.purpose, entry.context_tokens, entry.answer_tokens) == (CallPurpose.TEST, 9, 1)
    assert entry.cost == pytest.approx(9 * PRICE.context + PRICE.answer)
    assert memory.ledger("stranger") == []


# -- looked up ----------------------------------------------------------------------------------


def test_entries_are_found_by_place_and_memory_newest_first(
    memory: Memory, clock: FixedClock
) -> None:
    """A page at a time, with how many there are."""
    tea = memory.remember("me", TEA).id
    for model in (FakeModel(), ChargedModel(), None, ChargedModel()):
        answered(memory, model)
        clock.advance(minutes=1)
    answered(memory, ChargedModel(), "Hello there.", conversation_id="other")

    whole = memory.ledger("me")
    assert [entry.at for entry in whole] == sorted((e.at for e in whole), reverse=True)
    assert [*memory.ledger("me", limit=2), *memory.ledger("me", limit=3, offset=2)] == whole
    elsewhere = memory.ledger("me", place="remote")
    assert [entry.place for entry in elsewhere] == [ModelPlace.REMOTE] * 3
    assert memory.count_ledger("me", place="remote") == 3
    assert memory.ledger("me", place="remote", memory_id=tea) == elsewhere[1:]
    assert memory.ledger("me", memory_id=tea) == whole[1:]
    assert memory.count_ledger("me", memory_id=tea) == 4
    assert memory.ledger("me", memory_id=tea + 99) == []
    assert memory.ledger("stranger") == []
    assert memory.count_ledger("stranger") == 0
    with pytest.raises(AppError, match="place"):
        memory.ledger("me", place="the moon")


def test_only_ones_own_answers_are_told_of(memory: Memory) -> None:
    """Of a question there is no row; what lives in the process only has none."""
    reply = answered(memory, FakeModel())
    asked = reply.observation.message_id or 0

    assert memory.ledger_of("me", asked) is None
    memory.grant("other", PERSONALIZATION)
    with pytest.raises(NotFound):
        memory.ledger_of("other", reply.message_id or 0)
    with pytest.raises(NotFound):
        memory.ledger_of("me", 999)
    assert memory.ledger("other") == []


# -- by month -----------------------------------------------------------------------------------


def test_months_are_those_of_the_persons_own_calendar(
    memory: Memory, clock: FixedClock, berlin: None
) -> None:
    """In Berlin April begins while it is still March in UTC."""
    clock.now = NOON.replace(month=3, day=31, hour=21, minute=59)
    answered(memory, ChargedModel(tells=Usage(1_000, 100, counted_by_model=True)))
    clock.advance(minutes=1)
    answered(memory, ChargedModel(tells=Usage(2_000, 200, counted_by_model=True)))
    answered(memory, ChargedModel(price=None, tells=Usage(10, 1, counted_by_model=True)))
    answered(memory, FakeModel())
    answered(memory, None)

    told = memory.spending("me")

    april, march = told.months
    assert (april.month, march.month) == (date(2026, 4, 1), date(2026, 3, 1))
    assert (march.calls, march.calls_elsewhere, march.unpriced) == (1, 1, 0)
    assert (march.context_tokens, march.answer_tokens) == (1_000, 100)
    assert march.cost == pytest.approx(0.003)
    assert (april.calls, april.calls_elsewhere, april.unpriced) == (3, 2, 1)
    assert april.context_tokens == sum(entry.context_tokens for entry in memory.ledger("me")[:4])
    assert april.cost == pytest.approx(0.006)
    assert told.spent == pytest.approx(0.006)
    assert told.budget is None
    clock.advance(days=31)
    assert memory.spending("me").spent == 0
    assert memory.spending("me").months == told.months


def test_what_memory_saves_is_told_against_the_whole_history(memory: Memory) -> None:
    """In the tokens that this very model counts; nothing is saved while all of it fits."""
    first = answered(memory, FakeModel())
    assert only(memory).tokens_saved == 0
    for number in range(300):
        memory.observe("me", "user", f"The weather of day {number} was as it was, all day long.")
    answered(memory, ChargedModel(tells=Usage(500, 5, counted_by_model=True)), "And now?")

    entry = memory.ledger("me")[0]
    said = sum(len(m.text.encode()) for m in memory.messages("default")[:-1])
    assert first.sent is not None
    given = memory.given("me", entry.message_id or 0)
    assert given is not None
    sent = sum(len(message["content"].encode()) for message in given.messages)
    assert entry.history_tokens == round(said * 500 / sent)
    assert entry.tokens_saved == max(0, entry.history_tokens - 500)
    assert memory.spending("me").months[0].tokens_saved == entry.tokens_saved


# -- before it has ended --------------------------------------------------------------------


def test_what_leaves_is_told_before_it_leaves(memory: Memory) -> None:
    """As much as it may cost, until it is known: also when the process dies meanwhile."""
    shown = memory.outgoing("me", "Which tea?", model=ChargedModel())
    assert shown is not None
    reply = memory.respond("me", "Which tea?", model=ChargedModel())
    assert memory.ledger("me") == []

    pieces = iter(reply)
    next(pieces)

    (begun,) = memory.ledger("me", place="remote")
    assert (begun.ending, begun.cost, begun.answer_tokens) == (Ending.STOPPED, shown.most_cost, 0)
    assert begun.sections["conversation"] > 0
    list(pieces)
    (ended,) = memory.ledger("me", place="remote")
    assert (ended.ending, ended.message_id) == (Ending.COMPLETE, reply.message_id)
    assert ended.cost == reply.usage.cost  # type: ignore[union-attr]
    assert ended.cost < begun.cost  # type: ignore[operator]


def test_what_could_not_be_sent_in_the_end_is_not_told(memory: Memory) -> None:
    with pytest.raises(ModelNotConnected):
        memory.respond(
            "me", "Which tea?", model=ChargedModel((), fails=ModelNotConnected("x"))
        ).read()

    assert memory.ledger("me") == []


def test_a_model_of_this_computer_is_told_when_it_has_ended(memory: Memory) -> None:
    """Nothing leaves, and nothing is paid."""
    pieces = iter(memory.respond("me", "Which tea?", model=FakeModel()))
    next(pieces)

    assert memory.ledger("me") == []
    list(pieces)
    assert len(memory.ledger("me", place="local")) == 1
