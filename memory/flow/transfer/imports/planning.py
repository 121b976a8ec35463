"""What an import would do: all of it worked out before anything is written.

The same plan is what a dry run tells of and what an import carries out.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from memory.errors import ConsentRequired
from memory.flow.transfer.imports import adding, history, matching, standing
from memory.flow.transfer.imports.deciding import Decided
from memory.flow.transfer.imports.guarding import Taken
from memory.flow.transfer.imports.here import Here
from memory.flow.transfer.imports.numbering import Numbering, numbering
from memory.flow.transfer.imports.standing import Clashes
from memory.flow.transfer.imports.tally import Tally
from memory.records import PERSONALIZATION, LedgerEntry, Status
from memory.records.archive import (
    Archive,
    ArchivedAbsence,
    ArchivedConversation,
    ArchivedMemory,
    ArchivedMessage,
    ArchivedSummary,
    ArchivedSweep,
)
from memory.records.transfer import ImportReport

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


@dataclass(frozen=True, slots=True)
class Added:
    """What is not here yet and is brought in, with the ids of the archive."""

    memories: Sequence[ArchivedMemory]
    talks: Sequence[ArchivedConversation]
    """Those to begin, under their names here, and without their messages."""
    messages: Mapping[str, Sequence[ArchivedMessage]]
    """By the name of their conversation here, which may be one that is here already."""
    summaries: Sequence[ArchivedSummary]
    sweeps: Sequence[ArchivedSweep]
    absences: Sequence[ArchivedAbsence]
    ledger: Sequence[LedgerEntry]

    def all_messages(self) -> Iterator[tuple[str, ArchivedMessage]]:
        """Each with the name of its conversation here."""
        for talk, messages in self.messages.items():
            for message in messages:
                yield talk, message


@dataclass(frozen=True, slots=True)
class Known:
    """What is here already: ids of here by those of the archive."""

    memories: Mapping[int, int]
    messages: Mapping[int, int]
    sweeps: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Plan:
    decided: Decided
    """Consents, settings and rules."""
    added: Added
    known: Known
    waiting: frozenset[int]
    """Memories that are added and go into the inbox, though they were in use."""
    clashes: Clashes
    """Of the memories that are added, with those that are here."""
    numbers: Numbering
    """What is added still has the archive's numbers of placeholders."""
    last_seen_at: datetime | None
    """When the person was last there; None where more is known here."""
    report: ImportReport


def plan(taken: Taken, here: Here, decided: Decided, now: datetime) -> Plan:
    """Raises ConsentRequired where nothing of what was said may be kept here."""
    archive, tally = taken.archive, Tally()
    if PERSONALIZATION not in decided.in_force and _says_anything(archive):
        raise ConsentRequired(PERSONALIZATION)
    pairs = matching.pair(archive, here)
    messages = adding.messages_of(archive, pairs, decided, tally)
    memories = list(adding.memories_of(taken, pairs, decided, tally, now))
    clashes = standing.of_statements(memories, here, pairs)
    tally.conflicts += clashes.conflicts
    waiting = {each.id for each in memories if _begins_to_wait(each)} | clashes.rivals.keys()
    sweeps, known_sweeps = history.sweeps_of(archive, here, tally)
    added = Added(
        memories=[standing.doubted(each, clashes) for each in memories],
        messages=messages,
        summaries=list(adding.summaries_of(archive, here, pairs, decided, tally)),
        sweeps=sweeps,
        absences=list(history.absences_of(archive, here, tally)),
        ledger=list(history.entries_of(archive, here, tally)),
        talks=list(adding.talks_of(taken, here, pairs, decided, tally)),
    )
    history.note_left_out(archive, tally)
    brought = added.memories, added.messages, added.talks, added.summaries, decided.settings
    return Plan(
        decided=decided,
        added=added,
        known=Known(
            memories={there: same.id for there, same in pairs.memories.items()},
            messages={there: same.id for there, same in pairs.messages.items()},
            sweeps=known_sweeps,
        ),
        waiting=frozenset(waiting),
        clashes=clashes,
        numbers=numbering(archive, here, pairs, brought),
        last_seen_at=archive.last_seen_at if here.is_empty else None,
        report=_report(taken, decided, added, waiting, tally),
    )


def _begins_to_wait(memory: ArchivedMemory) -> bool:
    usable = memory.status in (Status.ACTIVE, Status.ARCHIVED)
    return usable and memory.doubt is not None


def _says_anything(archive: Archive) -> bool:
    said = any(talk.messages for talk in archive.conversations)
    return said or any(each.purpose == PERSONALIZATION for each in archive.memories)


def _report(
    taken: Taken,
    decided: Decided,
    added: Added,
    waiting: set[int],
    tally: Tally,
) -> ImportReport:
    counts = Counter({"memories": len(added.memories)}) + tally.added
    counts += Counter({"consents": len(decided.consents), "settings": len(decided.settings)})
    proposed = sum(each.status is Status.PROPOSED for each in added.memories)
    return ImportReport(
        dry_run=True,
        person=taken.archive.person,
        added=_in_order(counts),
        already_here=_in_order(tally.already_here + Counter(decided.already_here)),
        left_out=dict(tally.left_out + Counter(decided.left_out)),
        to_inbox=proposed + len(waiting),
        masked=taken.masked,
        forgotten=sum(each.status is Status.FORGOTTEN for each in added.memories),
        consents=tuple(e.purpose for e in decided.consents if e.revoked_at is None),
        settings=tuple(decided.settings),
        conflicts=(*decided.conflicts, *tally.conflicts),
    )


def _in_order(counts: Mapping[str, int]) -> dict[str, int]:
    """What a person asks for first; without what is none."""
    return {what: counts[what] for what in TOLD_IN_ORDER if counts[what]}
