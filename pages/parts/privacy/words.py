"""How the Privacy page calls things: the engine's closed words in a person's."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from memory import PURPOSES, Consent, DataClass, Handling, Label, Preset, Purpose
from pages.parts.shared import capitalised, on_day

CLASSES: Mapping[DataClass, str] = {
    DataClass.PUBLIC: "Repeats what is public: documentation, releases, general knowledge.",
    DataClass.INTERNAL: "Work and how you do it, with nobody named in it.",
    DataClass.CONFIDENTIAL: "Confided by its own words, or said together with a password or key.",
    DataClass.PERSONAL: "Speaks of you, or names or identifies somebody.",
    DataClass.SENSITIVE: "Health, belief, politics, sexuality, trade union, ethnic origin, genetic "
    "or biometric data (GDPR Art. 9). Kept only with its own consent.",
}

LABELS: Mapping[Label, tuple[str, str]] = {
    Label.SECRET: ("Password or key", "passwords and keys"),
    Label.EMAIL: ("E-mail address", "e-mail addresses"),
    Label.PHONE: ("Phone number", "phone numbers"),
    Label.ADDRESS: ("Postal address", "postal addresses"),
    Label.NAME: ("Name", "names"),
    Label.DOB: ("Date of birth", "dates of birth"),
    Label.CREDIT_CARD: ("Card number", "card numbers"),
    Label.IBAN: ("Bank account (IBAN)", "bank accounts"),
    Label.SSN: ("Social security number", "social security numbers"),
    Label.ID: ("Identifier", "identifiers"),
    Label.IP: ("IP address", "IP addresses"),
}
"""One, and several in the middle of a sentence."""

HANDLING: Mapping[Handling, str] = {
    Handling.KEEP: "Keep",
    Handling.MASK: "Mask",
    Handling.NEVER: "Never store",
}

PRESETS: Mapping[Preset, str] = {
    Preset.ASSISTANT: "What is about people goes a year after its last use; the rest stays until "
    "it has faded, or you erase it.",
    Preset.ARTICLE: "Everything goes, personal and sensitive things first, counted from the day "
    "it was stored. Using a memory does not put that off.",
}

DELETIONS: Mapping[str, str] = {
    "memory": "One memory erased",
    "conversation": "Conversation erased",
    "entity": "Name erased",
    "purpose": "Consent withdrawn",
    "everything": "Everything erased",
    "expired": "Retention over",
    "forgotten": "Forgotten",
    "replaced": "Message replaced",
    "faded": "Faded, and swept",
}
"""Scopes of erasures, as reasons."""
OWN = "own"
"""The text version of a purpose that the person made."""


def purpose_of(name: str) -> Purpose:
    """Of one that the person made, its name is all there is."""
    known = PURPOSES.get(name)
    return known or Purpose(name, capitalised(name), "A purpose of your own.", OWN)


def in_force(consents: Iterable[Consent]) -> dict[str, Consent]:
    """By purpose."""
    return {consent.purpose: consent for consent in consents if consent.revoked_at is None}


def purpose_ids(consents: Iterable[Consent]) -> dict[str, str]:
    """Names of purposes by what the session may hold of them: the built-in ones first, then the
    person's own by their number, as their names are the person's words."""
    own = dict.fromkeys(c.purpose for c in consents if c.purpose not in PURPOSES)
    return {name: name for name in PURPOSES} | {f"own_{n}": name for n, name in enumerate(own)}


def with_version(told: str, text_version: str) -> str:
    """Of the words of a purpose; one of the person's own has none besides its name."""
    return told if text_version == OWN else f"{told} · text version {text_version}"


def kept_in_words(label: Label, count: int) -> str:
    one, several = LABELS[label]
    return f"{count:,} {several}" if count > 1 else f"1 {uncapitalised(one)}"


def uncapitalised(words: str) -> str:
    """In the middle of a sentence; “IP” and “IBAN” stay."""
    abbreviated = words[:2].isalpha() and words[:2].isupper()
    return words if abbreviated else words[:1].lower() + words[1:]


def until(moment: datetime, now: datetime) -> str:
    """“in 12 days”."""
    days = (moment.astimezone().date() - now.astimezone().date()).days
    if days < 0:
        return "over"
    return {0: "today", 1: "tomorrow"}.get(days, f"in {days:,} days")


def until_and_day(moment: datetime, now: datetime) -> str:
    return f"{until(moment, now)} · {on_day(moment)}"
