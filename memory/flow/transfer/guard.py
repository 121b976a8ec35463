"""A text of an archive as it may be stored: by the same rules as for whatever else is taken in."""

from dataclasses import dataclass

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
"""Bytes: how long a text may be was looked at before."""
LONGEST_NAME = 200
"""Characters of the name of an entity, and of other short things."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A text as it may be stored."""

    text: str
    masked: tuple[Label, ...]
    full: Classification
    """By all that is in it; ``loose``: by names only where they could make it sensitive, as parts
    of a turn are classified."""
    loose: Classification


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

    def derived(self, given: str, source: str) -> str:
        """What was worked out from a text, and stands in it as a rule."""
        short = given if given in source else self.text(given)
        return short if len(short) <= len(source) else short[: max(LONGEST_NAME, len(source))]

    def _look(self, given: str) -> Seen:
        if not given.strip():
            plain = Classification(DataClass.PUBLIC, ClassReason.PLAIN)
            return Seen("", (), plain, plain)
        tidy = intake.clean(given, LONGEST, "text")
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
        )

    def _is_allowed(self, span: Span, text: str) -> bool:
        """The person said here that this very value may be stored."""
        if self._person_id is None or not intake.can_be_kept(self._rules, span.label):
            return False
        return intake.was_kept(self._parts, self._person_id, span, text)

    def _is_never_stored(self, span: Span) -> bool:
        return self._rules.labels[span.label].stored is Handling.NEVER


def _label(span: Span) -> str:
    """Without a number: those in an archive are its own, and not those of here."""
    return f"[{span.label}]"
