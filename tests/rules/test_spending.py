"""Costs, the history's size, and months."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from memory.records import Answerer, Ending, ModelPlace, Price, Usage
from memory.rules import spending

PRICE = Price(context=2e-6, answer=1e-5)
COUNTED, TOLD = Usage(1_000, 100), Usage(1_000, 100, counted_by_model=True)
ELSEWHERE = Answerer("example-1", "Example AI", ModelPlace.REMOTE, PRICE)
UNPRICED = Answerer("example-1", "Example AI", ModelPlace.REMOTE)
HERE = Answerer("tiny", "Ollama", ModelPlace.LOCAL)


@pytest.mark.parametrize(
    ("by", "usage", "ending", "came", "cost"),
    [
        (ELSEWHERE, COUNTED, Ending.COMPLETE, True, 0.003),
        (UNPRICED, COUNTED, Ending.COMPLETE, True, None),
        (UNPRICED, Usage(9, 9, cost=0.25), Ending.COMPLETE, True, 0.25),
        (ELSEWHERE, Usage(9, 9, cost=0.25), Ending.COMPLETE, True, 0.25),
        (ELSEWHERE, Usage(9, 9, cost=0.0), Ending.COMPLETE, True, 0.0),
        (HERE, COUNTED, Ending.COMPLETE, True, 0.0),
        # turned away at the door
        (ELSEWHERE, COUNTED, Ending.KEY_REFUSED, False, 0.0),
        (UNPRICED, COUNTED, Ending.BUSY, False, 0.0),
        # it was told what to pay all the same
        (ELSEWHERE, TOLD, Ending.REFUSED, False, 0.003),
        (ELSEWHERE, COUNTED, Ending.REFUSED, True, 0.003),
        # nobody knows whether it was read: it counts
        (ELSEWHERE, Usage(1_000, 0), Ending.TOO_SLOW, False, 0.002),
        (ELSEWHERE, Usage(1_000, 0), Ending.STOPPED, False, 0.002),
    ],
)
def test_what_a_call_costs(
    by: Answerer, usage: Usage, ending: Ending, came: bool, cost: float | None
) -> None:
    found = spending.cost(by, usage, ending, came=came)

    assert found == (cost if cost is None else pytest.approx(cost))


@pytest.mark.parametrize(
    ("told", "is_amount"),
    [
        *((amount, True) for amount in (0, 0.0, 0.5)),
        *((amount, False) for amount in (1, -0.01, float("nan"), float("inf"))),
        *((other, False) for other in (True, "0.5", None)),
    ],
)
def test_only_what_can_be_is_an_amount(told: object, is_amount: bool) -> None:
    """Of less than a dollar here."""
    assert spending.is_dollars(told, below=1.0) is is_amount


@pytest.mark.parametrize(
    ("ending", "came", "reached"),
    [
        (Ending.KEY_MISSING, False, False),
        (Ending.NOT_CONNECTED, False, False),
        (Ending.NOT_CONNECTED, True, True),
        (Ending.KEY_REFUSED, False, True),
        (Ending.STOPPED, False, True),
    ],
)
def test_whether_a_model_was_reached(ending: Ending, came: bool, reached: bool) -> None:
    assert spending.reached(ending, came=came) is reached


def test_the_most_an_answer_can_cost() -> None:
    """A quarter more context than we count, and the longest answer."""
    assert spending.most(PRICE, 800, 4096) == pytest.approx(0.002 + 4096 * 1e-5)


@pytest.mark.parametrize(
    ("history", "context", "tokens", "found"),
    [(8_000, 400, 100, 2_000), (0, 400, 100, 0), (10, 3, 1, 3), (10, 0, 0, 0), (10, 30, 0, 0)],
)
def test_a_history_has_tokens_as_its_context_has(
    history: int, context: int, tokens: int, found: int
) -> None:
    """history x tokens of the context / its bytes."""
    assert spending.history_tokens(history, context, tokens) == found


def test_months_run_from_the_last_to_the_first() -> None:
    """Over the end of a year, each once, also the shortest."""
    first, last = datetime(2025, 12, 31, 23, tzinfo=UTC), datetime(2026, 3, 1, tzinfo=UTC)

    assert list(spending.months(first, last)) == [
        date(2026, 3, 1),
        date(2026, 2, 1),
        date(2026, 1, 1),
        date(2025, 12, 1),
    ]
    assert list(spending.months(last, last)) == [date(2026, 3, 1)]


def test_a_month_begins_and_ends_at_midnight_of_its_own_zone() -> None:
    """In Berlin's winter an hour before UTC's, in its summer two."""
    here = datetime(2026, 3, 15, tzinfo=ZoneInfo("Europe/Berlin"))
    begins, ends = spending.bounds(date(2026, 3, 1), here)

    assert begins.astimezone(UTC) == datetime(2026, 2, 28, 23, tzinfo=UTC)
    assert ends.astimezone(UTC) == datetime(2026, 3, 31, 22, tzinfo=UTC)
