"""How something is done, step by step: in one sentence, or in a list under a heading.

“To deploy, first run the tests, then build the image” and “Whenever the disk is full, delete the
old logs” stand for themselves; “How we release:” is followed by its steps.
"""

import re
from collections.abc import Sequence

from memory.records import Kind, Sentence, Statement, Word

_HEADING = re.compile(
    r"^(?:how (?:we|i|to) (?P<how>[^:?]{2,80})|(?:the )?steps (?:to|for) (?P<steps>[^:?]{2,80})"
    r"|to (?P<to>[^:,?]{2,80})|(?:our|my|the) (?P<our>[^:?]{2,60}?) (?:process|procedure|routine"
    r"|checklist|workflow|steps)(?: is| goes)?(?: as follows| like this)?)\s*:$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"^\s{0,8}(?:\(?\d{1,2}[.):]|[a-h]\))\s+(?=\S)")
_TO = re.compile(r"^to (?P<goal>[^,:;?]{2,100}),\s*(?P<steps>.{5,600})$", re.IGNORECASE)
_WHENEVER = re.compile(
    r"^(?:whenever|every time(?: that)?|each time|when|if (?=(?:the|a|an|my|our) ))"
    r" ?(?P<when>[^,:;?]{4,120}),\s*(?P<steps>.{5,600})$",
    re.IGNORECASE,
)
_FIRST = re.compile(r"^(?:first(?:ly)?|step one),?\s+(?P<steps>.{5,600})$", re.IGNORECASE)
_THEN = re.compile(r"\b(?:then|next|after that|afterwards|finally|lastly|second)\b", re.IGNORECASE)
_JOINT = re.compile(
    r"\s{0,3}(?:[,;]|\.\s|\band\b(?! \w{1,30}ing\b))\s{0,3}(?:(?:and|then|next|after that"
    r"|afterwards|finally|lastly|second|third|at last)\b,?\s{0,3}){0,3}|\s{1,3}then\s",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"^(?:(?:first(?:ly)?|then|next|after that|afterwards|finally|lastly|and|please"
    r"|always)\b,?\s*){1,3}",
    re.IGNORECASE,
)
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
_YOU = re.compile(r"\b(?:you|your|yourself)\b", re.IGNORECASE)
_SUBJECT = re.compile(
    r"^(?:i|we|you|one)(?:['’]\w+)?\s+(?:always |usually |just |have to |need to )?", re.IGNORECASE
)


def over_lines(sentences: Sequence[Sentence], place: int) -> tuple[Statement, int] | None:
    """A heading with its steps, and how many sentences they take."""
    heading = _HEADING.match(sentences[place].text.strip())
    if heading is None:
        return None
    goal = next(group for group in heading.groups() if group)
    numbered: list[Sentence] = []
    told: list[Sentence] = []
    for sentence in sentences[place + 1 :]:
        if _NUMBERED.match(sentence.text) and not told:
            numbered.append(sentence)
        elif _is_told(sentence) and not numbered:
            told.append(sentence)
        else:
            break
    lines = numbered or told
    if len(lines) < 2:
        return None
    texts = [sentences[place].text, *(line.text for line in lines)]
    steps = tuple(_NUMBERED.sub("", line.text).strip().rstrip(".;,") for line in lines)
    return _procedure("\n".join(texts), place, goal, steps), len(texts)


def read(sentence: Sentence, place: int) -> Statement | None:
    """The procedure that one sentence tells."""
    text = sentence.text.strip()
    if found := _TO.match(text):
        goal = found["goal"]
        if _is_purpose(sentence, goal) and _begins_with_a_verb(sentence, found["steps"]):
            return _told(sentence, place, goal, found["steps"], least=1)
    if found := _WHENEVER.match(text):
        often = not text.lower().startswith(("when ", "if "))
        orders = _begins_with_a_verb(sentence, found["steps"]) and not _is_past(sentence)
        first = _LEADING.sub("", found["steps"]).split()[0].lower()
        if orders and not _YOU.search(text) and first not in _TALK:
            return _told(sentence, place, found["when"], found["steps"], least=1 if often else 2)
    found = _FIRST.match(text)
    if found is None or not _THEN.search(found["steps"]) or _is_past(sentence):
        return None
    orders = _begins_with_a_verb(sentence, found["steps"])
    return _told(sentence, place, "", found["steps"], least=2) if orders else None


def _told(sentence: Sentence, place: int, goal: str, text: str, *, least: int) -> Statement | None:
    steps = _steps(sentence, text)
    return _procedure(sentence.text, place, goal, steps) if len(steps) >= least else None


def _steps(sentence: Sentence, text: str) -> tuple[str, ...]:
    """Cut where a verb begins the next one: “salt and pepper” is one thing."""
    steps: list[str] = []
    start = 0
    for joint in _JOINT.finditer(text):
        if joint.start() > start and _begins_with_a_verb(sentence, text[joint.end() :]):
            steps.append(text[start : joint.start()])
            start = joint.end()
    steps.append(text[start:])
    bare = (_LEADING.sub("", step.strip()).strip(" .;,") for step in steps)
    return tuple(step for step in bare if step)


def _begins_with_a_verb(sentence: Sentence, text: str) -> bool:
    bare = _SUBJECT.sub("", _LEADING.sub("", text.strip()))
    first = re.match(r"[\w'’-]+", bare)
    if first is None:
        return False
    return any(_is_plain_verb(w) for w in sentence.words if w.text == first[0])


def _is_plain_verb(word: Word) -> bool:
    """Not “is”; an order at the start of a clause is at times taken for a past."""
    return (
        word.pos == "VERB"
        and word.tag in ("VB", "VBP", "VBD", "VBN")
        and (
            word.tag in ("VB", "VBP")
            or word.lemma == word.text.lower()
            or not word.text.endswith("ed")
        )
    )


def _is_purpose(sentence: Sentence, goal: str) -> bool:
    verb = len(sentence.words) > 1 and sentence.words[1].tag in ("VB", "VBP", "NN")
    return verb and not _NOT_A_GOAL.match(goal)


def _is_past(sentence: Sentence) -> bool:
    return any(word.tag == "VBD" and word.text != word.lemma for word in sentence.words)


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


def _procedure(text: str, place: int, goal: str, steps: tuple[str, ...]) -> Statement:
    goal = goal.strip()
    return Statement(
        text=text,
        sentence=place,
        kind=Kind.PROCEDURE,
        attribute=goal,
        value="; ".join(steps),
        steps=steps,
        confidence=0.8,
    )
