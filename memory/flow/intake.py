"""The first thing that happens to any text: made safe to store, and personal data handled by
policy, before it is embedded or written anywhere."""

import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from typing import TypeVar

from memory.errors import ConsentRequired, InvalidInput
from memory.flow import policies
from memory.flow.parts import Parts
from memory.flow.provisional import Provisional
from memory.records import (
    SENSITIVE,
    Classification,
    ClassReason,
    DataClass,
    Handling,
    Label,
    PrivacyRules,
    Reading,
    Redaction,
    Span,
)
from memory.rules import policy
from memory.rules.classification import classify, speaks_of_topics

MAX_NAME = 200
"""Characters of what people, conversations and purposes are called."""
FIRST_YEAR, LAST_YEAR = 1000, 9000
"""Of a moment that a caller names: beside the ends of the calendar no day can be counted on."""

MAX_SEARCH_WORDS = 200
"""SQLite takes a condition of a thousand parts."""

# NUL, and marks within words that are not seen and mean nothing: soft hyphen, zero-width space,
# word joiner, byte order mark.
_HIDING = dict.fromkeys((0, 0x00AD, 0x200B, 0x2060, 0xFEFF))
# Marks that show nothing, though Unicode counts them as letters, signs or accents.
_EMPTY_MARKS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")


@dataclass(frozen=True, slots=True)
class Intake:
    text: str
    """As it may be stored."""
    masked: tuple[Span, ...]
    """What was masked; the spans index the text as it was given."""
    classification: Classification
    """Of the text as it was given."""
    reading: Reading
    """Of the text as it may be stored; of one that nothing is learnt from, its personal data."""
    rules: PrivacyRules
    """By which it was taken in."""
    refused: bool = False
    """It is sensitive, and there is no consent to keep such things: nothing of it may be stored."""
    keepable: str = ""
    """The text with only that masked which is never stored; empty where that is no other."""

    @property
    def data_class(self) -> DataClass:
        return self.classification.data_class

    @property
    def labels(self) -> tuple[Label, ...]:
        return tuple(dict.fromkeys(span.label for span in self.masked))


def clean(text: str, max_bytes: int, what: str) -> str:
    """The text without what a database cannot hold. Raises InvalidInput when empty or too long.

    A lone surrogate cannot be encoded, NUL ends a text in SQL functions, and marks that take no
    room hide words from whatever looks for them. What shows nothing, such as zero-width joiners
    alone, is empty too.
    """
    tidy = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    tidy = tidy.translate(_HIDING).strip()
    if _shows_nothing(tidy):
        raise InvalidInput(f"The {what} is empty. Type something first.")
    size = len(tidy.encode())
    if size > max_bytes:
        raise InvalidInput(
            f"The {what} is {size / 1024:,.0f} KB long and {max_bytes / 1024:,.0f} KB are "
            "allowed. Shorten it, or send it in parts."
        )
    return tidy


def name(text: str, what: str) -> str:
    """What a person, a conversation, a speaker or a purpose is called, as it was given.

    It is looked up by, so it is refused rather than mended: InvalidInput when it shows nothing,
    is over MAX_NAME characters, or holds control characters or halves of characters.
    """
    if _shows_nothing(text):
        raise InvalidInput(f"A {what} needs a name. Type one first.")
    if len(text) > MAX_NAME:
        raise InvalidInput(
            f"The name of the {what} has {len(text):,} characters and {MAX_NAME} are allowed. "
            "Shorten it."
        )
    if any(unicodedata.category(character) in ("Cc", "Cs") for character in text):
        raise InvalidInput(
            f"The name of the {what} holds characters that no name can have, such as a line "
            "break. Type it anew."
        )
    return text


def _shows_nothing(text: str) -> bool:
    return all(
        character.isspace()
        or character in _EMPTY_MARKS
        or unicodedata.category(character) in ("Cc", "Cf")
        or unicodedata.name(character, "").startswith("VARIATION SELECTOR")
        for character in text
    )


def moment(at: datetime | None, now: datetime) -> datetime:
    """A moment that a caller names, in UTC; ``now`` when none is named.

    Raises InvalidInput for one without a time zone, or so far off that days cannot be counted
    from it.
    """
    if at is None:
        return now
    if at.utcoffset() is None:
        raise InvalidInput(f"The date {at} has no time zone. Add one, such as “+00:00” for UTC.")
    if not FIRST_YEAR <= at.year <= LAST_YEAR:
        raise InvalidInput(
            f"The date is in the year {at.year}. Choose one between {FIRST_YEAR} and {LAST_YEAR}."
        )
    return at.astimezone(UTC)


def words(query: str) -> list[str]:
    """What to look for, each once. Raises InvalidInput for more than a search can hold."""
    found = list(dict.fromkeys(query.casefold().split()))
    if len(found) > MAX_SEARCH_WORDS:
        raise InvalidInput(
            f"A search takes {MAX_SEARCH_WORDS} words, and these are {len(found):,}. Use fewer."
        )
    return found


Choice = TypeVar("Choice", bound=StrEnum)


def chosen(choices: type[Choice], value: str, what: str) -> Choice:
    """The member of a closed set that a caller named. Raises InvalidInput with all it could be."""
    try:
        return choices(value)
    except ValueError as error:
        known = ", ".join(choices)
        raise InvalidInput(f"There is no {what} “{value}”. Choose one of: {known}.") from error


def take_in(
    parts: Parts,
    person_id: int | None,
    text: str,
    data_class: DataClass | None = None,
    *,
    learnt_from: bool = True,
    looking: Provisional | None = None,
) -> Intake:
    """Mask what policy says must not be stored, and find its class, unless one was chosen.

    ``person_id`` None: nothing will be stored, so placeholders get no number. ``learnt_from``
    False: of the text only its personal data is read, which takes a third of the time.
    ``looking``: it is only looked at; numbers are given there, and nothing is written.
    """
    rules = policies.of(parts, person_id)
    read = parts.language.read if learnt_from else partial(_personal_data_alone, parts)
    reading = read(text)
    classification = (
        Classification(data_class, ClassReason.CHOSEN)
        if data_class
        else classify(text, reading.spans)
    )
    refused = person_id is not None and not may_hold(parts, person_id, classification.data_class)
    if refused:
        person_id = None
    masked = policy.masked_when_stored(reading.spans, rules)
    if person_id is not None and parts.store.placeholders.any_kept(person_id):
        masked = tuple(
            span
            for span in masked
            if not (can_be_kept(rules, span.label) and _is_kept(parts, person_id, span, text))
        )
    never = tuple(span for span in masked if rules.labels[span.label].stored is Handling.NEVER)

    def instead(span: Span) -> str:
        return placeholder(parts, person_id, rules, span, text, looking)

    kept = policy.mask(text, masked, instead)
    return Intake(
        text=kept,
        masked=masked,
        classification=classification,
        reading=read(kept) if masked else reading,
        rules=rules,
        refused=refused,
        keepable=policy.mask(text, never, instead) if masked != never else "",
    )


def _personal_data_alone(parts: Parts, text: str) -> Reading:
    return Reading(parts.language.personal_data(text), sentences=(), mentions=(), profile=())


def placeholder(
    parts: Parts,
    person_id: int | None,
    rules: PrivacyRules,
    span: Span,
    text: str,
    looking: Provisional | None = None,
) -> str:
    """Such as [EMAIL_2]: the same value has the same number. Of what is never stored, and where
    nothing is (``person_id`` None), not even a hash is kept, and there is no number."""
    if person_id is None or rules.labels[span.label].stored is Handling.NEVER:
        return f"[{span.label}]"
    if looking is None:
        return f"[{span.label}_{_number(parts, person_id, span, text)}]"
    number = known_number(parts, person_id, span, text)
    if number is None:
        highest = parts.store.placeholders.highest(person_id, span.label)
        number = looking.number(span.label, _hashed(span, text), highest)
    return f"[{span.label}_{number}]"


def known_number(parts: Parts, person_id: int, span: Span, text: str) -> int | None:
    """That a value has in the file; looking gives it none."""
    digest = parts.keys.known_digest(person_id, _hashed(span, text))
    if digest is None:
        return None
    return parts.store.placeholders.find(person_id, span.label, bytes.fromhex(digest))


def take_own(parts: Parts, person_id: int, text: str) -> Intake:
    """What the person writes about the app itself: a title, instructions. Raises ConsentRequired
    when it is sensitive and such things may not be kept."""
    taken = take_in(parts, person_id, text, learnt_from=False)
    if taken.refused:
        raise ConsentRequired(SENSITIVE)
    return taken


def class_of(parts: Parts, text: str) -> Classification:
    """Of a text that is not being taken in. The names in it are looked for only where they could
    make it sensitive: that takes the language model."""
    spans = parts.language.personal_data(text) if speaks_of_topics(text) else ()
    return classify(text, spans)


def may_hold(parts: Parts, person_id: int, data_class: DataClass) -> bool:
    """What is sensitive needs a consent of its own (GDPR Art. 9)."""
    return data_class is not DataClass.SENSITIVE or parts.store.consents.granted(
        person_id, SENSITIVE
    )


def redact(parts: Parts, text: str) -> Redaction:
    """Every find replaced by its label, whatever the policy says (article, section 6)."""
    spans = parts.language.personal_data(text)
    return Redaction(policy.mask(text, spans, lambda span: f"[{span.label}]"), spans)


def allow(parts: Parts, person_id: int, text: str, spans: Collection[Span]) -> None:
    """These values of the text are stored as they are from now on; call it in a transaction."""
    for span in spans:
        _number(parts, person_id, span, text)
        digest = _digest(parts, person_id, span, text)
        parts.store.placeholders.keep(person_id, span.label, digest)


def can_be_kept(rules: PrivacyRules, label: Label) -> bool:
    """Whether the person may say of a value that it is stored as it is; not in strict mode."""
    return not rules.strict and rules.labels[label].stored is Handling.MASK


def check_rules(parts: Parts, person_id: int, taken: Intake) -> None:
    """Raises InvalidInput when it was taken in by other rules than hold now; call it in the
    transaction that stores it."""
    if policies.of(parts, person_id) != taken.rules:
        raise InvalidInput("Your privacy rules were changed meanwhile. Try again.")


def _is_kept(parts: Parts, person_id: int, span: Span, text: str) -> bool:
    """Whether the person said that this very value may be stored."""
    with parts.store.transaction():
        if span.label is Label.SECRET or not parts.store.people.is_known(person_id):
            return False
        digest = _digest(parts, person_id, span, text)
        return parts.store.placeholders.is_kept(person_id, span.label, digest)


def was_kept(parts: Parts, person_id: int, span: Span, text: str) -> bool:
    """The same, where looking must write nothing: no key is made."""
    digest = parts.keys.known_digest(person_id, _hashed(span, text))
    return digest is not None and parts.store.placeholders.is_kept(
        person_id, span.label, bytes.fromhex(digest)
    )


def _number(parts: Parts, person_id: int, span: Span, text: str) -> int:
    """The same value keeps its number; only its keyed hash is stored. 0 when the person was erased
    meanwhile: then nothing of this text is stored, and their key must not come back."""
    with parts.store.transaction():
        if not parts.store.people.is_known(person_id):
            return 0
        digest = _digest(parts, person_id, span, text)
        return parts.store.placeholders.number(person_id, span.label, digest)


def _digest(parts: Parts, person_id: int, span: Span, text: str) -> bytes:
    return bytes.fromhex(parts.keys.digest(person_id, _hashed(span, text)))


def _hashed(span: Span, text: str) -> str:
    """The value, however it is written."""
    value = " ".join(text[span.start : span.end].lower().split())
    return f"{span.label}:{value}"
