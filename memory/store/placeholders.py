"""Numbers of placeholders such as [EMAIL_2], found again by a keyed hash of the raw value."""

from memory.records import Label
from memory.store.connection import Database


class Placeholders:
    def __init__(self, database: Database) -> None:
        self._database = database

    def number(self, person_id: int, label: Label, value_hmac: bytes) -> int:
        """1 for the person's first value of the label, and so on."""
        with self._database.transaction():
            row = self._database.row(
                """
                select number from placeholders
                where person_id = ? and label = ? and value_hmac = ?
                """,
                (person_id, label, value_hmac),
            )
            if row:
                found: int = row[0]
                return found
            following: int = self._database.value(
                """
                select coalesce(max(number), 0) + 1 from placeholders
                where person_id = ? and label = ?
                """,
                (person_id, label),
            )
            self._database.run(
                """
                insert into placeholders (person_id, label, number, value_hmac)
                values (?, ?, ?, ?)
                """,
                (person_id, label, following, value_hmac),
            )
            return following
