"""Lines of the audit, named by keyed hashes, and how they are found again."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from memory.flow.parts import Parts
from memory.records import Act, AuditEvent, DataClass
from memory.store.audit import NewEvent

PERSON = "person"
"""What a person is hashed as, under their own key."""
FILE = "file"


def event(
    parts: Parts,
    person_id: int,
    action: Act,
    thing: str,
    now: datetime,
    counts: Mapping[str, int] | None = None,
    *,
    classes: Iterable[DataClass] = (),
    scope: str = "",
) -> None:
    """Call it in the transaction of what it tells of. ``classes``: of each memory it is about;
    ``scope``: a word of ours.

    Of a person who was erased meanwhile nothing is recorded: their key would come back with it.
    """
    if not parts.store.people.is_known(person_id):
        return
    subject, person = parts.keys.digests(person_id, thing, PERSON)
    by_class = Counter(data_class.value for data_class in classes)
    new = NewEvent(now, action, subject, {**(counts or {}), **by_class}, person, scope)
    parts.store.audit.append(parts.keys, new)


def of_everybody(
    parts: Parts, action: Act, now: datetime, counts: Mapping[str, int] | None = None
) -> None:
    """What is done to the whole file is told of each person in it."""
    with parts.store.transaction():
        for person_id, _ in parts.store.people.all():
            event(parts, person_id, action, FILE, now, counts)


def events(
    parts: Parts, user_id: str | None, actions: Sequence[str], limit: int, offset: int
) -> list[AuditEvent]:
    """Newest first; of one person, and of these actions, if given."""
    if user_id is None:
        return parts.store.audit.events(limit, actions=actions, offset=offset)
    person = digest_of(parts, user_id)
    if person is None:
        return []
    return parts.store.audit.events(limit, person=person, actions=actions, offset=offset)


def count(parts: Parts, user_id: str | None, actions: Sequence[str]) -> int:
    if user_id is None:
        return parts.store.audit.count(*actions)
    person = digest_of(parts, user_id)
    return 0 if person is None else parts.store.audit.count(*actions, person=person)


def digest_of(parts: Parts, user_id: str) -> str | None:
    """The person as the audit names them; None for one whom it never named, or whose key is gone.

    Looking makes no key.
    """
    person_id = parts.store.people.find(user_id)
    return None if person_id is None else parts.keys.known_digest(person_id, PERSON)


def taken(parts: Parts, person_id: int, action: Act) -> tuple[int, datetime | None]:
    """How many exports, or backups, were taken, and when the last was: no erasure reaches those."""
    person = parts.keys.known_digest(person_id, PERSON)
    return (0, None) if person is None else parts.store.audit.taken(action, person)


def sent(parts: Parts, person_id: int) -> int:
    """How many calls went to a model elsewhere: no erasure reaches what it was given."""
    person = parts.keys.known_digest(person_id, PERSON)
    return 0 if person is None else parts.store.audit.sent(person)
