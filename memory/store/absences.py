"""When the person was not there: holidays that they told of, and absences that were noticed."""

from dataclasses import dataclass
from datetime import datetime

from memory.store.columns import from_time, to_optional_time, to_time
from memory.store.connection import Database


@dataclass(frozen=True, slots=True)
class Absence:
    since: datetime
    until: datetime | None
    """None: a holiday that lasts."""
    holiday: bool


class Absences:
    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self, person_id: int) -> list[Absence]:
        rows = self._database.rows(
            "select since, until, holiday from absences where person_id = ? order by since",
            (person_id,),
        )
        return [
            Absence(to_time(since), to_optional_time(until), bool(holiday))
            for since, until, holiday in rows
        ]

    def add(self, person_id: int, since: datetime, until: datetime) -> None:
        self._database.run(
            "insert into absences (person_id, since, until, holiday) values (?, ?, ?, 0)",
            (person_id, from_time(since), from_time(until)),
        )

    def begin_holiday(self, person_id: int, now: datetime) -> None:
        self._database.run(
            "insert into absences (person_id, since, holiday) values (?, ?, 1)",
            (person_id, from_time(now)),
        )

    def end_holiday(self, person_id: int, now: datetime) -> None:
        self._database.run(
            "update absences set until = max(since, ?) where person_id = ? and until is null",
            (from_time(now), person_id),
        )

    def cut(self, person_id: int, now: datetime) -> None:
        """The clock was set back into an absence: as much of it as lies ahead was a jump. What lies
        ahead as a whole is left: it is this clock that may be wrong."""
        self._database.run(
            "update absences set until = :now where person_id = :person and since < :now"
            " and until > :now",
            {"person": person_id, "now": from_time(now)},
        )
