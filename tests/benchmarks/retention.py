"""How fast forgetting is worked out: ``uv run python -m tests.benchmarks.retention``.

100,000 memories with 100,000 uses, stored over a year, written straight into the tables. What must
take less than 100 ms is the computation: every strength, and for every memory the days on which it
fades and is archived, by either policy. Reading the columns from the file comes before it, and the
forecast and the plan of a sweep are made of both. The first sweep finds a year of dust, of which
each memory is told as a whole; the next one a day's.
"""

import random
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from memory import Memory, Settings
from memory.flow.fading import standing
from memory.records import PERSONALIZATION, ForgettingRules, PolicyName
from memory.store.columns import from_time
from tests.benchmarks.telling import result, smaller
from tests.fakes import NOON, FakeEmbedder, FakeLanguage, FixedClock

MEMORIES = smaller(100_000, 10_000)
USES = MEMORIES
DAYS = 365
CALLS = 5
AIM_MILLISECONDS = 100
IMPORTANCES = (0.3, 0.4, 0.6, 0.7, 0.8, 0.95)
KINDS = ("answer", "listed", "said again")
MEMORY = """
    insert into memories (id, person_id, kind, text, data_class, class_reason, purpose, importance,
        importance_terms, status, created_at, said_at)
    values (?, ?, 'fact', ?, 'internal', '', 'personalization', ?, '{}', 'active', ?, ?)
"""
USE = "insert into access_times (memory_id, at, kind) values (?, ?, ?)"


def fill(memory: Memory) -> int:
    """Returns the person's id."""
    store = memory._store
    memory.grant("me", PERSONALIZATION)
    person = store.people.find("me")
    assert person is not None
    some = random.Random(1)  # noqa: S311 - the same every time
    ages = [some.random() * DAYS for _ in range(MEMORIES)]
    with store.transaction():
        store.database.run_many(
            MEMORY,
            [
                (ident, person, f"Note {ident}", some.choice(IMPORTANCES), at, at)
                for ident, at in enumerate(map(days_ago, ages), start=1)
            ],
        )
        used = [some.randrange(MEMORIES) for _ in range(USES)]
        store.database.run_many(
            USE,
            [(n + 1, days_ago(ages[n] * some.random()), some.choice(KINDS)) for n in used],
        )
    return person


def days_ago(days: float) -> str:
    return from_time(NOON - timedelta(days=days))


def milliseconds(call: Callable[[], object]) -> list[float]:
    found = []
    for _ in range(CALLS):
        start = time.perf_counter()
        call()
        found.append((time.perf_counter() - start) * 1000)
    return found


def row(name: str, found: list[float]) -> str:
    return f"{name:44}{statistics.median(found):9.1f}{max(found):9.1f}"


def compute(memory: Memory, person: int, histories: object, rules: ForgettingRules) -> None:
    own = standing._standing(memory._parts, person, NOON, histories, rules)
    own.strengths(NOON)
    own.falls_below(rules.fading_below)
    own.archives()


def main() -> None:
    print(f"{MEMORIES:,} memories, {USES:,} uses, {CALLS} calls each, milliseconds")
    print(f"{'':44}{'median':>9}{'longest':>9}")
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(database=Path(folder) / "retention.db")
        clock = FixedClock()
        fakes = {"clock": clock, "embedder": FakeEmbedder(), "language": FakeLanguage()}
        with Memory.open(settings, **fakes) as memory:
            person = fill(memory)
        with Memory.open(settings, **fakes) as memory:
            read = memory._store.fading.of_person
            print(row("columns read", milliseconds(lambda: read(person, NOON))))
            histories = read(person, NOON)
            for policy in PolicyName:
                rules = ForgettingRules(policy=policy)
                found = milliseconds(lambda r=rules: compute(memory, person, histories, r))
                print(row(f"strengths and days of fading, {policy}", found))
                result(f"{MEMORIES:,} memories, {policy}: {statistics.median(found):.0f} ms")
                if statistics.median(found) > AIM_MILLISECONDS:
                    print(f"  more than the aim of {AIM_MILLISECONDS} ms")
            forecast = milliseconds(lambda: memory.forecast("me", days=DAYS))
            print(row(f"forecast of {DAYS} days", forecast))
            result(f"a forecast of {DAYS} days: {statistics.median(forecast):.0f} ms")
            print(row("overview", milliseconds(lambda: memory.forgetting("me"))))
            for day in ("first", "next"):
                plan = memory.plan_sweep("me")
                name = f"{day} day's plan, which archives {len(plan.archived):,}"
                print(row(name, milliseconds(lambda: memory.plan_sweep("me"))))
                memory.sweep(plan)
                clock.advance(days=1)


if __name__ == "__main__":
    main()
