"""What an erasure is about: which memories, messages and conversations a request reaches.

Ask under the transaction that deletes: a scope worked out before it misses what was written since.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from memory.errors import InvalidInput, NotFound
from memory.flow.parts import Parts
from memory.records import PERSONALIZATION


@dataclass(frozen=True, slots=True)
class Scope:
    """What an erasure is about."""

    name: str
    memory_ids: tuple[int, ...]
    message_ids: tuple[int, ...] = ()
    conversation_ids: tuple[int, ...] = ()
    """Erased with their messages."""
    title_ids: tuple[int, ...] = ()
    """Conversations whose own titles name what is erased: they lose them."""
    everything: bool = False
    all_conversations: bool = False


Due = dict[tuple[int, str], Scope]
"""What must be erased now, by person and reason."""


def named(
    parts: Parts,
    person_id: int,
    *,
    memory: int | None = None,
    conversation: str | None = None,
    entity: int | None = None,
    purpose: str | None = None,
    keep_memories: bool = False,
) -> Scope:
    """What the caller named; nothing named means everything."""
    named = {
        "memory": memory,
        "conversation": conversation,
        "entity": entity,
        "purpose": purpose,
    }
    given = [name for name, value in named.items() if value is not None]
    if len(given) > 1:
        raise InvalidInput(f"Erase one thing at a time, not {' and '.join(given)} together.")
    if keep_memories and given != ["conversation"]:
        raise InvalidInput("Memories can be kept of a conversation only. Name one.")
    makers: dict[str, Callable[[], Scope]] = {
        "memory": lambda: _memory(parts, person_id, memory),
        "conversation": lambda: _conversation(
            parts, person_id, str(conversation), keep_memories=keep_memories
        ),
        "entity": lambda: _entity(parts, person_id, entity),
        "purpose": lambda: of_purpose(parts, person_id, str(purpose)),
    }
    return makers[given[0]]() if given else _everything(parts, person_id)


def _memory(parts: Parts, person_id: int, memory: int | None) -> Scope:
    if memory is None or parts.store.memories.person_of(memory) != person_id:
        raise NotFound("memory", memory)
    return Scope("memory", _with_parts(parts, [memory]))


def _with_parts(parts: Parts, memory_ids: Iterable[int]) -> tuple[int, ...]:
    """Whoever erases a merged memory means the memories it was made of as well."""
    found = dict.fromkeys(memory_ids)
    waiting = list(found)
    while waiting:
        for part in parts.store.memories.merged_from(waiting.pop()):
            if part.id not in found:
                found[part.id] = None
                waiting.append(part.id)
    return tuple(found)


def _conversation(parts: Parts, person_id: int, name: str, *, keep_memories: bool) -> Scope:
    found = parts.store.conversations.find(person_id, name)
    if found is None:
        raise NotFound("conversation", name)
    return Scope(
        "conversation",
        () if keep_memories else tuple(parts.store.memories.ids_of_conversation(found)),
        _message_ids(parts, [found]),
        (found,),
    )


def _entity(parts: Parts, person_id: int, entity: int | None) -> Scope:
    """The entity with every memory, earlier wording and message that names it."""
    known = {found.id: found.name for found in parts.store.entities.all(person_id)}
    if entity is None or entity not in known:
        raise NotFound("entity", entity)
    memories, messages = parts.store.erasure.naming(person_id, known[entity])
    mentioning = parts.store.entities.memories_mentioning(entity)
    titles = parts.store.erasure.titles_naming(person_id, known[entity])
    return Scope(
        "entity", tuple({*mentioning, *memories}), tuple(messages), title_ids=tuple(titles)
    )


def of_purpose(parts: Parts, person_id: int, purpose: str) -> Scope:
    """Personalization is also what conversations are kept for: they go with it."""
    memory_ids = tuple(parts.store.memories.ids_of_purpose(person_id, purpose))
    if purpose != PERSONALIZATION:
        return Scope("purpose", memory_ids)
    return Scope("purpose", memory_ids, _all_message_ids(parts, person_id), all_conversations=True)


def _everything(parts: Parts, person_id: int) -> Scope:
    return Scope(
        "everything",
        tuple(parts.store.memories.ids(person_id)),
        _all_message_ids(parts, person_id),
        everything=True,
    )


def _all_message_ids(parts: Parts, person_id: int) -> tuple[int, ...]:
    return tuple(parts.store.messages.ids(person_id))


def _message_ids(parts: Parts, conversation_ids: Iterable[int]) -> tuple[int, ...]:
    return tuple(
        message.id
        for conversation_id in conversation_ids
        for message in parts.store.messages.all(conversation_id)
    )


def due(parts: Parts, expired_by: datetime, forgotten_by: datetime) -> Due:
    """What expired, was forgotten or was replaced up to these moments."""
    found = {
        (person_id, reason): Scope(reason, _with_parts(parts, ids))
        for person_id, reasons in parts.store.memories.due(expired_by, forgotten_by).items()
        for reason, ids in reasons.items()
    }
    for person_id, ids in parts.store.messages.due(forgotten_by).items():
        found[person_id, "replaced"] = Scope("replaced", (), tuple(ids))
    return found
