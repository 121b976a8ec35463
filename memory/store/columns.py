"""How values become columns and come back: times as ISO 8601 in UTC, so that text order is time
order; small mappings as JSON."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime


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


def placeholders(values: object) -> str:
    """“?, ?, ?” for an IN list. Ids only: the number of bindings is limited to some 32,000."""
    return ", ".join("?" for _ in values)  # type: ignore[attr-defined]
