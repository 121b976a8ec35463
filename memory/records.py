"""What travels between the rooms: frozen records, no behaviour beyond reading themselves.

Every time is a UTC-aware ``datetime``; every score says its range beside the field.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TypedDict

Terms = Mapping[str, float]
"""The parts of a score by name, so that whatever ranks or decides can explain itself."""


class Role(StrEnum):
    SYSTEM = "system"
    USER = "user"
    ASSISTANT = "assistant"


class Kind(StrEnum):
    """What a memory is (article, section 1: semantic, procedural and episodic memory)."""

    FACT = "fact"
    PREFERENCE = "preference"
    DECISION = "decision"
    OPINION = "opinion"
    COMMITMENT = "commitment"
    SOLUTION = "solution"
    PROCEDURE = "procedure"
    EPISODE = "episode"


class DataClass(StrEnum):
    """Privacy classes (article, section 6; *sensitive* is GDPR Art. 9)."""

    PUBLIC = "public"
    INTERNAL = "internal"
    CONFIDENTIAL = "confidential"
    PERSONAL = "personal"
    SENSITIVE = "sensitive"


class ClassReason(StrEnum):
    """Why a text is of its class; closed words, so that a reason never holds the text."""

    PLAIN = "nothing personal in it"
    PUBLIC_SOURCE = "it repeats what is public"
    SPEAKS_OF_ONESELF = "it speaks of oneself"
    IDENTIFIES = "it names or identifies a person"
    CONFIDED = "its own words say so"
    SECRET = "a password or key was in it"
    HEALTH = "health"
    BELIEF = "religion or belief"
    POLITICS = "political opinion"
    SEXUALITY = "sex life or orientation"
    UNION = "trade union"
    ORIGIN = "ethnic origin"
    BIOMETRIC = "genetic or biometric data"
    CHOSEN = "chosen by the person"
    """Automatic classification no longer changes it."""


class Handling(StrEnum):
    """What is done with a find of personal data before anything is stored or embedded."""

    KEEP = "keep"
    MASK = "mask"
    """Replaced by a numbered label; a keyed hash of the value stays, for its number."""
    NEVER = "never store"
    """Replaced by the label alone; not even a hash stays."""


class Preset(StrEnum):
    """How long memories are kept; days by class are in ``rules/policy``."""

    ASSISTANT = "personal assistant"
    """A year from the last use for what is about people, for ever for the rest."""
    ARTICLE = "article"
    """The article's: 30 days to a year, counted from storing."""


class Status(StrEnum):
    ACTIVE = "active"
    ARCHIVED = "archived"
    """Faded: out of recall, findable, restorable."""
    FORGOTTEN = "forgotten"
    """Taken back by the person: out of recall, erased to the bytes when undo ends."""
    PROPOSED = "proposed"
    """In the inbox: out of recall until the person decides."""
    MERGED = "merged"
    """Its text lives on in another memory; it comes back when that merge is undone."""


class Change(StrEnum):
    """What can be done to one memory or to many at once; each has another that undoes it."""

    PIN = "pin"
    UNPIN = "unpin"
    PAUSE = "pause"
    RESUME = "resume"
    FORGET = "forget"
    RESTORE = "restore"


class Learning(StrEnum):
    """What is learnt from what the person says."""

    AUTOMATIC = "automatic"
    """Whatever deserves to last; only what is unclear waits in the inbox."""
    ASK = "ask me"
    """All of it waits in the inbox."""
    TOLD = "only what I say"
    """Only what the person says is to be remembered."""


class Doubt(StrEnum):
    """Why a memory waits in the inbox; closed words, so that none holds the text."""

    ASKED = "you asked to decide"
    CONTRADICTION = "it is at odds with what you said before"
    INSTRUCTION = "it reads like an instruction to a model"


class Act(StrEnum):
    """What the audit tells of. The words stand in its rows: they are never changed."""

    GRANT = "grant"
    REVOKE = "revoke"
    STORE = "store"
    RECALL = "recall"
    MODEL_CALL = "model call"
    EDIT = "edit"
    CLASSIFY = "classify"
    PIN = "pin"
    UNPIN = "unpin"
    PAUSE = "pause"
    RESUME = "resume"
    MERGE = "merge"
    UNMERGE = "unmerge"
    FORGET = "forget"
    RESTORE = "restore"
    REPLACE = "replace"
    KEEP = "keep"
    MASK_AGAIN = "mask again"
    SUPERSEDE = "supersede"
    REINFORCE = "reinforce"
    PROPOSE = "propose"
    ACCEPT = "accept"
    REJECT = "reject"
    LEARNING = "learning"
    INSTRUCTIONS = "instructions"
    RULES = "rules"
    RENAME = "rename"
    MEMORY_ON = "memory on"
    MEMORY_OFF = "memory off"
    ERASE = "erase"
    EXPIRE = "expire"
    EXPORT = "export"


class Order(StrEnum):
    """How a list of memories is sorted; equals stand newest first."""

    NEWEST = "newest"
    OLDEST = "oldest"
    STRONGEST = "strongest"
    WEAKEST = "weakest"
    MOST_USED = "most used"
    EXPIRING = "expiring"
    """The next to expire first; those that never do last."""


class MessageState(StrEnum):
    COMPLETE = "complete"
    PARTIAL = "partial"
    """An answer that was stopped: what had arrived is kept."""
    ERASED = "erased"
    """The text is gone; the row keeps the place in the conversation."""


class SearchMode(StrEnum):
    HYBRID = "hybrid"
    VECTOR = "vector"
    TEXT = "text"


class EntityType(StrEnum):
    PERSON = "person"
    ORGANIZATION = "organization"
    PROJECT = "project"
    TECHNOLOGY = "technology"
    PLACE = "place"
    CONCEPT = "concept"


class Label(StrEnum):
    """What a piece of personal data is."""

    SECRET = "SECRET"
    EMAIL = "EMAIL"
    IBAN = "IBAN"
    CREDIT_CARD = "CREDIT_CARD"
    SSN = "SSN"
    DOB = "DOB"
    ADDRESS = "ADDRESS"
    ID = "ID"
    IP = "IP"
    PHONE = "PHONE"
    NAME = "NAME"


PERSONALIZATION = "personalization"
SENSITIVE = "sensitive"
REMOTE_MODEL = "remote_model"


class ChatMessage(TypedDict):
    """One message as chat models take it."""

    role: str
    content: str


# -- the turn -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Span:
    """One find of personal data; ``text[start:end]`` is the raw value."""

    start: int
    end: int
    label: Label
    confidence: float = 1.0
    """0 to 1."""
    rule: str = ""
    """The name of the rule that made the find."""


@dataclass(frozen=True, slots=True)
class Redaction:
    """``text`` with every span replaced by its label, such as [NAME]; spans index the original."""

    text: str
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A named thing found in a text."""

    name: str
    type: EntityType
    category: str = ""
    """For a technology: database, framework, language and so on; else empty."""
    attributes: Mapping[str, str] = field(default_factory=dict, hash=False)
    """What is said of it here: ``version`` of a technology, ``title`` of a person ("Dr."), ``kind``
    of a concept ("checkout" of a checkout bug)."""


@dataclass(frozen=True, slots=True)
class Relation:
    """Who does what to whom, as one sentence states it."""

    subject: Mention
    verb: str
    """Its lemma, with what belongs to it: "report", "set up", "work at"."""
    object: Mention
    said: str
    """As it was said: "reported", "works at"."""
    negated: bool = False
    """True: the sentence says that it is not so."""
    sentence: int = 0
    """Place of the sentence in the reading."""


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """An expression of time found in a text, and the days it means; ``text[start:end]`` is it."""

    text: str
    """As it was said."""
    start: int
    end: int
    first: date
    last: date
    """Included; days of the person's own calendar."""
    any_year: bool = False
    """“in July”: the likeliest year's was taken, but any year's may be meant."""
    past: bool | None = None
    """Whether the wording itself says that it is over (“last July”) or to come (“next July”)."""


@dataclass(frozen=True, slots=True)
class ProfileFact:
    """A profile field as a text states it, before it is stored."""

    field: str
    value: str
    confidence: float
    """0 to 1."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a parsed sentence, in the terms of spaCy's English models."""

    text: str
    lemma: str
    pos: str
    """Universal part of speech: NOUN, PROPN, VERB, AUX, PRON and so on."""
    tag: str
    """Penn Treebank tag: VBD, NNP and so on; it tells tense and number."""
    dep: str
    """How it depends on its head: nsubj, dobj, neg and so on; ROOT at the top."""
    head: int
    """Place of its head in the sentence; of the root, its own."""
    start: int
    """Offset in the sentence's text."""
    entity: str = ""
    """The pipeline's own label for the name it is part of; a hint that is often wrong."""

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as it was said, with its grammar; ``words`` is empty where it was not parsed."""

    text: str
    words: tuple[Word, ...] = ()

    @property
    def root(self) -> int | None:
        """Place of the word that everything depends on."""
        return next((i for i, word in enumerate(self.words) if word.head == i), None)

    def children(self, place: int, *deps: str) -> list[int]:
        """Places of the words that depend on this one, in order; only of these ``deps``, if any."""
        return [
            i
            for i, word in enumerate(self.words)
            if word.head == place and i != place and (not deps or word.dep in deps)
        ]

    def subtree(self, place: int, *without: str) -> list[int]:
        """The word and all that depends on it, in order, but no branch of the deps ``without``."""
        found, waiting = [], [place]
        while waiting:
            at = waiting.pop()
            found.append(at)
            waiting += [i for i in self.children(at) if self.words[i].dep not in without]
        return sorted(found)

    def verbatim(self, places: Sequence[int]) -> str:
        """The stretch of text from the first of these words to the last, as it was said."""
        if not places:
            return ""
        return self.text[self.words[min(places)].start : self.words[max(places)].end]


@dataclass(frozen=True, slots=True)
class Reading:
    """What the language model finds in a text, in one pass."""

    spans: tuple[Span, ...]
    """Personal data, in order, without overlaps."""
    sentences: tuple[str, ...]
    """Verbatim and stripped; empty ones left out."""
    mentions: tuple[Mention, ...]
    """Named things it speaks of, each once, in order of appearance."""
    profile: tuple[ProfileFact, ...]
    """What it states about the person who speaks: name, tools they use and the like."""
    parsed: tuple[Sentence, ...] = ()
    """The sentences with their grammar."""
    relations: tuple[Relation, ...] = ()
    """What it states between those it mentions, in order."""


@dataclass(frozen=True, slots=True)
class Days:
    """Both ends included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Statement:
    """What one sentence, or one clause of it, states: a person's own word, read by its grammar."""

    text: str
    """Verbatim: the sentence, or the clause where its sentence holds several statements; lines of
    a procedure that runs over several are joined by a new line."""
    sentence: int
    """Place of its first sentence in what was said."""
    kind: Kind
    about: str = ""
    """Whom or what it is about, as named, without article and possessive; empty: the speaker."""
    attribute: str = ""
    """What it is a statement of, by one name for all wordings: location, uses, deadline and so on;
    empty where there is no such name."""
    value: str = ""
    """What it says of that, verbatim."""
    instead_of: str = ""
    """What the value takes the place of, verbatim: “from MySQL to Postgres”."""
    exclusive: bool = False
    """Only one value holds at a time."""
    negated: bool = False
    ended: bool = False
    """It held before and does no longer."""
    steps: tuple[str, ...] = ()
    """Of a procedure, in order."""
    problem: str = ""
    """Of a solution; so are the next two."""
    fix: str = ""
    worked: bool | None = None
    confidence: float = 0.8
    """0 to 1; how surely the grammar says so."""


class Why(StrEnum):
    """Why a sentence states nothing to keep; closed words, so that no reason holds the text."""

    QUESTION = "question"
    REQUEST = "request"
    SMALL_TALK = "small talk"
    QUOTATION = "quotation"
    HYPOTHETICAL = "hypothetical"
    ANOTHERS_VIEW = "somebody else's view"
    PASSING = "a passing state"
    VAGUE = "too vague"
    WORLD = "about the world"
    ASSISTANT = "aimed at the assistant"
    NOT_ENGLISH = "not English grammar"


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A sentence that states nothing to keep."""

    sentence: int
    """Its place in what was said."""
    why: Why


@dataclass(frozen=True, slots=True)
class Finding:
    """What a text states, and which of its sentences state nothing, in their order."""

    statements: tuple[Statement, ...] = ()
    passed_over: tuple[PassedOver, ...] = ()


class Standing(StrEnum):
    """How a new statement stands to an earlier one."""

    SAME = "same"
    """It says the same again."""
    SUPERSEDES = "supersedes"
    """It is the newer one about the same thing."""
    ENDS = "ends"
    """It says that the earlier one no longer holds."""
    CONTRADICTS = "contradicts"
    """Both cannot well be true, and nothing says which is."""
    UNRELATED = "unrelated"


@dataclass(frozen=True, slots=True)
class Importance:
    score: float
    """0 to 1."""
    terms: Terms


@dataclass(frozen=True, slots=True)
class MemoryItem:
    id: int
    user_id: str
    kind: Kind
    text: str
    data_class: DataClass
    purpose: str
    importance: float
    """0 to 1."""
    importance_terms: Terms
    pinned: bool
    paused: bool
    """Kept but not used: out of recall and context until it is resumed."""
    status: Status
    created_at: datetime
    """The clock at storing: fading, expiry and retention count from it."""
    said_at: datetime
    """When it was said: dates, order and validity."""
    edited_at: datetime | None
    last_accessed_at: datetime | None
    access_count: int
    expires_at: datetime | None
    forgotten_at: datetime | None
    source_message_id: int | None
    conversation_id: str | None
    speaker: str | None
    merged_into: int | None
    """The memory that holds its text after a merge."""
    class_reason: ClassReason | None = None
    """Why it is of its class; None: of a file that did not know reasons yet."""
    statement: Statement | None = None
    """What it states, read from its words; None: a turn as a whole, or told outright."""
    is_turn: bool = False
    """It holds a whole turn; otherwise a part of one, or what was told outright."""
    times_said: int = 1
    last_said_at: datetime | None = None
    """When it was said again; None: it was not."""
    valid_until: datetime | None = None
    """When something newer was said of the same thing; None: it holds."""
    superseded_by: int | None = None
    """The memory that says it."""
    happened: Days | None = None
    """The local days on which what it tells happened, where it says so."""
    doubt: Doubt | None = None
    """Why it waits in the inbox."""
    rival_id: int | None = None
    """The memory that it is at odds with."""

    @property
    def valid_from(self) -> datetime:
        """It holds from when it was said."""
        return self.said_at

    @property
    def in_use(self) -> bool:
        """Recalled, as long as it has not expired."""
        return self.status is Status.ACTIVE and not self.paused


@dataclass(frozen=True, slots=True)
class MemoryFilter:
    """Which memories to list; what is left empty does not narrow the list."""

    search: str = ""
    """Words that must all occur, also as part of a word, in any case."""
    status: Status | None = None
    paused: bool | None = None
    pinned: bool | None = None
    superseded: bool | None = None
    """Whether something newer was said of the same thing."""
    kinds: tuple[Kind, ...] = ()
    data_classes: tuple[DataClass, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """One page of a list."""

    items: tuple[MemoryItem, ...]
    total: int
    """Of all pages."""


@dataclass(frozen=True, slots=True)
class MergePlan:
    """What a merge would make of several memories."""

    text: str
    """All their texts, one below the other."""
    kind: Kind
    data_class: DataClass
    pinned: bool
    said_at: datetime


@dataclass(frozen=True, slots=True)
class Use:
    """One time that a memory was listed, or built into an answer."""

    at: datetime
    score: float
    similarity: float
    """Cosine to what was asked, -1 to 1."""
    reason: str
    message_id: int | None
    """The answer; None when it was listed outside a chat."""
    conversation_id: str | None


@dataclass(frozen=True, slots=True)
class Observation:
    """What one turn left behind."""

    message_id: int | None
    """None when nothing may be stored."""
    importance: Importance
    stored: tuple[MemoryItem, ...] = ()
    entities: tuple[Mention, ...] = ()
    profile: tuple[ProfileFact, ...] = ()
    reinforced: tuple[MemoryItem, ...] = ()
    """Said before, and now again."""
    proposed: tuple[MemoryItem, ...] = ()
    """Waiting in the inbox."""
    redactions: tuple[Span, ...] = ()
    """What was masked before storing; the spans index the text as it was given."""
    skipped: str = ""
    """Why no memory was kept, in words; empty when one was."""


@dataclass(frozen=True, slots=True)
class Recalled:
    item: MemoryItem
    score: float
    """Sum of the weighted terms: comparable within one query."""
    similarity: float
    """Cosine between the query and the memory's own text, -1 to 1."""
    terms: Terms
    reason: str = ""
    """Why it was recalled, in words."""
    shares_words: bool = False
    """With the question, in its own text."""


@dataclass(frozen=True, slots=True)
class WordHits:
    """Where the words of a question stand."""

    counts: Mapping[str, Mapping[int, int]]
    """By stem: how often each memory says it."""
    lengths: Mapping[int, int]
    """Characters of every memory that says any of them."""
    memories: int
    """How many there are in all."""


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The turns beside one in its conversation, by memory id, the nearest first."""

    before: tuple[int, ...] = ()
    after: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a memory was, or was not, recalled for a query."""

    item: MemoryItem
    recalled: bool
    rank: int | None
    """1 is best; None when a filter keeps it out of recall, or nothing in it is near."""
    score: float
    similarity: float
    terms: Terms
    reason: str


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a context."""

    name: str
    tokens: int
    """What it took of the budget."""
    items: int


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What did not go into a context, and why."""

    what: str
    """The section it would have stood in."""
    reason: str
    tokens: int
    memory_id: int | None = None
    """None for what is no memory, such as a turn of the conversation."""


@dataclass(frozen=True, slots=True)
class ContextReport:
    sections: tuple[Section, ...]
    left_out: tuple[LeftOut, ...]
    tokens: int
    budget: int


@dataclass(frozen=True, slots=True)
class Context:
    messages: list[ChatMessage]
    report: ContextReport
    recalled: tuple[Recalled, ...]
    data_class: DataClass
    """The strictest of what is known or was said before and went in."""
    message_ids: tuple[int, ...]
    """Stored messages that went in, of this conversation and of others."""
    memory_ids: tuple[int, ...]
    """Memories that went in, also as lines of the profile or as what was just said."""
    holds_unstorable: bool
    """Something went in that may not be stored: an answer to it may tell it again."""


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of one answer; money is spent by remote models only."""

    context_tokens: int
    answer_tokens: int


@dataclass(frozen=True, slots=True)
class Source:
    """A memory an answer was built on. ``item`` is as it is now, not as it was then."""

    item: MemoryItem
    score: float
    similarity: float
    terms: Terms
    reason: str


# -- what is known ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Message:
    id: int
    """Negative for a message that lives in the process only."""
    user_id: str
    conversation_id: str
    role: Role
    text: str
    speaker: str | None
    state: MessageState
    created_at: datetime
    said_at: datetime
    masked: tuple[Label, ...] = ()
    """Labels of what was masked before it was stored."""
    note: str = ""
    """Why no memory was made of it, or why it could not be saved, in words."""
    data_class: DataClass = DataClass.PERSONAL
    may_be_stored: bool = True
    """False: private, or without consent to it; it lives in the process only."""
    replaced_at: datetime | None = None
    """When it was edited or answered anew: out of sight, erased when undo ends."""


@dataclass(frozen=True, slots=True)
class Conversation:
    id: str
    user_id: str
    title: str
    created_at: datetime
    updated_at: datetime
    message_count: int
    remembers: bool = True
    """Whether memories are used in it, and made of it."""


@dataclass(frozen=True, slots=True)
class ProfileField:
    field: str
    value: str
    confidence: float
    """0 to 1."""
    since: datetime
    """When it was said, and had not been otherwise before."""
    source_memory_id: int | None
    """The memory that says it; the latest, where several do."""
    source_message_id: int | None = None
    """The message it was said in; None: it was told outright."""
    until: datetime | None = None
    """When something else was said in its place, or that it is over; None: it holds."""
    told: bool = False
    """Set by hand, and not read from what was said."""


@dataclass(frozen=True, slots=True)
class Successor:
    """What of a memory that took the place of another says which of its fields it means."""

    fields: frozenset[str]
    """Those that it gives."""
    attribute: str = ""
    instead_of: str = ""
    """What its value takes the place of, verbatim."""
    ends: bool = False
    """It says that something is no longer so, and nothing in its place."""


@dataclass(frozen=True, slots=True)
class StatedField:
    """A profile field as one memory states it, before it is known what else was said of it."""

    field: ProfileField
    """``until``: when something took the place of the memory, whatever of it is meant."""
    instead_of: str = ""
    """What its statement says the value takes the place of, verbatim."""
    successor: Successor | None = None
    """What took the place of its memory."""


class Moments(StrEnum):
    """Which part of a timeline is asked for."""

    EVERYTHING = "everything"
    EVENTS = "events"
    """What happened, on the day it did."""
    CHANGES = "changes"
    """What took the place of what was said before."""
    DECISIONS = "decisions"
    COMMITMENTS = "commitments"


@dataclass(frozen=True, slots=True)
class Moment:
    """A memory on the day that it is about."""

    item: MemoryItem
    day: date
    """In the person's own zone: the first day on which it happened, else the day it was said."""
    replaced: MemoryItem | None = None
    """What it took the place of; the latest of several."""
    due: Days | None = None
    """The days that a commitment names."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """One page of moments, the latest first."""

    moments: tuple[Moment, ...]
    months: Mapping[date, int]
    """How many moments each month has, by its first day, of all pages; the latest first."""

    @property
    def total(self) -> int:
        return sum(self.months.values())


@dataclass(frozen=True, slots=True)
class Proposal:
    """What waits in the inbox, and why."""

    item: MemoryItem
    doubt: Doubt
    rival: MemoryItem | None = None
    """What it is at odds with, if that is still in use."""


@dataclass(frozen=True, slots=True)
class Entity:
    id: int
    name: str
    type: EntityType
    mention_count: int
    importance: float
    """1.0 at the first mention, 0.1 more with each other (article, section 3)."""
    first_mentioned_at: datetime
    last_mentioned_at: datetime
    aliases: tuple[str, ...] = ()
    """Other names that it was mentioned by; ``name`` is the fullest."""
    attributes: Mapping[str, str] = field(default_factory=dict, hash=False)
    """The latest said of each: ``version``, ``title``, ``kind``."""
    first_context: str = ""
    """The sentence of its first mention, shortened; empty where it was not asked for."""
    last_context: str = ""


@dataclass(frozen=True, slots=True)
class FoundEntities:
    """One page of a list of entities, without their contexts."""

    entities: tuple[Entity, ...]
    total: int
    """Of all pages."""
    by_type: Mapping[EntityType, int] = field(default_factory=dict, hash=False)
    """How many match the words, of whatever type; none of what has none."""


@dataclass(frozen=True, slots=True)
class EntityMention:
    """One time that an entity was spoken of."""

    name: str
    """As it was said."""
    at: datetime
    memory_id: int | None
    """None: in a message of which no memory was made."""
    message_id: int | None
    context: str
    """The sentence it was said in, shortened."""


@dataclass(frozen=True, slots=True)
class RelevantEntity:
    """An entity that a question is about."""

    entity: Entity
    score: float
    """Sum of the terms: comparable within one query."""
    terms: Terms
    reason: str
    """In words."""


@dataclass(frozen=True, slots=True)
class EntityRelation:
    """What one entity has to do with another, as it was said once."""

    subject_id: int
    verb: str
    """Its lemma."""
    object_id: int
    said: str
    """As it was said: "reported", "works at"."""
    negated: bool
    memory_id: int | None
    """The memory it was said in; None: a message of which no memory was made."""
    message_id: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Together:
    """Two entities that are named in the same memories: less than a relation, more than nothing."""

    first_id: int
    second_id: int
    memory_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class EntityGraph:
    """Entities, and what ties them to one another."""

    entities: tuple[Entity, ...] = ()
    """Most mentioned first."""
    relations: tuple[EntityRelation, ...] = ()
    """The latest said first."""
    together: tuple[Together, ...] = ()
    """Most often named together first."""
    places: Mapping[int, tuple[float, float]] = field(default_factory=dict, hash=False)
    """By the id of an entity, where to draw it: -1 to 1 each. Empty where it was not asked for."""


@dataclass(frozen=True, slots=True)
class Revision:
    """A memory's earlier wording."""

    text: str
    replaced_at: datetime


@dataclass(frozen=True, slots=True)
class Stats:
    memories: int
    messages: int
    conversations: int
    entities: int
    hot_entries: int
    file_bytes: int
    embedding_model: str


# -- forgetting ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Retention:
    item: MemoryItem
    strength: float
    """0 to 1."""
    fades_at: datetime | None
    """When the strength falls below the fading stage; None when it never does."""
    fading: bool
    """Whether it is below already."""


@dataclass(frozen=True, slots=True)
class Curve:
    """How strong a memory will be on each coming day if it is not used."""

    item: MemoryItem
    points: tuple[tuple[datetime, float], ...]
    """Moment and strength, 0 to 1."""
    fading_below: float
    """The strength at which the fading stage begins."""


# -- privacy ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Classification:
    data_class: DataClass
    reason: ClassReason


@dataclass(frozen=True, slots=True)
class LabelRule:
    """What is done with one kind of personal data."""

    stored: Handling
    masked_when_sent: bool
    """Replaced before a text goes to a model that is not on this computer."""


@dataclass(frozen=True, slots=True)
class ClassRule:
    """What memories of one class may be used for, and how long they are kept."""

    recalled: bool
    sent: bool
    """To a model that is not on this computer."""
    exported: bool
    days: int | None
    """None: until they are erased by hand."""


@dataclass(frozen=True, slots=True)
class PrivacyRules:
    """A person's whole policy (article, section 6: retention and access by class)."""

    strict: bool
    """Everything personal is masked, and the article's retention holds."""
    preset: Preset
    classes: Mapping[DataClass, ClassRule]
    labels: Mapping[Label, LabelRule]


@dataclass(frozen=True, slots=True)
class RulesPlan:
    """What a change of the rules would do at once; nothing is changed yet."""

    expiring: int
    """Memories whose new retention is over already: they are erased."""
    messages: int
    """Messages likewise, of which no memory is kept."""
    withdrawn: int
    """Memories that would no longer be recalled."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What would happen to a text, were it said now; nothing is stored."""

    spans: tuple[Span, ...]
    """Personal data in it, whatever is done about it."""
    handled: tuple[Handling, ...]
    """What is done with each of them before storing."""
    stored: str
    """As it would be stored; empty when it would not be."""
    sent: str
    """As a model that is not on this computer would get it; empty when its class stays here."""
    classification: Classification
    not_stored: str = ""
    """Why it would not be stored, in words."""
    not_sent: str = ""
    """Why it would not be sent now, in words; without consent also what could be sent is not."""


@dataclass(frozen=True, slots=True)
class Purpose:
    """Something a person can agree to."""

    name: str
    title: str
    text: str
    """What exactly is agreed to."""
    text_version: str


@dataclass(frozen=True, slots=True)
class Consent:
    purpose: str
    text_version: str
    granted_at: datetime
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class Footprint:
    """Every place where the data in scope lives, and how many rows of it."""

    places: Mapping[str, int]

    @property
    def total(self) -> int:
        return sum(self.places.values())


class ErasureStep(StrEnum):
    """What an erasure is about to do, in this order."""

    DELETING = "deleting the rows"
    REWRITING = "rewriting the file without them"
    SEARCHING = "reading the file to check"


@dataclass(frozen=True, slots=True)
class ErasureReceipt:
    """Proof of an erasure, without content (GDPR Art. 17)."""

    scope: str
    """memory, conversation, entity, purpose, everything, expired, forgotten or nothing."""
    erased_at: datetime
    places: Mapping[str, int]
    bytes_searched: int
    strings_searched: int
    verified: bool
    """True: no byte of the erased texts and vectors is left in the file or its log."""
    pending: str = ""
    """Why it is not verified yet, in words; it is tried again by ``expire``, and at a start."""
    exports: int = 0
    """Earlier exports, which no erasure reaches."""
    last_export_at: datetime | None = None
    sent: int = 0
    """Calls of models elsewhere, which keep what they were given as they please."""

    @property
    def total(self) -> int:
        return sum(self.places.values())


@dataclass(frozen=True, slots=True)
class Holding:
    """The memories of one class."""

    count: int
    next_expiry: datetime | None


@dataclass(frozen=True, slots=True)
class PrivacyReport:
    """The article's compliance report (section 6)."""

    memories: int
    people: int
    by_class: Mapping[str, int]
    by_purpose: Mapping[str, int]
    consents: Mapping[str, int]
    """How many people agree to each purpose now."""
    expired: int
    expiring_soon: int
    """Within 30 days."""
    erasures: int
    """Events of the audit."""
    deletions: Mapping[str, int]
    """Memories that were erased, by the reason: an erasure's scope."""
    sent: int
    """Calls of models that are not on this computer."""
    holdings: Mapping[DataClass, Holding]
    at: datetime

    @property
    def fresh(self) -> int:
        """Memories that neither have expired nor will soon."""
        return self.memories - self.expired - self.expiring_soon


@dataclass(frozen=True, slots=True)
class AuditEvent:
    id: int
    at: datetime
    action: str
    """An ``Act``, unless the row was changed from outside."""
    subject: str
    """Keyed hash: the same thing has the same hash, and nobody can read it back."""
    counts: Mapping[str, int] = field(default_factory=dict)
    scope: str = ""
    """A word of ours that says more: the scope of an erasure. Never the person's."""


@dataclass(frozen=True, slots=True)
class AuditVerification:
    state: str
    """intact, broken (a row was changed or cut out), cut (the end is missing: it was cut off, an
    older copy of the file was put back, or the power failed before the disk had the last rows), or
    unverifiable (the key, or the record of where the chain ends, is missing)."""
    events: int
    first_bad_id: int | None = None
    """broken: the first row that is not as it was written; cut: the first that is missing."""
    unverifiable_before: int | None = None
    """Rows before this id were written under a key that was lost since."""


# -- the file -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Health:
    """Whether the file is sound, and what stands in it."""

    sound: bool
    problems: tuple[str, ...]
    """One sentence each; none when it is sound."""
    memories: int
    vectors: int
    full_text_rows: int
    pending_erasures: int
    """Begun and not finished: by another program just now, or at the next start."""
