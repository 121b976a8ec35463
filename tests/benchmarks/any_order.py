"""Random lives of two people, judged after each step:
``uv run --group test python -m tests.benchmarks.any_order [EXAMPLES [STEPS]]``.

Each life is up to 25 steps of ``tests/flow/any_order.py`` on a file with fakes: telling, asking,
editing, merging, forgetting, consents, rules, sweeps, erasures in each scope, exports and imports,
and days that pass. Lives are others at every run. The first that breaks a promise is made as short
as it can be, which takes minutes, and printed.
"""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis.stateful import invariant, run_state_machine_as_test

from memory.engine import Memory
from memory.settings import Settings
from tests.benchmarks.telling import given, result, smaller
from tests.fakes import FakeEmbedder, FakeLanguage, FixedClock
from tests.flow.any_order import AnyOrder

EXAMPLES = smaller(10_000, 20)
STEPS = 25
IN_FILE = 50
"""Lives in one file: its audit grows with each, and is read after each step."""
EVERY = 20


class Lived:
    """How many lives and steps there were."""

    def __init__(self) -> None:
        self.lives = self.steps = 0


@contextmanager
def lives(lived: Lived) -> Iterator[Callable[[], AnyOrder]]:
    """Makes one after the other, with a fresh file now and then."""

    class Counted(AnyOrder):
        @invariant()
        def a_step_was_judged(self) -> None:
            lived.steps += 1

    with ExitStack() as held:
        door: list[tuple[Memory, FixedClock]] = []

        def make() -> AnyOrder:
            if lived.lives % IN_FILE == 0:
                held.close()
                folder = Path(held.enter_context(tempfile.TemporaryDirectory()))
                clock = FixedClock()
                fakes = {"embedder": FakeEmbedder(), "language": FakeLanguage()}
                opened = Memory.open(Settings(folder / "recollect.db"), clock=clock, **fakes)
                door[:] = [(held.enter_context(opened), clock)]
            lived.lives += 1
            if lived.lives % EVERY == 0:
                print(f"{lived.lives:,} lives", flush=True)
            return Counted(*door[0])

        yield make


def main() -> None:
    """Fails with the shortest life that breaks a promise."""
    wanted = [int(number) for number in given()]
    examples, steps = (*wanted, *(EXAMPLES, STEPS)[len(wanted) :])
    lived = Lived()
    chosen = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        print_blob=False,
        report_multiple_bugs=False,
    )
    came = "a promise was broken"
    try:
        with lives(lived) as make:
            run_state_machine_as_test(make, settings=chosen)
        came = "every promise was kept"
    finally:
        result(f"{lived.lives:,} lives of two people, {lived.steps:,} steps: {came}")


if __name__ == "__main__":
    main()
