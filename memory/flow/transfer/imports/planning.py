"""What an import would do: all of it worked out before anything is written.

The same plan is what a dry run tells of and what an import carries out.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from memory.errors import ConsentRequired
from memory.flow.transfer.imports import matching, standing
from memory.flow.transfer.imports.deciding import Decided
from memory.flow.transfer.imports.expiry import expiry_of, is_over, sooner
from memory.flow.transfer.imports.guarding import Taken
from memory.flow.transfer.imports.here import Here
from memory.flow.transfer.imports.history import absences_of, entries_of, note_left_out, sweeps_of
from memory.flow.transfer.imports.matching import Pairs
from memory.flow.transfer.imports.numbering import Numbering, numbering
from memory.flow.transfer.imports.tally import Tally
from memory.records import (
    PERSONALIZATION,
    SENSITIVE,
    DataClass,
    LedgerEntry,
    MessageState,
    Role,
    Status,
)
from memory.records.archive import (
    Archive,
    ArchivedAbsence,
    ArchivedConversation,
    ArchivedMemory,
    ArchivedMessage,
    ArchivedSummary,
    ArchivedSweep,
)
from memory.records.memories import Revision
from memory.records.transfer import Clash, ImportReport, LeftOutBecause
from memory.rules import policy
from memory.rules.injection import is_instruction_to_a_model

TOLD_IN_ORDER = (
    "memories",
    "messages",
    "conversations",
    "summaries",
    "consents",
    "settings",
    "ledger entries",
    "sweeps",
    "absences",
)
"""All that is counted."""
MOST_TIMES = 10**9
"""That a memory was used or said: from there it can be counted on, and exported again."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Ids are the archive's, unless it is said that they are of here."""

    decided: Decided
    talks: Sequence[ArchivedConversation]
    """Those to begin, under their names here, and without their messages."""
    names: Mapping[str, str]
    """Of conversations here, by those of the archive."""
    messages: Mapping[str, Sequence[ArchivedMessage]]
    """To be added, by the name of their conversation here."""
    memories: Sequence[ArchivedMemory]
    waiting: frozenset[int]
    """Those of them that go into the inbox, though they were in use."""
    rivals: Mapping[int, int]
    """Of here, to memories that are at odds with them; so are the next."""
    ended_by: Mapping[int, ArchivedMemory]
    known_memories: Mapping[int, int]
    """Ids of here; so are the next two."""
    known_messages: Mapping[int, int]
    known_sweeps: Mapping[int, int]
    summaries: Sequence[ArchivedSummary]
    sweeps: Sequence[ArchivedSweep]
    absences: Sequence[ArchivedAbsence]
    ledger: Sequence[LedgerEntry]
    numbers: Numbering
    last_seen_at: datetime | None
    """When the person was last there; None where more is known here."""
    report: ImportReport


def plan(taken: Taken, here: Here, decided: Decided, now: datetime) -> Plan:
    """Raises ConsentRequired where nothing of what was said may be kept here."""
    archive, tally = taken.archive, Tally()
    if PERSONALIZATION not in decided.in_force and _says_anything(archive):
        raise ConsentRequired(PERSONALIZATION)
    pairs = matching.pair(archive, here)
    messages = _messages(archive, pairs, decided, tally)
    found = list(_memories(taken, pairs, decided, tally, now))
    clashes = standing.of_statements(found, here, pairs)
    tally.conflicts += clashes.conflicts
    waiting = {each.id for each in found if _begins_to_wait(each)} | clashes.rivals.keys()
    memories = [standing.doubted(each, clashes) for each in found]
    summaries = list(_summaries(archive, here, pairs, decided, tally))
    sweeps, known_sweeps = sweeps_of(archive, here, tally)
    absences = list(absences_of(archive, here, tally))
    ledger = list(entries_of(archive, here, tally))
    talks = list(_talks(taken, here, pairs, decided, tally))
    note_left_out(archive, tally)
    return Plan(
        decided=decided,
        talks=talks,
        names=pairs.talks,
        messages=messages,
        memories=memories,
        waiting=frozenset(waiting),
        rivals=clashes.rivals,
        ended_by=clashes.ended_by,
        known_memories={there: same.id for there, same in pairs.memories.items()},
        known_messages={there: same.id for there, same in pairs.messages.items()},
        known_sweeps=known_sweeps,
        summaries=summaries,
        sweeps=sweeps,
        absences=absences,
        ledger=ledger,
        numbers=numbering(
            archive, here, pairs, (memories, messages, talks, summaries, decided.settings)
        ),
        last_seen_at=archive.last_seen_at if here.is_empty else None,
        report=_report(taken, decided, memories, waiting, tally),
    )


def _says_anything(archive: Archive) -> bool:
    said = any(talk.messages for talk in archive.conversations)
    return said or any(each.purpose == PERSONALIZATION for each in archive.memories)


def _report(
    taken: Taken,
    decided: Decided,
    memories: Sequence[ArchivedMemory],
    waiting: set[int],
    tally: Tally,
) -> ImportReport:
    added = Counter({"memories": len(memories)}) + tally.added
    added += Counter({"consents": len(decided.consents), "settings": len(decided.settings)})
    proposed = sum(each.status is Status.PROPOSED for each in memories)
    return ImportReport(
        dry_run=True,
        person=taken.archive.person,
        added=_in_order(added),
        already_here=_in_order(tally.already_here + Counter(decided.already_here)),
        left_out=dict(tally.left_out + Counter(decided.left_out)),
        to_inbox=proposed + len(waiting),
        masked=taken.masked,
        forgotten=sum(each.status is Status.FORGOTTEN for each in memories),
        consents=tuple(e.purpose for e in decided.consents if e.revoked_at is None),
        settings=tuple(decided.settings),
        conflicts=(*decided.conflicts, *tally.conflicts),
    )


def _in_order(counts: Mapping[str, int]) -> dict[str, int]:
    """What a person asks for first; without what is none."""
    return {what: counts[what] for what in TOLD_IN_ORDER if counts[what]}


# -- memories -------------------------------------------------------------------------------


def _memories(
    taken: Taken, pairs: Pairs, decided: Decided, tally: Tally, now: datetime
) -> Iterator[ArchivedMemory]:
    """Those to be added, with what of them is decided here."""
    rules = decided.bounded_rules
    over = {each.id for each in taken.archive.memories if is_over(expiry_of(each, rules), now)}
    by_id = {each.id: each for each in taken.archive.memories}
    for each in taken.archive.memories:
        if each.id in pairs.memories:
            tally.already_here["memories"] += 1
            tally.conflicts += standing.differences(each, pairs.memories[each.id], pairs)
        elif each.purpose not in decided.in_force:
            tally.left_out[LeftOutBecause.NO_CONSENT] += 1
        elif _is_sensitive(each, taken) and SENSITIVE not in decided.in_force:
            tally.left_out[LeftOutBecause.SENSITIVE] += 1
        elif each.id in over or each.merged_into in over:
            tally.left_out[LeftOutBecause.OVER] += 1
        else:
            known = each.merged_into in by_id
            lone = each.status is Status.MERGED and not known
            yield replace(
                each,
                expires_at=expiry_of(each, rules),
                access_count=min(each.access_count, MOST_TIMES),
                times_said=min(each.times_said, MOST_TIMES),
                revisions=_revisions(each, taken, decided),
                status=Status.ACTIVE if lone else each.status,
                conversation_id=each.conversation_id and pairs.talks.get(each.conversation_id),
            )


def _revisions(memory: ArchivedMemory, taken: Taken, decided: Decided) -> tuple[Revision, ...]:
    """Without sensitive ones, where such things may not be kept."""
    if SENSITIVE in decided.in_force:
        return memory.revisions
    return tuple(e for e in memory.revisions if e.text not in taken.sensitive_texts)


def _is_sensitive(memory: ArchivedMemory, taken: Taken) -> bool:
    return memory.data_class is DataClass.SENSITIVE or memory.id in taken.sensitive


def _begins_to_wait(memory: ArchivedMemory) -> bool:
    usable = memory.status in (Status.ACTIVE, Status.ARCHIVED)
    return usable and memory.doubt is not None


# -- conversations --------------------------------------------------------------------------


def _messages(
    archive: Archive, pairs: Pairs, decided: Decided, tally: Tally
) -> dict[str, list[ArchivedMessage]]:
    """To be added, by the name of their conversation here."""
    found: dict[str, list[ArchivedMessage]] = {}
    for talk in archive.conversations:
        added = found.setdefault(pairs.talks[talk.id], [])
        for each in talk.messages:
            if each.id in pairs.messages:
                tally.already_here["messages"] += 1
                _note_erased(each, pairs.messages[each.id], tally)
            elif each.role is Role.SYSTEM:  # a model obeys it more than the person
                tally.left_out[LeftOutBecause.INSTRUCTION] += 1
            elif each.data_class is DataClass.SENSITIVE and SENSITIVE not in decided.in_force:
                tally.left_out[LeftOutBecause.SENSITIVE] += 1
            else:
                by_rules = policy.expires_at(
                    each.data_class, each.created_at, decided.bounded_rules
                )
                added.append(replace(each, expires_at=sooner(each.expires_at, by_rules)))
        tally.added["messages"] += len(added)
    return found


def _note_erased(there: ArchivedMessage, here: ArchivedMessage, tally: Tally) -> None:
    if here.state is MessageState.ERASED and there.state is not MessageState.ERASED:
        tally.clash(Clash.ERASED, "it stays erased", there.text)


def _talks(
    taken: Taken, here: Here, pairs: Pairs, decided: Decided, tally: Tally
) -> Iterator[ArchivedConversation]:
    for talk in taken.archive.conversations:
        name = pairs.talks[talk.id]
        if name not in here.talks:
            tally.added["conversations"] += 1
            hidden = talk.title in taken.sensitive_texts and SENSITIVE not in decided.in_force
            yield replace(talk, id=name, title="" if hidden else talk.title, messages=())
            continue
        tally.already_here["conversations"] += 1
        about = here.talks[name].about
        if (about.title, about.remembers) != (talk.title, talk.remembers):
            tally.clash(Clash.CONVERSATION, _told_of_talk(about), _told_of_talk(talk))


def _told_of_talk(talk: ArchivedConversation) -> str:
    return f"“{talk.title or talk.id}”, memory {'on' if talk.remembers else 'off'}"


def _summaries(
    archive: Archive, here: Here, pairs: Pairs, decided: Decided, tally: Tally
) -> Iterator[ArchivedSummary]:
    for each in archive.inferred.summaries:
        name = pairs.talks.get(each.conversation_id)
        if name is None:
            continue
        if (own := here.summaries.get(name)) is not None:
            same = matching.unnumbered(own.text) == matching.unnumbered(each.text)
            tally.already_here["summaries"] += same
            if not same:
                tally.clash(Clash.SUMMARY, own.text, each.text)
        elif is_instruction_to_a_model(each.text):
            tally.left_out[LeftOutBecause.INSTRUCTION] += 1
        elif each.data_class is DataClass.SENSITIVE and SENSITIVE not in decided.in_force:
            tally.left_out[LeftOutBecause.SENSITIVE] += 1
        else:
            tally.added["summaries"] += 1
            rules = decided.bounded_rules
            by_rules = policy.expires_at(each.data_class, each.made_at, rules)
            due = sooner(each.expires_at, by_rules)
            yield replace(each, conversation_id=name, expires_at=due)
