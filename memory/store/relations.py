"""What entities have to do with one another (article, section 3): who did what, as it was said, and
who is named together.

A relation belongs to the memory it was said in, or to the message of which none was made.
"""

import json
from collections import defaultdict
from collections.abc import Collection
from itertools import combinations, groupby
from operator import itemgetter

from memory.records import EntityRelation, Relation, Together
from memory.store.columns import from_time, to_time
from memory.store.connection import Database
from memory.store.said import IN_SAYING, Saying, Within, binding, condition, place_of

MOST_TOGETHER = 12
"""A memory that names more entities than that says little of any two of them."""


class Relations:
    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, subject_id: int, relation: Relation, object_id: int, saying: Saying) -> None:
        self._database.run(
            """
            insert into relations (person_id, subject_id, verb, said, object_id, negated,
                                   message_id, memory_id, at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            (
                saying.person_id,
                subject_id,
                relation.verb,
                relation.said,
                object_id,
                relation.negated,
                saying.message_id,
                saying.memory_id,
                from_time(saying.at),
            ),
        )

    def forget(self, saying: Saying) -> None:
        """Before what is said there is learnt anew from a corrected text."""
        self._database.run(f"delete from relations where {IN_SAYING}", place_of(saying))

    def all(self, within: Within, of: Collection[int] | None = None) -> list[EntityRelation]:
        """The latest said first; ``of``: only those with one of these entities."""
        these = "(select value from json_each(:entities))"
        chosen = "" if of is None else f"and (subject_id in {these} or object_id in {these})"
        bindings = binding(within) | ({} if of is None else {"entities": json.dumps(list(of))})
        rows = self._database.rows(
            f"""
            select subject_id, verb, object_id, said, negated, memory_id, message_id, at
            from relations
            where person_id = :person and {condition("relations", within)} {chosen}
            order by at desc, id desc
            """,
            bindings,
        )
        return [
            EntityRelation(subject, verb, thing, said, bool(negated), memory, message, to_time(at))
            for subject, verb, thing, said, negated, memory, message, at in rows
        ]

    def together(self, within: Within, of: int | None = None) -> list[Together]:
        """Named in the same memory; most often first. ``of``: only those with this entity."""
        with_it = """
            memory_id in (
                select memory_id from entity_mentions
                join entity_names on entity_names.id = name_id where entity_id = :entity)
            and
        """
        rows = self._database.rows(
            f"""
            select distinct memory_id, entity_id from entity_mentions
            join entity_names on entity_names.id = name_id
            where memory_id is not null and {"" if of is None else with_it}
                {condition("entity_mentions", within)}
            order by memory_id, entity_id
            """,
            binding(within) | ({} if of is None else {"entity": of}),
        )
        pairs: dict[tuple[int, int], list[int]] = defaultdict(list)
        for memory_id, named in groupby(rows, key=itemgetter(0)):
            entities = [entity for _, entity in named]
            if len(entities) <= MOST_TOGETHER:
                for pair in combinations(entities, 2):
                    if of is None or of in pair:
                        pairs[pair].append(memory_id)
        found = [Together(*pair, tuple(memories)) for pair, memories in pairs.items()]
        return sorted(found, key=lambda t: (-len(t.memory_ids), t.first_id, t.second_id))
