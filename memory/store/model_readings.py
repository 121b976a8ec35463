"""What came of asking a model about a message: closed words and a number, so that the page can say
it after a reload. They go with their message."""

import json
from collections.abc import Iterable

from memory.records import ModelReading, Outcome, Unusable
from memory.store.connection import Database


class ModelReadings:
    def __init__(self, database: Database) -> None:
        self._database = database

    def record(self, message_id: int, reading: ModelReading) -> None:
        """In the place of an earlier one."""
        self._database.run(
            """
            insert into model_readings (message_id, outcome, proposed, unusable)
            values (?, ?, ?, ?)
            on conflict (message_id) do update set
                outcome = excluded.outcome, proposed = excluded.proposed,
                unusable = excluded.unusable
            """,
            (message_id, reading.outcome, reading.proposed, reading.unusable or ""),
        )

    def of_messages(self, message_ids: Iterable[int]) -> dict[int, ModelReading]:
        """Those of them that a model has read."""
        rows = self._database.rows(
            """
            select message_id, outcome, proposed, unusable
            from json_each(?) join model_readings on message_id = value
            """,
            (json.dumps(list(message_ids)),),
        )
        return {
            ident: ModelReading(Outcome(outcome), proposed, Unusable(why) if why else None)
            for ident, outcome, proposed, why in rows
        }
