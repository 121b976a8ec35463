"""When what is brought in expires: by the rules of here, and no later than the archive says."""

from datetime import datetime

from memory.records import Preset, PrivacyRules
from memory.records.archive import ArchivedMemory
from memory.rules import policy


def expiry_of(memory: ArchivedMemory, rules: PrivacyRules) -> datetime | None:
    """By the rules of here, from the last time that it was stored, corrected or used; no later
    than the archive says."""
    since = [memory.created_at]
    if rules.preset is Preset.ASSISTANT:
        since += [at for at in (memory.edited_at, memory.last_accessed_at) if at is not None]
        since += [each.at for each in memory.uses]
    return sooner(memory.expires_at, policy.expires_at(memory.data_class, max(since), rules))


def sooner(one: datetime | None, other: datetime | None) -> datetime | None:
    return min((each for each in (one, other) if each is not None), default=None)


def is_over(due: datetime | None, now: datetime) -> bool:
    return due is not None and due <= now
