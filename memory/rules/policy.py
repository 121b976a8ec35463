"""What may be kept, for how long, and in which form (article, section 6; GDPR Art. 5).

Detection says what something is; policy says what is done about it.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from memory.records import DataClass, Label, Span


class Handling(StrEnum):
    KEEP = "keep"
    MASK = "mask before storing"
    NEVER = "never store"


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

# Days from the last use (strict: from storing) until a memory of the class is erased.
RETENTION_DAYS: Mapping[DataClass, int | None] = {
    DataClass.PUBLIC: None,
    DataClass.INTERNAL: None,
    DataClass.CONFIDENTIAL: 365,
    DataClass.PERSONAL: 365,
    DataClass.SENSITIVE: 365,
}
# The article: personal data might expire in 30 days, public documentation can stay for a year.
STRICT_RETENTION_DAYS: Mapping[DataClass, int | None] = {
    DataClass.PUBLIC: 365,
    DataClass.INTERNAL: 180,
    DataClass.CONFIDENTIAL: 90,
    DataClass.PERSONAL: 30,
    DataClass.SENSITIVE: 30,
}

FIRST_PERSON = re.compile(r"\b(?:i|i['’]m|me|my|mine|myself|we|our|us)\b", re.IGNORECASE)
CONFIDENTIAL = re.compile(
    r"\b(?:confidential|secret|nda|salary|salaries|under embargo|don['’]t (?:tell|share)"
    r"|between us|off the record)\b",
    re.IGNORECASE,
)


def handling(label: Label, *, strict: bool) -> Handling:
    """What is done with a find before anything is stored or embedded."""
    if label is Label.SECRET:
        return Handling.NEVER
    if label in IDENTIFIERS or strict:
        return Handling.MASK
    return Handling.KEEP


def mask(text: str, spans: Sequence[Span], placeholder: Callable[[Span], str]) -> str:
    """The text with each span replaced; the spans must not overlap."""
    parts, position = [], 0
    for span in sorted(spans, key=lambda span: span.start):
        parts += [text[position : span.start], placeholder(span)]
        position = span.end
    return "".join([*parts, text[position:]])


def classify(text: str, spans: Sequence[Span]) -> DataClass:
    """Confidential by its own words, personal when it speaks of a person, else internal."""
    if CONFIDENTIAL.search(text) or any(span.label is Label.SECRET for span in spans):
        return DataClass.CONFIDENTIAL
    if spans or FIRST_PERSON.search(text):
        return DataClass.PERSONAL
    return DataClass.INTERNAL


def strictest(classes: Sequence[DataClass]) -> DataClass:
    """The one that allows least: from public to sensitive, as they are listed."""
    order = list(DataClass)
    return max(classes, key=order.index)


def expires_at(data_class: DataClass, now: datetime, *, strict: bool) -> datetime | None:
    """When a memory stored, or (unless strict) used, now must be gone; None: never by itself."""
    days = (STRICT_RETENTION_DAYS if strict else RETENTION_DAYS)[data_class]
    return None if days is None else now + timedelta(days=days)


def expires_after_use(
    data_class: DataClass, current: datetime | None, now: datetime, *, strict: bool
) -> datetime | None:
    """A use puts the expiry off, except in the strict regime, which counts from storing."""
    return current if strict else expires_at(data_class, now, strict=False)
