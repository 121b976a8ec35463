"""What was decided, and what somebody has taken upon themselves to do.

A commitment needs a time, a person it was promised to, or a word that binds: “I'll have a look”
is only how people talk.
"""

import re

from memory.records import Kind, Statement
from memory.rules.statements import asides, times
from memory.rules.statements.attributes import KIN
from memory.rules.statements.clauses import Clause
from memory.rules.statements.subjects import Subject, Whose, is_person, subject_of

_DECIDING = frozenset({"decide", "choose", "opt", "resolve", "elect", "settle", "agree", "commit"})
_ADOPTING = frozenset(
    "use adopt switch migrate move drop keep replace go stick rewrite introduce".split()
)
"""What is decided by saying that one is going to do it."""
_SWITCHING = frozenset({"switch", "migrate"})
_WITH = frozenset({"go", "stick"})
_DECISIONS = frozenset({"decision", "choice", "verdict", "resolution"})
_BINDING = frozenset(
    {"promise", "pledge", "swear", "vow", "commit", "undertake", "owe", "volunteer"}
)
_HAVING_TO = frozenset({"have", "need", "got", "get"})
_TALK = frozenset(
    """
    try see check look let think know wait be get back keep ask tell say start continue test give
    take have explain show find figure
    """.split()
)
"""“I'll try”, “I'll let you know”: said in passing, unless a day is named."""
LASTING_WORK = frozenset({"train", "save", "study", "work", "learn", "live", "prepare", "look"})
"""“I'm training for a race in May” is what one does, not an appointment."""
_AGREEING_ONLY = frozenset({"agree", "resolve", "commit"})
_SETTLED = re.compile(
    r"\b(?:made up (?:my|our) minds?|made (?:my|our) minds? up|made (?:a|the) decision)\b",
    re.IGNORECASE,
)
_NOT_TO = re.compile(r"\b(?:not to|against|never to)\b", re.IGNORECASE)


def decision(clause: Clause) -> Statement | None:
    """What the clause says was decided."""
    if _is_lets(clause):
        return _lets(clause)
    subject = subject_of(clause)
    if subject is None:
        return None
    if subject.attribute in _DECISIONS or _is_our_decision(clause):
        return _named_decision(clause)
    if subject.attribute:
        return None
    said = _decided(clause, subject) or _going_to_adopt(clause)
    if not said or asides.is_vague(said):
        return None
    return _decision(clause, subject.about, said)


def commitment(clause: Clause) -> Statement | None:
    """What the clause says that the speaker, or somebody of theirs, has to do or will do."""
    if reminder := _reminder(clause):
        return reminder
    subject = subject_of(clause)
    if subject is None or subject.whose is Whose.THING:
        return None
    said = _promised(clause) or _obliged(clause) or _will_do(clause) or _arranged(clause)
    if not said or (subject.about and not times.is_coming(clause.text)):
        return None
    return _commitment(clause, subject.about, said)


# -- decisions ----------------------------------------------------------------------------


def _is_lets(clause: Clause) -> bool:
    return clause.sentence.text.lower().startswith(("let's ", "let’s ", "let us "))


def _lets(clause: Clause) -> Statement | None:
    inner = clause.child("ccomp", "xcomp")
    if inner is None:
        return None
    verb = clause.word(inner).lemma.lower()
    if verb not in _ADOPTING:
        return None
    following = clause.sentence.children(inner, "prep", "dobj", "prt")
    with_ = [i for i in following if clause.lower(i) in ("with", "to", "for")]
    if verb in _WITH and not with_:
        return None
    value = clause.rest(with_[0] + 1) if verb in _WITH else clause.rest(inner)
    return None if asides.is_vague(value) else _decision(clause, "", value)


def _is_our_decision(clause: Clause) -> bool:
    if clause.subject is None or clause.lemma != "be":
        return False
    owned = any(
        clause.lower(i) in ("my", "our", "the")
        for i in clause.sentence.children(clause.subject, "poss", "det")
    )
    return owned and clause.lower(clause.subject) in _DECISIONS


def _named_decision(clause: Clause) -> Statement | None:
    """“Our decision is to keep the car”."""
    place = clause.child("xcomp", "attr", "ccomp")
    if place is None or clause.word(place).tag.startswith("JJ"):
        return None
    value = re.sub(r"^to ", "", clause.rest(min(clause.sentence.subtree(place))))
    return _decision(clause, "", value)


def _decided(clause: Clause, subject: Subject) -> str:
    if not (clause.is_past or clause.is_perfect) or clause.negated:
        return ""
    lemma = clause.lemma
    complement = clause.child("xcomp", "ccomp")
    if subject.is_speaker and (chosen := _gone_with(clause)):
        return chosen
    if lemma == "make" and _SETTLED.search(clause.text):
        return re.sub(r"^to ", "", _tail(clause, clause.child("xcomp", "advcl", "ccomp")))
    if lemma == "pick" and not clause.children("prt") and clause.is_perfect:
        return _tail(clause, clause.child("dobj"))
    if lemma not in _DECIDING:
        return ""
    if complement is not None:
        if _asks_whether(clause, complement):
            return ""
        return re.sub(r"^(?:not )?(?:to|that) ", "", _tail(clause, complement))
    for noun in (clause.via("on", "upon", "for", "against"), clause.child("dobj")):
        if noun is not None and not (lemma in _AGREEING_ONLY and clause.word(noun).dep == "dobj"):
            said = _tail(clause, noun)
            vague = asides.names_nothing(clause, noun) or times.is_only_a_time(said)
            return "" if vague else said
    return ""


def _gone_with(clause: Clause) -> str:
    """“We went with Svelte”, “we're going with option B”; not “we went to Rome with Lena”."""
    prepositions = clause.children("prep", "prt")
    if clause.lemma not in _WITH or [clause.lower(i) for i in prepositions[:1]] != ["with"]:
        return ""
    nouns = clause.sentence.children(prepositions[0], "pobj")
    if not nouns or is_person(clause, nouns[0]) or asides.names_nothing(clause, nouns[0]):
        return ""
    kin = clause.lower(nouns[0]) in KIN
    return "" if kin or prepositions[0] != clause.verb + 1 else _tail(clause, nouns[0])


def _asks_whether(clause: Clause, complement: int) -> bool:
    words = {clause.lower(i) for i in clause.sentence.subtree(complement)[:2]}
    return not words.isdisjoint({"whether", "if", "what", "which", "how", "where", "when", "who"})


def _going_to_adopt(clause: Clause) -> str:
    """“We're going to migrate to Kubernetes”, “we'll go with Postgres”."""
    subject = clause.subject
    if subject is None or clause.lower(subject) not in ("i", "we") or clause.negated:
        return ""
    going = clause.word(clause.head).lemma == "go" and clause.is_under_way
    inner = clause.child("xcomp") if going else None
    if clause.is_under_way and clause.lemma in _SWITCHING and clause.via("to") is not None:
        return clause.rest(clause.verb)
    chosen = (clause.is_under_way and inner is None) or clause.modal in ("will", "'ll", "’ll")
    if chosen and (with_what := _gone_with(clause)):
        return with_what
    if inner is not None:
        verb = inner
    elif clause.modal in ("will", "'ll", "’ll", "wo"):
        verb = clause.verb
    else:
        return ""
    lemma = clause.word(verb).lemma.lower()
    if lemma not in _ADOPTING or (lemma == "keep" and inner is None):
        return ""
    behind = clause.sentence.children(verb, "prep", "dobj")
    if lemma in _WITH:
        return ""
    return clause.rest(verb) if behind else ""


def _tail(clause: Clause, place: int | None) -> str:
    return "" if place is None else clause.rest(min(clause.sentence.subtree(place)))


def _decision(clause: Clause, about: str, value: str) -> Statement:
    return Statement(
        text=clause.text,
        sentence=clause.place,
        kind=Kind.DECISION,
        about=about,
        attribute="decision",
        value=value,
        negated=bool(_NOT_TO.search(clause.text)),
        confidence=0.85,
    )


# -- commitments --------------------------------------------------------------------------


def _reminder(clause: Clause) -> Statement | None:
    if clause.subject is not None and clause.own_subject:
        return None
    inner = clause.child("xcomp", "ccomp")
    if clause.lemma != "remind" or inner is None:
        return None
    return _commitment(clause, "", re.sub(r"^to ", "", _tail(clause, inner)))


def _promised(clause: Clause) -> str:
    if (
        clause.lemma not in _BINDING
        or clause.negated
        or not (clause.is_past or clause.is_perfect or clause.is_present)
    ):
        return ""
    if clause.lemma == "owe":
        return clause.rest(clause.verb) if clause.child("dobj") is not None else ""
    inner = clause.child("xcomp", "ccomp") or clause.child("dobj")
    if inner is None:
        behind = clause.via("to")
        return "" if behind is None else _tail(clause, behind)
    if asides.names_nothing(clause, inner) or not _is_ones_own_deed(clause, inner):
        return ""
    whom = clause.child("dative", "dobj")
    first = whom if whom is not None and whom < inner else inner
    return clause.rest(_start(clause, first))


def _is_ones_own_deed(clause: Clause, inner: int) -> bool:
    """“I promised I would come”, not “I swear it worked”."""
    subjects = clause.sentence.children(inner, "nsubj", "nsubjpass")
    return not subjects or clause.lower(subjects[0]) in ("i", "we")


def _start(clause: Clause, place: int) -> int:
    return min(clause.sentence.subtree(place))


def _obliged(clause: Clause) -> str:
    """“I have to renew my passport in May”, “I must submit it before noon”."""
    if clause.negated or not times.is_coming(clause.text) or times.is_of_the_moment(clause.text):
        return ""
    if clause.modal == "must":
        return _deed(clause, clause.verb)
    inner = clause.child("xcomp")
    if clause.lemma not in _HAVING_TO or inner is None:
        return ""
    if clause.lemma in ("get", "got") and not clause.is_perfect:
        return ""
    return _deed(clause, inner) if clause.is_present or clause.is_perfect else ""


def _will_do(clause: Clause) -> str:
    going = clause.word(clause.head).lemma == "go" and clause.is_under_way
    inner = clause.child("xcomp") if going else None
    verb = inner if inner is not None else clause.verb
    if inner is None and clause.modal not in ("will", "'ll", "’ll", "shall"):
        return ""
    if clause.negated or times.is_of_the_moment(clause.text):
        return ""
    talk = clause.word(verb).lemma.lower() in _TALK
    dated = times.is_coming(clause.text)
    return _deed(clause, verb) if dated and not (talk and clause.child("ccomp")) else ""


def _arranged(clause: Clause) -> str:
    """“We're meeting the architect on Tuesday”."""
    if clause.lemma in LASTING_WORK:
        return ""
    if not clause.is_under_way or clause.negated or times.is_of_the_moment(clause.text):
        return ""
    if clause.word(clause.head).lemma == "go" and clause.children("xcomp"):
        return ""
    lasting = re.search(r"\bevery\b", clause.text, re.IGNORECASE)
    return clause.rest(clause.verb) if times.is_coming(clause.text) and not lasting else ""


def _deed(clause: Clause, verb: int) -> str:
    place = next(iter(clause.sentence.children(verb, "dobj")), None)
    if place is not None and clause.lower(place) in ("it", "that", "this", "something"):
        return ""
    return clause.rest(verb)


def _commitment(clause: Clause, about: str, value: str) -> Statement | None:
    if not value:
        return None
    return Statement(
        text=clause.text,
        sentence=clause.place,
        kind=Kind.COMMITMENT,
        about=about,
        attribute="commitment",
        value=value,
        confidence=0.85,
    )
