"""Pseudonyms in the place of names and identifiers, for what leaves this computer.

They are numbered labels, the same for the same value. A value that is found in one text, or is
known as the person's or another's name, is masked in all of them.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from memory.flow import entities, intake, policies
from memory.flow.context import Asked
from memory.flow.parts import Parts
from memory.protocols import Model
from memory.records import (
    ChatMessage,
    Context,
    EntityType,
    Label,
    Span,
)
from memory.rules import policy
from memory.rules.personal_data import settle

NAME_FIELD = "name"
"""The profile field that holds what the person is called."""


def masked(parts: Parts, model: Model, asked: Asked, context: Context, *, stored: bool) -> Context:
    """The context as it leaves, each message masked by the person's rules.

    ``stored``: whether the turn is. If not, labels have no numbers: those are kept with a hash.
    """
    person_id = parts.store.people.find(asked.user_id)
    if model.is_local or person_id is None:
        return context
    rules = policies.of(parts, person_id)
    texts = [message["content"] for message in context.messages]
    found = [policy.masked_when_sent(parts.language.personal_data(t), rules) for t in texts]
    values = {
        text[span.start : span.end].lower(): span.label
        for text, spans in zip(texts, found, strict=True)
        for span in spans
    }
    if rules.labels[Label.NAME].masked_when_sent:
        values |= {name.lower(): Label.NAME for name in _names(parts, person_id, asked)}
    numbered_for = person_id if stored else None
    labels: dict[tuple[Label, str], str] = {}

    def label(span: Span, text: str) -> str:
        """A name that stands in every message has its number looked up once."""
        found = span.label, text[span.start : span.end]
        if found not in labels:
            labels[found] = intake.placeholder(parts, numbered_for, rules, span, text)
        return labels[found]

    def masked_text(text: str, spans: Iterable[Span]) -> str:
        every = settle((*spans, *_known(values, text)))
        return policy.mask(text, every, lambda span: label(span, text))

    messages = [
        ChatMessage(role=message["role"], content=masked_text(message["content"], spans))
        for message, spans in zip(context.messages, found, strict=True)
    ]
    return replace(context, messages=messages)


def _names(parts: Parts, person_id: int, asked: Asked) -> Iterable[str]:
    """Everybody's that the person has told of, and their own."""
    for field in parts.store.profile.fields(person_id, asked.now):
        if field.field == NAME_FIELD:
            yield field.value
    yield from entities.names(parts, person_id, EntityType.PERSON)


def _known(values: Mapping[str, Label], text: str) -> Iterable[Span]:
    """Where the values stand in a text, as words of their own."""
    for value, label in values.items():
        for place in re.finditer(rf"(?<!\w){re.escape(value)}(?!\w)", text, re.IGNORECASE):
            yield Span(*place.span(), label, rule="known value")
