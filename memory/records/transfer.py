"""How far an export or an import of an archive is, and what an import does, or would do."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class TransferStep(StrEnum):
    """What an export or an import is about to do."""

    READING = "reading the archive"
    CHECKING = "looking for personal data and instructions"
    COMPARING = "comparing with what is here"
    EMBEDDING = "working out meanings"
    STORING = "storing"
    COLLECTING = "collecting what is held"
    TABLES = "writing the tables"
    PAGE = "writing the page"


@dataclass(frozen=True, slots=True)
class TransferProgress:
    step: TransferStep
    done: int = 0
    total: int = 0
    """Of what is counted; 0 where nothing is."""


class Clash(StrEnum):
    """Where an archive says something else than what is here, which stays as it is."""

    WORDING = "memory in another wording"
    STANDING = "memory that stands otherwise here"
    STATEMENT = "at odds with what you said here"
    ERASED = "message that was erased here"
    CONVERSATION = "conversation with another title or memory setting"
    SUMMARY = "summary of a conversation that has one here"
    CONSENT = "consent"
    SETTING = "setting"
    RULES = "privacy rules"
    FORGETTING = "rules of forgetting"
    HOLIDAY = "holiday mode"


class LeftOutBecause(StrEnum):
    """Why something of an archive is not brought in."""

    NO_CONSENT = "there is no consent to its purpose here"
    SENSITIVE = "it is sensitive, and there is no consent to keep such things here"
    OVER = "its retention is over"
    AUDIT = "the audit tells of one file only; this import is an event in it"
    GIVEN_TO_MODELS = "what models were given is kept for seven days, where it was given"
    CHOSEN_MODEL = "a model and its address are chosen where they are used"
    REMOTE_MODEL = "that texts may leave this computer is agreed to here"
    UNKNOWN_SETTING = "there is no such setting, or not with this value"
    INSTRUCTION = "it reads like an instruction to a model"


@dataclass(frozen=True, slots=True)
class Conflict:
    what: Clash
    here: str
    """As it is, and stays."""
    there: str
    """As the archive says."""
    goes_to_inbox: bool = False
    """It is brought in, and waits for the person to decide."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or, ``dry_run``, would do. Counts by what it is, such as “memories”."""

    dry_run: bool
    person: str
    """Who the archive says it is about."""
    added: Mapping[str, int] = field(default_factory=dict)
    already_here: Mapping[str, int] = field(default_factory=dict)
    left_out: Mapping[LeftOutBecause, int] = field(default_factory=dict)
    to_inbox: int = 0
    """Of the memories that are added: they wait for the person to decide."""
    masked: int = 0
    """Values that the rules do not let in as they are."""
    forgotten: int = 0
    """Of the memories that are added: forgotten there, they are erased here when undo is over."""
    consents: tuple[str, ...] = ()
    """Purposes that are agreed to because of it; none that was ever decided here."""
    settings: tuple[str, ...] = ()
    """That it brings in."""
    conflicts: tuple[Conflict, ...] = ()

    @property
    def changes_nothing(self) -> bool:
        return not (self.added or self.consents or self.settings)
