"""The monthly budget: US dollars that the person allows for models elsewhere.

An answer is not begun when it could pass the budget, were it as long as it may be; one that is
under way counts as if it were. Only models whose price is known are held to it.
"""

import math
from datetime import datetime

from memory.errors import BudgetSpent, InvalidInput
from memory.flow import audit, intake
from memory.flow.parts import Parts
from memory.protocols import Charged, Model
from memory.records import Act
from memory.rules import spending
from memory.rules.talk.dates import LOCAL

BUDGET = "monthly budget"
"""Its key among the person's settings."""
MOST = 1_000_000
"""US dollars: more is a slip of the keyboard."""


def check(parts: Parts, user_id: str, model: Model, context_tokens: int, now: datetime) -> None:
    """Raises BudgetSpent when an answer to a context of so many tokens could pass the budget.

    Nothing stops a model that costs nothing, nor one whose price nobody knows.
    """
    person_id = parts.store.people.find(user_id)
    if person_id is not None:
        check_cost(parts, person_id, most_cost(model, context_tokens), now)


def check_cost(parts: Parts, person_id: int, most: float | None, now: datetime) -> None:
    """As ``check``, for an answer that costs no more than ``most``."""
    allowed = _kept(parts, person_id)
    if not most or allowed is None:
        return
    so_far = spent(parts, person_id, now)
    if so_far + most > allowed:
        raise BudgetSpent(so_far, allowed)


def holds(parts: Parts, person_id: int, most: float | None) -> bool:
    """Whether there is a budget that an answer which may cost so much has to keep to."""
    return bool(most) and _kept(parts, person_id) is not None


def most_cost(model: Model, context_tokens: int) -> float | None:
    """US dollars, were the answer as long as it may be; None when nobody says the price."""
    if model.is_local:
        return 0.0
    if not isinstance(model, Charged) or model.price is None:
        return None
    return spending.most(model.price, context_tokens, model.answer_tokens)


def spent(parts: Parts, person_id: int, now: datetime) -> float:
    """In the month of ``now``, by the person's own calendar."""
    here = now.astimezone(LOCAL)
    begins, ends = spending.bounds(spending.month_of(here), here)
    return parts.store.ledger.spent(person_id, begins, ends)


def of(parts: Parts, user_id: str) -> float | None:
    """US dollars a month; None: none is set."""
    person_id = parts.store.people.find(user_id)
    return None if person_id is None else _kept(parts, person_id)


def _kept(parts: Parts, person_id: int) -> float | None:
    kept = parts.store.preferences.get(person_id, BUDGET)
    return None if kept is None else float(kept)


def choose(parts: Parts, user_id: str, dollars: float | None) -> None:
    """None: no limit; 0 stops every model that costs anything. Raises InvalidInput."""
    now = parts.clock()
    intake.name(user_id, "person")
    if dollars is not None and not (math.isfinite(dollars) and 0 <= dollars <= MOST):
        raise InvalidInput(
            f"A budget is an amount from $0 to ${MOST:,} a month. Enter one, or none for no limit."
        )
    with parts.store.transaction():
        person_id = parts.store.people.find_or_add(user_id, now)
        if dollars is None:
            parts.store.preferences.remove(person_id, BUDGET)
        else:
            parts.store.preferences.set(person_id, BUDGET, repr(float(dollars)))
        audit.event(parts, person_id, Act.BUDGET, BUDGET, now)
