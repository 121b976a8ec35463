"""What of an archive may be stored: the same rules as for whatever else is taken in.

An archive can be edited by anybody. So each text is looked through for personal data, of which the
rules decide; its class is never looser than its words; what reads like an instruction to a model
waits in the inbox. What was worked out from a text stays with it: it stands in it word for word, or
is looked through itself.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from memory.flow.instructions import INSTRUCTIONS
from memory.flow.transfer.imports.texts import Guard, Seen
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
from memory.rules import policy, told
from memory.rules.injection import is_instruction_to_a_model

LONGEST_DERIVED = 4096
"""Characters of a name, a value or a title."""
PLACEHOLDER = re.compile(r"\[[A-Z_]+(?:_\d+)?\]")


@dataclass(frozen=True, slots=True)
class Taken:
    """An archive as it may be stored."""

    archive: Archive
    sensitive: frozenset[int]
    """Ids of memories that are, by their words, whatever class was chosen."""
    sensitive_texts: frozenset[str]
    """Earlier wordings, titles and instructions that are."""
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
    return Taken(taken, frozenset(sensitive), _sensitive_texts(guard, archive), guard.masked)


def _sensitive_texts(guard: Guard, archive: Archive) -> frozenset[str]:
    given = [each.text for memory in archive.memories for each in memory.revisions]
    given += [talk.title for talk in archive.conversations]
    given += [archive.settings.get(INSTRUCTIONS, "")]
    found = map(guard.see, given)
    return frozenset(e.text for e in found if e.full.data_class is DataClass.SENSITIVE)


# -- memories -------------------------------------------------------------------------------


def _memory(guard: Guard, memory: ArchivedMemory) -> ArchivedMemory:
    seen = guard.see(memory.text)
    data_class, reason = _class_of(memory, seen)
    revisions = tuple(Revision(guard.text(e.text), e.replaced_at) for e in memory.revisions)
    source = _Source(guard, seen, "\n".join(each.text for each in revisions), data_class)
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
            statement=_statement(source, memory.statement),
            revisions=revisions,
            accesses=tuple(
                replace(e, reason=guard.text(e.reason), terms=_numbers(guard, e.terms))
                for e in memory.accesses
            ),
            profile=tuple(
                replace(each, value=value)
                for each in memory.profile
                if (value := source.stated(each.field, each.value))
            ),
            mentions=_mentions(source, memory.mentions),
            relations=_relations(source, memory.relations),
        )
    )


@dataclass(frozen=True, slots=True)
class _Source:
    """A text that other things were worked out from."""

    guard: Guard
    seen: Seen
    others: str = ""
    """Its earlier wordings."""
    data_class: DataClass = DataClass.PUBLIC

    def derived(self, given: str) -> str:
        """As it may be stored; empty for what may not. Where nothing was masked in the text, it
        may be worded otherwise than there, and is looked through by itself."""
        found = self.seen.derived(given, self.others)
        if found is None and not self.seen.masked and self._may_say(given):
            found = self.guard.text(given)
        return (found or "")[:LONGEST_DERIVED]

    def word(self, given: str) -> str:
        """Such as the lemma of a verb, which need not stand in the text."""
        found = self.seen.derived(given) or (self.guard.text(given) if self._may_say(given) else "")
        return found[:LONGEST_DERIVED]

    def stated(self, field: str, value: str) -> str:
        """The value of a field of the profile. What is no name of a field has none."""
        is_name = told.field_name(field) and self.guard.text(field) == field
        stands = self.seen.derived(value, self.others) is not None
        may_say = self._may_say(field) and (stands or self._may_say(told.sentence(field, value)))
        return self.derived(value) if is_name and may_say else ""

    def _may_say(self, given: str) -> bool:
        """What does not stand in the text is not sensitive beside one that is not, and orders
        nothing: by the text alone it is decided what may be kept and what waits."""
        allowed = (self.data_class, self.seen.full.data_class)
        found = self.guard.see(given).full.data_class
        may_be_kept = found is not DataClass.SENSITIVE or found in allowed
        return may_be_kept and not is_instruction_to_a_model(given)


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
    # one that was merged into what does not come in is in use again
    usable = memory.status in (Status.ACTIVE, Status.ARCHIVED, Status.MERGED)
    orders = usable and is_instruction_to_a_model(memory.text)
    return replace(memory, doubt=Doubt.INSTRUCTION) if orders else memory


def _statement(source: _Source, statement: Statement | None) -> Statement | None:
    if statement is None:
        return None
    return replace(
        statement,
        text=source.derived(statement.text) or source.seen.text,
        about=source.derived(statement.about),
        attribute=source.word(statement.attribute),
        value=source.derived(statement.value),
        instead_of=source.derived(statement.instead_of),
        steps=tuple(source.derived(step) for step in statement.steps),
        problem=source.word(statement.problem),
        fix=source.derived(statement.fix),
    )


def _mentions(
    source: _Source, mentions: tuple[ArchivedMention, ...]
) -> tuple[ArchivedMention, ...]:
    """Without those whose names may not be stored."""
    return tuple(
        replace(
            each,
            name=name,
            attributes={
                source.guard.name(kind): source.word(value)
                for kind, value in each.attributes.items()
            },
        )
        for each in mentions
        if each.name.strip() and (name := source.derived(each.name)) and not _is_masked(name)
    )


def _is_masked(name: str) -> bool:
    """Nothing but a placeholder."""
    return bool(PLACEHOLDER.fullmatch(name))


def _relations(
    source: _Source, relations: tuple[ArchivedRelation, ...]
) -> tuple[ArchivedRelation, ...]:
    """What one of its two is not mentioned for is dropped when it is written."""
    return tuple(
        replace(each, verb=source.word(each.verb), said=source.word(each.said))
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
    title = guard.text(talk.title)[:LONGEST_DERIVED]
    return replace(talk, id=guard.name(talk.id), title=title, messages=tuple(messages))


def _message(guard: Guard, message: ArchivedMessage) -> ArchivedMessage:
    seen = guard.see(message.text)
    answered, is_erased = message.answered, message.state is MessageState.ERASED
    source = _Source(guard, seen, data_class=message.data_class)
    return replace(
        message,
        text=seen.text,
        data_class=_class_of_message(message, seen),
        speaker=_named(guard, message.speaker),
        masked=tuple(dict.fromkeys((*message.masked, *seen.masked))),
        note=source.word(message.note),
        answered=answered and replace(answered, model=guard.name(answered.model)),
        mentions=_mentions(source, () if is_erased else message.mentions),
        relations=_relations(source, () if is_erased else message.relations),
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
