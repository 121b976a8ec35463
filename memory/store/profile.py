"""The profile: fields the person stated about themselves (article, section 1).

A field belongs to the memory it was said in, so what is corrected, forgotten or erased there is
corrected, forgotten and erased here.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from memory.records import ProfileFact, ProfileField, StatedField, Statement, Successor
from memory.store.columns import from_time, to_optional_time, to_statement, to_time
from memory.store.connection import Database, Row
from memory.store.memory_rows import EVEN_IF_OVER, RECALLABLE, binding


class Profile:
    def __init__(self, database: Database) -> None:
        self._database = database

    def replace(
        self, person_id: int, memory_id: int, facts: Sequence[ProfileFact], since: datetime
    ) -> None:
        """Make the facts the only ones that come from the memory."""
        self._database.run("delete from profile_fields where source_memory_id = ?", (memory_id,))
        self._database.run_many(
            """
            insert into profile_fields (person_id, field, value, confidence, since,
                                        source_memory_id)
            values (?, ?, ?, ?, ?, ?)
            """,
            [
                (person_id, fact.field, fact.value, fact.confidence, from_time(since), memory_id)
                for fact in facts
            ],
        )

    def fields(self, person_id: int, now: datetime) -> list[ProfileField]:
        """All that recallable memories state and that still holds, the latest said first."""
        fields = [stated.field for stated in self._stated(binding(person_id, now))]
        return [field for field in fields if field.until is None or field.until > now]

    def stated(self, person_id: int, now: datetime) -> list[StatedField]:
        """As ``fields``, and what no longer holds, each as its own memory states it."""
        return self._stated(binding(person_id, now) | EVEN_IF_OVER)

    def _stated(self, bindings: Mapping[str, object]) -> list[StatedField]:
        rows = self._database.rows(
            f"""
            select field, value, confidence, since, source_memory_id, memories.source_message_id,
                   memories.valid_until,
                   memories.statement is not null and memories.source_message_id is null,
                   coalesce(json_extract(memories.statement, '$.instead_of'), ''),
                   newer.statement,
                   (select json_group_array(field) from profile_fields
                    where source_memory_id = newer.id)
            from profile_fields
            join memories on memories.id = source_memory_id
            left join memories as newer on newer.id = memories.superseded_by
                and memories.valid_until is not null
            where {RECALLABLE}
            order by since desc, profile_fields.id desc
            """,
            bindings,
        )
        return [_stated_field(row) for row in rows]


def _stated_field(row: Row) -> StatedField:
    *first, told, instead_of, newer, fields = row
    name, value, confidence, since, memory_id, message_id, until = first
    field = ProfileField(
        field=name,
        value=value,
        confidence=confidence,
        since=to_time(since),
        source_memory_id=memory_id,
        source_message_id=message_id,
        until=to_optional_time(until),
        told=bool(told),
    )
    return StatedField(field, instead_of, _successor(to_statement(newer), json.loads(fields)))


def _successor(statement: Statement | None, fields: Sequence[str]) -> Successor | None:
    if statement is None:
        return None
    return Successor(
        frozenset(fields),
        statement.attribute,
        statement.instead_of,
        ends=statement.ended or statement.negated,
        gone=statement.value,
    )
