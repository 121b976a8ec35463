"""Exports made, read, edited and laid side by side."""

import json
import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

from memory.engine import Memory
from memory.flow.transfer.shapes import DOCUMENT

Held = dict[str, Any]


def held_in(data: bytes) -> Held:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        held: Held = json.loads(archive.read(DOCUMENT))
    return held


def exported(memory: Memory, person: str = "me") -> Held:
    return held_in(memory.export(person))


def zipped(held: Held | bytes, name: str = DOCUMENT) -> bytes:
    content = held if isinstance(held, bytes) else json.dumps(held).encode()
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return buffer.getvalue()


def edited(memory: Memory, edit: Callable[[Held], object]) -> bytes:
    """An export that somebody has changed by hand."""
    held = exported(memory)
    edit(held)
    return zipped(held)


def comparable(held: Held) -> Held:
    """Without what is each file's own: ids become places, the audit and the moment go, and so does
    what an import leaves out and says so."""
    copy: Held = json.loads(json.dumps(held))
    places = _places(copy)
    for name in ("exported_at", "audit", "last_seen_at"):
        copy.pop(name, None)
    for name in ("model", "told of sweep", "providers that were shown"):
        copy["settings"].pop(name, None)
    copy["inferred"].pop("given_to_models", None)
    return _placed(copy, places)


_KINDS = {
    "id": None,
    "source_message_id": "message",
    "message_id": "message",
    "answers": "message",
    "merged_into": "memory",
    "superseded_by": "memory",
    "follows": "memory",
    "rival_id": "memory",
    "source_memory_id": "memory",
    "memory_id": "memory",
    "sweep_id": "sweep",
    "entity_id": "entity",
    "subject_id": "entity",
    "object_id": "entity",
}
_LISTS = {"message_ids": "message", "memory_ids": "memory"}
_OF_LISTS = {
    "memories": "memory",
    "messages": "message",
    "sweeps": "sweep",
    "ledger": "entry",
    "entities": "entity",
}


def _places(held: Held) -> dict[tuple[str, int], int]:
    places: dict[tuple[str, int], int] = {}

    def place(kind: str, ident: int) -> None:
        places.setdefault((kind, ident), sum(known == kind for known, _ in places))

    for item in held["memories"]:
        place("memory", item["id"])
        for mention in item["mentions"]:
            place("entity", mention["entity_id"])
    for talk in sorted(held["conversations"], key=lambda each: each["id"]):
        for message in talk["messages"]:
            place("message", message["id"])
            for mention in message["mentions"]:
                place("entity", mention["entity_id"])
    for sweep in held["sweeps"]:
        place("sweep", sweep["id"])
    for entry in reversed(held["ledger"]):
        place("entry", entry["id"])
    return places


def _placed(value: Any, places: dict[tuple[str, int], int], kind: str | None = None) -> Any:
    if isinstance(value, list):
        return [_placed(each, places, kind) for each in value]
    if not isinstance(value, dict):
        return value
    placed = {}
    for name, each in value.items():
        if name == "id" and kind is not None and isinstance(each, int):
            placed[name] = places[kind, each]
        elif name in _KINDS and _KINDS[name] is not None and each is not None:
            # what it refers to may be gone
            placed[name] = places.get((str(_KINDS[name]), each))
        elif name in _LISTS:
            placed[name] = sorted(places[_LISTS[name], ident] for ident in each)
        else:
            placed[name] = _placed(each, places, _OF_LISTS.get(name))
    return placed
