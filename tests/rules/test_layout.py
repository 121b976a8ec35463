"""Where the nodes of a graph are drawn."""

import math

import pytest

from memory.rules import layout

PAIRS = {(1, 2): 3.0, (3, 4): 3.0}


def distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    return math.dist(one, other)


@pytest.mark.parametrize("count", [0, 1, 2, 3, 80])
def test_every_node_has_a_place_in_the_frame(count: int) -> None:
    """Also one alone, and many that nothing ties; no two have the same."""
    found = layout.places(range(count), {})

    assert len(set(found)) == count
    assert all(-1 <= x <= 1 and -1 <= y <= 1 for x, y in found)


def test_what_is_tied_is_near() -> None:
    """Nearer than what is not."""
    one, two, three, four = layout.places([1, 2, 3, 4], PAIRS)

    tied = max(distance(one, two), distance(three, four))
    assert tied < min(distance(a, b) for a in (one, two) for b in (three, four))


def test_a_stronger_tie_pulls_more() -> None:
    """The middle one of three is nearer to the one it is tied to more strongly."""
    one, middle, other = layout.places([1, 2, 3], {(1, 2): 9.0, (2, 3): 1.0})

    assert distance(one, middle) < distance(middle, other)


def test_the_same_graph_is_drawn_the_same() -> None:
    """Each time: a person finds a name where it was."""
    assert layout.places([1, 2, 3, 4], PAIRS) == layout.places([1, 2, 3, 4], PAIRS)


def test_a_heap_of_ties_keeps_its_nodes_apart() -> None:
    """Of twenty of which each is tied to each, none lies on another."""
    nodes = range(20)
    found = layout.places(nodes, {(a, b): 50.0 for a in nodes for b in nodes if a < b})

    assert min(distance(found[a], found[b]) for a in nodes for b in nodes if a < b) > 0.1
