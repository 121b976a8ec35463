"""Events after which something is so: “we moved to Munich”, “we replaced Jenkins with Actions”."""

import re
from dataclasses import replace

from memory.records import Kind, Statement
from memory.rules import technologies
from memory.rules.statements import asides
from memory.rules.statements.attributes import DROPPED, EVENTS, NEW_VERSION, SWAPPED_WITH
from memory.rules.statements.clauses import Clause
from memory.rules.statements.objects import is_a_place, is_a_time, is_a_tool, toward, ways
from memory.rules.statements.said import LIKELY, SURE, spoken_of
from memory.rules.statements.subjects import Subject, Whose

_VERSION = re.compile(r" v?\d[\w.]{0,15}$", re.IGNORECASE)


def read(clause: Clause, subject: Subject) -> Statement | None:
    """What is so since what the clause tells of."""
    if clause.negated or clause.has_lasted or not (clause.is_past or clause.is_perfect):
        return None
    return (
        _swapped(clause, subject)
        or _in_a_new_version(clause, subject)
        or _since_an_event(clause, subject)
    )


def _since_an_event(clause: Clause, subject: Subject) -> Statement | None:
    """“We moved to Munich two weeks ago”: it is so since then."""
    if clause.lemma not in EVENTS:
        return None
    for place, attribute in ways(clause):
        if asides.names_nothing(clause, place):
            continue
        if attribute.name == "location" and is_a_time(clause, place):
            return _moved_in_time(clause, subject, place)
        value = clause.thing(place)
        before = clause.via("from")
        carried = clause.lemma == "move" and clause.child("dobj") is not None
        tool = is_a_tool(value) or (before is not None and is_a_tool(clause.thing(before)))
        if (carried and not tool) or (clause.lemma == "grow" and not clause.children("prt")):
            continue
        name = "uses" if tool else attribute.name
        if name == "location" and not _can_be_there(clause, subject, place):
            continue
        return Statement(
            text=clause.text,
            sentence=clause.place,
            kind=Kind.EPISODE,
            about=subject.about or spoken_of(clause, subject),
            attribute=name,
            value=value,
            instead_of=clause.thing(before) if before is not None else "",
            exclusive=attribute.exclusive and name != "uses",
            confidence=SURE,
        )
    return None


def _in_a_new_version(clause: Clause, subject: Subject) -> Statement | None:
    """“We upgraded from PostgreSQL 14 to PostgreSQL 16”, “we upgraded Django from 4 to 5”: the tool
    in its new version is used since then, and in the old one no longer."""
    if clause.lemma not in NEW_VERSION | EVENTS:
        return None
    number = technologies.renumbered(clause.text)
    value, old = (number.new, number.old) if number else _upgraded_to(clause)
    if not value:
        return None
    return Statement(
        text=clause.text,
        sentence=clause.place,
        kind=Kind.EPISODE,
        about=subject.about,
        attribute="uses",
        value=value,
        instead_of=old,
        confidence=SURE,
    )


def _upgraded_to(clause: Clause) -> tuple[str, str]:
    """A tool, and what it takes the place of: the one that is named, or itself before."""
    new = toward(clause) if clause.lemma in NEW_VERSION else None
    value = "" if new is None else clause.thing(new)
    if not is_a_tool(value):
        return "", ""
    before = clause.via("from")
    old = "" if before is None else clause.thing(before)
    tool = _VERSION.sub("", value)
    return value, old if is_a_tool(old) else tool if tool != value else ""


def _can_be_there(clause: Clause, subject: Subject, place: int) -> bool:
    """Nobody lives at “a bigger desk”; a meeting can be moved there."""
    return subject.whose is Whose.THING or is_a_place(clause, place)


def _moved_in_time(clause: Clause, subject: Subject, place: int) -> Statement | None:
    """“The deadline has been moved to 15 July”: when it is, not where."""
    if subject.whose is not Whose.THING:
        return None
    return Statement(
        text=clause.text,
        sentence=clause.place,
        kind=Kind.FACT,  # what happens on that day is still to come
        about=subject.about,
        attribute=subject.attribute or "time",
        value=clause.thing(place),
        exclusive=True,
        confidence=LIKELY,
    )


def _swapped(clause: Clause, subject: Subject) -> Statement | None:
    """“We replaced Jenkins with Actions”, “we dropped MongoDB”: what is used now, or no longer."""
    old = clause.child("dobj")
    if old is None or clause.lemma not in SWAPPED_WITH | DROPPED or clause.is_passive:
        return None
    new = clause.via("with", "by", "for")
    if new is None:
        behind = clause.sentence.children(old, "prep")
        nouns = [
            n
            for i in behind
            if clause.lower(i) in ("with", "for")
            for n in clause.sentence.children(i, "pobj")
        ]
        new = next(iter(nouns), None)
    if not is_a_tool(clause.thing(old)) or (new is None and clause.lemma in SWAPPED_WITH):
        return None
    statement = Statement(
        text=clause.text,
        sentence=clause.place,
        kind=Kind.DECISION,
        about=subject.about,
        attribute="uses",
        value=clause.thing(old),
        ended=True,
        confidence=LIKELY,
    )
    if new is None:
        return statement
    return replace(statement, value=clause.thing(new), instead_of=clause.thing(old), ended=False)
