"""Memories of an archive, written as they were: with the moments, states and counts that they had.

Links from one to another come last: they may point forward. Call all of it in one transaction.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from memory.records import Status
from memory.records.archive import ArchivedMemory
from memory.store.columns import (
    from_days,
    from_numbers,
    from_optional_time,
    from_statement,
    from_time,
)
from memory.store.connection import Database

LINKS = ("merged_into", "superseded_by", "follows", "rival_id")
"""From a memory to another."""


class ArchiveMemories:
    def __init__(self, database: Database) -> None:
        self._database = database

    def add_memory(
        self,
        person_id: int,
        memory: ArchivedMemory,
        *,
        topic: str,
        source_message_id: int | None,
        conversation_id: int | None,
        sweep_id: int | None,
    ) -> int:
        """With its full-text row, earlier wordings, times of use and what it says of the person;
        without links to other memories."""
        first, last = from_days(memory.happened)
        ident = self._database.insert(
            "memories",
            {
                "person_id": person_id,
                "kind": memory.kind,
                "text": memory.text,
                "data_class": memory.data_class,
                "class_reason": memory.class_reason or "",
                "purpose": memory.purpose,
                "importance": memory.importance,
                "importance_terms": from_numbers(memory.importance_terms),
                "pinned": memory.pinned,
                "pinned_at": from_optional_time(memory.pinned_at),
                "paused": memory.paused,
                "status": memory.status,
                "created_at": from_time(memory.created_at),
                "said_at": from_time(memory.said_at),
                "edited_at": from_optional_time(memory.edited_at),
                "last_accessed_at": from_optional_time(memory.last_accessed_at),
                "access_count": memory.access_count,
                "expires_at": from_optional_time(memory.expires_at),
                "forgotten_at": from_optional_time(memory.forgotten_at),
                "archived_at": from_optional_time(memory.archived_at),
                "shown_at": from_optional_time(memory.shown_at),
                "source_message_id": source_message_id,
                "conversation_id": conversation_id,
                "speaker": memory.speaker,
                "statement": from_statement(memory.statement),
                "topic": topic,
                "is_turn": memory.is_turn,
                "times_said": memory.times_said,
                "last_said_at": from_optional_time(memory.last_said_at),
                "valid_until": from_optional_time(memory.valid_until),
                "happened_first": first,
                "happened_last": last,
                "proposed_because": memory.doubt or "",
                "by_model": memory.by_model,
                "sweep_id": sweep_id,
            },
        )
        self._database.run(
            "insert into memory_text (rowid, text) values (?, ?)", (ident, memory.text)
        )
        self._add_parts(person_id, ident, memory)
        return ident

    def _add_parts(self, person_id: int, ident: int, memory: ArchivedMemory) -> None:
        """Its earlier wordings, the times of its uses, and what it says of the person."""
        run_many = self._database.run_many
        run_many(
            "insert into revisions (memory_id, text, replaced_at) values (?, ?, ?)",
            [(ident, e.text, from_time(e.replaced_at)) for e in reversed(memory.revisions)],
        )
        run_many(
            "insert into access_times (memory_id, at, kind) values (?, ?, ?)",
            [(ident, from_time(each.at), each.kind) for each in memory.uses],
        )
        run_many(
            """
            insert into profile_fields (person_id, field, value, confidence, since,
                                        source_memory_id)
            values (?, ?, ?, ?, ?, ?)
            """,
            [
                (person_id, each.field, each.value, each.confidence, from_time(each.since), ident)
                for each in memory.profile
            ],
        )

    def add_accesses(
        self, memory_id: int, memory: ArchivedMemory, messages: Mapping[int, int]
    ) -> None:
        """Built into answers by the rows of ``messages``; an answer that is not among them is gone,
        and what was built on it with it."""
        self._database.run_many(
            """
            insert into accesses (memory_id, message_id, at, score, similarity, terms, reason)
            values (?, ?, ?, ?, ?, ?, ?)
            """,
            [
                (
                    memory_id,
                    None if each.message_id is None else messages[each.message_id],
                    from_time(each.at),
                    each.score,
                    each.similarity,
                    from_numbers(each.terms),
                    each.reason,
                )
                for each in memory.accesses
                if each.message_id is None or each.message_id in messages
            ],
        )

    def link(self, memory_id: int, links: Mapping[str, int]) -> None:
        """By the names of LINKS."""
        for column, other in links.items():
            assert column in LINKS, column
            self._database.run(f"update memories set {column} = ? where id = ?", (other, memory_id))

    def end(self, memory_id: int, by: int, at: datetime) -> None:
        """It held until the memory ``by`` was said, at ``at``."""
        self._database.run(
            "update memories set superseded_by = ?, valid_until = ? where id = ?",
            (by, from_time(at), memory_id),
        )

    def set_waiting(self, memory_ids: Iterable[int]) -> None:
        """Into the inbox, as if they had come from there: what they had taken the place of holds
        again until they are accepted."""
        self._database.run_many(
            "update memories set status = ? where id = ?",
            [(Status.PROPOSED, ident) for ident in memory_ids],
        )
