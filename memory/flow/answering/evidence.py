"""The sentences that may answer a question, weighed by meaning and by words.

Reading and embedding are what an answer takes its time for: each sentence is read once in an
answer, and embedded at most once, only if its words leave it possible that it matters.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from memory.flow.answering.knowledge import Knowledge
from memory.protocols import Embedder, Language, Vectors
from memory.records import MemoryItem, Sentence
from memory.rules.statements import own_words
from memory.rules.talk.clauses import is_instruction
from memory.rules.talk.fields import FIELD_WORDS, field_asked
from memory.rules.talk.questions import Turn, read_turn
from memory.rules.talk.relevance import Fit, fit
from memory.rules.talk.wording import is_anothers, plain

# Relevance of a sentence = cosine with the question
#     + COVERAGE_WEIGHT x share of the question's words it covers
#     + CATEGORY_BONUS when it names a technology of the category asked for
#     + TYPE_BONUS when it has the sort of thing asked for (a time, a name, a number).
# Set on 307 questions over the memories of six invented people, 136 of them without an answer
# there: .99 of the answers are right, .91 of the questions with an answer get it. On the 136
# questions of four others: .89 and .83 at first sight, .97 and .83 after mending what it showed.
# Higher bars gain little: at 0.75 recall on the first is .86. No number answers alone: ``fit``
# says what has to be there.
COVERAGE_WEIGHT = 0.5
CATEGORY_BONUS = 0.25
TYPE_BONUS = 0.1
ANSWERS = 0.62
# From here on a memory that shares a telling word may be shown as "the closest thing".
RELATED = 0.55
# Sentences this close to the best one answer as well.
MARGIN = 0.12
MAX_QUOTES = 3
# One embedding of a short sentence takes about 5 ms on two cores; more would be felt.
MAX_CANDIDATES = 40


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence of a memory, and how well it answers."""

    item: MemoryItem
    sentence: str
    relevance: float
    possible: bool
    """False: related at best, never the answer."""
    shares_a_word: bool


class Reader:
    """Reads what one answer needs; holds nothing beyond it."""

    def __init__(self, knowledge: Knowledge, embedder: Embedder, language: Language) -> None:
        self._known = knowledge
        self._embedder = embedder
        self._language = language
        self._read: dict[int, tuple[str, ...]] = {}
        self._weighed: dict[str, list[Evidence]] = {}
        self._vectors: dict[str, Vectors] = {}

    def sentences(self, text: str) -> tuple[str, ...]:
        return self._language.sentences(_FENCED_CODE.sub(" ", text))

    def statements(self, item: MemoryItem) -> tuple[str, ...]:
        """What a memory states; to have asked is not to have told."""
        if item.id not in self._read:
            parts = read_turn(self.sentences(item.text))
            told = (Turn.STATEMENT, Turn.REMEMBER)
            self._read[item.id] = tuple(part.text for part in parts if part.turn in told)
        return self._read[item.id]

    # -- what answers a question ----------------------------------------------------------

    def answers(
        self, question: str, only: Callable[[MemoryItem], bool] = lambda _item: True
    ) -> list[Evidence]:
        """The sentences that answer it, the best first; of those memories alone that may."""
        found = [
            evidence
            for evidence in self._evidence(question)
            if evidence.possible and evidence.relevance >= ANSWERS and only(evidence.item)
        ]
        if field_asked(question) in FIELD_WORDS:
            found = [evidence for evidence in found if self._is_stated(evidence.sentence)]
        return [e for e in found if e.relevance >= found[0].relevance - MARGIN][:MAX_QUOTES]

    def _is_stated(self, sentence: str) -> bool:
        """Where one lives is not told by “I wish I lived in Rome”, nor by what others say, nor by
        where a deadline was moved to."""
        parsed = self._language.read(sentence).parsed
        return not parsed or (any(map(own_words, parsed)) and any(map(_is_of_oneself, parsed)))

    def closest(self, question: str) -> Evidence | None:
        """What comes nearest among that which shares a telling word with it."""
        for evidence in self._evidence(question):
            if evidence.shares_a_word and evidence.relevance >= RELATED:
                return evidence
        return None

    def wish(self, request: str) -> Evidence | None:
        """A stated preference about work of this sort."""
        topic = next((words for words in _TOPICS if words.search(request)), _ANY_ANSWER)
        for words in (topic, _ANY_ANSWER):
            for item in self._known.kept.all():
                # Sentences take milliseconds to find, so only where there is something to find.
                for sentence in self.statements(item) if words.search(item.text) else ():
                    if _is_wish(sentence) and words.search(sentence):
                        return Evidence(item, sentence, 1.0, possible=True, shares_a_word=True)
        return None

    # -- weighing -------------------------------------------------------------------------

    def _evidence(self, question: str) -> list[Evidence]:
        """The recalled sentences, the most relevant to the question first."""
        if question not in self._weighed:
            found = self._weigh(question)
            self._weighed[question] = sorted(found, key=lambda e: e.relevance, reverse=True)
        return self._weighed[question]

    def _weigh(self, question: str) -> list[Evidence]:
        fitting = [
            (item, sentence, spoken, how)
            for item, sentence in self._candidates()
            for spoken in (_as_spoken(item, sentence),)
            if (how := fit(question, spoken)).possible or how.telling
        ][:MAX_CANDIDATES]
        self._embed([question, *(spoken for _, _, spoken, _ in fitting)] if fitting else [])
        return [
            Evidence(
                item,
                sentence,
                _relevance(float(self._vectors[spoken] @ self._vectors[question]), how),
                how.possible,
                how.telling,
            )
            for item, sentence, spoken, how in fitting
        ]

    def _embed(self, texts: Sequence[str]) -> None:
        new = [text for text in dict.fromkeys(texts) if text not in self._vectors]
        if new:
            self._vectors.update(zip(new, self._embedder.embed(new), strict=True))

    def _candidates(self) -> Iterator[tuple[MemoryItem, str]]:
        seen: set[str] = set()
        recalled = (found.item for found in self._known.recalled)
        for item in (*self._known.just_stored, *recalled):
            for sentence in _with_antecedents(self.statements(item)):
                if plain(sentence) not in seen:
                    seen.add(plain(sentence))
                    yield item, sentence


def _relevance(cosine: float, how: Fit) -> float:
    return (
        cosine
        + COVERAGE_WEIGHT * how.share
        + CATEGORY_BONUS * how.category
        + TYPE_BONUS * how.typed
    )


_FENCED_CODE = re.compile(r"```.*?(?:```|\Z)", re.DOTALL)
_LEANS_BACK = re.compile(
    r"(?:(?:and|but|so|then|now),? )?(?:he|she|it|they|his|her|its|their|this|that|these|those)\b",
    re.IGNORECASE,
)
_ONESELF = frozenset({"i", "we", "me", "us", "my", "our", "mine", "ours"})
_WISH = re.compile(
    r"\b(?:prefer|like|love|always|never|please|favou?rite|hate|dislike|avoid|want|rather)\b", re.I
)
_ANY_ANSWER = re.compile(
    r"\b(?:answer(?:s|ing)?|repl(?:y|ies)|responses?|explanations?|explain|bullet points"
    r"|step by step|(?:british|american) (?:english|spelling)"
    r"|in (?:english|french|german|spanish))\b",
    re.IGNORECASE,
)
# What a request and a wish have to share for the wish to bear on it: code, or prose.
_TOPICS = (
    re.compile(
        r"\b(?:code|coding|functions?|scripts?|class(?:es)?|query|queries|regex|algorithms?|\w*sort"
        r"|api|tests?|program|python|javascript|typescript|rust|sql|java|kotlin|django|react|bugs?"
        r"|comments?|type hints?|examples?|tabs|docstrings?)\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:e-?mails?|letters?|essays?|poems?|blog|articles?|posts?|texts?|tone|writing|speech"
        r"|stor(?:y|ies)|summar(?:y|ies|i[sz]e)|reports?)\b",
        re.IGNORECASE,
    ),
)


def _is_wish(sentence: str) -> bool:
    return bool(_WISH.search(sentence)) or is_instruction(sentence)


def _is_of_oneself(sentence: Sentence) -> bool:
    """It says “I” or the like, or nothing else that it would be about."""
    words = {word.text.lower() for word in sentence.words}
    return not words.isdisjoint(_ONESELF) or not any(
        word.dep in ("nsubj", "nsubjpass") for word in sentence.words
    )


def _with_antecedents(sentences: Sequence[str]) -> Iterator[str]:
    """Each sentence; one that leans on the sentence before it (“Her name is Miso.”) with that."""
    before = ""
    for sentence in sentences:
        before = f"{before} {sentence}" if before and _LEANS_BACK.match(sentence) else sentence
        yield before


def _as_spoken(item: MemoryItem, sentence: str) -> str:
    """With the name of the speaker, so that “what did Caroline say?” finds what she said."""
    return f"{item.speaker}: {sentence}" if is_anothers(item) else sentence
