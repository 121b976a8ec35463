"""What happened at some time: “Yesterday I met Jana at the conference”.

A past needs a time to be an event worth dating, unless it is one of those that lives turn on.
"""

import re

from memory.records import Kind, Statement
from memory.rules.entities import known
from memory.rules.statements import asides, times
from memory.rules.statements.clauses import Clause
from memory.rules.statements.subjects import Subject, Whose, subject_of

_TURNING = frozenset(
    """
    move relocate marry divorce bear die graduate retire quit resign join found adopt propose
    inherit emigrate immigrate enrol enroll diagnose hire promote
    """.split()
)
"""Verbs of events that count without a date."""
_BOUGHT = frozenset({"buy", "sell", "adopt", "found", "break", "lose", "win", "start", "finish"})
"""Verbs that count without a date where their object is one's own or new."""
_WEIGHTY = frozenset(
    """
    house flat apartment home car van boat company business shop job school leg arm ankle wrist
    dog cat puppy kitten degree marathon prize visa licence license father mother husband wife
    """.split()
)
_JOBS = frozenset({"job", "position", "role", "internship", "apprenticeship", "post"})
_TAKING_UP = frozenset({"start", "get", "land", "accept", "begin", "take"})
_STATUSES = frozenset({"married", "divorced", "engaged"})
_NO_EMPLOYERS = frozenset(
    "university college school academy institute uni chapter level stage step part gate".split()
)
"""Words of what one starts at otherwise."""
_SLIGHT = frozenset(
    """
    try check look get see run test ask say tell think want need use click restart read send do
    make notice have be go open type paste copy download
    """.split()
)
"""Verbs of what is done all day: they need a thing or a place that is named."""


def read(clause: Clause) -> Statement | None:
    """The event that the clause tells of."""
    if not (clause.is_past or clause.is_perfect) or clause.modal or clause.negated:
        return None
    subject = subject_of(clause)
    if subject is None or (clause.lemma == "be" and not clause.is_passive):
        return None
    dated = times.has_been(clause.text) and not times.is_of_the_moment(clause.text)
    if not (dated or _counts_without_a_date(clause, subject)):
        return None
    lasts = clause.has_lasted and clause.lemma != "get"
    if lasts or (clause.is_perfect and not _counts_without_a_date(clause, subject)):
        return None
    if subject.whose is not Whose.SPEAKER and subject.attribute:
        return None
    so = _so_since(clause, subject)
    if dated and not (so or _tells_something(clause)):
        return None
    return Statement(
        text=clause.text,
        sentence=clause.place,
        kind=Kind.EPISODE,
        about=subject.about,
        attribute=so[0] if so else clause.lemma,
        value=so[1] if so else _value(clause),
        exclusive=so is not None,
        ended=so is None and clause.lemma in ("quit", "resign", "retire", "divorce"),
        confidence=0.8,
    )


def _counts_without_a_date(clause: Clause, subject: Subject) -> bool:
    if clause.lemma in ("quit", "resign"):
        return _is_ones_own(clause, clause.child("dobj"))
    if clause.lemma in _TURNING:
        return True
    if clause.word(clause.head).lemma == "get" and clause.lower(clause.verb) in (
        "married",
        "divorced",
        "engaged",
        "promoted",
        "pregnant",
    ):
        return True
    place = clause.child("dobj")
    if _so_since(clause, subject):
        return True
    return clause.lemma in _BOUGHT and place is not None and clause.lower(place) in _WEIGHTY


def _so_since(clause: Clause, subject: Subject) -> tuple[str, str] | None:
    """What is so since then, and the only one that is: an employer, an age, being married.

    Not since long ago: that may have changed before it was told.
    """
    if employer := _new_employer(clause):
        return "employer", employer
    if subject.whose is Whose.THING or times.is_long_ago(clause.text):
        return None
    if status := _new_status(clause):
        return "status", status
    if employer := _started_at(clause):
        return "employer", employer
    age = clause.child("dobj", "attr", "npadvmod") if clause.lemma == "turn" else None
    if age is None or clause.word(age).tag != "CD" or not clause.word(age).text.isalnum():
        return None
    return "age", clause.word(age).text


def _new_status(clause: Clause) -> str:
    """“We got married”, which the parser takes for a passive, or for how one is."""
    helper = clause.child("auxpass")
    place = clause.child("acomp") if helper is None else clause.verb
    got = clause.lemma if helper is None else clause.lemma_of(helper)
    status = "" if place is None or got != "get" else clause.lower(place)
    return status if status in _STATUSES else ""


def _started_at(clause: Clause) -> str:
    """“I started at SAP last week”: a proper name, and no school, place, hour or chapter."""
    place = clause.via("at") if clause.lemma in ("start", "begin") else None
    if place is None or clause.child("dobj", "xcomp") is not None:
        return ""
    value = clause.thing(place)
    proper = clause.word(place).tag in ("NNP", "NNPS") and not re.search(r"\d", value)
    named_so = not _NO_EMPLOYERS.isdisjoint(value.lower().split())
    other = named_so or known.is_place(value) or times.is_coming(f"at {value}")
    return value if proper and not other else ""


def _new_employer(clause: Clause) -> str:
    """“I started a new job at Lidl”."""
    job = clause.child("dobj")
    if job is None or clause.lower(job) not in _JOBS or clause.lemma not in _TAKING_UP:
        return ""
    for preposition in [*clause.sentence.children(job, "prep"), *clause.children("prep")]:
        if clause.lower(preposition) in ("at", "with"):
            for noun in clause.sentence.children(preposition, "pobj"):
                return clause.thing(noun)
    return ""


def _is_ones_own(clause: Clause, place: int | None) -> bool:
    """“I quit my job”, not “I quit the program”."""
    return place is not None and bool(clause.sentence.children(place, "poss"))


def _tells_something(clause: Clause) -> bool:
    place = clause.child("dobj")
    if place is not None and clause.lower(place) in ("me", "us"):
        return clause.lemma not in _SLIGHT  # “Lena visited me”: it happened to oneself
    if place is not None and asides.names_nothing(clause, place):
        return False
    if clause.lemma == "have":
        return place is not None and times.is_long_ago(clause.text)
    if clause.lemma in _SLIGHT and not times.is_long_ago(clause.text):
        named = [w for w in clause.sentence.words if w.tag in ("NNP", "NNPS")]
        return place is not None and bool(named)
    return True


def _value(clause: Clause) -> str:
    """What happened; of an end, what it was the end of."""
    place = clause.child("dobj")
    if clause.lemma in ("quit", "resign") and place is not None:
        return clause.rest(min(clause.sentence.subtree(place)))
    return clause.rest(clause.verb)
