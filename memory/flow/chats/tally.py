"""What an import of chats has done so far: counted for its report, and told to the
audit batch by batch."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from memory.errors import ConsentRequired, NotFound
from memory.flow import audit, permission
from memory.flow.chats.choosing import Chosen
from memory.flow.long_term import Kept
from memory.flow.parts import Parts
from memory.records import (
    PERSONALIZATION,
    Act,
    ChatImportReport,
    ChatProgress,
    DataClass,
    MemoryItem,
    Omission,
    Role,
)


@dataclass(slots=True)
class Tally:
    chosen: Chosen
    import_id: int | None = None
    done: int = 0
    """Messages and lines that were looked at."""
    complete: int = 0
    """Conversations."""
    messages: Counter[Role] = field(default_factory=Counter)
    conversations: set[str] = field(default_factory=set)
    stored: int = 0
    reinforced: int = 0
    proposed: int = 0
    left_out: Counter[Omission] = field(default_factory=Counter)
    classes: list[DataClass] = field(default_factory=list)
    """Of the memories that the audit was not told of yet."""

    def begin(self, parts: Parts, user_id: str, person_id: int, now: datetime) -> int:
        """The id of the import; this goes on with one that was stopped. Call it in each
        transaction: meanwhile the consent may be withdrawn, or the import removed.

        Raises ConsentRequired or NotFound then.
        """
        if permission.consenting(parts, user_id, PERSONALIZATION) != person_id:
            raise ConsentRequired(PERSONALIZATION)
        imports, form = parts.store.chat_imports, self.chosen.file.format
        if self.import_id is None:
            found = (
                each
                for each in imports.stopped(person_id, form)
                if imports.sources(each) & self.chosen.sources
            )
            self.import_id = next(found, None) or imports.begin(person_id, form, now)
        if imports.person_of(self.import_id) is None:
            raise NotFound("import", self.import_id)
        return self.import_id

    def count(self, kept: Kept) -> None:
        self.stored += len(kept.stored)
        self.reinforced += len(kept.reinforced)
        self.proposed += len(kept.proposed)
        made: Sequence[MemoryItem] = (*kept.stored, *kept.proposed)
        self.classes += [item.data_class for item in made]

    def audit(self, parts: Parts, person_id: int, messages: int, now: datetime) -> None:
        """One event a batch; call it in its transaction."""
        counts = {"messages": messages, "memories": len(self.classes)}
        if any(counts.values()):
            subject = f"import:{self.import_id}"
            audit.event(parts, person_id, Act.IMPORT, subject, now, counts, classes=self.classes)
        self.classes = []

    @property
    def progress(self) -> ChatProgress:
        return ChatProgress(self.done, self.chosen.total, self.complete, self.stored)

    @property
    def report(self) -> ChatImportReport:
        return ChatImportReport(
            import_id=self.import_id,
            format=self.chosen.file.format,
            conversations=len(self.conversations),
            messages=dict(self.messages),
            memories=self.stored,
            reinforced=self.reinforced,
            proposed=self.proposed,
            left_out=dict(Counter(self.chosen.left_out) + self.left_out),
            remaining=self.chosen.total - self.done,
        )
