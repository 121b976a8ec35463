"""Pseudonyms in the place of names and identifiers, for what leaves this computer.

They are numbered labels, the same for the same value, and for all names of one person. A value that
is found in one text, or is known as the person's or another's name, is masked in all of them. Where
nothing of a chat may be stored its new values get numbers of their own, which are kept nowhere.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from memory.errors import ConsentRequired
from memory.flow import entities, intake, policies
from memory.flow.context import Asked
from memory.flow.parts import Parts
from memory.protocols import Model
from memory.records import (
    REMOTE_MODEL,
    ChatMessage,
    Context,
    ContextReport,
    EntityType,
    Label,
    PrivacyRules,
    Pseudonym,
    Section,
    Span,
)
from memory.rules import budget, policy
from memory.rules.full_names import is_telling, named_in_full
from memory.rules.name_forms import Forms, plain
from memory.rules.personal_data import settle
from memory.rules.personal_data.common_words import NO_NAMES

NAME_FIELD = "name"
"""The profile field that holds what the person is called."""
PSEUDONYMS = "pseudonyms"
"""The section of a report that holds what they take beyond what they stand for."""
WORD = re.compile(r"\w+")
NUMBERED = re.compile(r"\[([A-Z_]+)_(\d{1,18})\]")


@dataclass(frozen=True, slots=True)
class Masked:
    """A context as it leaves."""

    context: Context
    pseudonyms: tuple[Pseudonym, ...] = ()
    """What was masked in it, each value once, in the order in which each stands there last."""


def masked(parts: Parts, model: Model, asked: Asked, context: Context, *, stored: bool) -> Masked:
    """Each message masked by the person's rules, for a model elsewhere; unchanged for one here.

    ``stored``: whether the turn is stored; where it is not, no new number of a placeholder is kept.
    Raises ConsentRequired where there is nobody whose rules could hold.
    """
    if model.is_local:
        return Masked(context)
    person_id = parts.store.people.find(asked.user_id)
    if person_id is None:  # erased meanwhile, and the consent with them
        raise ConsentRequired(REMOTE_MODEL, "sent")
    rules = policies.of(parts, person_id)
    texts = [message["content"] for message in context.messages]
    found = [policy.masked_when_sent(parts.language.personal_data(t), rules) for t in texts]
    values = {
        text[span.start : span.end]: span.label
        for text, spans in zip(texts, found, strict=True)
        for span in spans
    }
    in_full: dict[str, str] = {}
    if policy.is_masked_when_sent(Label.NAME, rules):
        seen = [value for value, label in values.items() if label is Label.NAME]
        in_full = named_in_full(seen, _people(parts, person_id, asked))
    known = _Known(
        {value.lower(): label for value, label in values.items() if label is not Label.NAME},
        Forms(in_full),
    )
    labels = (_Stored if stored else _Unstored)(parts, person_id, rules, texts, in_full)
    messages = [
        ChatMessage(role=message["role"], content=_masked(message["content"], spans, known, labels))
        for message, spans in zip(context.messages, found, strict=True)
    ]
    report = _counted(parts, context.report, messages, labels.pseudonyms)
    return Masked(replace(context, messages=messages, report=report), labels.pseudonyms)


def _counted(
    parts: Parts,
    report: ContextReport,
    messages: list[ChatMessage],
    pseudonyms: Sequence[Pseudonym],
) -> ContextReport:
    """As it leaves: a placeholder takes more tokens than a short name, and they are paid for."""
    more = budget.tokens(messages, parts.tokens.count) - report.tokens
    if more <= 0:
        return report
    section = Section(PSEUDONYMS, more, len(pseudonyms))
    return replace(report, sections=(*report.sections, section), tokens=report.tokens + more)


def _people(parts: Parts, person_id: int, asked: Asked) -> list[list[str]]:
    """All names of each person known here, the fullest first: of the user, of those they told of,
    and of those who spoke in their conversations."""
    own = [
        [each.value]
        for each in parts.store.profile.fields(person_id, asked.now)
        if each.field == NAME_FIELD
    ]
    people = entities.names(parts, person_id, EntityType.PERSON)
    called = {name for each in people for name in each}
    speakers = parts.store.memories.speakers(person_id)
    told_apart = ([name] for name in speakers if name not in called and is_telling(name))
    return [*own, *people, *told_apart]


@dataclass(frozen=True, slots=True)
class _Known:
    """Values and names that are masked wherever they stand, found there or not."""

    values: Mapping[str, Label]
    """In lower case; names are not among them."""
    names: Forms

    def spans(self, text: str) -> Iterable[Span]:
        """Where they stand as words of their own; a name that is a common word as well (“Will”,
        “Hope”) only where it is written as a name."""
        for start, end in self.names.places(text):
            written = text[start:end]
            if not (written.islower() and written in NO_NAMES):
                yield Span(start, end, Label.NAME, rule="known name")
        words = set(WORD.findall(text.lower()))
        for value, label in self.values.items():
            if not words.issuperset(WORD.findall(value)):
                continue  # most of a thousand: compiling a pattern of each takes a second
            for place in re.finditer(rf"(?<!\w){re.escape(value)}(?!\w)", text, re.IGNORECASE):
                yield Span(*place.span(), label, rule="known value")


def _masked(text: str, spans: Sequence[Span], known: _Known, labels: "_Labels") -> str:
    every = settle((*spans, *known.spans(text)))
    return policy.mask(text, every, lambda span: labels.of(span, text))


# -- in its place ---------------------------------------------------------------------------


@dataclass(slots=True)
class _Labels:
    """Gives the values of one context their placeholders, and remembers which."""

    parts: Parts
    person_id: int
    rules: PrivacyRules
    texts: Sequence[str]
    in_full: Mapping[str, str]
    """Names of people, by the plain form of each way they are called."""
    _made: dict[tuple[Label, str], str] = field(default_factory=dict)
    _seen: dict[tuple[str, str], Pseudonym] = field(default_factory=dict)

    @property
    def pseudonyms(self) -> tuple[Pseudonym, ...]:
        """Each value once; of those with one placeholder, the one that stands last comes last."""
        return tuple(self._seen.values())

    def of(self, span: Span, text: str) -> str:
        value = text[span.start : span.end]
        if span.label is Label.SECRET:
            return f"[{span.label}]"  # nothing of it comes back
        whole = self.in_full.get(plain(value), value) if span.label is Label.NAME else value
        made = self._placeholder(span.label, whole)
        seen = self._seen.pop((made, value.lower()), None)
        if seen is None or value != value.lower():
            seen = Pseudonym(made, span.label, value)
        self._seen[made, value.lower()] = seen
        return made

    def _placeholder(self, label: Label, value: str) -> str:
        key = label, " ".join(value.lower().split())
        if key not in self._made:
            self._made[key] = self._make(Span(0, len(value), label, rule="value"), value)
        return self._made[key]

    def _make(self, span: Span, text: str) -> str:
        raise NotImplementedError


class _Stored(_Labels):
    """By the numbers of the file, which are kept with a keyed hash of the value."""

    __slots__ = ()

    def _make(self, span: Span, text: str) -> str:
        return intake.placeholder(self.parts, self.person_id, self.rules, span, text)


class _Unstored(_Labels):
    """A number that the file has is used, and one that it has not is taken by nobody else."""

    __slots__ = ()

    def _make(self, span: Span, text: str) -> str:
        number = intake.known_number(self.parts, self.person_id, span, text)
        return f"[{span.label}_{number or self._next(span.label)}]"

    def _next(self, label: Label) -> int:
        written = {
            int(number)
            for text in (*self.texts, *self._made.values())
            for named, number in NUMBERED.findall(text)
            if named == label
        }
        return max(written | {self.parts.store.placeholders.highest(self.person_id, label)}) + 1
