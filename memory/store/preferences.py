"""Choices made on a page that must outlive it: the assistant's instructions and the like."""

from memory.store.connection import Database


class Preferences:
    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, person_id: int, key: str) -> str | None:
        row = self._database.row(
            "select value from settings where person_id = ? and key = ?", (person_id, key)
        )
        return row[0] if row else None

    def set(self, person_id: int, key: str, value: str) -> None:
        self._database.run(
            """
            insert into settings (person_id, key, value) values (?, ?, ?)
            on conflict (person_id, key) do update set value = excluded.value
            """,
            (person_id, key, value),
        )

    def remove(self, person_id: int, key: str) -> None:
        self._database.run("delete from settings where person_id = ? and key = ?", (person_id, key))

    def all(self, person_id: int) -> dict[str, str]:
        rows = self._database.rows(
            "select key, value from settings where person_id = ? order by key", (person_id,)
        )
        return dict(rows)
