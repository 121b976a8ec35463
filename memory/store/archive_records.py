"""Rows of a person as the records of an archive."""

import json

from memory.records import DataClass, EntityType, Label, MemoryItem, MessageState, Role, UseKind
from memory.records.archive import (
    ArchivedAccess,
    ArchivedFact,
    ArchivedMemory,
    ArchivedMention,
    ArchivedMessage,
    ArchivedRelation,
    ArchivedUse,
)
from memory.records.memories import Revision
from memory.store.columns import to_numbers, to_optional_time, to_time
from memory.store.connection import Row
from memory.store.memory_rows import item_of


def was_inferred(item: MemoryItem) -> bool:
    """Read out of a message, or worded by a model; a turn, and what was told outright, were given
    as they stand."""
    part_of_message = item.statement is not None and item.source_message_id is not None
    return item.by_model or (part_of_message and not item.is_turn)


def memory_of(
    row: Row,
    *,
    revisions: tuple[Revision, ...],
    uses: tuple[ArchivedUse, ...],
    accesses: tuple[ArchivedAccess, ...],
    profile: tuple[ArchivedFact, ...],
    mentions: tuple[ArchivedMention, ...],
    relations: tuple[ArchivedRelation, ...],
) -> ArchivedMemory:
    *columns, follows, shown_at, sweep_id = row
    item = item_of(tuple(columns))
    return ArchivedMemory(
        id=item.id,
        kind=item.kind,
        text=item.text,
        inferred=was_inferred(item),
        data_class=item.data_class,
        purpose=item.purpose,
        importance=item.importance,
        importance_terms=item.importance_terms,
        pinned=item.pinned,
        paused=item.paused,
        status=item.status,
        created_at=item.created_at,
        said_at=item.said_at,
        class_reason=item.class_reason,
        pinned_at=item.pinned_at,
        edited_at=item.edited_at,
        last_accessed_at=item.last_accessed_at,
        access_count=item.access_count,
        expires_at=item.expires_at,
        forgotten_at=item.forgotten_at,
        archived_at=item.archived_at,
        shown_at=to_optional_time(shown_at),
        source_message_id=item.source_message_id,
        conversation_id=item.conversation_id,
        speaker=item.speaker,
        merged_into=item.merged_into,
        superseded_by=item.superseded_by,
        valid_until=item.valid_until,
        follows=follows,
        rival_id=item.rival_id,
        doubt=item.doubt,
        by_model=item.by_model,
        statement=item.statement,
        is_turn=item.is_turn,
        times_said=item.times_said,
        last_said_at=item.last_said_at,
        happened=item.happened,
        sweep_id=sweep_id,
        revisions=revisions,
        uses=uses,
        accesses=accesses,
        profile=profile,
        mentions=mentions,
        relations=relations,
    )


def message_of(row: Row, **more: object) -> ArchivedMessage:
    return ArchivedMessage(
        id=row[0],
        role=Role(row[1]),
        text=row[2],
        state=MessageState(row[3]),
        created_at=to_time(row[4]),
        said_at=to_time(row[5]),
        data_class=DataClass(row[6] or DataClass.PERSONAL),
        speaker=row[7],
        masked=tuple(Label(label) for label in json.loads(row[8])),
        note=row[9],
        replaced_at=to_optional_time(row[10]),
        expires_at=to_optional_time(row[11]),
        answers=row[12],
        **more,  # type: ignore[arg-type]
    )


def revision_of(row: Row) -> Revision:
    return Revision(row[0], to_time(row[1]))


def use_of(row: Row) -> ArchivedUse:
    return ArchivedUse(to_time(row[0]), UseKind(row[1]))


def access_of(row: Row) -> ArchivedAccess:
    at, score, similarity, terms, reason, message_id = row
    return ArchivedAccess(to_time(at), score, similarity, to_numbers(terms), reason, message_id)


def fact_of(row: Row) -> ArchivedFact:
    return ArchivedFact(row[0], row[1], row[2], to_time(row[3]))


def mention_of(row: Row) -> ArchivedMention:
    entity_id, kind, name, attributes, at, message_id = row
    return ArchivedMention(
        entity_id, EntityType(kind), name, json.loads(attributes), to_time(at), message_id
    )


def relation_of(row: Row) -> ArchivedRelation:
    subject_id, verb, said, object_id, negated, at, message_id = row
    return ArchivedRelation(
        subject_id, verb, said, object_id, bool(negated), to_time(at), message_id
    )
