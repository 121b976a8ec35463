"""The report of ``python -m tests.benchmarks``: what came of each, and on what machine."""

import os
import platform
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from tests.benchmarks.catalogue import BENCHMARKS, Benchmark, Needs
from tests.benchmarks.telling import RESULT, SKIPPED_STATUS

ROOT = Path(__file__).parents[2]
CPU = Path("/proc/cpuinfo")
NO_RESULT = "ended without a result"


class Outcome(StrEnum):
    DONE = "done"
    FAILED = "failed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Ran:
    benchmark: Benchmark
    outcome: Outcome
    told: tuple[str, ...]
    """Its results, or why there are none."""
    seconds: float = 0.0


def judged(benchmark: Benchmark, status: int, lines: Iterable[str], seconds: float) -> Ran:
    """By its exit status and what it printed; what failed is told with its results, if any."""
    written = [line.strip() for line in lines]
    told = tuple(line.removeprefix(RESULT) for line in written if line.startswith(RESULT))
    if status == SKIPPED_STATUS:
        return Ran(benchmark, Outcome.SKIPPED, told, seconds)
    if status:
        last = next((line for line in reversed(written) if line), "")
        why = f"exit status {status}" + ("" if told or not last else f": {last}")
        return Ran(benchmark, Outcome.FAILED, (why, *told), seconds)
    if not told:
        return Ran(benchmark, Outcome.FAILED, (NO_RESULT,), seconds)
    return Ran(benchmark, Outcome.DONE, told, seconds)


# -- the machine ----------------------------------------------------------------------------


def machine() -> list[str]:
    """Without the name of the host."""
    return [
        f"{os.cpu_count()} cores, {processor()}",
        f"{platform.system()} {platform.release()}, {platform.machine()}",
        f"Python {platform.python_version()}",
    ]


def processor() -> str:
    """As the system names it."""
    lines = CPU.read_text().splitlines() if CPU.exists() else []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, "") or platform.processor() or "processor of no name"


def commit(folder: Path = ROOT) -> str:
    """What is checked out; “” where there is no git."""
    try:
        ended = subprocess.run(
            ["git", "describe", "--always", "--abbrev=12", "--dirty", "--exclude=*"],
            cwd=folder,
            capture_output=True,
            text=True,
        )
    except FileNotFoundError:
        return ""
    return ended.stdout.strip() if ended.returncode == 0 else ""


# -- the text -------------------------------------------------------------------------------


def document(
    ran: Sequence[Ran], on: date, *, quick: bool, machine: Sequence[str], commit: str
) -> str:
    about = [f"Measured on {on.isoformat()}", *machine, *([f"commit {commit}"] if commit else ())]
    looked = ["", "**A quick look: sizes are smaller, and no figure is one to keep.**"]
    others = [each for each in BENCHMARKS if each.name not in {r.benchmark.name for r in ran}]
    return "\n".join(
        [
            "# Recollect: what it measures",
            "",
            f"{'; '.join(about)}.",
            *(looked if quick else ()),
            "",
            "| what | command | result |",
            "|---|---|---|",
            *(row(each, quick=quick) for each in ran),
            *(rest(others) if others else ()),
            "",
        ]
    )


def row(ran: Ran, *, quick: bool) -> str:
    told = "<br>".join(map(cell, ran.told))
    if ran.outcome is not Outcome.DONE:
        told = f"**{ran.outcome}**: {told}"
    took = f" ({ran.seconds:.0f} s)" if ran.seconds else ""
    command = ran.benchmark.command(quick=quick)
    return f"| {cell(ran.benchmark.what)} | `{command}`{took} | {told} |"


def cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")


def rest(others: Iterable[Benchmark]) -> list[str]:
    lines = [f"- {each.what}{needing(each)}: `{each.command()}`" for each in others]
    return ["", "Not in this report, each to be run by itself:", "", *lines]


def needing(benchmark: Benchmark) -> str:
    return "" if benchmark.needs is Needs.NOTHING else f", which needs {benchmark.needs}"
