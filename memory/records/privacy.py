"""Rules, consent, erasure and audit (article, section 6; GDPR)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from memory.records.reading import Span
from memory.records.words import ClassReason, DataClass, Handling, Label, Preset


@dataclass(frozen=True, slots=True)
class Classification:
    data_class: DataClass
    reason: ClassReason


@dataclass(frozen=True, slots=True)
class LabelRule:
    """What is done with one kind of personal data."""

    stored: Handling
    masked_when_sent: bool
    """Replaced before a text goes to a model that is not on this computer."""


@dataclass(frozen=True, slots=True)
class ClassRule:
    """What memories of one class may be used for, and how long they are kept."""

    recalled: bool
    sent: bool
    """To a model that is not on this computer."""
    exported: bool
    days: int | None
    """None: until they are erased by hand."""


@dataclass(frozen=True, slots=True)
class PrivacyRules:
    """A person's whole policy (article, section 6: retention and access by class)."""

    strict: bool
    """Everything personal is masked, and the article's retention holds."""
    preset: Preset
    classes: Mapping[DataClass, ClassRule]
    labels: Mapping[Label, LabelRule]


@dataclass(frozen=True, slots=True)
class RulesPlan:
    """What a change of the rules would do at once; nothing is changed yet."""

    expiring: int
    """Memories whose new retention is over already: they are erased."""
    messages: int
    """Messages likewise, of which no memory is kept."""
    withdrawn: int
    """Memories that would no longer be recalled."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What would happen to a text, were it said now; nothing is stored."""

    spans: tuple[Span, ...]
    """Personal data in it, whatever is done about it."""
    handled: tuple[Handling, ...]
    """What is done with each of them before storing."""
    stored: str
    """As it would be stored; empty when it would not be."""
    sent: str
    """As a model that is not on this computer would get it; empty when its class stays here."""
    classification: Classification
    not_stored: str = ""
    """Why it would not be stored, in words."""
    not_sent: str = ""
    """Why it would not be sent now, in words; without consent also what could be sent is not."""


@dataclass(frozen=True, slots=True)
class Purpose:
    """Something a person can agree to."""

    name: str
    title: str
    text: str
    """What exactly is agreed to."""
    text_version: str


@dataclass(frozen=True, slots=True)
class Consent:
    purpose: str
    text_version: str
    granted_at: datetime
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class Footprint:
    """Every place where the data in scope lives, and how many rows of it."""

    places: Mapping[str, int]

    @property
    def total(self) -> int:
        return sum(self.places.values())


class ErasureStep(StrEnum):
    """What an erasure is about to do, in this order."""

    DELETING = "deleting the rows"
    REWRITING = "rewriting the file without them"
    SEARCHING = "reading the file to check"


@dataclass(frozen=True, slots=True)
class ErasureReceipt:
    """Proof of an erasure, without content (GDPR Art. 17)."""

    scope: str
    """memory, conversation, entity, purpose, everything, expired, forgotten or nothing."""
    erased_at: datetime
    places: Mapping[str, int]
    bytes_searched: int
    strings_searched: int
    verified: bool
    """True: no byte of the erased texts and vectors is left in the file or its log."""
    deciphered: bool = False
    """The file is encrypted: its pages were searched as they are read, not as they lie there."""
    pending: str = ""
    """Why it is not verified yet, in words; it is tried again by ``expire``, and at a start."""
    exports: int = 0
    """Earlier exports, which no erasure reaches."""
    last_export_at: datetime | None = None
    backups: int = 0
    """Copies of the whole file that were taken here; no erasure reaches those either. What is
    restored from one is erased again (``Memory.restore_backup``)."""
    last_backup_at: datetime | None = None
    sent: int = 0
    """Calls of models elsewhere that carried any of it, or may have: they keep what they were given
    as they please."""

    @property
    def total(self) -> int:
        return sum(self.places.values())


@dataclass(frozen=True, slots=True)
class Holding:
    """The memories of one class."""

    count: int
    next_expiry: datetime | None


@dataclass(frozen=True, slots=True)
class PrivacyReport:
    """The article's compliance report (section 6)."""

    memories: int
    people: int
    by_class: Mapping[str, int]
    by_purpose: Mapping[str, int]
    consents: Mapping[str, int]
    """How many people agree to each purpose now."""
    expired: int
    expiring_soon: int
    """Within 30 days."""
    erasures: int
    """Events of the audit."""
    deletions: Mapping[str, int]
    """Memories that were erased, by the reason: an erasure's scope."""
    sent: int
    """Calls of models that are not on this computer."""
    holdings: Mapping[DataClass, Holding]
    at: datetime

    @property
    def fresh(self) -> int:
        """Memories that neither have expired nor will soon."""
        return self.memories - self.expired - self.expiring_soon


@dataclass(frozen=True, slots=True)
class AuditEvent:
    id: int
    at: datetime
    action: str
    """An ``Act``, unless the row was changed from outside."""
    subject: str
    """Keyed hash: the same thing has the same hash, and nobody can read it back."""
    counts: Mapping[str, int] = field(default_factory=dict)
    scope: str = ""
    """A word of ours that says more: the scope of an erasure. Never the person's."""


@dataclass(frozen=True, slots=True)
class AuditVerification:
    state: str
    """intact, broken (a row was changed or cut out), cut (the end is missing: it was cut off, an
    older copy of the file was put back, or the power failed before the disk had the last rows), or
    unverifiable (the key, or the record of where the chain ends, is missing)."""
    events: int
    first_bad_id: int | None = None
    """broken: the first row that is not as it was written; cut: the first that is missing."""
    unverifiable_before: int | None = None
    """Rows before this id were written under a key that was lost since."""
