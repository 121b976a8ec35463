"""What the built-in answerer may speak from, read from the file when it is asked for."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime

from memory.flow import chat_models
from memory.flow.answering.knowledge import Kept, Knowledge
from memory.flow.parts import Parts
from memory.flow.turn import Turn
from memory.records import MemoryItem, Observation, ProfileField, StatedField
from memory.rules.document import document
from memory.rules.talk import dates


def knowledge(parts: Parts, this: Turn, observation: Observation, off: str) -> Knowledge:
    """What was known before this turn, without what is to be left out. ``off``: why nothing is
    remembered of it, in words."""
    now, person_id = this.studied.said_at, this.recalls_for
    fields = [] if person_id is None else parts.store.profile.fields(person_id, now)
    here = now.astimezone(dates.LOCAL)
    left_out = {*this.without, *(item.id for item in observation.stored)}

    def stated() -> list[StatedField]:
        said = [] if person_id is None else parts.store.profile.stated(person_id, now)
        return [each for each in said if each.field.source_memory_id not in left_out]

    latest = [field for field in fields if field.source_memory_id not in left_out]
    return Knowledge(
        profile=(*latest, *_still_so(stated(), latest, now)),
        recalled=this.recalled,
        kept=_kept(parts, person_id, now, left_out),
        now=here,
        observation=observation,
        off=off,
        has_model=chat_models.name(parts, this.request.user_id) != chat_models.BUILT_IN,
        stated=stated,
        held=lambda moment: _recallable(parts, person_id, now, left_out, until=moment),
        times=lambda text: parts.calendar.times(text, here),
    )


def _still_so(
    stated: Iterable[StatedField], latest: Iterable[ProfileField], now: datetime
) -> Iterator[ProfileField]:
    """What a memory says that holds no longer as a whole, where this of it does."""
    told_by = {field.source_memory_id for field in latest}
    return (field for field in document(stated, now) if field.source_memory_id not in told_by)


def _kept(parts: Parts, person_id: int | None, now: datetime, left_out: Collection[int]) -> Kept:
    def load() -> list[MemoryItem]:
        return _recallable(parts, person_id, now, left_out)

    def get(memory_id: int) -> MemoryItem | None:
        found = [] if memory_id in left_out else parts.store.memories.many([memory_id])
        return next((item for item in found if item.in_use), None)

    return Kept(load, get)


def _recallable(
    parts: Parts,
    person_id: int | None,
    now: datetime,
    left_out: Collection[int],
    *,
    until: datetime | None = None,
) -> list[MemoryItem]:
    """``until``: what had been said by then, and held then."""
    found = [] if person_id is None else parts.store.memories.recallable(person_id, now, until)
    return [item for item in found if item.id not in left_out]
