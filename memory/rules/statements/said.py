"""What a clause says of what, on its way to a statement."""

from dataclasses import dataclass

from memory.records import Kind, Statement
from memory.rules.statements import asides
from memory.rules.statements.clauses import Clause
from memory.rules.statements.subjects import Subject

SURE, LIKELY, PERHAPS = 0.9, 0.8, 0.65
"""Confidence of what the table knows, of what a shape tells, and of any other verb."""
_NONE = "no "


@dataclass(frozen=True, slots=True)
class Said:
    """What a clause says of what, before it becomes a statement."""

    attribute: str
    value: str
    exclusive: bool = False
    confidence: float = SURE
    about: str | None = None
    kind: Kind = Kind.FACT
    instead_of: str = ""
    """What was denied for it: “it isn't Friday, it's Monday”."""


def statement(clause: Clause, subject: Subject, said: Said | None) -> Statement | None:
    if said is None or asides.is_vague(said.value):
        return None
    over = clause.said_to_be_over
    none = said.value.lower().startswith(_NONE)
    return Statement(
        text=clause.text,
        sentence=clause.place,
        kind=said.kind,
        about=(subject.about or spoken_of(clause, subject)) if said.about is None else said.about,
        attribute=said.attribute,
        value=said.value[len(_NONE) :] if none else said.value,
        instead_of=said.instead_of,
        exclusive=said.exclusive,
        negated=((clause.negated and not said.instead_of) or none) and not over,
        ended=over,
        confidence=said.confidence,
    )


def spoken_of(clause: Clause, subject: Subject) -> str:
    """What something is said of beyond what it is: “the wifi password expires on Monday”."""
    return "" if clause.lemma == "be" else subject.attribute
