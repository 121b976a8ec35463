"""What speaks for a candidate's type, at one place where it stands.

The name itself (a title, a company's ending), the words around it, the people already found, and
the pipeline's own label, which counts for little.
"""

from collections.abc import Iterator, Mapping, Sequence

from memory.records import EntityType, Sentence, Span, Word
from memory.rules.entities import candidates, known
from memory.rules.entities.candidates import Candidate, Evidence
from memory.rules.entities.cues import CUES
from memory.rules.entities.words import (
    FIRM_ENDINGS,
    PLACE_ENDINGS,
    PLACE_STARTS,
    PLACE_TAILS,
    SOFT_TOOL_TAILS,
    TOOL_TAILS,
)

WORDS_AROUND = 12
"""On either side, that the cues read."""
SURE_PERSON, GUESSED_PERSON = 2.0, 0.8
"""A name that the personal-data recognisers found by a rule, and by a guess."""
FIRM_ENDING, AMPERSAND, PLACE_WORD, SEVERAL_WORDS = 3.5, 2.0, 2.0, 0.6
KNOWN_PLACE, KNOWN_FIRM, KNOWN_AND_FIRST_NAME = 2.5, 2.5, 1.0
TOOL_TAIL, SOFT_TOOL_TAIL, PLACE_TAIL = 2.5, 0.6, 0.5
IN_DOUBT = 0.5
"""Share of a model's guess that counts where the word would be capitalised in any case."""

PERSON_LABEL = "PERSON"
_LABELS: Mapping[str, tuple[EntityType, float]] = {
    PERSON_LABEL: (EntityType.PERSON, 0.7),
    "ORG": (EntityType.ORGANIZATION, 0.7),
    "GPE": (EntityType.PLACE, 0.7),
    "LOC": (EntityType.PLACE, 0.7),
    "FAC": (EntityType.PLACE, 0.5),
    "PRODUCT": (EntityType.TECHNOLOGY, 0.7),
}
_CLOSING = " )\"'”’!."
_MARKS = str.maketrans("", "", "@#/")


def weigh(
    candidate: Candidate,
    beside: Sequence[Candidate],
    sentences: Sequence[Sentence],
    people: Sequence[Span],
) -> Evidence:
    """What is heard of it. ``beside``: all candidates of its sentence, itself too.

    ``people``: the names already found in its sentence.
    """
    sentence = sentences[candidate.sentence]
    yield from candidate.evidence
    yield from _known(candidate.name)
    yield from _guesses(candidate, sentence, people)
    text = _surroundings(candidate, beside, sentences)
    for cue in CUES:
        if cue.pattern.search(text):
            yield cue.type, cue.weight


def of_shape(candidate: Candidate) -> Evidence:
    """What the words of a longer name say; it is true of this name alone."""
    words = candidate.name.split()
    first, last = words[0].lower(), words[-1].lower()
    if len(words) == 1:
        return
    if last in FIRM_ENDINGS or (first in FIRM_ENDINGS and "of" in words):
        yield EntityType.ORGANIZATION, FIRM_ENDING
    elif "&" in words:
        yield EntityType.ORGANIZATION, AMPERSAND
    elif first in PLACE_STARTS or last in PLACE_ENDINGS:
        yield EntityType.PLACE, PLACE_WORD
    elif len(words) < 4:
        yield EntityType.PERSON, SEVERAL_WORDS


def _known(name: str) -> Evidence:
    """What everybody knows of it, and how it ends."""
    if " " not in name:
        yield from _tail(name)
    if known.is_place(name):
        yield EntityType.PLACE, KNOWN_PLACE
    elif known.may_be_place(name):
        yield EntityType.PLACE, KNOWN_AND_FIRST_NAME
    if known.is_firm(name):
        yield EntityType.ORGANIZATION, KNOWN_FIRM


def _tail(name: str) -> Evidence:
    """What the end of a single word says."""
    lower = name.lower()
    if lower.endswith(PLACE_TAILS):
        yield EntityType.PLACE, PLACE_TAIL
    if lower.endswith(TOOL_TAILS):
        yield EntityType.TECHNOLOGY, TOOL_TAIL
    elif lower.endswith(SOFT_TOOL_TAILS) or candidates.is_tool_shaped(name):
        yield EntityType.TECHNOLOGY, SOFT_TOOL_TAIL


def _guesses(candidate: Candidate, sentence: Sentence, people: Sequence[Span]) -> Evidence:
    """What models and recognisers take it for; of a question they know too little."""
    asked = sentence.text.rstrip(_CLOSING).endswith("?")
    trust = 0.0 if asked else IN_DOUBT if candidate.doubtful else 1.0
    labels = {sentence.words[i].entity for i in candidate.words}
    for label in labels & _LABELS.keys():
        type_, weight = _LABELS[label]
        yield type_, trust * weight
    start, end = sentence.words[candidate.words[0]].start, sentence.words[candidate.words[-1]].end
    rules = [span.rule for span in people if span.start < end and start < span.end]
    if any(rule not in candidates.GUESSED for rule in rules):
        yield EntityType.PERSON, SURE_PERSON
    elif rules and PERSON_LABEL not in labels:  # else it would be the same guess again
        yield EntityType.PERSON, trust * GUESSED_PERSON


def _surroundings(
    candidate: Candidate, beside: Sequence[Candidate], sentences: Sequence[Sentence]
) -> str:
    """The lemmas around the candidate, as the cues read them, then its pairs.

    Where it comes first in its sentence it is what the next one means by "it", "she" or "he".
    """
    words = sentences[candidate.sentence].words
    names = {i: other for other in beside for i in other.words}
    first, last = candidate.words[0], candidate.words[-1]
    said = []
    for i in range(max(0, first - WORDS_AROUND), min(len(words), last + 1 + WORDS_AROUND)):
        if i not in names:
            said.append(_lemma(words[i]))
        elif i == names[i].words[0]:
            said.append("@" if names[i] is candidate else "#")
    pairs = list(_pairs(candidate, sentences[candidate.sentence]))
    if candidate is beside[0] and candidate.sentence + 1 < len(sentences):
        pairs += _meant_again(sentences[candidate.sentence + 1])
    return f" {' '.join([*said, '/', *pairs])} "


def _meant_again(sentence: Sentence) -> Iterator[str]:
    """The next sentence, where it begins with a pronoun, said of the name itself.

    "It" is no person, as little as what has an article.
    """
    words = sentence.words[:WORDS_AROUND]
    if words and words[0].text.lower() in ("it", "she", "he"):
        yield "/ the @" if words[0].text.lower() == "it" else "/ @ himself / @"
        yield from map(_lemma, words[1:])


def _lemma(word: Word) -> str:
    return word.lemma.lower().translate(_MARKS) or "_"


def _pairs(candidate: Candidate, sentence: Sentence) -> Iterator[str]:
    """What the name does, and what is done with it, by grammar: "@ fix", "work at @"."""
    words = sentence.words
    at = _head_of(candidate.words, sentence)
    while words[at].dep in ("conj", "appos") and words[at].head < at:
        at = words[at].head
    word, head = words[at], words[words[at].head]
    if word.dep == "nsubj" and head.pos == "VERB":
        yield f"/ @ {_lemma(head)} /"
    elif word.dep in ("dobj", "dative"):
        yield f"/ {_lemma(head)} @ /"
    elif word.dep == "pobj" and words[head.head].pos in ("VERB", "NOUN"):
        yield f"/ {_lemma(words[head.head])} {_lemma(head)} @ /"


def _head_of(words: range, sentence: Sentence) -> int:
    """The word of a name that the rest of the sentence hangs on."""
    return next((i for i in words if sentence.words[i].head not in words), words[-1])
