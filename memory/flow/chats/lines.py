"""Lines of a list, each remembered as the person gave it.

One that states something stands to what is known as if it had been said: what says the same makes
that surer, what is at odds with it waits in the inbox. Any other is a fact, once.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from memory.flow import derive, intake, long_term, policies
from memory.flow.chats.ahead import ReadAhead
from memory.flow.chats.choosing import WaitingLine
from memory.flow.chats.tally import Tally
from memory.flow.long_term import Kept
from memory.flow.parts import Parts
from memory.flow.provisional import Provisional
from memory.flow.remember import told_importance
from memory.records import (
    PERSONALIZATION,
    DataClass,
    Doubt,
    Importance,
    Kind,
    MemoryItem,
    Omission,
    ProfileFact,
    Statement,
)
from memory.rules import change, policy, profile
from memory.store.memories import NewMemory
from memory.store.vectors import Vector

NO_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Noted:
    """A line worked out, before it is known what was said before."""

    waiting: WaitingLine
    taken: intake.Intake
    kind: Kind
    statement: Statement | None
    """What the whole line states."""
    importance: Importance
    profile: tuple[ProfileFact, ...]
    doubt: Doubt | None

    @property
    def data_class(self) -> DataClass:
        return self.taken.data_class


class Same:
    """Texts that are remembered already, however they are spaced and stopped."""

    def __init__(self, known: Iterable[MemoryItem]) -> None:
        self._ids = {_form(item.text): item.id for item in known if item.holds}

    def find(self, text: str) -> int | None:
        return self._ids.get(_form(text))

    def add(self, text: str, memory_id: int) -> None:
        self._ids[_form(text)] = memory_id


def _form(text: str) -> str:
    return NO_WORD.sub(" ", text.casefold()).strip() or text


def read_ahead(parts: Parts, batch: Sequence[WaitingLine]) -> Parts:
    texts = list(dict.fromkeys(each.line.text for each in batch))
    return replace(parts, language=ReadAhead(parts.language, texts))


def worked_out(
    parts: Parts, person_id: int, waiting: WaitingLine, looking: Provisional | None = None
) -> Noted:
    """``looking``: it is only looked at, and nothing is written."""
    taken = intake.take_in(parts, person_id, waiting.line.text, looking=looking)
    found = derive.stated(taken.reading, taken.text)
    only = found[0] if len(found) == 1 else None
    whole = only if only is not None and only.text == taken.text else None
    given = taken.reading.profile
    if whole is not None:
        (given,) = profile.of_statements([whole], given)
    return Noted(
        waiting,
        taken,
        only.kind if only else Kind.FACT,
        whole,
        told_importance(taken.reading, taken.text),
        given,
        derive.doubt_of(taken.text),
    )


def bring_in(
    parts: Parts,
    user_id: str,
    person_id: int,
    batch: Sequence[WaitingLine],
    same: Same,
    tally: Tally,
) -> None:
    """Raises ConsentRequired when the consent is withdrawn meanwhile."""
    reading = read_ahead(parts, batch)
    found = [worked_out(reading, person_id, each) for each in batch]
    vectors = parts.embedder.embed([noted.taken.text for noted in found])
    with parts.store.transaction():
        now = parts.clock()
        import_id = tally.begin(parts, user_id, person_id, now)
        rules = policies.of(parts, person_id)
        for noted, vector in zip(found, vectors, strict=True):
            if parts.store.chat_imports.is_known(person_id, noted.waiting.source):
                tally.left_out[Omission.KNOWN] += 1
            elif noted.taken.rules != rules:
                tally.left_out[Omission.RULES_CHANGED] += 1
            elif not intake.may_hold(parts, person_id, noted.data_class):
                tally.left_out[Omission.SENSITIVE] += 1
            else:
                kept = _write(parts, person_id, noted, vector, same, import_id)
                tally.count(kept)
        tally.audit(parts, person_id, 0, now)


def _write(
    parts: Parts, person_id: int, noted: Noted, vector: Vector, same: Same, import_id: int
) -> Kept:
    now, said_at = parts.clock(), noted.waiting.said_at
    new = _memory_of(parts, noted, now)
    superseded: list[MemoryItem] = []
    known = same.find(new.text)
    again = None if known is None else parts.store.memories.get(known)
    if again is None and noted.statement is not None:
        new, superseded, again = derive.settle(parts, person_id, new, noted.statement, now)
    if again is not None:
        again = derive.say_again(parts, person_id, again, said_at=said_at, message_id=None, now=now)
        return Kept(reinforced=(again,))
    found = noted.taken.reading
    item = long_term.write(
        parts, person_id, new, vector, noted.profile, found.mentions, found.relations
    )
    if new.doubt is None:
        derive.take_place(parts, person_id, item, superseded, now)
    parts.store.chat_imports.add_memory(person_id, import_id, noted.waiting.source, item.id)
    same.add(item.text, item.id)
    return Kept(stored=(item,)) if item.doubt is None else Kept(proposed=(item,))


def _memory_of(parts: Parts, noted: Noted, now: datetime) -> NewMemory:
    said_at = noted.waiting.said_at
    return NewMemory(
        kind=noted.kind,
        text=noted.taken.text,
        classification=noted.taken.classification,
        purpose=PERSONALIZATION,
        importance=noted.importance,
        pinned=False,
        created_at=now,
        said_at=said_at,
        expires_at=policy.expires_at(noted.data_class, now, noted.taken.rules),
        statement=noted.statement,
        topic=change.topic(noted.statement) if noted.statement else "",
        happened=derive.happened(parts, noted.taken.text, said_at)
        if noted.kind is Kind.EPISODE
        else None,
        doubt=noted.doubt,
    )
