"""Questions for all memories of one kind: “What are my commitments?”, “What did we decide about the
database?”."""

import re
from dataclasses import dataclass

from memory.records import Kind

_START = r"^(?:(?:so|and|but|then|ok|okay|please),?\s)?"
_TOPIC = r"(?:\s(?:about|on|for|regarding|concerning|with)\s(?P<topic>.{1,200}?))?\W{0,9}$"
_ONE = r"(?:i|we)"
_ALSO = r"(?:\s(?:already|finally|ever|so\sfar))?"
NAMES = {
    Kind.COMMITMENT: "commitments",
    Kind.DECISION: "decisions",
    Kind.PREFERENCE: "preferences",
    Kind.OPINION: "opinions",
    Kind.PROCEDURE: "procedures",
    Kind.SOLUTION: "solutions",
}
_NOUNS = {
    Kind.COMMITMENT: r"(?:commitments?|promises)",
    Kind.DECISION: r"decisions?",
    Kind.PREFERENCE: r"preferences?",
    Kind.OPINION: r"opinions?",
    Kind.PROCEDURE: r"procedures?",
    Kind.SOLUTION: r"solutions?",
}
_VERBS = {
    Kind.COMMITMENT: rf"what\s(?:(?:did|have)\s)?{_ONE}{_ALSO}\s(?:promised?|commit(?:ted)?\sto"
    r"|commit(?:ted)?\smyself\sto)(?:\sto\sdo)?",
    Kind.DECISION: rf"what\s(?:(?:did|have)\s)?{_ONE}{_ALSO}\sdecided?(?:\sto\sdo)?",
    Kind.PREFERENCE: rf"what\s(?:do\s)?{_ONE}\sprefer",
}
_MADE = (
    rf"(?:what|which)\s(?P<noun>{{noun}})\s(?:did|have)\s{_ONE}{_ALSO}\s(?:make|made|take|taken)"
)
_MINE = (
    r"(?:(?:what|which)(?:['’]s|\sis|\sare|\swere)\s|(?:list|show|tell|give)(?:\sme)?\s)?(?:all\s)?"
    r"(?:of\s)?(?:my|our)\s(?:open\s|current\s|latest\s|recent\s)?{noun}"
)
_PATTERNS = tuple(
    (kind, re.compile(_START + form.replace("{noun}", noun) + _TOPIC, re.IGNORECASE))
    for kind, noun in _NOUNS.items()
    for form in (_MINE, _MADE, *filter(None, [_VERBS.get(kind)]))
)


@dataclass(frozen=True, slots=True)
class OfKind:
    """All memories of a kind, or those about a topic."""

    kind: Kind
    topic: str = ""


def kind_asked(question: str) -> OfKind | None:
    """None when it asks for anything else."""
    for kind, pattern in _PATTERNS:
        if found := pattern.match(question):
            return OfKind(kind, (found["topic"] or "").strip(" ,"))
    return None
