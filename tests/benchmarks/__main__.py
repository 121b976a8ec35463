"""All benchmarks that need no data of others, one after the other, and a report of them:
``uv run --group test python -m tests.benchmarks [--quick] [--only NAME ...] [--list] [--to FILE]``.

Each is a process of its own, as when it is run by itself; what it prints is passed on. One that
fails or cannot run here (three need ``--group browser`` and Chromium, one ``--extra local``) is
told in the report, and the others go on. The exit status is 1 when one failed. ``--quick`` takes
smaller sizes, for a look.
"""

import argparse
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

from tests.benchmarks import report
from tests.benchmarks.catalogue import BENCHMARKS, Benchmark, Needs, chosen
from tests.benchmarks.report import Outcome, Ran
from tests.browser.chromium import find_chromium

PLACE = Path("recollect-benchmarks.md")


def options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument(
        "--only", nargs="+", default=[], metavar="NAME", help="these, and no others"
    )
    parser.add_argument("--list", action="store_true", help="tell which there are, and end")
    parser.add_argument("--quick", action="store_true", help="smaller sizes, for a look")
    parser.add_argument("--to", type=Path, default=PLACE, metavar="FILE", help="of the report")
    return parser.parse_args(arguments)


def listing() -> str:
    return "\n".join(f"{each.name:12} {each.what}{report.needing(each)}" for each in BENCHMARKS)


def missing(needs: Needs) -> str:
    """Why it cannot run here; “” when it can."""
    if needs is Needs.LOCAL and find_spec("xllamacpp") is None:
        return "the extra “local” is not installed"
    if needs is Needs.BROWSER:
        if find_spec("playwright") is None:
            return "the group “browser” is not installed"
        if find_chromium() is None:
            return "there is no Chromium"
    return ""


def run(benchmark: Benchmark, *, quick: bool) -> Ran:
    """In a process of its own; what it prints is seen as it comes."""
    if why := missing(benchmark.needs):
        return Ran(benchmark, Outcome.SKIPPED, (why,))
    command = [sys.executable, "-u", "-m", benchmark.module, *benchmark.options(quick=quick)]
    begun, lines = time.monotonic(), []
    with subprocess.Popen(
        command, cwd=report.ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            print(f"    {line}", end="", flush=True)
            lines.append(line)
    return report.judged(benchmark, process.returncode, lines, time.monotonic() - begun)


def main(arguments: Sequence[str]) -> int:
    asked = options(arguments)
    if asked.list:
        print(listing())
        return 0
    try:
        wanted = chosen(tuple(asked.only))
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    machine, commit = report.machine(), report.commit()
    ran: list[Ran] = []
    for number, benchmark in enumerate(wanted, start=1):
        print(f"{number} of {len(wanted)}: {benchmark.name}, {benchmark.what}", flush=True)
        ran.append(run(benchmark, quick=asked.quick))
        print(f"  {ran[-1].outcome} in {ran[-1].seconds:.0f} s", flush=True)
        written = report.document(
            ran, datetime.now(UTC).date(), quick=asked.quick, machine=machine, commit=commit
        )
        asked.to.write_text(written)  # after each: what is measured outlives an interruption
    print(f"Written to {asked.to}")
    return int(any(each.outcome is Outcome.FAILED for each in ran))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
