"""The signs of all vectors of one model, in this process's memory: 48 bytes of each 384 numbers.

A search compares the signs of the question with all of these, which takes a tenth of the time that
reading each from its row does. They follow the file: a row is only ever added or removed, and its
id is never given again, so what is new is what has a higher id. When rows were removed, a
transaction was taken back, or another process wrote, all are read anew.
"""

from typing import TYPE_CHECKING, Any

from memory.store.connection import Database, Row

if TYPE_CHECKING:
    # in quotes, and numpy imported where it is used: it takes a quarter of a second
    from numpy.typing import NDArray

WORD_BYTES = 8
FAR = 1 << 15
"""A distance that no two vectors have."""
ROOM = 1024
"""Vectors that there is room for at first; it doubles when it is full."""


class Signs:
    def __init__(self, database: Database, model_id: int) -> None:
        self._database = database
        self._model_id = model_id
        self._read_at: tuple[int, int, int] | None = None
        """What ``_state`` was when all were read."""
        self._removed = 0
        self._last_row = 0
        """Id of the last vector that was looked at, of whatever model."""
        database.tell("memory_vectors", self._note_removed)

    def nearest(self, person_id: int, bits: bytes, wanted: int) -> list[int]:
        """Ids of the person's memories whose signs differ least from these, in no order."""
        import numpy as np

        # The lock of the database is that of the signs: who holds it must not wait for another.
        with self._database.exclusive():
            self._follow(len(bits))
            signs, count = self._signs[:, : self._count], self._count
            distances = np.zeros(count, np.uint16)
            for word, asked in zip(signs, np.frombuffer(bits, signs.dtype), strict=True):
                distances += np.bitwise_count(word ^ asked)
            distances[self._people[:count] != person_id] = FAR
            nearest = (
                np.argpartition(distances, wanted)[:wanted] if wanted < count else np.arange(count)
            )
            own = nearest[distances[nearest] < FAR]
            found: list[int] = self._memories[own].tolist()
            return found

    def _follow(self, size: int) -> None:
        """Take in what has been added to the file; everything, if more than that has happened."""
        if self._read_at != self._state():
            self._begin(size)
            self._read_at = self._state()
        newest: int = self._database.value("select coalesce(max(id), 0) from memory_vectors")
        if newest == self._last_row:
            return
        # Of all, the index alone has what is asked for, and no vector is read.
        by = "" if self._last_row else "indexed by memory_vectors_bits"
        rows = self._database.rows(
            f"""
            select id, memory_id, person_id, bits from memory_vectors {by}
            where model_id = ? and id > ? and id <= ?
            """,
            (self._model_id, self._last_row, newest),
        )
        if rows:
            self._add(rows)
        self._last_row = newest  # also past those of another model, which are not looked at again

    def _state(self) -> tuple[int, int, int]:
        version: int = self._database.value("pragma data_version")
        return version, self._database.taken_back, self._removed

    def _note_removed(self) -> None:
        self._removed += 1

    def _begin(self, size: int) -> None:
        import numpy as np

        word = np.uint8 if size % WORD_BYTES else np.uint64
        self._signs = np.empty((size // np.dtype(word).itemsize, ROOM), word)
        self._memories = np.empty(ROOM, np.int64)
        self._people = np.empty(ROOM, np.int64)
        self._count = self._last_row = 0

    def _add(self, rows: list[Row]) -> None:
        import numpy as np

        rows_before, self._count = self._count, self._count + len(rows)
        if self._count > self._memories.size:
            room = 2 * self._count
            self._signs = _grown(self._signs, room)
            self._memories = _grown(self._memories, room)
            self._people = _grown(self._people, room)
        added = slice(rows_before, self._count)
        signs = np.frombuffer(b"".join(row[3] for row in rows), self._signs.dtype)
        self._signs[:, added] = signs.reshape(len(rows), -1).T
        self._memories[added] = [row[1] for row in rows]
        self._people[added] = [row[2] for row in rows]


def _grown(array: "NDArray[Any]", room: int) -> "NDArray[Any]":
    import numpy as np

    grown = np.empty((*array.shape[:-1], room), array.dtype)
    grown[..., : array.shape[-1]] = array
    return grown
