"""Words in memories: where each stands, by stem and without accents.

The index itself is kept beside the memories (``memories``); here it is only read. A search takes
the best by its words, as FTS5 weighs them, so that a common word among a hundred thousand memories
costs no more than it must; of those and the turns beside them it then counts each word, through
FTS5's own vocabulary. Any text can be looked for: each of its words is quoted.
"""

import json
from collections.abc import Collection, Sequence
from datetime import datetime

from memory.records import WordHits
from memory.store.connection import Database
from memory.store.memory_rows import RECALLABLE, binding

RANKED_PER_RESULT = 2
"""More than are wanted: some of them may not be recalled."""
WIDENED = 8
"""Where too few may, so many times more are looked at."""


class FullText:
    def __init__(self, database: Database) -> None:
        self._database = database
        database.prepare(
            lambda connection: connection.execute(
                """
                create virtual table if not exists temp.memory_words
                using fts5vocab (main, memory_text, instance)
                """
            )
        )

    def best(
        self,
        person_id: int,
        words: Sequence[str],
        limit: int,
        now: datetime,
        until: datetime | None = None,
    ) -> list[int]:
        """Recallable memories with any of the words, the best first by BM25 of their own text, the
        newer of equals before; ``until``: as was said by then."""
        asked = self._any_of(words)
        bindings = binding(person_id, now, until)
        wanted = RANKED_PER_RESULT * limit
        while asked:
            ranked = self._ranked(asked, wanted)
            recallable = self._recallable(ranked, bindings)
            if len(recallable) >= limit or len(ranked) < wanted:
                return [ident for ident in ranked if ident in recallable][:limit]
            wanted *= WIDENED
        return []

    def hits(self, person_id: int, memory_ids: Collection[int], words: Sequence[str]) -> WordHits:
        """How often each of the memories says each of the words, and how common each is among all
        that are held of the person."""
        among = json.dumps(list(memory_ids))
        counts: dict[str, dict[int, int]] = {}
        said_in: dict[str, int] = {}
        whose = None if self._is_alone() else person_id
        for stem, token in self._stems(words).items():
            counts[stem] = dict(
                self._database.rows(
                    """
                    select doc, count(*) from temp.memory_words
                    where term = ? and doc in (select value from json_each(?)) group by doc
                    """,
                    (stem, among),
                )
            )
            said_in[stem] = self._said_in(token, whose)
        said = {ident for of_word in counts.values() for ident in of_word}
        return WordHits(counts, said_in, self._lengths(said), self._held(whose) if said else 0)

    def _stems(self, words: Sequence[str]) -> dict[str, str]:
        """As the index cuts and stems them, each once; with one of the words of that stem."""
        tokens = [token for word in words for token in self._database.tokens(word)]
        return {stem: token for token in tokens for stem in self._database.stems(token)}

    def _any_of(self, words: Sequence[str]) -> str:
        """A query of the index; empty when there is nothing to look for."""
        return " OR ".join(map(_quoted, self._stems(words).values()))

    def _ranked(self, asked: str, wanted: int) -> list[int]:
        rows = self._database.rows(
            """
            select rowid from memory_text where memory_text match ?
            order by rank, rowid desc limit ?
            """,
            (asked, wanted),
        )
        return [row[0] for row in rows]

    def _recallable(self, memory_ids: Sequence[int], bindings: dict[str, object]) -> set[int]:
        rows = self._database.rows(
            f"""
            select memories.id from json_each(:ids) cross join memories on memories.id = value
            where {RECALLABLE}
            """,
            bindings | {"ids": json.dumps(memory_ids)},
        )
        return {row[0] for row in rows}

    def _lengths(self, memory_ids: Collection[int]) -> dict[int, int]:
        return dict(
            self._database.rows(
                """
                select memories.id, length(text)
                from json_each(?) cross join memories on memories.id = value
                """,
                (json.dumps(list(memory_ids)),),
            )
        )

    def _is_alone(self) -> bool:
        """Whether the memories of the file are all of one person: then the index counts by itself
        what takes a look at every memory otherwise."""
        return bool(
            self._database.value(
                "select (select min(person_id) from memories) ="
                " (select max(person_id) from memories)"
            )
        )

    def _held(self, person_id: int | None) -> int:
        """How many memories there are; None: of anybody."""
        found: int = (
            self._database.value("select count(*) from memories")
            if person_id is None
            else self._database.value(
                "select count(*) from memories where person_id = ?", (person_id,)
            )
        )
        return found

    def _said_in(self, token: str, person_id: int | None) -> int:
        """How many of them say a word."""
        if person_id is None:
            sql = "select count(*) from memory_text where memory_text match :word"
        else:
            sql = """
                select count(*)
                from memory_text cross join memories on memories.id = memory_text.rowid
                where memory_text match :word and person_id = :person
            """
        found: int = self._database.value(sql, {"word": _quoted(token), "person": person_id})
        return found


def _quoted(token: str) -> str:
    """A token has no quotes in it: the index cuts words at them."""
    return f'"{token}"'
