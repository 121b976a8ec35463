"""A conversation of Claude's export: a list of messages, where newer exports say what each
follows."""

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from memory.adapters.chats import fields
from memory.adapters.chats.branches import branch, newest_leaf
from memory.records import ChatFormat, ChatFound, ChatMessageFound, Omission, Role

ROLES = {"human": Role.USER, "assistant": Role.ASSISTANT}


def is_one(value: Mapping[str, Any]) -> bool:
    return isinstance(value.get("chat_messages"), list)


def read(value: Mapping[str, Any], left_out: Counter[Omission]) -> ChatFound:
    """``left_out`` counts what of it does not come in."""
    found = [fields.mapping(each) for each in value["chat_messages"]]
    named = {_name(message, place): message for place, message in enumerate(found)}
    left_out[Omission.REPEATED] += len(found) - len(named)
    kept = _kept(value, named)
    messages = []
    for name, message in named.items():
        why = _omission(message)
        if name not in kept and why is None:
            why = Omission.OTHER_BRANCH
        if why is not None:
            left_out[why] += 1
            continue
        messages.append(
            ChatMessageFound(
                id=name,
                role=ROLES[fields.text(message["sender"])],
                text=_text(message),
                said_at=fields.moment(message.get("created_at")),
            )
        )
    order = {name: place for place, name in enumerate(kept)}
    messages.sort(key=lambda message: order[message.id])
    ident = fields.ident(value.get("uuid")) or next(iter(kept), "")
    return ChatFound(
        f"{ChatFormat.CLAUDE.prefix}{ident}" if ident else "",
        fields.text(value.get("name")),
        tuple(messages),
    )


def _name(message: Mapping[str, Any], place: int) -> str:
    return fields.ident(message.get("uuid")) or f"number {place}"


def _kept(value: Mapping[str, Any], named: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """The branch that ends in the message that was open last, or else in the newest; all of them
    where none says what it follows. The first message follows one that is not there."""
    parents = {
        name: fields.text(message.get("parent_message_uuid")) for name, message in named.items()
    }
    if not any(parents.values()):
        return list(named)
    leaf = fields.text(value.get("current_leaf_message_uuid"))
    if leaf not in named:
        nobody_knows = datetime.min.replace(tzinfo=UTC)
        times = {
            name: fields.moment(message.get("created_at")) or nobody_knows
            for name, message in named.items()
        }
        leaf = newest_leaf(parents, times)
    return branch(leaf, parents)


def _omission(message: Mapping[str, Any]) -> Omission | None:
    """Why a message does not come in; None: it does."""
    if fields.text(message.get("sender")) not in ROLES:
        return Omission.UNREADABLE
    if _text(message):
        return None
    blocks = map(fields.mapping, fields.items(message.get("content")))
    kinds = {fields.text(each.get("type")) for each in blocks}
    return Omission.TOOL if kinds & {"tool_use", "tool_result"} else Omission.EMPTY


def _text(message: Mapping[str, Any]) -> str:
    """What was written; thoughts, tools and files are left out. Old exports have it in one."""
    blocks = [fields.mapping(each) for each in fields.items(message.get("content"))]
    said = [fields.text(each.get("text")) for each in blocks if each.get("type") == "text"]
    told = "\n".join(part for part in said if part).strip()
    return told or ("" if blocks else fields.text(message.get("text")).strip())
