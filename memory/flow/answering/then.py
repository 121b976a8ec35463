"""What was so at another time, by what had been said until then."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from memory.flow.answering.knowledge import Answer, Knowledge, Used
from memory.flow.answering.listing import MAX_LISTED, in_order, listing
from memory.records import MemoryItem, ProfileField, TimeSpan
from memory.rules.document import document, history
from memory.rules.talk.dates import full_date
from memory.rules.talk.fields import canonical_field
from memory.rules.talk.markdown import inert
from memory.rules.talk.phrasing import capitalised
from memory.rules.talk.then import EVERYTHING, Earlier, asked_before, asked_of_then
from memory.rules.talk.wording import profile_sentence_then, quote

_POINTING = frozenset(("that", "this", "now", "then"))


def of_then(question: str, knowledge: Knowledge) -> Answer | None:
    """None: it asks for something else, or nothing is known of that time."""
    today = knowledge.now.date()
    for when in knowledge.times(question):
        asked = asked_of_then(question, when)
        if asked and when.last < today:
            return (
                _everything(when, knowledge)
                if asked == EVERYTHING
                else _field(asked, when, knowledge)
            )
    return None


def of_before(question: str, knowledge: Knowledge) -> Answer | None:
    """What held before what holds now, or before a value that is named. None: it asks for something
    else, or nothing is known of before."""
    asked = asked_before(question)
    if asked is None:
        return None
    if asked.about:
        return _of_anothers_before(asked, knowledge)
    stated = knowledge.stated()
    held = history(e for e in stated if canonical_field(e.field.field) == asked.field)
    before = _before(held, asked.than)
    if before is None or before.until is None:
        return None
    until = full_date(before.until, knowledge.now)
    sentence = capitalised(profile_sentence_then(asked.field, [before.value])).rstrip(".")
    text = f"{sentence}, until {until} by what you told me."
    item = knowledge.memory(before.source_memory_id)
    if item is not None:
        text += f"\n\n{quote(item, [item.text], knowledge.now)}"
    return Answer(text, _used([before], f"It stated your {asked.field} of before."))


def _of_anothers_before(asked: Earlier, knowledge: Knowledge) -> Answer | None:
    """What was told of somebody until something newer was."""
    said = [item for item in knowledge.kept.all() if _states(item, asked)]
    named = [item for item in said if _is_named(item, asked.than)]
    if not named:
        return None
    newer = named[0]
    earlier = knowledge.held(newer.said_at - timedelta(microseconds=1))
    older = [item for item in earlier if item.id != newer.id and _states(item, asked)]
    if not older or older[0].holds:
        return None
    until = full_date(newer.said_at, knowledge.now)
    words = quote(older[0], [older[0].text], knowledge.now)
    reason = f"It stated the {asked.field} of {asked.about} of before."
    return Answer(f"Until {until}, by what you told me:\n\n{words}", (Used(older[0].id, reason),))


def _states(item: MemoryItem, asked: Earlier) -> bool:
    stated, who = item.statement, asked.about.lower()
    return (
        stated is not None
        and stated.attribute == asked.field
        and stated.about != ""
        and f" {who}".endswith(f" {stated.about.lower()}")
    )


def _is_named(item: MemoryItem, than: str) -> bool:
    """``than``: words that name its value, or “that”, or none."""
    named = than.lower().strip(" ,'\"“”")
    value = item.statement.value.lower() if item.statement else ""
    return not named or named in _POINTING or f" {value} " in f" {named} "


def _before(held: Sequence[ProfileField], than: str) -> ProfileField | None:
    """``held``: the latest first. ``than``: words that name one of them, or “that”, or none."""
    named = than.lower().strip(" ,'\"“”")
    after = [field for field in held if f" {field.value.lower()} " in f" {named} "]
    if named and not after and named not in _POINTING:
        return None
    start = after[0].since if after else None
    return next(
        (
            field
            for field in held
            if field.until is not None and (start is None or field.since < start)
        ),
        None,
    )


def _end(when: TimeSpan, knowledge: Knowledge) -> datetime:
    """Of its last day."""
    return datetime.combine(when.last, time.max, knowledge.now.tzinfo)


def _everything(when: TimeSpan, knowledge: Knowledge) -> Answer:
    end = _end(when, knowledge)
    fields = document(knowledge.stated(), end)
    memories = knowledge.held(end)
    by_then = full_date(end, knowledge.now)
    if not fields and not memories:
        return Answer(f"By {by_then} you had told me nothing about you that I still keep.")
    lines = [
        f"- {inert(field.field)}: {inert(field.value)} "
        f"(since {full_date(field.since, knowledge.now)})"
        for field in reversed(fields)
    ]
    sections = [f"This is what I believed about you by {by_then}:", "\n".join(lines)]
    sections += in_order(memories, knowledge)
    told = [item.id for item in memories[:MAX_LISTED]]
    ids = [*(field.source_memory_id for field in fields), *told]
    known = [ident for ident in ids if ident is not None]
    return listing(sections, known, f"You had told it by {by_then}.")


def _field(asked: str, when: TimeSpan, knowledge: Knowledge) -> Answer | None:
    end = _end(when, knowledge)
    own = [each for each in knowledge.stated() if canonical_field(each.field.field) == asked]
    held = document(own, end)
    if not held:
        return None
    values = [field.value for field in reversed(held)]
    lead = f"By what you had told me until {full_date(end, knowledge.now)}:"
    text = f"{lead} {profile_sentence_then(asked, values)}"
    begin = datetime.combine(when.first, time.min, knowledge.now.tzinfo)
    for past in history(own):
        if past.until and begin < past.until <= end:
            day = full_date(past.until, knowledge.now)
            text += f" Until {day} it was {inert(past.value)}."
    item = knowledge.memory(held[0].source_memory_id)
    if item is not None:
        text += f"\n\n{quote(item, [item.text], knowledge.now)}"
    return Answer(capitalised(text), _used(held, f"It stated your {asked} of that time."))


def _used(fields: Sequence[ProfileField], reason: str) -> tuple[Used, ...]:
    ids = dict.fromkeys(field.source_memory_id for field in fields)
    return tuple(Used(ident, reason) for ident in ids if ident is not None)
