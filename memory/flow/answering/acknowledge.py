"""What the person just told is said back, in the second person, so that a misunderstanding shows at
once; with what was masked, and why it became no memory when it did not."""

import re
from collections.abc import Sequence

from memory.flow.answering.evidence import Reader
from memory.flow.answering.knowledge import Knowledge
from memory.records import Observation
from memory.rules.talk.markdown import inert
from memory.rules.talk.questions import Part, Turn
from memory.rules.talk.wording import NO_REMINDERS, known_already, masked, plain, promise, waits

_INTRODUCTION = re.compile(r"^(?:i am|i'm|im|my name is|my name's|call me|this is|it's)\s+")


def acknowledge(
    told: Sequence[Part], seen: Observation, knowledge: Knowledge, reader: Reader
) -> str:
    """``seen``: what became of the turn; ``told``: its parts that state something."""
    note = masked(seen.redactions)
    if seen.reinforced and not seen.stored:
        known = seen.reinforced[0]
        return _paragraph(known_already(known, knowledge.now), note)
    if seen.proposed and not seen.stored:
        return _paragraph(waits(seen.proposed[0].doubt), note)
    if not seen.stored:
        reason = seen.skipped or "It stays in the conversation only."
        return _paragraph("I haven't made a memory of this.", reason, note)
    name = _new_name(seen, knowledge)
    greeting = f"Nice to meet you, {inert(name)}." if name else ""
    kept = [said for said in _kept(seen, reader) if not _only_introduces(said, name)]
    reminder = NO_REMINDERS if any(map(_asks_reminder, told)) else ""
    return _paragraph(greeting, promise(kept, name_given=bool(name)), reminder, note)


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


def _kept(seen: Observation, reader: Reader) -> list[str]:
    """The statements among what was stored, as stored (masked), each once."""
    kept: dict[str, str] = {}
    for item in seen.stored:
        for sentence in reader.statements(item):
            if not any(plain(sentence) in earlier for earlier in kept):
                kept[plain(sentence)] = sentence
    return list(kept.values())


def _only_introduces(sentence: str, name: str) -> bool:
    said = re.sub(_INTRODUCTION, "", plain(sentence).replace("’", "'"))
    return bool(name) and said == name.lower()


def _asks_reminder(part: Part) -> bool:
    return part.turn is Turn.REMEMBER and part.about == "reminder"
