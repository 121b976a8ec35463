"""Summaries of what conversations outgrew: one of each, with the messages that it tells of.

A summary goes with the first of them, and with its conversation.
"""

import json
from collections.abc import Collection
from datetime import datetime

from memory.records import DataClass, Summary
from memory.store.columns import from_optional_time, from_time, to_optional_time, to_time
from memory.store.connection import Database

# Summaries that hold what is selected for erasure, by what they were made of, or word for word.
HOLDING_SELECTED = """
    select summary_id from summary_messages where message_id in (select id from doomed_messages)
    union
    select summaries.id from doomed_memories
    cross join memories on memories.id = doomed_memories.id
    cross join summaries on summaries.person_id = memories.person_id
    where instr(summaries.text, memories.text)
"""


class Summaries:
    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, conversation_id: int, now: datetime) -> Summary | None:
        """Of a conversation; None when none was made, or it has expired."""
        row = self._database.row(
            """
            select id, text, data_class, model, made_at, expires_at from summaries
            where conversation_id = ?1 and (expires_at is null or expires_at > ?2)
            """,
            (conversation_id, from_time(now)),
        )
        if row is None:
            return None
        ident, text, data_class, model, made_at, expires_at = row
        messages = self._database.rows(
            "select message_id from summary_messages where summary_id = ? order by message_id",
            (ident,),
        )
        return Summary(
            text=text,
            data_class=DataClass(data_class),
            model=model,
            made_at=to_time(made_at),
            message_ids=tuple(row[0] for row in messages),
            expires_at=to_optional_time(expires_at),
        )

    def all(self, person_id: int, now: datetime) -> list[Summary]:
        rows = self._database.rows(
            "select conversation_id from summaries where person_id = ?", (person_id,)
        )
        found = (self.get(row[0], now) for row in rows)
        return [summary for summary in found if summary is not None]

    def put(self, person_id: int, conversation_id: int, summary: Summary) -> None:
        """In the place of the one before."""
        self.remove(conversation_id)
        ident = self._database.run(
            """
            insert into summaries (person_id, conversation_id, text, data_class, model, made_at,
                                   expires_at)
            values (?, ?, ?, ?, ?, ?, ?)
            """,
            (
                person_id,
                conversation_id,
                summary.text,
                summary.data_class,
                summary.model,
                from_time(summary.made_at),
                from_optional_time(summary.expires_at),
            ),
        )
        self._database.run_many(
            "insert into summary_messages (summary_id, message_id) values (?, ?)",
            [(ident, message) for message in summary.message_ids],
        )

    def remove(self, conversation_id: int) -> None:
        self._database.run("delete from summaries where conversation_id = ?", (conversation_id,))

    def made(self, person_id: int) -> dict[int, tuple[DataClass, datetime]]:
        """The class of each and when it was made, by id."""
        rows = self._database.rows(
            "select id, data_class, made_at from summaries where person_id = ?", (person_id,)
        )
        return {ident: (DataClass(of), to_time(made_at)) for ident, of, made_at in rows}

    def telling(self, message_ids: Collection[int]) -> dict[int, tuple[DataClass, datetime]]:
        """As above, those that tell of any of the messages."""
        rows = self._database.rows(
            """
            select id, data_class, made_at from summaries where id in (
                select summary_id from summary_messages
                where message_id in (select value from json_each(?)))
            """,
            (json.dumps(list(message_ids)),),
        )
        return {ident: (DataClass(of), to_time(made_at)) for ident, of, made_at in rows}

    def set_class(
        self, summary_id: int, data_class: DataClass, expires_at: datetime | None
    ) -> None:
        self._database.run(
            "update summaries set data_class = ?, expires_at = ? where id = ?",
            (data_class, from_optional_time(expires_at), summary_id),
        )

    def find(self, conversation_id: int) -> int | None:
        row = self._database.row(
            "select id from summaries where conversation_id = ?", (conversation_id,)
        )
        return row[0] if row else None

    def contexts(self, summary_ids: Collection[int], mark: str) -> list[int]:
        """Kept contexts of their conversations that hold a summary, also an earlier one: it stands
        behind the mark."""
        rows = self._database.rows(
            """
            select distinct context_id from summaries
            join messages on messages.conversation_id = summaries.conversation_id
            join context_messages on context_id = messages.id
            where summaries.id in (select value from json_each(?))
                and context_messages.role = 'system' and instr(context_messages.text, ?)
            """,
            (json.dumps(list(summary_ids)), mark),
        )
        return [row[0] for row in rows]

    def texts(self, person_id: int) -> dict[int, str]:
        """Of all of a person's, by id."""
        return dict(
            self._database.rows("select id, text from summaries where person_id = ?", (person_id,))
        )

    def expired(self, now: datetime) -> dict[int, list[int]]:
        """Ids by person of those past their retention."""
        found: dict[int, list[int]] = {}
        for person_id, ident in self._database.rows(
            "select person_id, id from summaries where expires_at <= ?", (from_time(now),)
        ):
            found.setdefault(person_id, []).append(ident)
        return found
