"""Messages that are not stored: without consent, private, or because the file could not be written.
They live here and nowhere else, and are gone with the process."""

import threading
from collections import OrderedDict
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count

from memory.records import (
    Answered,
    DataClass,
    KeptContext,
    Label,
    Message,
    MessageState,
    Role,
    Terms,
)

MAX_CHATS = 20
"""The oldest leaves: a reloaded page can never come back to its chat."""
MAX_MESSAGES = 400


@dataclass(frozen=True, slots=True)
class BuiltOn:
    """A memory that an answer was built on, without its text."""

    memory_id: int
    score: float
    similarity: float
    terms: Terms
    reason: str


@dataclass(frozen=True, slots=True)
class Provenance:
    """How an answer came about."""

    answered: Answered
    given: KeptContext | None
    built_on: tuple[BuiltOn, ...]
    message_ids: tuple[int, ...] = ()
    """Stored messages that went into what was given."""


class Transcripts:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._chats: OrderedDict[tuple[str, str], list[Message]] = OrderedDict()
        self._answers: dict[int, Provenance] = {}
        """By their ids."""
        self._ids = count(-1, -1)

    def add(
        self,
        user_id: str,
        conversation_id: str,
        role: Role,
        text: str,
        *,
        now: datetime,
        state: MessageState = MessageState.COMPLETE,
        masked: tuple[Label, ...] = (),
        note: str = "",
        data_class: DataClass = DataClass.PERSONAL,
        may_be_stored: bool = False,
        provenance: Provenance | None = None,
    ) -> int:
        """Returns the message's id: negative, so it can never be a row's.

        ``note``: why it is here, when it should have been stored.
        """
        message = Message(
            id=next(self._ids),
            user_id=user_id,
            conversation_id=conversation_id,
            role=role,
            text=text,
            speaker=None,
            state=state,
            created_at=now,
            said_at=now,
            masked=masked,
            note=note,
            data_class=data_class,
            may_be_stored=may_be_stored,
        )
        with self._lock:
            chat = self._chats.setdefault((user_id, conversation_id), [])
            chat.append(message)
            del chat[:-MAX_MESSAGES]
            self._chats.move_to_end((user_id, conversation_id))
            while len(self._chats) > MAX_CHATS:
                self._chats.popitem(last=False)
            if provenance is not None:
                self._answers[message.id] = provenance
            self._forget_gone()
        return message.id

    def provenance(self, message_id: int) -> Provenance | None:
        """Of an answer; None for what is none."""
        with self._lock:
            return self._answers.get(message_id)

    def built_on(self, user_id: str, memory_ids: Collection[int]) -> set[int]:
        """Ids of the person's answers that were built on any of the memories."""
        chosen = set(memory_ids)
        with self._lock:
            return self._built_on(user_id, chosen) if chosen else set()

    def _built_on(self, user_id: str, memory_ids: Collection[int]) -> set[int]:
        return {
            message.id
            for (owner, _), chat in self._chats.items()
            if owner == user_id
            for message in chat
            if (kept := self._answers.get(message.id)) is not None
            and any(each.memory_id in memory_ids for each in kept.built_on)
        }

    def _forget_gone(self) -> None:
        """What belongs to messages that are here no more. Call it under the lock."""
        here = {message.id for chat in self._chats.values() for message in chat}
        self._answers = {ident: kept for ident, kept in self._answers.items() if ident in here}

    def messages(
        self, user_id: str, conversation_id: str, before: int | None = None
    ) -> list[Message]:
        """Oldest first; ``before``: only what was said before the message of this id."""
        with self._lock:
            chat = list(self._chats.get((user_id, conversation_id), ()))
        ids = [message.id for message in chat]
        return chat[: ids.index(before)] if before in ids else chat

    def message(self, message_id: int) -> Message | None:
        """Of whichever person."""
        with self._lock:
            every = (message for chat in self._chats.values() for message in chat)
            return next((message for message in every if message.id == message_id), None)

    def cut(self, user_id: str, conversation_id: str, message_id: int) -> None:
        """Drop the message of this id, and all after it."""
        with self._lock:
            chat = self._chats.get((user_id, conversation_id), [])
            ids = [message.id for message in chat]
            if message_id in ids:
                del chat[ids.index(message_id) :]
                self._forget_gone()

    def remove(self, user_id: str, message_id: int) -> None:
        """Drop the message of this id alone."""
        with self._lock:
            for (owner, _), chat in self._chats.items():
                if owner == user_id:
                    chat[:] = [message for message in chat if message.id != message_id]
            self._forget_gone()

    def drop_telling(
        self,
        user_id: str,
        texts: Collection[str],
        memory_ids: Collection[int] = (),
        message_ids: Collection[int] = (),
    ) -> None:
        """Every message of the person's chats that holds one of the texts, every answer that was
        built on one of the memories, and what a model was given of them, or of the messages: they
        were erased."""
        with self._lock:
            built_on = self._built_on(user_id, set(memory_ids))
            for (owner, _), chat in self._chats.items():
                if owner == user_id:
                    chat[:] = [
                        message
                        for message in chat
                        if message.id not in built_on
                        and not any(text in message.text for text in texts)
                    ]
            self._forget_gone()
            erased = set(message_ids)
            for ident, kept in self._answers.items():
                given = () if kept.given is None else (m["content"] for m in kept.given.messages)
                if erased & set(kept.message_ids) or any(
                    text in each for each in given for text in texts
                ):
                    self._answers[ident] = replace(kept, given=None)

    def named(self, conversation_id: str) -> list[Message]:
        """Of whichever person."""
        with self._lock:
            return [
                message
                for (_, name), chat in self._chats.items()
                if name == conversation_id
                for message in chat
            ]

    def drop(self, user_id: str, conversation_id: str | None = None) -> None:
        """One chat of the person, or all of them."""
        with self._lock:
            for key in [
                key
                for key in self._chats
                if key[0] == user_id and conversation_id in (None, key[1])
            ]:
                del self._chats[key]
            self._forget_gone()
