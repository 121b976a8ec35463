"""Conversations and their messages, as they were said (after masking)."""

import json
from datetime import datetime

from memory.errors import NotFound
from memory.records import Conversation, Label, Message, MessageState, Role
from memory.store.columns import from_time, to_time
from memory.store.connection import Database, Row

TITLE_CHARACTERS = 60

COLUMNS = """
    messages.id, people.user_id, conversations.name, role, speaker, text, state, masked, note,
    messages.created_at, said_at
"""
FROM = """
    from messages
    join people on people.id = messages.person_id
    join conversations on conversations.id = messages.conversation_id
"""


class Messages:
    def __init__(self, database: Database) -> None:
        self._database = database

    def conversation(self, person_id: int, name: str) -> int | None:
        row = self._database.row(
            "select id from conversations where person_id = ? and name = ?", (person_id, name)
        )
        return row[0] if row else None

    def open_conversation(self, person_id: int, name: str, now: datetime) -> int:
        """The id of the person's conversation of that name, made at first use."""
        found = self.conversation(person_id, name)
        if found is not None:
            return found
        return self._database.run(
            """
            insert into conversations (person_id, name, created_at, updated_at)
            values (?, ?, ?, ?)
            """,
            (person_id, name, from_time(now), from_time(now)),
        )

    def conversations(self, person_id: int) -> list[Conversation]:
        """Newest first. One without a title of its own is called by the first thing said in it.

        That title is read, never stored: a copy of a message would outlive its erasure.
        """
        rows = self._database.rows(
            """
            select conversations.name, people.user_id,
                   coalesce(nullif(title, ''), (
                       select substr(text, 1, :title) from messages
                       where messages.conversation_id = conversations.id
                           and role = 'user' and text != ''
                       order by messages.id limit 1), ''),
                   conversations.created_at, updated_at,
                   (select count(*) from messages
                    where messages.conversation_id = conversations.id)
            from conversations join people on people.id = person_id
            where person_id = :person order by updated_at desc, conversations.id desc
            """,
            {"person": person_id, "title": TITLE_CHARACTERS},
        )
        return [
            Conversation(name, user_id, title, to_time(created), to_time(updated), count)
            for name, user_id, title, created, updated, count in rows
        ]

    def add(
        self,
        person_id: int,
        conversation_id: int,
        role: Role,
        text: str,
        *,
        now: datetime,
        said_at: datetime,
        speaker: str | None = None,
        state: MessageState = MessageState.COMPLETE,
        masked: tuple[Label, ...] = (),
        note: str = "",
    ) -> int:
        self._database.run(
            "update conversations set updated_at = max(updated_at, ?) where id = ?",
            (from_time(now), conversation_id),
        )
        return self._database.run(
            """
            insert into messages (person_id, conversation_id, role, speaker, text, state, masked,
                                  note, created_at, said_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            (
                person_id,
                conversation_id,
                role,
                speaker,
                text,
                state,
                json.dumps(masked),
                note,
                from_time(now),
                from_time(said_at),
            ),
        )

    def get(self, message_id: int) -> Message:
        row = self._database.row(f"select {COLUMNS} {FROM} where messages.id = ?", (message_id,))
        if row is None:
            raise NotFound("message", message_id)
        return _message(row)

    def in_conversation(self, conversation_id: int) -> list[Message]:
        """Oldest first."""
        rows = self._database.rows(
            f"select {COLUMNS} {FROM} where conversations.id = ? order by messages.id",
            (conversation_id,),
        )
        return [_message(row) for row in rows]

    def named(self, name: str) -> list[int]:
        """Ids of all conversations of that name; more than one when two people use it."""
        return [
            row[0]
            for row in self._database.rows("select id from conversations where name = ?", (name,))
        ]

    def unforgotten(self, conversation_id: int, limit: int) -> list[Message]:
        """The last messages, oldest first, without those that tell what was forgotten: where it
        was said, the answer to that, and answers that were built on it or repeat it."""
        rows = self._database.rows(
            f"""
            select {COLUMNS} {FROM}
            where conversations.id = ? and state != 'erased' and not exists (
                select 1 from memories as forgotten
                where forgotten.status = 'forgotten' and forgotten.person_id = messages.person_id
                    and (forgotten.source_message_id = messages.id
                        or role = 'assistant' and (
                            instr(messages.text, forgotten.text)
                            or forgotten.source_message_id = (
                                select max(said.id) from messages as said
                                where said.conversation_id = messages.conversation_id
                                    and said.id < messages.id)
                            or exists (
                                select 1 from accesses
                                where accesses.message_id = messages.id
                                    and accesses.memory_id = forgotten.id))))
            order by messages.id desc limit ?
            """,
            (conversation_id, limit),
        )
        return [_message(row) for row in reversed(rows)]

    def is_kept(self, message_id: int) -> bool:
        """Whether it is there and not erased."""
        return bool(
            self._database.row(
                "select 1 from messages where id = ? and state != 'erased'", (message_id,)
            )
        )

    def ids(self, person_id: int) -> list[int]:
        rows = self._database.rows("select id from messages where person_id = ?", (person_id,))
        return [row[0] for row in rows]

    def count(self, person_id: int | None = None) -> int:
        found: int = self._database.value(
            "select count(*) from messages where ?1 is null or person_id = ?1", (person_id,)
        )
        return found


def _message(row: Row) -> Message:
    ident, user_id, conversation, role, speaker, text, state, masked, note, created, said = row
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
    )
