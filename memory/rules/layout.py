"""Where to draw the nodes of a graph: near what they are tied to, apart from all others.

A spring layout (Fruchterman and Reingold, “Graph drawing by force-directed placement”, 1991) with
a pull to the middle, which keeps what is tied to nothing in the picture. It begins on a spiral, not
at random: the same graph is drawn the same each time.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

STEPS = 200
TO_MIDDLE = 3.0
"""The pull to the middle, beside that of a tie."""
GOLDEN_ANGLE = np.pi * (3 - np.sqrt(5))
"""Each next point of the spiral is turned by it, so that no two stand in a line."""
HALF = 2.0
"""The strength of a tie that pulls half as much as the strongest can."""
NEAREST = 1e-3
"""Two nodes at one place would push one another nowhere."""

Numbers = NDArray[np.float64]


def places(
    nodes: Sequence[int], ties: Mapping[tuple[int, int], float]
) -> list[tuple[float, float]]:
    """Of each node, -1 to 1 in both directions. ``ties``: by two nodes, how strong."""
    if not nodes:
        return []
    number = {node: place for place, node in enumerate(nodes)}
    pull = np.zeros((len(nodes), len(nodes)))
    for (one, other), strength in ties.items():
        pull[number[one], number[other]] = pull[number[other], number[one]] = _pull(strength)
    at = _settled(_spiral(len(nodes)), pull)
    at -= (at.max(axis=0) + at.min(axis=0)) / 2
    return [(float(x), float(y)) for x, y in at / max(np.abs(at).max(), NEAREST)]


def _pull(strength: float) -> float:
    """s / (s + 2): a tie ten times as strong must not draw its ends into one."""
    return strength / (strength + HALF)


def _spiral(count: int) -> Numbers:
    turn = np.arange(count)
    out, angle = np.sqrt((turn + 0.5) / count), turn * GOLDEN_ANGLE
    return np.stack([out * np.cos(angle), out * np.sin(angle)], axis=1)


def _settled(at: Numbers, pull: Numbers) -> Numbers:
    """In ever smaller steps."""
    apart = 1 / np.sqrt(len(at))
    for step in np.linspace(0.2, 0.002, STEPS):
        forces = _forces(at, pull, apart)
        length = np.maximum(np.linalg.norm(forces, axis=1, keepdims=True), NEAREST)
        at = at + forces / length * np.minimum(length, step)
    return at


def _forces(at: Numbers, pull: Numbers, apart: float) -> Numbers:
    """On each: k²/d away from every other, d²/k towards what it is tied to."""
    between = at[:, None, :] - at[None, :, :]
    distance = np.maximum(np.linalg.norm(between, axis=2), NEAREST)
    strength = (apart / distance) ** 2 - pull * distance / apart
    forces: Numbers = (between * strength[:, :, None]).sum(axis=1) - TO_MIDDLE * at
    return forces
