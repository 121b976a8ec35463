"""What a model is given, what leaves this computer, and what it takes: tokens, money and time."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from memory.records.turns import ContextReport
from memory.records.words import (
    CallPurpose,
    ChatMessage,
    Ending,
    Label,
    Latency,
    ModelPlace,
    Tier,
)


@dataclass(frozen=True, slots=True)
class Pseudonym:
    """What is sent in the place of a value (GDPR Art. 4(5)), the same each time."""

    placeholder: str
    """Such as [NAME_1]."""
    label: Label
    value: str


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Exactly what a model would be given for a message, were it sent now; nothing is sent."""

    model: str
    provider: str
    place: ModelPlace
    messages: tuple[ChatMessage, ...]
    report: ContextReport
    pseudonyms: tuple[Pseudonym, ...]
    """Each value once. Names of one person share a placeholder; the one said last comes last."""
    memory_ids: tuple[int, ...]
    most_cost: float | None
    """US dollars, were the answer as long as it may be; None when nobody says its price."""
    digest: str
    """Of all that leaves and to whom: handed to ``respond``, nothing else can be sent."""
    asks_first: bool
    """The person wants to see it before it goes."""


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One answer, or one other call of a model: what it took, and never a text."""

    id: int
    at: datetime
    purpose: CallPurpose
    provider: str
    """Recollect itself for the built-in answerer."""
    model: str
    place: ModelPlace
    ending: Ending
    message_id: int | None
    """Of the answer; None when none was kept, or it is erased."""
    context_tokens: int
    answer_tokens: int
    counted_by_model: bool
    cost: float | None
    """US dollars; None when nobody says the price."""
    history_tokens: int
    """About how many all that was said so far would have been; 0 where nothing was given."""
    masked: int
    """Values that were replaced."""
    memories: int
    """That were given, also those that are erased since."""
    memory_ids: tuple[int, ...] = ()
    """Of those that are still there."""
    sections: Mapping[str, int] = field(default_factory=dict)
    """Tokens of each part of what was given, as Recollect counts."""
    seconds: Mapping[Latency, float] = field(default_factory=dict)
    tiers: tuple[Tier, ...] = ()

    @property
    def tokens_saved(self) -> int:
        """Against giving the whole history."""
        return max(0, self.history_tokens - self.context_tokens)


@dataclass(frozen=True, slots=True)
class MonthSpent:
    """A month of the ledger, by the person's calendar."""

    month: date
    """Its first day."""
    calls: int
    """Of models; answers from memory are none."""
    calls_elsewhere: int
    context_tokens: int
    answer_tokens: int
    tokens_saved: int
    cost: float
    """US dollars, of what has a price."""
    unpriced: int
    """Calls elsewhere of which nobody says the price."""


@dataclass(frozen=True, slots=True)
class Spending:
    """What models took, month by month, the latest first, and what they may."""

    months: tuple[MonthSpent, ...]
    spent: float
    """US dollars in this month."""
    budget: float | None
    """US dollars a month; None: none is set."""
