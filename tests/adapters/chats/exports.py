"""Exports as ChatGPT and Claude make them, small and made up."""

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

BEGAN = 1_700_000_000.0
"""14 November 2023, 22:13:20 UTC."""

Said = tuple[str, str]
"""Who, and what."""


def node(
    name: str,
    parent: str | None,
    who: str = "",
    text: str = "",
    at: float | None = None,
    **more: Any,
) -> dict[str, Any]:
    """A node of ChatGPT's tree; ``more`` are fields of its message."""
    message = {
        "id": name,
        "author": {"role": who, "name": None, "metadata": {}},
        "create_time": at,
        "content": {"content_type": "text", "parts": [text]},
        "weight": 1.0,
        "metadata": {},
        "recipient": "all",
    } | more
    return {"id": name, "parent": parent, "children": [], "message": message if who else None}


def chatgpt(name: str, *nodes: Mapping[str, Any], last: str = "", **more: Any) -> dict[str, Any]:
    return {
        "id": name,
        "conversation_id": name,
        "title": f"About {name}",
        "create_time": BEGAN,
        "mapping": {each["id"]: each for each in nodes},
        "current_node": last or nodes[-1]["id"],
    } | more


def chatgpt_of(name: str, *said: Said, at: float = BEGAN) -> dict[str, Any]:
    """A conversation without branches, one message a minute."""
    nodes = [node(f"{name}-root", None)]
    for place, (who, text) in enumerate(said):
        nodes.append(node(f"{name}-{place}", nodes[-1]["id"], who, text, at + 60 * place))
    return chatgpt(name, *nodes)


def claude_message(
    name: str, who: str, text: str, parent: str | None = None, minute: int = 0, **more: Any
) -> dict[str, Any]:
    message = {
        "uuid": name,
        "sender": who,
        "text": text,
        "content": [{"type": "text", "text": text}],
        "created_at": f"2024-02-03T10:{minute:02}:00.000000Z",
        "attachments": [],
        "files": [],
    }
    return message | ({} if parent is None else {"parent_message_uuid": parent}) | more


def claude(name: str, *messages: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "uuid": name,
        "name": f"About {name}",
        "created_at": "2024-02-03T10:00:00Z",
        "chat_messages": list(messages),
    } | more


def as_json(*conversations: object) -> bytes:
    return json.dumps(conversations).encode()


def zipped(files: Mapping[str, bytes | Sequence[object]]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, held in files.items():
            archive.writestr(name, held if isinstance(held, bytes) else json.dumps(held))
    return content.getvalue()
