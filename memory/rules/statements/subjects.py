"""Whom or what a clause speaks of: the speaker, somebody or something of theirs, or the world.

Only what is theirs is worth keeping. It is known by a possessive (“my sister”), by a person's
name, or by an article before what one has (“the customer”); everything else is the world.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from memory.rules import technologies
from memory.rules.personal_data.first_names import FIRST_NAMES
from memory.rules.statements.attributes import KIN, NOUNS, THINGS, canonical
from memory.rules.statements.clauses import Clause


class Whose(StrEnum):
    SPEAKER = "speaker"
    PERSON = "person"
    THING = "thing"


@dataclass(frozen=True, slots=True)
class Subject:
    whose: Whose
    about: str = ""
    """Empty: the speaker."""
    attribute: str = ""
    """What of it is spoken of: “deadline” in “the deadline of Apollo”."""

    @property
    def is_speaker(self) -> bool:
        return self.whose is Whose.SPEAKER


SPEAKER = Subject(Whose.SPEAKER)
OWN = frozenset({"my", "our"})
_SELF = frozenset({"i", "we"})
_SELF_AS_A_NOUN = frozenset({"user"})
_WITHOUT_ARTICLE = frozenset({"customer", "client", "tenant", "patient", "team"})
"""As notes are written: “Customer uses …”."""
_DEFINITE = frozenset({"the", "this"})
_LEADING = re.compile(r"^(?:(?:the|a|an|my|our|this)\s+)+", re.IGNORECASE)
_NO_SUCH = frozenset("some any every each many most all no few several other another".split())


def subject_of(clause: Clause) -> Subject | None:
    """None: it is nobody's, or nobody can tell whose it is."""
    return None if clause.subject is None else of_whom(clause, clause.subject)


def of_whom(clause: Clause, place: int) -> Subject | None:
    word = clause.word(place)
    lower = word.text.lower()
    others = {clause.lower(i) for i in clause.sentence.children(place, "conj")}
    if lower in _SELF or "i" in others:
        return SPEAKER
    if word.pos == "PRON" or lower in _NO_SUCH:
        return None
    children = clause.sentence.children(place)
    before = {clause.lower(i): i for i in children if clause.word(i).dep in ("det", "poss")}
    if lower in _SELF_AS_A_NOUN and before.keys() <= _DEFINITE:
        return SPEAKER
    if not before.keys().isdisjoint(_NO_SUCH):
        return None
    owner = next((i for i in children if clause.word(i).dep == "poss"), None)
    if owner is not None and clause.lower(owner) not in OWN:
        return _of_an_owner(clause, owner, place)
    if not before.keys().isdisjoint({"a", "an"}):
        return None
    if behind := _behind_of(clause, place):
        return behind
    return _of_a_noun(clause, place, owned=owner is not None, definite=bool(before))


def without_article(text: str) -> str:
    return _LEADING.sub("", text).strip()


def is_person(clause: Clause, place: int) -> bool:
    """A name of somebody: a known first name, or what the pipeline takes for a person."""
    word = clause.word(place)
    first = clause.named(place)[0]
    if word.tag not in ("NNP", "NNPS") and word.text.lower() not in FIRST_NAMES:
        return False
    if clause.lower(first) in FIRST_NAMES or word.text.lower() in FIRST_NAMES:
        return True
    name = clause.thing(place)
    return word.entity == "PERSON" and not technologies.find_technologies(f"we use {name}")


def _of_an_owner(clause: Clause, owner: int, place: int) -> Subject | None:
    """“My doctor's name”, “Apollo's deadline”."""
    whose = of_whom(clause, owner)
    named = clause.word(owner).tag in ("NNP", "NNPS")
    if whose is None and not named:
        return None
    attribute = clause.sentence.verbatim(
        [i for i in clause.named(place) if i > owner and clause.word(i).dep != "case"]
    )
    about = whose.about if whose and whose.about else clause.word(owner).text
    if whose and whose.attribute:
        about = f"{whose.about}'s {whose.attribute}" if whose.about else whose.attribute
    kind = Whose.PERSON if attribute.lower() in KIN else Whose.THING
    if kind is Whose.PERSON:
        return Subject(kind, f"{about}'s {attribute}")
    return Subject(kind, about, canonical(attribute))


def _behind_of(clause: Clause, place: int) -> Subject | None:
    """“The deadline of Apollo”, “the budget for the kitchen”."""
    head = clause.sentence.verbatim([i for i in clause.named(place) if i <= place])
    noun = without_article(head)
    if canonical(noun) not in NOUNS and noun.split()[-1].lower() not in NOUNS:
        return None
    for preposition in clause.sentence.children(place, "prep"):
        if clause.lower(preposition) in ("of", "for"):
            for other in clause.sentence.children(preposition, "pobj"):
                return Subject(Whose.THING, without_article(clause.thing(other)), canonical(noun))
    return None


def _of_a_noun(clause: Clause, place: int, *, owned: bool, definite: bool) -> Subject | None:
    word = clause.word(place)
    name = _name_beside(clause, place)
    noun = without_article(clause.sentence.verbatim(_own_words(clause, place)))
    last = word.text.lower()
    noun = noun.removeprefix("Both my ").removeprefix("both my ")
    if owned or definite:
        if canonical(noun) in NOUNS or (last in NOUNS and not name and last not in KIN):
            return Subject(Whose.THING, "", canonical(noun))
        if owned and noun.lower().startswith(("favourite ", "favorite ", "preferred ")):
            return Subject(Whose.THING, "", canonical(noun))
    if owned:
        is_kin = last in KIN or bool(name)
        return Subject(Whose.PERSON if is_kin else Whose.THING, name or noun)
    known = last in THINGS | KIN or any(part.lower() in THINGS for part in noun.split())
    whose = Whose.PERSON if last in KIN else Whose.THING
    if definite and known:
        return Subject(whose, name or noun)
    if not definite and last in _WITHOUT_ARTICLE:
        return Subject(whose, noun.lower())
    if is_person(clause, place):
        return Subject(Whose.PERSON, noun)
    return None


def _own_words(clause: Clause, place: int) -> list[int]:
    """The words that name it; behind it only one preposition's: “flight to Lisbon”."""
    words = clause.named(place)
    for preposition in clause.sentence.children(place, "prep"):
        if clause.lower(preposition) in ("to", "with", "at", "in") and preposition > place:
            nouns = clause.sentence.children(preposition, "pobj")
            return [*words, preposition, *(i for noun in nouns for i in clause.named(noun))]
    return words


def _name_beside(clause: Clause, place: int) -> str:
    """“Karim” in “my brother Karim”, whichever of the two the parser made the head."""
    for i in clause.sentence.children(place, "appos"):
        if clause.word(i).tag in ("NNP", "NNPS"):
            return clause.thing(i)
    word = clause.word(place)
    kin = [i for i in clause.sentence.children(place, "compound") if clause.lower(i) in KIN]
    if word.tag == "NNP" and kin:
        return clause.sentence.verbatim([i for i in clause.named(place) if i > max(kin)])
    return ""
