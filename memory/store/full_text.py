"""Words in memories: where each stands, by stem and without accents.

The index itself is kept beside the memories (``memories``); here it is only read, word by word
through FTS5's own vocabulary, so that any text can be looked for: there is no syntax to break.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from memory.records import WordHits
from memory.store.connection import Database
from memory.store.memory_rows import RECALLABLE, binding


class FullText:
    def __init__(self, database: Database) -> None:
        self._database = database
        # of this connection alone, and nothing of it is in the file
        database.run(
            """
            create virtual table if not exists temp.memory_words
            using fts5vocab (main, memory_text, instance)
            """
        )

    def hits(
        self,
        person_id: int,
        words: Sequence[str],
        now: datetime,
        until: datetime | None = None,
    ) -> WordHits:
        """Every recallable memory with any of the words; ``until``: as was said by then.

        Counted here: the database would sort what comes in order anyway.
        """
        bindings = binding(person_id, now, until)
        counts: dict[str, dict[int, int]] = {}
        lengths: dict[int, int] = {}
        for stem in self._stems(words):
            rows = self._database.rows(
                f"""
                select memories.id, length(text)
                from temp.memory_words cross join memories on memories.id = doc
                where term = :stem and {RECALLABLE}
                """,
                bindings | {"stem": stem},
            )
            counts[stem] = Counter([ident for ident, _ in rows])
            lengths |= dict(rows)
        return WordHits(counts, lengths, self._count(bindings) if lengths else 0)

    def _stems(self, words: Sequence[str]) -> list[str]:
        """As the index cuts and stems them, each once."""
        return list(dict.fromkeys(stem for word in words for stem in self._database.stems(word)))

    def _count(self, bindings: dict[str, object]) -> int:
        found: int = self._database.value(
            f"select count(*) from memories where {RECALLABLE}", bindings
        )
        return found
