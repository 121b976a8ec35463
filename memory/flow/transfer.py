"""Export: everything that is held about a person, as JSON in a ZIP (GDPR Art. 15 and 20)."""

import io
import json
import zipfile
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import asdict, is_dataclass
from datetime import datetime
from typing import Any

from memory.errors import StoreUnavailable
from memory.flow import policies, record
from memory.flow.parts import Parts
from memory.records import DataClass, Message, Revision
from memory.rules.classification import classify

FORMAT_VERSION = 1
READ_ME = """This is everything Recollect holds about you.

recollect.json   your consents, settings and rules, profile, memories with their earlier wordings,
                 entities, conversations with their messages, and the audit. Times are in UTC.
                 Classes that your rules do not export are left out, and named.

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
            record.event(parts, person_id, "export", "export", now, {"bytes": buffer.tell()})
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
    store, rules = parts.store, policies.of(parts, person_id)
    classes = {data_class for data_class, rule in rules.classes.items() if rule.exported}
    items = [
        item
        for item in store.memories.all(person_id)
        if item.data_class in classes and (item.expires_at is None or item.expires_at > now)
    ]
    ids = {item.id for item in items}
    return head | {
        "consents": store.consents.all(person_id),
        "settings": store.preferences.all(person_id),
        "rules": {"classes": rules.classes, "labels": rules.labels},
        "left_out_classes": [data_class for data_class in DataClass if data_class not in classes],
        "memories": [
            asdict(item) | {"revisions": _revisions(parts, item.id, classes)} for item in items
        ],
        "conversations": [
            asdict(conversation)
            | {"title": _own_title(parts, person_id, conversation.id, classes)}
            | {"messages": _messages(parts, person_id, conversation.id, classes, now)}
            for conversation in store.conversations.all(person_id)
        ],
        "inferred": {
            "profile": [
                field
                for field in store.profile.fields(person_id, now)
                if field.source_memory_id in ids
            ],
            "entities": [
                entity
                for entity in store.entities.all(person_id)
                if not ids.isdisjoint(store.entities.memories_mentioning(entity.id))
            ],
        },
        "audit": record.events(parts, user_id, (), limit=store.audit.count(), offset=0),
    }


def _messages(
    parts: Parts, person_id: int, conversation: str, classes: Collection[DataClass], now: datetime
) -> list[Message]:
    found = parts.store.conversations.find(person_id, conversation)
    messages = [] if found is None else parts.store.messages.all(found, within=now)
    return [message for message in messages if message.data_class in classes]


def _own_title(
    parts: Parts, person_id: int, conversation: str, classes: Collection[DataClass]
) -> str:
    """An automatic one is the first message, which stands there, or is left out."""
    found = parts.store.conversations.find(person_id, conversation)
    own = "" if found is None else parts.store.conversations.titles(person_id).get(found, "")
    return own if _class_of(parts, own) in classes else ""


def _revisions(parts: Parts, memory_id: int, classes: Collection[DataClass]) -> list[Revision]:
    found = parts.store.memories.revisions(memory_id)
    return [revision for revision in found if _class_of(parts, revision.text) in classes]


def _class_of(parts: Parts, text: str) -> DataClass:
    return classify(text, parts.language.personal_data(text)).data_class


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    raise TypeError(f"{type(value)} has no place in an export")
