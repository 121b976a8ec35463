"""A plan carried out: everything in one transaction, or nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from memory.flow import audit
from memory.flow.fading import presence
from memory.flow.parts import Parts
from memory.flow.transfer.imports.planning import Plan
from memory.flow.transfer.imports.standing import topic_of
from memory.records import Act, EntityType, Mention, Relation, Role, Summary
from memory.records.archive import ArchivedMemory, ArchivedMention, ArchivedMessage
from memory.rules import policy
from memory.rules.query import attributed
from memory.store.archive_memories import LINKS
from memory.store.entity_tally import fullest_first
from memory.store.said import Saying
from memory.store.vectors import Vector

NOT_NAMED = frozenset(role.value for role in Role)
"""Speakers that are none: whose words they are is no part of what they mean."""


def embedded_text(plan: Plan, memory: ArchivedMemory) -> str:
    speaker = None if memory.speaker in NOT_NAMED else memory.speaker
    return attributed(plan.numbers.of(memory.text), speaker)


@dataclass(slots=True)
class _Rows:
    """Rows of here by the archive's ids."""

    memories: dict[int, int]
    messages: dict[int, int]
    sweeps: dict[int, int]
    talks: dict[str, int] = field(default_factory=dict)
    """By their names here."""
    entities: dict[int, int] = field(default_factory=dict)


def carry_out(
    parts: Parts,
    user_id: str,
    plan: Plan,
    vectors: Mapping[str, Vector],
    now: datetime,
    tell: Callable[[], None],
) -> None:
    """Call it in a transaction. ``vectors``: by the text that is embedded; ``tell`` is called for
    each memory and each message."""
    person_id, known = parts.store.people.find_or_add(user_id, now), plan.known
    rows = _Rows(dict(known.memories), dict(known.messages), dict(known.sweeps))
    _decide(parts, person_id, plan)
    _note_presence(parts, person_id, plan, now)
    _add_messages(parts, person_id, plan, rows, now, tell)
    for sweep in plan.added.sweeps:
        rows.sweeps[sweep.id] = parts.store.archive_import.add_sweep(person_id, sweep)
    _find_entities(parts, person_id, plan, rows)
    for memory in plan.added.memories:
        tell()
        _add_memory(parts, person_id, plan, memory, rows, vectors)
    _link(parts, plan, rows)
    _add_names_of_messages(parts, person_id, plan, rows)
    _add_summaries(parts, person_id, plan, rows)
    _add_ledger(parts, person_id, plan, rows)
    parts.store.archive_import.reserve(person_id, plan.numbers.used)
    counts = {what.replace(" ", "_"): n for what, n in plan.report.added.items()}
    classes = [each.data_class for each in plan.added.memories]
    audit.event(parts, person_id, Act.IMPORT, "import", now, counts, classes=classes)


# -- the person -----------------------------------------------------------------------------


def _decide(parts: Parts, person_id: int, plan: Plan) -> None:
    store, decided = parts.store, plan.decided
    for consent in decided.consents:
        store.archive_import.add_consent(person_id, consent)
    for name, value in decided.settings.items():
        store.preferences.set(person_id, name, plan.numbers.of(value))
    if decided.takes_rules:
        usual = policy.rules(preset=decided.rules.preset)
        store.choices.replace(person_id, decided.rules, usual)


def _note_presence(parts: Parts, person_id: int, plan: Plan, now: datetime) -> None:
    """Of a person of whom nothing is stored here, the time since the export was an absence: what is
    brought in does not fade because it lay in a file."""
    people = parts.store.people
    seen = people.last_seen(person_id)
    if plan.last_seen_at is not None and seen is not None and plan.last_seen_at < seen:
        people.set_last_seen(person_id, plan.last_seen_at)
    for absence in plan.added.absences:
        parts.store.archive_import.add_absence(person_id, absence)
    presence.note(parts, person_id, now)


# -- conversations --------------------------------------------------------------------------


def _add_messages(
    parts: Parts,
    person_id: int,
    plan: Plan,
    rows: _Rows,
    now: datetime,
    tell: Callable[[], None],
) -> None:
    store = parts.store
    # lists are newest first, and of two that were last said in at one moment the later begun
    for talk in map(plan.numbers.of, reversed(plan.added.talks)):
        rows.talks[talk.id] = store.archive_import.add_conversation(person_id, talk.id, talk)
    added = list(plan.added.all_messages())
    for name, message in sorted(added, key=lambda pair: pair[1].id):
        tell()
        if name not in rows.talks:
            rows.talks[name] = store.conversations.open(person_id, name, now)
        _add_message(parts, person_id, plan.numbers.of(message), rows.talks[name], rows)
    store.archive_import.link_answers(
        {
            rows.messages[each.id]: rows.messages[each.answers]
            for _, each in added
            if each.answers in rows.messages
        }
    )


def _add_message(
    parts: Parts, person_id: int, message: ArchivedMessage, talk: int, rows: _Rows
) -> None:
    store = parts.store
    row = store.archive_import.add_message(person_id, talk, message)
    rows.messages[message.id] = row
    if message.answered is not None:
        store.answers.add(row, message.answered)
    if message.read_by_model is not None:
        store.model_readings.record(row, message.read_by_model)


# -- memories -------------------------------------------------------------------------------


def _add_memory(
    parts: Parts,
    person_id: int,
    plan: Plan,
    memory: ArchivedMemory,
    rows: _Rows,
    vectors: Mapping[str, Vector],
) -> None:
    store, here = parts.store, plan.numbers.of(memory)
    row = store.archive_memories.add_memory(
        person_id,
        here,
        topic=topic_of(here),
        source_message_id=rows.messages.get(memory.source_message_id or 0),
        conversation_id=_talk_of(parts, person_id, memory, rows),
        sweep_id=rows.sweeps.get(memory.sweep_id or 0),
    )
    rows.memories[memory.id] = row
    store.vectors.add(row, vectors[embedded_text(plan, memory)])
    store.archive_memories.add_accesses(row, here, rows.messages)
    _add_names(parts, person_id, here, rows, row)


def _talk_of(parts: Parts, person_id: int, memory: ArchivedMemory, rows: _Rows) -> int | None:
    name = memory.conversation_id
    if name is None:
        return None
    if name not in rows.talks:
        found = parts.store.conversations.find(person_id, name)
        if found is None:
            return None
        rows.talks[name] = found
    return rows.talks[name]


def _link(parts: Parts, plan: Plan, rows: _Rows) -> None:
    """Memories to one another, and what begins to wait into the inbox: last, since what it took the
    place of holds meanwhile."""
    store = parts.store.archive_memories
    for memory in plan.added.memories:
        others = {name: rows.memories.get(getattr(memory, name) or 0) for name in LINKS}
        links = {name: other for name, other in others.items() if other is not None}
        if memory.id in plan.clashes.rivals:
            links["rival_id"] = plan.clashes.rivals[memory.id]
        store.link(rows.memories[memory.id], links)
        if (newer := plan.clashes.ended_by.get(memory.id)) is not None:
            ends = max(memory.said_at, newer.said_at)
            store.end(rows.memories[memory.id], newer.id, ends)
    store.set_waiting([rows.memories[ident] for ident in sorted(plan.waiting)])


# -- names ----------------------------------------------------------------------------------


def _find_entities(parts: Parts, person_id: int, plan: Plan, rows: _Rows) -> None:
    """Whom and what is spoken of: one that has the fullest name of another of its type here is that
    one, and all others are new."""
    names: dict[int, list[str]] = {}
    types: dict[int, EntityType] = {}
    for mention in _all_mentions(plan):
        names.setdefault(mention.entity_id, []).append(mention.name)
        types[mention.entity_id] = mention.type
    known = {
        (kind, name.casefold()): ident
        for ident, (kind, called) in parts.store.entities.names(person_id).items()
        for name in called
    }
    for ident, called in names.items():
        found = known.get((types[ident], fullest_first(called)[0].casefold()))
        if found is None:
            found = parts.store.entities.add(person_id, types[ident])
        rows.entities[ident] = found


def _all_mentions(plan: Plan) -> list[ArchivedMention]:
    things: list[ArchivedMemory | ArchivedMessage] = [*plan.added.memories]
    things += [message for _, message in plan.added.all_messages()]
    return [mention for thing in things for mention in thing.mentions]


def _add_names_of_messages(parts: Parts, person_id: int, plan: Plan, rows: _Rows) -> None:
    for _, message in plan.added.all_messages():
        _add_names(parts, person_id, plan.numbers.of(message), rows, None)


def _add_names(
    parts: Parts,
    person_id: int,
    thing: ArchivedMemory | ArchivedMessage,
    rows: _Rows,
    memory_row: int | None,
) -> None:
    """Of a memory, or of a message of which none was made."""

    def saying(at: datetime, message_id: int | None) -> Saying:
        said_in = thing.id if isinstance(thing, ArchivedMessage) else message_id
        return Saying(person_id, at, rows.messages.get(said_in or 0), memory_row)

    for each in thing.mentions:
        mention = Mention(each.name, each.type, attributes=each.attributes)
        parts.store.entities.mention(
            rows.entities[each.entity_id], mention, saying(each.at, each.message_id)
        )
    for said in thing.relations:
        subject, other = rows.entities.get(said.subject_id), rows.entities.get(said.object_id)
        if subject is None or other is None:
            continue
        nobody = Mention("", EntityType.CONCEPT)
        relation = Relation(nobody, said.verb, nobody, said.said, said.negated)
        parts.store.relations.add(subject, relation, other, saying(said.at, said.message_id))


# -- summaries and the ledger ---------------------------------------------------------------


def _add_summaries(parts: Parts, person_id: int, plan: Plan, rows: _Rows) -> None:
    for each in map(plan.numbers.of, plan.added.summaries):
        row = parts.store.conversations.find(person_id, each.conversation_id)
        told_of = tuple(rows.messages[i] for i in each.message_ids if i in rows.messages)
        if row is None or not told_of:
            continue
        summary = Summary(
            each.text, each.data_class, each.model, each.made_at, told_of, each.expires_at
        )
        parts.store.summaries.put(person_id, row, summary)


def _add_ledger(parts: Parts, person_id: int, plan: Plan, rows: _Rows) -> None:
    for each in plan.added.ledger:
        parts.store.archive_import.add_entry(
            person_id,
            each,
            rows.messages.get(each.message_id or 0),
            [rows.memories[ident] for ident in each.memory_ids if ident in rows.memories],
        )
