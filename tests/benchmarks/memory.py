"""Does it grow? ``uv run python -m tests.benchmarks.memory [TURNS]``.

Two thousand turns with the real models, each answered to the end, in one conversation after
another; every turn becomes a memory. Every statement brings twenty words that nobody has ever
used: a vocabulary that keeps what it meets would show. Printed every hundred turns is the memory
of the process's own (Linux's RssAnon; the mapped database file is not in it). Flat means: after
the first 1,200 turns, less than half a megabyte more for every hundred. Until then allocators and
caches find their size: by steps of 20 MB in the first 400 turns, and a megabyte for every hundred
after them.
"""

import gc
import itertools
import tempfile
from collections.abc import Iterator
from pathlib import Path

from memory import Memory, Settings
from memory.records import PERSONALIZATION
from tests.benchmarks.made_up import new_words, phrases, questions, sentence
from tests.benchmarks.telling import given, result, skip, smaller

TURNS = smaller(2_000, 500)
EVERY = 100
SETTLED = smaller(1_200, 300)
"""Turns until allocators and caches have found their size."""
FLAT_MEGABYTES = 0.5
NEW_WORDS = 20
IN_CONVERSATION = 40
"""Turns of each conversation."""
ME = "me"
STATUS = Path("/proc/self/status")


def own_megabytes() -> float:
    gc.collect()
    lines = STATUS.read_text().splitlines() if STATUS.exists() else []
    found = [line for line in lines if line.startswith("RssAnon:")]
    if not found:
        skip(f"this needs a Linux that tells RssAnon in {STATUS}")
    return int(found[0].split()[1]) / 1024


def messages() -> Iterator[str]:
    """A statement and a question in turns, without end."""
    words, asked = new_words(), questions()
    for parts in itertools.cycle(phrases(TURNS)):
        unknown = " ".join(itertools.islice(words, NEW_WORDS))
        yield f"{sentence(parts)} They call it {unknown}."
        yield next(asked)


def growth(found: dict[int, float]) -> float:
    """Megabytes for every hundred turns, after it has settled."""
    settled = [turn for turn in found if turn >= SETTLED]
    return (found[settled[-1]] - found[settled[0]]) / (settled[-1] - settled[0]) * 100


def main(turns: int) -> None:
    found: dict[int, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        memory = Memory.open(Settings(Path(folder) / "recollect.db", importance_threshold=0))
        memory.grant(ME, PERSONALIZATION)
        memory.warm_up()
        print(f"turns     MB\n    0 {own_megabytes():6.1f}")
        for turn, text in zip(range(1, turns + 1), messages(), strict=False):
            conversation = f"number {turn // IN_CONVERSATION}"
            memory.respond(ME, text, conversation_id=conversation).read()
            if turn % EVERY == 0:
                found[turn] = own_megabytes()
                print(f"{turn:5} {found[turn]:6.1f}", flush=True)
        print(f"{memory.stats().memories} memories of {memory.stats().messages} messages")
        memory.close()
    verdict = "flat" if growth(found) < FLAT_MEGABYTES else "not flat"
    result(f"{verdict}: {growth(found):+.2f} MB for every hundred turns after turn {SETTLED}")


if __name__ == "__main__":
    main(int(next(iter(given()), TURNS)))
