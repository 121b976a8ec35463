"""Which format a file has, and what it holds."""

from collections import Counter
from typing import Any

from memory.adapters.chats import archive, chatgpt, claude, plain
from memory.errors import ImportRejected
from memory.records import ChatFile, ChatFormat, ChatFound, Omission

MAX_MESSAGES = 200_000
READERS = {
    ChatFormat.CHATGPT: (chatgpt.is_one, chatgpt.read),
    ChatFormat.CLAUDE: (claude.is_one, claude.read),
}
NOTHING = "Choose the export of ChatGPT or Claude as it came, or a list as plain text."


class ChatFiles:
    """Reads exports of ChatGPT and Claude, whole or their JSON alone, and lists."""

    def read(self, data: bytes) -> ChatFile:
        if not archive.is_chats(data):
            found = plain.lines(data)
            if not found:
                raise ImportRejected("there is nothing in the file", NOTHING)
            return ChatFile(ChatFormat.LIST, lines=found)
        return _chats(data)


def _chats(data: bytes) -> ChatFile:
    """Of one format: the one of the first conversation."""
    found: dict[str, ChatFound] = {}
    left_out: Counter[Omission] = Counter()
    known: ChatFormat | None = None
    messages = 0
    for value in archive.conversations(data):
        known = known or _format(value)
        if known is None or _format(value) is not known:
            left_out[Omission.UNREADABLE] += 1
            continue
        _, read = READERS[known]
        chat = read(value, left_out)
        if not chat.name or not chat.messages:
            left_out[Omission.UNREADABLE if chat.messages else Omission.EMPTY] += 1
            continue
        if chat.name in found:
            left_out[Omission.REPEATED] += len(chat.messages)
            continue
        found[chat.name] = chat
        messages += len(chat.messages)
        if messages > MAX_MESSAGES:
            raise ImportRejected(
                f"it holds more than {MAX_MESSAGES:,} messages",
                "Import its conversations in several files.",
            )
    if known is None:
        raise ImportRejected("no conversation of ChatGPT or Claude was found in it", NOTHING)
    return ChatFile(known, tuple(found.values()), left_out=+left_out)


def _format(value: Any) -> ChatFormat | None:
    if not isinstance(value, dict):
        return None
    return next((each for each, (is_one, _) in READERS.items() if is_one(value)), None)
