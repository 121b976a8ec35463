"""Entities and where each was mentioned; counts and importance are derived from the mentions."""

import json
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from memory.records import Entity, EntityType, Mention
from memory.store.columns import from_optional_time, from_time, to_time
from memory.store.connection import Database

IMPORTANCE_PER_MENTION = 0.1
"""Added with each mention after the first (article, section 3)."""


class Entities:
    def __init__(self, database: Database) -> None:
        self._database = database

    def mention(
        self,
        person_id: int,
        mentions: Sequence[Mention],
        *,
        message_id: int | None,
        memory_id: int | None,
        at: datetime,
    ) -> None:
        for mention in mentions:
            self._database.run(
                """
                insert into entity_mentions (entity_id, message_id, memory_id, at)
                values (?, ?, ?, ?)
                """,
                (self._find_or_add(person_id, mention), message_id, memory_id, from_time(at)),
            )

    def _find_or_add(self, person_id: int, mention: Mention) -> int:
        key = (person_id, mention.type, mention.name)
        self._database.run(
            """
            insert into entities (person_id, type, name) values (?, ?, ?)
            on conflict (person_id, type, name) do nothing
            """,
            key,
        )
        found: int = self._database.value(
            "select id from entities where person_id = ? and type = ? and name = ?", key
        )
        return found

    def forget_mentions(self, memory_id: int) -> None:
        """Before what a memory mentions is learnt anew from a corrected text."""
        self._database.run("delete from entity_mentions where memory_id = ?", (memory_id,))
        self.remove_unmentioned()

    def remove_unmentioned(self) -> int:
        return self._database.changes(
            """
            delete from entities where not exists
                (select 1 from entity_mentions where entity_id = entities.id)
            """
        )

    def all(self, person_id: int, now: datetime | None = None) -> list[Entity]:
        """Most mentioned first, the latest of equals. What is not used mentions nothing.

        ``now``: nor what is past its retention then.
        """
        rows = self._database.rows(
            """
            select entities.id, name, type, count(*) as mentions, min(at), max(at) as last
            from entities join entity_mentions on entity_id = entities.id
            left join memories on memories.id = memory_id
            where entities.person_id = :person and (memories.id is null
                or memories.status not in ('forgotten', 'merged') and memories.paused = 0
                    and (:now is null or memories.expires_at is null or memories.expires_at > :now))
            group by entities.id order by mentions desc, last desc, entities.id
            """,
            {"person": person_id, "now": from_optional_time(now)},
        )
        return [
            Entity(
                id=ident,
                name=name,
                type=EntityType(kind),
                mention_count=count,
                importance=1 + IMPORTANCE_PER_MENTION * (count - 1),
                first_mentioned_at=to_time(first),
                last_mentioned_at=to_time(last),
            )
            for ident, name, kind, count, first, last in rows
        ]

    def names(self, person_id: int) -> list[str]:
        """Of all that was ever mentioned and is still kept."""
        rows = self._database.rows("select name from entities where person_id = ?", (person_id,))
        return [row[0] for row in rows]

    def named_in(self, memory_ids: Sequence[int]) -> dict[int, list[str]]:
        """Names by the memory that mentions them."""
        rows = self._database.rows(
            """
            select memory_id, name from json_each(?)
            join entity_mentions on memory_id = value
            join entities on entities.id = entity_id
            """,
            (json.dumps(list(memory_ids)),),
        )
        names: dict[int, list[str]] = defaultdict(list)
        for ident, name in rows:
            names[ident].append(name)
        return names

    def memories_mentioning(self, entity_id: int) -> list[int]:
        rows = self._database.rows(
            """
            select distinct memory_id from entity_mentions
            where entity_id = ? and memory_id is not null
            """,
            (entity_id,),
        )
        return [row[0] for row in rows]
