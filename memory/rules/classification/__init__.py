"""Which privacy class a text is of, and why (article, section 6; GDPR Art. 9).

Words and short windows of words decide, so that the same text is always of the same class and the
reason can be said. Each topic of Art. 9 has a table of words; ``grammar`` asks whether a sentence
says them of a person, because “the server is healthy” is nobody's health. Nationality and place
of birth alone are not ethnic origin. English only: other languages are personal or internal by
what was found in them.
"""

import re
from collections.abc import Iterator, Sequence

from memory.records import Classification, ClassReason, DataClass, Label, Span
from memory.rules.classification.convictions import BELIEF, POLITICS, UNION
from memory.rules.classification.grammar import (
    NAME,
    Topic,
    sentence_of,
    speaks_of_a_person,
)
from memory.rules.classification.health import HEALTH
from memory.rules.classification.identity import BIOMETRIC, ORIGIN, SEXUALITY
from memory.rules.classification.plain import (
    CONFIDED,
    is_confided,
    repeats_what_is_public,
    speaks_of_oneself,
    without_code,
)

# When a text is about several, the first is its reason.
TOPICS: tuple[Topic, ...] = (SEXUALITY, BELIEF, UNION, POLITICS, ORIGIN, BIOMETRIC, HEALTH)
_TRIGGERS = frozenset[str]().union(*(topic.triggers for topic in TOPICS))
_TELLING = _TRIGGERS.union(*CONFIDED)
"""A text without any of these words is neither sensitive nor confided."""
_GIVEN_NAMES = frozenset({("christian",), ("sami",), ("jain",), ("black",), ("faith",)})
SECRET_LABEL = f"[{Label.SECRET}]"
"""Stands where a secret stood before it was stored."""
_SENTENCE_END = re.compile(r"(?<=[\w\"”')])[.!?…]+[\"”')]?\s+|\n\s*")
_LONGEST_SENTENCE = 600
"""Characters; what runs on without a full stop is read in pieces, so that no text takes long."""
_WORD = re.compile(r"\w+")


def classify(text: str, spans: Sequence[Span]) -> Classification:
    """The first class that applies: sensitive, confidential, personal, public, else internal.

    ``spans`` is the personal data that was found in the text.
    """
    named = without_code(_with_names_marked(text, spans))
    words = _words(named)
    sentences: tuple[tuple[str, frozenset[str]], ...] = ()
    if not words.isdisjoint(_TELLING):
        sentences = tuple((sentence, _words(sentence)) for sentence in _sentences(named))
    topic = _sensitive_topic(sentences)
    if topic:
        return Classification(DataClass.SENSITIVE, topic)
    if SECRET_LABEL in text or any(span.label is Label.SECRET for span in spans):
        return Classification(DataClass.CONFIDENTIAL, ClassReason.SECRET)
    if any(is_confided(*sentence) for sentence in sentences):
        return Classification(DataClass.CONFIDENTIAL, ClassReason.CONFIDED)
    if spans:
        return Classification(DataClass.PERSONAL, ClassReason.IDENTIFIES)
    if speaks_of_oneself(named, words):
        return Classification(DataClass.PERSONAL, ClassReason.SPEAKS_OF_ONESELF)
    if repeats_what_is_public(named, words):
        return Classification(DataClass.PUBLIC, ClassReason.PUBLIC_SOURCE)
    return Classification(DataClass.INTERNAL, ClassReason.PLAIN)


def speaks_of_topics(text: str) -> bool:
    """Whether a word of Art. 9 stands in it: without one it is not sensitive, whoever is named."""
    return not _words(text).isdisjoint(_TRIGGERS)


def _with_names_marked(text: str, spans: Sequence[Span]) -> str:
    """Each name as one word of its own, so that “Christian” is a person and no belief."""
    parts, position = [], 0
    for span in sorted(spans, key=lambda span: span.start):
        named = span.label is Label.NAME and span.start >= position
        if named and not _is_a_topics(text[span.start : span.end]):
            parts += [text[position : span.start], NAME]
            position = span.end
    return "".join([*parts, text[position:]])


def _is_a_topics(name: str) -> bool:
    """Found as names at times, and read as what they stand for: Parkinson's, Shabbat, Macron."""
    words = tuple(_WORD.findall(name.lower()))
    return words not in _GIVEN_NAMES and any(words in topic.phrases for topic in TOPICS)


def _sentences(text: str) -> Iterator[str]:
    position = 0
    for end in (*(found.end() for found in _SENTENCE_END.finditer(text)), len(text)):
        while end - position > _LONGEST_SENTENCE:
            limit = position + _LONGEST_SENTENCE
            cut = text.rfind(" ", position, limit) + 1 or limit
            yield text[position:cut]
            position = cut
        yield text[position:end]
        position = end


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.lower()))


def _sensitive_topic(sentences: Sequence[tuple[str, frozenset[str]]]) -> ClassReason | None:
    """The first topic that a sentence is about; “she” may be who the sentence before named."""
    before = ""
    for text, words in sentences:
        if not _TRIGGERS.isdisjoint(words):
            sentence = sentence_of(text, before)
            for topic in TOPICS:
                if not topic.triggers.isdisjoint(words) and speaks_of_a_person(sentence, topic):
                    return topic.reason
        before = text
    return None
