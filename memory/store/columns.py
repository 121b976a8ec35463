"""How values become columns and come back: times as ISO 8601 in UTC, so that text order is time
order; small mappings as JSON."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, date, datetime

from memory.records import Days, Kind, Statement


def from_time(moment: datetime) -> str:
    """Fixed width with microseconds. The moment must be aware."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def to_time(text: str) -> datetime:
    return datetime.fromisoformat(text)


def to_optional_time(text: str | None) -> datetime | None:
    return None if text is None else to_time(text)


def from_optional_time(moment: datetime | None) -> str | None:
    return None if moment is None else from_time(moment)


def from_numbers(numbers: Mapping[str, float]) -> str:
    return json.dumps(dict(numbers), sort_keys=True)


def to_numbers(text: str) -> dict[str, float]:
    numbers: dict[str, float] = json.loads(text)
    return numbers


def from_statement(statement: Statement | None) -> str | None:
    return None if statement is None else json.dumps(asdict(statement), ensure_ascii=False)


def to_statement(text: str | None) -> Statement | None:
    if text is None:
        return None
    fields = json.loads(text)
    return Statement(**{**fields, "kind": Kind(fields["kind"]), "steps": tuple(fields["steps"])})


def from_days(days: Days | None) -> tuple[str | None, str | None]:
    return (None, None) if days is None else (days.first.isoformat(), days.last.isoformat())


def to_days(first: str | None, last: str | None) -> Days | None:
    if first is None or last is None:
        return None
    return Days(date.fromisoformat(first), date.fromisoformat(last))


def placeholders(values: object) -> str:
    """“?, ?, ?” for an IN list. Ids only: the number of bindings is limited to some 32,000."""
    return ", ".join("?" for _ in values)  # type: ignore[attr-defined]
