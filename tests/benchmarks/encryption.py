"""What a passphrase costs: ``uv run python -m tests.benchmarks.encryption``.

One life of made-up sentences stands in two files, one as it is and one encrypted. The same
questions are put to both in turns, so that whatever else the computer does falls on both alike;
what is told is the ratio of the two. Searches go through the door, ``recall`` as it is and by full
text alone, and beneath it, the search of the vectors, which reads some hundred of them here and
there. Writing is a memory that is told, in a transaction of its own. Opening pays for the key.
The pages that are read stay in memory; the search once more with SQLite's own cache of two
megabytes shows what that is for. One process, models warm.
"""

import itertools
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from memory import Memory, Settings
from memory.records import PERSONALIZATION
from tests.benchmarks.made_up import phrases, questions
from tests.benchmarks.telling import result, smaller
from tests.benchmarks.turn import ME, Models, fill, models

SIZE = smaller(10_000, 1_000)
ROUNDS = smaller(60, 15)
WARMING = smaller(10, 5)
OPENINGS = smaller(10, 4)
PASSPHRASE = "four small words here"
SCAN = "embed and search the vectors"
SMALL_CACHE = "pragma cache_size = -2000"


@dataclass(frozen=True, slots=True)
class Line:
    what: str
    plain: list[float]
    encrypted: list[float]

    def __str__(self) -> str:
        plain, encrypted = (1e3 * statistics.median(each) for each in (self.plain, self.encrypted))
        return f"{self.what:34}{plain:10.2f}{encrypted:11.2f}{self.ratio:8.2f}"

    @property
    def ratio(self) -> float:
        pairs = zip(self.plain, self.encrypted, strict=True)
        return statistics.median(encrypted / plain for plain, encrypted in pairs)


Call = Callable[[Memory, str], object]


def calls() -> dict[str, Call]:
    numbers = itertools.count()

    def search(memory: Memory, text: str) -> object:
        store = memory._store
        person = store.people.find(ME)
        assert person is not None
        vector = memory._parts.embedder.embed([text])[0]
        return store.vectors.search(person, vector, 10, memory.now())

    return {
        "recall": lambda memory, text: memory.recall(ME, text, touch=False),
        "recall by full text": lambda memory, text: memory.recall(
            ME, text, touch=False, mode="text"
        ),
        SCAN: search,
        "remember": lambda memory, text: memory.remember(ME, f"{text} Number {next(numbers)}."),
    }


def seconds(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def measure(what: str, call: Call, both: tuple[Memory, Memory], asked: Iterator[str]) -> Line:
    """Each question to both, the one first in every other round."""
    times: tuple[list[float], list[float]] = ([], [])
    for number in range(WARMING + ROUNDS):
        text = next(asked)
        order = (0, 1) if number % 2 else (1, 0)
        found = {each: seconds(partial(call, both[each], text)) for each in order}
        if number >= WARMING:
            for each in order:
                times[each].append(found[each])
    return Line(what, *times)


def opening(folder: Path, ready: Models) -> Line:
    plain = [seconds(lambda: opened(folder / "plain.db", ready).close()) for _ in range(OPENINGS)]
    sealed = [
        seconds(lambda: opened(folder / "encrypted.db", ready, PASSPHRASE).close())
        for _ in range(OPENINGS)
    ]
    return Line("open and close", plain, sealed)


def opened(path: Path, ready: Models, passphrase: str | None = None) -> Memory:
    return Memory.open(
        Settings(database=path),
        embedder=ready.embedder,
        language=ready.language,
        passphrase=passphrase,
    )


def main() -> None:
    lines: list[Line] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ready = models(folder)
        fill(folder / "plain.db", phrases(SIZE), ready.embedder)
        with opened(folder / "plain.db", ready) as memory:
            memory.grant(ME, PERSONALIZATION)
        shutil.copy(folder / "plain.db", folder / "encrypted.db")
        with opened(folder / "encrypted.db", ready) as memory:
            setting = seconds(lambda: memory.set_passphrase(PASSPHRASE))
        size = (folder / "encrypted.db").stat().st_size / 1e6
        print(f"{SIZE:,} memories, {size:.0f} MB; setting the passphrase took {setting:.2f} s")
        print(f"{'milliseconds, medians':34}{'plain':>10}{'encrypted':>11}{'ratio':>8}")
        asked = questions()
        with (
            opened(folder / "plain.db", ready) as plain,
            opened(folder / "encrypted.db", ready, PASSPHRASE) as encrypted,
        ):
            for memory in (plain, encrypted):
                memory.warm_up()
            for what, call in calls().items():
                lines.append(measure(what, call, (plain, encrypted), asked))
                print(lines[-1], flush=True)
            encrypted._store.database.run(SMALL_CACHE)
            search = calls()[SCAN]
            print(measure(f"{SCAN}, 2 MB", search, (plain, encrypted), asked), flush=True)
        lines.append(opening(folder, ready))
        print(lines[-1])
        told = ", ".join(f"{line.what} {line.ratio:.2f}" for line in lines)
        result(f"encrypted by plain, {SIZE:,} memories: {told}")


if __name__ == "__main__":
    main()
