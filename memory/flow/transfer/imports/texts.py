"""A text of an archive as it may be stored: by the same rules as for whatever else is taken in."""

from dataclasses import dataclass

from memory.errors import InvalidInput
from memory.flow import intake
from memory.flow.parts import Parts
from memory.records import (
    Classification,
    ClassReason,
    DataClass,
    Handling,
    Label,
    PrivacyRules,
    Span,
)
from memory.rules import policy
from memory.rules.classification import classify, speaks_of_topics

LONGEST = 1024 * 1024
"""Bytes: more than any text has that passed ``checking``."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A text as it may be stored."""

    text: str
    masked: tuple[Label, ...]
    full: Classification
    """By all that is in it; ``loose``: by names only where they could make it sensitive, as parts
    of a turn are classified."""
    loose: Classification
    instead: tuple[tuple[str, str], ...] = ()
    """What was masked, and what stands in its place."""

    def derived(self, given: str, others: str = "") -> str | None:
        """What was worked out from the text, with the same masked in it. None for what does not
        stand in the text: if something was masked, it may be that. ``others``: earlier wordings,
        in which it may stand instead."""
        for value, label in self.instead:
            given = given.replace(value, label)
        return given if given in self.text or given in others else None


class Guard:
    """Looks through each text once, by the rules that hold when all is brought in."""

    def __init__(self, parts: Parts, person_id: int | None, rules: PrivacyRules) -> None:
        """``person_id`` None: nobody is known here yet, so no value was ever allowed."""
        self._parts, self._person_id, self._rules = parts, person_id, rules
        self._seen: dict[str, Seen] = {}
        self._names: dict[str, str] = {}
        self.masked = 0
        """Values so far."""

    def see(self, given: str) -> Seen:
        if given not in self._seen:
            self._seen[given] = self._look(given)
        return self._seen[given]

    def text(self, given: str) -> str:
        return self.see(given).text

    def name(self, given: str) -> str:
        """What is called so was never masked, but a secret is no name."""
        if given not in self._names:
            spans = self._parts.language.personal_data(given)
            never = [span for span in spans if self._is_never_stored(span)]
            self.masked += len(never)
            self._names[given] = policy.mask(given, never, _label)
        return self._names[given]

    def _look(self, given: str) -> Seen:
        tidy = _tidy(given)
        if not tidy:
            plain = Classification(DataClass.PUBLIC, ClassReason.PLAIN)
            return Seen("", (), plain, plain)
        spans = self._parts.language.personal_data(tidy)
        masked = [
            span
            for span in policy.masked_when_stored(spans, self._rules)
            if not self._is_allowed(span, tidy)
        ]
        self.masked += len(masked)
        return Seen(
            policy.mask(tidy, masked, _label),
            tuple(dict.fromkeys(span.label for span in masked)),
            classify(tidy, spans),
            classify(tidy, spans if speaks_of_topics(tidy) else ()),
            tuple((tidy[span.start : span.end], _label(span)) for span in masked),
        )

    def _is_allowed(self, span: Span, text: str) -> bool:
        """The person said here that this very value may be stored."""
        if self._person_id is None or not intake.can_be_kept(self._rules, span.label):
            return False
        return intake.was_kept(self._parts, self._person_id, span, text)

    def _is_never_stored(self, span: Span) -> bool:
        return self._rules.labels[span.label].stored is Handling.NEVER


def _tidy(given: str) -> str:
    """Without what a database cannot hold; empty when it shows nothing. What a model said may begin
    or end in a space."""
    try:
        tidy = intake.clean(given, LONGEST, "text")
    except InvalidInput:
        return ""
    before, after = len(given) - len(given.lstrip()), len(given.rstrip())
    return given[:before] + tidy + given[after:]


def _label(span: Span) -> str:
    """Without a number: those in an archive are its own, and not those of here."""
    return f"[{span.label}]"
