"""Killed in the middle of building an index, or of switching: one model is in use, every memory has
its vector, and what was done goes on."""

import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest

from memory.records import PERSONALIZATION, BuildState, IndexState
from tests.fakes import FakeEmbedder
from tests.flow.building import open_memory
from tests.flow.indexed import assert_unmixed, remember, states, vectors_by_model

ROOT = Path(__file__).parents[2]
MEMORIES = 400
"""Twenty-five batches: far more than are waited for."""
LONGEST_DELAY_SECONDS = 0.01


def live_and_die(database: Path, sign: str, count: int, seconds: float) -> None:
    """Until it has said the sign so many times, and so long more."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.flow.building", str(database)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            count -= line.strip() == sign
            if not count:
                break
        with suppress(subprocess.TimeoutExpired):
            process.wait(seconds)
        process.kill()
    assert count == 0, "it ended by itself"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("filled")
    with open_memory(folder / "recollect.db", FakeEmbedder("small", 64)) as memory:
        memory.grant("me", PERSONALIZATION)
        remember(memory, MEMORIES)
    return folder


@pytest.mark.parametrize(
    ("seed", "sign", "count"),
    [
        (1, "embedded", 1),
        (2, "embedded", 4),
        (3, "embedded", 9),
        *((n, "switched", n - 3) for n in range(4, 9)),
    ],
)
def test_a_killed_build_or_switch_leaves_one_model_in_use(
    tmp_path: Path, filled: Path, seed: int, sign: str, count: int
) -> None:
    """Nothing is mixed, nothing lacks its vector, and the build goes on where it was."""
    shutil.copytree(filled, tmp_path, dirs_exist_ok=True)
    database = tmp_path / "recollect.db"
    delay = Random(seed).uniform(0, LONGEST_DELAY_SECONDS)  # noqa: S311 - to try many moments
    live_and_die(database, sign, count, delay)

    with open_memory(database, FakeEmbedder("small", 64)) as memory:
        assert_unmixed(memory)
        found = states(memory)
        assert sorted(found.values()).count(IndexState.IN_USE) == 1
        in_use = next(name for name, state in found.items() if state is IndexState.IN_USE)
        assert vectors_by_model(memory)[in_use] == {item.id for item in memory.items("me")}
        if sign == "switched":
            assert set(found.values()) == {IndexState.IN_USE, IndexState.KEPT}
        else:
            memory.resume_build()
            built = memory.index_build()
            assert built is not None
            assert built.state is BuildState.READY
            memory.switch_index()
            assert states(memory)["small"] is IndexState.IN_USE
        assert_unmixed(memory)
        assert memory.verify_audit().state == "intact"
