"""The profile: fields the person stated about themselves (article, section 1).

A field belongs to the memory it was said in, so what is corrected, forgotten or erased there is
corrected, forgotten and erased here.
"""

from collections.abc import Sequence
from datetime import datetime

from memory.records import ProfileFact, ProfileField
from memory.store.columns import from_time, to_time
from memory.store.connection import Database
from memory.store.memory_rows import RECALLABLE, binding


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
        """All that recallable memories state, the latest said first."""
        rows = self._database.rows(
            f"""
            select field, value, confidence, since, source_memory_id
            from profile_fields join memories on memories.id = source_memory_id
            where {RECALLABLE}
            order by since desc, profile_fields.id desc
            """,
            binding(person_id, now),
        )
        return [
            ProfileField(field, value, confidence, to_time(since), source)
            for field, value, confidence, since, source in rows
        ]
