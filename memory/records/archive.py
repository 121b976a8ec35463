"""What stands in an export: the records of ``recollect.json``. Its JSON Schema is made from them,
and what is imported is read into them, so that an export, its schema and an import cannot differ.

Ids are those of the file that it was exported from. ``INFERRED`` marks what was worked out; all
else is as it was given, or tells what was done.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from memory.records.forgetting import Stage, UseKind
from memory.records.known import Entity, EntityRelation, ProfileField
from memory.records.memories import Revision
from memory.records.models import Answered, KeptContext
from memory.records.privacy import AuditEvent, ClassRule, Consent, LabelRule
from memory.records.reading import Days, Statement
from memory.records.sending import LedgerEntry
from memory.records.suggestions import ModelReading
from memory.records.words import (
    ClassReason,
    DataClass,
    Doubt,
    EntityType,
    Kind,
    Label,
    MessageState,
    Role,
    Status,
    Terms,
)

FORMAT = "recollect"
FORMAT_VERSION = 2
"""An export of version 1 could be read by a person, and not be imported."""
INFERRED = MappingProxyType({"inferred": True})
"""Of a field: Recollect, or a model, worked it out."""
WEIGHED = MappingProxyType({"inferred": True, "share": True})
"""And it is from 0 to 1."""


@dataclass(frozen=True, slots=True)
class ArchivedUse:
    """One that counted for its strength."""

    at: datetime
    kind: UseKind


@dataclass(frozen=True, slots=True)
class ArchivedAccess:
    """One time that it was listed, or built into an answer."""

    at: datetime
    score: float
    similarity: float
    terms: Terms
    reason: str
    message_id: int | None
    """The answer."""


@dataclass(frozen=True, slots=True)
class ArchivedFact:
    """What of the profile a memory states."""

    field: str
    value: str
    confidence: float
    """0 to 1."""
    since: datetime


@dataclass(frozen=True, slots=True)
class ArchivedMention:
    entity_id: int
    type: EntityType
    name: str
    """As it was said."""
    attributes: Mapping[str, str]
    at: datetime
    message_id: int | None = None


@dataclass(frozen=True, slots=True)
class ArchivedRelation:
    subject_id: int
    """Of an entity; so is ``object_id``."""
    verb: str
    said: str
    object_id: int
    negated: bool
    at: datetime
    message_id: int | None = None


@dataclass(frozen=True, slots=True)
class ArchivedRetention:
    """Worked out at the moment of the export."""

    strength: float
    """0 to 1."""
    stage: Stage
    fades_at: datetime | None
    """When it falls below the fading stage; null: never."""


@dataclass(frozen=True, slots=True)
class ArchivedMemory:
    id: int
    kind: Kind
    text: str
    inferred: bool
    """Read out of something else, or worded by a model; if not, it was given as it stands."""
    data_class: DataClass = field(metadata=INFERRED)
    purpose: str
    importance: float = field(metadata=WEIGHED)
    """0 to 1."""
    importance_terms: Terms = field(metadata=INFERRED)
    pinned: bool
    paused: bool
    status: Status
    created_at: datetime
    said_at: datetime
    class_reason: ClassReason | None = field(default=None, metadata=INFERRED)
    pinned_at: datetime | None = None
    edited_at: datetime | None = None
    last_accessed_at: datetime | None = None
    access_count: int = 0
    expires_at: datetime | None = None
    forgotten_at: datetime | None = None
    archived_at: datetime | None = None
    shown_at: datetime | None = None
    """When the person was last shown that it waits in the archive."""
    source_message_id: int | None = None
    conversation_id: str | None = None
    speaker: str | None = None
    merged_into: int | None = None
    superseded_by: int | None = field(default=None, metadata=INFERRED)
    valid_until: datetime | None = field(default=None, metadata=INFERRED)
    follows: int | None = None
    """The turn before it."""
    rival_id: int | None = field(default=None, metadata=INFERRED)
    doubt: Doubt | None = field(default=None, metadata=INFERRED)
    by_model: bool = False
    statement: Statement | None = field(default=None, metadata=INFERRED)
    is_turn: bool = False
    times_said: int = 1
    last_said_at: datetime | None = None
    happened: Days | None = field(default=None, metadata=INFERRED)
    sweep_id: int | None = None
    """The sweep that archived it."""
    revisions: tuple[Revision, ...] = ()
    """Newest first."""
    uses: tuple[ArchivedUse, ...] = ()
    accesses: tuple[ArchivedAccess, ...] = ()
    profile: tuple[ArchivedFact, ...] = field(default=(), metadata=INFERRED)
    mentions: tuple[ArchivedMention, ...] = field(default=(), metadata=INFERRED)
    relations: tuple[ArchivedRelation, ...] = field(default=(), metadata=INFERRED)
    retention: ArchivedRetention | None = field(default=None, metadata=INFERRED)
    """How strong it was when it was exported; null: nothing fades of what is not in use."""


@dataclass(frozen=True, slots=True)
class ArchivedMessage:
    id: int
    role: Role
    text: str
    state: MessageState
    created_at: datetime
    said_at: datetime
    data_class: DataClass = field(metadata=INFERRED)
    speaker: str | None = None
    masked: tuple[Label, ...] = ()
    note: str = ""
    replaced_at: datetime | None = None
    expires_at: datetime | None = None
    answers: int | None = None
    """The message that it answers."""
    answered: Answered | None = None
    read_by_model: ModelReading | None = None
    mentions: tuple[ArchivedMention, ...] = field(default=(), metadata=INFERRED)
    """Where no memory was made of it."""
    relations: tuple[ArchivedRelation, ...] = field(default=(), metadata=INFERRED)


@dataclass(frozen=True, slots=True)
class ArchivedConversation:
    id: str
    title: str
    """The person's own; empty where it is called by what was said first."""
    created_at: datetime
    updated_at: datetime
    remembers: bool
    messages: tuple[ArchivedMessage, ...] = ()


@dataclass(frozen=True, slots=True)
class ArchivedSummary:
    conversation_id: str
    text: str
    data_class: DataClass
    model: str
    made_at: datetime
    message_ids: tuple[int, ...]
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ArchivedSweep:
    id: int
    at: datetime
    unattended: bool
    archived: int
    purged: int
    purged_tokens: int
    purged_bytes: int
    archived_tokens: int
    undone_at: datetime | None


@dataclass(frozen=True, slots=True)
class ArchivedAbsence:
    since: datetime
    until: datetime | None
    """Null: a holiday that lasts."""
    holiday: bool


@dataclass(frozen=True, slots=True)
class ArchivedRules:
    classes: Mapping[DataClass, ClassRule] = field(default_factory=dict)
    labels: Mapping[Label, LabelRule] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ArchivedInferences:
    """Worked out from what stands elsewhere in the file; only the summaries are read by an
    import."""

    profile: tuple[ProfileField, ...] = ()
    profile_history: tuple[ProfileField, ...] = ()
    entities: tuple[Entity, ...] = ()
    relations: tuple[EntityRelation, ...] = ()
    summaries: tuple[ArchivedSummary, ...] = ()
    given_to_models: tuple[KeptContext, ...] = ()


@dataclass(frozen=True, slots=True)
class Archive:
    """The whole of it. A person of whom nothing is known has the first four only."""

    format: str
    version: int
    exported_at: datetime
    person: str
    name: str = ""
    """As they are called in the file it was exported from; an import leaves names as they are."""
    last_seen_at: datetime | None = None
    consents: tuple[Consent, ...] = ()
    settings: Mapping[str, str] = field(default_factory=dict)
    rules: ArchivedRules = field(default_factory=ArchivedRules)
    left_out_classes: tuple[DataClass, ...] = ()
    """By the person's rules."""
    memories: tuple[ArchivedMemory, ...] = ()
    conversations: tuple[ArchivedConversation, ...] = ()
    inferred: ArchivedInferences = field(default_factory=ArchivedInferences)
    sweeps: tuple[ArchivedSweep, ...] = ()
    absences: tuple[ArchivedAbsence, ...] = ()
    ledger: tuple[LedgerEntry, ...] = ()
    audit: tuple[AuditEvent, ...] = ()
    """Of the file that it was exported from: an import reads none of it."""
