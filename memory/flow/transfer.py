"""Export: what is held about a person, as JSON in a ZIP (GDPR Art. 15 and 20): all that has not
expired, but for the classes that their own rules leave out, which are named."""

import io
import json
import zipfile
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import asdict, is_dataclass
from datetime import date, datetime
from typing import Any

from memory.errors import StoreUnavailable
from memory.flow import audit, policies
from memory.flow.instructions import INSTRUCTIONS
from memory.flow.parts import Parts
from memory.records import Act, DataClass, MemoryItem
from memory.rules.classification import classify
from memory.rules.document import document, history
from memory.store.said import Within

FORMAT_VERSION = 1
READ_ME = """This is what Recollect holds about you.

recollect.json   your consents, settings and rules, profile, memories with their earlier wordings
                 and the times of their uses, entities and relations, conversations with their
                 messages, sweeps, holidays and absences, the audit, and the ledger: what each
                 answer took in tokens, US dollars and seconds, and which memories it was given.
                 Times are in UTC. Classes that your rules do not export are left out, and named.

Data marked "inferred" was worked out from what you said: the profile, the entities with what they
have to do with one another, the importance and class of each memory, summaries that a model made,
and what models were given in the last days. All else is as you gave it.
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
            audit.event(parts, person_id, Act.EXPORT, "export", now, {"bytes": buffer.tell()})
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
    return head | {
        "consents": store.consents.all(person_id),
        "settings": {
            key: value
            for key, value in store.preferences.all(person_id).items()
            if key != INSTRUCTIONS or _may_go(parts, value, classes)
        },
        "rules": {"classes": rules.classes, "labels": rules.labels},
        "left_out_classes": [data_class for data_class in DataClass if data_class not in classes],
        "memories": [_memory(parts, item, classes) for item in items],
        "conversations": _conversations(parts, person_id, classes, now),
        "inferred": _inferred(
            parts, Within(person_id, now, tuple(classes)), {item.id for item in items}
        ),
        "sweeps": store.sweeps.all(person_id),
        "absences": store.absences.all(person_id),
        "ledger": store.ledger.find(person_id),
        "audit": audit.events(parts, user_id, (), limit=store.audit.count(), offset=0),
    }


def _memory(parts: Parts, item: MemoryItem, classes: Collection[DataClass]) -> dict[str, Any]:
    earlier = parts.store.memories.revisions(item.id)
    told = [revision for revision in earlier if _may_go(parts, revision.text, classes)]
    uses = [{"at": at, "kind": kind} for at, kind in parts.store.uses.times(item.id)]
    return asdict(item) | {"revisions": told, "uses": uses}


def _conversations(
    parts: Parts, person_id: int, classes: Collection[DataClass], now: datetime
) -> list[dict[str, Any]]:
    """With the person's own titles: an automatic one is the first message, which stands there or
    is left out."""
    store = parts.store
    titles = store.conversations.titles(person_id)
    exported = []
    for conversation in store.conversations.all(person_id):
        found = store.conversations.find(person_id, conversation.id)
        own = titles.get(found or 0, "")
        messages = [] if found is None else store.messages.all(found, within=now)
        messages = [each for each in messages if each.data_class in classes]
        readings = store.model_readings.of_messages([each.id for each in messages])
        exported.append(
            asdict(conversation)
            | {
                "title": own if _may_go(parts, own, classes) else "",
                "messages": [
                    asdict(each)
                    | {
                        "answered": store.answers.get(each.id),
                        "read_by_model": readings.get(each.id),
                    }
                    for each in messages
                ],
            }
        )
    return exported


def _inferred(parts: Parts, within: Within, memory_ids: set[int]) -> dict[str, list[Any]]:
    """What was worked out from these memories, and from messages of these classes."""
    store = parts.store
    stated = [
        each
        for each in store.profile.stated(within.person_id, within.now)
        if each.field.source_memory_id in memory_ids
    ]
    return {
        "profile": document(stated, within.now),
        "profile_history": history(stated),
        "entities": list(store.entities.all(within)),
        "relations": list(store.relations.all(within)),
        "summaries": [
            each
            for each in store.summaries.all(within.person_id, within.now)
            if each.data_class in within.classes
        ],
        "given_to_models": store.contexts.all(within.person_id, within.now, within.classes),
    }


def _may_go(parts: Parts, text: str, classes: Collection[DataClass]) -> bool:
    """Whether a text that has no class of its own is of one that is exported."""
    if len(classes) == len(DataClass):
        return True
    return classify(text, parts.language.personal_data(text)).data_class in classes


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    raise TypeError(f"{type(value)} has no place in an export")
