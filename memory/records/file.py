"""The file as a whole: what stands in it, and whether it is sound."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Stats:
    memories: int
    messages: int
    conversations: int
    entities: int
    hot_entries: int
    file_bytes: int
    embedding_model: str


@dataclass(frozen=True, slots=True)
class Person:
    """Whose memories the file holds: a data subject (GDPR Art. 4)."""

    user_id: str
    """Never changes; what scripts call them by."""
    name: str
    """As they were called last; empty when nobody gave one."""
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Health:
    """Whether the file is sound, and what stands in it."""

    sound: bool
    problems: tuple[str, ...]
    """One sentence each; none when it is sound."""
    memories: int
    vectors: int
    full_text_rows: int
    pending_erasures: int
    """Begun and not finished: by another program just now, or at the next start."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy of the whole file, which was opened and read to the end before it was handed out."""

    made_at: datetime
    encrypted: bool
    """With the passphrase of the file."""
    people: int
    memories: int
    messages: int


@dataclass(frozen=True, slots=True)
class RestorePlan:
    """What a backup would bring back, and what would go; nothing is changed yet."""

    backup: Backup
    erased_since: Mapping[str, int] | None
    """Memories and messages in it that were erased here since: they are erased from it again.
    None: that cannot be told, so all that is in the backup comes back."""
    newer: Mapping[str, int] | None
    """Memories and messages of today that are not in the backup, and go. None: the file of today
    cannot be read."""


@dataclass(frozen=True, slots=True)
class RestoreReport:
    plan: RestorePlan
    restored_at: datetime
    set_aside: Path | None = None
    """Where the file is that could not be opened; nothing looks into it or erases from it."""
