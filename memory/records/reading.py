"""What is found in a text: personal data, grammar, names, days, and what its sentences state."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from memory.records.words import EntityType, Kind, Label

SETTLED = 3.0
"""Evidence that settles the type of a name, whatever it was taken for before."""


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
    evidence: float = field(default=SETTLED, compare=False)
    """What speaks for its type, summed; ``SETTLED`` is enough against what it is known as."""


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
    told: str = field(default="", compare=False)
    """The sentence, where it is looked for what else it says."""


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
    """What it says of that, verbatim; a version with its tool, wherever the two stood."""
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
