"""What a turn means among the turns beside it: its vector with a part of theirs.

It is put together when a question is asked, from the vectors of the turns themselves: beside a
second vector stored for each turn it recalls as much (tests/benchmarks/locomo.py), and nothing of a
turn that is paused, over or erased is left in its neighbours.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from memory.records import Neighbours

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# In quotes, and imported where it is used: numpy takes a quarter of a second.
Vector: TypeAlias = "NDArray[np.float32]"

BESIDE = 0.5
"""What the vectors of the turns right before and after count, against 1 of the turn itself."""

_NONE = Neighbours()


def in_context(
    memory_ids: Sequence[int],
    vectors: Mapping[int, Vector],
    neighbours: Mapping[int, Neighbours],
    query: Vector,
) -> dict[int, float]:
    """Cosine of the query and own + 0.5 x before + 0.5 x after; 0 without a vector of its own.

    ``vectors``: of unit length, shape (dimension,), of the memories and of those beside them.
    """
    import numpy as np

    known = [ident for ident in memory_ids if ident in vectors]
    place = {ident: row for row, ident in enumerate(vectors)}
    beside = [neighbours.get(ident, _NONE) for ident in known]
    nothing = len(place)  # a row of zeros behind all others
    rows = np.stack([*vectors.values(), np.zeros_like(query)])
    total = rows[[place[ident] for ident in known]]
    for sides in ([each.before for each in beside], [each.after for each in beside]):
        nearest = [place.get(side[0], nothing) if side else nothing for side in sides]
        total += np.float32(BESIDE) * rows[nearest]
    lengths = np.sqrt(np.einsum("ij,ij->i", total, total))
    cosines = dict(zip(known, (total @ query / lengths).tolist(), strict=True))
    return {ident: cosines.get(ident, 0.0) for ident in memory_ids}
