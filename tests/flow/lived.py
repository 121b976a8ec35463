"""Days that go by with the person there, and what stands in the whole file."""

from memory.engine import Memory
from memory.records import Status
from tests.fakes import FixedClock


def live(memory: Memory, clock: FixedClock, days: int, user_id: str = "me") -> None:
    """So many days, on each of which the person looks in."""
    for _ in range(days):
        clock.advance(days=1)
        memory.visit(user_id)


def told(memory: Memory, text: str, importance: float = 0.3, user_id: str = "me") -> int:
    return memory.remember(user_id, text, importance=importance).id


def strength(memory: Memory, ident: int) -> float:
    (kept,) = memory.retention_of([memory.item(ident)])
    return kept.strength


def in_use(memory: Memory, user_id: str = "me") -> set[int]:
    return {item.id for item in memory.items(user_id) if item.status is Status.ACTIVE}


def whole_file(memory: Memory) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, those behind the indexes too."""
    database = memory._store.database
    names = database.rows("select name from sqlite_schema where type = 'table' order by name")
    found = {}
    for (name,) in names:
        found[name] = database.rows(f'select * from "{name}"')  # noqa: S608
    return found
