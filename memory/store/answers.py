"""How answers came about, and for some days exactly what a model was given for each.

A context goes with its answer, with the first thing that went into it, and when its days are over.
"""

import json
from collections.abc import Collection, Iterable
from dataclasses import asdict
from datetime import datetime

from memory.records import (
    Answered,
    ChatMessage,
    ContextReport,
    DataClass,
    Ending,
    KeptContext,
    Label,
    LeftOut,
    Pseudonym,
    Section,
)
from memory.store.columns import from_time, to_time
from memory.store.connection import Database

# Contexts that hold what is selected for erasure, by what went into them, or word for word.
HOLDING_SELECTED = """
    select message_id from contexts where message_id in (select id from doomed_messages)
    union
    select context_id from context_sources
    where memory_id in (select id from doomed_memories)
        or message_id in (select id from doomed_messages)
    union
    select context_id from doomed_memories
    cross join memories on memories.id = doomed_memories.id
    cross join context_messages
    where instr(context_messages.text, memories.text)
"""


class Answers:
    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, message_id: int, answered: Answered) -> None:
        self._database.run(
            """
            insert into answers (message_id, model, is_local, ending, context_tokens, answer_tokens,
                                 counted_by_model, first_seconds, total_seconds)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            (
                message_id,
                answered.model,
                answered.is_local,
                answered.ending,
                answered.context_tokens,
                answered.answer_tokens,
                answered.counted_by_model,
                answered.first_seconds,
                answered.total_seconds,
            ),
        )

    def get(self, message_id: int) -> Answered | None:
        """None for a message of the person, and for an answer of before this was kept."""
        row = self._database.row(
            """
            select model, is_local, ending, context_tokens, answer_tokens, counted_by_model,
                   first_seconds, total_seconds
            from answers where message_id = ?
            """,
            (message_id,),
        )
        if row is None:
            return None
        model, is_local, ending, context_tokens, answer_tokens, counted, first, total = row
        return Answered(
            model,
            bool(is_local),
            Ending(ending),
            context_tokens,
            answer_tokens,
            bool(counted),
            first,
            total,
        )


class Contexts:
    def __init__(self, database: Database) -> None:
        self._database = database

    def add(
        self,
        message_id: int,
        kept: KeptContext,
        memory_ids: Iterable[int],
        message_ids: Iterable[int],
    ) -> None:
        """``memory_ids``, ``message_ids``: what went into it."""
        self._database.run(
            """
            insert into contexts (message_id, report, made_at, expires_at, pseudonyms)
            values (?, ?, ?, ?, ?)
            """,
            (
                message_id,
                json.dumps(asdict(kept.report)),
                from_time(kept.made_at),
                from_time(kept.expires_at),
                _from_pseudonyms(kept.pseudonyms),
            ),
        )
        self._database.run_many(
            "insert into context_messages (context_id, role, text) values (?, ?, ?)",
            [(message_id, each["role"], each["content"]) for each in kept.messages],
        )
        self._database.run_many(
            "insert into context_sources (context_id, memory_id) values (?, ?)",
            [(message_id, ident) for ident in memory_ids],
        )
        self._database.run_many(
            "insert into context_sources (context_id, message_id) values (?, ?)",
            [(message_id, ident) for ident in message_ids],
        )

    def get(self, message_id: int, now: datetime) -> KeptContext | None:
        """None when it was not kept, or is kept no more."""
        row = self._database.row(
            """
            select report, made_at, expires_at, pseudonyms from contexts
            where message_id = ?1 and expires_at > ?2
            """,
            (message_id, from_time(now)),
        )
        if row is None:
            return None
        messages = self._database.rows(
            "select role, text from context_messages where context_id = ? order by id",
            (message_id,),
        )
        report, made_at, expires_at, pseudonyms = row
        return KeptContext(
            tuple(ChatMessage(role=role, content=text) for role, text in messages),
            _report(report),
            to_time(made_at),
            to_time(expires_at),
            _to_pseudonyms(pseudonyms),
        )

    def all(
        self, person_id: int, now: datetime, classes: Collection[DataClass]
    ) -> list[KeptContext]:
        """Of the person's answers of these classes."""
        rows = self._database.rows(
            """
            select message_id, data_class from contexts
            join messages on messages.id = message_id where person_id = ? order by message_id
            """,
            (person_id,),
        )
        found = (self.get(ident, now) for ident, data_class in rows if data_class in classes)
        return [kept for kept in found if kept is not None]

    def texts(self, person_id: int) -> dict[int, str]:
        """What each of the person's holds, by the id of its answer."""
        return dict(
            self._database.rows(
                """
                select context_id, group_concat(context_messages.text, char(10))
                from context_messages join messages on messages.id = context_id
                where person_id = ? group by context_id
                """,
                (person_id,),
            )
        )

    def masked_values(self, person_id: int) -> dict[int, list[str]]:
        """What stands behind the pseudonyms in each of the person's, by the id of its answer."""
        rows = self._database.rows(
            """
            select message_id, pseudonyms from contexts
            join messages on messages.id = message_id
            where person_id = ? and pseudonyms != '[]'
            """,
            (person_id,),
        )
        return {ident: [each.value for each in _to_pseudonyms(text)] for ident, text in rows}

    def has_expired(self, now: datetime) -> bool:
        return bool(
            self._database.row(
                "select 1 from contexts where expires_at <= ? limit 1", (from_time(now),)
            )
        )

    def remove_expired(self, now: datetime) -> None:
        self._database.run("delete from contexts where expires_at <= ?", (from_time(now),))


def _from_pseudonyms(pseudonyms: Iterable[Pseudonym]) -> str:
    """As the values are written elsewhere: an erasure searches the file for their bytes."""
    told = [(each.placeholder, each.label, each.value) for each in pseudonyms]
    return json.dumps(told, ensure_ascii=False)


def _to_pseudonyms(text: str) -> tuple[Pseudonym, ...]:
    return tuple(
        Pseudonym(placeholder, Label(label), value)
        for placeholder, label, value in json.loads(text)
    )


def _report(text: str) -> ContextReport:
    read = json.loads(text)
    return ContextReport(
        sections=tuple(Section(**each) for each in read["sections"]),
        left_out=tuple(LeftOut(**each) for each in read["left_out"]),
        tokens=read["tokens"],
        budget=read["budget"],
    )
