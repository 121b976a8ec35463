"""Fields of files from anywhere, each as what it should be, or as nothing."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

FIRST, LAST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
"""A chat of another time is none: the field means something else."""
MAX_NAME = 120
"""Characters of an id."""


def mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def items(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def text(value: object) -> str:
    return value if isinstance(value, str) else ""


def ident(value: object) -> str:
    """Empty for what cannot be one."""
    found = text(value).strip()
    return found if len(found) <= MAX_NAME and found.isascii() and found.isprintable() else ""


def moment(value: object) -> datetime | None:
    """Seconds since 1970, or a time in ISO 8601; None for anything else."""
    try:
        if isinstance(value, str):
            found = datetime.fromisoformat(value)
            found = found.replace(tzinfo=UTC) if found.utcoffset() is None else found
        elif isinstance(value, int | float) and not isinstance(value, bool):
            found = datetime.fromtimestamp(value, UTC)
        else:
            return None
        found = found.astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return found if FIRST <= found < LAST else None
