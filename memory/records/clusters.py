"""Memories grouped by meaning, and how each kind of memory is used (article, section 3)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from memory.records.memories import MemoryItem
from memory.records.words import Kind


@dataclass(frozen=True, slots=True)
class Cluster:
    """Memories that are about one thing."""

    id: int
    """That of its oldest memory: a cluster that grows keeps it."""
    terms: tuple[str, ...]
    """Two to four words that tell it from the others, the most telling first, as they were
    written; fewer where its memories have no more."""
    memory_ids: tuple[int, ...]
    """The most central first."""
    sample: tuple[MemoryItem, ...]
    """The most central of them."""
    kinds: Mapping[Kind, int] = field(hash=False)
    """How many memories it has of each, the most first."""
    likeness: float
    """Mean cosine of its memories to the others in it, once what all of the person's have in common
    is taken away: how much it holds together."""
    strength: float
    """Mean strength now, 0 to 1."""
    uses: float
    """Mean number of accesses."""
    last_used_at: datetime | None
    x: float
    y: float
    """The middle of its memories on the map: -1 to 1 each."""

    @property
    def name(self) -> str:
        return ", ".join(self.terms)

    @property
    def size(self) -> int:
        return len(self.memory_ids)


@dataclass(frozen=True, slots=True)
class Placed:
    """A memory on the map: the nearer two are, the more alike."""

    item: MemoryItem
    x: float
    y: float
    """-1 to 1 each."""
    cluster_id: int | None
    """None: on its own."""


@dataclass(frozen=True, slots=True)
class AccessPattern:
    """How the memories of one kind are used."""

    kind: Kind
    count: int
    importance: float
    """Mean, 0 to 1."""
    uses: float
    """Mean number of accesses."""
    never_used: int
    most_used: MemoryItem | None
    """None when none of them was ever used."""


@dataclass(frozen=True, slots=True)
class Clusters:
    """All memories that may be recalled now, each in one of these four places: a cluster,
    ``alone``, ``told_by_parts``, ``without_vector``."""

    clusters: tuple[Cluster, ...] = ()
    """The largest first."""
    alone: tuple[int, ...] = ()
    """Ids of memories like no others, the latest first."""
    told_by_parts: int = 0
    """Turns that say little beyond what was learnt from them, which stands in a cluster itself:
    they would count everything twice."""
    without_vector: int = 0
    """Nothing is known yet of what they are like."""
    compared: int = 0
    """So many were compared each with each; the others went to what they are most like."""
    places: tuple[Placed, ...] = ()
    """The map: all, or so many as were asked for, from all over it."""
    patterns: tuple[AccessPattern, ...] = ()
    """By kind, the most frequent first; of all memories that may be recalled now."""

    @property
    def grouped(self) -> int:
        """Memories in a cluster."""
        return sum(cluster.size for cluster in self.clusters)

    @property
    def total(self) -> int:
        return sum(pattern.count for pattern in self.patterns)

    @property
    def of_some(self) -> bool:
        """Whether there were too many to compare each with each."""
        return self.compared < self.grouped + len(self.alone)
