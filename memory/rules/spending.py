"""What a call of a model costs, what it could cost, and what memory saves of it.

US dollars, by prices that providers list a token: what they bill may differ a little.
"""

import math
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import TypeGuard

from memory.records import Answerer, Ending, ModelPlace, Price, Usage
from memory.rules.context_window import OTHER_ENCODING

NOTHING_LEFT = frozenset(
    {Ending.NOT_INSTALLED, Ending.NOT_STARTED, Ending.NOT_CONNECTED, Ending.KEY_MISSING}
)
"""How a call ends that reached no model."""
TURNED_AWAY = frozenset(
    {
        Ending.NOT_FOUND,
        Ending.KEY_REFUSED,
        Ending.BUSY,
        Ending.OUT_OF_FUNDS,
        Ending.CONTEXT_TOO_LONG,
        Ending.REFUSED,
        Ending.NOT_UNDERSTOOD,
    }
)
"""How a call ends that its provider did not begin to answer: it is not billed."""


def is_dollars(told: object, *, below: float = math.inf) -> TypeGuard[int | float]:
    """Whether what a server or a list tells can be an amount, or a price a token."""
    return isinstance(told, int | float) and not isinstance(told, bool) and 0 <= told < below


def reached(ending: Ending, *, came: bool) -> bool:
    """Whether a model was in truth given anything. ``came``: some of an answer did."""
    return came or ending not in NOTHING_LEFT


def cost(by: Answerer, usage: Usage, ending: Ending, *, came: bool) -> float | None:
    """As the provider tells it; if it does not,

    cost = context tokens x their price + answer tokens x theirs

    None when nobody says the price; 0 on this computer, and where its provider turned it away.
    """
    if by.place is not ModelPlace.REMOTE:
        return 0.0
    if usage.cost is not None:
        return usage.cost
    if ending in TURNED_AWAY and not came and not usage.counted_by_model:
        return 0.0
    if by.price is None:
        return None
    return usage.context_tokens * by.price.context + usage.answer_tokens * by.price.answer


def most(price: Price, context_tokens: int, answer_tokens: int) -> float:
    """Of an answer as long as it may be, to a context that its model may count higher than we do.

    most = 1.25 x context tokens x their price + longest answer x its price
    """
    return context_tokens * OTHER_ENCODING * price.context + answer_tokens * price.answer


def history_tokens(history_bytes: int, context_bytes: int, context_tokens: int) -> int:
    """About how many tokens a history has, when a context of the same person has so many."""
    return round(history_bytes * context_tokens / context_bytes) if context_bytes else 0


# -- months ---------------------------------------------------------------------------------


def month_of(moment: datetime) -> date:
    """The first day of its month, by the calendar of its own zone."""
    return moment.date().replace(day=1)


def bounds(month: date, like: datetime) -> tuple[datetime, datetime]:
    """When a month begins and ends, in the zone of ``like``."""
    begins, ends = (datetime.combine(first, time(), like.tzinfo) for first in (month, _next(month)))
    return begins, ends


def months(first: datetime, last: datetime) -> Iterator[date]:
    """From the month of the last to that of the first, by their own zone."""
    found = [month_of(first)]
    while found[-1] < month_of(last):
        found.append(_next(found[-1]))
    return reversed(found)


def _next(month: date) -> date:
    return month_of(datetime.combine(month, time()) + timedelta(days=31))
