"""Uses: one row each time a memory was listed, or built into an answer, which goes with the answer;
and the time of each that counted, kept as long as the memory."""

import json
from collections.abc import Sequence
from datetime import datetime

from memory.records import Source, Use, UseKind
from memory.store.columns import (
    from_numbers,
    from_optional_time,
    from_time,
    to_numbers,
    to_time,
)
from memory.store.connection import Database
from memory.store.memory_rows import COLUMNS, FROM, item_of


class Uses:
    def __init__(self, database: Database) -> None:
        self._database = database

    def record(
        self,
        source: Source,
        *,
        message_id: int | None,
        expires_at: datetime | None,
        now: datetime,
        counts: bool = True,
    ) -> None:
        """A use reinforces, and retention counts from it; unless it ``counts``, it is only kept
        which answer told the memory. What is erased by now is not used.
        """
        if counts:
            kind = UseKind.LISTED if message_id is None else UseKind.ANSWER
            self.count(source.item.id, kind, expires_at, now)
        self._database.run(
            """
            insert into accesses (memory_id, message_id, at, score, similarity, terms, reason)
            select id, ?, ?, ?, ?, ?, ? from memories where id = ?
            """,
            (
                message_id,
                from_time(now),
                source.score,
                source.similarity,
                from_numbers(source.terms),
                source.reason,
                source.item.id,
            ),
        )

    def count(
        self, memory_id: int, kind: UseKind, expires_at: datetime | None, now: datetime
    ) -> None:
        self._database.run(
            """
            update memories
            set access_count = access_count + 1, last_accessed_at = ?, expires_at = ?
            where id = ?
            """,
            (from_time(now), from_optional_time(expires_at), memory_id),
        )
        self.add_time(memory_id, kind, now)

    def add_time(self, memory_id: int, kind: UseKind, now: datetime) -> None:
        """Nothing for what is erased by now."""
        self._database.run(
            """
            insert into access_times (memory_id, at, kind)
            select id, ?, ? from memories where id = ?
            """,
            (from_time(now), kind, memory_id),
        )

    def times(self, memory_id: int) -> list[tuple[datetime, UseKind]]:
        """Of every use that counted, the first first."""
        rows = self._database.rows(
            "select at, kind from access_times where memory_id = ? order by at, id", (memory_id,)
        )
        return [(to_time(at), UseKind(kind)) for at, kind in rows]

    def messages_of(self, memory_ids: Sequence[int]) -> set[int]:
        """Ids of the messages that told them again, or said them once more."""
        rows = self._database.rows(
            """
            select message_id from accesses
            where memory_id in (select value from json_each(?)) and message_id is not null
            """,
            (json.dumps(list(memory_ids)),),
        )
        return {row[0] for row in rows}

    def sources(self, message_id: int) -> list[Source]:
        """The memories an answer was built on, in the order of their use."""
        rows = self._database.rows(
            f"""
            select {COLUMNS}, accesses.score, accesses.similarity, accesses.terms,
                   accesses.reason
            {FROM} join accesses on accesses.memory_id = memories.id
            where accesses.message_id = ? order by accesses.id
            """,
            (message_id,),
        )
        return [
            Source(item_of(row[:-4]), row[-4], row[-3], to_numbers(row[-2]), row[-1])
            for row in rows
        ]

    def asked(self, person_id: int, limit: int) -> list[tuple[str, tuple[int, ...]]]:
        """What the person asked lately and was answered from memory, the latest first: the
        question, and the ids of the memories that its answer was built on."""
        rows = self._database.rows(
            """
            select question.text, json_group_array(distinct memory_id)
            from accesses
            join messages as answer on answer.id = accesses.message_id
            join messages as question on question.id = answer.answers
            where answer.person_id = ? and question.text != ''
            group by answer.id order by answer.id desc limit ?
            """,
            (person_id, limit),
        )
        return [(text, tuple(json.loads(ids))) for text, ids in rows]

    def of_memory(self, memory_id: int, limit: int) -> list[Use]:
        """The latest first."""
        rows = self._database.rows(
            """
            select at, score, similarity, reason, accesses.message_id, conversations.name
            from accesses
            left join messages on messages.id = accesses.message_id
            left join conversations on conversations.id = messages.conversation_id
            where accesses.memory_id = ? order by accesses.id desc limit ?
            """,
            (memory_id, limit),
        )
        return [
            Use(to_time(at), score, similarity, reason, message_id, conversation)
            for at, score, similarity, reason, message_id, conversation in rows
        ]
