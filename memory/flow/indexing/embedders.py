"""The embedding model in use, for all flows and threads at once.

The file says which one it is, and is asked with each text: no flow holds one across a switch, and
another process's switch is noticed. A vector made just before it names its model, so that the
store refuses to keep it.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Event

from memory.errors import EmbedderMismatch
from memory.flow.indexing.foreground import Foreground
from memory.protocols import Embedder, EmbeddingModels, TellsQuestionsApart
from memory.records import EmbeddingOffer
from memory.store import Store
from memory.store.vectors import Vector


class Embedders:
    def __init__(self, store: Store, models: EmbeddingModels, foreground: Foreground) -> None:
        self._store = store
        self.models = models
        self._foreground = foreground

    @property
    def packaged(self) -> Embedder:
        """For what is compared here and now and never stored: what rules were measured with it
        hold whichever model searches."""
        return self.models.packaged

    @property
    def name(self) -> str:
        return self._in_use().name

    @property
    def dimension(self) -> int:
        return self._in_use().dimension

    @property
    def tells_questions_apart(self) -> bool:
        """Whether the vector of a text depends on its being a question."""
        return isinstance(self._in_use(), TellsQuestionsApart)

    def embed(self, texts: Sequence[str]) -> list[Vector]:
        """Of texts that are kept. Raises EmbedderUnavailable."""
        with self._foreground.busy():
            return embedded(self._in_use(), texts)

    def question(self, text: str) -> Vector:
        """Of a text that is looked for. Raises EmbedderUnavailable."""
        with self._foreground.busy():
            return asked(self._in_use(), text)

    def _in_use(self) -> Embedder:
        return self.models.embedder(self._store.vectors.model)


def embedded(embedder: Embedder, texts: Sequence[str]) -> list[Vector]:
    return [Vector(embedder.name, row) for row in embedder.embed(texts)]


def asked(embedder: Embedder, text: str) -> Vector:
    if isinstance(embedder, TellsQuestionsApart):
        return Vector(embedder.name, embedder.embed_questions([text])[0])
    return embedded(embedder, [text])[0]


class OnlyModel:
    """The one that a script opened its memory with; there is no other to choose."""

    def __init__(self, embedder: Embedder) -> None:
        self.packaged = embedder

    def offers(self) -> tuple[EmbeddingOffer, ...]:
        name, dimension = self.packaged.name, self.packaged.dimension
        return (EmbeddingOffer(name, dimension, 0, "", "", "", None),)

    def stored_as(self, name: str) -> str | None:
        return name if name == self.packaged.name else None

    def offer_of(self, stored_as: str) -> str:
        return stored_as

    def embedder(self, stored_as: str) -> Embedder:
        if stored_as != self.packaged.name:
            raise EmbedderMismatch(
                f"This database holds vectors of “{stored_as}”, and it was opened with "
                f"“{self.packaged.name}”. Open it with the model it was made with."
            )
        return self.packaged

    def download(self, name: str, on_bytes: Callable[[int, int], None], stop: Event) -> None:
        raise _has_no_files(name)

    def copy_from(self, name: str, folder: Path) -> None:
        raise _has_no_files(name)

    def remove(self, name: str) -> None:
        raise _has_no_files(name)


def _has_no_files(name: str) -> EmbedderMismatch:
    return EmbedderMismatch(
        f"“{name}” has no files here: this memory was opened with an embedder of its own. Open it "
        "without one."
    )
