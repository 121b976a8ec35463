"""What padding costs: ``uv run python -m tests.benchmarks.embedding``.

300 short sentences are embedded one by one and in batches, with their batch padded to its longest
text, as the built-in embedder does, and padded to 128 tokens, as the tokenizer's own file says.
The vectors must be the same; the figures are from one run, so their ratio is what to look at.
"""

import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from memory.adapters.embedder import MiniLMEmbedder
from memory.protocols import Vectors
from tests.benchmarks.telling import result

FIXED_TOKENS = 128
SUBJECTS = ("I", "My sister", "The team", "Our customer", "Bob", "The old server")
VERBS = ("prefers", "works with", "moved away from", "asked about", "is tired of")
OBJECTS = (
    "PostgreSQL",
    "short answers",
    "green tea in the morning",
    "the login page of the shop",
    "long meetings",
    "a train to Berlin",
    "type hints in Python",
    "concise examples with detailed comments",
    "the budget",
    "caching",
)
TEXTS = [f"{who} {does} {what}." for who in SUBJECTS for does in VERBS for what in OBJECTS]


@contextmanager
def padded_to(tokenizer: Any, tokens: int) -> Iterator[None]:
    before = tokenizer.padding
    tokenizer.enable_padding(**(before | {"length": tokens}))
    try:
        yield
    finally:
        tokenizer.enable_padding(**before)


def timed(embedder: MiniLMEmbedder, batches: Iterable[Sequence[str]]) -> tuple[float, Vectors]:
    start = time.perf_counter()
    vectors = np.concatenate([embedder.embed(batch) for batch in batches])
    return time.perf_counter() - start, vectors


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        embedder = MiniLMEmbedder(Path(folder))
        tokenizer = embedder.load().model.tokenizer
        embedder.embed(TEXTS[:32])  # the first calls are slower than all others
        ways: dict[str, list[Sequence[str]]] = {
            "one by one": [[text] for text in TEXTS],
            "in batches": [TEXTS],
        }
        print(f"{len(TEXTS)} short sentences, seconds")
        print(f"{'':11}{'to the longest':>15}{f'to {FIXED_TOKENS} tokens':>15}{'ratio':>8}")
        for name, batches in ways.items():
            longest, vectors = timed(embedder, batches)
            with padded_to(tokenizer, FIXED_TOKENS):
                fixed, same = timed(embedder, batches)
            print(f"{name:11}{longest:15.2f}{fixed:15.2f}{fixed / longest:8.1f}")
            differ = np.abs(vectors - same).max()
            print(f"{'':11}largest difference of a number: {differ:.1e}")
            result(
                f"{name}: {fixed / longest:.1f} times as fast, differing by {differ:.0e} at most"
            )


if __name__ == "__main__":
    main()
