"""What is so of the speaker, and of people and things of theirs.

A verb of the table says what it is a fact of. Other verbs count only where somebody says what they
do in general; “to be” has a module of its own, and so have events after which something is so.
"""

from memory.records import Statement
from memory.rules.statements import asides, being, since, times
from memory.rules.statements.attributes import VERBS, Attribute
from memory.rules.statements.clauses import Clause
from memory.rules.statements.objects import is_a_tool, ways
from memory.rules.statements.said import LIKELY, PERHAPS, Said, statement
from memory.rules.statements.subjects import OWN, Subject, Whose, subject_of, without_article

_SAYS_NOTHING = frozenset(
    """
    think know guess see hear understand mean need want hope wish feel get try wonder believe
    suppose find seem look appear happen forget remember notice expect assume agree disagree
    read appreciate thank apologise apologize bet doubt love like hate say tell ask call
    fail crash break hang freeze throw return show hurt wait come become let do make give
    send receive lose miss struggle realise realize recall swear promise imagine face experience
    encounter be
    mind care regret admit require please help check fix worry start stop end happen be
    """.split()
)
"""Verbs whose present tense is of the moment, or of the mind."""
_HABITS = frozenset(
    {"get", "come", "wait", "read", "start", "make", "forget", "lose", "call", "send"}
)
"""Of them, those that tell of a person when they are a habit."""
_UNDER_WAY_FOR_LONG = frozenset(
    """
    live reside work learn study train save build develop write raise teach train renovate
    volunteer attend prepare expect plan
    """.split()
)
_OPEN_ENDED = frozenset(
    {"write", "build", "raise", "save", "train", "renovate", "prepare", "expect"}
)
_SOMETHING_SHORT = frozenset(
    "email mail message letter text note report test tests script error lunch dinner reply".split()
)
_ABILITIES = frozenset(
    "eat drink swim drive speak play read cook ride tolerate digest dance sing hear ski sew".split()
)
_TROUBLE = frozenset(
    """
    bug crash warning leak typo conflict minute hour second cold fever hangover headache plan
    question problem issue thing idea meeting call thought suggestion request concern doubt
    suspicion error exception traceback
    """.split()
)
"""What one has for a while only."""
_BARE_WORDS = 5
"""Words of “I can't swim.”, with some adverb."""
_PASTIMES = frozenset(
    """
    paint knit run swim cycle sing dance hike smoke garden sail climb ski meditate snore crochet
    sew surf draw cook bake row drive vape
    """.split()
)
"""Verbs that say something of a person without an object."""


def read(clause: Clause) -> Statement | None:
    """What the clause states as a fact, or as an event after which something is so."""
    if turned_round := being.turned_round(clause):
        return statement(clause, Subject(Whose.THING), turned_round)
    subject = subject_of(clause)
    if subject is None or _is_uncertain(clause):
        return None
    if clause.lemma == "be" and not clause.is_passive:
        return statement(clause, subject, being.read(clause, subject))
    return _of_a_verb(clause, subject)


def _is_uncertain(clause: Clause) -> bool:
    modal = clause.modal
    if modal in ("can", "ca", "cannot"):
        return clause.lemma not in _ABILITIES or (
            clause.child("dobj") is None and clause.lemma not in _PASTIMES
        )
    return bool(modal)


def _of_a_verb(clause: Clause, subject: Subject) -> Statement | None:
    said = being.being_done(clause, subject)
    if said is None and clause.is_passive:
        said = being.adjective(clause, subject)
    if said is None:
        if found := since.read(clause, subject):
            return found
        said = _of_what_is_done(clause, subject)
    return statement(clause, subject, said)


def _of_what_is_done(clause: Clause, subject: Subject) -> Said | None:
    lasting = clause.is_present or _is_lasting_passive(clause) or clause.said_to_be_over
    if clause.is_under_way and not clause.said_to_be_over:
        lasting = _goes_on(clause)
    if not lasting:
        return None
    said = _by_the_table(clause, subject)
    return said if said or clause.begun else _in_general(clause, subject)


def _goes_on(clause: Clause) -> bool:
    """“I'm learning Rust” holds for months, “I'm writing an email” does not."""
    if clause.lemma in ("use", "run"):
        tool = clause.child("dobj")
        return tool is not None and (
            clause.word(tool).tag == "NNP" or is_a_tool(clause.thing(tool))
        )
    if clause.lemma not in _UNDER_WAY_FOR_LONG:
        return False
    if clause.lemma not in _OPEN_ENDED:
        return True
    place = clause.child("dobj") or clause.via("for")
    return place is not None and clause.lower(place) not in _SOMETHING_SHORT


def _is_lasting_passive(clause: Clause) -> bool:
    return (
        clause.is_passive
        and clause.word(clause.verb).tag in ("VBN", "VBD")
        and not any(clause.word(i).tag == "VBD" for i in clause.helpers)
    )


# -- verbs of the table -------------------------------------------------------------------


def _by_the_table(clause: Clause, subject: Subject) -> Said | None:
    for place, attribute in ways(clause):
        if attribute.name == "uses" and times.is_coming(f"on {clause.thing(place)}"):
            continue
        if asides.names_nothing(clause, place) or _does_not_count(
            clause, subject, place, attribute
        ):
            return None
        return _valued(clause, place, attribute)
    return _by_name(clause, subject)


def _does_not_count(clause: Clause, subject: Subject, place: int, attribute: Attribute) -> bool:
    """What is had for a moment, got just now, or done by a thing."""
    if clause.lemma == "get" and not clause.has_lasted:
        return True
    if attribute.name in ("has", "takes", "keeps") and _is_of_the_moment(clause, place):
        return True
    return attribute.name == "employer" and subject.whose is Whose.THING


def _valued(clause: Clause, place: int, attribute: Attribute) -> Said:
    value = clause.thing(place)
    if attribute.name == "uses" and (number := _numbered(clause, place)):
        return Said(*number, exclusive=True, confidence=LIKELY)
    if attribute.name in ("location", "runs") and is_a_tool(value):
        return Said("uses", value)
    if attribute.name == "role":
        value = without_article(value)
    if attribute.name == "time" or (attribute.name == "has" and times.is_coming(clause.text)):
        value = clause.rest(min(clause.named(place)))
    return Said(attribute.name, value, attribute.exclusive)


def _by_name(clause: Clause, subject: Subject) -> Said | None:
    """“My dog is called Biscuit”, “I've been married for thirty years”."""
    if not clause.is_passive:
        return None
    place = clause.child("oprd", "dobj", "attr")
    if clause.lemma in ("call", "name") and place is not None and subject.about:
        return Said("name", clause.thing(place), exclusive=True)
    if clause.lemma == "marry":
        return Said("status", clause.rest(clause.verb), exclusive=True)
    return None


def _numbered(clause: Clause, place: int) -> tuple[str, str] | None:
    """“Runs on port 8080” is a statement of the port."""
    named = clause.named(place)
    if clause.lower(place) in ("port", "version") and clause.word(named[-1]).pos == "NUM":
        return clause.lower(place), clause.word(named[-1]).text
    return None


def _is_of_the_moment(clause: Clause, place: int) -> bool:
    """“I have a question”, “I have an appointment in an hour”, “I take a look”."""
    if clause.word(place).lemma.lower() in _TROUBLE and not clause.is_habit:
        return True
    return asides.is_vague(clause.thing(place)) or times.is_of_the_moment(clause.text)


# -- any other verb -----------------------------------------------------------------------


def _in_general(clause: Clause, subject: Subject) -> Said | None:
    """What somebody says they do in general, with a verb that the table does not know."""
    if clause.ended and clause.child("dobj") is None:
        return _given_up(clause)
    if _says_nothing(clause) or clause.is_passive or clause.children("ccomp"):
        return None
    if not _is_of_ones_own(clause):
        return None
    if clause.lemma in _PASTIMES and len(clause.places) <= _BARE_WORDS:
        return Said(clause.lemma, clause.word(clause.verb).text, confidence=LIKELY)
    place = clause.child("dobj", "xcomp", "acomp")
    behind = clause.child("prep", "npadvmod")
    if place is None and (behind is None or subject.whose is Whose.PERSON):
        return None
    if place is not None and asides.names_nothing(clause, place):
        return None
    said = clause.sentence.subtree(place if place is not None else behind or 0)
    first = min((i for i in said if i > clause.verb), default=None)
    return None if first is None else Said(clause.lemma, clause.rest(first), confidence=PERHAPS)


def _says_nothing(clause: Clause) -> bool:
    """Whether the verb is of the moment, or of the mind, and no habit."""
    lemma = clause.lemma
    if not lemma.isalpha() or times.is_of_the_moment(clause.text):
        return True
    if lemma in ("have", "get", "take", "keep"):
        return not clause.is_habit
    return lemma in _SAYS_NOTHING and not (clause.is_habit and lemma in _HABITS)


def _is_of_ones_own(clause: Clause) -> bool:
    """Said by the speaker, or of somebody or something that they call theirs."""
    subject = clause.subject
    assert subject is not None
    owners = {clause.lower(i) for i in clause.sentence.children(subject, "poss")}
    if clause.lower(subject) in ("i", "we") or not owners.isdisjoint(OWN):
        return True
    return clause.word(subject).tag in ("NN", "NNS") and clause.lower(subject) != "user"


def _given_up(clause: Clause) -> Said | None:
    """“I stopped smoking”, “I used to play”: the verb itself is what there was."""
    stem = clause.lemma.removesuffix("ing")
    lemma = next((v for v in (stem, f"{stem}e", stem[:-1]) if (v, "_") in VERBS), clause.lemma)
    attribute = VERBS.get((lemma, "_"), Attribute(lemma, exclusive=False))
    if lemma in _SAYS_NOTHING:
        return None
    return Said(attribute.name, clause.rest(clause.verb), confidence=LIKELY)
