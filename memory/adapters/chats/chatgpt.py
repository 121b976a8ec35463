"""A conversation of ChatGPT's export: a tree of nodes, of which the branch that ends in
``current_node`` is the one that the person kept."""

import re
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from memory.adapters.chats import fields
from memory.adapters.chats.branches import branch, newest_leaf
from memory.records import ChatFormat, ChatFound, ChatMessageFound, Omission, Role

ROLES = {"user": Role.USER, "assistant": Role.ASSISTANT}
SAID = frozenset({"text", "multimodal_text", "code"})
"""Kinds of content that were said; others are thoughts, pages that were read, results of tools."""
OF_THE_PROGRAM = frozenset({"user_editable_context", "model_editable_context", "system_error"})
CITATION = re.compile("\ue200[^\ue200\ue201]{0,500}\ue201|【\\d+[^】]{0,80}】")
"""A mark for the page to draw a source in."""


def is_one(value: Mapping[str, Any]) -> bool:
    return isinstance(value.get("mapping"), dict)


def read(value: Mapping[str, Any], left_out: Counter[Omission]) -> ChatFound:
    """``left_out`` counts what of it does not come in."""
    nodes = {
        name: node for name, node in value["mapping"].items() if isinstance(node, dict) and name
    }
    parents = {name: fields.text(node.get("parent")) for name, node in nodes.items()}
    leaf = fields.text(value.get("current_node"))
    if leaf not in nodes:
        leaf = newest_leaf(parents, {name: _said_at(node) for name, node in nodes.items()})
    kept = branch(leaf, parents)
    messages = []
    for name in kept:
        message = fields.mapping(nodes[name].get("message"))
        if not message:  # the root
            continue
        if (why := _omission(message)) is not None:
            left_out[why] += 1
            continue
        messages.append(
            ChatMessageFound(
                id=name,
                role=ROLES[_role(message)],
                text=_text(message),
                said_at=fields.moment(message.get("create_time")),
            )
        )
    others = (fields.mapping(nodes[name].get("message")) for name in nodes.keys() - set(kept))
    left_out[Omission.OTHER_BRANCH] += sum(bool(m) and _omission(m) is None for m in others)
    ident = fields.ident(value.get("conversation_id")) or fields.ident(value.get("id"))
    ident = ident or fields.ident(kept[0] if kept else "")
    return ChatFound(
        f"{ChatFormat.CHATGPT.prefix}{ident}" if ident else "",
        fields.text(value.get("title")),
        tuple(messages),
    )


def _said_at(node: Mapping[str, Any]) -> datetime:
    told = fields.moment(fields.mapping(node.get("message")).get("create_time"))
    return told or datetime.min.replace(tzinfo=UTC)


def _role(message: Mapping[str, Any]) -> str:
    return fields.text(fields.mapping(message.get("author")).get("role"))


def _omission(message: Mapping[str, Any]) -> Omission | None:
    """Why a message does not come in; None: it does."""
    metadata = fields.mapping(message.get("metadata"))
    kind = fields.text(fields.mapping(message.get("content")).get("content_type")) or "text"
    role = _role(message)
    if role == "system" or kind in OF_THE_PROGRAM or metadata.get("is_user_system_message"):
        return Omission.SYSTEM
    if metadata.get("is_visually_hidden_from_conversation") or message.get("weight") == 0:
        return Omission.HIDDEN
    # what the assistant says to a tool is addressed to it
    if role == "tool" or kind not in SAID or message.get("recipient") not in (None, "", "all"):
        return Omission.TOOL
    if role not in ROLES:
        return Omission.UNREADABLE
    return None if _text(message) else Omission.EMPTY


def _text(message: Mapping[str, Any]) -> str:
    """What was written or spoken; pictures and files have no text."""
    content = fields.mapping(message.get("content"))
    parts = [_part(part) for part in fields.items(content.get("parts"))]
    told = "\n".join(part for part in parts if part) or fields.text(content.get("text"))
    return CITATION.sub("", told).strip()


def _part(part: object) -> str:
    """A piece of text, or of something that was spoken."""
    return fields.text(part) or fields.text(fields.mapping(part).get("text"))
