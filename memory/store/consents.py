"""Consents as a ledger: a revoked one keeps its dates, a new grant is a new row (GDPR Art. 7)."""

from datetime import datetime

from memory.records import Consent
from memory.store.columns import from_time, to_optional_time, to_time
from memory.store.connection import Database


class Consents:
    def __init__(self, database: Database) -> None:
        self._database = database

    def grant(self, person_id: int, purpose: str, text_version: str, now: datetime) -> None:
        """A purpose that is granted already in the same words stays as it is; one that was granted
        in earlier words ends with them."""
        if self._version_granted(person_id, purpose) == text_version:
            return
        self.revoke(person_id, purpose, now)
        self._database.run(
            """
            insert into consents (person_id, purpose, text_version, granted_at)
            values (?, ?, ?, ?)
            """,
            (person_id, purpose, text_version, from_time(now)),
        )

    def revoke(self, person_id: int, purpose: str, now: datetime) -> bool:
        """True when there was a consent to revoke."""
        return bool(
            self._database.changes(
                """
                update consents set revoked_at = ?
                where person_id = ? and purpose = ? and revoked_at is null
                """,
                (from_time(now), person_id, purpose),
            )
        )

    def granted(self, person_id: int, purpose: str) -> bool:
        return self._version_granted(person_id, purpose) is not None

    def _version_granted(self, person_id: int, purpose: str) -> str | None:
        row = self._database.row(
            """
            select text_version from consents
            where person_id = ? and purpose = ? and revoked_at is null
            """,
            (person_id, purpose),
        )
        return row[0] if row else None

    def all(self, person_id: int) -> list[Consent]:
        rows = self._database.rows(
            """
            select purpose, text_version, granted_at, revoked_at from consents
            where person_id = ? order by id
            """,
            (person_id,),
        )
        return [
            Consent(purpose, version, to_time(granted), to_optional_time(revoked))
            for purpose, version, granted, revoked in rows
        ]

    def totals(self) -> dict[str, int]:
        """How many people agree to each purpose now."""
        return dict(
            self._database.rows(
                """
                select purpose, count(*) from consents
                where revoked_at is null group by purpose order by purpose
                """
            )
        )
