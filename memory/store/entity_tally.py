"""What the mentions of an entity add up to: its names, count, importance, attributes, and its ends.

Counted here and not by the database: grouped by names, sayings and attributes, tens of thousands of
mentions take it several times as long.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from memory.records import Entity, EntityType
from memory.store.columns import to_time
from memory.store.connection import Row

IMPORTANCE_PER_MENTION = 0.1
"""Added with each mention after the first (article, section 3)."""
NO_ATTRIBUTES = "{}"

Named = tuple[int, EntityType, str]
"""An entity's id and type, and one of its names."""


class End(NamedTuple):
    """The first or the last mention: by which name, and what it stands in."""

    name: str
    memory_id: int | None
    message_id: int | None


@dataclass(frozen=True, slots=True)
class Tally:
    entity: Entity
    """Without contexts."""
    first: End
    last: End


@dataclass(slots=True)
class _Count:
    first: Row
    last: Row
    names: dict[int, str] = field(default_factory=dict)
    """By the id of a name, when it was last said."""
    attributes: dict[str, str] = field(default_factory=dict)
    sayings: set[int] = field(default_factory=set)
    """Ids of messages; negative ones of memories that were told outright."""


def tallied(named: Mapping[int, Named], mentions: Iterable[Row]) -> list[Tally]:
    """Most mentioned first, the latest of equals. ``named``: by the id of a name. ``mentions``:
    the id of a name, attributes, memory, message and moment of each, in the order they were said.
    """
    counts: dict[int, _Count] = {}
    for mention in mentions:
        name_id, attributes, memory_id, message_id, at = mention
        ident = named[name_id][0]
        count = counts.get(ident)
        if count is None:
            count = counts[ident] = _Count(mention, mention)
        count.last = mention
        count.names[name_id] = at
        count.sayings.add(-memory_id if message_id is None else message_id)
        if attributes != NO_ATTRIBUTES:
            count.attributes |= json.loads(attributes)
    tallies = [_tally(named, count) for _, count in sorted(counts.items())]
    return sorted(
        tallies, key=lambda t: (t.entity.mention_count, t.entity.last_mentioned_at), reverse=True
    )


def fullest_first(names: Iterable[str]) -> list[str]:
    """Most words first, then the longest; each once."""
    return sorted(dict.fromkeys(names), key=lambda name: (-len(name.split()), -len(name)))


def _tally(named: Mapping[int, Named], count: _Count) -> Tally:
    name_id, *_, first_at = count.first
    ident, kind, _ = named[name_id]
    by_time = sorted(count.names, key=count.names.__getitem__)
    name, *aliases = fullest_first(named[name_id][2] for name_id in by_time)
    mentions = len(count.sayings)
    entity = Entity(
        id=ident,
        name=name,
        type=kind,
        mention_count=mentions,
        importance=1 + IMPORTANCE_PER_MENTION * (mentions - 1),
        first_mentioned_at=to_time(first_at),
        last_mentioned_at=to_time(count.last[-1]),
        aliases=tuple(aliases),
        attributes=count.attributes,
    )
    return Tally(entity, _end(named, count.first), _end(named, count.last))


def _end(named: Mapping[int, Named], mention: Row) -> End:
    name_id, _, memory_id, message_id, _ = mention
    return End(named[name_id][2], memory_id, message_id)
