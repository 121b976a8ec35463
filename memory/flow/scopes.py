"""What an erasure is about: which memories, messages and conversations a request reaches.

Ask under the transaction that deletes: a scope worked out before it misses what was written since.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from memory.errors import InvalidInput, NotFound
from memory.flow import derive, earlier, intake
from memory.flow.instructions import INSTRUCTIONS
from memory.flow.parts import Parts
from memory.records import PERSONALIZATION, SENSITIVE, DataClass
from memory.rules.entities import aliases
from memory.store.selection import as_words


@dataclass(frozen=True, slots=True)
class Scope:
    """What an erasure is about."""

    name: str
    memory_ids: tuple[int, ...]
    message_ids: tuple[int, ...] = ()
    conversation_ids: tuple[int, ...] = ()
    """Erased with their messages."""
    title_ids: tuple[int, ...] = ()
    """Conversations whose own titles tell what is erased: they lose them."""
    import_ids: tuple[int, ...] = ()
    """Imports that go with what they brought in."""
    settings: tuple[str, ...] = ()
    """Keys of settings that tell it: the person's own instructions."""
    revision_ids: tuple[int, ...] = ()
    """Earlier wordings that tell it, of memories that stay."""
    context_ids: tuple[int, ...] = ()
    """Answers whose kept contexts tell it: those go, beside the ones that what goes went into."""
    summary_ids: tuple[int, ...] = ()
    """Likewise, of conversations that stay."""
    with_same_words: bool = False
    """A statement goes with its turn. What is due goes by itself: each memory has days of its own,
    and what is forgotten was forgotten with all that holds its words."""
    everything: bool = False
    all_conversations: bool = False
    """Also what the hot cache holds of them, and the numbers of what was masked in them."""


Due = dict[tuple[int, str], Scope]
"""What must be erased now, by person and reason."""


@dataclass(frozen=True, slots=True)
class Target:
    """What a caller wants erased: one thing, or everything when nothing is named.

    Raises InvalidInput for more than one, and for memories kept of anything but a conversation.
    """

    memory: int | None = None
    conversation: str | None = None
    entity: int | None = None
    purpose: str | None = None
    keep_memories: bool = False
    """Of a conversation: what was learnt from it stays."""
    imported: int | None = None
    """An import, with all it brought in and all that was learnt from it."""

    @property
    def is_everything(self) -> bool:
        return not self._given()

    def _given(self) -> list[str]:
        things = ("memory", "conversation", "entity", "purpose", "imported")
        return [name for name in things if getattr(self, name) is not None]

    def __post_init__(self) -> None:
        given = self._given()
        if len(given) > 1:
            raise InvalidInput(f"Erase one thing at a time, not {' and '.join(given)} together.")
        if self.keep_memories and given != ["conversation"]:
            raise InvalidInput("Memories can be kept of a conversation only. Name one.")


def of_target(parts: Parts, person_id: int, target: Target) -> Scope:
    """Raises NotFound for what is not there, or another person's."""
    if target.memory is not None:
        return _of_memory(parts, person_id, target.memory)
    if target.conversation is not None:
        return _of_conversation(parts, person_id, target.conversation, target.keep_memories)
    if target.entity is not None:
        return _of_entity(parts, person_id, target.entity)
    if target.purpose is not None:
        return of_purpose(parts, person_id, target.purpose)
    if target.imported is not None:
        return _of_import(parts, person_id, target.imported)
    return _of_everything(parts, person_id)


def _of_memory(parts: Parts, person_id: int, memory: int) -> Scope:
    if parts.store.memories.person_of(memory) != person_id:
        raise NotFound("memory", memory)
    return Scope("memory", with_parts(parts, [memory]), with_same_words=True)


def with_parts(parts: Parts, memory_ids: Iterable[int]) -> tuple[int, ...]:
    """Whoever erases a merged memory means the memories it was made of as well."""
    whole = list(memory_ids)
    merged = (part.id for ident in whole for part in parts.store.memories.merged_from(ident))
    return tuple(dict.fromkeys([*whole, *merged]))


def _of_conversation(parts: Parts, person_id: int, name: str, keep_memories: bool) -> Scope:
    found = parts.store.conversations.find(person_id, name)
    if found is None:
        raise NotFound("conversation", name)
    return Scope(
        "conversation",
        () if keep_memories else tuple(parts.store.holdings.of_conversation(found)),
        tuple(message.id for message in parts.store.messages.all(found)),
        (found,),
    )


def _of_import(parts: Parts, person_id: int, import_id: int) -> Scope:
    """What the person said since stays: in one of its conversations, or once more elsewhere."""
    imports = parts.store.chat_imports
    if imports.person_of(import_id) != person_id:
        raise NotFound("import", import_id)
    return Scope(
        "import",
        with_parts(parts, imports.memories(import_id, derive.SAID_AGAIN)),
        tuple(imports.messages(import_id)),
        tuple(imports.conversations(import_id)),
        import_ids=(import_id,),
    )


def _of_entity(parts: Parts, person_id: int, entity: int) -> Scope:
    """The entity with every memory, earlier wording and message that says any of its names."""
    known = parts.store.entities.names(person_id)
    if entity not in known:
        raise NotFound("entity", entity)
    names = {each for name in known[entity][1] for each in aliases.spellings(name)}
    memories, messages = parts.store.selection.naming(person_id, names)
    mentioning, saying = parts.store.entities.places(entity)
    named = as_words(names)
    behind = parts.store.contexts.masked_values(person_id)
    scope = _with_own_words(
        parts,
        person_id,
        Scope("entity", tuple({*mentioning, *memories}), tuple({*saying, *messages})),
        lambda text: bool(named.search(text)),
    )
    # where a pseudonym stands for it, no text says it
    masked = [ident for ident, values in behind.items() if any(map(named.search, values))]
    return replace(scope, context_ids=(*scope.context_ids, *masked))


def _with_own_words(
    parts: Parts, person_id: int, scope: Scope, tells: Callable[[str], bool]
) -> Scope:
    """And what the person wrote about the app itself, where it tells what is erased; with it goes
    what models were given of it."""
    titles = parts.store.conversations.titles(person_id)
    settings = parts.store.preferences.all(person_id)
    told_titles = {ident: title for ident, title in titles.items() if tells(title)}
    told_settings = {key: text for key, text in settings.items() if tells(text)}
    told = [text for text in (*told_titles.values(), *told_settings.values()) if text]
    summaries = parts.store.summaries.texts(person_id)
    summary_ids = tuple(ident for ident, text in summaries.items() if tells(text))
    given = earlier.given_contexts(parts, summary_ids)
    contexts = parts.store.contexts.texts(person_id)
    return replace(
        scope,
        title_ids=tuple(told_titles),
        settings=tuple(told_settings),
        summary_ids=summary_ids,
        context_ids=(
            *given,
            *(ident for ident, text in contexts.items() if any(own in text for own in told)),
        ),
    )


def of_purpose(parts: Parts, person_id: int, purpose: str) -> Scope:
    """Personalization is also what conversations are kept for: they go with it. With the consent
    to what is sensitive go the messages of that class, too."""
    holdings = parts.store.holdings
    memory_ids = tuple(holdings.of_purpose(person_id, purpose))
    if purpose == PERSONALIZATION:
        message_ids = _all_message_ids(parts, person_id)
        conversation_ids = tuple(parts.store.conversations.ids(person_id))
        return Scope(
            "purpose",
            memory_ids,
            message_ids,
            conversation_ids,
            settings=tuple({INSTRUCTIONS} & parts.store.preferences.all(person_id).keys()),
            import_ids=tuple(each.id for each in parts.store.chat_imports.all(person_id)),
            all_conversations=True,
        )
    if purpose == SENSITIVE:
        said = holdings.messages_of_classes(person_id, [DataClass.SENSITIVE])
        worded = parts.store.memories.earlier_wordings(person_id)
        scope = Scope(
            "purpose",
            memory_ids,
            tuple(said),
            revision_ids=tuple(
                ident for ident, text in worded.items() if _is_sensitive(parts, text)
            ),
        )
        return _with_own_words(parts, person_id, scope, partial(_is_sensitive, parts))
    return Scope("purpose", memory_ids)


def _is_sensitive(parts: Parts, text: str) -> bool:
    return intake.class_of(parts, text).data_class is DataClass.SENSITIVE


def _of_everything(parts: Parts, person_id: int) -> Scope:
    return Scope(
        "everything",
        tuple(parts.store.holdings.memories(person_id)),
        _all_message_ids(parts, person_id),
        everything=True,
    )


def _all_message_ids(parts: Parts, person_id: int) -> tuple[int, ...]:
    return tuple(parts.store.messages.ids(person_id))


def due(parts: Parts, expired_by: datetime, forgotten_by: datetime) -> Due:
    """What expired, was forgotten or was replaced up to these moments."""
    holdings = parts.store.holdings
    found = {
        (person_id, reason): Scope(reason, with_parts(parts, ids))
        for person_id, reasons in holdings.due_memories(expired_by, forgotten_by).items()
        for reason, ids in reasons.items()
    }
    for person_id, ids in holdings.expired_messages(expired_by).items():
        memory_ids = found.get((person_id, "expired"), Scope("expired", ())).memory_ids
        found[person_id, "expired"] = Scope("expired", memory_ids, tuple(ids))
    for person_id, ids in parts.store.summaries.expired(expired_by).items():
        scope = found.get((person_id, "expired"), Scope("expired", ()))
        given = earlier.given_contexts(parts, ids)
        found[person_id, "expired"] = replace(scope, summary_ids=tuple(ids), context_ids=given)
    for person_id, ids in holdings.replaced_messages(forgotten_by).items():
        found[person_id, "replaced"] = Scope("replaced", (), tuple(ids))
    return found
