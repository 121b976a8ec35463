"""The vector of a turn with a part of those beside it."""

import numpy as np
import pytest

from memory.records import Neighbours
from memory.rules.scoring import in_context
from memory.rules.scoring.meaning import Vector

X, Y, Z = np.eye(3, dtype=np.float32)
VECTORS = {1: X, 2: Y, 3: Z}


def of_two(query: Vector, beside: Neighbours) -> float:
    """Of turn 2, which stands between 1 and 3."""
    return in_context([2], VECTORS, {2: beside}, query)[2]


@pytest.mark.parametrize(
    ("beside", "query", "cosine"),
    [
        (Neighbours(), Y, 1),
        (Neighbours(), X, 0),
        # 1 of its own, half of the one before and of the one after
        (Neighbours(before=(1,)), X, 0.5 / (1 + 0.25) ** 0.5),
        (Neighbours(after=(3,)), Z, 0.5 / (1 + 0.25) ** 0.5),
        (Neighbours(before=(1,), after=(3,)), Y, 1 / (1 + 0.25 + 0.25) ** 0.5),
        # only the nearest of each side
        (Neighbours(before=(1, 3)), Z, 0),
        # one that has no vector is not there
        (Neighbours(before=(9,)), Y, 1),
    ],
)
def test_a_turn_means_what_is_said_around_it_too(
    beside: Neighbours, query: Vector, cosine: float
) -> None:
    """The turn itself tells most."""
    assert of_two(query, beside) == pytest.approx(cosine, abs=1e-6)


def test_without_a_vector_there_is_no_cosine() -> None:
    """Nothing is near to it, and nothing breaks."""
    assert in_context([9, 1], VECTORS, {9: Neighbours(before=(1,))}, X) == {9: 0, 1: 1}
    assert in_context([9], {}, {}, X) == {9: 0}
    assert in_context([], {}, {}, X) == {}


def test_the_vectors_are_left_as_they_are() -> None:
    """They are those of the store."""
    of_two(X, Neighbours(before=(1,), after=(3,)))

    assert [vector.tolist() for vector in VECTORS.values()] == np.eye(3).tolist()
