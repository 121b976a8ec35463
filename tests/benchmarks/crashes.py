"""A hundred kills at random moments: ``uv run python -m tests.benchmarks.crashes``.

Each is a worker that lives a random life on a file of its own (``tests/flow/working.py``) and is
killed with SIGKILL; then the file is opened and compared with all that the worker had
acknowledged. Two in three are aimed at what is most delicate: erasures, and answers that stream.
A column counts the erasures found begun in the journal: the next start finished them.
"""

import sys
import tempfile
from collections import defaultdict
from pathlib import Path

from tests.benchmarks.telling import result, smaller
from tests.flow.crashing import AIMS, Crash, crash

KILLS = smaller(100, 6)


def table(crashes: list[Crash]) -> list[str]:
    by_deed: defaultdict[str, list[Crash]] = defaultdict(list)
    for ended in crashes:
        by_deed[ended.books.under_way].append(ended)
    rows = [_row(name, by_deed[name]) for name in sorted(by_deed)]
    head = f"{'under way':20}{'kills':>7}{'deeds before':>14}{'erasures begun':>16}{'faults':>8}"
    return [head, *rows, _row("all", crashes)]


def _row(name: str, crashes: list[Crash]) -> str:
    deeds = sum(ended.books.deeds for ended in crashes)
    begun = sum(ended.begun for ended in crashes)
    faults = sum(len(ended.faults) for ended in crashes)
    return f"{name:20}{len(crashes):7}{deeds:14,}{begun:16}{faults:8}"


def main() -> None:
    """Fails when anything was lost, left behind or broken."""
    crashes = []
    for seed in range(KILLS):
        with tempfile.TemporaryDirectory() as folder:
            ended = crash(Path(folder) / "recollect.db", seed, AIMS[seed % len(AIMS)])
        crashes.append(ended)
        for fault in ended.faults:
            print(f"seed {seed}, {ended.books.under_way}: {fault}")
    print("\n".join(table(crashes)))
    faults = sum(len(ended.faults) for ended in crashes)
    deeds = sum(ended.books.deeds for ended in crashes)
    result(f"{len(crashes)} kills after {deeds:,} deeds: {faults} faults")
    sys.exit(faults > 0)


if __name__ == "__main__":
    main()
