"""How far an export or an import is, told to whoever asked."""

from collections.abc import Callable

from memory.records.transfer import TransferProgress, TransferStep

TOLD_EVERY = 100
"""Memories and messages."""
OnProgress = Callable[[TransferProgress], None]


def untold(progress: TransferProgress) -> None:
    """Nobody asked."""


class Counting:
    """One step that counts what it does."""

    def __init__(self, step: TransferStep, total: int, tell: OnProgress) -> None:
        self._step, self._total, self._tell = step, total, tell
        self._done = 0
        tell(TransferProgress(step, 0, total))

    def one_more(self) -> None:
        self._done += 1
        if self._done % TOLD_EVERY == 0:
            total = max(self._done, self._total)
            self._tell(TransferProgress(self._step, self._done, total))
