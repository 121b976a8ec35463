"""What of an archive may be stored: the same rules as for whatever else is taken in.

An archive can be edited by anybody. So each text is looked through for personal data, of which the
rules decide; its class is never looser than its words; what reads like an instruction to a model
waits in the inbox. What was worked out from a text stays with it: it stands in it word for word, or
is looked through itself.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace

from memory.flow.instructions import INSTRUCTIONS
from memory.flow.transfer.guard import LONGEST_NAME, Guard, Seen
from memory.records import (
    ClassReason,
    DataClass,
    Doubt,
    MessageState,
    Role,
    Statement,
    Status,
)
from memory.records.archive import (
    Archive,
    ArchivedConversation,
    ArchivedMemory,
    ArchivedMention,
    ArchivedMessage,
    ArchivedRelation,
    ArchivedSummary,
)
from memory.records.memories import Revision
from memory.rules import policy
from memory.rules.injection import is_instruction_to_a_model


@dataclass(frozen=True, slots=True)
class Taken:
    """An archive as it may be stored."""

    archive: Archive
    sensitive: frozenset[int]
    """Ids of memories that are, by their words, whatever class was chosen."""
    masked: int
    """Values that were not let in."""


def guarded(guard: Guard, archive: Archive, tell: Callable[[], None]) -> Taken:
    """``tell`` is called for each memory and each message."""
    memories, sensitive = [], set()
    for memory in archive.memories:
        tell()
        memories.append(_memory(guard, memory))
        if guard.see(memory.text).full.data_class is DataClass.SENSITIVE:
            sensitive.add(memory.id)
    conversations = [_conversation(guard, each, tell) for each in archive.conversations]
    summaries = tuple(_summary(guard, each) for each in archive.inferred.summaries)
    ledger = tuple(
        replace(
            each,
            provider=guard.name(each.provider),
            model=guard.name(each.model),
            sections={guard.name(name): tokens for name, tokens in each.sections.items()},
        )
        for each in archive.ledger
    )
    consents = tuple(
        replace(each, purpose=guard.name(each.purpose), text_version=guard.name(each.text_version))
        for each in archive.consents
    )
    settings = {
        name: guard.text(value) if name == INSTRUCTIONS else value
        for name, value in archive.settings.items()
    }
    taken = replace(
        archive,
        memories=tuple(memories),
        conversations=tuple(conversations),
        inferred=replace(archive.inferred, summaries=summaries),
        consents=consents,
        settings=settings,
        ledger=ledger,
    )
    return Taken(taken, frozenset(sensitive), guard.masked)


# -- memories -------------------------------------------------------------------------------


def _memory(guard: Guard, memory: ArchivedMemory) -> ArchivedMemory:
    seen = guard.see(memory.text)
    data_class, reason = _class_of(memory, seen)
    source = " ".join((seen.text, *(guard.text(each.text) for each in memory.revisions)))
    return _doubted(
        replace(
            memory,
            text=seen.text,
            data_class=data_class,
            class_reason=reason,
            purpose=guard.name(memory.purpose),
            conversation_id=_named(guard, memory.conversation_id),
            speaker=_named(guard, memory.speaker),
            importance_terms=_numbers(guard, memory.importance_terms),
            statement=_statement(guard, memory.statement, source),
            revisions=tuple(Revision(guard.text(e.text), e.replaced_at) for e in memory.revisions),
            accesses=tuple(
                replace(e, reason=guard.text(e.reason), terms=_numbers(guard, e.terms))
                for e in memory.accesses
            ),
            profile=tuple(
                replace(e, field=guard.name(e.field), value=guard.derived(e.value, source))
                for e in memory.profile
            ),
            mentions=_mentions(guard, memory.mentions, source),
            relations=_relations(guard, memory.relations, source),
        )
    )


def _class_of(memory: ArchivedMemory, seen: Seen) -> tuple[DataClass, ClassReason | None]:
    """Never looser than its words, unless the person chose it."""
    if memory.class_reason is ClassReason.CHOSEN:
        return memory.data_class, memory.class_reason
    found = seen.full if memory.statement is None else seen.loose
    if policy.strictest([memory.data_class, found.data_class]) is memory.data_class:
        return memory.data_class, memory.class_reason or found.reason
    return found.data_class, found.reason


def _doubted(memory: ArchivedMemory) -> ArchivedMemory:
    """What reads like an instruction to a model waits, whatever was decided elsewhere."""
    if memory.status is Status.PROPOSED:
        return replace(memory, doubt=memory.doubt or Doubt.ASKED)
    usable = (Status.ACTIVE, Status.ARCHIVED)
    if memory.status in usable and is_instruction_to_a_model(memory.text):
        return replace(memory, doubt=Doubt.INSTRUCTION)
    return memory


def _statement(guard: Guard, statement: Statement | None, source: str) -> Statement | None:
    if statement is None:
        return None
    texts = {
        each.name: guard.derived(getattr(statement, each.name), source)
        for each in fields(statement)
        if isinstance(getattr(statement, each.name), str) and each.name != "kind"
    }
    steps = tuple(guard.derived(step, source) for step in statement.steps)
    return replace(statement, **texts, steps=steps)  # type: ignore[arg-type]


def _mentions(
    guard: Guard, mentions: tuple[ArchivedMention, ...], source: str
) -> tuple[ArchivedMention, ...]:
    return tuple(
        replace(
            each,
            name=guard.derived(each.name, source)[:LONGEST_NAME],
            attributes={
                guard.name(name): guard.derived(value, source)
                for name, value in each.attributes.items()
            },
        )
        for each in mentions
        if each.name.strip()
    )


def _relations(
    guard: Guard, relations: tuple[ArchivedRelation, ...], source: str
) -> tuple[ArchivedRelation, ...]:
    return tuple(
        replace(
            each,
            verb=guard.derived(each.verb, source)[:LONGEST_NAME],
            said=guard.derived(each.said, source)[:LONGEST_NAME],
        )
        for each in relations
    )


# -- conversations --------------------------------------------------------------------------


def _conversation(
    guard: Guard, talk: ArchivedConversation, tell: Callable[[], None]
) -> ArchivedConversation:
    messages = []
    for each in talk.messages:
        tell()
        messages.append(_message(guard, each))
    title = guard.text(talk.title)[:LONGEST_NAME]
    return replace(talk, id=guard.name(talk.id), title=title, messages=tuple(messages))


def _message(guard: Guard, message: ArchivedMessage) -> ArchivedMessage:
    if message.state is MessageState.ERASED:
        return message
    seen = guard.see(message.text)
    answered = message.answered
    return replace(
        message,
        text=seen.text,
        data_class=_class_of_message(message, seen),
        speaker=_named(guard, message.speaker),
        masked=tuple(dict.fromkeys((*message.masked, *seen.masked))),
        note=guard.text(message.note),
        answered=answered and replace(answered, model=guard.name(answered.model)),
        mentions=_mentions(guard, message.mentions, seen.text),
        relations=_relations(guard, message.relations, seen.text),
    )


def _class_of_message(message: ArchivedMessage, seen: Seen) -> DataClass:
    """Never looser than its words; where an answer says “I”, it does not speak of the person."""
    found = seen.full.data_class
    if message.role is not Role.USER and found not in policy.STAY_HOME:
        return message.data_class
    return policy.strictest([message.data_class, found])


def _summary(guard: Guard, summary: ArchivedSummary) -> ArchivedSummary:
    seen = guard.see(summary.text)
    return replace(
        summary,
        conversation_id=guard.name(summary.conversation_id),
        text=seen.text,
        model=guard.name(summary.model),
        data_class=policy.strictest([summary.data_class, seen.full.data_class]),
    )


def _named(guard: Guard, name: str | None) -> str | None:
    return None if name is None else guard.name(name)


def _numbers(guard: Guard, terms: Mapping[str, float]) -> dict[str, float]:
    return {guard.name(name): number for name, number in terms.items()}
