"""What may leave this computer: to whom the person agreed, of which classes, and only masked.

A model that is not on this computer is given nothing else. What it is given holds numbered labels
in place of names and identifiers, the same for the same value. A value that is found in one text,
or is known as the person's or another's name, is masked in all of them.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from memory.errors import ConsentRequired, StaysHome, StoreUnavailable
from memory.flow import audit, entities, intake, permission, policies
from memory.flow.context import Asked
from memory.flow.parts import Parts
from memory.flow.turn import Turn
from memory.protocols import Model
from memory.records import (
    REMOTE_MODEL,
    Act,
    ChatMessage,
    Context,
    DataClass,
    EntityType,
    Label,
    ModelPlace,
    Span,
    Usage,
)
from memory.rules import policy
from memory.rules.personal_data import settle

NAME_FIELD = "name"
"""The profile field that holds what the person is called."""


def limited(parts: Parts, model: Model, asked: Asked, data_class: DataClass) -> Asked:
    """What may go into a context for this model. ``data_class``: that of the message itself.

    Raises ConsentRequired when the person did not agree to a model elsewhere, and StaysHome when
    the message is of a class that is not sent.
    """
    if model.is_local:
        return asked
    person_id = permission.consenting(parts, asked.user_id, REMOTE_MODEL)
    if person_id is None:
        raise ConsentRequired(REMOTE_MODEL, "sent")
    rules = policies.of(parts, person_id)
    classes = tuple(each for each, rule in rules.classes.items() if rule.sent)
    if data_class not in classes:
        raise StaysHome(data_class)
    return replace(asked, classes=classes)


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


def stream(
    parts: Parts, model: Model, user_id: str, messages: Sequence[ChatMessage]
) -> Iterator[str]:
    """The answer. Call it when its first piece is wanted: the consent may be gone by then."""
    if not model.is_local and permission.consenting(parts, user_id, REMOTE_MODEL) is None:
        raise ConsentRequired(REMOTE_MODEL, "sent")
    return model.stream(messages)


def place_of(model: Model) -> ModelPlace:
    return ModelPlace.LOCAL if model.is_local else ModelPlace.REMOTE


def record_call(parts: Parts, this: Turn, called: ModelPlace, usage: Usage, now: datetime) -> None:
    """That a model was called, and with how much; of a chat that leaves nothing here only what
    left this computer. The answer is worth more than its line in the audit, if the disk is full."""
    tells_nothing = this.stores_for is None and called is ModelPlace.LOCAL
    if called is ModelPlace.BUILT_IN or tells_nothing:
        return
    person_id = parts.store.people.find(this.request.user_id)
    counts = {"context tokens": usage.context_tokens, "answer tokens": usage.answer_tokens}
    if person_id is not None:
        with suppress(StoreUnavailable), parts.store.transaction():
            audit.event(parts, person_id, Act.MODEL_CALL, "model", now, counts, scope=called)


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
