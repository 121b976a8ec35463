"""What in a sentence can be a name: runs of capitalised words, known technologies, known people.

A run is trimmed to the words that are part of a name. A title before it, or the word "Project",
is left out of the name and counts as evidence for its type.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from memory.records import EntityType, Mention, Sentence, Span, Word
from memory.rules import technologies
from memory.rules.entities.words import (
    CALLINGS,
    FIRM_ENDINGS,
    KIN,
    ORDINARY,
    PLACE_ENDINGS,
    PLACE_STARTS,
    TITLES,
)
from memory.rules.personal_data.common_words import ALSO_NAMES

Evidence = Iterable[tuple[EntityType, float]]
"""What speaks for a type, each with its weight; below 0 it speaks against it."""

KNOWN_TECHNOLOGY = 4.0
TITLE_BEFORE = 3.0
ENOUGH = 0.7
"""Evidence that makes a name of a capitalised word: the pipeline's own label alone will do."""
ENOUGH_IN_DOUBT = 2.0
"""Where it is shouted, in a heading, in code, or no name by its grammar."""
GUESSED = frozenset(("language model", "said again", "listed beside"))
"""Rules of the personal-data recognisers that guess."""
LONGEST = 6
"""Words of a name."""

_TITLE, _PROJECT, _ORDINARY = "title", "project", "ordinary"
"""What a word before a name can be."""
_CODE = (" = ", "==", "=>", "{", "}", "()", "</", "::", "->", ");")
_SPOKEN = frozenset(("mr.", "mrs.", "ms.", "dr.", "prof.", "mr", "mrs", "ms", "dr"))
"""Titles with which a name begins, whatever stands before them: "Old Mr. Tull"."""
_NAME_WORD = re.compile(r"[^\W\d_][\w'’.&+-]{0,40}\Z")
_TOOL_SHAPE = re.compile(
    r"(?=.{3,20}\Z)(?:[a-z]{1,12}(?:[A-Z]|\d)\w{0,15}|[A-Z][a-z]{1,12}[A-Z]\w{0,12})\Z"
)
_CLOSED_CLASS = frozenset(
    ("PRON", "DET", "AUX", "ADP", "CCONJ", "SCONJ", "PART", "PUNCT", "SYM", "SPACE")
)
_PARTICLES = frozenset(
    ("de", "van", "von", "der", "den", "da", "di", "del", "dos", "bin", "al", "la")
)
_OPENERS = frozenset("\"'“‘(:-–—*•.!?")
_CODE_BEFORE, _CODE_AFTER = frozenset("_/\\=<>{}[@#$`.~"), frozenset("_/\\=<{}[@#$`(~")
_OPENING_ENDS = (
    *(
        "ing",
        "tely",
        "ally",
        "ully",
        "edly",
        "ably",
        "ibly",
        "ntly",
        "usly",
        "vely",
        "kily",
        "rely",
    ),
    *("sely", "pily", "arly", "rtly"),
)
"""Of words that begin a sentence and are no names: "Luckily", "Deploying"."""
_SHOUTED = 0.6
"""Share of words in capitals from which a sentence is shouted, or of capitalised ones from which it
is a heading."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch of words that can be a name."""

    sentence: int
    words: range
    """Places of its words in the sentence."""
    name: str
    evidence: tuple[tuple[EntityType, float], ...] = ()
    """What the name itself says, before its surroundings are heard."""
    title: str = ""
    known: Mention | None = None
    """The technology it is, if the list knows it."""
    doubtful: bool = False
    """Capitalised for another reason perhaps, since it starts the sentence: guesses count half."""
    needs: float = ENOUGH
    """Evidence that makes a name of it."""


def candidates(place: int, sentence: Sentence, names: Sequence[Span]) -> list[Candidate]:
    """In order, without overlaps. ``names`` are the people already found, placed in this text."""
    found = [*_technologies(place, sentence)]
    taken = {i for candidate in found for i in candidate.words}
    for candidate in _runs(place, sentence, taken):
        taken.update(candidate.words)
        found.append(candidate)
    found += [c for c in _named(place, sentence, names) if taken.isdisjoint(c.words)]
    return sorted(found, key=lambda candidate: candidate.words.start)


def words_of(sentence: Sentence, start: int, end: int) -> range:
    """Places of the words between two offsets of the sentence."""
    inside = [i for i, word in enumerate(sentence.words) if start < word.end and word.start < end]
    return range(inside[0], inside[-1] + 1) if inside else range(0)


def _technologies(place: int, sentence: Sentence) -> Iterator[Candidate]:
    for match in technologies.matches(sentence.text):
        words = words_of(sentence, match.start, match.end)
        after = sentence.words[words.stop].text if words.stop < len(sentence.words) else ""
        if words and not (after.istitle() and after.lower() in FIRM_ENDINGS):
            evidence = ((EntityType.TECHNOLOGY, KNOWN_TECHNOLOGY),)
            yield Candidate(place, words, match.mention.name, evidence, known=match.mention)


def _named(place: int, sentence: Sentence, names: Sequence[Span]) -> Iterator[Candidate]:
    """People that are written in lower case."""
    for span in names:
        if span.rule not in GUESSED and (words := words_of(sentence, span.start, span.end)):
            yield Candidate(place, words, sentence.text[span.start : span.end])


def _runs(place: int, sentence: Sentence, taken: set[int]) -> Iterator[Candidate]:
    words, unlike = sentence.words, _is_unlike_prose(sentence)
    at = 0
    while at < len(words):
        end = _run_end(sentence, at, taken)
        if end > at and (found := _trimmed(place, sentence, range(at, end), unlike)):
            yield found
        at = max(end, at + 1)


def _run_end(sentence: Sentence, at: int, taken: set[int]) -> int:
    """The place behind the run of name words that starts here; ``at`` when none does."""
    words = sentence.words
    if at in taken or not _is_name_word(sentence, at):
        return at
    end = at + 1
    while end < len(words) and end - at < LONGEST and end not in taken:
        if _is_name_word(sentence, end) and _gap(words, end) in ("", " "):
            end += 1
        elif (
            end + 1 < len(words)
            and end + 1 not in taken
            and _joins(words, end)
            and _is_name_word(sentence, end + 1)
        ):
            end += 2
        else:
            break
    return end


def _joins(words: Sequence[Word], at: int) -> bool:
    """Whether the word stands within a name: "&", a particle, a hyphen, "Bank of"."""
    text, before = words[at].text, words[at - 1].text.lower()
    if text == "-":
        return _gap(words, at) == "" == _gap(words, at + 1)
    return text == "&" or text in _PARTICLES or (text == "of" and before in FIRM_ENDINGS)


def _gap(words: Sequence[Word], at: int) -> str:
    """The space before a word, as long as it is."""
    return " " * (words[at].start - words[at - 1].end) if at else ""


def _is_name_word(sentence: Sentence, at: int) -> bool:
    word = sentence.words[at]
    if not _NAME_WORD.match(word.text) or _beside_code(sentence.text, word):
        return False
    if _TOOL_SHAPE.match(word.text):
        return True
    if not word.text[0].isupper():
        return False
    if len(word.text.rstrip(".")) == 1:
        return word.text.endswith(".") and word.pos == "PROPN"
    return word.pos not in _CLOSED_CLASS


def _beside_code(text: str, word: Word) -> bool:
    before, after = text[max(0, word.start - 1) : word.start], text[word.end : word.end + 1]
    return before in _CODE_BEFORE or after in _CODE_AFTER


def starts(words: Sequence[Word], at: int) -> bool:
    """Whether every word would be capitalised here."""
    return at == 0 or words[at - 1].text in _OPENERS


def _is_unlike_prose(sentence: Sentence) -> bool:
    """Whether capitals say nothing here: in code, where most words are shouted, or capitalised
    without a full stop."""
    if any(sign in sentence.text for sign in _CODE):
        return True
    letters = [word.text for word in sentence.words if word.text[:1].isalpha()]
    shouted = sum(len(text) > 1 and text.isupper() for text in letters)
    if len(letters) > 1 and shouted > _SHOUTED * len(letters):
        return True
    is_ended = sentence.text.rstrip().endswith((".", "!", "?"))
    capitalised = sum(text[0].isupper() for text in letters)
    return not is_ended and len(letters) > 2 and capitalised > _SHOUTED * len(letters)


def _trimmed(place: int, sentence: Sentence, run: range, unlike: bool) -> Candidate | None:
    """The run without the words at its edges that are part of no name."""
    words = sentence.words
    first, last = run.start, run.stop - 1
    evidence, title = [], ""
    first = max([first, *(i for i in range(first, last) if words[i].text.lower() in _SPOKEN)])
    while first < last and (kind := _leading(words, first)):
        if kind == _TITLE:
            title = words[first].text
            evidence.append((EntityType.PERSON, TITLE_BEFORE))
        elif kind == _PROJECT:
            evidence.append((EntityType.PROJECT, TITLE_BEFORE))
        first += 1
    while last > first and _is_trailing(words[last].text.lower()):
        last -= 1
    if _is_nothing(words, first, last):
        return None
    name = sentence.verbatim(range(first, last + 1))
    sure = words[first].pos == "PROPN" and not unlike and not (name.isupper() and len(name) > 1)
    return Candidate(
        place,
        range(first, last + 1),
        name if words[last].text.lower() in FIRM_ENDINGS else name.rstrip("."),
        tuple(evidence),
        title,
        doubtful=starts(words, first) and first == last and not is_tool_shaped(name),
        needs=ENOUGH if sure else ENOUGH_IN_DOUBT,
    )


def is_tool_shaped(name: str) -> bool:
    """A capital or a digit within: "pgFlow", "n8n", "QuarzDB"."""
    return _TOOL_SHAPE.match(name) is not None


def _leading(words: Sequence[Word], at: int) -> str:
    """What the first word of a run is, when it is not part of the name; else nothing."""
    text = words[at].text
    lower = text.lower()
    if lower in FIRM_ENDINGS and words[at + 1].text == "of":
        return ""
    if lower.rstrip(".") in TITLES or lower in CALLINGS:
        return _TITLE
    if lower == "project":
        return _PROJECT
    if lower in PLACE_STARTS and words[at].pos in ("PROPN", "ADJ") and not starts(words, at):
        return ""
    if lower in ALSO_NAMES or (lower in PLACE_STARTS and words[at].tag == "NNP"):
        return ""
    opening = starts(words, at) and lower.endswith(_OPENING_ENDS)
    return _ORDINARY if lower in ORDINARY or opening else ""


def _is_trailing(lower: str) -> bool:
    return lower in ORDINARY and lower not in FIRM_ENDINGS | PLACE_ENDINGS | ALSO_NAMES


def _is_nothing(words: Sequence[Word], first: int, last: int) -> bool:
    """Whether only ordinary words are left, or a word that merely opens the sentence."""
    lowers = [words[i].text.lower().rstrip(".") for i in range(first, last + 1)]
    ordinary = ORDINARY | FIRM_ENDINGS | PLACE_STARTS | PLACE_ENDINGS | TITLES | CALLINGS | KIN
    if first == last and starts(words, first) and lowers[-1].endswith(_OPENING_ENDS):
        return True
    return all(w in ordinary or w.removesuffix("s") in ordinary or len(w) < 2 for w in lowers)
