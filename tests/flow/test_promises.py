"""The promises about privacy, whatever two people do in whatever order.

Random lives (``lives.py``), the same at every run; ``tests/benchmarks/any_order.py`` lives many
more, others each time, in which everything else can happen too.
"""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from memory.engine import Memory
from memory.settings import Settings
from tests.fakes import FakeEmbedder, FakeLanguage, FixedClock
from tests.flow.lives import Lives

FREELY = settings(
    max_examples=70,
    stateful_step_count=25,
    deadline=None,
    derandomize=True,
    # the shortest life takes minutes to find
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
    print_blob=False,
)


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Memory, FixedClock]]:
    path = tmp_path_factory.mktemp("promises") / "recollect.db"
    clock = FixedClock()
    with Memory.open(
        Settings(database=path),
        clock=clock,
        embedder=FakeEmbedder(),
        language=FakeLanguage(),
    ) as memory:
        yield memory, clock


def test_the_promises_hold_in_any_life(door: tuple[Memory, FixedClock]) -> None:
    """Consent, purpose, class, retention and person, after every step."""
    run_state_machine_as_test(lambda: Lives(*door), settings=FREELY)
