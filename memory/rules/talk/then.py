"""Questions for what was so at another time: “Where did I live in May?”, “What did you believe
about me last year?”."""

import re

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


def asked_of_then(question: str, when: TimeSpan) -> str:
    """The field that is asked for of that time, or EVERYTHING; empty when it is neither."""
    before = _LEADING.sub("", question[: when.start].rstrip())
    rest = f"{before.strip(' ,')} {question[when.end :].strip(' ,')}".strip(" ?.!,")
    if _KNEW.match(rest):
        return EVERYTHING
    present = rest
    for past, now in _PRESENT:
        present = past.sub(now, present)
    return "" if present == rest else field_asked(present)
