"""A field of the profile that the person sets by hand, as a sentence of theirs: “My city is Oslo.”

The sentence is what is kept, shown and recalled, so it must give back what it was made of, also
when it is corrected later.
"""

import re

from memory.records import Kind, ProfileFact, Statement
from memory.rules.document import has_several
from memory.rules.statements.attributes import canonical
from memory.rules.technologies import find_technologies

LONGEST_FIELD, LONGEST_VALUE = 40, 200
"""Characters."""

_FIELD = re.compile(rf"[^\W_][\w '’/&+-]{{0,{LONGEST_FIELD - 1}}}")
_VERB = re.compile(r" (?:is|are) ", re.IGNORECASE)
_SENTENCE = re.compile(
    rf"My (?P<field>[^\W_][\w '’/&+-]{{0,{LONGEST_FIELD}}}?) (?:is|are) "
    rf"(?P<value>[^\n]{{1,{LONGEST_VALUE + 40}}}?)\.?"
)
"""Room for a value in which something was masked."""


def field_name(words: str) -> str:
    """One name for a field; empty for what is none."""
    plain = " ".join(words.replace("_", " ").lower().split())
    if not _FIELD.fullmatch(plain) or _VERB.search(f" {plain} "):
        return ""
    return canonical(plain)


def sentence(field: str, value: str) -> str:
    """“My location is Munich.”"""
    several = field.endswith("s") and not field.endswith(("ss", "us", "is"))
    return f"My {field} {'are' if several else 'is'} {value.rstrip('.')}."


def statement(text: str, instead_of: str = "") -> Statement | None:
    """What such a sentence states; None: it is no such sentence."""
    found = _SENTENCE.fullmatch(text.strip())
    name = field_name(found["field"]) if found else ""
    if not found or not name:
        return None
    return Statement(
        text=text,
        sentence=0,
        kind=Kind.FACT,
        attribute=name,
        value=found["value"],
        instead_of=instead_of,
        exclusive=not has_several(name),
        confidence=1.0,
    )


def fact(stated: Statement) -> ProfileFact:
    """Its field; a tool by its one name: “Postgres” is PostgreSQL."""
    value = stated.value
    if has_several(stated.attribute):
        named = [mention.name for mention in find_technologies(f"we use {value}")]
        if len(named) == 1 and len(named[0].split()) == len(value.split()):
            value = named[0]
    return ProfileFact(stated.attribute, value, stated.confidence)
