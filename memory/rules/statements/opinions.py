"""What somebody thinks of something: “I think tabs are better than spaces”."""

import re

from memory.records import Kind, Statement
from memory.rules.statements import asides
from memory.rules.statements.clauses import Clause
from memory.rules.statements.subjects import without_article

_THINKING = frozenset({"think", "believe", "reckon", "feel"})
_FINDING = frozenset({"find", "consider"})
_SEEMING = frozenset({"be", "look", "seem", "taste", "feel", "sound", "smell", "work", "deserve"})
_IN_MY_OPINION = re.compile(
    r"^(?:in my (?:\w+ )?(?:opinion|view|experience|book)|if you ask me|to my mind|to me)\b,?\s*",
    re.IGNORECASE,
)
_PASSING = frozenset(
    """
    broken down wrong missing ready done stuck sick ill lost late here there closed open empty
    full home away offline online busy asleep awake over fine ok okay sure right available gone
    """.split()
)
"""How things are just now: a guess at a state is no opinion."""


def read(clause: Clause) -> Statement | None:
    """The speaker's own view of something that the clause names."""
    if opening := _IN_MY_OPINION.match(clause.sentence.text):
        return _in_my_opinion(clause, opening.end())
    if clause.subject is None or clause.lower(clause.subject) not in ("i", "we"):
        return None
    if not clause.is_present or clause.modal:
        return None
    if clause.lemma in _THINKING:
        return _thought(clause)
    if clause.lemma in _FINDING:
        return _found(clause)
    return None


def _in_my_opinion(clause: Clause, end: int) -> Statement | None:
    subject = clause.subject
    if subject is None or clause.lemma not in _SEEMING or clause.word(subject).pos == "PRON":
        return None
    if clause.word(subject).start < end:
        return None
    return _opinion(clause, clause.thing(subject), _view(clause, clause.verb), clause.negated)


def _thought(clause: Clause) -> Statement | None:
    inner = clause.child("ccomp")
    if inner is None:
        return _thought_at_a_slip(clause)
    children = clause.sentence.children(inner, "nsubj", "csubj", "nsubjpass")
    if not children or asides.names_nothing(clause, children[0]):
        return None
    aux = [clause.lower(i) for i in clause.sentence.children(inner, "aux")]
    lemma = clause.word(inner).lemma.lower()
    advised = "should" in aux or "ought" in aux
    judged = clause.lower(inner).startswith(("over", "under")) or _is_of_all(clause, children[0])
    seems = not aux and lemma in _SEEMING and not _is_passing(clause, inner)
    if not (advised or judged or seems):
        return None
    if clause.word(children[0]).pos == "PRON" and not advised:
        return None
    if clause.word(inner).tag == "VBD":
        return None
    negated = clause.negated or bool(clause.sentence.children(inner, "neg"))
    said = _view(clause, inner)
    return _opinion(clause, clause.thing(children[0]), said, negated)


def _is_of_all(clause: Clause, place: int) -> bool:
    """“SUVs”, “pair programming”: of a whole sort, so that it is no guess at how things are."""
    bare = not clause.sentence.children(place, "det", "poss")
    return bare and clause.word(place).tag == "NNS"


def _thought_at_a_slip(clause: Clause) -> Statement | None:
    """“I don't think pair programming works for us”: the parser takes the verb for a noun."""
    place = clause.child("dobj")
    if place is None or asides.names_nothing(clause, place):
        return None
    verb = place if clause.word(place).tag == "NNS" else None
    before = [i for i in clause.named(place) if i < place]
    behind = clause.sentence.words[place + 1 :]
    if verb is None or not before or len([w for w in behind if w.pos != "PUNCT"]) < 2:
        return None
    return _opinion(clause, clause.sentence.verbatim(before), clause.rest(place), clause.negated)


def _is_passing(clause: Clause, inner: int) -> bool:
    """“The build is broken”, “Anna is at home”, “the battery is 3 years old”."""
    if clause.word(inner).lemma not in ("be", "look", "seem", "feel"):
        return False
    judged = clause.sentence.children(inner, "acomp", "attr", "oprd")
    if not judged:
        return True
    first = clause.word(judged[0])
    if first.pos == "ADJ":
        return first.text.lower() in _PASSING
    described = clause.sentence.children(judged[0], "amod", "prep", "det")
    return first.pos not in ("NOUN", "ADV", "VERB") or not described


def _view(clause: Clause, verb: int) -> str:
    """What is thought of it, without “is”."""
    text = clause.rest(verb)
    if clause.word(verb).lemma.lower() == "be":
        return text.split(maxsplit=1)[1] if " " in text else ""
    helper = [i for i in clause.sentence.children(verb, "aux", "neg") if i < verb]
    return clause.rest(helper[0]) if helper and clause.lower(helper[0]) == "should" else text


def _found(clause: Clause) -> Statement | None:
    """“I find Go easier to read than Rust”."""
    if clause.children("prt") or clause.negated:
        return None
    words = clause.sentence.words
    behind = range(clause.verb + 1, len(words))
    judged = next((i for i in behind if words[i].tag in ("JJR", "RBR", "JJS", "RBS")), None)
    if judged is None:
        judged = next(
            (
                i
                for i in behind
                if words[i].tag == "JJ"
                and words[i].dep in ("acomp", "oprd", "ccomp", "advmod", "amod")
                and words[i].head < i
            ),
            None,
        )
    if judged is None:
        judged = next(
            (
                i
                for i in behind
                if words[i].dep == "oprd"
                or (words[i].tag == "VBG" and words[i].dep in ("ccomp", "acl", "xcomp"))
            ),
            None,
        )
    if judged is None or judged <= clause.verb + 1:
        return None
    start = _first_of(clause, judged)
    topic = clause.sentence.text[words[clause.verb + 1].start : words[start].start].strip()
    if asides.is_vague(topic) or len(topic.split()) > 6:
        return None
    return _opinion(clause, topic, clause.rest(start), negated=False)


def _first_of(clause: Clause, judged: int) -> int:
    """“more readable”, “very hard”: the judgement with what stands before it."""
    while judged - 1 > clause.verb + 1 and clause.word(judged - 1).tag in ("RB", "RBR", "DT"):
        judged -= 1
    return judged


def _opinion(clause: Clause, topic: str, view: str, negated: bool) -> Statement | None:
    topic = without_article(topic)
    if not topic or not view or asides.is_vague(view) or topic.lower() in ("i", "you"):
        return None
    return Statement(
        text=clause.text,
        sentence=clause.place,
        kind=Kind.OPINION,
        attribute=topic,
        value=view,
        negated=negated,
        confidence=0.8,
    )
