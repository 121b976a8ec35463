"""The hot tier: small values with a time to live (article, section 4; no Redis needed)."""

from datetime import datetime, timedelta

from memory.store.columns import from_time
from memory.store.connection import Database


class HotCache:
    def __init__(self, database: Database) -> None:
        self._database = database

    def set(self, person_id: int, key: str, value: str, ttl_seconds: int, now: datetime) -> None:
        """Rows that have expired by now are removed along the way."""
        self.remove_expired(now)
        self._database.run(
            """
            insert into hot_cache (person_id, key, value, expires_at) values (?, ?, ?, ?)
            on conflict (person_id, key) do update
            set value = excluded.value, expires_at = excluded.expires_at
            """,
            (person_id, key, value, from_time(now + timedelta(seconds=ttl_seconds))),
        )

    def get(self, person_id: int, key: str, now: datetime) -> str | None:
        row = self._database.row(
            "select value from hot_cache where person_id = ? and key = ? and expires_at > ?",
            (person_id, key, from_time(now)),
        )
        return row[0] if row else None

    def values(self, person_id: int, now: datetime) -> list[tuple[str, str]]:
        """Key and value of all that has not expired, the one that lives longest last."""
        rows = self._database.rows(
            """
            select key, value from hot_cache where person_id = ? and expires_at > ?
            order by expires_at, key
            """,
            (person_id, from_time(now)),
        )
        return [(key, value) for key, value in rows]

    def remove(self, person_id: int, key: str) -> None:
        self._database.run(
            "delete from hot_cache where person_id = ? and key = ?", (person_id, key)
        )

    def remove_all(self, person_id: int) -> None:
        self._database.run("delete from hot_cache where person_id = ?", (person_id,))

    def has_expired(self, now: datetime) -> bool:
        """Whether there is anything to remove."""
        return bool(
            self._database.row(
                "select 1 from hot_cache where expires_at <= ? limit 1", (from_time(now),)
            )
        )

    def remove_expired(self, now: datetime) -> int:
        return self._database.changes(
            "delete from hot_cache where expires_at <= ?", (from_time(now),)
        )

    def count(self, now: datetime) -> int:
        found: int = self._database.value(
            "select count(*) from hot_cache where expires_at > ?", (from_time(now),)
        )
        return found
