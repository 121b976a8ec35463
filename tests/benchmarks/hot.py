"""How fast the hot tier is: ``uv run python -m tests.benchmarks.hot``.

The article wants sub-millisecond access (section 4) and takes Redis for it. Here it is a table of
the one SQLite file. Measured through the store: every ``set`` is a transaction
of its own that also removes what has expired, on a file with 1,000 live rows.
"""

import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from memory.store import Store
from tests.benchmarks.telling import result, smaller

ROWS = 1_000
CALLS = smaller(5_000, 500)
HOUR = 3_600
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
VALUE = '{"conversation": "work", "role": "user", "text": "I prefer concise code examples."}'


def milliseconds(call: Callable[[int], object]) -> list[float]:
    found = []
    for number in range(CALLS):
        start = time.perf_counter()
        call(number)
        found.append((time.perf_counter() - start) * 1000)
    return found


def row(name: str, found: list[float]) -> str:
    hundredths = statistics.quantiles(found, n=100)
    return f"{name:4}  {hundredths[49]:7.3f}  {hundredths[94]:7.3f}"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "recollect.db")
        person = store.people.find_or_add("me", NOW)
        keys = [f"message:{number}" for number in range(ROWS)]
        for key in keys:
            store.hot_cache.set(person, key, VALUE, HOUR, NOW)
        got = milliseconds(lambda n: store.hot_cache.get(person, keys[n * 7 % ROWS], NOW))

        def set_one(number: int) -> None:
            with store.transaction():
                store.hot_cache.set(person, keys[number * 7 % ROWS], VALUE, HOUR, NOW)

        put = milliseconds(set_one)
        assert store.hot_cache.count(NOW) == ROWS
        store.close()
    print(f"hot_cache, {ROWS:,} live rows, {CALLS:,} calls each, milliseconds")
    print("          p50      p95")
    print(row("get", got))
    print(row("set", put))
    late = [f"{statistics.quantiles(found, n=100)[94]:.3f} ms" for found in (got, put)]
    result("p95 of get {}, of set {}".format(*late))


if __name__ == "__main__":
    main()
