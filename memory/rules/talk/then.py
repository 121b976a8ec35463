"""Questions for what was so at another time: “Where did I live in May?”, “What did you believe
about me last year?”, “Who was my previous employer?”."""

import re
from dataclasses import dataclass

from memory.records import TimeSpan
from memory.rules.talk.fields import field_asked

EVERYTHING = "everything"
"""What is asked for when it is the whole of what was known."""

_KNEW = re.compile(
    r"^(?:(?:so|and|but|then),?\s)?what (?:did|had) you (?:believe|believed|know|known|think"
    r"|thought|remember|remembered|have)(?: to be true| on record| stored)?"
    r" (?:about|of) (?:me|myself|us)$",
    re.IGNORECASE,
)
_LEADING = re.compile(r"\b(?:in|on|at|during|as of|by|back in|around|of)\s?$", re.IGNORECASE)
_PRESENT = (
    (re.compile(r"\bdid (?=i|we)", re.IGNORECASE), "do "),
    (re.compile(r"\bwas (?=i\b)", re.IGNORECASE), "am "),
    (re.compile(r"\bwere (?=we\b|my\b|our\b)", re.IGNORECASE), "are "),
    (re.compile(r"\bwas (?=my\b|our\b)", re.IGNORECASE), "is "),
)
_WHAT_HAPPENED = re.compile(
    r"^(?:(?:so|and|but|then),?\s)?what (?:did (?:i|we) do|(?:was|were) (?:i|we) doing)$",
    re.IGNORECASE,
)
"""Of some days it asks for deeds; “What do I do?” asks for the work."""
_BEFORE = re.compile(
    r"^(?P<rest>.{1,200}?)\s(?:before|previously|earlier|prior\sto)"
    r"(?:\s(?P<value>[^?.!]{1,100}))?[\s?.!]{0,9}$",
    re.IGNORECASE,
)
_FORMER = re.compile(
    r"\b(?P<my>my|our)\s(?:previous|former|earlier|prior|old|last(?!\sname))\s", re.IGNORECASE
)


_ANOTHER = re.compile(
    r"\b(?:did|was)\s(?:(?:my|our)\s)?(?P<who>(?!(?:i|we|you|he|she|it|they|this|that|there|my|our)\b)"
    r"[^\W\d_][\w'’-]{0,30}(?:\s[\w'’-]{1,30}){0,2}?)(?=\s(?:live|living|based|located|reside"
    r"|work|working|employed)\b)",
    re.IGNORECASE,
)
"""“Where did my sister live before?”: whose field is asked for."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """What held before."""

    field: str
    """In its canonical name."""
    than: str = ""
    """Words that name the value it held before; empty: the one that holds now."""
    about: str = ""
    """Whose field it is, without “my”; empty: the speaker's."""


def asked_before(question: str) -> Earlier | None:
    """None when it asks for anything else."""
    if former := _FORMER.search(question):
        bare = f"{question[: former.start()]}{former['my']} {question[former.end() :]}"
        field = field_asked(bare.strip(" ?.!")) or field_asked(_in_the_present(bare.strip(" ?.!")))
        return Earlier(field) if field else None
    found = _BEFORE.match(question)
    if found is None:
        return None
    rest, about = found["rest"], ""
    if another := _ANOTHER.search(rest):
        about = another["who"]
        verb = another[0].split()[0]
        rest = f"{rest[: another.start()]}{verb} I{rest[another.end() :]}"
    present = _in_the_present(rest)
    field = "" if present == rest else field_asked(present)
    return Earlier(field, found["value"] or "", about) if field else None


def _in_the_present(question: str) -> str:
    for past, now in _PRESENT:
        question = past.sub(now, question)
    return question


def asked_of_then(question: str, when: TimeSpan) -> str:
    """The field that is asked for of that time, or EVERYTHING; empty when it is neither."""
    before = _LEADING.sub("", question[: when.start].rstrip())
    rest = f"{before.strip(' ,')} {question[when.end :].strip(' ,')}".strip(" ?.!,")
    if _KNEW.match(rest):
        return EVERYTHING
    if _WHAT_HAPPENED.match(rest):
        return ""
    present = _in_the_present(rest)
    return "" if present == rest else field_asked(present)
