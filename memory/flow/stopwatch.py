"""How long the stages of an answer take."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from memory.records import Latency


class Stopwatch:
    """For one answer; a stage that comes twice adds up."""

    def __init__(self) -> None:
        self.seconds: dict[Latency, float] = {}

    @contextmanager
    def during(self, stage: Latency) -> Iterator[None]:
        began = time.perf_counter()
        try:
            yield
        finally:
            passed = time.perf_counter() - began
            self.seconds[stage] = self.seconds.get(stage, 0.0) + passed
