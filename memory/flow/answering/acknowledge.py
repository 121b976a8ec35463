"""What the person just told is said back, in the second person, so that a misunderstanding shows at
once; with what was masked, what was known already, what waits in the inbox and why, and why it
became no memory when it did not."""

import re
from collections.abc import Sequence

from memory.flow.answering.evidence import Reader
from memory.flow.answering.knowledge import Knowledge
from memory.records import Doubt, MemoryItem, Observation
from memory.rules.talk.markdown import inert
from memory.rules.talk.questions import Part, Turn
from memory.rules.talk.wording import (
    INSTRUCTION_WAITS,
    NO_REMINDERS,
    REST_WAITS,
    WAITS,
    at_odds,
    masked,
    plain,
    promise,
    said_before,
)

_INTRODUCTION = re.compile(r"^(?:i am|i'm|im|my name is|my name's|call me|this is|it's)\s+")


def acknowledge(
    told: Sequence[Part], seen: Observation, knowledge: Knowledge, reader: Reader
) -> str:
    """``seen``: what became of the turn; ``told``: its parts that state something."""
    note = masked(seen.redactions)
    reminder = NO_REMINDERS if any(map(_asks_reminder, told)) else ""
    if not (seen.stored or seen.reinforced or seen.proposed):
        reason = seen.skipped or "It stays in the conversation only."
        return _paragraph("I haven't made a memory of this.", reason, note)
    name = _new_name(seen, knowledge)
    greeting = f"Nice to meet you, {inert(name)}." if name else ""
    new = _promise(seen, reader, name) if seen.stored else _said_before(seen, reader)
    return _paragraph(greeting, new, _waiting(seen, knowledge), reminder, note)


def _promise(seen: Observation, reader: Reader, name: str) -> str:
    kept = [said for said in _sentences(seen.stored, reader) if not _only_introduces(said, name)]
    return promise(kept, name_given=bool(name))


def _said_before(seen: Observation, reader: Reader) -> str:
    return said_before(_sentences(seen.reinforced, reader)) if seen.reinforced else ""


def _waiting(seen: Observation, knowledge: Knowledge) -> str:
    """Why something waits in the inbox; the gravest reason, which a whole turn and what it states
    have in common."""
    doubts = {item.doubt for item in seen.proposed}
    if Doubt.INSTRUCTION in doubts:
        return INSTRUCTION_WAITS
    for item in seen.proposed:
        if rival := knowledge.memory(item.rival_id):
            return at_odds(item.text, rival.text)
    if seen.reinforced and doubts:
        return REST_WAITS
    return WAITS if doubts else ""


def _paragraph(*sentences: str) -> str:
    return " ".join(filter(None, sentences))


def _new_name(seen: Observation, knowledge: Knowledge) -> str:
    """The name this turn gives, unless an earlier memory had it already."""
    named = next((fact.value for fact in seen.profile if fact.field == "name"), "")
    just_stored = {item.id for item in seen.stored}
    known = any(
        field.field == "name" and field.value == named and field.source_memory_id not in just_stored
        for field in knowledge.profile
    )
    return "" if known else named


def _sentences(items: Sequence[MemoryItem], reader: Reader) -> list[str]:
    """What they state, as stored (masked), each once."""
    kept: dict[str, str] = {}
    for item in items:
        for sentence in reader.statements(item):
            if not any(plain(sentence) in earlier for earlier in kept):
                kept[plain(sentence)] = sentence
    return list(kept.values())


def _only_introduces(sentence: str, name: str) -> bool:
    said = re.sub(_INTRODUCTION, "", plain(sentence).replace("’", "'"))
    return bool(name) and said == name.lower()


def _asks_reminder(part: Part) -> bool:
    return part.turn is Turn.REMEMBER and part.about == "reminder"
