"""Pseudonyms in the place of names and identifiers, for what leaves this computer.

They are numbered labels, the same for the same value. A value that is found in one text, or is
known as the person's or another's name, is masked in all of them. Where nothing of a chat may be
stored its new values get numbers of their own, which are kept nowhere.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from memory.flow import entities, intake, policies
from memory.flow.context import Asked
from memory.flow.parts import Parts
from memory.protocols import Model
from memory.records import (
    ChatMessage,
    Context,
    EntityType,
    Label,
    PrivacyRules,
    Pseudonym,
    Span,
)
from memory.rules import policy
from memory.rules.personal_data import settle
from memory.rules.personal_data.common_words import NO_NAMES

NAME_FIELD = "name"
"""The profile field that holds what the person is called."""
SHORTEST_NAME = 3
"""Letters of a part of a name that is masked by itself: “de” and “Al” stand in too much."""
NUMBERED = re.compile(r"\[([A-Z_]+)_(\d+)\]")


@dataclass(frozen=True, slots=True)
class Masked:
    """A context as it leaves."""

    context: Context
    pseudonyms: tuple[Pseudonym, ...] = ()
    """What was masked in it, in the order in which it first stands there."""


def masked(parts: Parts, model: Model, asked: Asked, context: Context, *, stored: bool) -> Masked:
    """Each message masked by the person's rules; nothing is for a model of this computer.

    ``stored``: whether the turn is: where it is not, no number is kept with a hash.
    """
    person_id = parts.store.people.find(asked.user_id)
    if model.is_local or person_id is None:
        return Masked(context)
    rules = policies.of(parts, person_id)
    texts = [message["content"] for message in context.messages]
    found = [policy.masked_when_sent(parts.language.personal_data(t), rules) for t in texts]
    known = _values(parts, person_id, asked, rules, texts, found)
    labels = (_Stored if stored else _Unstored)(parts, person_id, rules, texts)
    messages = [
        ChatMessage(role=message["role"], content=_masked(message["content"], spans, known, labels))
        for message, spans in zip(context.messages, found, strict=True)
    ]
    return Masked(replace(context, messages=messages), tuple(labels.given.values()))


def _masked(text: str, spans: Sequence[Span], known: Mapping[str, Label], labels: "_Labels") -> str:
    every = settle((*spans, *_standing(known, text)))
    return policy.mask(text, every, lambda span: labels.of(span, text))


# -- what is masked -------------------------------------------------------------------------


def _values(
    parts: Parts,
    person_id: int,
    asked: Asked,
    rules: PrivacyRules,
    texts: Sequence[str],
    found: Sequence[Sequence[Span]],
) -> dict[str, Label]:
    """What was found in any of the texts, and the names that are known, with their parts."""
    values = {
        text[span.start : span.end]: span.label
        for text, spans in zip(texts, found, strict=True)
        for span in spans
    }
    if rules.labels[Label.NAME].masked_when_sent:
        values |= dict.fromkeys(_names(parts, person_id, asked), Label.NAME)
    names = [value for value, label in values.items() if label is Label.NAME]
    return values | {each: Label.NAME for name in names for each in _parts_of(name)}


def _names(parts: Parts, person_id: int, asked: Asked) -> Iterable[str]:
    """Everybody's that the person has told of, and their own."""
    for field_ in parts.store.profile.fields(person_id, asked.now):
        if field_.field == NAME_FIELD:
            yield field_.value
    yield from entities.names(parts, person_id, EntityType.PERSON)


def _parts_of(name: str) -> Iterable[str]:
    """Who is spoken of as Maya Lindqvist may be called Lindqvist in the next sentence."""
    words = name.split()
    if len(words) > 1:
        for word in words:
            plain = word.strip(".,'’")
            if len(plain) >= SHORTEST_NAME and plain.lower() not in NO_NAMES:
                yield plain


def _standing(values: Mapping[str, Label], text: str) -> Iterable[Span]:
    """Where the values stand in a text, as words of their own; one that is a common word as well
    (“Will”, “Hope”) only where it is written as a name."""
    for value, label in values.items():
        is_common = value.lower() in NO_NAMES
        for place in re.finditer(rf"(?<!\w){re.escape(value)}(?!\w)", text, re.IGNORECASE):
            if not (is_common and place.group().islower()):
                yield Span(*place.span(), label, rule="known value")


# -- in its place ---------------------------------------------------------------------------


@dataclass(slots=True)
class _Labels:
    """Of one context."""

    parts: Parts
    person_id: int
    rules: PrivacyRules
    texts: Sequence[str]
    given: dict[tuple[Label, str], Pseudonym] = field(default_factory=dict)
    """By label and value, however it is written."""

    def of(self, span: Span, text: str) -> str:
        value = text[span.start : span.end]
        if span.label is Label.SECRET:
            return f"[{span.label}]"  # nothing of it comes back
        key = span.label, " ".join(value.lower().split())
        if key not in self.given:
            self.given[key] = Pseudonym(self._made(span, text), span.label, value)
        return self.given[key].placeholder

    def _made(self, span: Span, text: str) -> str:
        raise NotImplementedError


class _Stored(_Labels):
    """By the numbers of the file, which are kept with a keyed hash of the value."""

    __slots__ = ()

    def _made(self, span: Span, text: str) -> str:
        return intake.placeholder(self.parts, self.person_id, self.rules, span, text)


class _Unstored(_Labels):
    """A number that the file has is used, and one that it has not is taken by nobody else."""

    __slots__ = ()

    def _made(self, span: Span, text: str) -> str:
        number = intake.known_number(self.parts, self.person_id, span, text)
        return f"[{span.label}_{number or self._next(span.label)}]"

    def _next(self, label: Label) -> int:
        written = {
            int(number)
            for text in (*self.texts, *(each.placeholder for each in self.given.values()))
            for named, number in NUMBERED.findall(text)
            if named == label
        }
        return max(written | {self.parts.store.placeholders.highest(self.person_id, label)}) + 1
