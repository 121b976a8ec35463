"""Python imports this at the start of every server a browser test runs; the product knows nothing.

The folder is on the server's PYTHONPATH, see ``server.py``. It writes down and refuses whatever
would leave this computer, and can move the clock of ``memory.engine`` on by some days.
"""

import os
import sys
from datetime import timedelta
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from types import ModuleType

from tests.outside import kill_at_native_datagram, refuse_outside

OUTSIDE_LOG = Path(os.environ["BROWSER_TEST_OUTSIDE_LOG"])
CLOCK_DAYS = timedelta(days=int(os.environ["BROWSER_TEST_CLOCK_DAYS"]))
CLOCK_MODULE = "memory.engine"


def write_down(attempt: str) -> None:
    with OUTSIDE_LOG.open("a") as log:
        log.write(attempt + "\n")


class ClockMover:
    """Finds ``memory.engine`` as usual, and replaces its ``utc_now`` once it has run."""

    def find_spec(self, name: str, path: object, target: object = None) -> ModuleSpec | None:
        if name != CLOCK_MODULE:
            return None
        spec = PathFinder.find_spec(name, path)  # type: ignore[arg-type]
        run = spec.loader.exec_module

        def run_and_move(module: ModuleType) -> None:
            run(module)
            real_now = module.utc_now
            module.utc_now = lambda: real_now() + CLOCK_DAYS

        spec.loader.exec_module = run_and_move
        return spec


refuse_outside(write_down)
kill_at_native_datagram()
if CLOCK_DAYS:
    sys.meta_path.insert(0, ClockMover())
