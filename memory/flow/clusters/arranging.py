"""From vectors to groups and a map: some are compared each with each, the others join them.

A memory is told here by its row among the vectors, until the ids are put in its place again.
"""

from collections.abc import Sequence

import numpy as np

from memory.flow.clusters.arrangement import Arrangement, Ungrouped
from memory.protocols import Clusterer
from memory.rules import grouping
from memory.rules.grouping import ALONE, Labels, Vectors

COMPARED = 2_000
"""Memories that are compared each with each: of more, that takes their square."""
DRAWN_OF_EACH = 3
"""Of each group the most central are on the map, however many memories there are."""


def arranged(clusterer: Clusterer, ungrouped: Ungrouped, drawn: int) -> Arrangement:
    """Raises ClusteringUnavailable."""
    ids = sorted(ungrouped.vectors)
    if not ids:
        return Arrangement()
    vectors = grouping.centred(np.stack([ungrouped.vectors[ident] for ident in ids]))
    looked_at = grouping.some_of(ids, COMPARED)
    owners = np.array([ungrouped.owners[ident] for ident in ids], dtype=np.int64)
    labels = _labels(clusterer, vectors, owners, looked_at)
    groups, likeness = _central_first(vectors, labels)
    shown = _drawn(ids, groups, drawn)
    places = clusterer.places(vectors[shown]).tolist() if shown else []
    return Arrangement(
        groups=tuple(tuple(ids[row] for row in group) for group in groups),
        likeness=likeness,
        alone=tuple(ids[row] for row in np.flatnonzero(labels == ALONE).tolist()),
        places=tuple((ids[row], x, y) for row, (x, y) in zip(shown, places, strict=True)),
        compared=len(looked_at),
    )


def _labels(clusterer: Clusterer, vectors: Vectors, owners: Labels, looked_at: list[int]) -> Labels:
    some, whose = vectors[looked_at], owners[looked_at]
    spread = grouping.spread(some @ some.T)
    least, size = grouping.stays_above(spread), grouping.fewest(len(np.unique(owners)))
    joined = clusterer.joined(some, grouping.joined_above(spread))
    found = grouping.settled(some, joined, whose, least, size)
    if len(looked_at) == len(vectors):
        return found
    first = np.full(len(vectors), ALONE, dtype=np.int64)
    first[looked_at] = found
    return grouping.settled(vectors, first, owners, least, size, grouping.ROUNDS_OF_ALL)


def _central_first(vectors: Vectors, labels: Labels) -> tuple[list[list[int]], tuple[float, ...]]:
    """Rows of each group, and how much alike they are."""
    groups: list[list[int]] = []
    means: list[float] = []
    if (labels == ALONE).all():
        return groups, ()
    likeness = grouping.to_others(vectors, labels)
    for number in range(int(labels.max()) + 1):
        members = np.flatnonzero(labels == number)
        own = likeness[members, number]
        groups.append(members[np.argsort(-own, kind="stable")].tolist())
        means.append(float(own.mean()))
    return groups, tuple(means)


def _drawn(ids: Sequence[int], groups: Sequence[Sequence[int]], most: int) -> list[int]:
    """Rows, in order: the middle of each group, and of the rest some from all over."""
    central = [row for group in groups for row in group[:DRAWN_OF_EACH]][:most]
    others = sorted(set(range(len(ids))) - set(central))
    some = grouping.some_of([ids[row] for row in others], most - len(central))
    return sorted([*central, *(others[place] for place in some)])
