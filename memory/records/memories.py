"""Memories, and lists of them."""

from dataclasses import dataclass
from datetime import datetime

from memory.records.reading import Days, Statement
from memory.records.words import ClassReason, DataClass, Doubt, Kind, Status, Terms


@dataclass(frozen=True, slots=True)
class Importance:
    score: float
    """0 to 1."""
    terms: Terms


@dataclass(frozen=True, slots=True)
class MemoryItem:
    id: int
    user_id: str
    kind: Kind
    text: str
    data_class: DataClass
    purpose: str
    importance: float
    """0 to 1."""
    importance_terms: Terms
    pinned: bool
    paused: bool
    """Kept but not used: out of recall and context until it is resumed."""
    status: Status
    created_at: datetime
    """The clock at storing: fading, expiry and retention count from it."""
    said_at: datetime
    """When it was said: dates, order and validity."""
    edited_at: datetime | None
    last_accessed_at: datetime | None
    access_count: int
    expires_at: datetime | None
    forgotten_at: datetime | None
    source_message_id: int | None
    conversation_id: str | None
    speaker: str | None
    merged_into: int | None
    """The memory that holds its text after a merge."""
    class_reason: ClassReason | None = None
    """Why it is of its class; None: of a file that did not know reasons yet."""
    statement: Statement | None = None
    """What it states, read from its words; None: a turn as a whole, or told outright."""
    is_turn: bool = False
    """It holds a whole turn; otherwise a part of one, or what was told outright."""
    times_said: int = 1
    last_said_at: datetime | None = None
    """When it was said again; None: it was not."""
    valid_until: datetime | None = None
    """When something newer was said of the same thing; None: it holds."""
    superseded_by: int | None = None
    """The memory that says it."""
    happened: Days | None = None
    """The local days on which what it tells happened, where it says so."""
    doubt: Doubt | None = None
    """Why it waits in the inbox."""
    rival_id: int | None = None
    """The memory that it is at odds with."""
    by_model: bool = False
    """A model read it in its message, and chose the words."""
    pinned_at: datetime | None = None
    """Since when it does not fade."""
    archived_at: datetime | None = None
    """When it was taken out of recall, by a sweep or by hand."""

    @property
    def is_guess(self) -> bool:
        """A model's, and the person has not taken it into use: its message does not hang on it."""
        return self.by_model and self.doubt is not None

    @property
    def valid_from(self) -> datetime:
        """It holds from when it was said."""
        return self.said_at

    @property
    def in_use(self) -> bool:
        """Neither set aside nor waiting; it may have expired, or been superseded."""
        return self.status is Status.ACTIVE and not self.paused

    @property
    def holds(self) -> bool:
        """In use, and nothing newer was said of the same thing."""
        return self.in_use and self.valid_until is None


@dataclass(frozen=True, slots=True)
class MemoryFilter:
    """Which memories to list; what is left empty does not narrow the list."""

    search: str = ""
    """Words that must all occur, also as part of a word, in any case."""
    status: Status | None = None
    paused: bool | None = None
    pinned: bool | None = None
    superseded: bool | None = None
    """Whether something newer was said of the same thing."""
    kinds: tuple[Kind, ...] = ()
    data_classes: tuple[DataClass, ...] = ()
    archived_by: datetime | None = None
    """Archived then or before."""


@dataclass(frozen=True, slots=True)
class Found:
    """One page of a list."""

    items: tuple[MemoryItem, ...]
    total: int
    """Of all pages."""


@dataclass(frozen=True, slots=True)
class MergePlan:
    """What a merge would make of several memories."""

    text: str
    """All their texts, one below the other."""
    kind: Kind
    data_class: DataClass
    pinned: bool
    said_at: datetime


@dataclass(frozen=True, slots=True)
class Revision:
    """A memory's earlier wording."""

    text: str
    replaced_at: datetime


@dataclass(frozen=True, slots=True)
class Use:
    """One time that a memory was listed, or built into an answer."""

    at: datetime
    score: float
    similarity: float
    """Cosine to what was asked, -1 to 1."""
    reason: str
    message_id: int | None
    """The answer; None when it was listed outside a chat."""
    conversation_id: str | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """What waits in the inbox, and why."""

    item: MemoryItem
    doubt: Doubt
    rival: MemoryItem | None = None
    """What it is at odds with, if that is still in use."""
