"""The hot tier: every interaction for an hour (article, section 4), so that what was just said in
one conversation is known in the next."""

import json
from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime

from memory.flow.parts import Parts
from memory.records import DataClass, Role

PREFIX = "message:"


@dataclass(frozen=True, slots=True)
class Interaction:
    """One message as the hot cache holds it."""

    conversation: str
    role: Role
    text: str
    data_class: DataClass = DataClass.PERSONAL


def keep(
    parts: Parts, person_id: int, message_id: int, interaction: Interaction, now: datetime
) -> None:
    parts.store.hot_cache.set(
        person_id,
        _key(message_id),
        json.dumps(asdict(interaction)),
        parts.settings.hot_ttl_seconds,
        now,
    )


def drop(parts: Parts, person_id: int, message_id: int) -> None:
    """What was corrected, forgotten or replaced is stale at once."""
    parts.store.hot_cache.remove(person_id, _key(message_id))


def drop_conversation(parts: Parts, person_id: int, conversation: str, now: datetime) -> None:
    """What was said in it is no longer known in others."""
    for key, value in parts.store.hot_cache.values(person_id, now):
        if json.loads(value)["conversation"] == conversation:
            parts.store.hot_cache.remove(person_id, key)


def said_elsewhere(
    parts: Parts,
    person_id: int,
    conversation: str,
    now: datetime,
    *,
    classes: Collection[DataClass],
    untold: Collection[int | None] = (),
) -> dict[int, Interaction]:
    """What the person said in other conversations, of these classes, and is still hot, by the
    message's id; oldest first.

    ``untold``: ids of messages to leave out.
    """
    found = parts.store.hot_cache.values(person_id, now)
    kept = {_message_id(key): Interaction(**json.loads(value)) for key, value in found}
    return {
        message_id: each
        for message_id, each in kept.items()
        if message_id not in untold
        and each.conversation != conversation
        and each.role == Role.USER
        and each.data_class in classes
    }


def _message_id(key: str) -> int:
    return int(key.removeprefix(PREFIX))


def _key(message_id: int) -> str:
    return f"{PREFIX}{message_id}"
