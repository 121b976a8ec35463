"""What was found in a file that would be learnt, counted without a word of it being written."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from memory.flow.derive import NEWER
from memory.flow.parts import Parts
from memory.records import (
    DataClass,
    Doubt,
    EntityType,
    ImportExample,
    Kind,
    Label,
    Mention,
    ProfileFact,
    Standing,
    Statement,
    Status,
    WouldLearn,
)
from memory.rules import change

EXAMPLES = 20
LONGEST_EXAMPLE = 300
"""Characters."""


@dataclass(frozen=True, slots=True)
class Found:
    """A memory that would be made."""

    text: str
    kind: Kind
    data_class: DataClass
    said_at: datetime
    said_in: str
    doubt: Doubt | None = None
    statement: Statement | None = None
    profile: tuple[ProfileFact, ...] = ()


@dataclass(slots=True)
class Learnt:
    """Adds up; a statement is set beside what is known, and beside what the file said before."""

    parts: Parts
    person_id: int
    now: datetime
    kinds: Counter[Kind] = field(default_factory=Counter)
    classes: Counter[DataClass] = field(default_factory=Counter)
    masked: Counter[Label] = field(default_factory=Counter)
    inbox: Counter[Doubt] = field(default_factory=Counter)
    names: set[tuple[EntityType, str]] = field(default_factory=set)
    fields: set[tuple[str, str]] = field(default_factory=set)
    again: int = 0
    replaced: int = 0
    sensitive: int = 0
    examples: list[ImportExample] = field(default_factory=list)
    said: defaultdict[str, list[Found]] = field(default_factory=lambda: defaultdict(list))
    """Statements of the file that hold, by topic."""

    def mention(self, mentions: Iterable[Mention]) -> None:
        self.names |= {(each.type, each.name.casefold()) for each in mentions}

    def add(self, found: Found) -> None:
        doubt = found.doubt
        if found.statement is not None:
            standing = self._standing(found, found.statement)
            if standing is Standing.SAME:
                self.again += 1
                return
            if standing is Standing.CONTRADICTS:
                doubt = doubt or Doubt.CONTRADICTION
        self.kinds[found.kind] += 1
        self.classes[found.data_class] += 1
        if doubt is None:
            self.fields |= {(fact.field, fact.value.casefold()) for fact in found.profile}
        else:
            self.inbox[doubt] += 1
        self._show(found, doubt)

    def _standing(self, found: Found, statement: Statement) -> Standing | None:
        """As it would be stored: what is newer takes the place of what is older."""
        topic = change.topic(statement)
        known = [
            (item.statement, item.said_at)
            for item in self.parts.store.statements.on_topic(self.person_id, topic, self.now)
            if item.statement is not None and item.status is not Status.PROPOSED
        ]
        known += [(each.statement, each.said_at) for each in self.said[topic] if each.statement]
        standings = [_stands(other, at, statement, found.said_at) for other, at in known]
        if Standing.SAME in standings:
            return Standing.SAME
        newer = sum(each in NEWER for each in standings)
        self.replaced += newer
        self.said[topic] = [
            each
            for each in self.said[topic]
            if each.statement is not None
            and _stands(each.statement, each.said_at, statement, found.said_at) not in NEWER
        ] + [found]
        return Standing.CONTRADICTS if Standing.CONTRADICTS in standings else None

    def _show(self, found: Found, doubt: Doubt | None) -> None:
        """Of a large file only every other one is kept, again and again: some of each part."""
        self.examples.append(
            ImportExample(
                text=found.text[:LONGEST_EXAMPLE],
                kind=found.kind,
                data_class=found.data_class,
                said_at=found.said_at,
                said_in=found.said_in,
                doubt=doubt,
            )
        )
        if len(self.examples) > 2 * EXAMPLES * EXAMPLES:
            self.examples = self.examples[::2]

    @property
    def result(self) -> WouldLearn:
        per_field = Counter(name for name, _ in self.fields)
        per_type = Counter(kind for kind, _ in self.names)
        return WouldLearn(
            kinds=dict(self.kinds),
            classes=dict(self.classes),
            entities=dict(per_type),
            fields=dict(per_field),
            masked=dict(self.masked),
            inbox=dict(self.inbox),
            again=self.again,
            replaced=self.replaced,
            sensitive=self.sensitive,
            examples=tuple(_spread(self.examples)),
        )


def _stands(
    known: Statement, known_at: datetime, statement: Statement, said_at: datetime
) -> Standing:
    """How the later said stands to the other."""
    if known_at > said_at:
        return change.standing(statement, known)
    return change.standing(known, statement)


def _spread(examples: Sequence[ImportExample]) -> Sequence[ImportExample]:
    """So many of them from all over the file."""
    if len(examples) <= EXAMPLES:
        return examples
    return [examples[place * len(examples) // EXAMPLES] for place in range(EXAMPLES)]
