"""What is known of a person: their profile, what happened when, and the entities they speak of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from memory.records.memories import MemoryItem
from memory.records.reading import Days
from memory.records.words import EntityType, Terms


@dataclass(frozen=True, slots=True)
class ProfileField:
    field: str
    value: str
    confidence: float
    """0 to 1."""
    since: datetime
    """When it was said, and had not been otherwise before."""
    source_memory_id: int | None
    """The memory that says it; the latest, where several do."""
    source_message_id: int | None = None
    """The message it was said in; None: it was told outright."""
    until: datetime | None = None
    """When something else was said in its place, or that it is over; None: it holds."""
    told: bool = False
    """Set by hand, and not read from what was said."""


@dataclass(frozen=True, slots=True)
class Successor:
    """What of a memory that took the place of another says which of its fields it means."""

    fields: frozenset[str]
    """Those that it gives."""
    attribute: str = ""
    instead_of: str = ""
    """What its value takes the place of, verbatim."""
    ends: bool = False
    """It says that something is no longer so, and nothing in its place."""
    gone: str = ""
    """What that is, verbatim."""


@dataclass(frozen=True, slots=True)
class StatedField:
    """A profile field as one memory states it, before it is known what else was said of it."""

    field: ProfileField
    """``until``: when something took the place of the memory, whatever of it is meant."""
    instead_of: str = ""
    """What its statement says the value takes the place of, verbatim."""
    successor: Successor | None = None
    """What took the place of its memory."""


class Moments(StrEnum):
    """Which part of a timeline is asked for."""

    EVERYTHING = "everything"
    EVENTS = "events"
    """What happened, on the day it did."""
    CHANGES = "changes"
    """What took the place of what was said before."""
    DECISIONS = "decisions"
    COMMITMENTS = "commitments"


@dataclass(frozen=True, slots=True)
class Moment:
    """A memory on the day that it is about."""

    item: MemoryItem
    day: date
    """In the person's own zone: the first day on which it happened, else the day it was said."""
    replaced: MemoryItem | None = None
    """What it took the place of; the latest of several."""
    due: Days | None = None
    """The days that a commitment names."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """One page of moments, the latest first."""

    moments: tuple[Moment, ...]
    months: Mapping[date, int]
    """How many moments each month has, by its first day, of all pages; the latest first."""

    @property
    def total(self) -> int:
        return sum(self.months.values())


@dataclass(frozen=True, slots=True)
class Entity:
    id: int
    name: str
    type: EntityType
    mention_count: int
    importance: float
    """1.0 at the first mention, 0.1 more with each other (article, section 3)."""
    first_mentioned_at: datetime
    last_mentioned_at: datetime
    aliases: tuple[str, ...] = ()
    """Other names that it was mentioned by; ``name`` is the fullest."""
    attributes: Mapping[str, str] = field(default_factory=dict, hash=False)
    """The latest said of each: ``version``, ``title``, ``kind``."""
    first_context: str = ""
    """The sentence of its first mention, shortened; empty where it was not asked for."""
    last_context: str = ""


@dataclass(frozen=True, slots=True)
class FoundEntities:
    """One page of a list of entities, without their contexts."""

    entities: tuple[Entity, ...]
    total: int
    """Of all pages."""
    by_type: Mapping[EntityType, int] = field(default_factory=dict, hash=False)
    """How many match the words, of whatever type; none of what has none."""


@dataclass(frozen=True, slots=True)
class EntityMention:
    """One time that an entity was spoken of."""

    name: str
    """As it was said."""
    at: datetime
    memory_id: int | None
    """None: in a message of which no memory was made."""
    message_id: int | None
    context: str
    """The sentence it was said in, shortened."""


@dataclass(frozen=True, slots=True)
class RelevantEntity:
    """An entity that a question is about."""

    entity: Entity
    score: float
    """Sum of the terms: comparable within one query."""
    terms: Terms
    reason: str
    """In words."""


@dataclass(frozen=True, slots=True)
class EntityRelation:
    """What one entity has to do with another, as it was said once."""

    subject_id: int
    verb: str
    """Its lemma."""
    object_id: int
    said: str
    """As it was said: "reported", "works at"."""
    negated: bool
    memory_id: int | None
    """The memory it was said in; None: a message of which no memory was made."""
    message_id: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Together:
    """Two entities that are named in the same memories: less than a relation, more than nothing."""

    first_id: int
    second_id: int
    memory_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class EntityGraph:
    """Entities, and what ties them to one another."""

    entities: tuple[Entity, ...] = ()
    """Most mentioned first."""
    relations: tuple[EntityRelation, ...] = ()
    """The latest said first."""
    together: tuple[Together, ...] = ()
    """Most often named together first."""
    places: Mapping[int, tuple[float, float]] = field(default_factory=dict, hash=False)
    """By the id of an entity, where to draw it: -1 to 1 each. Empty where it was not asked for."""
