"""Which mentions and relations count: those of memories and messages that are in use.

What was forgotten, is paused, was merged, has expired or was replaced says nothing.
"""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from memory.records import DataClass
from memory.store import memory_rows
from memory.store.memory_rows import RECALLABLE

# All that belongs to one saying; ``place_of`` has what is bound.
IN_SAYING = """
    (memory_id = :memory or :memory is null and memory_id is null and message_id = :message)
"""
_LISTED = """
    memories.person_id = :person and memories.status not in ('forgotten', 'merged', 'proposed')
    and memories.paused = 0 and (memories.expires_at is null or memories.expires_at > :now)
"""
_OF_CLASSES = "data_class in (select value from json_each(:classes))"


@dataclass(frozen=True, slots=True)
class Saying:
    """Where and when something was said: in a memory, or in a message of which none was made."""

    person_id: int
    at: datetime
    message_id: int | None
    memory_id: int | None = None


@dataclass(frozen=True, slots=True)
class Within:
    """Whose, as of when, and of what it may be said."""

    person_id: int
    now: datetime
    classes: Sequence[DataClass] = tuple(DataClass)
    """Of the memory or message that says it."""
    without: Collection[int] = ()
    """Ids of memories that say nothing here."""
    recalled: bool = False
    """Only what may be recalled now, not all that may be listed."""
    of_messages: bool = True
    """Also what was said in messages of which no memory was made."""


def place_of(saying: Saying) -> dict[str, object]:
    return {"memory": saying.memory_id, "message": saying.message_id}


def condition(table: str, within: Within) -> str:
    """Over the ``memory_id`` and ``message_id`` of a table; ``binding`` has what is bound."""
    in_use = RECALLABLE if within.recalled else _LISTED
    of_memories = f"""
        exists (
            select 1 from memories where memories.id = {table}.memory_id and {in_use}
                and memories.{_OF_CLASSES}
                and memories.id not in (select value from json_each(:without)))
    """
    if not within.of_messages:
        return of_memories
    return f"""
        ({of_memories} or {table}.memory_id is null and exists (
            select 1 from messages where messages.id = {table}.message_id
                and messages.person_id = :person and state != 'erased' and replaced_at is null
                and (messages.expires_at is null or messages.expires_at > :now)
                and messages.{_OF_CLASSES}))
    """


def binding(within: Within) -> dict[str, object]:
    return memory_rows.binding(within.person_id, within.now) | {
        "classes": json.dumps(list(within.classes)),
        "without": json.dumps(list(within.without)),
    }
