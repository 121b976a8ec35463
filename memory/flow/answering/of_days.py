"""What was said or happened on the days that a question is limited to."""

from collections import defaultdict
from collections.abc import Sequence

from memory.flow.answering.knowledge import Answer, Knowledge, Used
from memory.flow.answering.listing import MAX_LISTED, by_day, listing
from memory.records import Days, Kind, MemoryItem
from memory.rules.talk.limited import Asked, Limited, is_about
from memory.rules.talk.markdown import inert
from memory.rules.talk.wording import quote
from memory.rules.times import tells_time

MAX_OF_OTHER_DAYS = 3
"""Memories of other days that are added when none is of the days that were asked for."""


def of_days(asked: Limited, knowledge: Knowledge) -> Answer | None:
    """Of what was said or happened then: all of it, or what is about the topic. None if it was said
    on another day of just that: what the time belongs to is the topic."""
    of_then = said_days if asked.asked is Asked.SAID else told_days
    found = [item for item in knowledge.kept.all() if within(of_then(item, knowledge), asked)]
    told = _whole([item for item in found if not asked.topic or _speaks_of(item, asked.topic)])
    if not told:
        others = [item for item in knowledge.kept.all() if _speaks_of(item, asked.topic)]
        if asked.named and any(asked.named.lower() in item.text.lower() for item in others):
            return None
        return _nothing(asked, others, knowledge)
    told.sort(key=lambda item: of_then(item, knowledge).last, reverse=True)
    said = asked.asked is Asked.SAID
    reason = f"You told it {asked.name}." if said else f"It happened {asked.name}."
    shown = told[:MAX_LISTED]
    sections = list(by_day(shown, knowledge, None if said else told_days))
    if len(told) > len(shown):
        sections.append(f"And {len(told) - len(shown)} more.")
    return listing(sections, [item.id for item in shown], reason)


def said_days(item: MemoryItem, knowledge: Knowledge) -> Days:
    said = item.said_at.astimezone(knowledge.now.tzinfo).date()
    return Days(said, said)


def told_days(item: MemoryItem, knowledge: Knowledge) -> Days:
    """When what it tells happened, as far as it says so; otherwise when it was said."""
    return item.happened or said_days(item, knowledge)


def within(days: Days, asked: Limited) -> bool:
    """Whether they overlap; what is known less exactly than it is asked for may be of any day."""
    first, last = asked.days.first, asked.days.last
    overlap = days.first <= last and days.last >= first
    return overlap and days.last - days.first <= last - first


def answers_then(item: MemoryItem, asked: Limited, knowledge: Knowledge) -> bool:
    """Not an event of other days; what holds may have held then, too, and what names a time that
    is not known to be over may speak of those days."""
    event = item.kind is Kind.EPISODE and not tells_time(item.text)
    elsewhere = event or item.happened is not None
    return not elsewhere or within(told_days(item, knowledge), asked)


def _whole(items: Sequence[MemoryItem]) -> list[MemoryItem]:
    """Without what stands in another of the same message."""
    said: defaultdict[int | None, list[str]] = defaultdict(list)
    for item in items:
        said[item.source_message_id].append(item.text)

    def stands_in_another(item: MemoryItem) -> bool:
        beside = said[item.source_message_id] if item.source_message_id is not None else ()
        return any(item.text in text and item.text != text for text in beside)

    return [item for item in items if not stands_in_another(item)]


def _speaks_of(item: MemoryItem, topic: str) -> bool:
    return is_about(f"{item.speaker or ''} {item.text}", topic)


def _nothing(asked: Limited, others: Sequence[MemoryItem], knowledge: Knowledge) -> Answer:
    """What is about it on other days is added with its date, so that it is not lost."""
    about = f" about {inert(asked.topic)}" if asked.topic else ""
    what = "that you told me" if asked.asked is Asked.SAID else "that happened"
    text = f"I have kept nothing {what} {inert(asked.name)}{about}."
    others = others[:MAX_OF_OTHER_DAYS]
    if not others:
        return Answer(text)
    quotes = [quote(item, [item.text], knowledge.now) for item in others]
    used = tuple(Used(item.id, f"It speaks of “{asked.topic}”, on another day.") for item in others)
    return Answer("\n\n".join([f"{text} On other days you said:", *quotes]), used)
