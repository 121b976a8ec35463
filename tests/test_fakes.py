"""The stand-ins keep the promises of the protocols they stand in for."""

import numpy as np
import pytest

from memory.errors import ModelUnavailable
from memory.protocols import Clock, Embedder, Language, Model, TokenCounter
from memory.records import EntityType, Label
from tests.fakes import (
    NOON,
    FakeEmbedder,
    FakeLanguage,
    FakeModel,
    FakeTokenCounter,
    FixedClock,
)


def test_fakes_fit_their_protocols() -> None:
    """A type checker reads this; at run time the assignments only have to exist."""
    clock: Clock = FixedClock()
    embedder: Embedder = FakeEmbedder()
    language: Language = FakeLanguage()
    tokens: TokenCounter = FakeTokenCounter()
    model: Model = FakeModel()

    assert all((clock, embedder, language, tokens, model))


def test_clock_stands_still_until_advanced() -> None:
    """Two readings are the same moment; time passes on request, in UTC."""
    clock = FixedClock()

    assert clock() == clock() == NOON
    clock.advance(days=1, hours=2)
    assert (clock() - NOON).total_seconds() == 26 * 3600
    assert clock().utcoffset().total_seconds() == 0


def test_vectors_have_unit_length_even_for_no_words() -> None:
    """Shape, type and length are those of a real embedder; nothing is zero or NaN."""
    vectors = FakeEmbedder().embed(["I like tea", "", "?!"])

    assert vectors.shape == (3, 384)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, rtol=1e-6)


def test_similarity_grows_with_shared_words() -> None:
    """Equal texts score 1, texts that share a word more than texts that share none."""
    query, same, near, far = FakeEmbedder().embed(["green tea", "Green tea!", "green door", "cat"])

    assert query @ same == pytest.approx(1)
    assert query @ same > query @ near > query @ far


def test_language_finds_personal_data_in_order() -> None:
    """Spans index the text and do not overlap."""
    text = "My name is Maya, key sk-abcdef123456, mail maya@example.com"
    spans = FakeLanguage().personal_data(text)

    assert [(span.label, text[span.start : span.end]) for span in spans] == [
        (Label.NAME, "Maya"),
        (Label.SECRET, "sk-abcdef123456"),
        (Label.EMAIL, "maya@example.com"),
    ]


def test_language_reads_sentences_mentions_and_profile() -> None:
    """Sentences are verbatim, mentions come once and in order, the profile from what is stated."""
    language = FakeLanguage()
    text = "I work at Acme. We chose PostgreSQL!\nBob prefers postgresql."

    assert language.sentences(text) == (
        "I work at Acme.",
        "We chose PostgreSQL!",
        "Bob prefers postgresql.",
    )
    assert [mention.name for mention in language.read(text).mentions] == [
        "Acme",
        "PostgreSQL",
        "Bob",
    ]
    assert language.read(text).mentions[1].type is EntityType.TECHNOLOGY
    assert [(fact.field, fact.value) for fact in language.read(text).profile] == [
        ("employer", "Acme")
    ]


def test_model_streams_its_pieces_and_keeps_what_it_was_sent() -> None:
    """A test can look at what would have been sent."""
    model = FakeModel(["Hello", " there"])

    assert list(model.stream([{"role": "user", "content": "Hi"}])) == ["Hello", " there"]
    assert model.received == [[{"role": "user", "content": "Hi"}]]


def test_model_can_break_off_in_the_middle() -> None:
    """The pieces before the failure arrive, then the error the real one would raise."""
    answer = FakeModel(["Hello", " there"], fails_after=1).stream([])

    assert next(answer) == "Hello"
    with pytest.raises(ModelUnavailable):
        next(answer)
