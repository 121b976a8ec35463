"""What is selected in the file, with all that holds its words: to be erased, or counted.

It stands in temporary tables (kept in memory), filled and used under one transaction, so that
counting and deleting can never see two different sets.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from memory.store import answers, ledger, summaries
from memory.store.connection import Database
from memory.store.memory_rows import GUESS
from memory.store.statements import SAME_WORDS, SOLVING
from memory.store.traces import MAX_VECTORS, Needles, spread

DOOMED = {
    "doomed_memories": "select id from memories where id = ?",
    "doomed_messages": "select id from messages where id = ?",
    "doomed_contexts": "select message_id from contexts where message_id = ?",
    "doomed_summaries": "select id from summaries where id = ?",
}
"""Temporary tables of what is selected, and how an id is looked up: it may be gone."""

# place -> how many rows of it are selected
PLACES = {
    "memories": "select count(*) from doomed_memories",
    "vectors": """
        select count(*) from memory_vectors where memory_id in (select id from doomed_memories)
    """,
    "full text": "select count(*) from doomed_memories",
    "revisions": """
        select count(*) from revisions where memory_id in (select id from doomed_memories)
    """,
    "uses": """
        select count(*) from accesses where memory_id in (select id from doomed_memories)
            or message_id in (select id from doomed_messages)
    """,
    "access times": """
        select count(*) from access_times where memory_id in (select id from doomed_memories)
    """,
    "profile fields": """
        select count(*) from profile_fields
        where source_memory_id in (select id from doomed_memories)
    """,
    "messages": """
        select count(*) from messages
        where id in (select id from doomed_messages) and state != 'erased'
    """,
    "entity mentions": """
        select count(*) from entity_mentions
        where memory_id in (select id from doomed_memories)
            or memory_id is null and message_id in (select id from doomed_messages)
    """,
    "entities": """
        select count(*) from entities where person_id = :person and not exists (
            select 1 from entity_mentions join entity_names on entity_names.id = name_id
            where entity_id = entities.id
                and (memory_id not in (select id from doomed_memories)
                    or memory_id is null
                        and message_id not in (select id from doomed_messages)))
    """,
    "relations": """
        select count(*) from relations where person_id = :person
            and (memory_id in (select id from doomed_memories)
                or memory_id is null and message_id in (select id from doomed_messages))
    """,
    "model readings": """
        select count(*) from model_readings where message_id in (select id from doomed_messages)
    """,
    "imported": """
        select count(*) from imported where memory_id in (select id from doomed_memories)
            or message_id in (select id from doomed_messages)
    """,
    "hot cache": """
        select count(*) from hot_cache where person_id = :person
            and key in (select 'message:' || id from doomed_messages)
    """,
    "kept contexts": "select count(*) from doomed_contexts",
    "summaries": "select count(*) from doomed_summaries",
    "ledger": """
        select count(*) from ledger_memories where memory_id in (select id from doomed_memories)
    """,
}
_TOLD = f"""
    (select memories.id from doomed_memories join memories on memories.id = doomed_memories.id
     where not {GUESS.format(table="memories")})
"""
"""What is selected but for what a model proposes: that is told by no message."""
TELLINGS = (
    f"""
    select source_message_id from memories
    where id in {_TOLD} and source_message_id is not null
    """,
    """
    select message_id from accesses
    where memory_id in (select id from doomed_memories) and message_id is not null
    """,
    # said once more, and no memory that stays was made of it
    f"""
    select messages.id from messages
    where (person_id, text) in (select person_id, text from memories where id in {_TOLD})
        and messages.id not in (select id from doomed_messages)
        and not exists (
            select 1 from memories as kept
            where kept.source_message_id = messages.id
                and kept.id not in (select id from doomed_memories))
    """,
    f"""
    with answers as materialized (
        select id, person_id, text from messages
        where role = 'assistant' and text != '' and id not in (select id from doomed_messages)
    )
    select answers.id from {_TOLD} as told
    cross join memories on memories.id = told.id
    cross join answers on answers.person_id = memories.person_id
    where instr(answers.text, memories.text) or exists (
        select 1 from revisions
        where memory_id = memories.id and instr(answers.text, revisions.text))
    """,
)
"""Messages that tell what is selected: where it was said, built in, said again, and repeated."""

# these go only with the whole person
PERSON_PLACES = {
    "names": "select count(*) from people where id = :person and name != ''",
    "conversations": "select count(*) from conversations where person_id = :person",
    "consents": "select count(*) from consents where person_id = :person",
    "settings": """
        select (select count(*) from settings where person_id = :person)
             + (select count(*) from class_rules where person_id = :person)
             + (select count(*) from label_rules where person_id = :person)
    """,
    "placeholders": "select count(*) from placeholders where person_id = :person",
    "sweeps": "select count(*) from sweeps where person_id = :person",
    "absences": "select count(*) from absences where person_id = :person",
    "ledger": "select count(*) from ledger where person_id = :person",
    "imports": "select count(*) from imports where person_id = :person",
}


class Selection:
    def __init__(self, database: Database) -> None:
        self._database = database

    @contextmanager
    def of(
        self,
        memory_ids: Iterable[int],
        message_ids: Iterable[int] = (),
        context_ids: Iterable[int] = (),
        summary_ids: Iterable[int] = (),
        *,
        with_same_words: bool = False,
    ) -> Iterator[None]:
        """The memories, what they were merged into, and every message, kept context and summary
        that holds what they hold; call in a transaction.

        ``with_same_words``: a statement stands in its turn, too, and the one goes with the other.
        """
        run = self._database.run
        chosen = (memory_ids, message_ids, context_ids, summary_ids)
        for (table, found), ids in zip(DOOMED.items(), chosen, strict=True):
            run(f"create temp table if not exists {table} (id integer primary key)")
            run(f"delete from temp.{table}")
            self._database.run_many(
                f"insert or ignore into {table} {found}", [(ident,) for ident in ids]
            )
        if with_same_words:
            self._select_same_words()
        self._select_solving()
        self._select_merged()
        self._select_tellings()
        run(f"insert or ignore into doomed_contexts {answers.HOLDING_SELECTED}")
        run(f"insert or ignore into doomed_summaries {summaries.HOLDING_SELECTED}")
        try:
            yield
        finally:
            for table in DOOMED:
                run(f"delete from temp.{table}")

    def _select_merged(self) -> None:
        """A merged memory holds the texts of its parts: it goes with the first of them."""
        self._database.run(
            """
            with recursive whole (id) as (
                select id from doomed_memories
                union
                select merged_into from memories join whole on whole.id = memories.id
                where merged_into is not null
            )
            insert or ignore into doomed_memories select id from whole
            """
        )

    def _select_same_words(self) -> None:
        chosen = "select id from doomed_memories"
        self._database.run(
            f"insert or ignore into doomed_memories {SAME_WORDS.format(chosen=chosen)}"
        )

    def _select_solving(self) -> None:
        """A solution holds the words of its problem, and answers to them."""
        chosen = "select id from doomed_memories"
        self._database.run(f"insert or ignore into doomed_memories {SOLVING.format(chosen=chosen)}")

    def _select_tellings(self) -> None:
        """Messages a memory came from, repeats of them, and the answers that told it again.

        One after the other: what is selected already need not be searched, and searching answers
        for texts is what takes time.
        """
        for statement in TELLINGS:
            self._database.run(f"insert or ignore into doomed_messages {statement}")
        # the answers to such a message acknowledge it in other words
        self._database.run(
            """
            insert or ignore into doomed_messages
            select id from messages where answers in (select id from doomed_messages)
            """
        )

    def naming(self, person_id: int, names: Iterable[str]) -> tuple[list[int], list[int]]:
        """Ids of the memories, whatever their wording was, and of the messages that say a name."""
        word = as_words(names)
        worded = self._database.rows(
            """
            select id, concat_ws(' ', text, speaker, json_extract(statement, '$.problem'))
            from memories where person_id = ?1
            union all
            select memory_id, revisions.text from revisions
            join memories on memories.id = memory_id where person_id = ?1
            """,
            (person_id,),
        )
        said = self._database.rows(
            "select id, concat_ws(' ', text, speaker) from messages where person_id = ?",
            (person_id,),
        )
        memories = list(dict.fromkeys(ident for ident, text in worded if word.search(text)))
        return memories, [ident for ident, text in said if word.search(text)]

    def counts(self, person_id: int, *, everything: bool) -> dict[str, int]:
        """Rows by place in the selection; places without any are left out."""
        places = PLACES | PERSON_PLACES if everything else PLACES
        found = {}
        for place, sql in places.items():
            bindings = {"person": person_id} if ":person" in sql else ()
            found[place] = self._database.value(sql, bindings)
        if everything:
            found["hot cache"] = self._database.value(
                "select count(*) from hot_cache where person_id = ?", (person_id,)
            )
        return {place: count for place, count in found.items() if count}

    def texts(self) -> list[str]:
        """All wordings of what is selected, taken before it is deleted."""
        rows = self._database.rows(
            """
            select text from memories where id in (select id from doomed_memories)
            union
            select text from revisions where memory_id in (select id from doomed_memories)
            """
        )
        return [row[0] for row in rows]

    def needles(self) -> Needles:
        """What to look for afterwards, taken before the selection is deleted."""
        rows = self._database.rows(
            """
            select text from messages where id in (select id from doomed_messages)
            union
            select text from summaries where id in (select id from doomed_summaries)
            union
            select value from profile_fields
            where source_memory_id in (select id from doomed_memories)
            union
            select name from entity_names join entity_mentions on name_id = entity_names.id
            where memory_id in (select id from doomed_memories)
                or memory_id is null and message_id in (select id from doomed_messages)
            """
        )
        texts = dict.fromkeys([*self.texts(), *(row[0] for row in rows)])
        vectors: list[bytes] = []
        for ident in spread(self.memory_ids(), MAX_VECTORS):
            for row in self._database.rows(
                "select embedding, bits from memory_vectors where memory_id = ?", (ident,)
            ):
                vectors.extend(map(bytes, row))
        return Needles.of(texts, vectors)

    def sent(self) -> int:
        """How many calls of models elsewhere carried what is selected, as far as the ledger
        goes."""
        found: int = self._database.value(ledger.SENT_SELECTED)
        return found

    def memory_ids(self) -> list[int]:
        return [row[0] for row in self._database.rows("select id from doomed_memories")]

    def message_ids(self) -> list[int]:
        return [row[0] for row in self._database.rows("select id from doomed_messages")]


def as_words(names: Iterable[str]) -> re.Pattern[str]:
    """Any of the names, in any case, as words of their own."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)", re.IGNORECASE)
