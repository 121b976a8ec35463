"""Export: everything that is held about a person, as JSON in a ZIP (GDPR Art. 15 and 20)."""

import io
import json
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, is_dataclass
from datetime import datetime
from typing import Any

from memory.errors import StoreUnavailable
from memory.flow import record
from memory.flow.parts import Parts

FORMAT_VERSION = 1
READ_ME = """This is everything Recollect holds about you.

recollect.json   your consents, settings, profile, memories with their earlier wordings,
                 entities, and conversations with their messages. Times are in UTC.

Data marked "inferred" was worked out from what you said: the profile, the entities, and the
importance and class of each memory. All else is as you gave it.
"""


def export(parts: Parts, user_id: str) -> bytes:
    """A ZIP archive. An unknown person gets one with nothing in it.

    Access is the person's right also when nothing can be written: then the audit lacks it.
    """
    now = parts.clock()
    content = json.dumps(collect(parts, user_id, now), ensure_ascii=False, indent=2, default=_plain)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", READ_ME)
        archive.writestr("recollect.json", content)
    person_id = parts.store.people.find(user_id)
    if person_id is not None:
        with suppress(StoreUnavailable), parts.store.transaction():
            record.event(parts, person_id, "export", "export", now, bytes=buffer.tell())
    return buffer.getvalue()


def collect(parts: Parts, user_id: str, now: datetime) -> dict[str, Any]:
    """The export's content before it is written out."""
    head: dict[str, Any] = {
        "format": "recollect",
        "version": FORMAT_VERSION,
        "exported_at": now,
        "person": user_id,
    }
    person_id = parts.store.people.find(user_id)
    if person_id is None:
        return head
    store = parts.store
    return head | {
        "consents": store.consents.all(person_id),
        "settings": store.preferences.all(person_id),
        "memories": [
            asdict(item) | {"revisions": store.memories.revisions(item.id)}
            for item in store.memories.all(person_id)
        ],
        "conversations": [
            asdict(conversation) | {"messages": _messages(parts, person_id, conversation.id)}
            for conversation in store.conversations.all(person_id)
        ],
        "inferred": {
            "profile": store.profile.fields(person_id, now),
            "entities": store.entities.all(person_id),
        },
    }


def _messages(parts: Parts, person_id: int, conversation: str) -> list[Any]:
    found = parts.store.conversations.find(person_id, conversation)
    return [] if found is None else list(parts.store.messages.all(found))


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    raise TypeError(f"{type(value)} has no place in an export")
