"""Rows of an archive, written as they were: with the moments, states and counts that they had.

What they refer to is given as rows of this file. References from a message to the one that it
answers come last: they may point forward. Call all of it in one transaction.
"""

import json
import secrets
from collections.abc import Iterable, Mapping

from memory.records import Consent, Label, LedgerEntry
from memory.records.archive import (
    ArchivedAbsence,
    ArchivedConversation,
    ArchivedMessage,
    ArchivedSweep,
)
from memory.store.columns import (
    from_optional_time,
    from_time,
)
from memory.store.connection import Database

HASH_BYTES = 32


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
        return self._database.insert(
            "messages",
            {
                "person_id": person_id,
                "conversation_id": conversation_id,
                "role": message.role,
                "speaker": message.speaker,
                "text": message.text,
                "state": message.state,
                "masked": json.dumps(message.masked),
                "note": message.note,
                "data_class": message.data_class,
                "created_at": from_time(message.created_at),
                "said_at": from_time(message.said_at),
                "expires_at": from_optional_time(message.expires_at),
                "replaced_at": from_optional_time(message.replaced_at),
            },
        )

    def link_answers(self, answers: Mapping[int, int]) -> None:
        self._database.run_many(
            "update messages set answers = ? where id = ?",
            [(question, answer) for answer, question in answers.items()],
        )

    # -- the ledger -----------------------------------------------------------------------

    def add_entry(
        self,
        person_id: int,
        entry: LedgerEntry,
        message_id: int | None,
        memory_ids: Iterable[int],
    ) -> None:
        ident = self._database.insert(
            "ledger",
            {
                "person_id": person_id,
                "at": from_time(entry.at),
                "purpose": entry.purpose,
                "provider": entry.provider,
                "model": entry.model,
                "place": entry.place,
                "ending": entry.ending,
                "message_id": message_id,
                "context_tokens": entry.context_tokens,
                "answer_tokens": entry.answer_tokens,
                "counted_by_model": entry.counted_by_model,
                "cost": entry.cost,
                "history_tokens": entry.history_tokens,
                "masked": entry.masked,
                "memories": entry.memories,
                "sections": json.dumps(dict(entry.sections)),
                "seconds": json.dumps(dict(entry.seconds)),
                "tiers": json.dumps(list(entry.tiers)),
            },
        )
        self._database.run_many(
            "insert or ignore into ledger_memories (ledger_id, memory_id) values (?, ?)",
            [(ident, memory_id) for memory_id in memory_ids],
        )
