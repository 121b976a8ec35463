"""Which memories are about one thing: groups by the angles between their vectors.

Sentences of one person all have something in common (“I …”), so what counts is how much more alike
two of them are than any two of this person's: vectors are taken from their mean, and similarities
are measured in their own spread. No number of groups is asked for, and none of the numbers below
depends on the model that made the vectors.

What was tried, and by which figures this was chosen, is in ``tests/benchmarks/clusters.py``.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

SHRINKAGE = 10
"""Memories about nothing in particular that are thought to be there too: the mean of two or three
says nothing of what a person's sentences have in common."""
JOINED_ABOVE = 0.6
"""Spreads. Two groups are one when their members are on average that much more alike than any
two memories."""
STAYS_ABOVE = 1.0
"""Spreads, to the others of its group; below it a memory is on its own."""
LEAST_LIKENESS = 0.05
"""Cosine. Where there are two or three memories there is no spread to measure by."""
CERTAIN = 0.15
"""Cosine. What is so much alike beyond what all have in common belongs together: where a person
speaks of two things only, the spread is that between the two, and would part what is one."""
FEW, FEWEST_OF_FEW, FEWEST = 30, 2, 3
"""Sayings. Of fewer than ``FEW`` two that belong together are worth a group."""
ROUNDS = 20
SETTLED = 0.001
"""Of all: when no more than that still move, they are left where they are. Of hundreds, none does
after five or six rounds; of thousands some always do."""
ROUNDS_OF_ALL = 6
"""Where groups were found among some, and the others join them. Each takes half a second of
100,000; the first does most, and what comes after the sixth is little."""
ALONE = -1
KNUTH = 2654435761
"""Multiplied by it, numbers in a row fall far apart (The Art of Computer Programming, 6.4)."""

Vectors = NDArray[np.float32]
Numbers = NDArray[np.float64]
Labels = NDArray[np.int64]


# -- what is measured -----------------------------------------------------------------------


def centred(vectors: Vectors) -> Vectors:
    """v − Σv / (n + 10), at unit length."""
    apart = vectors - vectors.sum(axis=0) / (len(vectors) + SHRINKAGE)
    length = np.linalg.norm(apart, axis=1, keepdims=True)
    unit: Vectors = (apart / np.maximum(length, 1e-9)).astype(np.float32)
    return unit


def spread(similarities: NDArray[np.float32]) -> float:
    """The standard deviation of what any two have between them; of a symmetric matrix."""
    between = similarities[np.triu_indices(len(similarities), 1)]
    return float(between.std()) if between.size else 0.0


def joined_above(spread: float) -> float:
    """A cosine."""
    return min(max(LEAST_LIKENESS, JOINED_ABOVE * spread), CERTAIN)


def stays_above(spread: float) -> float:
    """A cosine."""
    return min(max(LEAST_LIKENESS, STAYS_ABOVE * spread), CERTAIN)


def fewest(sayings: int) -> int:
    """How many make a group."""
    return FEWEST_OF_FEW if sayings < FEW else FEWEST


def some_of(ids: Sequence[int], most: int) -> list[int]:
    """Places of so many, evenly over all, in order. A memory that comes or goes changes one of
    them at most: with every n-th, all would change."""
    if len(ids) <= most:
        return list(range(len(ids)))
    shuffled = sorted(range(len(ids)), key=lambda place: ids[place] * KNUTH % 2**32)
    return sorted(shuffled[:most])


# -- the groups -----------------------------------------------------------------------------


def settled(
    vectors: Vectors,
    first: Labels,
    owners: Labels,
    least: float,
    size: int,
    rounds: int = ROUNDS,
) -> Labels:
    """Each with the group whose other members it is most like on average, from groups of some.

    A tree of joins never takes back a join; here what got into a group by its neighbour's company
    leaves it. ``first``: by place, ``ALONE`` for what was not looked at. ``owners``: which saying
    each belongs to: a message and what was learnt from it are no group. ``least``: below it a
    memory is on its own. ``size``: sayings that a group needs.
    """
    labels = _large_enough(first, owners, size)
    for _ in range(rounds):
        if labels.max(initial=ALONE) == ALONE:
            return labels
        likeness = to_others(vectors, labels)
        moved = likeness.argmax(axis=1).astype(np.int64)
        moved[likeness.max(axis=1) < least] = ALONE
        moved = _large_enough(moved, owners, size)
        still_moving = float((moved != labels).mean())
        labels = moved
        if still_moving <= SETTLED:
            break
    return labels


def to_others(vectors: Vectors, labels: Labels) -> Numbers:
    """Row by row the mean cosine to each group's members, itself left out. Labels from 0 on.

    A mean of cosines is the cosine with the sum of the unit vectors, over their number.
    """
    members = (labels[:, None] == np.arange(int(labels.max()) + 1)).astype(np.float32)
    with_all = (vectors @ (members.T @ vectors).T).astype(np.float64)
    counts = members.sum(axis=0, dtype=np.float64)
    # of its own group, without the cosine to itself, which is 1
    likeness: Numbers = (with_all - members) / np.maximum(counts - members, 1.0)
    return likeness


def _large_enough(labels: Labels, owners: Labels, size: int) -> Labels:
    """Groups of fewer sayings are none; the others are numbered anew from 0, the first met
    first."""
    sayings = np.unique(np.stack([labels, owners]), axis=1)[0]
    names, counts = np.unique(sayings, return_counts=True)
    kept = [int(name) for name in names[counts >= size] if name != ALONE]
    found = np.full(len(labels), ALONE, dtype=np.int64)
    for number, name in enumerate(sorted(kept, key=lambda name: int(np.argmax(labels == name)))):
        found[labels == name] = number
    return found
