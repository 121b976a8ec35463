"""What is to be grouped, and what came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from memory.store.vectors import Numbers


@dataclass(frozen=True, slots=True)
class Ungrouped:
    """Memories that are to be grouped."""

    vectors: "Mapping[int, Numbers]"
    """Of unit length, by the id of the memory."""
    owners: Mapping[int, int]
    """Which saying each memory belongs to."""


@dataclass(frozen=True, slots=True)
class Arrangement:
    groups: tuple[tuple[int, ...], ...] = ()
    """Ids, the most central of a group first."""
    likeness: tuple[float, ...] = ()
    """Of each group: mean cosine of its memories to the others in it."""
    alone: tuple[int, ...] = ()
    places: Sequence[tuple[int, float, float]] = ()
    """Id, x and y of those that are drawn, in the order of their ids."""
    compared: int = 0
    """How many of them were compared each with each."""
