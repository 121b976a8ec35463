"""Chat models: which can be chosen, which is, and how an answer of one came about."""

from dataclasses import dataclass
from datetime import datetime

from memory.records.sending import Pseudonym
from memory.records.turns import ContextReport, Usage
from memory.records.words import ChatMessage, Ending, KeySource, ModelPlace, Server


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """What the file keeps of a choice; a key is never part of it."""

    server: Server
    model: str
    """As the server calls it."""
    address: str = ""
    """Where the server is, such as http://127.0.0.1:11434; empty for the one inside the app, which
    is at another one each time, and for providers that have only one."""


@dataclass(frozen=True, slots=True)
class Price:
    """In US dollars a token, as litellm's shipped table or the provider lists it."""

    context: float
    answer: float


@dataclass(frozen=True, slots=True)
class ModelOffer:
    """A model that can be chosen."""

    choice: ModelChoice
    context_tokens: int | None = None
    """How much it reads at once, its answer included; None when nobody says."""
    price: Price | None = None
    """None on this computer, where it costs nothing, and when nobody says."""
    answer_tokens: int | None = None
    """The longest answer that it gives; None when nobody says."""


@dataclass(frozen=True, slots=True)
class Provider:
    """Somebody who answers elsewhere, for a key."""

    server: Server
    variable: str
    """Of the environment or ``.streamlit/secrets.toml``: what its key is read from, or would be."""
    key_from: KeySource | None
    """None: there is no key."""


@dataclass(frozen=True, slots=True)
class Answerer:
    """Who answers."""

    name: str
    provider: str
    """Who runs it, as the person reads it; Recollect itself for the built-in answerer."""
    place: ModelPlace
    price: Price | None = None
    """None on this computer, where it costs nothing, and when nobody says."""


@dataclass(frozen=True, slots=True)
class Connection:
    """What a test of the connection to a model found."""

    works: bool
    says: str
    """What is wrong and what to do about it, or that nothing is."""
    usage: Usage | None = None
    """What the question took, where its server tells; None on this computer."""


@dataclass(frozen=True, slots=True)
class Answered:
    """How an answer came about."""

    model: str
    """Its name; that of the built-in answerer where no model was asked."""
    is_local: bool
    ending: Ending
    context_tokens: int
    answer_tokens: int
    counted_by_model: bool
    """False: counted here, with another encoding than the model's own."""
    first_seconds: float | None
    """From the call of the model to the first of its answer; None when nothing came."""
    total_seconds: float | None


@dataclass(frozen=True, slots=True)
class KeptContext:
    """Exactly what a model was given for an answer."""

    messages: tuple[ChatMessage, ...]
    report: ContextReport
    made_at: datetime
    expires_at: datetime
    pseudonyms: tuple[Pseudonym, ...] = ()
    """What stood in the place of what, in what left this computer."""
