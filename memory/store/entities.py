"""Entities, the names they go by, and where each was mentioned.

An entity has no name but those it is mentioned by: its name is the fullest that is still said, and
what is forgotten, paused, over or erased takes its names along. Counts, importance and attributes
are derived from the mentions, too.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from memory.records import Entity, EntityType, Mention
from memory.store.columns import from_time, to_time
from memory.store.connection import Database, Row
from memory.store.entity_tally import End, Tally, fullest_first, tallied
from memory.store.said import IN_SAYING, Saying, Within, binding, condition, place_of

UNMENTIONED = (
    """
    delete from entity_names where not exists
        (select 1 from entity_mentions where name_id = entity_names.id)
    """,
    """
    delete from entities where not exists
        (select 1 from entity_names where entity_id = entities.id)
    """,
)
MENTIONS = """
    from entity_mentions
    join entity_names on entity_names.id = name_id
    join entities on entities.id = entity_id
"""


@dataclass(frozen=True, slots=True)
class Said:
    """A mention with the whole text it stands in."""

    name: str
    memory_id: int | None
    message_id: int | None
    at: datetime
    text: str


TYPES = {kind.value: kind for kind in EntityType}


class Entities:
    def __init__(self, database: Database) -> None:
        self._database = database

    # -- writing --------------------------------------------------------------------------

    def add(self, person_id: int, kind: EntityType) -> int:
        """One without a name: mention it. Returns its id."""
        return self._database.run(
            "insert into entities (person_id, type) values (?, ?)", (person_id, kind)
        )

    def mention(self, entity_id: int, mention: Mention, saying: Saying) -> None:
        self._database.run(
            """
            insert into entity_mentions (name_id, attributes, message_id, memory_id, at)
            values (?, ?, ?, ?, ?)
            """,
            (
                self._name(entity_id, mention.name),
                json.dumps(dict(mention.attributes), sort_keys=True),
                saying.message_id,
                saying.memory_id,
                from_time(saying.at),
            ),
        )

    def _name(self, entity_id: int, name: str) -> int:
        """The id of one of an entity's names."""
        self._database.run(
            """
            insert into entity_names (entity_id, name) values (?, ?)
            on conflict (entity_id, name) do nothing
            """,
            (entity_id, name),
        )
        found: int = self._database.value(
            "select id from entity_names where entity_id = ? and name = ?", (entity_id, name)
        )
        return found

    def forget_mentions(self, saying: Saying) -> None:
        """Before what is mentioned there is learnt anew from a corrected text; who was mentioned
        there alone stays until ``remove_unmentioned``."""
        self._database.run(f"delete from entity_mentions where {IN_SAYING}", place_of(saying))

    def remove_unmentioned(self) -> None:
        for statement in UNMENTIONED:
            self._database.run(statement)

    # -- what is known --------------------------------------------------------------------

    def all(self, within: Within, among: Collection[int] | None = None) -> list[Entity]:
        """Most mentioned first, the latest of equals; without contexts. ``among``: of these ids."""
        return [tally.entity for tally in self.tallies(within, among)]

    def tallies(self, within: Within, among: Collection[int] | None = None) -> list[Tally]:
        """As ``all``, each with its ends."""
        named = {
            name_id: (ident, EntityType(kind), name)
            for name_id, ident, kind, name in self._database.rows(
                """
                select entity_names.id, entities.id, type, name from entities
                join entity_names on entity_id = entities.id where person_id = :person
                """,
                {"person": within.person_id},
            )
        }
        return tallied(named, self._mentions(within, among))

    def _mentions(self, within: Within, among: Collection[int] | None) -> list[Row]:
        """In the order they were said. Without a join: of tens of thousands, it takes most of the
        time."""
        bindings, of_these = binding(within), ""
        if among is not None:
            bindings |= {"entities": json.dumps(list(among))}
            of_these = """
                name_id in (
                    select id from entity_names
                    where entity_id in (select value from json_each(:entities)))
                and
            """
        return self._database.rows(
            f"""
            select name_id, attributes, memory_id, message_id, at from entity_mentions
            where {of_these} {condition("entity_mentions", within)}
            order by at, id
            """,
            bindings,
        )

    def names(self, person_id: int) -> dict[int, tuple[EntityType, list[str]]]:
        """By entity its type and all names that are still kept, the fullest first."""
        rows = self._database.rows(
            """
            select entities.id, type, name from entities
            join entity_names on entity_id = entities.id
            where person_id = ? order by entities.id, entity_names.id
            """,
            (person_id,),
        )
        kinds: dict[int, str] = {}
        names: dict[int, list[str]] = defaultdict(list)
        for ident, kind, name in rows:
            kinds[ident] = kind
            names[ident].append(name)
        return {  # most have one name: thousands are read for each memory that mentions any
            ident: (TYPES[kinds[ident]], fullest_first(found) if len(found) > 1 else found)
            for ident, found in names.items()
        }

    def person_of(self, entity_id: int) -> int | None:
        row = self._database.row("select person_id from entities where id = ?", (entity_id,))
        return row[0] if row else None

    # -- where it was said ----------------------------------------------------------------

    def named_in(self, memory_ids: Iterable[int]) -> dict[int, set[int]]:
        """Ids of the entities by the memory that mentions them."""
        rows = self._database.rows(
            """
            select memory_id, entity_id from json_each(?)
            join entity_mentions on memory_id = value
            join entity_names on entity_names.id = name_id
            """,
            (json.dumps(list(memory_ids)),),
        )
        found: dict[int, set[int]] = defaultdict(set)
        for memory_id, entity_id in rows:
            found[memory_id].add(entity_id)
        return found

    def places(self, entity_id: int) -> tuple[list[int], list[int]]:
        """Ids of the memories that mention it, and of the messages of which none was made."""
        rows = self._database.rows(
            """
            select distinct memory_id, message_id from entity_mentions
            join entity_names on entity_names.id = name_id where entity_id = ?
            """,
            (entity_id,),
        )
        memories = [memory for memory, _ in rows if memory is not None]
        return list(dict.fromkeys(memories)), [said for memory, said in rows if memory is None]

    def telling(self, entity_ids: Collection[int], within: Within) -> list[int]:
        """Ids of memories that say each of their names and attributes, the latest that does."""
        rows = self._database.rows(
            f"""
            select memory_id, max(at) {MENTIONS}
            where entities.id in (select value from json_each(:entities)) and memory_id is not null
                and {condition("entity_mentions", within)}
            group by name_id, attributes
            """,
            binding(within) | {"entities": json.dumps(list(entity_ids))},
        )
        return [row[0] for row in rows]

    def mentions_of(self, entity_id: int, within: Within, limit: int) -> list[Said]:
        """The latest first, with the texts as they are now."""
        rows = self._database.rows(
            f"""
            select name, memory_id, message_id, at, coalesce(
                (select text from memories where id = memory_id),
                (select text from messages where id = message_id), '')
            {MENTIONS}
            where entity_id = :entity and {condition("entity_mentions", within)}
            order by at desc, entity_mentions.id desc limit :limit
            """,
            binding(within) | {"entity": entity_id, "limit": limit},
        )
        return [
            Said(name, memory, message, to_time(at), text)
            for name, memory, message, at, text in rows
        ]

    def texts(self, ends: Iterable[End]) -> dict[End, str]:
        """What each stands in, as it is now."""
        wanted = set(ends)
        memories = self._texts("memories", [e.memory_id for e in wanted if e.memory_id is not None])
        messages = self._texts("messages", [e.message_id for e in wanted if e.memory_id is None])
        return {
            end: messages.get(end.message_id, "")
            if end.memory_id is None
            else memories.get(end.memory_id, "")
            for end in wanted
        }

    def _texts(self, table: str, ids: Sequence[int | None]) -> dict[int | None, str]:
        rows = self._database.rows(
            f"select id, text from {table} where id in (select value from json_each(?))",
            (json.dumps(ids),),
        )
        return dict(rows)
