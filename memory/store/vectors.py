"""The vectors of the memories, in sqlite-vec, with the id of the model that made them.

A vector that is not finite or zero is refused at the door: sqlite-vec takes it, and a NaN row
then ranks first for every query.
"""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, TypeAlias

from memory.errors import EmbedderMismatch
from memory.store.connection import Database
from memory.store.memory_rows import RECALLABLE, binding

MAX_NEIGHBOURS = 4096
"""sqlite-vec raises above it."""
UNIT_TOLERANCE = 1e-3

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# In quotes, and imported where it is used: numpy takes a quarter of a second.
Vector: TypeAlias = "NDArray[np.float32]"


class Vectors:
    def __init__(self, database: Database) -> None:
        self._database = database
        self._model_id = 0
        self._dimension = 0

    def use_model(self, name: str, dimension: int) -> None:
        """Choose the model whose vectors this file holds; the first one chosen stays.

        Raises EmbedderMismatch when the file holds another model's: two models' vectors say
        nothing about each other.
        """
        row = self._database.row("select id, name, dimension from embedding_models")
        if row is None:
            with self._database.transaction():
                self._create(name, dimension)
            row = self._database.row("select id, name, dimension from embedding_models")
            assert row is not None
        if (row[1], row[2]) != (name, dimension):
            raise EmbedderMismatch(
                f"This database holds vectors of “{row[1]}” ({row[2]} numbers each), and the "
                f"embedder is “{name}” ({dimension}). Open it with the model it was made with."
            )
        self._model_id, self._dimension = row[0], row[2]

    def _create(self, name: str, dimension: int) -> None:
        if self._database.row("select 1 from embedding_models"):
            return  # another process was first
        self._database.run(
            "insert into embedding_models (name, dimension) values (?, ?)", (name, dimension)
        )
        self._database.run(
            f"""
            create virtual table memory_vectors using vec0 (
                embedding float[{int(dimension)}] distance_metric=cosine,
                model_id integer
            )
            """
        )

    @property
    def model(self) -> str:
        row = self._database.row("select name from embedding_models")
        return row[0] if row else ""

    def add(self, memory_id: int, vector: Vector) -> None:
        """Shape (dimension,), unit length. Raises EmbedderMismatch for anything else."""
        self._database.run(
            "insert into memory_vectors (rowid, embedding, model_id) values (?, ?, ?)",
            (memory_id, self._bytes(vector), self._model_id),
        )

    def remove(self, memory_ids: Sequence[int]) -> None:
        self._database.run_many(
            "delete from memory_vectors where rowid = ?", [(ident,) for ident in memory_ids]
        )

    def get(self, memory_ids: Sequence[int]) -> dict[int, bytes]:
        """Vectors as they stand in the file, in the order of the ids; those without one are left
        out.

        The join looks each id up; an IN list makes sqlite-vec read the whole table.
        """
        rows = self._database.rows(
            """
            select value, embedding
            from json_each(?) cross join memory_vectors on memory_vectors.rowid = value
            """,
            (json.dumps(list(memory_ids)),),
        )
        return {ident: bytes(raw) for ident, raw in rows}

    def search(
        self,
        person_id: int,
        query: Vector,
        limit: int,
        now: datetime,
        until: datetime | None = None,
    ) -> list[tuple[int, float]]:
        """Ids and cosine similarities of the nearest recallable memories, best first; ``until``:
        of what was said by then."""
        rows = self._database.rows(
            f"""
            select rowid, 1 - distance from memory_vectors
            where embedding match :query and k = :k and model_id = :model
                and rowid in (select id from memories where {RECALLABLE})
            order by distance
            """,
            {
                **binding(person_id, now, until),
                "query": self._bytes(query),
                "k": min(max(limit, 1), MAX_NEIGHBOURS),
                "model": self._model_id,
            },
        )
        return [(ident, similarity) for ident, similarity in rows]

    def similarities(self, query: Vector, memory_ids: Sequence[int]) -> dict[int, float]:
        """Cosine similarity of the query to each of the memories."""
        return {ident: float(own @ query) for ident, own in self.many(memory_ids).items()}

    def many(self, memory_ids: Sequence[int]) -> dict[int, Vector]:
        """Their vectors, each of shape (dimension,); ids without one are left out."""
        return {ident: _numbers(raw) for ident, raw in self.get(memory_ids).items()}

    def of(self, memory_id: int) -> "Vector | None":
        """Its vector, of shape (dimension,); None when it has none."""
        return self.many([memory_id]).get(memory_id)

    def _bytes(self, vector: Vector) -> bytes:
        import numpy as np

        values = np.asarray(vector, dtype=np.float32)
        if values.shape != (self._dimension,):
            raise EmbedderMismatch(
                f"A vector of shape {values.shape} does not fit: this database holds vectors of "
                f"{self._dimension} numbers. Open it with the model it was made with."
            )
        if not np.isfinite(values).all() or abs(float(values @ values) - 1) > UNIT_TOLERANCE:
            raise EmbedderMismatch(
                "The embedder returned a vector that is not of unit length; it was refused. "
                "Check the embedding model's files."
            )
        return values.tobytes()


def _numbers(raw: bytes) -> Vector:
    import numpy as np

    return np.frombuffer(raw, np.float32)
