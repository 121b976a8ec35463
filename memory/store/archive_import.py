"""Rows of an archive, written as they were: with the moments, states and counts that they had.

What they refer to is given as rows of this file. References between memories, and from a message to
the one that it answers, come last: they may point forward. Call all of it in one transaction.
"""

import json
import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime

from memory.records import Consent, Label, LedgerEntry, Status
from memory.records.archive import (
    ArchivedAbsence,
    ArchivedConversation,
    ArchivedMemory,
    ArchivedMessage,
    ArchivedSweep,
)
from memory.store.columns import (
    from_days,
    from_numbers,
    from_optional_time,
    from_statement,
    from_time,
)
from memory.store.connection import Database

HASH_BYTES = 32
LINKS = ("merged_into", "superseded_by", "follows", "rival_id")
"""From a memory to another."""


class ArchiveImport:
    def __init__(self, database: Database) -> None:
        self._database = database

    # -- the person -----------------------------------------------------------------------

    def add_consent(self, person_id: int, consent: Consent) -> None:
        self._database.run(
            """
            insert into consents (person_id, purpose, text_version, granted_at, revoked_at)
            values (?, ?, ?, ?, ?)
            """,
            (
                person_id,
                consent.purpose,
                consent.text_version,
                from_time(consent.granted_at),
                from_optional_time(consent.revoked_at),
            ),
        )

    def add_absence(self, person_id: int, absence: ArchivedAbsence) -> None:
        self._database.run(
            "insert into absences (person_id, since, until, holiday) values (?, ?, ?, ?)",
            (
                person_id,
                from_time(absence.since),
                from_optional_time(absence.until),
                absence.holiday,
            ),
        )

    def add_sweep(self, person_id: int, sweep: ArchivedSweep) -> int:
        return self._database.run(
            """
            insert into sweeps (person_id, at, unattended, archived, purged, purged_tokens,
                                purged_bytes, tokens, undone_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            (
                person_id,
                from_time(sweep.at),
                sweep.unattended,
                sweep.archived,
                sweep.purged,
                sweep.purged_tokens,
                sweep.purged_bytes,
                sweep.archived_tokens,
                from_optional_time(sweep.undone_at),
            ),
        )

    def reserve(self, person_id: int, placeholders: Iterable[tuple[Label, int]]) -> None:
        """Numbers that stand in what was brought in, so that no other value is given one of them.
        Whose they were is not known here: the hash is of nothing."""
        self._database.run_many(
            """
            insert into placeholders (person_id, label, number, value_hmac) values (?, ?, ?, ?)
            on conflict do nothing
            """,
            [
                (person_id, label, number, secrets.token_bytes(HASH_BYTES))
                for label, number in placeholders
            ],
        )

    def reserved(self, person_id: int) -> set[tuple[Label, int]]:
        """Numbers that are taken."""
        rows = self._database.rows(
            "select label, number from placeholders where person_id = ?", (person_id,)
        )
        return {(Label(label), number) for label, number in rows}

    # -- conversations --------------------------------------------------------------------

    def add_conversation(self, person_id: int, name: str, talk: ArchivedConversation) -> int:
        return self._database.run(
            """
            insert into conversations (person_id, name, title, created_at, updated_at, remembers)
            values (?, ?, ?, ?, ?, ?)
            """,
            (
                person_id,
                name,
                talk.title,
                from_time(talk.created_at),
                from_time(talk.updated_at),
                talk.remembers,
            ),
        )

    def add_message(self, person_id: int, conversation_id: int, message: ArchivedMessage) -> int:
        """Without what it answers."""
        self._database.run(
            "update conversations set updated_at = max(updated_at, ?) where id = ?",
            (from_time(message.created_at), conversation_id),
        )
        return self._database.run(
            """
            insert into messages (person_id, conversation_id, role, speaker, text, state, masked,
                                  note, data_class, created_at, said_at, expires_at, replaced_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            (
                person_id,
                conversation_id,
                message.role,
                message.speaker,
                message.text,
                message.state,
                json.dumps(message.masked),
                message.note,
                message.data_class,
                from_time(message.created_at),
                from_time(message.said_at),
                from_optional_time(message.expires_at),
                from_optional_time(message.replaced_at),
            ),
        )

    def link_answers(self, answers: Mapping[int, int]) -> None:
        self._database.run_many(
            "update messages set answers = ? where id = ?",
            [(question, answer) for answer, question in answers.items()],
        )

    # -- memories -------------------------------------------------------------------------

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
        ident = self._database.run(
            """
            insert into memories (person_id, kind, text, data_class, class_reason, purpose,
                                  importance, importance_terms, pinned, pinned_at, paused, status,
                                  created_at, said_at, edited_at, last_accessed_at, access_count,
                                  expires_at, forgotten_at, archived_at, shown_at,
                                  source_message_id, conversation_id, speaker, statement, topic,
                                  is_turn, times_said, last_said_at, valid_until, happened_first,
                                  happened_last, proposed_because, by_model, sweep_id)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
                    ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            (
                person_id,
                memory.kind,
                memory.text,
                memory.data_class,
                memory.class_reason or "",
                memory.purpose,
                memory.importance,
                from_numbers(memory.importance_terms),
                memory.pinned,
                from_optional_time(memory.pinned_at),
                memory.paused,
                memory.status,
                from_time(memory.created_at),
                from_time(memory.said_at),
                from_optional_time(memory.edited_at),
                from_optional_time(memory.last_accessed_at),
                memory.access_count,
                from_optional_time(memory.expires_at),
                from_optional_time(memory.forgotten_at),
                from_optional_time(memory.archived_at),
                from_optional_time(memory.shown_at),
                source_message_id,
                conversation_id,
                memory.speaker,
                from_statement(memory.statement),
                topic,
                memory.is_turn,
                memory.times_said,
                from_optional_time(memory.last_said_at),
                from_optional_time(memory.valid_until),
                *from_days(memory.happened),
                memory.doubt or "",
                memory.by_model,
                sweep_id,
            ),
        )
        run_many = self._database.run_many
        self._database.run(
            "insert into memory_text (rowid, text) values (?, ?)", (ident, memory.text)
        )
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
        return ident

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
        """It held until the other was said."""
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

    # -- the ledger -----------------------------------------------------------------------

    def add_entry(
        self,
        person_id: int,
        entry: LedgerEntry,
        message_id: int | None,
        memory_ids: Iterable[int],
    ) -> None:
        ident = self._database.run(
            """
            insert into ledger (person_id, at, purpose, provider, model, place, ending, message_id,
                                context_tokens, answer_tokens, counted_by_model, cost,
                                history_tokens, masked, memories, sections, seconds, tiers)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            (
                person_id,
                from_time(entry.at),
                entry.purpose,
                entry.provider,
                entry.model,
                entry.place,
                entry.ending,
                message_id,
                entry.context_tokens,
                entry.answer_tokens,
                entry.counted_by_model,
                entry.cost,
                entry.history_tokens,
                entry.masked,
                entry.memories,
                json.dumps(dict(entry.sections)),
                json.dumps(dict(entry.seconds)),
                json.dumps(list(entry.tiers)),
            ),
        )
        self._database.run_many(
            "insert or ignore into ledger_memories (ledger_id, memory_id) values (?, ?)",
            [(ident, memory_id) for memory_id in memory_ids],
        )
