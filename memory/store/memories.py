"""Memories with their revisions and full-text rows."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from memory.errors import NotFound
from memory.records import (
    Classification,
    Days,
    Doubt,
    Importance,
    Kind,
    MemoryFilter,
    MemoryItem,
    Neighbours,
    Order,
    Revision,
    Statement,
    Status,
)
from memory.store.columns import (
    from_days,
    from_numbers,
    from_optional_time,
    from_statement,
    from_time,
    to_time,
)
from memory.store.connection import Database
from memory.store.memory_rows import (
    COLUMNS,
    FROM,
    GUESS,
    ORDERS,
    RECALLABLE,
    RELEASE,
    binding,
    item_of,
    where_of,
)


@dataclass(frozen=True, slots=True)
class NewMemory:
    """A memory before it has an id."""

    kind: Kind
    text: str
    classification: Classification
    purpose: str
    importance: Importance
    pinned: bool
    created_at: datetime
    said_at: datetime
    expires_at: datetime | None
    source_message_id: int | None = None
    conversation_id: int | None = None
    """The row, not the name."""
    speaker: str | None = None
    follows: int | None = None
    """The turn before it in its conversation."""
    statement: Statement | None = None
    topic: str = ""
    """What it is a statement of."""
    is_turn: bool = False
    happened: Days | None = None
    doubt: Doubt | None = None
    """Why it goes into the inbox; None: it is in use at once."""
    rival_id: int | None = None
    by_model: bool = False


class Memories:
    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, person_id: int, new: NewMemory) -> int:
        """The memory and its full-text row; returns their common id."""
        first, last = from_days(new.happened)
        ident = self._database.insert(
            "memories",
            {
                "person_id": person_id,
                "kind": new.kind,
                "text": new.text,
                "data_class": new.classification.data_class,
                "class_reason": new.classification.reason,
                "purpose": new.purpose,
                "importance": new.importance.score,
                "importance_terms": from_numbers(new.importance.terms),
                "pinned": new.pinned,
                "status": Status.PROPOSED if new.doubt else Status.ACTIVE,
                "created_at": from_time(new.created_at),
                "said_at": from_time(new.said_at),
                "expires_at": from_optional_time(new.expires_at),
                "source_message_id": new.source_message_id,
                "conversation_id": new.conversation_id,
                "speaker": new.speaker,
                "follows": new.follows,
                "statement": from_statement(new.statement),
                "topic": new.topic,
                "is_turn": new.is_turn,
                "happened_first": first,
                "happened_last": last,
                "proposed_because": new.doubt or "",
                "rival_id": new.rival_id,
                "by_model": new.by_model,
                "pinned_at": from_time(new.created_at) if new.pinned else None,
            },
        )
        self._database.run("insert into memory_text (rowid, text) values (?, ?)", (ident, new.text))
        return ident

    def get(self, memory_id: int) -> MemoryItem:
        row = self._database.row(f"select {COLUMNS} {FROM} where memories.id = ?", (memory_id,))
        if row is None:
            raise NotFound("memory", memory_id)
        return item_of(row)

    def person_of(self, memory_id: int) -> int:
        row = self._database.row("select person_id from memories where id = ?", (memory_id,))
        if row is None:
            raise NotFound("memory", memory_id)
        found: int = row[0]
        return found

    def all(self, person_id: int) -> list[MemoryItem]:
        """Of every status, newest first."""
        rows = self._database.rows(
            f"""
            select {COLUMNS} {FROM} where memories.person_id = ?
            order by memories.created_at desc, memories.id desc
            """,
            (person_id,),
        )
        return [item_of(row) for row in rows]

    def find(
        self,
        person_id: int,
        wanted: MemoryFilter,
        order: Order,
        limit: int | None,
        offset: int,
        now: datetime,
    ) -> list[MemoryItem]:
        """By strength the store cannot sort: that is a rule's number."""
        where, bindings = where_of(person_id, wanted, now)
        rows = self._database.rows(
            f"""
            select {COLUMNS} {FROM} where {where}
            order by {ORDERS[order]} memories.created_at desc, memories.id desc
            limit :limit offset :offset
            """,
            bindings | {"limit": -1 if limit is None else limit, "offset": offset},
        )
        return [item_of(row) for row in rows]

    def find_ids(self, person_id: int, wanted: MemoryFilter, now: datetime) -> list[int]:
        """Of all that match, newest first."""
        where, bindings = where_of(person_id, wanted, now)
        rows = self._database.rows(
            f"""
            select memories.id from memories where {where}
            order by memories.created_at desc, memories.id desc
            """,
            bindings,
        )
        return [row[0] for row in rows]

    def count_found(self, person_id: int, wanted: MemoryFilter, now: datetime) -> int:
        where, bindings = where_of(person_id, wanted, now)
        found: int = self._database.value(f"select count(*) from memories where {where}", bindings)
        return found

    def recallable(
        self, person_id: int, now: datetime, until: datetime | None = None
    ) -> list[MemoryItem]:
        """Newest first. ``until``: only what was said by then, and held then."""
        rows = self._database.rows(
            f"select {COLUMNS} {FROM} where {RECALLABLE} order by memories.id desc",
            binding(person_id, now, until),
        )
        return [item_of(row) for row in rows]

    def of_kinds(
        self, person_id: int, kinds: Iterable[Kind], now: datetime, limit: int
    ) -> list[int]:
        """Ids of those that may be recalled, newest first."""
        rows = self._database.rows(
            f"""
            select memories.id from memories
            where {RECALLABLE} and kind in (select value from json_each(:kinds))
            order by memories.id desc limit :limit
            """,
            binding(person_id, now) | {"kinds": json.dumps(list(kinds)), "limit": limit},
        )
        return [row[0] for row in rows]

    def of_days(
        self, person_id: int, said: tuple[datetime, datetime], days: Days, now: datetime, limit: int
    ) -> list[int]:
        """Ids of those that may be recalled and were said between two moments, or tell of the days;
        the last said first."""
        rows = self._database.rows(
            f"""
            select memories.id from memories
            where {RECALLABLE} and (memories.said_at >= :first_said and memories.said_at < :end_said
                or happened_first <= :last_day and happened_last >= :first_day)
            order by memories.said_at desc, memories.id desc limit :limit
            """,
            binding(person_id, now)
            | {
                "first_said": from_time(said[0]),
                "end_said": from_time(said[1]),
                "first_day": days.first.isoformat(),
                "last_day": days.last.isoformat(),
                "limit": limit,
            },
        )
        return [row[0] for row in rows]

    def many(self, memory_ids: Sequence[int]) -> list[MemoryItem]:
        """In no particular order; ids that are gone are left out."""
        rows = self._database.rows(
            f"select {COLUMNS} {FROM} where memories.id in (select value from json_each(?))",
            (json.dumps(list(memory_ids)),),
        )
        return [item_of(row) for row in rows]

    def from_message(self, message_id: int) -> list[MemoryItem]:
        rows = self._database.rows(
            f"select {COLUMNS} {FROM} where source_message_id = ? order by memories.id",
            (message_id,),
        )
        return [item_of(row) for row in rows]

    def latest_turn(self, conversation_id: int) -> MemoryItem | None:
        """The last turn of a conversation that became a memory."""
        row = self._database.row(
            f"""
            select {COLUMNS} {FROM} where conversation_id = ? and is_turn
            order by memories.id desc limit 1
            """,
            (conversation_id,),
        )
        return None if row is None else item_of(row)

    def neighbours(
        self, person_id: int, memory_ids: Iterable[int], now: datetime, until: datetime | None
    ) -> dict[int, Neighbours]:
        """Two recallable turns on each side of each of the turns, where there are any.

        The cross joins keep to the order of the tables: by itself SQLite reads all memories, and
        looks each up among the few.
        """
        rows = self._database.rows(
            f"""
            with turns as materialized (
                select memories.id, memories.follows as before, first.follows as long_before,
                       next.id as after, last.id as long_after
                from json_each(:ids) cross join memories on memories.id = value
                left join memories as first on first.id = memories.follows
                left join memories as next on next.follows = memories.id
                left join memories as last on last.follows = next.id
            ),
            beside as (
                select id, 0 as side, 0 as far, before as other from turns
                union all select id, 0, 1, long_before from turns
                union all select id, 1, 0, after from turns
                union all select id, 1, 1, long_after from turns
            )
            select beside.id, side, other
            from beside cross join memories on memories.id = other
            where {RECALLABLE}
            order by far
            """,
            binding(person_id, now, until) | {"ids": json.dumps(list(memory_ids))},
        )
        sides: dict[int, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
        for ident, side, other in rows:
            sides[ident][side].append(other)
        return {
            ident: Neighbours(tuple(before), tuple(after))
            for ident, (before, after) in sides.items()
        }

    def unused_texts(self, person_id: int) -> list[str]:
        """Of what was forgotten or is paused."""
        rows = self._database.rows(
            f"""
            select text from memories where person_id = ?
                and (status not in ('active', 'archived') or paused or merged_into is not null)
                and (status = 'forgotten' or paused) and not {GUESS.format(table="memories")}
            """,
            (person_id,),
        )
        return [row[0] for row in rows]

    def unused_ids(self, person_id: int) -> list[int]:
        """As above, their ids."""
        rows = self._database.rows(
            f"""
            select id from memories where person_id = ?
                and (status = 'forgotten' or paused) and not {GUESS.format(table="memories")}
            """,
            (person_id,),
        )
        return [row[0] for row in rows]

    def speakers(self, person_id: int) -> list[str]:
        """Names of all who were told apart as speakers in the person's memories."""
        rows = self._database.rows(
            """
            select distinct speaker from memories
            where person_id = ? and speaker is not null
            """,
            (person_id,),
        )
        return [row[0] for row in rows]

    def edit(
        self,
        item: MemoryItem,
        text: str,
        classification: Classification,
        *,
        expires_at: datetime | None,
        now: datetime,
    ) -> None:
        """The old wording becomes a revision; the full-text row follows.

        ``item`` must be as it stands in the file: the index can only lose exactly what it holds.
        """
        self._database.run(
            "insert into revisions (memory_id, text, replaced_at) values (?, ?, ?)",
            (item.id, item.text, from_time(now)),
        )
        self._unindex(item.id, item.text)
        self._database.run(
            "update memories set text = ?, edited_at = ? where id = ?",
            (text, from_time(now), item.id),
        )
        self._database.run("insert into memory_text (rowid, text) values (?, ?)", (item.id, text))
        self.classify(item.id, classification, expires_at)

    def reword(self, item: MemoryItem, text: str) -> None:
        """Another wording of the same, as if it had been so from the start."""
        self._unindex(item.id, item.text)
        self._database.run("update memories set text = ? where id = ?", (text, item.id))
        self._database.run("insert into memory_text (rowid, text) values (?, ?)", (item.id, text))

    def classify(
        self, memory_id: int, classification: Classification, expires_at: datetime | None
    ) -> None:
        self._database.run(
            "update memories set data_class = ?, class_reason = ?, expires_at = ? where id = ?",
            (
                classification.data_class,
                classification.reason,
                from_optional_time(expires_at),
                memory_id,
            ),
        )

    def revisions(self, memory_id: int) -> list[Revision]:
        """Newest first."""
        rows = self._database.rows(
            "select text, replaced_at from revisions where memory_id = ? order by id desc",
            (memory_id,),
        )
        return [Revision(text, to_time(replaced)) for text, replaced in rows]

    def unclassified(self) -> dict[int, str]:
        """Texts by id of what an older program stored without a reason for its class."""
        return dict(self._database.rows("select id, text from memories where class_reason = ''"))

    def earlier_wordings(self, person_id: int) -> dict[int, str]:
        """Of all memories of the person, by the revision's id."""
        return dict(
            self._database.rows(
                """
                select revisions.id, revisions.text from revisions
                join memories on memories.id = memory_id where person_id = ?
                """,
                (person_id,),
            )
        )

    def set_status(self, memory_id: int, status: Status, now: datetime) -> None:
        """By hand: no sweep has to do with it any more."""
        self._database.run(
            """
            update memories set status = ?1,
                forgotten_at = iif(?1 = 'forgotten', ?2, null),
                archived_at = iif(?1 = 'archived', ?2, null), shown_at = null, sweep_id = null
            where id = ?3
            """,
            (status, from_time(now), memory_id),
        )

    def set_pinned(self, memory_id: int, since: datetime | None) -> None:
        """None: not any more."""
        self._database.run(
            "update memories set pinned = ?, pinned_at = ? where id = ?",
            (since is not None, from_optional_time(since), memory_id),
        )

    def set_paused(self, memory_id: int, paused: bool) -> None:
        self._database.run("update memories set paused = ? where id = ?", (paused, memory_id))

    def drop_revision(self, memory_id: int, text: str) -> None:
        """The newest of this wording: it is the memory's own again."""
        self._database.run(
            """
            delete from revisions where id = (
                select max(id) from revisions where memory_id = ? and text = ?)
            """,
            (memory_id, text),
        )

    def set_expiry(self, memory_id: int, expires_at: datetime | None) -> None:
        self._database.run(
            "update memories set expires_at = ? where id = ?",
            (from_optional_time(expires_at), memory_id),
        )

    # -- merging --------------------------------------------------------------------------

    def merge_into(self, memory_id: int, merged: int) -> None:
        """Its text lives on in ``merged``, which takes over the uses of both."""
        self._database.run(
            "update memories set status = 'merged', merged_into = ? where id = ?",
            (merged, memory_id),
        )
        self._database.run(
            """
            update memories set
                access_count = max(memories.access_count, part.access_count),
                last_accessed_at = coalesce(
                    max(memories.last_accessed_at, part.last_accessed_at),
                    memories.last_accessed_at, part.last_accessed_at)
            from memories as part where memories.id = ? and part.id = ?
            """,
            (merged, memory_id),
        )
        self._database.run(
            """
            insert into access_times (memory_id, at, kind)
            select ?, at, kind from access_times where memory_id = ?
            """,
            (merged, memory_id),
        )

    def merged_from(self, memory_id: int) -> list[MemoryItem]:
        """The memories whose texts it holds, in the order they were made."""
        rows = self._database.rows(
            f"select {COLUMNS} {FROM} where merged_into = ? order by memories.id", (memory_id,)
        )
        return [item_of(row) for row in rows]

    def unmerge(self, memory_id: int) -> None:
        """Its parts stand by themselves again, forgotten or paused as the whole is."""
        self._database.run(RELEASE + "and whole.id = ?", (memory_id,))

    def count(self) -> int:
        found: int = self._database.value("select count(*) from memories")
        return found

    def _unindex(self, memory_id: int, text: str) -> None:
        """An external-content row goes by the 'delete' command with exactly its old text."""
        self._database.run(
            "insert into memory_text (memory_text, rowid, text) values ('delete', ?, ?)",
            (memory_id, text),
        )
