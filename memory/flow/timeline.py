"""What was said and what happened, by day: memories as moments, with what they changed and when
what was promised is due."""

from memory.errors import InvalidInput
from memory.flow import intake
from memory.flow.parts import Parts
from memory.records import Days, Kind, MemoryItem, Moment, Moments, Timeline
from memory.rules.talk.dates import LOCAL


def page(parts: Parts, user_id: str, what: str, limit: int, offset: int) -> Timeline:
    """Raises InvalidInput for a page that cannot be."""
    chosen = intake.chosen(Moments, what, "part of a timeline")
    if offset < 0 or limit < 0:
        raise InvalidInput("A page cannot begin or end before the list does. Start at the top.")
    person_id = parts.store.people.find(user_id)
    if person_id is None:
        return Timeline((), {})
    now, rows = parts.clock(), parts.store.timeline
    found = rows.page(person_id, chosen, limit, offset, now)
    replaced = rows.replaced(person_id, [item.id for _, item in found], now)
    moments = (Moment(item, day, replaced.get(item.id), _due(parts, item)) for day, item in found)
    return Timeline(tuple(moments), rows.months(person_id, chosen, now))


def _due(parts: Parts, item: MemoryItem) -> Days | None:
    """The first days that a commitment names, seen from when it was said."""
    if item.kind is not Kind.COMMITMENT:
        return None
    spans = parts.calendar.times(item.text, item.said_at.astimezone(LOCAL), future=True)
    return Days(spans[0].first, spans[0].last) if spans else None
