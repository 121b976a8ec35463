"""How each person's memories are grouped, and where each is on the map.

To work it out takes seconds, and looking at one group after another must not: the last arrangement
is kept for as long as nothing changes. It lives in the process alone, and holds ids and numbers;
a text in it would outlive its erasure.
"""

import threading
from collections import Counter

from memory.flow.clusters.arrangement import Arrangement, Ungrouped
from memory.protocols import Clusterer


class Arrangements:
    """The last one of each person; one is worked out at a time."""

    def __init__(self, clusterer: Clusterer) -> None:
        self._clusterer = clusterer
        self._working = threading.Lock()
        self._last: dict[int, tuple[int, Arrangement]] = {}
        self._erasures: Counter[int] = Counter()

    def known(self, person_id: int, mark: int) -> Arrangement | None:
        """``mark``: of what it was worked out from; None when that was something else."""
        before, arrangement = self._last.get(person_id, (None, None))
        return arrangement if before == mark else None

    def erasures(self, person_id: int) -> int:
        """How many there were: ask before anything is read that is to be arranged."""
        return self._erasures[person_id]

    def arrange(
        self, person_id: int, mark: int, ungrouped: Ungrouped, drawn: int, erasures: int
    ) -> Arrangement:
        """``drawn``: on the map, at most. Raises ClusteringUnavailable."""
        # with its numpy, which takes a quarter of a second: loaded when needed
        from memory.flow.clusters.arranging import arranged

        with self._working:
            made = self.known(person_id, mark)  # by another one that waited, too
            if made is None:
                made = arranged(self._clusterer, ungrouped, drawn)
                self._last[person_id] = (mark, made)
                if self._erasures[person_id] != erasures:  # meanwhile: some of it may be gone
                    self._last.pop(person_id, None)
            return made

    def drop(self, person_id: int) -> None:
        """What is erased has no place any more."""
        self._erasures[person_id] += 1
        self._last.pop(person_id, None)
