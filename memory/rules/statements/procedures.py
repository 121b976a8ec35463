"""How something is done, step by step: in one sentence, or in a list under a heading.

“To deploy, first run the tests, then build the image” and “Whenever the disk is full, delete the
old logs” stand for themselves; “How we release:” is followed by its steps.
"""

import re
from collections.abc import Sequence

from memory.records import Kind, Sentence, Statement
from memory.rules.statements import steps

_HEADING = re.compile(
    r"^(?:(?:here(?:['’]s| is)|this is|that['’]s) )?(?:how (?:we|i|to|one) (?P<how>[^:?]{2,80})"
    r"|(?:(?:the|our|my) )?steps (?:to|for) (?P<steps>[^:?]{2,80})|to (?P<to>[^:,?]{2,80})"
    r"|(?:(?:our|my|the) (?P<our>[^:?]{2,60}?)|(?P<bare>[a-z][\w-]{2,20}(?: [\w-]{2,20})?))"
    r" (?:process|procedure|routine|checklist|workflow|steps)(?: is| goes)?"
    r"(?: as follows| like this)?)\s?:(?P<rest>\s.{0,600})?$",
    re.IGNORECASE,
)
"""What stands before the colon is done by what stands behind it, or in the lines below."""
_NO_GOAL = re.compile(
    r"^(?:(?:next|first|last|final|further|other|more|some|these|those|following|same|baby|small"
    r"|big|few|two|three|four|your|their|his|her|its|what|which|love|hate|like|is|was|are"
    r"|in|of|for|by|and|or|but)\b|do$)",
    re.IGNORECASE,
)
"""“Next steps:” and “To do:” stand over plans."""
_NUMBERED = re.compile(r"^\s{0,8}(?:\(?\d{1,2}[.):]|[a-h]\))\s+(?=\S)")
_TO = re.compile(r"^to (?P<goal>[^,:;?]{2,100}),\s*(?P<steps>.{5,600})$", re.IGNORECASE)
_WHENEVER = re.compile(
    r"^(?:whenever|every time(?: that)?|each time|when|if (?=(?:the|a|an|my|our) ))"
    r" ?(?P<when>[^,:;?]{4,120}),\s*(?P<steps>.{5,600})$",
    re.IGNORECASE,
)
_FIRST = re.compile(r"^(?:first(?:ly)?|step one),?\s+(?P<steps>.{5,600})$", re.IGNORECASE)
_THEN = re.compile(r"\b(?:then|next|after that|afterwards|finally|lastly|second)\b", re.IGNORECASE)
_NOT_A_GOAL = re.compile(
    r"^(?:be (?:honest|fair|clear|frank|sure|precise)|sum|me\b|my\b|our\b|put it|say the"
    r"|tell (?:you )?the|cut a|make (?:matters|things|sure)|begin with|start with|name)",
    re.IGNORECASE,
)
"""“To be honest”, “to sum up”, “to me”: no purpose."""
_TALK = frozenset(
    "answer reply respond write show give explain tell ask use speak talk call remind add".split()
)
"""What only the assistant is told: a preference, no procedure."""
_STATES = frozenset("like love hate prefer want wish think feel believe hope know enjoy".split())
"""“When I travel, I first like to see museums”: nothing is done."""
_YOU = re.compile(r"\b(?:you|your|yourself)\b", re.IGNORECASE)


def over_lines(sentences: Sequence[Sentence], place: int) -> tuple[Statement, int] | None:
    """A heading with its steps, behind it or in the lines below, and how many sentences they
    take."""
    heading = _HEADING.match(sentences[place].text.strip())
    if heading is None:
        return None
    told = heading.groupdict()
    rest = (told.pop("rest") or "").strip()
    goal = next(group for group in told.values() if group)
    if _NO_GOAL.match(goal):
        return None
    trusted = bool(told["our"] or told["bare"])
    found = _behind(sentences, place, rest, trusted) if rest else _below(sentences[place + 1 :])
    if found is None or len(found[0]) < 2:
        return None
    taken, count = found
    text = "\n".join(sentence.text for sentence in sentences[place : place + count])
    return _procedure(text, place, goal, taken), count


def _below(lines: Sequence[Sentence]) -> tuple[tuple[str, ...], int]:
    """The steps of the lines below a heading, and how many sentences they take with it."""
    numbered: list[Sentence] = []
    told: list[Sentence] = []
    for sentence in lines:
        if _NUMBERED.match(sentence.text) and not told:
            numbered.append(sentence)
        elif _is_told(sentence) and not numbered:
            told.append(sentence)
        else:
            break
    found = numbered or told
    texts = (_NUMBERED.sub("", line.text).strip().rstrip(".;,") for line in found)
    return tuple(texts), 1 + len(found)


def _behind(
    sentences: Sequence[Sentence], place: int, rest: str, trusted: bool
) -> tuple[tuple[str, ...], int] | None:
    """The steps behind a heading in the same line, numbered or in words. ``trusted``: it says
    itself that steps follow; else they must begin with a verb."""
    first, count = sentences[place], 1
    if rest.endswith("?") or steps.is_past(first):
        return None
    if _NUMBERED.match(rest):
        while place + count < len(sentences) and _NUMBERED.match(sentences[place + count].text):
            count += 1
        texts = [rest, *(each.text for each in sentences[place + 1 : place + count])]
        return steps.numbered(" ".join(texts)), count
    orders = trusted or steps.begins_with_a_verb(first, rest)
    return (steps.cut(first, rest), 1) if orders and steps.is_ordered(rest) else None


def read(sentence: Sentence, place: int) -> Statement | None:
    """The procedure that one sentence tells."""
    text = sentence.text.strip()
    if found := _TO.match(text):
        goal = found["goal"]
        orders = steps.begins_with_a_verb(sentence, found["steps"]) or (
            steps.begins_as_an_order(sentence, found["steps"])
        )
        if orders and _is_purpose(sentence, goal):
            return _told(sentence, place, goal, found["steps"], least=1)
    if found := _WHENEVER.match(text):
        often = not text.lower().startswith(("when ", "if "))
        told = found["steps"]
        orders = steps.begins_with_a_verb(sentence, told) and not steps.is_past(sentence)
        first = steps.bare(told).split(maxsplit=1)[0].lower()
        if orders and not _YOU.search(text) and first not in _TALK | _STATES:
            return _told(sentence, place, found["when"], told, least=1 if often else 2)
    found = _FIRST.match(text)
    if found is None or not _THEN.search(found["steps"]) or steps.is_past(sentence):
        return None
    orders = steps.begins_with_a_verb(sentence, found["steps"])
    return _told(sentence, place, "", found["steps"], least=2) if orders else None


def _told(sentence: Sentence, place: int, goal: str, text: str, *, least: int) -> Statement | None:
    found = steps.cut(sentence, text)
    return _procedure(sentence.text, place, goal, found) if len(found) >= least else None


def _is_purpose(sentence: Sentence, goal: str) -> bool:
    verb = len(sentence.words) > 1 and sentence.words[1].tag in ("VB", "VBP", "NN")
    return verb and not _NOT_A_GOAL.match(goal)


def _is_told(sentence: Sentence) -> bool:
    """A line that tells somebody to do something, as the items of a list do."""
    root = sentence.root
    if root is None or sentence.text.rstrip().endswith(("?", ":")):
        return False
    first, *others = sentence.words
    # “Empty the tray”: the parser takes the verb for an adjective
    before_a_noun = bool(others) and others[0].tag in ("DT", "PRP$")
    verb = first.tag in ("VB", "VBP") or (first.tag in ("JJ", "NN", "NNP") and before_a_noun)
    return verb and not sentence.children(root, "nsubj")


def _procedure(text: str, place: int, goal: str, taken: tuple[str, ...]) -> Statement:
    goal = goal.strip()
    return Statement(
        text=text,
        sentence=place,
        kind=Kind.PROCEDURE,
        attribute=goal,
        value="; ".join(taken),
        steps=taken,
        confidence=0.8,
    )
