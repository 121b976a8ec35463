"""The values that a verb of the table takes: its object, or a noun behind its prepositions."""

from memory.rules import technologies
from memory.rules.statements.attributes import VERBS, Attribute
from memory.rules.statements.clauses import Clause

_DURATIONS = frozenset({"year", "month", "week", "day", "hour", "minute", "decade", "while"})


def ways(clause: Clause) -> list[tuple[int, Attribute]]:
    """The objects of the verb that the table knows, nearest first."""
    found = []
    place = clause.child("dobj") or _taken_for_a_verb(clause)
    if place is not None and (clause.lemma, "_") in VERBS and not clause.is_passive:
        found.append((place, VERBS[clause.lemma, "_"]))
    adverbs = clause.children("advmod", "prt")
    behind = [i for adverb in adverbs for i in clause.sentence.children(adverb, "prep")]
    for preposition in sorted([*clause.children("prep", "agent"), *behind]):
        attribute = VERBS.get((clause.lemma, clause.lower(preposition)))
        if attribute:
            found += [(i, attribute) for i in clause.sentence.children(preposition, "pobj")]
    return [(i, attribute) for i, attribute in found if clause.word(i).lemma not in _DURATIONS]


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
