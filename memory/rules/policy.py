"""What is done about personal data: kept, masked, used, sent, and for how long (article, section 6;
GDPR Art. 5 and 9).

Detection says what something is; policy says what may be done with it. The rules of a person are
one record, ``PrivacyRules``: these are the ones to begin with, and what follows from any of them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from memory.records import (
    ClassRule,
    DataClass,
    Handling,
    Label,
    LabelRule,
    MemoryItem,
    Preset,
    PrivacyRules,
    Pseudonym,
    Span,
)

IDENTIFIERS = frozenset(
    {
        Label.EMAIL,
        Label.PHONE,
        Label.CREDIT_CARD,
        Label.IBAN,
        Label.SSN,
        Label.ADDRESS,
        Label.IP,
        Label.ID,
    }
)
"""Masked before storing: they identify a person to others, and no answer needs them."""

DAYS: Mapping[Preset, Mapping[DataClass, int | None]] = {
    Preset.ASSISTANT: {
        DataClass.PUBLIC: None,
        DataClass.INTERNAL: None,
        DataClass.CONFIDENTIAL: 365,
        DataClass.PERSONAL: 365,
        DataClass.SENSITIVE: 365,
    },
    # “Personal data might expire in 30 days, while public documentation can stay for a year.”
    Preset.ARTICLE: {
        DataClass.PUBLIC: 365,
        DataClass.INTERNAL: 180,
        DataClass.CONFIDENTIAL: 90,
        DataClass.PERSONAL: 30,
        DataClass.SENSITIVE: 30,
    },
}
"""Days until a memory of the class is erased; None: until it is erased by hand."""

STRICTNESS = (
    DataClass.PUBLIC,
    DataClass.INTERNAL,
    DataClass.PERSONAL,
    DataClass.CONFIDENTIAL,
    DataClass.SENSITIVE,
)
"""From the class that allows most to the one that allows least: what is personal may be sent with
its names masked, what was confided stays here."""
STAY_HOME = frozenset({DataClass.CONFIDENTIAL, DataClass.SENSITIVE})
"""Classes that are not sent to a model elsewhere unless the person allows it."""
MAX_DAYS = 36_500
"""A hundred years: beyond, dates run out of calendar."""


def rules(*, strict: bool = False, preset: Preset = Preset.ASSISTANT) -> PrivacyRules:
    """The rules of a person who has changed nothing."""
    usual = PrivacyRules(
        strict=strict,
        preset=preset,
        classes={
            data_class: ClassRule(
                recalled=True, sent=data_class not in STAY_HOME, exported=True, days=days
            )
            for data_class, days in DAYS[preset].items()
        },
        labels={label: LabelRule(_usually(label), masked_when_sent=True) for label in Label},
    )
    return bounded(usual)


def _usually(label: Label) -> Handling:
    if label is Label.SECRET:
        return Handling.NEVER
    return Handling.MASK if label in IDENTIFIERS else Handling.KEEP


def bounded(chosen: PrivacyRules) -> PrivacyRules:
    """The rules with what no choice can lift: secrets are never stored, and the strict regime
    masks everything personal and keeps nothing longer than the article does."""
    labels = {label: _bounded(label, rule, chosen.strict) for label, rule in chosen.labels.items()}
    if not chosen.strict:
        return replace(chosen, labels=labels)
    article = DAYS[Preset.ARTICLE]
    classes = {
        data_class: replace(rule, days=_shorter(rule.days, article[data_class]))
        for data_class, rule in chosen.classes.items()
    }
    return PrivacyRules(True, Preset.ARTICLE, classes, labels)


def _bounded(label: Label, rule: LabelRule, strict: bool) -> LabelRule:
    if label is Label.SECRET:
        return LabelRule(Handling.NEVER, masked_when_sent=True)
    return replace(rule, stored=Handling.MASK) if strict and rule.stored is Handling.KEEP else rule


def chosen(wanted: PrivacyRules, shown: PrivacyRules, before: PrivacyRules) -> PrivacyRules:
    """What a person chooses by asking for ``wanted`` where they were ``shown`` other rules: what
    differs. All else stays as it was chosen ``before``, though the strict regime may hide it, and
    days that were never chosen follow the preset.
    """
    preset = before.preset if wanted.preset is shown.preset else wanted.preset

    def days(data_class: DataClass) -> int | None:
        if wanted.classes[data_class].days != shown.classes[data_class].days:
            return wanted.classes[data_class].days
        own = before.classes[data_class].days
        return DAYS[preset][data_class] if own == DAYS[before.preset][data_class] else own

    return PrivacyRules(
        strict=wanted.strict,
        preset=preset,
        classes={each: replace(rule, days=days(each)) for each, rule in wanted.classes.items()},
        labels={
            each: before.labels[each] if rule == shown.labels[each] else rule
            for each, rule in wanted.labels.items()
        },
    )


def _shorter(one: int | None, other: int | None) -> int | None:
    return min((days for days in (one, other) if days is not None), default=None)


# -- masking --------------------------------------------------------------------------------


def mask(text: str, spans: Sequence[Span], placeholder: Callable[[Span], str]) -> str:
    """The text with each span replaced; the spans must not overlap."""
    parts, position = [], 0
    for span in sorted(spans, key=lambda span: span.start):
        parts += [text[position : span.start], placeholder(span)]
        position = span.end
    return "".join([*parts, text[position:]])


def masked_when_stored(spans: Sequence[Span], by: PrivacyRules) -> tuple[Span, ...]:
    return tuple(span for span in spans if by.labels[span.label].stored is not Handling.KEEP)


def masked_when_sent(spans: Sequence[Span], by: PrivacyRules) -> tuple[Span, ...]:
    return tuple(span for span in spans if is_masked_when_sent(span.label, by))


def is_masked_when_sent(label: Label, by: PrivacyRules) -> bool:
    """Also what is not stored: it is not sent either."""
    rule = by.labels[label]
    return rule.masked_when_sent or rule.stored is not Handling.KEEP


def kept_readable(pseudonyms: Sequence[Pseudonym], by: PrivacyRules) -> tuple[Pseudonym, ...]:
    """Of what was masked when sent, what is stored as it is."""
    return tuple(each for each in pseudonyms if by.labels[each.label].stored is Handling.KEEP)


# -- classes --------------------------------------------------------------------------------


def strictest(classes: Sequence[DataClass]) -> DataClass:
    """The one that allows least."""
    return max(classes, key=STRICTNESS.index)


# -- retention ------------------------------------------------------------------------------


def expires_at(data_class: DataClass, now: datetime, by: PrivacyRules) -> datetime | None:
    """When what is stored, or under the assistant's preset used, now must be gone."""
    days = by.classes[data_class].days
    return None if days is None else now + timedelta(days=days)


def expires_after_use(item: MemoryItem, now: datetime, by: PrivacyRules) -> datetime | None:
    """A use puts the expiry off, except under the article's preset, which counts from storing."""
    if by.preset is Preset.ARTICLE:
        return item.expires_at
    return expires_at(item.data_class, now, by)


def expires_anew(item: MemoryItem, by: PrivacyRules) -> datetime | None:
    """When a memory is due by these rules: from the last time it was stored, corrected or used;
    under the article's preset from storing alone."""
    since = [item.created_at]
    if by.preset is Preset.ASSISTANT:
        since += [at for at in (item.edited_at, item.last_accessed_at) if at is not None]
    return expires_at(item.data_class, max(since), by)
