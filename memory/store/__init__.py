"""All SQL. One class a table family; flows own the transactions, no method here commits."""

from pathlib import Path

from memory.store.absences import Absences
from memory.store.answers import Answers, Contexts
from memory.store.archive_import import ArchiveImport
from memory.store.archive_memories import ArchiveMemories
from memory.store.archive_rows import ArchiveRows
from memory.store.audit import AuditLog
from memory.store.chat_imports import ChatImports
from memory.store.choices import Choices
from memory.store.connection import Database
from memory.store.consents import Consents
from memory.store.conversations import Conversations
from memory.store.entities import Entities
from memory.store.erasure import Erasure
from memory.store.fading import Fading
from memory.store.full_text import FullText
from memory.store.grouping import Grouping
from memory.store.health import FileHealth
from memory.store.holdings import Holdings
from memory.store.hot_cache import HotCache
from memory.store.indexes import Indexes
from memory.store.ledger import Ledger
from memory.store.memories import Memories
from memory.store.messages import Messages
from memory.store.migrations import migrate
from memory.store.model_readings import ModelReadings
from memory.store.people import People
from memory.store.placeholders import Placeholders
from memory.store.preferences import Preferences
from memory.store.profile import Profile
from memory.store.protection import Protection
from memory.store.relations import Relations
from memory.store.selection import Selection
from memory.store.statements import Statements
from memory.store.summaries import Summaries
from memory.store.sweeps import Sweeps
from memory.store.timeline import TimelineRows
from memory.store.traces import Traces
from memory.store.uses import Uses
from memory.store.vectors import Vectors

__all__ = ["Store"]


class Store:
    """The file, opened and brought to the newest schema. Raises StoreUnavailable."""

    def __init__(self, path: Path, passphrase: str | None = None) -> None:
        self.database = Database(path, passphrase)
        try:
            migrate(self.database)
        except BaseException:
            self.database.close()
            raise
        self.transaction = self.database.transaction
        self.people = People(self.database)
        self.preferences = Preferences(self.database)
        self.choices = Choices(self.database)
        self.placeholders = Placeholders(self.database)
        self.consents = Consents(self.database)
        self.conversations = Conversations(self.database)
        self.messages = Messages(self.database)
        self.answers = Answers(self.database)
        self.contexts = Contexts(self.database)
        self.ledger = Ledger(self.database)
        self.chat_imports = ChatImports(self.database)
        self.summaries = Summaries(self.database)
        self.memories = Memories(self.database)
        self.statements = Statements(self.database)
        self.model_readings = ModelReadings(self.database)
        self.timeline = TimelineRows(self.database)
        self.grouping = Grouping(self.database)
        self.full_text = FullText(self.database)
        self.uses = Uses(self.database)
        self.fading = Fading(self.database)
        self.sweeps = Sweeps(self.database)
        self.absences = Absences(self.database)
        self.vectors = Vectors(self.database)
        self.indexes = Indexes(self.database)
        self.profile = Profile(self.database)
        self.entities = Entities(self.database)
        self.relations = Relations(self.database)
        self.hot_cache = HotCache(self.database)
        self.holdings = Holdings(self.database)
        self.audit = AuditLog(self.database)
        self.selection = Selection(self.database)
        self.erasure = Erasure(self.database)
        self.traces = Traces(self.database)
        self.health = FileHealth(self.database)
        self.protection = Protection(self.database)
        self.archive_rows = ArchiveRows(self.database)
        self.archive_import = ArchiveImport(self.database)
        self.archive_memories = ArchiveMemories(self.database)

    def close(self) -> None:
        self.database.close()
