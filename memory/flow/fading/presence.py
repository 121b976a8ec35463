"""When the person was there: holidays and absences, which stop what fades (``rules/active_days``).

Whoever says, recalls, changes or looks at something is there.
"""

from datetime import datetime, timedelta

from memory.flow import audit
from memory.flow.parts import Parts
from memory.records import Act
from memory.rules.absence import COUNTED, Gap, Presence, uncounted

NOTED_EVERY = timedelta(hours=1)
"""To write the row with each turn would tell nothing more."""


def note(parts: Parts, person_id: int, now: datetime) -> None:
    """The person is there; call it in a transaction. What they were away before is kept."""
    seen = parts.store.people.last_seen(person_id)
    if seen is None:
        return
    if now < seen:  # the clock was set back
        parts.store.absences.cut(person_id, now)
    elif now - seen > COUNTED:
        parts.store.absences.add(person_id, seen, now)
    elif now - seen < NOTED_EVERY:
        return
    parts.store.people.set_last_seen(person_id, now)


def visit(parts: Parts, user_id: str) -> None:
    """The person looks at a page."""
    now, person_id = parts.clock(), parts.store.people.find(user_id)
    if person_id is None:
        return
    seen = parts.store.people.last_seen(person_id)
    if seen is None or NOTED_EVERY > now - seen >= timedelta(0):
        return  # looking needs no lock; most calls only look
    with parts.store.transaction():
        note(parts, person_id, now)


def gaps(parts: Parts, person_id: int, now: datetime) -> list[Gap]:
    """Days that do not count, those of an absence that has not ended among them: from now on every
    day does, unless a holiday lasts."""
    found: list[Gap | None] = []
    for absence in parts.store.absences.all(person_id):
        if absence.holiday:
            found.append(Gap(absence.since, absence.until))
        elif absence.until is not None:
            found.append(uncounted(absence.since, min(absence.until, now)))
    found.append(uncounted(parts.store.people.last_seen(person_id) or now, now))
    return [gap for gap in found if gap is not None]


def of(parts: Parts, person_id: int, now: datetime) -> Presence:
    """As a sweep asks for it."""
    absences = parts.store.absences.all(person_id)
    ends = [each.until for each in absences if each.until is not None]
    return Presence(
        back_since=max(ends, default=None),
        is_away=now - (parts.store.people.last_seen(person_id) or now) > COUNTED,
        on_holiday=any(each.until is None for each in absences),
        last_sweep_at=parts.store.sweeps.last_at(person_id, now),
    )


def holiday(parts: Parts, user_id: str) -> datetime | None:
    """Since when it is on; None: it is off."""
    person_id = parts.store.people.find(user_id)
    if person_id is None:
        return None
    absences = parts.store.absences.all(person_id)
    return next((each.since for each in absences if each.until is None), None)


def set_holiday(parts: Parts, user_id: str, on: bool) -> None:
    """While it is on nothing fades, and nothing is swept; to set it twice changes nothing."""
    now = parts.clock()
    with parts.store.transaction():
        person_id = parts.store.people.find_or_add(user_id, now)
        note(parts, person_id, now)
        if (holiday(parts, user_id) is not None) == on:
            return
        if on:
            parts.store.absences.begin_holiday(person_id, now)
        else:
            parts.store.absences.end_holiday(person_id, now)
        act = Act.HOLIDAY_ON if on else Act.HOLIDAY_OFF
        audit.event(parts, person_id, act, "holiday", now)
