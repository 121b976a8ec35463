"""How long the index of another embedding model takes:
``uv run python -m tests.benchmarks.reindex``.

The other model is the packaged one under another name, so the numbers are those of its size: it is
measured alone, and while messages are answered one after the other.
"""

import tempfile
import threading
import time
from pathlib import Path

from memory.adapters.embedder import FILES, MiniLMEmbedder, _packaged
from memory.adapters.embedding_models import FastembedModels
from memory.engine import Memory
from memory.records import BuildState
from memory.settings import Settings
from tests.benchmarks.made_up import phrases, sentence
from tests.benchmarks.telling import given, result, smaller
from tests.benchmarks.turn import ME, fill

NAME = "sentence-transformers/all-MiniLM-L6-v2"
COUNT = smaller(2_000, 200)
LOOK_SECONDS = 0.2


def copied(cache: Path) -> MiniLMEmbedder:
    """The packaged files as those of a model that was downloaded."""
    files = cache / "files"
    files.mkdir()
    for name, (package, digest) in FILES.items():
        (files / name).write_bytes(_packaged(package, name, digest))
    packaged = MiniLMEmbedder(cache)
    FastembedModels(cache, packaged).copy_from(NAME, files)
    return packaged


def build(memory: Memory, *, chatting: bool) -> str:
    begun, answers = time.perf_counter(), []
    memory.build_index(NAME)
    while (state := memory.index_build()) and state.state is BuildState.BUILDING:
        if chatting:
            asked = time.perf_counter()
            memory.respond(ME, f"What did I say about the garden, {len(answers)}?").read()
            answers.append(time.perf_counter() - asked)
        else:
            threading.Event().wait(LOOK_SECONDS)
    took = time.perf_counter() - begun
    assert state is not None
    assert state.state is BuildState.READY, state
    said = f"{took / state.of * 1000:.1f} s per 1,000 memories"
    if answers:
        said += (
            f", {len(answers)} answers meanwhile, median {sorted(answers)[len(answers) // 2]:.2f} s"
        )
    begun = time.perf_counter()
    memory.switch_index()
    said += f"; switched in {(time.perf_counter() - begun) * 1e3:.0f} ms"
    memory.switch_back()
    begun = time.perf_counter()
    memory.drop_index(NAME)
    return f"{said}, let go in {time.perf_counter() - begun:.1f} s"


def main() -> None:
    count = int(next(iter(given()), COUNT))
    with tempfile.TemporaryDirectory() as folder:
        cache, database = Path(folder) / "cache", Path(folder) / "recollect.db"
        cache.mkdir()
        packaged = copied(cache)
        past = phrases(count)
        fill(database, past, packaged)
        text = sum(len(sentence(parts)) for parts in past) / count
        print(f"{count:,} memories of {text:.0f} characters")
        with Memory.open(Settings(database=database, cache=cache)) as memory:
            memory.grant(ME, "personalization")
            memory.warm_up()
            for chatting in (False, True):
                how = "while messages are answered" if chatting else "alone"
                result(f"{how}: {build(memory, chatting=chatting)}")


if __name__ == "__main__":
    main()
