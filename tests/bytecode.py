"""Bytecode for the processes that tests start, where Python is told to keep none.

Under PYTHONDONTWRITEBYTECODE, as containers often set it, each of some fifty servers and workers
would compile its libraries anew, which takes longer than most of what they are started for. Those
of one test run share a folder outside the project, and it goes with the run.
"""

import os
import sys
import tempfile

KEEP_NONE, PLACE = "PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX"


def share() -> str | None:
    """The folder that this process and all that it starts use from now on; None where bytecode is
    kept anyway. The caller removes it."""
    if not sys.dont_write_bytecode:
        return None
    folder = tempfile.mkdtemp(prefix="recollect-bytecode-")
    os.environ.pop(KEEP_NONE, None)
    os.environ[PLACE] = sys.pycache_prefix = folder
    sys.dont_write_bytecode = False
    return folder
