"""What of a file comes in: what was chosen, is not here yet, and can be taken at all; in the order
in which it was said."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from memory.errors import ConsentRequired, InvalidInput
from memory.flow import intake, permission
from memory.flow.parts import Parts
from memory.records import (
    PERSONALIZATION,
    ChatFile,
    ChatFound,
    ChatMessageFound,
    LineFound,
    Omission,
    Omissions,
)

NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class WaitingMessage:
    source: bytes
    """By which it is known when it comes again."""
    chat: ChatFound
    message: ChatMessageFound
    """Its text as it can be stored."""
    said_at: datetime
    ends: bool
    """Nothing of its conversation comes after it."""


@dataclass(frozen=True, slots=True)
class WaitingLine:
    source: bytes
    line: LineFound
    said_at: datetime


@dataclass(frozen=True, slots=True)
class Chosen:
    file: ChatFile
    messages: tuple[WaitingMessage, ...]
    lines: tuple[WaitingLine, ...]
    left_out: Omissions
    known: dict[str, int]
    """By conversation: how many of its messages are here already."""
    sources: frozenset[bytes]
    """Of all that the file holds and was chosen."""

    @property
    def total(self) -> int:
        return len(self.messages) + len(self.lines)


def consenting(parts: Parts, user_id: str) -> int:
    """Raises ConsentRequired."""
    person_id = permission.consenting(parts, user_id, PERSONALIZATION)
    if person_id is None:
        raise ConsentRequired(PERSONALIZATION)
    return person_id


def choose(
    parts: Parts, person_id: int, data: bytes, only: Collection[str] | None, now: datetime
) -> Chosen:
    """``only``: names of conversations; None: all. Raises ImportRejected."""
    file = parts.chat_files.read(data)
    left_out = Counter(file.left_out)
    here, known = parts.store.chat_imports.known(person_id), Counter[str]()
    messages: list[WaitingMessage] = []
    sources: set[bytes] = set()
    for chat in sorted(file.conversations, key=lambda chat: chat.first_at or NEVER):
        if only is not None and chat.name not in only:
            left_out[Omission.NOT_CHOSEN] += len(chat.messages)
            continue
        of_chat = _digests(parts, person_id, [_identity(chat, each) for each in chat.messages])
        sources |= set(of_chat)
        fresh = list(_fresh(parts, chat, of_chat, here, left_out, now))
        known[chat.name] = sum(source in here for source in of_chat)
        messages += [replace(each, ends=each is fresh[-1]) for each in fresh]
    lines = _digests(parts, person_id, [_line_identity(line) for line in file.lines])
    return Chosen(
        file,
        tuple(messages),
        tuple(_lines(parts, file.lines, lines, here, left_out, now)),
        +left_out,
        dict(known),
        frozenset(sources | set(lines)),
    )


def _identity(chat: ChatFound, message: ChatMessageFound) -> str:
    return f"{chat.name}\n{message.id}"


def _line_identity(line: LineFound) -> str:
    """However it is spaced or marked: a list has no ids."""
    return f"list\n{line.said_at}\n{' '.join(line.text.casefold().split())}"


def _digests(parts: Parts, person_id: int, identities: Sequence[str]) -> list[bytes]:
    """By the person's own key: without it nobody finds out what was imported."""
    if not identities:
        return []
    found = parts.keys.digests(person_id, *(f"import:{each}" for each in identities))
    return [bytes.fromhex(digest) for digest in found]


def _fresh(
    parts: Parts,
    chat: ChatFound,
    sources: Sequence[bytes],
    here: Collection[bytes],
    left_out: Counter[Omission],
    now: datetime,
) -> Iterator[WaitingMessage]:
    """A message without a time was said when the one before it was."""
    said_at = chat.first_at or now
    for source, message in zip(sources, chat.messages, strict=True):
        said_at = min(message.said_at or said_at, now)
        if source in here:
            left_out[Omission.KNOWN] += 1
            continue
        text = _taken(message.text, parts.settings.max_message_bytes, left_out)
        if text:
            yield WaitingMessage(source, chat, replace(message, text=text), said_at, ends=False)


def _lines(
    parts: Parts,
    lines: Sequence[LineFound],
    sources: Sequence[bytes],
    here: Collection[bytes],
    left_out: Counter[Omission],
    now: datetime,
) -> Iterator[WaitingLine]:
    """What was said earlier comes first; without a date, now."""
    seen: set[bytes] = set()
    waiting = []
    for source, line in zip(sources, lines, strict=True):
        if source in here or source in seen:
            left_out[Omission.KNOWN if source in here else Omission.REPEATED] += 1
            continue
        seen.add(source)
        text = _taken(line.text, parts.settings.max_memory_bytes, left_out)
        if text:
            said_at = min(line.said_at or now, now)
            waiting.append(WaitingLine(source, replace(line, text=text), said_at))
    yield from sorted(waiting, key=lambda each: each.said_at)


def _taken(text: str, max_bytes: int, left_out: Counter[Omission]) -> str:
    """As it can be stored; empty when it cannot."""
    try:
        return intake.clean(text, max_bytes, "message")
    except InvalidInput:
        too_long = len(text.encode("utf-8", "replace")) > max_bytes
        left_out[Omission.TOO_LONG if too_long else Omission.EMPTY] += 1
        return ""
