"""What is here already, in the shapes of an archive, so that the two can be laid side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from memory.flow import policies
from memory.flow.parts import Parts
from memory.flow.transfer.paging import PAGE, in_pages
from memory.records import Consent, Label, LedgerEntry, PrivacyRules
from memory.records.archive import (
    ArchivedAbsence,
    ArchivedConversation,
    ArchivedMemory,
    ArchivedMessage,
    ArchivedSummary,
    ArchivedSweep,
)

EVER = datetime(1, 1, 1, tzinfo=UTC)
"""As of then nothing is past its retention: what waits to be erased is here, too."""


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation that is here."""

    row: int
    about: ArchivedConversation
    messages: Sequence[ArchivedMessage]


@dataclass(frozen=True, slots=True)
class Here:
    person_id: int | None
    rules: PrivacyRules
    """As they were chosen."""
    consents: Sequence[Consent] = ()
    settings: Mapping[str, str] = field(default_factory=dict)
    memories: Sequence[ArchivedMemory] = ()
    talks: Mapping[str, Talk] = field(default_factory=dict)
    summaries: Mapping[str, ArchivedSummary] = field(default_factory=dict)
    """By the name of their conversation."""
    sweeps: Sequence[ArchivedSweep] = ()
    absences: Sequence[ArchivedAbsence] = ()
    ledger: Sequence[LedgerEntry] = ()
    placeholders: frozenset[tuple[Label, int]] = frozenset()

    @property
    def is_empty(self) -> bool:
        """Nothing is stored that rules could do anything to."""
        return not self.memories and not any(talk.messages for talk in self.talks.values())


def look(parts: Parts, user_id: str) -> Here:
    store, person_id = parts.store, parts.store.people.find(user_id)
    rules = policies.chosen_by(parts, person_id)
    if person_id is None:
        return Here(None, rules)
    found = person_id
    return Here(
        person_id=found,
        rules=rules,
        consents=store.consents.all(found),
        settings=store.preferences.all(found),
        memories=list(
            in_pages(lambda after: store.archive_rows.memories(found, EVER, after, PAGE))
        ),
        talks=_talks(parts, found),
        summaries={e.conversation_id: e for e in store.archive_rows.summaries(found, EVER)},
        sweeps=store.archive_rows.sweeps(found),
        absences=[
            ArchivedAbsence(each.since, each.until, each.holiday)
            for each in store.absences.all(found)
        ],
        ledger=store.ledger.find(found),
        placeholders=frozenset(store.archive_import.reserved(found)),
    )


def _talks(parts: Parts, person_id: int) -> dict[str, Talk]:
    store = parts.store
    titles = store.conversations.titles(person_id)
    found = {}
    for each in store.conversations.all(person_id):
        row = store.conversations.find(person_id, each.id)
        if row is None:  # erased meanwhile
            continue
        about = ArchivedConversation(
            each.id, titles.get(row, ""), each.created_at, each.updated_at, each.remembers
        )
        found[each.id] = Talk(row, about, _messages(parts, row))
    return found


def _messages(parts: Parts, row: int) -> list[ArchivedMessage]:
    rows = parts.store.archive_rows
    return list(in_pages(lambda after: rows.messages(row, EVER, after, PAGE)))
