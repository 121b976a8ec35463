"""Numbers of placeholders such as [EMAIL_2], found again by a keyed hash of the raw value."""

import re

from memory.records import Label
from memory.store.connection import Database

NUMBERED = re.compile(r"\[([A-Z_]+)_(\d{1,18})\]")
"""With more digits than SQLite can count to it is a text like any other."""
TEXTS = """
    select text from messages where person_id = :person and instr(text, '[')
    union all
    select text from memories where person_id = :person and instr(text, '[')
    union all
    select revisions.text from revisions join memories on memories.id = memory_id
    where person_id = :person and instr(revisions.text, '[')
    union all
    select title from conversations where person_id = :person and instr(title, '[')
    union all
    select value from settings where person_id = :person and instr(value, '[')
"""
"""Wherever a number may stand."""


class Placeholders:
    def __init__(self, database: Database) -> None:
        self._database = database

    def number(self, person_id: int, label: Label, value_hmac: bytes) -> int:
        """1 for the person's first value of the label, and so on."""
        with self._database.transaction():
            found = self.find(person_id, label, value_hmac)
            if found is not None:
                return found
            following = self.highest(person_id, label) + 1
            self._database.run(
                """
                insert into placeholders (person_id, label, number, value_hmac)
                values (?, ?, ?, ?)
                """,
                (person_id, label, following, value_hmac),
            )
            return following

    def find(self, person_id: int, label: Label, value_hmac: bytes) -> int | None:
        """None where the value has no number."""
        row = self._database.row(
            """
            select number from placeholders
            where person_id = ? and label = ? and value_hmac = ?
            """,
            (person_id, label, value_hmac),
        )
        return None if row is None else int(row[0])

    def highest(self, person_id: int, label: Label) -> int:
        """0 where the label has none."""
        found: int = self._database.value(
            "select coalesce(max(number), 0) from placeholders where person_id = ? and label = ?",
            (person_id, label),
        )
        return found

    def keep(self, person_id: int, label: Label, value_hmac: bytes) -> None:
        """The value may be stored from now on; it needs a number first."""
        self._database.run(
            "update placeholders set kept = 1 where person_id = ? and label = ? and value_hmac = ?",
            (person_id, label, value_hmac),
        )

    def is_kept(self, person_id: int, label: Label, value_hmac: bytes) -> bool:
        return bool(
            self._database.row(
                """
                select 1 from placeholders
                where person_id = ? and label = ? and value_hmac = ? and kept
                """,
                (person_id, label, value_hmac),
            )
        )

    def any_kept(self, person_id: int) -> bool:
        return bool(
            self._database.row(
                "select 1 from placeholders where person_id = ? and kept limit 1", (person_id,)
            )
        )

    def kept(self, person_id: int) -> dict[Label, int]:
        """How many values of each label may be stored."""
        rows = self._database.rows(
            """
            select label, count(*) from placeholders where person_id = ? and kept
            group by label order by label
            """,
            (person_id,),
        )
        return {Label(label): count for label, count in rows}

    def keep_none(self, person_id: int) -> None:
        """What is said from now on is masked again."""
        self._database.run("update placeholders set kept = 0 where person_id = ?", (person_id,))

    def remove_all(self, person_id: int) -> None:
        self._database.run("delete from placeholders where person_id = ?", (person_id,))

    def remove_unnamed(self, person_id: int) -> None:
        """Numbers that stand in no text any more: even a keyed hash would tell what was erased.

        What may be kept stands as it is, and not by its number; its hash goes with the person's
        consent, or with the person.
        """
        rows = self._database.rows(
            "select label, number from placeholders where person_id = ? and not kept", (person_id,)
        )
        if not rows:
            return
        texts = self._database.rows(TEXTS, {"person": person_id})
        named = {found for (text,) in texts for found in NUMBERED.findall(text)}
        gone = [(label, number) for label, number in rows if (label, str(number)) not in named]
        self._database.run_many(
            "delete from placeholders where person_id = ? and label = ? and number = ?",
            [(person_id, label, number) for label, number in gone],
        )
