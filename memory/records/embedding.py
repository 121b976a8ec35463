"""Embedding models, and the indexes by meaning that they make."""

from dataclasses import dataclass
from enum import StrEnum


class IndexState(StrEnum):
    """The words stand in the file."""

    IN_USE = "in use"
    BEING_BUILT = "being built"
    KEPT = "kept"
    """It was in use before, and is the way back."""


class BuildState(StrEnum):
    DOWNLOADING = "downloading"
    BUILDING = "building"
    STOPPED = "stopped"
    """By the person, by the end of the program, or by what ``problem`` says."""
    READY = "ready"
    """Every memory is in it, or was a moment ago: a switch embeds first what came since."""


@dataclass(frozen=True, slots=True)
class EmbeddingOffer:
    """An embedding model that can be chosen, by what is known of it without loading it."""

    name: str
    dimension: int
    megabytes: int
    """Of its download."""
    languages: str
    licence: str
    source: str
    """Where it is downloaded from; empty for the one that comes with Recollect."""
    tokens: int | None
    """Of a text that it reads; the rest is not seen."""


@dataclass(frozen=True, slots=True)
class EmbeddingModel:
    offer: EmbeddingOffer
    downloaded: bool
    """The very files that its index was made with, where there is one."""
    state: IndexState | None
    """None: there is no index by it."""
    vectors: int
    """In its index."""

    @property
    def name(self) -> str:
        return self.offer.name

    @property
    def is_packaged(self) -> bool:
        return not self.offer.source


@dataclass(frozen=True, slots=True)
class IndexBuild:
    """How far an index is that is to take the place of the one in use."""

    model: str
    state: BuildState
    done: int
    of: int
    """Memories; of a download, bytes, and 0 until it is known how many."""
    seconds_left: float | None
    """At the pace so far; None until there is one."""
    problem: str = ""
    """What stopped it, if nobody wanted it."""
    lacks_model: bool = False
    """Its model's files are not here, so that they must be downloaded before it goes on."""


@dataclass(frozen=True, slots=True)
class ComparedQuestion:
    """Ids of the nearest ten memories by each model, best first."""

    text: str
    by_used: tuple[int, ...]
    by_built: tuple[int, ...]
    told: tuple[int, ...]
    """The memories that its answer was built on, where it was asked."""


@dataclass(frozen=True, slots=True)
class IndexComparison:
    """Two models on the person's own data."""

    used: str
    built: str
    asked: int
    """Past questions of the person that were answered from memory."""
    derived: int
    """Memories that stood in for questions, where too few were asked."""
    overlap: float
    """How much of the first ten both have in common, 0 to 1, on average."""
    found_by_used: float | None
    """How often a memory that an answer was built on is among the first ten, 0 to 1; None where
    nothing was asked."""
    found_by_built: float | None
    examples: tuple[ComparedQuestion, ...]
    """Those that differ most."""
