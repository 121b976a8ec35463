"""Messages, as they were said (after masking).

One that was edited, or an answer given anew, is *replaced*: out of sight at once, in the file
until undo ends, as a forgotten memory is.
"""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from memory.errors import NotFound
from memory.records import DataClass, Label, Message, MessageState, Role
from memory.store.columns import (
    from_optional_time,
    from_time,
    placeholders,
    to_optional_time,
    to_time,
)
from memory.store.connection import Database, Row
from memory.store.holdings import OF_NO_MEMORY
from memory.store.memory_rows import GUESS

COLUMNS = """
    messages.id, people.user_id, conversations.name, role, speaker, text, state, masked, note,
    messages.created_at, said_at, replaced_at, data_class
"""
FROM = """
    from messages
    join people on people.id = messages.person_id
    join conversations on conversations.id = messages.conversation_id
"""
# A memory that must not be used now, and that the message tells: it was said there, or this is an
# answer to that, was built on it, or repeats it. What was merged follows the memory it went into.
TELLS_UNUSED = f"""
    select 1 from memories as unused
    left join memories as whole on whole.id = unused.merged_into
    where unused.person_id = messages.person_id
        -- an index holds these few
        and (unused.status not in ('active', 'archived') or unused.paused
            or unused.merged_into is not null)
        and (unused.status = 'forgotten' or unused.paused
            or whole.status = 'forgotten' or whole.paused)
        and not {GUESS.format(table="unused")}
        and (unused.source_message_id = messages.id
            or exists (
                select 1 from accesses
                where accesses.message_id = messages.id and accesses.memory_id = unused.id)
            or role = 'assistant' and (
                instr(messages.text, unused.text)
                or exists (
                    select 1 from revisions
                    where memory_id = unused.id and instr(messages.text, revisions.text))
                or unused.source_message_id = messages.answers))
"""
STANDS = "messages.conversation_id = :conversation and replaced_at is null"
WITHIN_RETENTION = f"""
    (messages.expires_at is null or messages.expires_at > :now or not {OF_NO_MEMORY})
"""
USABLE = f"""
    state != 'erased' and replaced_at is null and {WITHIN_RETENTION} and not exists ({TELLS_UNUSED})
"""


@dataclass(frozen=True, slots=True)
class NewMessage:
    """A message before it has an id."""

    role: Role
    text: str
    created_at: datetime
    said_at: datetime
    data_class: DataClass
    expires_at: datetime | None
    speaker: str | None = None
    state: MessageState = MessageState.COMPLETE
    masked: tuple[Label, ...] = ()
    note: str = ""
    answers: int | None = None
    """The message an answer is to; the person's last one when it is not said."""


class Messages:
    def __init__(self, database: Database) -> None:
        self._database = database

    def add(
        self,
        person_id: int,
        conversation_id: int,
        new: NewMessage,
        *,
        used_at: datetime | None = None,
    ) -> int:
        """Returns its id. ``used_at``: when its conversation was used by it; when it is stored, if
        nothing else is said."""
        self._database.run(
            "update conversations set updated_at = max(updated_at, ?) where id = ?",
            (from_time(used_at or new.created_at), conversation_id),
        )
        return self._database.run(
            """
            insert into messages (person_id, conversation_id, role, speaker, text, state, masked,
                                  note, data_class, created_at, said_at, expires_at, answers)
            values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12,
                    coalesce(?13, (
                        select max(id) from messages
                        where conversation_id = ?2 and role = 'user' and ?3 = 'assistant')))
            """,
            (
                person_id,
                conversation_id,
                new.role,
                new.speaker,
                new.text,
                new.state,
                json.dumps(new.masked),
                new.note,
                new.data_class,
                from_time(new.created_at),
                from_time(new.said_at),
                from_optional_time(new.expires_at),
                new.answers,
            ),
        )

    def get(self, message_id: int) -> Message:
        row = self._database.row(f"select {COLUMNS} {FROM} where messages.id = ?", (message_id,))
        if row is None:
            raise NotFound("message", message_id)
        return _message(row)

    def in_conversation(
        self, conversation_id: int, now: datetime, last: int | None = None
    ) -> list[Message]:
        """What stands in it, within its retention, oldest first; only the ``last`` so many when
        given."""
        rows = self._database.rows(
            f"""
            select {COLUMNS} {FROM} where {STANDS} and {WITHIN_RETENTION}
            order by messages.id desc limit :last
            """,
            {
                "conversation": conversation_id,
                "now": from_time(now),
                "last": -1 if last is None else last,
            },
        )
        return [_message(row) for row in reversed(rows)]

    def all(self, conversation_id: int, within: datetime | None = None) -> list[Message]:
        """Also what was replaced and is not erased yet; oldest first.

        ``within``: only what is within its retention at that moment.
        """
        rows = self._database.rows(
            f"""
            select {COLUMNS} {FROM}
            where conversations.id = :conversation and (:now is null or {WITHIN_RETENTION})
            order by messages.id
            """,
            {"conversation": conversation_id, "now": from_optional_time(within)},
        )
        return [_message(row) for row in rows]

    def count_in(self, conversation_id: int, now: datetime) -> int:
        """How many stand in it, within their retention."""
        found: int = self._database.value(
            f"select count(*) from messages where {STANDS} and {WITHIN_RETENTION}",
            {"conversation": conversation_id, "now": from_time(now)},
        )
        return found

    def search(
        self, person_id: int, words: Sequence[str], limit: int, now: datetime
    ) -> list[Message]:
        """Messages of all conversations that hold every word, in any case; newest first."""
        named = {f"word_{place}": word.casefold() for place, word in enumerate(words)}
        matches = " and ".join(f"instr(folded(text), :{name})" for name in named)
        rows = self._database.rows(
            f"""
            select {COLUMNS} {FROM}
            where messages.person_id = :person and replaced_at is null and text != ''
                and {matches} and {WITHIN_RETENTION}
            order by messages.id desc limit :limit
            """,
            named | {"person": person_id, "limit": limit, "now": from_time(now)},
        )
        return [_message(row) for row in rows]

    # -- replacing ------------------------------------------------------------------------

    def following(self, message_id: int) -> list[int]:
        """Ids of the message and of all that stands after it in its conversation, in order."""
        rows = self._database.rows(
            """
            select later.id from messages as said
            join messages as later on later.conversation_id = said.conversation_id
            where said.id = ? and later.id >= said.id and later.replaced_at is null
            order by later.id
            """,
            (message_id,),
        )
        return [row[0] for row in rows]

    def count_following(self, message_id: int) -> int:
        """How many stand after the message in its conversation."""
        found: int = self._database.value(
            """
            select count(*) from messages as said
            join messages as later on later.conversation_id = said.conversation_id
            where said.id = ? and later.id > said.id and later.replaced_at is null
            """,
            (message_id,),
        )
        return found

    def question_of(self, answer_id: int) -> int | None:
        """The id of the message that an answer answers."""
        row = self._database.row(
            """
            select said.id from messages as answer
            join messages as said on said.id = answer.answers
            where answer.id = ? and said.replaced_at is null
            """,
            (answer_id,),
        )
        return row[0] if row else None

    def replace(self, message_ids: Sequence[int], now: datetime) -> None:
        self._database.run(
            f"""
            update messages set replaced_at = ?
            where id in ({placeholders(message_ids)}) and replaced_at is null
            """,
            (from_time(now), *message_ids),
        )

    def usable(
        self,
        conversation_id: int,
        limit: int,
        before: int | None,
        now: datetime,
        saying: Sequence[str] = (),
    ) -> list[Message]:
        """The last messages within their retention, oldest first, without those that tell what was
        forgotten or is paused: where it was said, the answer to that, and answers built on it or
        repeating it.

        ``before``: only what was said before the message of this id. ``saying``: only what holds
        one of these, in any case.
        """
        named = {f"word_{place}": word.casefold() for place, word in enumerate(saying)}
        said = " or ".join(f"instr(folded(messages.text), :{name})" for name in named)
        rows = self._database.rows(
            f"""
            select {COLUMNS} {FROM}
            where conversations.id = :conversation and {USABLE}
                and (:before is null or messages.id < :before) {f"and ({said})" if said else ""}
            order by messages.id desc limit :limit
            """,
            named
            | {
                "conversation": conversation_id,
                "before": before,
                "limit": limit,
                "now": from_time(now),
            },
        )
        return [_message(row) for row in reversed(rows)]

    def are_usable(self, message_ids: Sequence[int], now: datetime) -> bool:
        """Whether all of them are, as above."""
        found = self._database.value(
            f"""
            select count(*) from messages
            where id in (select value from json_each(:ids)) and {USABLE}
            """,
            {"ids": json.dumps(message_ids), "now": from_time(now)},
        )
        return bool(found == len(message_ids))

    def telling(self, memory_ids: Collection[int]) -> set[int]:
        """Ids of those that tell the memories: where they were said, the answers to that, and
        answers that were built on them or repeat them."""
        rows = self._database.rows(
            """
            with chosen as materialized (
                select id, person_id, source_message_id, text from memories
                where id in (select value from json_each(?))
            ), told as (
                select source_message_id as id from chosen where source_message_id is not null
                union
                select message_id from accesses
                where memory_id in (select id from chosen) and message_id is not null
                union
                select messages.id from chosen cross join messages
                on messages.person_id = chosen.person_id
                where role = 'assistant' and instr(messages.text, chosen.text)
            )
            select id from told
            union
            select id from messages where answers in (select id from told)
            """,
            (json.dumps(list(memory_ids)),),
        )
        return {row[0] for row in rows}

    def telling_archived(self, message_ids: Collection[int]) -> set[int]:
        """Those of them that tell what is in the archive, in the same ways. Of thousands of
        archived memories each answer is searched for each: ask of few."""
        rows = self._database.rows(
            """
            with said as materialized (
                select id, person_id, role, text, answers from messages
                where id in (select value from json_each(?))
            ), archived as materialized (
                select id, source_message_id, text from memories
                where person_id in (select person_id from said) and status = 'archived'
                union
                select part.id, part.source_message_id, part.text
                from memories as whole join memories as part on part.merged_into = whole.id
                where whole.person_id in (select person_id from said) and whole.status = 'archived'
            ), told as materialized (
                select source_message_id as id from archived where source_message_id is not null
            )
            select id from said
            where id in (select id from told) or answers in (select id from told)
            union
            select said.id from said join accesses on accesses.message_id = said.id
            where memory_id in (select id from archived)
            union
            select id from said where role = 'assistant'
                and exists (select 1 from archived where instr(said.text, archived.text))
            """,
            (json.dumps(list(message_ids)),),
        )
        return {row[0] for row in rows}

    def reword(self, message_id: int, text: str, masked: tuple[Label, ...]) -> None:
        """Another wording of the same, as if it had been so from the start."""
        self._database.run(
            "update messages set text = ?, masked = ? where id = ?",
            (text, json.dumps(masked), message_id),
        )

    def unclassified(self) -> dict[int, str]:
        """Texts by id of what an older program stored without a class."""
        return dict(self._database.rows("select id, text from messages where data_class = ''"))

    def set_class(
        self, message_id: int, data_class: DataClass, expires_at: datetime | None
    ) -> None:
        self._database.run(
            "update messages set data_class = ?, expires_at = ? where id = ?",
            (data_class, from_optional_time(expires_at), message_id),
        )

    def are_kept(self, message_ids: Collection[int]) -> bool:
        """Whether all of them are there, not erased and not replaced."""
        found = self._database.value(
            """
            select count(*) from messages
            where id in (select value from json_each(?))
                and state != 'erased' and replaced_at is null
            """,
            (json.dumps(list(message_ids)),),
        )
        return bool(found == len(message_ids))

    def is_kept(self, message_id: int) -> bool:
        return self.are_kept([message_id])

    def ids(self, person_id: int) -> list[int]:
        rows = self._database.rows("select id from messages where person_id = ?", (person_id,))
        return [row[0] for row in rows]

    def count(self, person_id: int | None = None) -> int:
        found: int = self._database.value(
            "select count(*) from messages where ?1 is null or person_id = ?1", (person_id,)
        )
        return found


def _message(row: Row) -> Message:
    (
        ident,
        user_id,
        conversation,
        role,
        speaker,
        text,
        state,
        masked,
        note,
        created,
        said,
        replaced,
        data_class,
    ) = row
    return Message(
        id=ident,
        user_id=user_id,
        conversation_id=conversation,
        role=Role(role),
        text=text,
        speaker=speaker,
        state=MessageState(state),
        masked=tuple(Label(label) for label in json.loads(masked)),
        note=note,
        created_at=to_time(created),
        said_at=to_time(said),
        replaced_at=to_optional_time(replaced),
        data_class=DataClass(data_class or DataClass.PERSONAL),
    )
