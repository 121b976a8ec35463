"""One line of the audit, named by keyed hashes."""

from datetime import datetime

from memory.flow.parts import Parts


def event(
    parts: Parts, person_id: int, action: str, thing: str, now: datetime, **counts: int
) -> None:
    """Call it in the transaction of what it tells of.

    Of a person who was erased meanwhile nothing is recorded: their key would come back with it.
    """
    if not parts.store.people.is_known(person_id):
        return
    subject = parts.keys.digest(person_id, thing)
    parts.store.audit.append(parts.keys.make_chain(), action, subject, counts, now)
