"""What a person does with whole conversations: name them, search them, and keep memory out of
one."""

from memory.errors import ConsentRequired, InvalidInput, NotFound
from memory.flow import audit, hot, intake, permission
from memory.flow.parts import Parts
from memory.records import PERSONALIZATION, Act, Message

MAX_TITLE_BYTES = 200


def rename(parts: Parts, user_id: str, conversation: str, title: str) -> None:
    """The person's own title, masked as a message is; empty brings the automatic one back.

    Raises NotFound, and InvalidInput for a title too long.
    """
    now = parts.clock()
    person_id, found = _row(parts, user_id, conversation)
    own = " ".join(title.split())
    if own:
        given = intake.clean(own, MAX_TITLE_BYTES, "title")
        own = intake.take_own(parts, person_id, given).text
    with parts.store.transaction():
        parts.store.conversations.rename(found, own)
        audit.event(parts, person_id, Act.RENAME, f"conversation:{found}", now)


def set_remembers(parts: Parts, user_id: str, conversation: str, remembers: bool) -> None:
    """Whether memories are used in a conversation and made of it; it need not have begun.

    What was learnt from it before stays, and is not used in it while this is off.
    """
    now = parts.clock()
    person_id = permission.consenting(parts, user_id, PERSONALIZATION)
    if person_id is None:
        raise ConsentRequired(PERSONALIZATION)
    with parts.store.transaction():
        name = intake.name(conversation, "conversation")
        found = parts.store.conversations.open(person_id, name, now)
        parts.store.conversations.set_remembers(found, remembers)
        if not remembers:
            hot.drop_conversation(parts, person_id, conversation, now)
        what = Act.MEMORY_ON if remembers else Act.MEMORY_OFF
        audit.event(parts, person_id, what, f"conversation:{found}", now)


def standing(
    parts: Parts,
    user_id: str | None,
    conversation: str,
    last: int | None = None,
    skip: int = 0,
) -> list[Message]:
    """What stands in a conversation, stored or not, oldest first: the ``last`` so many, not
    counting ``skip`` at the end.

    Raises InvalidInput when nobody is named and several people have one of that name.
    """
    now = parts.clock()
    rows = parts.store.conversations.named(conversation)
    unstored = parts.transcripts.named(conversation)
    owners = {owner for _, owner in rows} | {message.user_id for message in unstored}
    if user_id is None and len(owners) > 1:
        raise InvalidInput(
            f"Several people have a conversation “{conversation}”. Say whose with user_id."
        )
    wanted = None if last is None else last + skip
    stored = [
        message
        for row, owner in rows
        if user_id in (None, owner)
        for message in parts.store.messages.in_conversation(row, now, wanted)
    ]
    both = [*stored, *(message for message in unstored if user_id in (None, message.user_id))]
    both.sort(key=lambda message: message.created_at)
    both = both[: max(0, len(both) - skip)]
    return both if last is None else both[-last:]


def message(parts: Parts, message_id: int) -> Message:
    """Stored or not, whoever's it is, also one that was replaced. Raises NotFound."""
    if message_id > 0:
        return parts.store.messages.get(message_id)
    found = parts.transcripts.message(message_id)
    if found is None:
        raise NotFound("message", message_id)
    return found


def own_message(parts: Parts, user_id: str, message_id: int) -> Message:
    """Raises NotFound, also for somebody else's."""
    found = message(parts, message_id)
    if found.user_id != user_id:
        raise NotFound("message", message_id)
    return found


def standing_message(parts: Parts, user_id: str, message_id: int) -> Message:
    """The person's own, where it was not replaced. Raises NotFound."""
    found = own_message(parts, user_id, message_id)
    if found.replaced_at is not None:
        raise NotFound("message", message_id)
    return found


def drop_unstored(parts: Parts, user_id: str, conversation: str) -> bool:
    """Let go of what was said in a chat and is not stored, also where a model inside the app has
    read it; whether there was anything."""
    if not parts.transcripts.messages(user_id, conversation):
        return False
    parts.transcripts.drop(user_id, conversation)
    parts.connections.models.close()
    return True


def count(parts: Parts, user_id: str, conversation: str) -> int:
    """How many messages stand in it, stored or not."""
    person_id = parts.store.people.find(user_id)
    row = None if person_id is None else parts.store.conversations.find(person_id, conversation)
    stored = 0 if row is None else parts.store.messages.count_in(row, parts.clock())
    return stored + len(parts.transcripts.messages(user_id, conversation))


def search(parts: Parts, user_id: str, query: str, limit: int) -> list[Message]:
    """Messages of all stored conversations with every word of the query, newest first."""
    person_id = parts.store.people.find(user_id)
    words = intake.words(query)
    if person_id is None or not words:
        return []
    return parts.store.messages.search(person_id, words, limit, parts.clock())


def _row(parts: Parts, user_id: str, conversation: str) -> tuple[int, int]:
    """The person and the conversation, as ids. Raises NotFound."""
    person_id = parts.store.people.find(user_id)
    found = None if person_id is None else parts.store.conversations.find(person_id, conversation)
    if person_id is None or found is None:
        raise NotFound("conversation", conversation)
    return person_id, found
