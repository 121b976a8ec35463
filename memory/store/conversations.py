"""Conversations: their titles, and whether memories are used in them."""

from datetime import datetime

from memory.records import Conversation
from memory.store.columns import from_time, to_time
from memory.store.connection import Database

TITLE_CHARACTERS = 60


class Conversations:
    def __init__(self, database: Database) -> None:
        self._database = database

    def find(self, person_id: int, name: str) -> int | None:
        row = self._database.row(
            "select id from conversations where person_id = ? and name = ?", (person_id, name)
        )
        return row[0] if row else None

    def open(self, person_id: int, name: str, now: datetime) -> int:
        """The id of the person's conversation of that name, made at first use."""
        found = self.find(person_id, name)
        if found is not None:
            return found
        return self._database.run(
            """
            insert into conversations (person_id, name, created_at, updated_at)
            values (?, ?, ?, ?)
            """,
            (person_id, name, from_time(now), from_time(now)),
        )

    def named(self, name: str) -> list[tuple[int, str]]:
        """Ids and people of all conversations of that name; two people may use the same."""
        rows = self._database.rows(
            """
            select conversations.id, user_id from conversations
            join people on people.id = person_id
            where conversations.name = ? order by conversations.id
            """,
            (name,),
        )
        return [(ident, user_id) for ident, user_id in rows]

    def all(self, person_id: int) -> list[Conversation]:
        """Newest first. One without a title of its own is called by the first thing said in it.

        That title is read, never stored: a copy of a message would outlive its erasure.
        """
        rows = self._database.rows(
            """
            select conversations.name, people.user_id,
                   coalesce(nullif(title, ''), (
                       select substr(text, 1, :title) from messages
                       where messages.conversation_id = conversations.id
                           and role = 'user' and text != '' and replaced_at is null
                       order by messages.id limit 1), ''),
                   conversations.created_at, updated_at,
                   (select count(*) from messages
                    where messages.conversation_id = conversations.id and replaced_at is null),
                   remembers
            from conversations join people on people.id = person_id
            where person_id = :person order by updated_at desc, conversations.id desc
            """,
            {"person": person_id, "title": TITLE_CHARACTERS},
        )
        return [
            Conversation(
                name, user_id, title, to_time(created), to_time(updated), count, bool(remembers)
            )
            for name, user_id, title, created, updated, count, remembers in rows
        ]

    def titles(self, person_id: int) -> dict[int, str]:
        """The person's own, by the conversation's id."""
        return dict(
            self._database.rows(
                "select id, title from conversations where person_id = ? and title != ''",
                (person_id,),
            )
        )

    def ids(self, person_id: int) -> list[int]:
        rows = self._database.rows("select id from conversations where person_id = ?", (person_id,))
        return [row[0] for row in rows]

    def rename(self, conversation_id: int, title: str) -> None:
        """An empty title brings the automatic one back."""
        self._database.run(
            "update conversations set title = ? where id = ?", (title, conversation_id)
        )

    def remembers(self, conversation_id: int) -> bool:
        """Whether memories are used in it, and made of it; one that is gone is as all others."""
        return not self._database.row(
            "select 1 from conversations where id = ? and not remembers", (conversation_id,)
        )

    def set_remembers(self, conversation_id: int, remembers: bool) -> None:
        self._database.run(
            "update conversations set remembers = ? where id = ?", (remembers, conversation_id)
        )
