"""All rows of a person, page by page, as an export holds them. Every call reads its page to the
end, so that an export of any size keeps no read transaction open and holds one page at a time."""

import json
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar

from memory.records import DataClass, Role
from memory.records.archive import (
    ArchivedMemory,
    ArchivedMessage,
    ArchivedSummary,
    ArchivedSweep,
)
from memory.store.answers import Answers
from memory.store.archive_records import (
    access_of,
    fact_of,
    memory_of,
    mention_of,
    message_of,
    relation_of,
    revision_of,
    use_of,
)
from memory.store.columns import from_time, to_optional_time, to_time
from memory.store.connection import Database, Row
from memory.store.memory_rows import COLUMNS, FROM
from memory.store.messages import WITHIN_RETENTION
from memory.store.model_readings import ModelReadings

Part = TypeVar("Part")
_CHOSEN = "(select value from json_each(:ids))"
_REVISIONS = f"""
    select memory_id, text, replaced_at from revisions where memory_id in {_CHOSEN}
    order by id desc
"""
_USES = f"""
    select memory_id, at, kind from access_times where memory_id in {_CHOSEN} order by at, id
"""
_ACCESSES = f"""
    select memory_id, at, score, similarity, terms, reason, message_id
    from accesses where memory_id in {_CHOSEN} order by id
"""
_FACTS = f"""
    select source_memory_id, field, value, confidence, since
    from profile_fields where source_memory_id in {_CHOSEN} order by id
"""
_MENTIONS = f"""
    select {{owner}}, entity_id, type, name, attributes, at, message_id
    from entity_mentions
    join entity_names on entity_names.id = name_id join entities on entities.id = entity_id
    where {{owner}} in {_CHOSEN} and {{where}} order by entity_mentions.id
"""
_RELATIONS = f"""
    select {{owner}}, subject_id, verb, said, object_id, negated, at, message_id
    from relations where {{owner}} in {_CHOSEN} and {{where}} order by id
"""
_BY_MEMORY = {"owner": "memory_id", "where": "true"}
_BY_MESSAGE = {"owner": "message_id", "where": "memory_id is null"}


class ArchiveRows:
    def __init__(self, database: Database) -> None:
        self._database = database
        self._answers = Answers(database)
        self._readings = ModelReadings(database)

    def memories(
        self, person_id: int, now: datetime, after: int, limit: int
    ) -> list[ArchivedMemory]:
        """Of every status, within their retention, in the order they were stored; from the one
        behind the id ``after``. Without their retention, which is a rule's number."""
        rows = self._database.rows(
            f"""
            select {COLUMNS}, follows, shown_at, sweep_id {FROM}
            where memories.person_id = ? and memories.id > ?
                and (expires_at is null or expires_at > ?)
            order by memories.id limit ?
            """,
            (person_id, after, from_time(now), limit),
        )
        ids = [row[0] for row in rows]
        revisions, uses = self._by(_REVISIONS, ids, revision_of), self._by(_USES, ids, use_of)
        accesses, facts = self._by(_ACCESSES, ids, access_of), self._by(_FACTS, ids, fact_of)
        mentions = self._by(_MENTIONS.format(**_BY_MEMORY), ids, mention_of)
        relations = self._by(_RELATIONS.format(**_BY_MEMORY), ids, relation_of)
        return [
            memory_of(
                row,
                revisions=tuple(revisions[row[0]]),
                uses=tuple(uses[row[0]]),
                accesses=tuple(accesses[row[0]]),
                profile=tuple(facts[row[0]]),
                mentions=tuple(mentions[row[0]]),
                relations=tuple(relations[row[0]]),
            )
            for row in rows
        ]

    def messages(
        self, conversation_id: int, now: datetime, after: int, limit: int
    ) -> list[ArchivedMessage]:
        """Also replaced ones that are not erased yet; within their retention, in their order."""
        rows = self._database.rows(
            f"""
            select id, role, text, state, created_at, said_at, data_class, speaker, masked, note,
                   replaced_at, expires_at, answers
            from messages
            where conversation_id = :conversation and id > :after and {WITHIN_RETENTION}
            order by id limit :limit
            """,
            {
                "conversation": conversation_id,
                "after": after,
                "limit": limit,
                "now": from_time(now),
            },
        )
        ids = [row[0] for row in rows]
        readings = self._readings.of_messages(ids)
        mentions = self._by(_MENTIONS.format(**_BY_MESSAGE), ids, mention_of)
        relations = self._by(_RELATIONS.format(**_BY_MESSAGE), ids, relation_of)
        return [
            message_of(
                row,
                answered=self._answers.get(row[0]) if row[1] == Role.ASSISTANT else None,
                read_by_model=readings.get(row[0]),
                mentions=tuple(mentions[row[0]]),
                relations=tuple(relations[row[0]]),
            )
            for row in rows
        ]

    def summaries(self, person_id: int, now: datetime) -> list[ArchivedSummary]:
        rows = self._database.rows(
            """
            select name, text, data_class, model, made_at, expires_at, (
                select json_group_array(message_id) from (
                    select message_id from summary_messages
                    where summary_id = summaries.id order by message_id))
            from summaries join conversations on conversations.id = conversation_id
            where summaries.person_id = ? and (expires_at is null or expires_at > ?)
            order by conversation_id
            """,
            (person_id, from_time(now)),
        )
        return [
            ArchivedSummary(
                conversation_id=name,
                text=text,
                data_class=DataClass(data_class),
                model=model,
                made_at=to_time(made_at),
                message_ids=tuple(json.loads(ids)),
                expires_at=to_optional_time(expires_at),
            )
            for name, text, data_class, model, made_at, expires_at, ids in rows
        ]

    def sweeps(self, person_id: int) -> list[ArchivedSweep]:
        """Also those that found nothing to do, the first first."""
        rows = self._database.rows(
            """
            select id, at, unattended, archived, purged, purged_tokens, purged_bytes, tokens,
                   undone_at
            from sweeps where person_id = ? order by id
            """,
            (person_id,),
        )
        return [
            ArchivedSweep(
                id=ident,
                at=to_time(at),
                unattended=bool(unattended),
                archived=archived,
                purged=purged,
                purged_tokens=purged_tokens,
                purged_bytes=purged_bytes,
                archived_tokens=tokens,
                undone_at=to_optional_time(undone),
            )
            for (
                ident,
                at,
                unattended,
                archived,
                purged,
                purged_tokens,
                purged_bytes,
                tokens,
                undone,
            ) in rows
        ]

    def count(self, person_id: int) -> tuple[int, int]:
        """Memories and messages, about: what progress is told by."""
        [found] = self._database.rows(
            """
            select (select count(*) from memories where person_id = ?1),
                   (select count(*) from messages where person_id = ?1)
            """,
            (person_id,),
        )
        return found[0], found[1]

    def _by(
        self, sql: str, ids: Sequence[int], read: Callable[[Row], Part]
    ) -> defaultdict[int, list[Part]]:
        """What belongs to each, by its id."""
        found: defaultdict[int, list[Part]] = defaultdict(list)
        for owner, *rest in self._database.rows(sql, {"ids": json.dumps(ids)}):
            found[owner].append(read(tuple(rest)))
        return found
