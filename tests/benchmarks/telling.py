"""How each benchmark takes ``--quick``, and how it says what came of it or why it did not run.

``python -m tests.benchmarks`` runs them as processes and reads their last words: the lines that
begin with ``RESULT``, and the exit status. Whoever runs one by hand sees the same.
"""

import sys
from collections.abc import Iterable
from typing import NoReturn, TypeVar

QUICK = "--quick"
"""Smaller sizes, for a look; the figures are no figures to keep."""
RESULT = "Result: "
SKIPPED_STATUS = 77
"""As test harnesses have it; what ended so could not run here, and nothing failed."""

Size = TypeVar("Size")


def smaller(whole: Size, look: Size) -> Size:
    """``look`` where a quick look was asked for."""
    return look if QUICK in sys.argv else whole


def given() -> list[str]:
    """What stands on the command line and is no option."""
    return [argument for argument in sys.argv[1:] if not argument.startswith("--")]


def result(text: str) -> None:
    """One line of the report; a benchmark may have several."""
    print(f"{RESULT}{text}", flush=True)


def skip(reason: str) -> NoReturn:
    """Ends the program."""
    result(reason)
    sys.exit(SKIPPED_STATUS)


def listed(sizes: Iterable[int]) -> str:
    """“0, 1,000 and 10,000 memories”."""
    *first, last = (f"{size:,}" for size in sizes)
    return f"{', '.join(first)} and {last} memories" if first else f"{last} memories"
