"""The indexes by meaning: the vectors of one embedding model each, of which one is in use.

Beside it there is at most one other: being built to take its place, or kept as the way back. The
file itself refuses a second one of a state (``embedding_models_state``).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from memory.records import IndexState
from memory.store.connection import Database, Row
from memory.store.vectors import Vector, checked

SELECT = """
    select id, name, dimension, state,
           (select count(*) from memory_vectors where model_id = embedding_models.id)
    from embedding_models
"""
LEAVING = "leaving"
"""Between two states, within one transaction: no two are ever in the same."""


@dataclass(frozen=True, slots=True)
class Index:
    id: int
    model: str
    dimension: int
    state: IndexState
    vectors: int


@dataclass(frozen=True, slots=True)
class Embedded:
    """A memory's vector, and the text that the memory had when it was made."""

    memory_id: int
    text: str
    vector: Vector


class Indexes:
    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[Index]:
        """The one in use first."""
        return [_index(row) for row in self._database.rows(f"{SELECT} order by state != 'in use'")]

    def find(self, state: IndexState) -> Index | None:
        row = self._database.row(f"{SELECT} where state = ?", (state,))
        return None if row is None else _index(row)

    def begin(self, model: str, dimension: int) -> None:
        """One that is being built, with nothing in it."""
        self._database.run(
            "insert into embedding_models (name, dimension, state) values (?, ?, ?)",
            (model, dimension, IndexState.BEING_BUILT),
        )

    def memories(self) -> int:
        """How many vectors a whole index has."""
        count: int = self._database.value("select count(*) from memories")
        return count

    def lacking(self, index: Index, limit: int, after: int = 0) -> list[int]:
        """Ids of memories that have no vector in it, from the one behind ``after`` on."""
        rows = self._database.rows(
            """
            select id from memories where id > ? and not exists (
                select 1 from memory_vectors
                where memory_id = memories.id and model_id = ?)
            order by id limit ?
            """,
            (after, index.id, limit),
        )
        return [row[0] for row in rows]

    def put(self, index: Index, embedded: Sequence[Embedded]) -> bool:
        """Not what says something else by now, or is erased. Call it in a transaction. False when
        the index itself is gone."""
        known = self._database.row(
            "select 1 from embedding_models where id = ? and name = ?", (index.id, index.model)
        )
        if known is None:
            return False
        for each in embedded:
            assert each.vector.model == index.model, "an index holds vectors of one model"
            self._database.run(
                """
                insert into memory_vectors (memory_id, model_id, person_id, bits, embedding)
                select id, :model, person_id, vec_quantize_binary(:vector), :vector
                from memories where id = :memory and text = :text
                on conflict do nothing
                """,
                {
                    "memory": each.memory_id,
                    "text": each.text,
                    "model": index.id,
                    "vector": checked(each.vector.numbers, index.dimension),
                },
            )
        return True

    def use(self, index: Index) -> None:
        """The one in use until now is kept. Call it in a transaction that found nothing lacking."""
        steps = (
            (LEAVING, "state = 'in use'", ()),
            (IndexState.IN_USE, "id = ?", (index.id,)),
            (IndexState.KEPT, f"state = '{LEAVING}'", ()),
        )
        for state, which, bindings in steps:
            self._database.run(
                f"update embedding_models set state = ? where {which}", (state, *bindings)
            )

    def drop(self, index: Index) -> None:
        """With all its vectors; their bytes leave the file with ``Erasure.purge``."""
        self._database.run("delete from memory_vectors where model_id = ?", (index.id,))
        self._database.run("delete from embedding_models where id = ?", (index.id,))


def _index(row: Row) -> Index:
    ident, model, dimension, state, vectors = row
    return Index(ident, model, dimension, IndexState(state), vectors)
