"""The vectors of the memories, each with the model that made it.

A vector is numbers and the name of their model, in the file as in the program: a question is
compared with what its own model made, and with nothing else; a memory is stored with a vector of
the model in use, or not at all. Which one that is, the file alone says, and it is asked each time:
another process may have switched a moment ago.

A search compares signs first, of each number whether it is above zero (``signs``), and then takes
the exact cosine of the few that are nearest by that. Both are sqlite-vec's: its binary
quantization, its cosine. Each vector is a row, so what is erased leaves room for the next one.

A vector that is not finite or zero is refused at the door: sqlite-vec takes it, and a NaN then
ranks first for every query.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeAlias

from memory.errors import EmbedderChanged, EmbedderMismatch
from memory.store.connection import Database
from memory.store.memory_rows import RECALLABLE, binding
from memory.store.signs import Signs

NEAR_BY_SIGNS = 400
"""So many of the nearest by signs are compared exactly, at least."""
NEAR_PER_RESULT = 4
"""Of 200 for 10 results 98 in 100 are the right ones, of 400 more than 99
(``tests/benchmarks/scale.py``)."""
ENOUGH = 200
"""So many that may be recalled are compared exactly, or all that there are: where most may not,
among the nearest by signs there are few, and not the right ones."""
WIDENED = 8
"""Where too few of them may be recalled, so many times more are looked at."""
UNIT_TOLERANCE = 1e-3

IN_USE = "select id, name, dimension from embedding_models where state = 'in use'"

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# In quotes, and imported where it is used: numpy takes a quarter of a second.
Numbers: TypeAlias = "NDArray[np.float32]"


@dataclass(frozen=True, slots=True, eq=False)
class Vector:
    """What a model makes of a text."""

    model: str
    numbers: Numbers
    """Shape (dimension,), of unit length."""


class Vectors:
    def __init__(self, database: Database) -> None:
        self._database = database
        self._signs: dict[tuple[int, str], Signs] = {}

    def use_model(self, name: str, dimension: int) -> None:
        """Choose the model whose vectors this file holds; the first one chosen stays.

        Raises EmbedderMismatch when the file holds another model's: two models' vectors say
        nothing about each other.
        """
        row = self._database.row(IN_USE)
        if row is None:
            with self._database.transaction():
                self._create(name, dimension)
            row = self._database.row(IN_USE)
            assert row is not None
        if (row[1], row[2]) != (name, dimension):
            raise EmbedderMismatch(
                f"This database holds vectors of “{row[1]}” ({row[2]} numbers each), and the "
                f"embedder is “{name}” ({dimension}). Open it with the model it was made with."
            )

    def _create(self, name: str, dimension: int) -> None:
        if self._database.row("select 1 from embedding_models"):
            return  # another process was first
        self._database.run(
            "insert into embedding_models (name, dimension) values (?, ?)", (name, dimension)
        )

    @property
    def model(self) -> str:
        """The one in use, as the file says now; empty where none is yet."""
        row = self._database.row(IN_USE)
        return row[1] if row else ""

    def add(self, memory_id: int, vector: Vector) -> None:
        """Call it in the transaction that stores the memory. Raises EmbedderChanged when another
        model has come into use since the vector was made, and EmbedderMismatch for numbers that
        are none of its model's."""
        row = self._database.row(IN_USE)
        if row is None or row[1] != vector.model:
            raise EmbedderChanged(vector.model)
        self._database.run(
            """
            insert into memory_vectors (memory_id, model_id, person_id, bits, embedding)
            select id, :model, person_id, vec_quantize_binary(:vector), :vector
            from memories where id = :memory
            """,
            {"memory": memory_id, "model": row[0], "vector": checked(vector.numbers, row[2])},
        )

    def remove(self, memory_ids: Sequence[int]) -> None:
        """Of every model: what another one is being made of must not keep an old text's."""
        self._database.run_many(
            "delete from memory_vectors where memory_id = ?", [(ident,) for ident in memory_ids]
        )

    def search(
        self,
        person_id: int,
        query: Vector,
        limit: int,
        now: datetime,
        until: datetime | None = None,
    ) -> list[tuple[int, float]]:
        """Ids and cosine similarities of the nearest recallable memories, best first, by the
        vectors of the query's own model; ``until``: of what was said by then.

        What may be recalled is asked of the nearest only: asking it of all takes ten times as long
        as finding them.
        """
        model_id, dimension = self._known(query.model)
        raw, limit = checked(query.numbers, dimension), max(limit, 1)
        wanted = max(NEAR_BY_SIGNS, NEAR_PER_RESULT * limit)
        bits: bytes = self._database.value("select vec_quantize_binary(?)", (raw,))
        signs = self._signs_of(model_id, query.model)
        while True:
            near = signs.nearest(person_id, bits, wanted)
            found = self._nearest_among(model_id, near, raw, limit, binding(person_id, now, until))
            compared = found[0][2] if found else 0
            if compared >= max(ENOUGH, limit) or len(near) < wanted:
                return [(ident, similarity) for ident, similarity, _ in found]
            wanted *= WIDENED

    def _signs_of(self, model_id: int, model: str) -> Signs:
        """With the name: the id of one that was dropped may be given again."""
        if (model_id, model) not in self._signs:
            self._signs[model_id, model] = Signs(self._database, model_id)
        return self._signs[model_id, model]

    def _nearest_among(
        self,
        model_id: int,
        memory_ids: Sequence[int],
        query: bytes,
        limit: int,
        bindings: dict[str, object],
    ) -> list[tuple[int, float, int]]:
        """With each, how many were compared in all."""
        rows: list[Any] = self._database.rows(
            f"""
            select memories.id, 1 - vec_distance_cosine(embedding, :query) as similarity,
                   count(*) over ()
            from json_each(:ids)
            cross join memories on memories.id = value
            cross join memory_vectors on memory_id = memories.id and model_id = :model
            where {RECALLABLE}
            order by similarity desc, memories.id desc limit :limit
            """,
            bindings
            | {"ids": json.dumps(memory_ids), "query": query, "model": model_id, "limit": limit},
        )
        return rows

    def similarities(self, query: Vector, memory_ids: Sequence[int]) -> dict[int, float]:
        """Cosine similarity of the query to each of the memories."""
        own = self.many(query.model, memory_ids)
        return {ident: float(numbers @ query.numbers) for ident, numbers in own.items()}

    def many(self, model: str, memory_ids: Sequence[int]) -> dict[int, Numbers]:
        """What a model made of them, each of shape (dimension,); ids without are left out."""
        model_id, _ = self._known(model)
        rows = self._database.rows(
            """
            select value, embedding
            from json_each(?) cross join memory_vectors on memory_id = value and model_id = ?
            """,
            (json.dumps(list(memory_ids)), model_id),
        )
        return {ident: _numbers(raw) for ident, raw in rows}

    def of(self, memory_id: int) -> Vector | None:
        """What the model in use made of it; None when it has none."""
        model = self.model
        numbers = self.many(model, [memory_id]).get(memory_id)
        return None if numbers is None else Vector(model, numbers)

    def _known(self, model: str) -> tuple[int, int]:
        """Its id and dimension. Raises EmbedderChanged where its vectors are gone."""
        row = self._database.row(
            "select id, dimension from embedding_models where name = ?", (model,)
        )
        if row is None:
            raise EmbedderChanged(model)
        return row[0], row[1]


def checked(numbers: Numbers, dimension: int) -> bytes:
    """As they stand in the file. Raises EmbedderMismatch for another shape or length."""
    import numpy as np

    values = np.asarray(numbers, dtype=np.float32)
    if values.shape != (dimension,):
        raise EmbedderMismatch(
            f"A vector of shape {values.shape} does not fit: this database holds vectors of "
            f"{dimension} numbers. Open it with the model it was made with."
        )
    if not np.isfinite(values).all() or abs(float(values @ values) - 1) > UNIT_TOLERANCE:
        raise EmbedderMismatch(
            "The embedder returned a vector that is not of unit length; it was refused. "
            "Check the embedding model's files."
        )
    return values.tobytes()


def _numbers(raw: bytes) -> Numbers:
    import numpy as np

    return np.frombuffer(raw, np.float32)
