"""Where one step of a procedure ends and the next begins.

A step begins behind “then”, “next” or “finally”, at a number, or where a comma or “and” stands
before a verb: “salt and pepper” is one thing.
"""

import re

from memory.records import Sentence, Word

_JOINT = re.compile(
    r"\s{0,3}(?:[,;]|\.\s|\band\b(?! \w{1,30}ing\b))\s{0,3}(?:(?:and|then|next|after that"
    r"|afterwards|finally|lastly|second|third|at last)\b,?\s{0,3}){0,3}|\s{1,3}then\s",
    re.IGNORECASE,
)
_ORDERED = re.compile(
    r"\b(?:then|next|after that|afterwards|finally|lastly|second|third|at last)\b", re.IGNORECASE
)
_LEADING = re.compile(
    r"^(?:(?:first(?:ly)?|then|next|after that|afterwards|finally|lastly|and|please"
    r"|always)\b,?\s*){1,3}",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"^(?:i|we|you|one)(?:['’]\w+)?\s+(?:(?:always|usually|normally|just|have to|need to|first"
    r"|then|next|finally)\s){0,3}",
    re.IGNORECASE,
)
_COUNTED_SUBJECT = re.compile(
    r"^(?:i|we|you|one)\s(?:(?:always|usually|normally|just|first|then|next|finally)\s){1,3}",
    re.IGNORECASE,
)
"""“I first”, “then we usually”: told of a step, and no part of it."""
_PROVISO = re.compile(r"^(?:if|when|once|unless|as soon as|in case)\b", re.IGNORECASE)
"""“If they pass, then push” is one step, and begins behind a semicolon."""
_NUMBER = re.compile(r"(?:^|(?<=\s))\(?(?P<number>\d{1,2})[.):]\s+(?=\S)")
_FINITE = frozenset({"VBZ", "VBP", "VBD", "MD"})


def cut(sentence: Sentence, text: str) -> tuple[str, ...]:
    """The steps of a text, which stands in the sentence, bare of what only counts them."""
    steps: list[str] = []
    start = 0
    for joint in _JOINT.finditer(text):
        here, rest = text[start : joint.start()], text[joint.end() :]
        proviso = joint[0].lstrip().startswith(";") and _PROVISO.match(rest)
        begins = _ORDERED.search(joint[0]) or proviso or begins_with_a_verb(sentence, rest)
        if here and begins and not _PROVISO.match(bare(here)):
            steps.append(here)
            start = joint.end()
    steps.append(text[start:])
    return tuple(step for step in map(bare, steps) if step)


def numbered(text: str) -> tuple[str, ...]:
    """The steps of “1. feed it 2. mix”; none where the numbers do not count."""
    marks: list[re.Match[str]] = []
    for mark in _NUMBER.finditer(text):
        if int(mark["number"]) == len(marks) + 1:
            marks.append(mark)
    if not marks or marks[0].start():
        return ()
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    pieces = (text[mark.end() : end] for mark, end in zip(marks, ends, strict=True))
    return tuple(step for step in map(bare, pieces) if step)


def is_ordered(text: str) -> bool:
    """Whether it says what comes after what."""
    return _ORDERED.search(text) is not None


def bare(step: str) -> str:
    step = _LEADING.sub("", step.strip())
    return _COUNTED_SUBJECT.sub("", step).strip(" .;,")


def begins_with_a_verb(sentence: Sentence, text: str) -> bool:
    plain = _LEADING.sub("", _SUBJECT.sub("", _LEADING.sub("", text.strip())))
    first = re.match(r"[\w'’-]+", plain)
    if first is None:
        return False
    return any(_is_plain_verb(w) for w in sentence.words if w.text == first[0])


def begins_as_an_order(sentence: Sentence, text: str) -> bool:
    """Whether the parser took the verb of the first of several steps for a noun, as it does of
    “blend basil with nuts, then add oil”: nothing in that step is said of anybody."""
    first, *others = cut(sentence, text)
    if not others or not is_ordered(text) or not begins_with_a_verb(sentence, others[0]):
        return False
    start = sentence.text.find(first)
    inside = [w for w in sentence.words if start <= w.start < start + len(first)]
    nominal = bool(inside) and inside[0].tag in ("NN", "NNP", "JJ", "RB")
    return nominal and len(inside) > 1 and _FINITE.isdisjoint(word.tag for word in inside)


def is_past(sentence: Sentence) -> bool:
    return any(word.tag == "VBD" and word.text != word.lemma for word in sentence.words)


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
