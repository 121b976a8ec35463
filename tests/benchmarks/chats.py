"""What an import of ChatGPT's export takes: ``uv run python -m tests.benchmarks.chats``.

The export is made up (``made_up_chats``), the embedder and the language model are the real ones. It
is imported into an empty file and into one with ten thousand memories, after the dry run of all of
it; every message by ``observe`` is measured beside it. One run, one process, models warm.
"""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from memory import Memory, Settings
from memory.adapters.embedder import MiniLMEmbedder
from memory.adapters.language import SpacyLanguage
from memory.records import PERSONALIZATION, Role
from tests.benchmarks.made_up import phrases
from tests.benchmarks.made_up_chats import export, said
from tests.benchmarks.telling import given, result, smaller
from tests.benchmarks.turn import ME, Stopwatch, TimedEmbedder, fill

MESSAGES = smaller(10_000, 240)
OBSERVED = smaller(400, 60)
"""By ``observe``, one after the other: all would take too long."""
FULL = smaller(10_000, 1_000)
"""Memories that the second file holds already."""

Result = TypeVar("Result")


def timed(what: str, messages: int, call: Callable[[], Result]) -> tuple[Result, float]:
    """What it returned, and milliseconds of the processor for each message: they tell what it takes
    where others keep the machine busy."""
    start, worked = time.perf_counter(), time.process_time()
    came = call()
    seconds, worked = time.perf_counter() - start, time.process_time() - worked
    figures = f"{messages:8,}{seconds:9.1f} s{worked:9.1f} s{worked / messages * 1e3:9.1f} ms"
    print(f"{what:32}{figures}", flush=True)
    return came, worked / messages * 1e3


def observed(memory: Memory, count: int) -> None:
    for number, text in zip(range(count), said(12), strict=False):
        role = Role.ASSISTANT if number % 2 else Role.USER
        memory.observe(ME, role, text, conversation_id=f"observed {number // 12}")


def measure(
    database: Path, embedder: MiniLMEmbedder, language: SpacyLanguage, count: int
) -> tuple[float, float]:
    """Milliseconds of the processor for a message: in the import, and by ``observe``."""
    data = export(count)
    with Memory.open(Settings(database=database), embedder=embedder, language=language) as memory:
        memory.grant(ME, PERSONALIZATION)
        memory.warm_up()
        _, one_by_one = timed("observe, one by one", OBSERVED, lambda: observed(memory, OBSERVED))
        timed("dry run of a sample", 500, lambda: memory.plan_chat_import(ME, data, sample=500))
        plan, _ = timed("dry run of all", count, lambda: memory.plan_chat_import(ME, data))
        report, together = timed("import", count, lambda: memory.import_chats(ME, data))
        timed("import of the same once more", count, lambda: memory.import_chats(ME, data))
        print(
            f"  {len(data) / 2**20:.1f} MB; planned {plan.learnt.memories:,}, brought in "
            f"{report.memories:,} memories, {report.proposed:,} to the inbox, "
            f"{report.reinforced:,} said again"
        )
        (one,) = memory.chat_imports(ME)
        timed("removed again", count, lambda: memory.erase(ME, imported=one.id))
    return together, one_by_one


def main() -> None:
    count = int(next(iter(given()), MESSAGES))
    with tempfile.TemporaryDirectory() as folder:
        embedder, language = MiniLMEmbedder(Path(folder)), SpacyLanguage()
        print(f"{'':32}messages       all  processor   a message")
        print("an empty file")
        empty = measure(Path(folder) / "empty.db", embedder, language, count)
        print(f"a file of {FULL:,} memories")
        fill(Path(folder) / "full.db", phrases(FULL), TimedEmbedder(embedder, Stopwatch()))
        full = measure(Path(folder) / "full.db", embedder, language, count)
    for where, figures in (("an empty file", empty), (f"one of {FULL:,} memories", full)):
        each, by_observe = (f"{figure:.0f} ms" for figure in figures)
        result(
            f"{count:,} messages into {where}: {each} of a processor each ({by_observe} by observe)"
        )


if __name__ == "__main__":
    main()
