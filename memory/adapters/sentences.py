"""A text cut into sentences, and each with its grammar: what spaCy's pipeline is asked, in which
pieces, and what is made of its answers.

Many pieces at once take a third of the time: most of it is what one call costs, whatever its size.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from memory.records import Sentence, Word
from memory.rules import personal_data
from memory.rules.grammar import mended

NOT_FOR_SENTENCES = ["ner", "lemmatizer", "tagger", "attribute_ruler"]
"""What the pipeline does without when only the ends of sentences are asked for."""

AT_ONCE = 64
"""Pieces the pipeline is given together."""

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

_BULLET = re.compile(r"^\s*[-*•–]\s+")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]{0,3}\s")
_MASKED = re.compile(r"\[[A-Z_]{3,30}(?:_\d{1,6})?\]")
"""A placeholder: one word, or “[” alone would be what a sentence states."""
_STOPS, _CLOSERS = ".!?…", "\"'”’)]"
_LETTER = re.compile(r"[^\W\d_]")
_SPACE = re.compile(r"(\s+)")
_WORD = re.compile(r"([^\W\d_]{3,})")


def sentences(nlp: Any, texts: Sequence[str]) -> list[tuple[str, ...]]:
    """Of each text, verbatim and stripped; the end of a line ends one, too.

    The bullet before a sentence is left out, a number before it is kept. The parser is asked only
    where a line can have two.
    """
    pieces = [list(_pieces(text)) for text in texts]
    unclear = [piece for found in pieces for piece in found if _SENTENCE_END.search(piece)]
    readable = (speakable(nlp, personal_data.readable(piece)) for piece in unclear)
    documents = iter(through(nlp, readable, NOT_FOR_SENTENCES))
    return [
        tuple(
            sentence
            for piece in found
            for sentence in (
                _split(piece, next(documents)) if _SENTENCE_END.search(piece) else (piece,)
            )
        )
        for found in pieces
    ]


def parsed(nlp: Any, found: Sequence[Sequence[str]]) -> list[tuple[Sentence, ...]]:
    """The sentences of each text with their grammar. Each is asked of by itself, so that a slip of
    the parser stays in its sentence."""
    asked = [_has_grammar(place, text) for texts in found for place, text in enumerate(texts)]
    every = [text for texts in found for text in texts]
    spoken = (_whole(nlp, text) for text, is_asked in zip(every, asked, strict=True) if is_asked)
    documents = iter(through(nlp, spoken, []))
    read = iter(
        [
            Sentence(text, mended(_words(text, next(documents))) if is_asked else ())
            for text, is_asked in zip(every, asked, strict=True)
        ]
    )
    return [tuple(next(read) for _ in texts) for texts in found]


def _has_grammar(place: int, text: str) -> bool:
    return place < MAX_PARSED and len(text) <= LONGEST_PARSED


def through(nlp: Any, documents: Iterable[Any], unasked: Sequence[str]) -> list[Any]:
    """Through the pipeline, many at once; each comes out as it would by itself."""
    return list(nlp.pipe(documents, batch_size=AT_ONCE, disable=unasked))


def _whole(nlp: Any, text: str) -> Any:
    """A sentence as the parser is given it; a placeholder is one word."""
    # the parser was taught straight apostrophes: of “don’t” it makes a noun
    document = speakable(nlp, personal_data.readable(text).replace("’", "'"))
    with document.retokenize() as tokens:
        for found in _MASKED.finditer(text):
            if (span := document.char_span(*found.span())) is not None:
                tokens.merge(span)
    return document


def _words(text: str, document: Any) -> tuple[Word, ...]:
    return tuple(
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
    )


def speakable(nlp: Any, text: str) -> Any:
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


def _pieces(text: str) -> Iterator[str]:
    """Its lines without their bullets; no piece is longer than the pipeline may see."""
    for line in text.splitlines():
        told = _BULLET.sub("", line).strip()
        yield from (told[start : start + CHUNK] for start in range(0, len(told), CHUNK))


def _split(piece: str, document: Any) -> Iterator[str]:
    begin = 0
    for sentence in document.sents:
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
