"""What one is, and what things are: the shapes of “to be” that last longer than a day.

Most of what is said with it is over tomorrow (“I'm tired”, “the server is down”), so that each
shape asks for what lasts: a name, a number, a role, an adjective of the table.
"""

import re
from dataclasses import replace

from memory.records import Kind
from memory.rules.personal_data.first_names import FIRST_NAMES
from memory.rules.statements import asides, times
from memory.rules.statements.attributes import KIN, LASTING, canonical
from memory.rules.statements.clauses import Clause
from memory.rules.statements.objects import is_a_tool
from memory.rules.statements.said import LIKELY, Said
from memory.rules.statements.subjects import OWN, Subject, Whose, is_person, without_article

_MOOD_NOUNS = frozenset(
    "mess idiot fool bit wreck fan hurry mood expert beginner newbie stranger genius".split()
)
_ROLE_ENDINGS = ("er", "or", "ist", "ian", "ant", "ent", "ive", "man", "woman", "eur", "ef", "wife")
_ROLES = frozenset(
    """
    nurse doctor judge clerk cook chef pilot coach guide guard vet dean mayor host nun priest monk
    cto ceo cfo coo dba sre intern trainee freelancer retiree pensioner midwife surgeon mum mom
    dad housewife housekeeper plumber postman
    """.split()
)
_NUMBER = re.compile(r"\d")
_NEW_JOB = re.compile(r"\bnew (?:job|position|role|post|employer)\b", re.IGNORECASE)
_PURSUITS = frozenset({"hobby", "dream", "goal", "passion"})
_MEASURES = {"old": "age", "tall": "height"}
_OF_SOMETHING = frozenset({"interest", "fear", "duty", "allergy", "intolerance"})
_ON_FOR_LONG = frozenset(
    {"diet", "medication", "insulin", "dialysis", "antidepressants", "pension"}
)
_AMOUNTS = ("CD", "$")


def read(clause: Clause, subject: Subject) -> Said | None:
    """What the clause says that somebody or something is."""
    if not clause.is_present:
        return None
    return next((said for shape in _SHAPES if (said := shape(clause, subject))), None)


def _introduction(clause: Clause, subject: Subject) -> Said | None:
    """“I'm Wanjiru”."""
    place = clause.child("attr", "acomp")
    if place is None or not subject.is_speaker or clause.lower(place) not in FIRST_NAMES:
        return None
    if clause.negated or clause.word(place).text.islower():
        return None
    name = [i for i in clause.named(place) if clause.word(i).tag == "NNP"]
    return Said("name", clause.sentence.verbatim(name), exclusive=True) if name else None


def _attribute(clause: Clause, subject: Subject) -> Said | None:
    """“My name is”, “the deadline of Apollo is”."""
    if not subject.attribute:
        return None
    value = _predicate(clause)
    if not value or _is_a_state(clause):
        return None
    denied, _, but = value.partition(" but ")
    if clause.negated and (right := but or _put_right(clause)):
        return Said(subject.attribute, right, exclusive=True, instead_of=denied.rstrip(","))
    return Said(subject.attribute, value, exclusive=True)


def _put_right(clause: Clause) -> str:
    """What it is instead: “My name isn't Peter, it's Petra”."""
    for head in clause.beside:
        beside = clause.beside - {head} | {clause.head}
        other = replace(clause, head=head, verb=head, beside=beside)
        subjects = {clause.lower(i) for i in other.children("nsubj")}
        if other.lemma == "be" and subjects == {"it"} and other.is_present and not other.negated:
            return _predicate(other)
    return ""


def _favourite(clause: Clause, subject: Subject) -> Said | None:
    value = _predicate(clause)
    if subject.attribute == "preference" and not subject.about:
        return Said("prefers", value, kind=Kind.PREFERENCE) if value else None
    if not subject.attribute.startswith(("favourite", "preferred")):
        return None
    return Said(subject.attribute, value, True, kind=Kind.PREFERENCE) if value else None


def turned_round(clause: Clause) -> Said | None:
    """“Helix is my favourite editor”, “Tom is our product manager”: the other way round."""
    noun, subject = clause.child("attr"), clause.subject
    if noun is None or subject is None or clause.lemma != "be" or not clause.is_present:
        return None
    if not any(clause.lower(i) in OWN for i in clause.sentence.children(noun, "poss")):
        return None
    if asides.names_nothing(clause, subject):
        return None
    words, name = without_article(clause.thing(noun)), clause.thing(subject)
    if words.lower().startswith(("favourite", "favorite", "preferred")):
        return Said(canonical(words), name, True, about="", kind=Kind.PREFERENCE)
    return Said("role", words, True, LIKELY, about=name) if is_person(clause, subject) else None


def _age(clause: Clause, subject: Subject) -> Said | None:
    """“I'm 42”, “my son is nine years old”, “I'm 1.78 m tall”."""
    if subject.whose is Whose.THING:
        return None
    measured = clause.child("acomp")
    words = clause.sentence.words
    if measured is not None and clause.lower(measured) in _MEASURES:
        numbers = [i for i in clause.sentence.subtree(measured) if words[i].tag == "CD"]
        if not numbers:
            return None
        name = _MEASURES[clause.lower(measured)]
        last = numbers[0] if name == "age" else measured - 1
        return Said(name, clause.sentence.verbatim([numbers[0], last]), exclusive=True)
    number = clause.child("attr", "acomp", "npadvmod")
    if number is None or words[number].tag != "CD":
        return None
    return Said("age", words[number].text, True) if words[number].text.isalnum() else None


def adjective(clause: Clause, subject: Subject) -> Said | None:
    """“I'm vegetarian”, “she's allergic to nuts”: what one is for longer than a day."""
    place = clause.verb if clause.is_passive else clause.child("acomp", "attr")
    if place is None or subject.whose is Whose.THING or clause.is_past:
        return None
    value = _hyphenated(clause, place)
    word = clause.word(place)
    attribute = LASTING.get(value.lower(), LASTING.get(word.text.lower(), ""))
    if word.entity == "NORP" and word.pos in ("ADJ", "PROPN") and not attribute:
        attribute = "origin"
    if not attribute:
        return None
    if attribute in _OF_SOMETHING:
        for preposition in clause.sentence.children(place, "prep"):
            if clause.sentence.children(preposition, "pobj", "pcomp"):
                return Said(attribute, clause.rest(preposition + 1), confidence=LIKELY)
        for taken_for_a_verb in clause.sentence.children(place, "xcomp"):
            return Said(attribute, clause.rest(taken_for_a_verb), confidence=LIKELY)
        if attribute != "intolerance":
            return None
    before = clause.sentence.children(place, "npadvmod", "amod", "compound")
    if before:
        value = without_article(clause.sentence.verbatim([*before, place]))
    return Said(attribute, value, attribute in ("status", "origin"))


def _hyphenated(clause: Clause, place: int) -> str:
    """“left-handed”, which the parser sees as three words."""
    words = clause.sentence.words
    first = last = place
    while first >= 2 and words[first - 1].tag == "HYPH":
        first -= 2
    while last + 2 < len(words) and words[last + 1].tag == "HYPH":
        last += 2
    return clause.sentence.verbatim([first, last])


def _noun(clause: Clause, subject: Subject) -> Said | None:
    """“I'm a nurse”, “my wife is a midwife”, “my bike is a Brompton”."""
    place = clause.child("attr")
    if place is None or asides.names_nothing(clause, place) or clause.word(place).pos == "NUM":
        return None
    last = clause.lower(place)
    determiners = {clause.lower(i) for i in clause.sentence.children(place, "det")}
    if subject.whose is Whose.THING:
        if not subject.about or not _is_concrete(clause, place):
            return None
        return Said("is", clause.thing(place), True, LIKELY)
    if last in _MOOD_NOUNS or last in ("one", "thing"):
        return None
    value = without_article(clause.thing(place))
    if _is_a_role(last) or last in KIN:
        return Said("role", value, exclusive=True)
    if determiners.isdisjoint({"a", "an", "the"}) or "the" in determiners:
        return None
    return Said("is", value, confidence=LIKELY)


def _is_a_role(noun: str) -> bool:
    singular = noun.removesuffix("s")
    return singular in _ROLES or (len(singular) > 4 and singular.endswith(_ROLE_ENDINGS))


def _is_concrete(clause: Clause, place: int) -> bool:
    """A kind, a number or a name, rather than a judgement: “a Brompton”, not “a mess”."""
    words = [clause.word(i) for i in clause.named(place)]
    return any(w.tag in ("NNP", "NNPS", *_AMOUNTS) or _NUMBER.search(w.text) for w in words)


def _named(clause: Clause, subject: Subject) -> Said | None:
    """“My manager is Tariq”, “our biggest client is Novo Nordisk”."""
    place = clause.child("attr")
    if place is None or not subject.about or clause.word(place).tag not in ("NNP", "NNPS"):
        return None
    if clause.sentence.children(place, "det", "poss") or _NUMBER.search(clause.thing(place)):
        return None
    if is_a_tool(clause.thing(place)):
        return None
    return Said("name", clause.thing(place), exclusive=True)


def being_done(clause: Clause, subject: Subject) -> Said | None:
    """“My hobby is beekeeping”, which the parser takes for something under way."""
    if subject.attribute not in _PURSUITS and not subject.attribute.startswith("favourite"):
        return None
    if not clause.is_under_way or clause.child("dobj") is not None:
        return None
    return Said(subject.attribute, clause.rest(clause.verb), exclusive=True, confidence=LIKELY)


def _place(clause: Clause, subject: Subject) -> Said | None:
    """“I'm from Ghana”, “our office is in Leeds”, “the standup is at 9:30”."""
    if origin := clause.via("from"):
        return Said("origin", clause.thing(origin), True)
    if subject.whose is Whose.SPEAKER:
        if interest := clause.via("into"):
            return Said("interest", clause.thing(interest), False, LIKELY)
        if employer := _new_employer(clause):
            return Said("employer", employer, True, LIKELY)
        taken = clause.via("on")
        if taken is not None and clause.lower(taken) in _ON_FOR_LONG:
            return Said("takes", clause.thing(taken), False, LIKELY)
        return None
    for preposition in clause.children("prep"):
        word = clause.lower(preposition)
        for noun in clause.sentence.children(preposition, "pobj"):
            value = clause.thing(noun)
            numbered = _NUMBER.search(value) and not value.startswith("[")  # masked
            if times.is_coming(f"{word} {value}") or (numbered and word in ("on", "at")):
                return Said("time", clause.rest(min(clause.named(noun))), True)
            if word in ("in", "at") and subject.whose is Whose.THING and _is_concrete(clause, noun):
                return Said("location", value, True)
    return None


def _new_employer(clause: Clause) -> str:
    """“I got a new job: I'm now at SAP”; without the job it is where one stands."""
    place = clause.via("at", "with")
    if place is None or not _NEW_JOB.search(clause.sentence.text):
        return ""
    value = clause.thing(place)
    proper = clause.word(place).tag in ("NNP", "NNPS") and not _NUMBER.search(value)
    return value if proper else ""


def _due(clause: Clause, subject: Subject) -> Said | None:
    """“The rent is due on the first of the month”."""
    place = clause.child("acomp")
    if place is None or clause.lower(place) != "due":
        return None
    for preposition in clause.sentence.children(place, "prep"):
        if clause.lower(preposition) in ("on", "at", "in", "by"):
            about = subject.about or subject.attribute
            return Said("due", clause.rest(preposition + 1), exclusive=True, about=about)
    return None


def _predicate(clause: Clause) -> str:
    """What follows “is”, without “on” or “at” before a date."""
    for preposition in clause.children("prep"):
        for noun in clause.sentence.children(preposition, "pobj"):
            if clause.lower(preposition) in ("on", "at", "in"):
                first = min(clause.named(noun))
                return clause.rest(first)
    children = clause.children("attr", "acomp", "oprd", "xcomp", "npadvmod", "ccomp")
    place = next((i for i in children if i not in clause.beside), None)
    if place is None or clause.word(place).dep == "ccomp":
        return ""
    first = min(clause.sentence.subtree(place))
    return clause.rest(first)


def _is_a_state(clause: Clause) -> bool:
    """“The deadline is close”: an adjective says how it is, not what it is."""
    place = clause.child("acomp")
    return (
        place is not None
        and clause.word(place).tag.startswith(("JJ", "RB", "VB"))
        and not any(_NUMBER.search(clause.word(i).text) for i in clause.sentence.subtree(place))
    )


_SHAPES = (
    _introduction,
    _due,
    _favourite,
    _attribute,
    _age,
    adjective,
    _named,
    _noun,
    _place,
)
"""From the most particular to the least."""
