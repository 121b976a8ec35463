"""The closed sets of words that rows, rules and pages share, and what chat models are given.

Words that stand in the file are never changed."""

from collections.abc import Mapping
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
    ARCHIVE = "archive"
    """Let go: out of recall, as a sweep does it."""
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
    MODEL = "a model read it in what you said"
    REWORDING = "a model would word what is known so"


class Action(StrEnum):
    """What a model that reads a message may suggest; there is no word for anything else."""

    ADD = "add"
    UPDATE = "update"
    """A known memory, worded more fully."""
    SUPERSEDE = "supersede"
    """A known memory holds no longer."""
    NOTHING = "nothing"
    """It is known already."""

    @property
    def is_about_known(self) -> bool:
        return self in (Action.UPDATE, Action.SUPERSEDE)


class Unusable(StrEnum):
    """Why nothing could be made of a model's output. The words stand in the file."""

    EMPTY = "empty"
    INVALID = "not in the form asked for"
    TOO_LONG = "too long"
    UNANSWERED = "no answer"


class Outcome(StrEnum):
    """What came of a model's reading of a message. The words stand in the file."""

    PROPOSED = "proposed"
    NOTHING_NEW = "nothing new"
    UNUSABLE = "not usable"
    """What the rules found stands."""


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
    ARCHIVE = "archive"
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
    MODEL_LEARNING_ON = "learning with a model on"
    MODEL_LEARNING_OFF = "learning with a model off"
    CHOOSE_MODEL = "choose model"
    SUMMARISE = "summarise"
    INSTRUCTIONS = "instructions"
    RULES = "rules"
    RENAME = "rename"
    ADD_PERSON = "add person"
    RENAME_PERSON = "rename person"
    MEMORY_ON = "memory on"
    MEMORY_OFF = "memory off"
    SWEEP = "sweep"
    UNDO_SWEEP = "undo sweep"
    FORGETTING_RULES = "forgetting rules"
    BUDGET = "budget"
    REVIEW = "review of what is sent"
    HOLIDAY_ON = "holiday mode on"
    HOLIDAY_OFF = "holiday mode off"
    ERASE = "erase"
    EXPIRE = "expire"
    EXPORT = "export"
    BACKUP = "backup"
    RESTORE_BACKUP = "restore backup"
    ENCRYPT = "passphrase set"
    CHANGE_PASSPHRASE = "passphrase changed"
    DECRYPT = "passphrase removed"
    IMPORT = "import"
    FETCH_MODEL = "fetch embedding model"
    BUILD_INDEX = "build index"
    SWITCH_INDEX = "switch index"
    DROP_INDEX = "drop index"


class Order(StrEnum):
    """How a list of memories is sorted; equals stand newest first."""

    NEWEST = "newest"
    OLDEST = "oldest"
    STRONGEST = "strongest"
    WEAKEST = "weakest"
    MOST_USED = "most used"
    EXPIRING = "expiring"
    """The next to expire first; those that never do last."""
    LONGEST_ARCHIVED = "longest archived"


class MessageState(StrEnum):
    COMPLETE = "complete"
    PARTIAL = "partial"
    """An answer that was stopped or broke off: what had arrived is kept."""
    ERASED = "erased"
    """The text is gone; the row keeps the place in the conversation."""


class Ending(StrEnum):
    """How an answer ended; all but the first two are the words of errors (``ModelUnavailable``)."""

    COMPLETE = "complete"
    STOPPED = "stopped"
    FAILED = "failed"
    NOT_INSTALLED = "not installed"
    NOT_STARTED = "not started"
    NOT_CONNECTED = "not connected"
    NOT_FOUND = "not found"
    KEY_MISSING = "key missing"
    KEY_REFUSED = "key refused"
    BUSY = "busy"
    TOO_SLOW = "too slow"
    OUT_OF_FUNDS = "out of funds"
    CONTEXT_TOO_LONG = "context too long"
    REFUSED = "refused"
    NOT_UNDERSTOOD = "not understood"
    BROKEN_OFF = "broken off"
    CUT_OFF = "cut off"
    EMPTY = "empty"


class ModelPlace(StrEnum):
    """Where who answers is. The words stand in the audit."""

    BUILT_IN = "built-in"
    """No model: the built-in answerer."""
    LOCAL = "local"
    """On this computer."""
    REMOTE = "remote"


class Server(StrEnum):
    """What runs a chat model. The words stand in the file."""

    OLLAMA = "Ollama"
    LLAMA_CPP = "llama.cpp"
    COMPATIBLE = "OpenAI-compatible"
    OWN = "inside Recollect"
    """A llama.cpp server that the app starts by itself."""
    OPENAI = "OpenAI"
    ANTHROPIC = "Anthropic"
    GEMINI = "Google Gemini"
    OPENROUTER = "OpenRouter"
    MISTRAL = "Mistral"
    GROQ = "Groq"
    ELSEWHERE = "OpenAI-compatible, elsewhere"
    """At an address that the person gives: another computer, or a program on this one that passes
    on what it is asked."""

    @property
    def place(self) -> ModelPlace:
        """Whether what is given to it leaves this computer; the address has no say in it."""
        return ModelPlace.LOCAL if self in ON_THIS_COMPUTER else ModelPlace.REMOTE


ON_THIS_COMPUTER = frozenset({Server.OLLAMA, Server.LLAMA_CPP, Server.COMPATIBLE, Server.OWN})


class KeySource(StrEnum):
    """Where the key of a provider was found. It is stored nowhere."""

    ENVIRONMENT = "environment"
    """Or ``.streamlit/secrets.toml``, which Streamlit puts there."""
    TYPED = "typed"
    """For as long as this process runs."""


class CallPurpose(StrEnum):
    """What a model was called for. The words stand in the file."""

    ANSWER = "answer"
    REHEARSAL = "answer again, to compare"
    SUMMARY = "summary"
    READING = "reading along"
    TEST = "test of the connection"


class Tier(StrEnum):
    """Where what an answer was made of was found (article, section 4). The words stand in the
    file."""

    HOT = "hot"
    """Said in the last hour in another conversation."""
    WARM = "warm"
    """Said in this conversation."""
    COLD = "cold"
    """Long-term memory: memories, profile, entities."""


class Latency(StrEnum):
    """The stages of an answer, as their seconds are told. The words stand in the file."""

    UNDERSTANDING = "understanding"
    """Personal data, class and grammar of the message; its embedding."""
    RECALL = "recall"
    CONTEXT = "context"
    """Put together under its budget."""
    MASKING = "masking"
    STORING = "storing"
    FIRST_WORD = "first word"
    """From the call of the model."""
    ANSWERING = "answering"
    """From its first word to its last."""


class Review(StrEnum):
    """When the person wants to see what leaves this computer before it does. The words stand in the
    file."""

    FIRST = "the first time"
    """That anything goes to a provider."""
    ALWAYS = "every time"


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
