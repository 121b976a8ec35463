"""A batch of messages from elsewhere: worked out together, then written in one transaction.

What the person said goes the way of ``observe``. It is not hot, and does not make its conversation
the latest: it was said long ago. What an assistant said is kept as answers here are.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from memory.errors import ConsentRequired, InvalidInput
from memory.flow import intake, learn, study
from memory.flow.chats.ahead import ReadAhead
from memory.flow.chats.choosing import WaitingMessage
from memory.flow.chats.tally import Tally
from memory.flow.conversations import MAX_TITLE_BYTES
from memory.flow.parts import Parts
from memory.flow.study import Studied
from memory.records import ChatFound, DataClass, Omission, Role
from memory.rules import confirmation

OTHERWISE_NAMED = "{name} (imported)"
"""Where the person has a conversation of that name already."""


@dataclass(slots=True)
class Conversations:
    """Those that the batches are of, as they go on from one to the next."""

    names: dict[str, str] = field(default_factory=dict)
    """What each is called here."""
    titles: dict[str, str] = field(default_factory=dict)
    asked: dict[str, DataClass] = field(default_factory=dict)
    """The class of what the person said last in each."""


def read_ahead(parts: Parts, batch: Sequence[WaitingMessage]) -> Parts:
    """What the person says is read with its grammar; answers are looked through."""
    own = {each.message.text for each in batch if each.message.role is Role.USER}
    others = {each.message.text for each in batch} - own
    return replace(parts, language=ReadAhead(parts.language, sorted(own), sorted(others)))


def bring_in(
    parts: Parts,
    user_id: str,
    person_id: int,
    batch: Sequence[WaitingMessage],
    going_on: Conversations,
    tally: Tally,
) -> None:
    """Raises ConsentRequired when the consent is withdrawn meanwhile."""
    reading = read_ahead(parts, batch)
    pending: list[tuple[WaitingMessage, Studied]] = []
    for waiting in batch:
        text, role = waiting.message.text, waiting.message.role
        if role is Role.USER and confirmation.confirms(text) and pending:
            _write(parts, user_id, person_id, pending, going_on, tally)
            pending = []  # it looks back at what was said before it
        _open(parts, person_id, waiting.chat, going_on)
        studied = _studied(reading, user_id, person_id, waiting, going_on)
        pending.append((waiting, studied))
    _write(parts, user_id, person_id, pending, going_on, tally)


def _open(parts: Parts, person_id: int, chat: ChatFound, going_on: Conversations) -> None:
    """What it is called here; its title is masked as a message is."""
    if chat.name in going_on.names:
        return
    found = parts.store.conversations.find(person_id, chat.name)
    own = found is not None and not parts.store.chat_imports.began(found)
    name = OTHERWISE_NAMED.format(name=chat.name) if own else chat.name
    going_on.names[chat.name] = name
    going_on.titles[chat.name] = _title(parts, person_id, chat.title)


def _title(parts: Parts, person_id: int, title: str) -> str:
    """Empty for one that may not be kept: then it is called by the first thing said in it."""
    short = " ".join(title.split()).encode("utf-8", "replace")[:MAX_TITLE_BYTES]
    try:
        given = intake.clean(short.decode("utf-8", "ignore"), MAX_TITLE_BYTES, "title")
        return intake.take_own(parts, person_id, given).text
    except (ConsentRequired, InvalidInput):
        return ""


def _studied(
    parts: Parts, user_id: str, person_id: int, waiting: WaitingMessage, going_on: Conversations
) -> Studied:
    chat, message, said_at = waiting.chat.name, waiting.message, waiting.said_at
    if message.role is not Role.USER:
        asked = going_on.asked.get(chat, DataClass.PUBLIC)
        return study.answer(parts, user_id, person_id, message.text, said_at=said_at, asked=asked)
    studied = study.worked_out(
        parts,
        user_id,
        person_id,
        message.role,
        message.text,
        said_at=said_at,
        conversation=going_on.names[chat],
    )
    going_on.asked[chat] = studied.intake.data_class
    return studied


def _write(
    parts: Parts,
    user_id: str,
    person_id: int,
    pending: Sequence[tuple[WaitingMessage, Studied]],
    going_on: Conversations,
    tally: Tally,
) -> None:
    """What of it is here by now, because another import brought it in meanwhile, is passed over."""
    found = study.embedded(parts, [studied for _, studied in pending])
    with parts.store.transaction():
        now = parts.clock()
        import_id, messages = tally.begin(parts, user_id, person_id, now), 0
        for (waiting, _), studied in zip(pending, found, strict=True):
            if parts.store.chat_imports.is_known(person_id, waiting.source):
                tally.left_out[Omission.KNOWN] += 1
                continue
            name = going_on.names[waiting.chat.name]
            begins = parts.store.conversations.find(person_id, name) is None
            written = learn.write(parts, studied, person_id, name, now, is_past=True)
            if written.message_id is None:
                tally.left_out[_why(written)] += 1
                continue
            parts.store.chat_imports.add_message(
                person_id, import_id, waiting.source, written.message_id
            )
            if begins:
                _name(parts, person_id, name, import_id, going_on.titles[waiting.chat.name])
            tally.conversations.add(name)
            tally.messages[waiting.message.role] += 1
            tally.count(written.kept)
            messages += 1
        tally.audit(parts, person_id, messages, now)


def _why(written: learn.Written) -> Omission:
    if written.studied.skipped == learn.RULES_CHANGED:
        return Omission.RULES_CHANGED
    return Omission.SENSITIVE


def _name(parts: Parts, person_id: int, name: str, import_id: int, title: str) -> None:
    """A conversation that the import began."""
    found = parts.store.conversations.find(person_id, name)
    assert found is not None, "something was just said in it"
    parts.store.chat_imports.add_conversation(import_id, found)
    parts.store.conversations.rename(found, title)
