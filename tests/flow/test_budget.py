"""A monthly budget: an answer that could pass it is not begun, and the way on is open."""

import pytest

from memory.engine import Memory
from memory.errors import BudgetSpent, InvalidInput, StoreUnavailable
from memory.flow.sending import budget
from memory.protocols import Model
from memory.records import PERSONALIZATION, REMOTE_MODEL, Act, Price, Usage
from memory.rules.budget import tokens
from memory.rules.context_window import MOST_ANSWER_TOKENS, OTHER_ENCODING
from memory.settings import Settings
from tests.fakes import NOON, FakeModel, FixedClock
from tests.flow.charged import PRICE, ChargedModel
from tests.flow.conftest import OpenMemory
from tests.flow.test_clock import berlin as berlin
from tests.flow.test_full_disk import parts
from tests.store.full_disk import full_disk

QUESTION = "Which tea do I prefer?"
LONGEST = MOST_ANSWER_TOKENS * PRICE.answer
"""US dollars, about, of an answer as long as it may be to a short context: some 4 cents."""


@pytest.fixture
def memory(memory: Memory) -> Memory:
    memory.grant("me", REMOTE_MODEL)
    return memory


def spend(memory: Memory, dollars: float) -> None:
    """With one answer."""
    tells = Usage(1, 1, counted_by_model=True, cost=dollars)
    memory.respond("me", QUESTION, model=ChargedModel(tells=tells)).read()


def may(memory: Memory, model: Model, context_tokens: int = 1_000) -> bool:
    try:
        budget.check(memory._parts, "me", model, context_tokens, memory.now())
    except BudgetSpent:
        return False
    return True


# -- chosen -------------------------------------------------------------------------------------


@pytest.mark.parametrize("dollars", [0.0, 0.01, 20, 1_000_000])
def test_a_budget_is_kept(memory: Memory, open_memory: OpenMemory, dollars: float) -> None:
    """Over a restart, to the cent; and taken back."""
    assert memory.spending("me").budget is None

    memory.set_budget("me", dollars)

    again = open_memory()
    assert again.spending("me").budget == dollars
    again.set_budget("me", None)
    assert memory.spending("me").budget is None
    assert [event.action for event in memory.audit(2)] == [Act.BUDGET, Act.BUDGET]


@pytest.mark.parametrize(
    "dollars", [-0.01, float("nan"), float("inf"), -float("inf"), 1_000_000.01]
)
def test_what_is_no_amount_is_refused(memory: Memory, dollars: float) -> None:
    """In words, and nothing is changed."""
    memory.set_budget("me", 5)

    with pytest.raises(InvalidInput, match="from \\$0 to \\$1,000,000 a month"):
        memory.set_budget("me", dollars)

    assert memory.spending("me").budget == 5


def test_a_budget_goes_with_the_person(memory: Memory) -> None:
    """And is in their export till then."""
    memory.set_budget("me", 5)
    assert memory.footprint("me").places["settings"] >= 1

    memory.erase("me")

    assert memory.spending("me").budget is None


# -- what an answer may cost --------------------------------------------------------------------


def test_the_most_that_an_answer_can_cost() -> None:
    """Its context, as another encoding may count it, and the longest answer."""
    most = budget.most_cost(ChargedModel(), 1_000)

    assert most == pytest.approx(
        1_000 * OTHER_ENCODING * PRICE.context + MOST_ANSWER_TOKENS * PRICE.answer
    )
    assert budget.most_cost(FakeModel(), 1_000) == 0
    assert budget.most_cost(ChargedModel(price=None), 1_000) is None
    assert budget.most_cost(FakeModel(is_local=False), 1_000) is None


@pytest.mark.parametrize(
    ("allowed", "spent", "may_go"),
    [
        (None, 99.0, True),
        (1.0, 0.0, True),
        (1.0, 1.0 - LONGEST - 0.01, True),
        (1.0, 1.0 - LONGEST, False),
        (1.0, 1.0, False),
        (0.0, 0.0, False),
        (LONGEST, 0.0, False),
        (LONGEST + 0.01, 0.0, True),
    ],
)
def test_an_answer_that_could_pass_the_budget_is_stopped(
    memory: Memory, allowed: float | None, spent: float, may_go: bool
) -> None:
    """By what was spent, and the most that it could cost."""
    if spent:
        spend(memory, spent)
    memory.set_budget("me", allowed)

    assert may(memory, ChargedModel()) is may_go


def test_a_long_context_counts(memory: Memory) -> None:
    memory.set_budget("me", LONGEST + 0.01)

    assert may(memory, ChargedModel(), 1_000)
    assert not may(memory, ChargedModel(), 10_000)


@pytest.mark.parametrize(
    "model",
    [FakeModel(), ChargedModel(price=None), ChargedModel(price=Price(0.0, 0.0))],
    ids=["here", "no price", "free"],
)
def test_only_models_that_have_a_price_are_stopped(memory: Memory, model: FakeModel) -> None:
    """Also when the budget is spent to the last cent, and beyond it."""
    spend(memory, 3.0)
    memory.set_budget("me", 0)

    assert may(memory, model)
    assert not may(memory, ChargedModel())


def test_a_new_month_begins_with_nothing_spent(
    memory: Memory, clock: FixedClock, berlin: None
) -> None:
    """By the person's own calendar: in Berlin April begins while it is still March in UTC."""
    clock.now = NOON.replace(month=3, day=31, hour=21, minute=59)
    spend(memory, 1.0)
    memory.set_budget("me", 1.0)
    assert not may(memory, ChargedModel())

    clock.advance(minutes=1)

    assert may(memory, ChargedModel())


def test_what_an_answer_costs_is_of_the_month_it_was_begun_in(
    memory: Memory, clock: FixedClock, berlin: None
) -> None:
    """It was held against the budget of that month, and not against the next one's."""
    clock.now = NOON.replace(month=3, day=31, hour=21, minute=59)
    tells = Usage(1, 1, counted_by_model=True, cost=1.0)
    reply = iter(memory.respond("me", QUESTION, model=ChargedModel(tells=tells)))
    next(reply)

    clock.advance(minutes=1)
    list(reply)

    assert memory.spending("me").spent == 0.0
    assert [(month.month.month, month.cost) for month in memory.spending("me").months] == [(3, 1.0)]


def test_the_budget_of_one_person_is_not_anothers(memory: Memory) -> None:
    spend(memory, 1.0)
    memory.grant("other", REMOTE_MODEL)
    memory.set_budget("other", 1.0)
    memory.set_budget("me", 1.0)

    budget.check(memory._parts, "other", ChargedModel(), 1_000, memory.now())
    assert not may(memory, ChargedModel())


# -- in a chat ----------------------------------------------------------------------------------


def test_a_spent_budget_stops_an_answer_before_anything_is_stored_or_sent(memory: Memory) -> None:
    """It says how much was spent of what; the same message is answered from memory, by a model of
    this computer, and when the budget is raised."""
    spend(memory, 1.0)
    memory.set_budget("me", 1.01)
    model = ChargedModel()
    before = memory.messages("default"), memory.count_audit(), memory.ledger("me")

    with pytest.raises(BudgetSpent, match=r"\$1\.00 of the \$1\.01") as raised:
        memory.respond("me", QUESTION, model=model)

    assert (raised.value.spent, raised.value.budget) == (1.0, 1.01)
    assert model.received == []
    assert (memory.messages("default"), memory.count_audit(), memory.ledger("me")) == before

    assert memory.respond("me", QUESTION, model="built-in answerer").read()
    assert memory.respond("me", QUESTION, model=FakeModel()).read()
    memory.set_budget("me", 2)
    assert memory.respond("me", QUESTION, model=model).read()


@pytest.mark.parametrize("act", ["regenerate", "rehearse", "outgoing"])
def test_no_other_way_to_ask_gets_round_it(memory: Memory, act: str) -> None:
    """The answer that is there stays."""
    reply = memory.respond("me", QUESTION, model=FakeModel())
    reply.read()
    answer = reply.message_id or 0
    memory.set_budget("me", 0)
    calls = {
        "regenerate": lambda: memory.regenerate("me", answer, model=ChargedModel()),
        "rehearse": lambda: memory.rehearse("me", answer, model=ChargedModel()),
        "outgoing": lambda: memory.outgoing("me", QUESTION, model=ChargedModel()),
    }

    with pytest.raises(BudgetSpent):
        calls[act]()

    assert memory.messages("default")[-1].id == answer


def test_answers_that_are_asked_for_at_once_do_not_pass_it_together(memory: Memory) -> None:
    """Each was measured before any had begun; what was begun counts, and the next is not sent."""
    each = Usage(1, 1, counted_by_model=True, cost=0.04)
    memory.set_budget("me", 0.05)
    models = [ChargedModel(tells=each) for _ in range(3)]
    replies = [
        memory.respond("me", QUESTION, model=model, conversation_id=str(number))
        for number, model in enumerate(models)
    ]
    begun = iter(replies[0])
    next(begun)

    for reply in replies[1:]:
        with pytest.raises(BudgetSpent):
            reply.read()
    list(begun)

    assert memory.spending("me").spent == pytest.approx(0.04)
    assert [len(model.received) for model in models] == [1, 0, 0]


def test_what_pseudonyms_take_is_held_against_it(memory: Memory) -> None:
    """A placeholder has more tokens than a short name, and they are paid for."""
    told, plain = (
        memory.outgoing("me", text, model=ChargedModel())
        for text in (f"my name is {'Maya ' * 50}", "Which tea?")
    )

    assert told is not None
    assert plain is not None
    report = told.report
    assert report.tokens == tokens(told.messages, memory._parts.tokens.count)
    assert sum(section.tokens for section in report.sections) == report.tokens
    assert (report.sections[-1].name, report.sections[-1].items) == ("pseudonyms", 1)
    assert report.sections[-1].tokens > 50
    assert told.most_cost == pytest.approx(report.tokens * OTHER_ENCODING * PRICE.context + LONGEST)
    assert plain.report.sections[-1].name == "conversation"


def test_what_cannot_be_counted_towards_it_is_not_sent(settings: Settings) -> None:
    """Where the disk is full, no answer would stop the next one."""
    with full_disk() as disk, Memory.open(settings, **parts()) as memory:  # type: ignore[arg-type]
        for purpose in (PERSONALIZATION, REMOTE_MODEL):
            memory.grant("me", purpose)
        memory.set_budget("me", 1.0)
        model = ChargedModel()
        disk.room = 0

        with pytest.raises(StoreUnavailable):
            memory.respond("me", QUESTION, model=model).read()
        assert model.received == []
        free = ChargedModel(price=None)
        memory.respond("me", QUESTION, model=free).read()
        assert len(free.received) == 1
        disk.room = None
