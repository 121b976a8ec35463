"""Traces of what was erased: pieces of texts and vectors that must be nowhere in the file, and the
search for them in its bytes.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Self, TypeVar

from memory.store.connection import Database
from memory.store.file_bytes import blocks, in_blocks

CHUNK_BYTES = 48
"""Texts are searched in pieces of this length: a long one is split over pages of the file."""
MIN_NEEDLE_BYTES = 12
"""Shorter pieces occur by chance, as do longer ones of zeros with a few bytes between them."""
MAX_NEEDLES = 400
"""Pieces searched at most, spread evenly over what was erased; the receipt tells how many."""
MAX_VECTORS = MAX_NEEDLES // 4

T = TypeVar("T")

# Not what models were given, nor summaries: those go with whatever they hold, so that what is found
# there proves that one was overlooked.
TEXT_COLUMNS = (
    ("messages", "text"),
    ("messages", "note"),
    ("memories", "text"),
    ("revisions", "text"),
    ("profile_fields", "value"),
    ("entity_names", "name"),
    ("entity_mentions", "attributes"),
    ("relations", "verb"),
    ("relations", "said"),
    ("conversations", "title"),
    ("settings", "value"),
    ("hot_cache", "value"),
    ("people", "name"),
)


@dataclass(frozen=True, slots=True)
class Needles:
    """Byte strings that must be nowhere once the erasure is done."""

    texts: tuple[bytes, ...]
    vectors: tuple[bytes, ...]

    def __len__(self) -> int:
        return len(self.texts) + len(self.vectors)

    @classmethod
    def of(cls, texts: Iterable[str], vectors: Iterable[bytes]) -> Self:
        """Pieces spread over the texts, and the most telling one of each vector."""
        pieces = [piece for text in texts for piece in _pieces(text.encode())]
        telling = (_most_telling(vector) for vector in vectors)
        return cls(
            tuple(spread(pieces, MAX_NEEDLES)),
            tuple(piece for piece in telling if len(piece) - piece.count(0) >= MIN_NEEDLE_BYTES),
        )


class Traces:
    def __init__(self, database: Database) -> None:
        self._database = database

    def search(self, needles: Needles) -> tuple[int, bool]:
        """Bytes read of the file and its log, and whether they are free of every needle.

        A needle that another row holds too, rightly, proves nothing and is passed over. In an
        encrypted file nothing would ever be found as it lies on the disk: there every page is
        searched as SQLite deciphers it, also those that are free, in its latest state. Call it
        when the log is empty (``Erasure.purge``): an earlier state of a page that waits in the log
        is not looked into, but was written after that.
        """
        searched = 0
        found: set[bytes] = set()
        with self._database.exclusive():
            for content in self._contents():
                end = 0
                for position, block in content:
                    end = position + len(block)
                    found |= {n for n in needles.texts + needles.vectors if n in block}
                searched += end
        texts = [n for n in needles.texts if n in found and not self._still_said(n)]
        vectors = [n for n in needles.vectors if n in found and not self._still_embedded(n)]
        return searched, not texts and not vectors

    def _contents(self) -> Iterator[Iterator[tuple[int, bytes]]]:
        if self._database.is_encrypted:
            yield in_blocks(self._database.pages(), CHUNK_BYTES)
            return
        files = [self._database.file(ending) for ending in ("", "-wal")]
        yield from (blocks(file, CHUNK_BYTES) for file in files if file.exists())

    def _still_said(self, piece: bytes) -> bool:
        return any(
            self._database.row(
                f"select 1 from {table} where instr(cast({column} as blob), ?) limit 1", (piece,)
            )
            for table, column in TEXT_COLUMNS
        )

    def _still_embedded(self, piece: bytes) -> bool:
        """True when another memory of the very same text has the very same vector."""
        return bool(
            self._database.row(
                """
                select 1 from memory_vectors
                where instr(embedding, ?1) or instr(bits, ?1) limit 1
                """,
                (piece,),
            )
        )


def _pieces(text: bytes) -> list[bytes]:
    pieces = [text[i : i + CHUNK_BYTES] for i in range(0, len(text), CHUNK_BYTES)]
    return [piece for piece in pieces if len(piece) >= MIN_NEEDLE_BYTES]


def _most_telling(vector: bytes) -> bytes:
    """The piece with the fewest zeros: a run of zeros is found in every file."""
    pieces = [vector[i : i + CHUNK_BYTES] for i in range(0, len(vector), CHUNK_BYTES)]
    return min(pieces, key=lambda piece: piece.count(0))


def spread(values: Sequence[T], most: int) -> list[T]:
    if len(values) <= most:
        return list(values)
    return [values[i * len(values) // most] for i in range(most)]
