"""People: the data subjects. ``user_id`` is the caller's string, every other table holds its id."""

from datetime import datetime

from memory.records import Person
from memory.store.columns import from_time, to_time
from memory.store.connection import Database


class People:
    def __init__(self, database: Database) -> None:
        self._database = database

    def find(self, user_id: str) -> int | None:
        row = self._database.row("select id from people where user_id = ?", (user_id,))
        return row[0] if row else None

    def find_or_add(self, user_id: str, now: datetime) -> int:
        found = self.find(user_id)
        if found is not None:
            return found
        # Another process may have been first: its row is the one then.
        self._database.run(
            """
            insert into people (user_id, created_at, last_seen_at) values (?1, ?2, ?2)
            on conflict (user_id) do nothing
            """,
            (user_id, from_time(now)),
        )
        found = self.find(user_id)
        assert found is not None
        return found

    def listed(self) -> list[Person]:
        """In the order they came."""
        rows = self._database.rows("select user_id, name, created_at from people order by id")
        return [Person(user_id, name, to_time(at)) for user_id, name, at in rows]

    def set_name(self, person_id: int, name: str) -> None:
        self._database.run("update people set name = ? where id = ?", (name, person_id))

    def choose(self, user_id: str, at: datetime) -> None:
        self._database.run(
            "update people set chosen_at = case when user_id = ? then ? end",
            (user_id, from_time(at)),
        )

    def chosen(self) -> str | None:
        row = self._database.row("select user_id from people where chosen_at is not null")
        return row[0] if row else None

    def name(self, person_id: int) -> str:
        """Empty for one who has none, or is erased by now."""
        row = self._database.row("select name from people where id = ?", (person_id,))
        return row[0] if row else ""

    def is_known(self, person_id: int) -> bool:
        return bool(self._database.row("select 1 from people where id = ?", (person_id,)))

    def all(self) -> list[tuple[int, str]]:
        return [(row[0], row[1]) for row in self._database.rows("select id, user_id from people")]

    def last_seen(self, person_id: int) -> datetime | None:
        """When they last said or did anything; None when they are erased by now."""
        row = self._database.row("select last_seen_at from people where id = ?", (person_id,))
        return to_time(row[0]) if row else None

    def set_last_seen(self, person_id: int, at: datetime) -> None:
        self._database.run(
            "update people set last_seen_at = ? where id = ?", (from_time(at), person_id)
        )
