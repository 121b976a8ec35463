"""Chats and lists from elsewhere: what a file holds, what an import of it would do, and what it
did."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from memory.records.words import DataClass, Doubt, EntityType, Kind, Label, Role


class ChatFormat(StrEnum):
    """What a file is. The words stand in the file of Recollect."""

    CHATGPT = "ChatGPT"
    CLAUDE = "Claude"
    LIST = "list"
    """Plain text or Markdown: one statement a line."""

    @property
    def prefix(self) -> str:
        """What the names of its conversations begin with."""
        return f"{self.lower()}/"


class Omission(StrEnum):
    """Why something of a file is not brought in."""

    SYSTEM = "written by the program itself"
    TOOL = "given to, or by, a tool"
    HIDDEN = "never shown in the chat"
    OTHER_BRANCH = "in a branch that you did not keep"
    EMPTY = "without text"
    TOO_LONG = "longer than a message may be"
    UNREADABLE = "not in the form that its format has"
    REPEATED = "more than once in the file"
    NOT_CHOSEN = "in a conversation that you did not choose"
    KNOWN = "imported before"
    SENSITIVE = "sensitive, and you have not agreed that such things are kept"
    RULES_CHANGED = "your privacy rules were changed meanwhile"


Omissions = Mapping[Omission, int]


# -- what a file holds ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ChatMessageFound:
    id: str
    """As its format names it: the same in a later export."""
    role: Role
    text: str
    said_at: datetime | None
    """None when the file does not say."""


@dataclass(frozen=True, slots=True)
class ChatFound:
    """One conversation of a file, by the branch that the person kept."""

    name: str
    """What it is called as a conversation here, such as “chatgpt/6f1c”."""
    title: str
    messages: tuple[ChatMessageFound, ...]
    """In the order in which they were said."""

    @property
    def first_at(self) -> datetime | None:
        return min((each.said_at for each in self.messages if each.said_at), default=None)

    @property
    def last_at(self) -> datetime | None:
        return max((each.said_at for each in self.messages if each.said_at), default=None)


@dataclass(frozen=True, slots=True)
class LineFound:
    """One line of a list."""

    text: str
    said_at: datetime | None


@dataclass(frozen=True, slots=True)
class ChatFile:
    """A file as it was read: either conversations or the lines of a list."""

    format: ChatFormat
    conversations: tuple[ChatFound, ...] = ()
    lines: tuple[LineFound, ...] = ()
    left_out: Omissions = field(default_factory=dict)


# -- what an import would do ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ImportExample:
    """One memory that an import would make."""

    text: str
    kind: Kind
    data_class: DataClass
    said_at: datetime | None
    said_in: str
    """The title of its conversation; empty for a line of a list."""
    doubt: Doubt | None
    """Why it would wait in the inbox; None: it would not."""


@dataclass(frozen=True, slots=True)
class WouldLearn:
    """What was found in what was looked through."""

    kinds: Mapping[Kind, int] = field(default_factory=dict)
    classes: Mapping[DataClass, int] = field(default_factory=dict)
    """Of the memories."""
    entities: Mapping[EntityType, int] = field(default_factory=dict)
    """Names that the memories mention, each once; known ones among them."""
    fields: Mapping[str, int] = field(default_factory=dict)
    """Values of the profile by field, each once."""
    masked: Mapping[Label, int] = field(default_factory=dict)
    """Values that are masked before anything is stored, in all messages."""
    inbox: Mapping[Doubt, int] = field(default_factory=dict)
    """Of the memories: they would wait for the person to decide."""
    again: int = 0
    """Statements that say what is known already, or was said earlier in the file."""
    replaced: int = 0
    """Statements that a later one takes the place of."""
    sensitive: int = 0
    """Messages or lines that may not be stored, for want of that consent."""
    examples: tuple[ImportExample, ...] = ()

    @property
    def memories(self) -> int:
        return sum(self.kinds.values())


@dataclass(frozen=True, slots=True)
class PlannedChat:
    """A conversation that can be chosen."""

    name: str
    title: str
    first_at: datetime | None
    last_at: datetime | None
    messages: int
    """That would come in."""
    known: int
    """That are here already."""


@dataclass(frozen=True, slots=True)
class ChatImportPlan:
    """What an import would bring in. Nothing was stored for it."""

    format: ChatFormat
    conversations: tuple[PlannedChat, ...]
    """The latest first; those of which nothing would come in, too."""
    messages: Mapping[Role, int]
    lines: int
    first_at: datetime | None
    last_at: datetime | None
    left_out: Omissions
    learnt: WouldLearn
    looked_through: int
    """Messages and lines of those that would come in: all, unless a sample was asked for or it was
    stopped."""

    @property
    def total(self) -> int:
        """Messages and lines that would come in."""
        return sum(self.messages.values()) + self.lines


# -- what an import does, and did -----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ChatProgress:
    """Told between two batches; ``done`` and ``total`` count messages and lines."""

    done: int
    total: int
    conversations: int = 0
    """That are complete."""
    memories: int = 0


@dataclass(frozen=True, slots=True)
class ChatImportReport:
    import_id: int | None
    """By which it can be removed; None when it brought in nothing new."""
    format: ChatFormat
    conversations: int
    """That anything came into."""
    messages: Mapping[Role, int]
    memories: int
    """That are in use; those in the inbox are not among them."""
    reinforced: int
    """Known before, and said again."""
    proposed: int
    """Waiting in the inbox."""
    left_out: Omissions
    remaining: int
    """Messages and lines that were not come to, because it was stopped."""

    @property
    def is_stopped(self) -> bool:
        return self.remaining > 0


@dataclass(frozen=True, slots=True)
class ChatImport:
    """An import as it stands now: what was erased since does not count."""

    id: int
    format: ChatFormat
    begun_at: datetime
    ended_at: datetime | None
    """None: it was stopped, or it is going on."""
    conversations: int
    messages: int
    memories: int
    """Learnt from it, in use or in the inbox."""
