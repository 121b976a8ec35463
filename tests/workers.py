"""How pytest-xdist spreads the tests: files stay on one worker, and so do all of the browser's.

Its own way to say so, ``--dist=loadgroup``, is without effect since pytest 9.2, and silently so.
"""

from xdist.scheduler import LoadFileScheduling

BROWSER = "tests/browser/"


class BrowserOnOneWorker(LoadFileScheduling):
    """On two workers there would be two browsers and two apps, waiting for each other."""

    def _split_scope(self, nodeid: str) -> str:
        return scope_of(nodeid)


def scope_of(nodeid: str) -> str:
    """What stays together, by the id of one of its tests."""
    return BROWSER if nodeid.startswith(BROWSER) else nodeid.split("::")[0]
