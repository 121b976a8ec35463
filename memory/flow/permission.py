"""Whether something may be remembered: the person agreed to it, and memory is on where it is
said."""

from memory.flow import inbox, intake
from memory.flow.parts import Parts
from memory.records import Learning, Role


def consenting(parts: Parts, user_id: str, purpose: str) -> int | None:
    """The person's id when they agreed to the purpose. Raises InvalidInput for what is no name."""
    purpose = intake.name(purpose, "purpose")
    person_id = parts.store.people.find(intake.name(user_id, "person"))
    if person_id is None or not parts.store.consents.granted(person_id, purpose):
        return None
    return person_id


def remembers_in(parts: Parts, person_id: int, conversation: str) -> bool:
    """Whether memories are used in a conversation and made of it; one not begun yet remembers."""
    found = parts.store.conversations.find(person_id, conversation)
    return found is None or parts.store.conversations.remembers(found)


def is_noted(
    parts: Parts, person_id: int, conversation: str, role: Role, *, told: bool = False
) -> bool:
    """Whether what is mentioned in a message counts though no memory is made of it: not where
    nothing is learnt unasked, unless the person said to remember it (``told``)."""
    learns = told or inbox.mode(parts, person_id) is Learning.AUTOMATIC
    return role is Role.USER and learns and remembers_in(parts, person_id, conversation)
