"""What holds of a person and what held, of all that was ever stated."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from memory.records import ProfileField, StatedField, Successor
from memory.rules.document import document, history

START = datetime(2026, 3, 1, 12, tzinfo=UTC)


def day(number: int) -> datetime:
    return START + timedelta(days=number)


def said(
    on: int, field: str, value: str, *, until: int | None = None, instead_of: str = ""
) -> StatedField:
    """By a memory of the number of its day."""
    end = None if until is None else day(until)
    return StatedField(ProfileField(field, value, 0.9, day(on), on, until=end), instead_of)


def held(*stated: StatedField) -> list[tuple[str, int, int | None]]:
    """Each value with its first and its last day, the latest first."""
    return [
        (each.value, (each.since - START).days, each.until and (each.until - START).days)
        for each in history(stated)
    ]


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        pytest.param(
            [said(1, "location", "Berlin"), said(8, "location", "Munich")],
            [("Munich", 8, None), ("Berlin", 1, 8)],
            id="the latest said holds",
        ),
        pytest.param(
            [said(1, "location", "Berlin"), said(3, "location", "berlin")],
            [("Berlin", 1, None)],
            id="said again, it holds since it was first said",
        ),
        pytest.param(
            [
                said(1, "location", "Berlin"),
                said(4, "location", "Munich"),
                said(9, "location", "Berlin"),
            ],
            [("Berlin", 9, None), ("Munich", 4, 9), ("Berlin", 1, 4)],
            id="back again is another time",
        ),
        pytest.param(
            [said(1, "employer", "Acme", until=5)],
            [("Acme", 1, 5)],
            id="what is over has nothing in its place",
        ),
        pytest.param(
            [said(1, "database", "MySQL"), said(2, "database", "Redis")],
            [("Redis", 2, None), ("MySQL", 1, None)],
            id="of tools there may be several",
        ),
        pytest.param(
            [said(1, "database", "MySQL"), said(2, "database", "PostgreSQL", instead_of="MySQL")],
            [("PostgreSQL", 2, None), ("MySQL", 1, 2)],
            id="until one takes the place of another",
        ),
        pytest.param(
            [said(1, "database", "PostgreSQL 14"), said(2, "database", "PostgreSQL 16")],
            [("PostgreSQL 16", 2, None), ("PostgreSQL 14", 1, 2)],
            id="of a tool one version holds",
        ),
        pytest.param(
            [said(1, "database", "PostgreSQL 14"), said(2, "database", "PostgreSQL")],
            [("PostgreSQL 14", 1, None)],
            id="without its version it is the one already known",
        ),
        pytest.param(
            [
                said(1, "database", "PostgreSQL 14"),
                said(2, "database", "SQLite", instead_of="Postgres"),
            ],
            [("SQLite", 2, None), ("PostgreSQL 14", 1, 2)],
            id="a tool is left whatever its version and its other name",
        ),
        pytest.param(
            [said(2, "database", "SQLite", instead_of="MySQL"), said(5, "database", "MySQL")],
            [("MySQL", 5, None), ("SQLite", 2, None)],
            id="what was left earlier may be used again",
        ),
    ],
)
def test_each_value_has_its_time(
    stated: list[StatedField], expected: list[tuple[str, int, int | None]]
) -> None:
    """In whatever order it is handed in."""
    assert held(*stated) == held(*reversed(stated)) == expected


@pytest.mark.parametrize(
    ("on", "expected"), [(0, []), (1, ["Berlin"]), (7, ["Berlin"]), (8, ["Munich"]), (30, [])]
)
def test_a_document_tells_what_was_said_and_held_then(on: int, expected: list[str]) -> None:
    """What was said later is in none of an earlier day, and nothing in it has an end."""
    stated = [said(1, "location", "Berlin"), said(8, "location", "Munich", until=20)]
    found = document(stated, day(on))

    assert [field.value for field in found] == expected
    assert all(field.until is None for field in found)


@pytest.mark.parametrize(
    ("field", "value", "successor", "holds"),
    [
        ("role", "nurse", Successor(frozenset({"role"}), "role"), False),
        ("employer", "Charité", Successor(frozenset({"role"}), "role"), True),
        ("employer", "Charité", Successor(frozenset(), "employer"), False),
        ("employer", "Charité", Successor(frozenset(), "", ends=True), False),
        ("database", "Redis", Successor(frozenset({"database"}), "uses", "MySQL"), True),
        ("database", "MySQL 8", Successor(frozenset({"database"}), "uses", "MySQL"), False),
        ("database", "MySQL", Successor(frozenset({"database"}), "uses"), False),
        ("editor", "Vim", Successor(frozenset({"database"}), "uses"), True),
        ("cache", "Redis", Successor(frozenset(), "uses", ends=True, gone="MySQL 8"), True),
        ("database", "Redis", Successor(frozenset(), "uses", ends=True, gone="MySQL 8"), True),
        ("database", "MySQL", Successor(frozenset(), "uses", ends=True, gone="MySQL 8"), False),
        ("cache", "Redis", Successor(frozenset({"database"}), "uses", "MySQL"), True),
        ("location", "Rome", Successor(frozenset(), "location", ends=True, gone="Rome"), False),
    ],
)
def test_only_what_is_said_anew_is_over(
    field: str, value: str, successor: Successor, holds: bool
) -> None:
    """“I work as a nurse at Charité” tells the employer still when the role is another one."""
    stated = replace(said(1, field, value, until=5), successor=successor)

    assert held(stated) == [(value, 1, None if holds else 5)]


def test_the_latest_memory_is_the_source_and_the_surest_counts() -> None:
    """Of a value said twice."""
    first = StatedField(ProfileField("name", "Maya", 0.95, day(1), 1, source_message_id=11))
    again = StatedField(ProfileField("name", "Maya", 0.8, day(2), 2, source_message_id=12))
    (field,) = history([first, again])

    assert (field.source_memory_id, field.source_message_id) == (2, 12)
    assert (field.confidence, field.since) == (0.95, day(1))
