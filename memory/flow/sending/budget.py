"""What the person allows for models in a month, in US dollars."""

from datetime import datetime

from memory.flow.parts import Parts
from memory.protocols import Model

BUDGET = "monthly budget"
"""Its key among the person's settings."""


def check(parts: Parts, user_id: str, model: Model, context_tokens: int, now: datetime) -> None:
    """Raises BudgetSpent when an answer, were it as long as it may be, could pass the budget."""


def most_cost(model: Model, context_tokens: int) -> float | None:
    """US dollars, were the answer as long as it may be; None when nobody says the price."""
    return None


def of(parts: Parts, user_id: str) -> float | None:
    raise NotImplementedError


def choose(parts: Parts, user_id: str, dollars: float | None) -> None:
    raise NotImplementedError
