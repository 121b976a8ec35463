"""What an export holds, page by page: all that has not expired, but for the classes that the
person's own rules leave out, which are named."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from memory.flow import audit, fading, policies
from memory.flow.instructions import INSTRUCTIONS
from memory.flow.parts import Parts
from memory.flow.transfer.paging import PAGE, by_offset, pages
from memory.records import (
    AuditEvent,
    Consent,
    DataClass,
    LedgerEntry,
    PrivacyRules,
    StatedField,
    Status,
)
from memory.records.archive import (
    ArchivedAbsence,
    ArchivedConversation,
    ArchivedInferences,
    ArchivedMemory,
    ArchivedMessage,
    ArchivedRetention,
    ArchivedRules,
    ArchivedSweep,
)
from memory.rules.classification import classify
from memory.rules.document import document, history
from memory.store.said import Within


@dataclass(frozen=True)
class Held:
    """What is held of one person at one moment. Not a record: it looks as it is asked."""

    parts: Parts
    user_id: str
    person_id: int
    now: datetime

    @cached_property
    def rules(self) -> PrivacyRules:
        """As they hold."""
        return policies.of(self.parts, self.person_id)

    @cached_property
    def classes(self) -> frozenset[DataClass]:
        """That are exported."""
        return frozenset(of for of, rule in self.rules.classes.items() if rule.exported)

    @property
    def left_out(self) -> list[DataClass]:
        return [data_class for data_class in DataClass if data_class not in self.classes]

    @property
    def name(self) -> str:
        return self.parts.store.people.name(self.person_id)

    @property
    def last_seen_at(self) -> datetime | None:
        return self.parts.store.people.last_seen(self.person_id)

    def consents(self) -> list[Consent]:
        return self.parts.store.consents.all(self.person_id)

    def settings(self) -> dict[str, str]:
        return {
            key: value
            for key, value in self.parts.store.preferences.all(self.person_id).items()
            if key != INSTRUCTIONS or self._may_go(value)
        }

    def chosen_rules(self) -> ArchivedRules:
        """As the person chose them: what strict mode makes of them follows."""
        chosen = policies.chosen_by(self.parts, self.person_id)
        return ArchivedRules(chosen.classes, chosen.labels)

    def memories(self) -> Iterator[ArchivedMemory]:
        def page(after: int) -> list[ArchivedMemory]:
            return self.parts.store.archive_rows.memories(self.person_id, self.now, after, PAGE)

        for memories in pages(page):
            yield from self._with_retention([each for each in memories if self._is_exported(each)])

    def _with_retention(self, memories: Sequence[ArchivedMemory]) -> Iterator[ArchivedMemory]:
        self._work_out_retention([each for each in memories if each.id not in self._retention])
        for each in memories:
            told = tuple(earlier for earlier in each.revisions if self._may_go(earlier.text))
            yield replace(each, revisions=told, retention=self._retention.get(each.id))

    def _work_out_retention(self, memories: Sequence[ArchivedMemory]) -> None:
        """Once of each, as the same memories are told of in several places."""
        fades = (Status.ACTIVE, Status.ARCHIVED)
        ids = [each.id for each in memories if each.status in fades]
        if not ids:
            return
        standing = fading.standing.of_memories(self.parts, self.person_id, ids, self.now)
        items = {item.id: item for item in self.parts.store.memories.many(ids)}
        for each in fading.standing.retained(standing, items, self.now):
            found = ArchivedRetention(each.strength, each.stage, each.fades_at)
            self._retention[each.item.id] = found

    @cached_property
    def _retention(self) -> dict[int, ArchivedRetention]:
        """By id, of those that were asked for."""
        return {}

    def conversations(self) -> Iterator[tuple[int, ArchivedConversation]]:
        """Each with its row, newest first, without its messages. With the person's own titles: an
        automatic one is the first message, which stands there or is left out."""
        store = self.parts.store
        titles = store.conversations.titles(self.person_id)
        for each in store.conversations.all(self.person_id):
            found = store.conversations.find(self.person_id, each.id)
            if found is None:  # erased meanwhile
                continue
            own = titles.get(found, "")
            yield (
                found,
                ArchivedConversation(
                    id=each.id,
                    title=own if self._may_go(own) else "",
                    created_at=each.created_at,
                    updated_at=each.updated_at,
                    remembers=each.remembers,
                ),
            )

    def messages(self, conversation: int) -> Iterator[ArchivedMessage]:
        def page(after: int) -> list[ArchivedMessage]:
            return self.parts.store.archive_rows.messages(conversation, self.now, after, PAGE)

        for messages in pages(page):
            yield from (each for each in messages if each.data_class in self.classes)

    @cached_property
    def inferences(self) -> ArchivedInferences:
        """What was worked out from the memories and messages that are exported."""
        store = self.parts.store
        within = Within(self.person_id, self.now, tuple(self.classes))
        stated = self._stated()
        summaries = store.archive_rows.summaries(self.person_id, self.now)
        return ArchivedInferences(
            profile=tuple(document(stated, self.now)),
            profile_history=tuple(history(stated)),
            entities=tuple(store.entities.all(within)),
            relations=tuple(store.relations.all(within)),
            summaries=tuple(each for each in summaries if each.data_class in self.classes),
            given_to_models=tuple(store.contexts.all(self.person_id, self.now, self.classes)),
        )

    def _stated(self) -> list[StatedField]:
        """By memories that are exported."""
        found = self.parts.store.profile.stated(self.person_id, self.now)
        saying = [each.field.source_memory_id for each in found]
        classes = {
            item.id: item.data_class
            for item in self.parts.store.memories.many([i for i in saying if i is not None])
        }
        return [e for e in found if classes.get(e.field.source_memory_id or 0) in self.classes]

    def sweeps(self) -> list[ArchivedSweep]:
        return self.parts.store.archive_rows.sweeps(self.person_id)

    def absences(self) -> list[ArchivedAbsence]:
        return [
            ArchivedAbsence(each.since, each.until, each.holiday)
            for each in self.parts.store.absences.all(self.person_id)
        ]

    def ledger(self) -> Iterator[LedgerEntry]:
        """Newest first."""

        def page(offset: int) -> list[LedgerEntry]:
            return self.parts.store.ledger.find(self.person_id, limit=PAGE, offset=offset)

        return by_offset(page)

    def audit(self) -> Iterator[AuditEvent]:
        """Newest first."""

        def page(offset: int) -> list[AuditEvent]:
            return audit.events(self.parts, self.user_id, (), limit=PAGE, offset=offset)

        return by_offset(page)

    def _is_exported(self, memory: ArchivedMemory) -> bool:
        return memory.data_class in self.classes

    def _may_go(self, text: str) -> bool:
        """Whether a text that has no class of its own is of one that is exported."""
        if len(self.classes) == len(DataClass):
            return True
        found = classify(text, self.parts.language.personal_data(text))
        return found.data_class in self.classes
