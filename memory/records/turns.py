"""A turn: what it leaves behind, what is recalled for it, and what a model is given."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from memory.records.memories import Importance, MemoryItem
from memory.records.reading import Mention, ProfileFact, Span
from memory.records.words import ChatMessage, DataClass, Label, MessageState, Role, Terms


@dataclass(frozen=True, slots=True)
class Observation:
    """What one turn left behind."""

    message_id: int | None
    """None when nothing may be stored."""
    importance: Importance
    stored: tuple[MemoryItem, ...] = ()
    entities: tuple[Mention, ...] = ()
    profile: tuple[ProfileFact, ...] = ()
    reinforced: tuple[MemoryItem, ...] = ()
    """Said before, and now again."""
    proposed: tuple[MemoryItem, ...] = ()
    """Waiting in the inbox."""
    redactions: tuple[Span, ...] = ()
    """What was masked before storing; the spans index the text as it was given."""
    skipped: str = ""
    """Why no memory was kept, in words; empty when one was."""


@dataclass(frozen=True, slots=True)
class Recalled:
    item: MemoryItem
    score: float
    """Sum of the weighted terms: comparable within one query."""
    similarity: float
    """Cosine between the query and the memory's own text, -1 to 1."""
    terms: Terms
    reason: str = ""
    """Why it was recalled, in words."""
    shares_words: bool = False
    """With the question, in its own text."""


@dataclass(frozen=True, slots=True)
class WordHits:
    """Where the words of a question stand."""

    counts: Mapping[str, Mapping[int, int]]
    """By stem: how often each memory says it."""
    said_in: Mapping[str, int]
    """By stem: how many memories say it, of all there are."""
    lengths: Mapping[int, int]
    """Characters of every memory counted that says any of them."""
    memories: int
    """How many there are in all."""


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The turns beside one in its conversation, by memory id, the nearest first."""

    before: tuple[int, ...] = ()
    after: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a memory was, or was not, recalled for a query."""

    item: MemoryItem
    recalled: bool
    rank: int | None
    """1 is best; None when a filter keeps it out of recall, or nothing in it is near."""
    score: float
    similarity: float
    terms: Terms
    reason: str


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a context."""

    name: str
    tokens: int
    """What it took of the budget."""
    items: int


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What did not go into a context, and why."""

    what: str
    """The section it would have stood in."""
    reason: str
    tokens: int
    memory_id: int | None = None
    """None for what is no memory, such as a turn of the conversation."""


@dataclass(frozen=True, slots=True)
class ContextReport:
    sections: tuple[Section, ...]
    left_out: tuple[LeftOut, ...]
    tokens: int
    budget: int


@dataclass(frozen=True, slots=True)
class Context:
    messages: list[ChatMessage]
    report: ContextReport
    recalled: tuple[Recalled, ...]
    data_class: DataClass
    """The strictest of what is known or was said before and went in."""
    message_ids: tuple[int, ...]
    """Stored messages that went in, of this conversation and of others."""
    memory_ids: tuple[int, ...]
    """Memories that went in, also as lines of the profile or as what was just said."""
    holds_unstorable: bool
    """Something went in that may not be stored: an answer to it may tell it again."""
    begins_at: int | None = None
    """Id of the first message of the conversation that went in, where others had to leave."""


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of one answer; money is spent by remote models only."""

    context_tokens: int
    answer_tokens: int
    counted_by_model: bool = False
    """Told by its server; if not, counted here."""
    cost: float | None = None
    """US dollars, as its server charged or by its price; None when nobody says."""


@dataclass(frozen=True, slots=True)
class Source:
    """A memory an answer was built on. ``item`` is as it is now, not as it was then."""

    item: MemoryItem
    score: float
    similarity: float
    terms: Terms
    reason: str


@dataclass(frozen=True, slots=True)
class Message:
    id: int
    """Negative for a message that lives in the process only."""
    user_id: str
    conversation_id: str
    role: Role
    text: str
    speaker: str | None
    state: MessageState
    created_at: datetime
    said_at: datetime
    masked: tuple[Label, ...] = ()
    """Labels of what was masked before it was stored."""
    note: str = ""
    """Why no memory was made of it, or why it could not be saved, in words."""
    data_class: DataClass = DataClass.PERSONAL
    may_be_stored: bool = True
    """False: private, or without consent to it; it lives in the process only."""
    replaced_at: datetime | None = None
    """When it was edited or answered anew: out of sight, erased when undo ends."""


@dataclass(frozen=True, slots=True)
class Conversation:
    id: str
    user_id: str
    title: str
    created_at: datetime
    updated_at: datetime
    message_count: int
    remembers: bool = True
    """Whether memories are used in it, and made of it."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a model made of the turns that a conversation outgrew."""

    text: str
    data_class: DataClass
    """The strictest of what it says and what it was made of."""
    model: str
    made_at: datetime
    message_ids: tuple[int, ...]
    """What it tells of, oldest first."""
    expires_at: datetime | None = None
