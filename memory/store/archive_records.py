"""Rows of a person as the records of an archive."""

import json
from dataclasses import fields
from typing import Any

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

SAME_FIELDS = {each.name for each in fields(ArchivedMemory)} & {
    each.name for each in fields(MemoryItem)
}


def was_inferred(item: MemoryItem) -> bool:
    """Read out of a message, or worded by a model; a turn, and what was told outright, were given
    as they stand."""
    part_of_message = item.statement is not None and item.source_message_id is not None
    return item.by_model or (part_of_message and not item.is_turn)


def memory_of(row: Row, **belonging: object) -> ArchivedMemory:
    """``belonging``: its revisions, uses and the like. Without its retention."""
    *columns, follows, shown_at, sweep_id = row
    item = item_of(tuple(columns))
    same: dict[str, Any] = {name: getattr(item, name) for name in SAME_FIELDS}
    return ArchivedMemory(
        **same,
        inferred=was_inferred(item),
        follows=follows,
        shown_at=to_optional_time(shown_at),
        sweep_id=sweep_id,
        **belonging,  # type: ignore[arg-type]
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
