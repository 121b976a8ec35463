"""What Recollect adds to a chat model's call: ``uv run --group test python -m
tests.benchmarks.overhead [--profile]``.

A model that answers at once stands in for the real one; embedder, language model and file are the
real ones. Told is the time until the model is called (the message understood, what is known of it
found, the context put together, the message stored), the time after its last piece (the answer
recorded with what it was built on), and their sum: once for a model on this computer, once for one
elsewhere, which is given everything masked. The messages ask, state or do both, and one
conversation grows all along. Beside each turn stands one embedding of its message, since machines
differ: the last column is the sum by that.

``--profile`` adds where the time goes at the largest size: functions of the flow by the time spent
in and under them, which a profiler makes longer by half.
"""

import cProfile
import itertools
import pstats
import random
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from memory import Memory, Settings
from memory.records import PERSONALIZATION, REMOTE_MODEL, ChatMessage
from tests.benchmarks.made_up import PEOPLE, THINGS, Phrases, phrases, questions, sentence
from tests.benchmarks.telling import listed, result, smaller
from tests.benchmarks.turn import ME, SIZES, Models, fill, models
from tests.fakes import FakeModel

PROFILE = "--profile"
TURNS = smaller(80, 16)
WARMING = smaller(8, 4)
"""Turns before the measured ones, in a conversation of their own."""
MOST_FUNCTIONS = 40
ANSWER = (
    "From what you have told me, {} had to do with {} before. ",
    "I would begin with the smallest step that can be tried in an afternoon, write down what it ",
    "changes, and ask those who work with it every day whether it helps them. ",
    "If it does, do the next step next week; if it does not, take it back and tell me why.",
)
ALSO = (
    "I live in Berlin and work at Acme Labs.",
    "Yesterday I met Maria at the office. What did we decide last week?",
    "How do I deploy the shop?",
    "I prefer short answers with an example.",
    "The build fails again with a timeout. What did we try the last time?",
    "Thanks, that helps!",
    "What do I need to prepare before the auditors come on Friday?",
    "Write to bob@example.com that the release moves to Monday.",
)
"""Said in turns with what is made up: of oneself, of days, of how something is done."""


class Instant(FakeModel):
    """Answers at once, and tells when it was called and when its last piece was taken."""

    def __init__(self, *, is_local: bool) -> None:
        super().__init__(is_local=is_local)
        self.called = self.ended = 0.0
        self.place = "here" if is_local else "elsewhere"

    def stream(self, messages: Sequence[ChatMessage]) -> Iterator[str]:
        self.called = time.perf_counter()
        yield from super().stream(messages)
        self.ended = time.perf_counter()


@dataclass(frozen=True, slots=True)
class Timing:
    """Of one turn, in milliseconds."""

    until: float
    after: float
    inside: float
    """Of both, in the embedder and in the language model."""
    yardstick: float
    """One embedding of its message."""

    @property
    def both(self) -> float:
        return self.until + self.after


def messages(told: Iterator[Phrases], seed: int = 4) -> Iterator[str]:
    """A question, a statement, both, and something of ``ALSO``, in turns."""
    chance, asked, also = random.Random(seed), questions(), itertools.cycle(ALSO)  # noqa: S311
    while True:
        yield next(asked)
        yield sentence(next(told))
        yield f"{sentence(next(told))} {chance.choice(PEOPLE)} said so. {next(asked)}"
        yield next(also)


def answers(seed: int = 5) -> Iterator[tuple[str, ...]]:
    chance = random.Random(seed)  # noqa: S311  nothing secret
    while True:
        begin = ANSWER[0].format(chance.choice(PEOPLE), chance.choice(THINGS))
        yield (begin, *ANSWER[1 : chance.randint(1, len(ANSWER))])


def measure(
    memory: Memory,
    timed: Models,
    texts: Iterator[str],
    *,
    is_local: bool,
    profile: cProfile.Profile | None,
) -> list[Timing]:
    model, said = Instant(is_local=is_local), answers()
    where = model.place

    def turn(conversation: str) -> Timing:
        text, model.pieces = next(texts), next(said)
        before = timed.embedding.seconds + timed.reading.seconds
        start = time.perf_counter()
        memory.respond(ME, text, conversation_id=conversation, model=model).read()
        end = time.perf_counter()
        inside = timed.embedding.seconds + timed.reading.seconds - before
        timed.embedder.embed([text])
        yardstick = time.perf_counter() - end
        spans = (model.called - start, end - model.ended, inside, yardstick)
        return Timing(*(span * 1e3 for span in spans))

    for _ in range(WARMING):
        turn(f"warming {where}")
    with profile or nullcontext():
        return [turn(f"growing {where}") for _ in range(TURNS)]


# -- telling --------------------------------------------------------------------------------


def line(size: int, where: str, found: Sequence[Timing]) -> str:
    told = "".join(
        f"{middle:9.1f}{late:7.1f}"
        for middle, late in (
            percentiles([timing.until for timing in found]),
            percentiles([timing.after for timing in found]),
            both(found),
        )
    )
    inside = statistics.median(timing.inside for timing in found)
    yardstick = statistics.median(timing.yardstick for timing in found)
    ratio = statistics.median(timing.both / timing.yardstick for timing in found)
    return f"{size:8,}  {where:10}{told}{inside:11.1f}{yardstick:11.1f}{ratio:8.1f}"


def both(found: Sequence[Timing]) -> tuple[float, float]:
    return percentiles([timing.both for timing in found])


def percentiles(values: Sequence[float]) -> tuple[float, float]:
    """The median and the 95th."""
    return statistics.median(values), statistics.quantiles(values, n=20)[18]


def parts(profile: cProfile.Profile) -> Iterator[str]:
    """Milliseconds a turn in and under each function, the longest first."""
    profile.create_stats()
    stats: Mapping[tuple[str, int, str], tuple[int, int, float, float, object]]
    stats = pstats.Stats(profile).stats  # type: ignore[attr-defined]
    longest = sorted(stats.items(), key=lambda item: -item[1][3])
    for (file, number, name), (_, calls, _, seconds, _) in longest[:MOST_FUNCTIONS]:
        place = f"{Path(file).parent.name}/{Path(file).stem}:{number}"
        yield f"{seconds * 1e3 / TURNS:9.1f}{calls / TURNS:9.1f}  {name:28} {place}"


def main(*, profiled: bool) -> None:
    told: defaultdict[str, list[str]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        timed = models(Path(folder))
        every = phrases(SIZES[-1] + len(SIZES) * 2 * (TURNS + WARMING))
        past, coming = every[: SIZES[-1]], iter(every[SIZES[-1] :])
        print(f"milliseconds of {TURNS} turns: p50 and p95; medians; yardstick: one embedding")
        print(
            f"memories  model     {'until it':>16}{'after it':>16}{'both':>16}  in models"
            "  yardstick   ratio"
        )
        for size in SIZES:
            database = Path(folder) / f"{size}.db"
            fill(database, past[:size], timed.embedder)
            with Memory.open(
                Settings(database=database), embedder=timed.embedder, language=timed.language
            ) as memory:
                for purpose in (PERSONALIZATION, REMOTE_MODEL):
                    memory.grant(ME, purpose)
                memory.warm_up()
                for is_local in (True, False):
                    profile = cProfile.Profile() if profiled and size == SIZES[-1] else None
                    found = measure(
                        memory, timed, messages(coming), is_local=is_local, profile=profile
                    )
                    place = Instant(is_local=is_local).place
                    print(line(size, place, found), flush=True)
                    told[place].append("{:.0f} and {:.0f}".format(*both(found)))
                    if profile is not None:
                        print("ms a turn    calls", *parts(profile), sep="\n")
        for place, figures in told.items():
            result(f"a model {place}, p50 and p95: {', '.join(figures)} ms at {listed(SIZES)}")


if __name__ == "__main__":
    main(profiled=PROFILE in sys.argv[1:])
