"""The values that a verb of the table takes: its object, or a noun behind its prepositions."""

from memory.rules import technologies
from memory.rules.entities import known
from memory.rules.statements import times
from memory.rules.statements.attributes import VERBS, Attribute
from memory.rules.statements.clauses import Clause

_DURATIONS = frozenset({"year", "month", "week", "day", "hour", "minute", "decade", "while"})

_PLACES = frozenset({"GPE", "LOC", "FAC"})
_NO_PLACES = frozenset({"PRODUCT", "WORK_OF_ART", "LAW", "EVENT", "CARDINAL", "ORDINAL"})
"""Not ORG: half the towns of the world are one to the pipeline."""
_TIMES = frozenset({"DATE", "TIME"})
_WHERE_ONE_LIVES = frozenset(
    """
    house flat apartment studio condo bungalow cottage farm boat houseboat caravan village town city
    suburb suburbs country countryside coast island mountains seaside district neighbourhood
    neighborhood home hostel dorm dormitory abroad
    """.split()
)


def ways(clause: Clause) -> list[tuple[int, Attribute]]:
    """The objects of the verb that the table knows, nearest first."""
    found = []
    place = clause.child("dobj") or _taken_for_a_verb(clause)
    if place is not None and (clause.lemma, "_") in VERBS and not clause.is_passive:
        found.append((place, VERBS[clause.lemma, "_"]))
    for preposition in _prepositions(clause):
        attribute = VERBS.get((clause.lemma, clause.lower(preposition)))
        if attribute:
            found += [(i, attribute) for i in clause.sentence.children(preposition, "pobj")]
    return [(i, attribute) for i, attribute in found if clause.word(i).lemma not in _DURATIONS]


def toward(clause: Clause) -> int | None:
    """The noun behind the verb's “to”."""
    ways = [i for i in _prepositions(clause) if clause.lower(i) == "to"]
    nouns = [noun for i in ways for noun in clause.sentence.children(i, "pobj")]
    return next(iter(nouns), None)


def _prepositions(clause: Clause) -> list[int]:
    """Of the verb, its adverbs, and its “from”: the parser hangs “to” there in “from MySQL to
    Postgres”."""
    direct = clause.children("prep", "agent")
    starts = [i for i in direct if clause.lower(i) == "from"]
    behind = [
        preposition
        for i in (*clause.children("advmod", "prt"), *starts)
        for preposition in clause.sentence.children(i, "prep")
    ]
    return sorted([*direct, *behind])


def _taken_for_a_verb(clause: Clause) -> int | None:
    """“gluten” in “I can't eat gluten”, at a slip of the parser."""
    place = clause.child("xcomp")
    if place is None or clause.word(place).pos in ("NOUN", "PROPN"):
        return place
    if clause.lemma not in ("eat", "drink", "use", "play"):
        return None
    return place if clause.word(place).tag == "VB" and not clause.sentence.children(place) else None


def is_a_tool(value: str) -> bool:
    """Whether it names a technology, as it would where one is used."""
    return bool(technologies.find_technologies(f"we use {value}"))


def is_a_time(clause: Clause, place: int) -> bool:
    """“15 July”, “9:30”: when, not where."""
    value = clause.thing(place)
    return clause.word(place).entity in _TIMES or times.is_coming(f"on {value}")


def is_a_place(clause: Clause, place: int) -> bool:
    """Whether somebody can live there: a proper name that is no firm's, or a house, or a village.

    Not “a bigger desk”, “the new team” or “microservices”. What is masked is taken for an address.
    """
    value = clause.thing(place)
    if known.is_place(value) or value.startswith("["):
        return True
    if known.is_firm(value):
        return False
    words = [clause.word(i) for i in clause.named(place)]
    labels = {word.entity for word in words}
    if not labels.isdisjoint(_PLACES) or clause.lower(place) in _WHERE_ONE_LIVES:
        return True
    return clause.word(place).tag in ("NNP", "NNPS") and labels.isdisjoint(_NO_PLACES)
