"""What somebody likes, and what the assistant is asked to do for good.

“Answer in French” is for this moment; “always answer in French”, “keep your answers short” and
“never use semicolons” are for good, and so preferences.
"""

import re

from memory.records import Kind, Sentence, Statement
from memory.rules.statements import asides
from memory.rules.statements.clauses import Clause
from memory.rules.statements.subjects import Whose, subject_of

_LIKING = {
    "prefer": ("prefers", False),
    "favour": ("prefers", False),
    "favor": ("prefers", False),
    "like": ("likes", False),
    "love": ("likes", False),
    "enjoy": ("likes", False),
    "adore": ("likes", False),
    "hate": ("likes", True),
    "dislike": ("likes", True),
    "detest": ("likes", True),
    "loathe": ("likes", True),
    "despise": ("likes", True),
    "avoid": ("avoids", False),
}
"""Attribute by verb, and whether the verb itself says no."""
_BEARING = frozenset({"stand", "bear", "tolerate", "abide"})
_OVER = re.compile(
    r",?\s{1,3}(?:over|rather than|instead of|more than|better than|because|since|when"
    r"|but|although|whenever|while|if|so|as long as)\s|,\s|\s[-–—(]|;",
    re.IGNORECASE,
)
"""Where what is liked ends, and what it is set against or why begins."""
_OVER_OR_TO = re.compile(rf"{_OVER.pattern}|\s{1, 3}to(?= \w+$)", re.IGNORECASE)
"""“trains to planes”, but not “work late to finish”."""
_SET_AGAINST = re.compile(r"\b(?:over|rather than|instead of|more than|better than)\s+(.{1,80})")
_NOT_ABOUT_TASTE = frozenset({"idea", "look", "sound", "way", "answer", "point", "fact"})
_FOR_GOOD = re.compile(
    r"\b(?:always|never|from now on|in (?:the )?future|going forward|every time|each time"
    r"|whenever|by default|ever|at all times|henceforth|as a rule|in general|any ?more)\b",
    re.IGNORECASE,
)
_OCCASION = re.compile(
    r"^(?:please,? )?(?:(?:whenever|every time|each time) (?:you|i)|(?:when|if)"
    r" (?:i (?:ask|say|send|paste|share|mention)"
    r"|you (?:answer|reply|write|give|show|explain|send|suggest"
    r"|respond))) [^,;?]{2,120}, ",
    re.IGNORECASE,
)
"""“Whenever you give me code, ”, “when I ask for a recipe, ”: as often as that happens."""
_LIGHT = re.compile(
    r"^(?:(?:whenever|please|and|but|so|also|ok|okay|remember to|make sure to|be sure to|try to"
    r"|kindly|from now on|in future|in the future|going forward|by default|generally|you should"
    r"|you must|you can|just|i want you to|i need you to|i['’]d like you to"
    r"|i would like you to)[,:]?\s+){1,6}",
    re.IGNORECASE,
)
_NO = re.compile(
    r"^(?:(?:don['’]?t|do not|never|no longer)\s+(?:ever\s+)?(?P<verb>[a-z]+)"
    r"|stop (?P<stop>[a-z]+ing)|avoid(?P<avoid>))\b",
    re.IGNORECASE,
)
_ALWAYS = re.compile(r"^(?:always|ever)\s+", re.IGNORECASE)
_VERB = re.compile(r"^[a-z]{2,20}\b", re.IGNORECASE)
_ANSWERING = frozenset({"answer", "reply", "respond", "write", "speak", "talk", "say"})
_STYLE = frozenset(
    """
    use call add include give send write suggest ask apologise apologize assume explain repeat
    address put show say answer reply mention recommend offer format end start begin respond keep
    speak talk
    """.split()
)
"""Verbs of how an answer is made: forbidden without “always”, they are forbidden for good."""
_NAMED = re.compile(
    r"^(?i:(?:you can |please |just ){0,3}call me) "
    r"(?P<name>[^\W\d_][\w.'’-]{0,30}(?: [A-Z][\w'’-]{0,30}){0,2})\W*$"
)
_NOT_NAMES = frozenset("later back tomorrow when if at on a crazy when maybe old now again".split())
_OF_THIS_ONE = re.compile(r"\b(?:the|this|that|it|them|these|those|yet|now|here|again)\b", re.I)
_SAID_IN_PASSING = frozenset({"forget", "worry", "mind", "know", "care", "bother"})
_ANSWERS = frozenset({"answers", "replies", "responses", "explanations", "summaries", "examples"})
_YOUR_ANSWERS = re.compile(
    r"\byour (?:answers|replies|responses|explanations|messages|examples|summaries|emails)\b",
    re.IGNORECASE,
)


def read(clause: Clause) -> Statement | None:
    """What the clause says that somebody likes, or dislikes."""
    subject = subject_of(clause)
    if subject is None or subject.whose is Whose.THING or not (clause.is_present or clause.modal):
        return _of_their_things(clause)
    about = subject.about
    return _rather(clause, about) or _of_liking(clause, about) or _fond(clause, about)


def instruction(sentence: Sentence, place: int) -> Statement | None:
    """A wish for good, told to the assistant; asked of whole sentences, which are short."""
    text = sentence.text.strip().rstrip(".!")
    named = _NAMED.match(text)
    if named and named["name"].lower() not in _NOT_NAMES:
        return _wish(sentence, place, "name", named["name"], exclusive=True)
    text = _OCCASION.sub("whenever, ", text)
    opening = _LIGHT.match(text)
    bare = text[opening.end() :] if opening else text
    if bare.lower().startswith("call me "):
        return None
    if refused := _NO.match(bare):
        return _refusal(sentence, place, bare, refused)
    if not (_FOR_GOOD.search(text) or _YOUR_ANSWERS.search(bare)):
        return None
    bare = _ALWAYS.sub("", bare)
    verb = _VERB.match(bare)
    if verb is None or not _is_order(sentence, bare):
        return None
    return _wish(sentence, place, _attribute(verb[0]), bare[verb.end() :])


def _of_their_things(clause: Clause) -> Statement | None:
    """“Customer prefers …”: customers are people by what they do."""
    subject = subject_of(clause)
    if subject is None or subject.attribute or not clause.is_present:
        return None
    return _of_liking(clause, subject.about)


def _of_liking(clause: Clause, about: str) -> Statement | None:
    attribute, negated = _LIKING.get(clause.lemma, ("", False))
    if clause.lemma == "care" and clause.negated and (noun := clause.via("for")) is not None:
        return _preference(clause, about, "likes", clause.thing(noun), negated=True)
    if clause.lemma in _BEARING and clause.negated:
        return _preference(clause, about, "likes", _object(clause), negated=True)
    if clause.lemma in ("want", "need", "like") and _wants_answers(clause):
        return _preference(clause, about, "prefers", _object(clause), negated=clause.negated)
    if clause.lemma == "want" and (about or _spoken_of(clause)):
        return _preference(clause, about, "wants", _object(clause), negated=clause.negated)
    if not attribute or (clause.modal and clause.lemma != "prefer"):
        return None
    return _preference(clause, about, attribute, _object(clause), negated != clause.negated)


def _spoken_of(clause: Clause) -> bool:
    """“The user wants”: told of oneself by another."""
    return clause.subject is not None and clause.lower(clause.subject) == "user"


def _wants_answers(clause: Clause) -> bool:
    """“I want answers without jargon”: of all answers, not of this one."""
    place = clause.child("dobj")
    if place is None or clause.lower(place) not in _ANSWERS:
        return False
    return len(clause.sentence.subtree(place)) > 1 and not clause.sentence.children(
        place, "det", "nummod"
    )


def _rather(clause: Clause, about: str) -> Statement | None:
    """“I'd rather have short answers”."""
    near = {clause.lower(i) for i in clause.children("advmod")}
    if "rather" not in near or clause.modal not in ("'d", "’d", "would"):
        return None
    if clause.lemma == "have":
        return _preference(clause, about, "prefers", _object(clause), negated=clause.negated)
    return _preference(clause, about, "prefers", clause.rest(clause.verb), clause.negated)


def _fond(clause: Clause, about: str) -> Statement | None:
    """“I'm a big fan of jazz”, “I'm fond of opera”, “I'm not keen on fish”."""
    if clause.lemma != "be" or clause.modal:
        return None
    place = clause.child("attr", "acomp")
    if place is None or clause.lower(place) not in ("fan", "fond", "keen", "lover"):
        return None
    for preposition in clause.sentence.children(place, "prep"):
        for noun in clause.sentence.children(preposition, "pobj", "pcomp"):
            first = min(clause.sentence.subtree(noun))
            return _preference(clause, about, "likes", clause.rest(first), negated=clause.negated)
    return None


def _object(clause: Clause) -> str:
    place = clause.child("dobj", "xcomp", "ccomp", "oprd")
    if place is None or asides.names_nothing(clause, place):
        return ""
    if clause.lower(place) in _NOT_ABOUT_TASTE:
        return ""
    if any(clause.lower(i) in ("how", "what", "that") for i in clause.sentence.subtree(place)[:1]):
        return ""
    return clause.rest(min(clause.sentence.subtree(place)))


def _preference(
    clause: Clause, about: str, attribute: str, said: str, negated: bool
) -> Statement | None:
    deed = said.startswith(("to ", "not ")) or said.partition(" ")[0].endswith("ing")
    refused = re.match(r"not (?:to )?", said)
    said = re.sub(r"^(?:not )?(?:to|that)\s+|^not\s+", "", said)
    ends = _OVER if deed else _OVER_OR_TO
    value = ends.split(said, maxsplit=1)[0].strip(" ,;")
    negated = negated != bool(refused)
    if not value or asides.is_vague(value):
        return None
    against = _SET_AGAINST.search(said)
    over = clause.said_to_be_over
    return Statement(
        text=clause.text,
        sentence=clause.place,
        kind=Kind.PREFERENCE,
        about=about,
        attribute=attribute,
        value=value,
        instead_of=against[1].rstrip(" .!") if against else "",
        negated=negated and not over,
        ended=over,
        confidence=0.9,
    )


# -- told to the assistant ----------------------------------------------------------------


def _refusal(sentence: Sentence, place: int, bare: str, refused: re.Match[str]) -> Statement | None:
    """“Never use semicolons”, “don't apologise”, “stop using emojis”, “avoid jargon”."""
    verb = (refused["verb"] or refused["stop"] or "use").lower()
    lemma = next((w.lemma for w in sentence.words if w.text.lower() == verb), verb)
    after = bare[refused.end() :]
    lasting = _FOR_GOOD.search(sentence.text)
    if lemma in _SAID_IN_PASSING or not (lasting or _is_of_style(lemma, after)):
        return None
    return _wish(sentence, place, _attribute(lemma), after, negated=True)


def _is_of_style(lemma: str, after: str) -> bool:
    """Whether it is about how answers are made, and not about one of them."""
    return lemma in _STYLE and bool(after) and not _OF_THIS_ONE.search(after)


def _is_order(sentence: Sentence, bare: str) -> bool:
    """Whether it begins with a verb in its plain form, by the parser or as an answer is made."""
    first = bare.split(maxsplit=1)[0].lower()
    tags = {word.tag for word in sentence.words if word.text.lower() == first}
    return not tags.isdisjoint({"VB", "VBP"}) or first in _STYLE


def _attribute(verb: str) -> str:
    if verb.lower() in _ANSWERING:
        return "answers"
    return "uses" if verb.lower() == "use" else verb.lower()


def _wish(
    sentence: Sentence,
    place: int,
    attribute: str,
    said: str,
    *,
    negated: bool = False,
    exclusive: bool = False,
) -> Statement | None:
    value = said.strip(" ,:")
    if not value or asides.is_vague(value):
        return None
    return Statement(
        text=sentence.text,
        sentence=place,
        kind=Kind.PREFERENCE,
        attribute=attribute,
        value=value,
        exclusive=exclusive,
        negated=negated,
        confidence=0.85,
    )
